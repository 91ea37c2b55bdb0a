"""The whole assistant, with its real engines, on a sound card of its own time in a room."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.assemble import Engines, alarms, listener
from assistant.audio.echo import without_echo
from assistant.config import load
from assistant.errands import Errand
from assistant.rest import warm
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.types import LOOP_RATE, Announcement, Event, Reply, Samples, Turn
from tests.card import Card

PATIENCE = 600
"""Seconds; a busy machine is no failure."""


@contextmanager
def engines(*settings: str) -> Iterator[tuple[Config, Engines]]:
    """Loaded, and their threads started: these belong to no single test."""
    patient = "functions.time_limit=600"  # a new name has the sentences laid out anew
    config = load(["think.model=none", "wake.chime=false", patient, *settings]).config
    with Engines(config) as made:
        for loaded in warm(made.stages, config):
            loaded.result()
        for worker in (made.stages.actor, made.stages.verifier):
            worker.start(lambda _: None).result()
        yield config, made


class Talk:
    """The assistant on such a card; what happens is in `events`, in order. Nothing is heard but in
    `until`, and what is built on it: what the test does next, it does at that very moment."""

    def __init__(self, card: Card, config: Config, made: Engines) -> None:
        self.card, self.events = card, list[Event]()
        self._handled_since: list[float | None] = []  # the runtime's, at the end of each turn
        self.runtime = Runtime(
            config,
            made.stages,
            listener(config),
            lambda: card.on_the_clock(without_echo(card, card.playback, config.audio)),
            card,
            alarms=alarms(made),
            on_event=self._on_event,
        )

    def _on_event(self, event: Event) -> None:
        if event.kind == "idle":
            self._handled_since.append(self.runtime.handling_since)
        self.events.append(event)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    def turns(self) -> list[Turn]:
        return [event.turn for event in self.events if event.kind == "idle"]

    def turn(self, number: int) -> Turn:
        """The `number`th turn (from 1 on), once it is over, and it is known what may follow it."""
        self.until(lambda: len(self.turns()) >= number)
        since = self._handled_since[number - 1]
        self.until(lambda: self.runtime.handling_since != since)
        return self.turns()[number - 1]

    def says(self, text: str) -> None:
        self.runtime.take(Errand(Announcement(Reply(text, "en"))))
        self.until(lambda: len(self.card._queue))

    def hears(self, said: Samples) -> int:
        """Somebody in the room says this; the position at which it begins."""
        return self.card.talk(said[LOOP_RATE // 2 :] // 2)  # as loud as the echo

    def until(self, true: Any, seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, [(e.kind, e.text) for e in self.events]
            self.card.go_on()

    def passes(self, seconds: float) -> None:
        """So much of the card's time."""
        end = self.card.position + seconds * LOOP_RATE
        self.until(lambda: self.card.position >= end)

    def told(self, since: int = 0) -> Sequence[str]:
        """What the speaker was told from a position on."""
        return [what for position, what in self.card.told if position >= since]


@contextmanager
def talking(impulse: Any, config: Config, made: Engines) -> Iterator[Talk]:
    card = Card(impulse)
    talk = Talk(card, config, made)
    thread = threading.Thread(target=talk.runtime.run)
    thread.start()
    try:
        yield talk
    finally:
        talk.runtime.stop()
        card.close()
        thread.join(60)
