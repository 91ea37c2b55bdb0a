"""Both looks at a stream, scripted."""

import numpy as np

from assistant.hear.verify import WINDOW
from assistant.hear.watch import Watch, accepted_at
from assistant.stages import Verdict
from assistant.testing import ScriptedVerifier, ScriptedWake
from assistant.types import LOOP_RATE, AudioChunk

CHUNK = 1024


def watched(watch, seconds):
    samples = np.arange(round(seconds * LOOP_RATE), dtype=np.int64).astype(np.int16)
    found = []
    for start in range(0, len(samples), CHUNK):
        candidate = watch.process(AudioChunk(samples[start : start + CHUNK], start, 0.0))
        if candidate is not None:
            found.append(candidate)
    return found, samples


class Looking:
    """A verifier that keeps what it was shown."""

    def __init__(self):
        self.shown = []

    def verify(self, samples, word):
        self.shown.append((samples, word))
        return Verdict(True, 1.0, "seen")


def test_each_report_is_looked_at_again():
    watch = Watch(ScriptedWake([LOOP_RATE, 3 * LOOP_RATE]), ScriptedVerifier([0.9, 0.2]))
    found, _ = watched(watch, 4)
    assert [c.accepted for c in found] == [True, False]
    assert [c.verdict.score for c in found] == [0.9, 0.2]
    assert all(c.first == 0.99 for c in found)
    assert [1.0 <= c.at < 1.1 for c in found] == [True, False]
    assert watch.heard == 4 * LOOP_RATE


def test_what_is_looked_at_ends_with_the_chunk_of_the_report():
    looking = Looking()
    _, samples = watched(Watch(ScriptedWake([1000, 4 * LOOP_RATE]), looking), 5)
    (early, word), (late, _) = looking.shown
    assert word == "okay nabu"
    assert (early == samples[:CHUNK]).all()
    end = -(-4 * LOOP_RATE // CHUNK) * CHUNK
    assert (late == samples[end - WINDOW : end]).all()


def test_without_a_second_look_all_is_accepted():
    found, _ = watched(Watch(ScriptedWake([LOOP_RATE]), None), 2)
    assert [c.accepted for c in found] == [True]
    assert found[0].verdict is None
    assert set(accepted_at(found, "/my/word.onnx").values()) == {1}


def test_a_lower_sensitivity_accepts_fewer():
    scores = [0.05, 0.2, 0.45, 0.95]
    at = [n * LOOP_RATE for n in (1, 2, 3, 4)]
    found, _ = watched(Watch(ScriptedWake(at), ScriptedVerifier(scores)), 5)
    assert accepted_at(found, "alexa") == {"low": 1, "normal": 2, "high": 3}
    assert accepted_at([], "alexa") == {"low": 0, "normal": 0, "high": 0}
