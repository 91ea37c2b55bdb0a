"""Talked to while it talks, in a room that gives back all that it says."""

import numpy as np
import pytest

from assistant.types import LOOP_RATE
from tests.audio.test_duplex_live import room
from tests.e2e.talking import engines, talking

pytestmark = pytest.mark.models

LONG = (
    "The first thing to know is that the mountain is very old and was made by ice and water over a"
    " very long time. People have lived beside it for many hundreds of years and tell stories about"
    " it to their children. In the summer the fields are green and in the winter the snow lies deep"
    " upon the roofs of all the houses in the valley."
)


@pytest.fixture(scope="module")
def loaded():
    with engines() as made:
        yield made


@pytest.fixture
def talk(loaded):
    return lambda impulse: talking(impulse, *loaded)


@pytest.mark.parametrize("impulse", [room(), None], ids=["room", "headphones"])
def test_it_pauses_for_a_voice_and_stops_when_told_to(talk, say, impulse):
    with talk(impulse) as there:
        there.says()
        there.passes(6.0)
        began = there.card.talk(say("I will be home at six.")[LOOP_RATE // 2 :] // 2)
        there.until(lambda: "resume" in there.told(began))
        noticed = next(p for p, what in there.card.told if p >= began and what == "hold")
        assert (noticed - began) / LOOP_RATE < 0.4
        there.until(lambda: not len(there.card._queue))
        there.until(lambda: len(there.turns()) == 1)
        assert there.turns()[0].outcome == "answered"  # it went on to the end
        there.says()
        there.passes(3.0)
        there.card.talk(say("Stop.")[LOOP_RATE // 2 :] // 2)  # as loud as the echo
        there.until(lambda: len(there.turns()) == 2)
        assert there.turns()[1].outcome == "cancelled"


def test_the_wake_word_over_a_reply_ends_it(talk, say):
    with talk(room()) as there:
        there.says()
        there.passes(4.0)
        there.card.talk(say("Okay Nabu.")[LOOP_RATE // 2 :] // 2)
        there.until(lambda: len(there.turns()) == 1)
        assert there.turns()[0].outcome == "cancelled"
        there.until(lambda: "awake" in [event.kind for event in there.events])


def test_it_does_not_wake_interrupt_or_answer_itself(talk):
    text = "I am okay Nabu. You can say okay Nabu, stop. Or say: alexa, what time is it? " + LONG
    with talk(room()) as there:
        for number in (1, 2):
            there.says(text)
            there.until(lambda number=number: len(there.turns()) == number)
        there.passes(2.0)
        assert [turn.outcome for turn in there.turns()] == ["answered"] * 2
        assert "awake" not in [event.kind for event in there.events]
        assert "hold" not in there.told(len(there.card.played) // 2)  # the room is known
        assert np.abs(there.card.played.astype(int)).max() > 3000
