"""What every Source keeps: the scripted one, a file, and a microphone on a real sound server."""

import itertools
import time

import numpy as np
import pytest

from assistant.audio.files import write_wav
from assistant.audio.source import Microphone, WavSource
from assistant.testing import ScriptedSource
from assistant.types import LOOP_RATE
from tests.sound import assert_heard, chirp

pytestmark = pytest.mark.real_time

SPOKEN = chirp(1.5).samples


@pytest.fixture(
    params=[
        "scripted",
        "file",
        "file in real time",
        pytest.param("microphone", marks=pytest.mark.sound),
        pytest.param("microphone at 44100 Hz", marks=pytest.mark.sound),
        pytest.param("microphone that refuses", marks=pytest.mark.sound),
    ]
)
def source(request, tmp_path):
    """A source in which SPOKEN is heard, within 3 s."""
    if request.param.startswith("microphone"):
        sound = request.getfixturevalue("sound")
        rates = {"microphone": (LOOP_RATE,), "microphone at 44100 Hz": ()}
        opened = Microphone(rates=rates.get(request.param, (1_000_000, 44_100)))
        opened.read()  # it runs
        sound.speak(SPOKEN, wait=False)
    else:
        padded = np.concatenate([np.zeros(1600, np.int16), SPOKEN, np.zeros(LOOP_RATE, np.int16)])
        write_wav(tmp_path / "x.wav", chirp(1.5))
        opened = {
            "scripted": lambda: ScriptedSource(padded),
            "file": lambda: WavSource(tmp_path / "x.wav", trailing_silence=1),
            "file in real time": lambda: WavSource(
                tmp_path / "x.wav", real_time=True, trailing_silence=1
            ),
        }[request.param]()
    yield opened
    opened.close()


def read(source, seconds):
    chunks = []
    while sum(len(c.samples) for c in chunks) < seconds * LOOP_RATE:
        chunk = source.read()
        if chunk is None:
            break
        chunks.append(chunk)
    return chunks


def test_all_that_is_said_is_read(source):
    chunks = read(source, 2.5)
    samples = np.concatenate([c.samples for c in chunks])
    assert samples.dtype == np.int16
    assert_heard(samples, SPOKEN, least=0.97)
    assert source.lost_samples == 0


def test_chunks_follow_one_another_and_tell_their_time(source):
    chunks = read(source, 1.0)
    now = time.monotonic()
    for before, after in itertools.pairwise(chunks):
        assert after.start == before.end
        assert before.time <= after.time <= now
    assert all(0 < len(c.samples) <= 2 * 480 for c in chunks)


def test_a_closed_source_can_be_closed_again(source):
    assert source.read() is not None
    source.close()
    source.close()


def test_time_runs_as_the_samples_do(source):
    """Where there is a clock; the scripted source and a plain file are there at once."""
    chunks = read(source, 1.5)
    seconds = chunks[-1].time - chunks[0].time
    if isinstance(source, ScriptedSource) or not getattr(source, "_real_time", True):
        assert seconds < 0.5
    else:
        assert seconds == pytest.approx((chunks[-1].end - chunks[0].end) / LOOP_RATE, abs=0.05)
