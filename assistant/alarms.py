"""When timers ring: at their time, and again until somebody says stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

from assistant import localtime
from assistant.handlers.timer_store import Timer
from assistant.handlers.timers import Timers
from assistant.types import Announcement

AGAIN_AFTER = 12.0
"""Seconds from one ring to the next: the ring, the sentence, and time to say "stop"."""
LOOK_EVERY = 1.0
"""Seconds. Another process (`assistant ask`) may set a timer, and the clock may be changed, so
nobody sleeps until a timer is due. A look costs some 50 microseconds."""


class Ringer:
    """Which timers to announce now: a pure function of what rings and when it rang."""

    def __init__(self, rings: int) -> None:
        self._rings = rings
        self._rung: dict[int, tuple[int, float]] = {}  # id -> how often, and when it last did

    def ring(self, ringing: list[Timer], now: float) -> tuple[list[Timer], list[Timer]]:
        """(to announce, to give up on) among `ringing`, at `now` in monotonic seconds.

        A timer that was missed while the program was off is told once.
        """
        self._rung = {t.id: self._rung.get(t.id, (0, -AGAIN_AFTER)) for t in ringing}
        announce, give_up = [], []
        for timer in ringing:
            count, last = self._rung[timer.id]
            if now - last < AGAIN_AFTER:
                continue
            if count >= (1 if timer.missed else self._rings):
                give_up.append(timer)
                continue
            self._rung[timer.id] = (count + 1, now)
            announce.append(timer)
        return announce, give_up


class TimerAlarms:
    """The loop's Alarms: what the timers have to say."""

    def __init__(
        self,
        timers: Timers,
        rings: int,
        now: Callable[[], datetime] = localtime.now,
    ) -> None:
        self._timers = timers
        self._ringer = Ringer(rings)
        self._now = now
        self._look = threading.Event()
        timers.store.on_change = self._look.set

    def wait(self, stop: threading.Event) -> list[Announcement]:
        """Block until a timer rings, or `stop` is set and `wake` called."""
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

    def _announce(self) -> list[Announcement]:
        store = self._timers.store
        store.due(self._now())
        announce, give_up = self._ringer.ring(store.ringing(), time.monotonic())
        for timer in give_up:
            store.dismiss(timer.id)
        return [self._timers.announce(timer, timer.language) for timer in announce]

    def _patience(self) -> float:
        due = self._timers.store.next_due()
        if due is None:
            return LOOK_EVERY
        return min(max((due - self._now()).total_seconds(), 0.0), LOOK_EVERY)
