"""Who talks while we do, on tones that count as speech."""

import numpy as np
import pytest

from assistant.config import load
from assistant.hear.gate import Gate, GatedWake
from assistant.hear.listen import Listener
from assistant.hear.session import TalkedOver
from assistant.hear.talk_over import softened
from assistant.testing import ScriptedVad, ScriptedWake
from assistant.types import LOOP_RATE, AudioChunk, Echo, Utterance

CHUNK = 1024


def level(value):
    return np.full(CHUNK, value, np.int16)


def hear(listener, count, left=0, heard=0, at=0, *, removed=True, playing=True):
    """`count` chunks in which the echo leaves `left` of what was heard."""
    events = []
    for number in range(count):
        start = at + number * CHUNK
        echo = Echo(level(5000), level(heard), removed) if playing else None
        chunk = AudioChunk(level(left), start, (start + CHUNK) / LOOP_RATE, echo)
        events += listener.process(chunk)
    return events


@pytest.fixture
def listener():
    wake = GatedWake(ScriptedWake([]), Gate(4.0))
    return Listener(load(["wake.doze_ms=256"]).config, wake, ScriptedVad())


def test_a_voice_is_noticed_and_what_it_says_is_an_utterance(listener):
    assert hear(listener, 10, left=100, heard=3000) == []
    events = hear(listener, 10, left=3000, heard=4000, at=10 * CHUNK)
    assert isinstance(events[0], TalkedOver)
    events = hear(listener, 20, at=20 * CHUNK)
    assert [type(e) for e in events][-1] is Utterance
    assert events[-1].over_us


def test_what_is_left_of_our_own_voice_is_nobody(listener):
    assert hear(listener, 30, left=900, heard=4000) == []


def test_nobody_is_heard_where_our_voice_is_not_taken_out(listener):
    assert hear(listener, 30, left=4000, heard=4000, removed=False) == []


def test_sound_does_not_gather_while_we_speak(listener):
    hear(listener, 120, playing=False)
    assert listener.doze == pytest.approx(0.256)
    hear(listener, 1, at=120 * CHUNK)
    assert listener.doze == 0
    hear(listener, 1, playing=False, at=121 * CHUNK)
    assert listener.doze == pytest.approx(0.256)


def test_what_is_left_of_our_own_voice_is_softened_and_somebody_elses_is_not():
    loud = np.full(1024, 4000, np.int16)
    for left, kept in ((200, 0.1), (3000, 1.0)):
        rest = np.full(1024, left, np.int16)
        soft = softened(AudioChunk(rest, 0, 0.0, Echo(loud, loud, removed=True)))
        assert np.abs(soft).max() <= left * kept
        assert kept < 1 or np.array_equal(soft, rest)
