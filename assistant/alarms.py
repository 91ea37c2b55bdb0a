"""When what is due is told: at its time, and again until somebody says stop."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from assistant import localtime
from assistant.errors import StorageError
from assistant.handlers.timekeeping.due_items import DueItem, Kind
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.handlers.timekeeping.due_words import announce, interrupted
from assistant.stages import Alarms
from assistant.types import Announcement, Event

AGAIN_AFTER = 12.0
"""Seconds from one ring to the next: the ring, the sentence, and time to say "stop"."""
LOOK_EVERY = 1.0
"""Seconds. Another process (`assistant ask`) may set a timer, and the clock may be changed, so
nobody sleeps until a timer is due. A look costs 50 microseconds, with twenty timers 350."""
SOON = 2.0
"""Seconds until what could not be heard is tried again: the speaker may be back."""


def pass_on(
    alarms: Alarms,
    stop: threading.Event,
    put: Callable[[Announcement], object],
    on_event: Callable[[Event], object],
) -> None:
    """Give what is due to `put`, until `stop` is set: the loop's alarm thread."""
    told = ""
    while not stop.is_set():
        try:
            for announcement in alarms.wait(stop):
                put(announcement)
        except StorageError as error:  # a full or broken disk: tell it once, and look again
            if str(error) != told:
                told = str(error)
                on_event(Event("degraded", told))
            stop.wait(LOOK_EVERY)


class Ringer:
    """What to announce now: a pure function of what rings and when it rang."""

    def __init__(self, rings: Mapping[Kind, int]) -> None:
        """rings: how often each kind rings, unless somebody answers."""
        self._rings = rings
        self._rung: dict[int, tuple[int, float]] = {}  # id -> how often, and when it last did

    def again(self, id: int, now: float) -> None:
        """It was not heard: that ring does not count, and the next one is soon."""
        if id in self._rung:
            self._rung[id] = (self._rung[id][0] - 1, now - AGAIN_AFTER + SOON)

    def later(self, id: int, now: float) -> None:
        """The next one is as late as if it had rung only now."""
        if id in self._rung:
            self._rung[id] = (self._rung[id][0], now)

    def ring(self, ringing: list[DueItem], now: float) -> tuple[list[DueItem], list[DueItem]]:
        """(to announce, to give up on) among `ringing`, at `now` in monotonic seconds.

        What was missed while the program was off is told once.
        """
        self._rung = {i.id: self._rung.get(i.id, (0, -AGAIN_AFTER)) for i in ringing}
        announced, give_up = [], []
        for item in ringing:
            count, last = self._rung[item.id]
            if now - last < AGAIN_AFTER:
                continue
            if count >= (1 if item.late else self._rings[item.kind]):
                give_up.append(item)
                continue
            self._rung[item.id] = (count + 1, now)
            announced.append(item)
        return announced, give_up


class DueAlarms:
    """The loop's Alarms: what has come due."""

    def __init__(
        self,
        store: DueStore,
        rings: int,
        alarm_rings: int,
        now: Callable[[], datetime] = localtime.now,
    ) -> None:
        """rings: how often a timer or a reminder rings; alarm_rings: an alarm."""
        self._store = store
        self._ringer = Ringer(
            {"timer": rings, "reminder": rings, "alarm": alarm_rings, "command": 1}
        )
        self._now = now
        self._look = threading.Event()
        self._looked = False
        self._ended: dict[int, bool] = {}  # commands by number: whether it was carried out
        store.on_change = self._look.set

    def wait(self, stop: threading.Event) -> list[Announcement]:
        """Block until something rings, or `stop` is set and `wake` called."""
        while not stop.is_set():
            self._look.clear()
            announcements = self._announce()
            if announcements:
                return announcements
            self._look.wait(self._patience())
        return []

    def wake(self) -> None:
        """Let `wait` look at once."""
        self._look.set()

    def done(self, announcement: Announcement) -> None:
        """A command was carried out."""
        self._ended[_id(announcement)] = True  # should it not be written down now
        self._store.over(_id(announcement), self._now())
        self._ended.pop(_id(announcement), None)

    def unfinished(self, announcement: Announcement) -> None:
        """A command was cut off, by somebody who wants to say something else first."""
        self._ringer.later(_id(announcement), time.monotonic())
        self._ended[_id(announcement)] = False

    def unheard(self, announcement: Announcement) -> None:
        """There is no speaker."""
        with contextlib.suppress(ValueError):  # a word of the governor, or of another program
            self._ringer.again(_id(announcement), time.monotonic())

    def _announce(self) -> list[Announcement]:
        now = self._now()
        told = [] if self._looked else self._interrupted(now)
        full: StorageError | None = None
        due: list[DueItem] = []
        try:
            self._store.follow(now)
            due = self._store.due(now)
        except StorageError as error:  # what is due rings though it cannot be written down
            full, due = error, self._store.overdue(now)
        rings = self._store.ringing()
        # who says stop just now means what he has heard, not what has come due meanwhile
        rings += [item for item in due if item.id not in {ringing.id for ringing in rings}]
        ringing, give_up = self._ringer.ring(rings, time.monotonic())
        for item in give_up:
            with contextlib.suppress(StorageError):  # next time, then
                told += self._give_up(item, now)
        self._looked = True
        announced = told + [announce(item) for item in ringing]
        if full is not None and not announced:
            raise full
        return announced

    def _interrupted(self, now: datetime) -> list[Announcement]:
        """Commands that were given out by a program that ended before they were done: whether
        they were carried out nobody knows, so they are told and not repeated."""
        commands = [i for i in self._store.ringing() if i.kind == "command" and not i.late]
        for item in commands:
            self._store.over(item.id, now)
        return [interrupted(item) for item in commands]

    def _give_up(self, item: DueItem, now: datetime) -> list[Announcement]:
        """What is said about it: of a command, that it was cut off. One that is being carried out,
        or waits for the end of a turn, goes on."""
        if item.late:  # told
            self._store.over(item.id, now)
        elif item.kind != "command":
            self._store.unheard(item.id, now)
        elif item.id in self._ended:
            self._store.over(item.id, now)
            return [] if self._ended.pop(item.id) else [interrupted(item)]
        return []

    def _patience(self) -> float:
        due = self._store.next_due()
        if due is None:
            return LOOK_EVERY
        return min(max((due - self._now()).total_seconds(), 0.0), LOOK_EVERY)


def _id(announcement: Announcement) -> int:
    """Of the item that it is about. Raises ValueError when it is about none."""
    return int(announcement.key.rpartition(":")[2])
