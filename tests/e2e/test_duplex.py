"""Talked to while it talks, in a room that gives back all that it says."""

import threading
import time
from contextlib import contextmanager

import numpy as np
import pytest

from assistant.assemble import Engines, listener
from assistant.audio.echo import without_echo
from assistant.config import load
from assistant.errands import Errand
from assistant.rest import warm
from assistant.runtime import Runtime
from assistant.types import LOOP_RATE, Announcement, Reply
from tests.audio.test_duplex_live import room
from tests.card import Card

pytestmark = pytest.mark.models

LONG = (
    "The first thing to know is that the mountain is very old and was made by ice and water over a"
    " very long time. People have lived beside it for many hundreds of years and tell stories about"
    " it to their children. In the summer the fields are green and in the winter the snow lies deep"
    " upon the roofs of all the houses in the valley."
)


class Talk:
    """The assistant on such a card."""

    def __init__(self, card, config, engines):
        self.card, self.events = card, []
        self._changed = threading.Condition()
        self.runtime = Runtime(
            config,
            engines.stages,
            listener(config),
            lambda: without_echo(card, card.playback, config.audio),
            card,
            on_event=self._on_event,
        )

    def _on_event(self, event):
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def turns(self):
        return [event.turn for event in self.events if event.kind == "idle"]

    def says(self, text=LONG):
        self.runtime.take(Errand(Announcement(Reply(text, "en"))))
        self.until(lambda: len(self.card._queue))

    def until(self, true, seconds=300):
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, [e.kind for e in self.events]
            time.sleep(0.01)

    def passes(self, seconds):
        """So much of the card's time."""
        end = self.card.position + seconds * LOOP_RATE
        self.until(lambda: self.card.position >= end)

    def told(self, since):
        return [what for position, what in self.card.told if position >= since]


@pytest.fixture(scope="module")
def engines():
    config = load(["think.model=none", "wake.chime=false"]).config
    with Engines(config) as made:
        for loaded in warm(made.stages, config):
            loaded.result()
        for worker in (made.stages.actor, made.stages.verifier):
            worker.start(lambda _: None).result()  # its thread belongs to no single test
        yield config, made


@pytest.fixture
def talk(engines):
    @contextmanager
    def start(impulse):
        card = Card(impulse)
        talking = Talk(card, *engines)
        thread = threading.Thread(target=talking.runtime.run)
        thread.start()
        try:
            yield talking
        finally:
            talking.runtime.stop()
            card.close()
            thread.join(60)

    return start


@pytest.mark.parametrize("impulse", [room(), None], ids=["room", "headphones"])
def test_it_pauses_for_a_voice_and_stops_when_told_to(talk, say, impulse):
    with talk(impulse) as talking:
        talking.says()
        talking.passes(6.0)
        began = talking.card.talk(say("I will be home at six.")[LOOP_RATE // 2 :] // 2)
        talking.until(lambda: "resume" in talking.told(began))
        noticed = next(p for p, what in talking.card.told if p >= began and what == "hold")
        assert (noticed - began) / LOOP_RATE < 0.4
        talking.until(lambda: not len(talking.card._queue))
        talking.until(lambda: len(talking.turns()) == 1)
        assert talking.turns()[0].outcome == "answered"  # it went on to the end
        talking.says()
        talking.passes(3.0)
        talking.card.talk(say("Stop.")[LOOP_RATE // 2 :] // 2)  # as loud as the echo
        talking.until(lambda: len(talking.turns()) == 2)
        assert talking.turns()[1].outcome == "cancelled"


def test_the_wake_word_over_a_reply_ends_it(talk, say):
    with talk(room()) as talking:
        talking.says()
        talking.passes(4.0)
        talking.card.talk(say("Okay Nabu.")[LOOP_RATE // 2 :] // 2)
        talking.until(lambda: len(talking.turns()) == 1)
        assert talking.turns()[0].outcome == "cancelled"
        talking.until(lambda: "awake" in [event.kind for event in talking.events])


def test_it_does_not_wake_interrupt_or_answer_itself(talk):
    text = "I am okay Nabu. You can say okay Nabu, stop. Or say: alexa, what time is it? " + LONG
    with talk(room()) as talking:
        for number in (1, 2):
            talking.says(text)
            talking.until(lambda number=number: len(talking.turns()) == number)
        talking.passes(2.0)
        assert [turn.outcome for turn in talking.turns()] == ["answered"] * 2
        assert "awake" not in [event.kind for event in talking.events]
        assert "hold" not in talking.told(len(talking.card.played) // 2)  # the room is known
        assert np.abs(talking.card.played.astype(int)).max() > 3000
