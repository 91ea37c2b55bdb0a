"""The energy of each turn and of the waiting between them, for the trace. Always on.

A thread of its own reads the meter, since some meters are programs that take a while.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TooLate
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import localtime, threads
from assistant.power import kept
from assistant.power.attribution import Baseline, Shares, Window, share
from assistant.power.kept import Day, Kept
from assistant.power.meter import Meter
from assistant.power.reading import WHOLE
from assistant.power.sensors import best
from assistant.power.sensors.estimate import DEFAULT_IDLE, busy_seconds
from assistant.settings import Power
from assistant.types import TurnTrace
from assistant.worker import Worker

EVERY = 60.0
"""Seconds between looks at the meter while nobody speaks."""
WRITTEN_EVERY = 600.0
"""Seconds of waiting that a power cut may cost of the sums of the day; a turn is written at
once."""
PATIENCE = 3.0
"""Seconds that the trace of a turn waits for the meter."""


class Ledger:
    """What was used so far, by turns and by waiting. One thread uses it."""

    def __init__(
        self,
        meter: Meter,
        baseline: Baseline,
        busy: Callable[[], float | None],
        times: Callable[[], threads.Times] = threads.times,
        book: Book | None = None,
    ) -> None:
        """book: keeps the sums between runs."""
        self._book = book
        self._meter = meter
        self._baseline = baseline
        self._busy = busy
        self._times = times
        self._last: tuple[float, threads.Times] | None = None
        self._waited = [0.0, 0.0, 0.0]  # seconds, joules of ours, joules of all

    def wait(self) -> None:
        """Until now nobody spoke."""
        window, shares = self._close()
        if window is not None and shares is not None:
            self._waited[0] += window.energy.seconds
            self._waited[1] += shares.ours
            self._waited[2] += window.energy.joules
            self._keep(window, shares, turns=0)

    def turn(self) -> dict[str, Any]:
        """Until now there was a turn: what the trace holds of it; nothing without a meter."""
        window, shares = self._close()
        waited, self._waited = self._waited, [0.0, 0.0, 0.0]
        if window is None or shares is None:
            return {}
        self._keep(window, shares, turns=1)
        sensor = self._meter.sensor
        return {
            "meter": sensor.name,
            "estimated": sensor.estimated,
            "seconds": round(window.energy.seconds, 3),
            "joules": round(shares.ours, 3),
            "error": round(min(shares.error, window.energy.joules), 3),
            "stages": {name: round(joules, 3) for name, joules in shares.stages.items()},
            "processor": {name: round(s, 3) for name, s in window.ours.items()},
            "machine": round(shares.machine, 3),
            "others": round(shares.others, 3),
            "waited": {
                "seconds": round(waited[0], 1),
                "joules": round(waited[1], 3),
                "all": round(waited[2], 3),
            },
        }

    def _close(self) -> tuple[Window | None, Shares | None]:
        """End the window that began with the last call."""
        energy = self._meter.take()
        now = self._busy() or 0.0, self._times()
        last, self._last = self._last, now
        if energy is None or last is None:
            return None, None
        window = Window(energy, now[0] - last[0], threads.spent(last[1], now[1]))
        self._baseline.add(window)
        idle = self._baseline.idle_watts()
        return window, share(window, idle) if idle is not None else None

    def _keep(self, window: Window, shares: Shares, turns: int) -> None:
        if self._book is None:
            return
        energy, sensor = window.energy, self._meter.sensor
        used = Day(
            turns=turns,
            seconds=energy.seconds,
            in_turns=shares.ours if turns else 0.0,
            waiting=0.0 if turns else shares.ours,
            all=energy.joules,
            error=min(shares.error, energy.joules),
            estimated=sensor.estimated,
            whole=sensor.covers in WHOLE,
        )
        self._book.add(used, sensor.name, self._baseline.learned())

    def close(self) -> None:
        if self._book is not None:
            self._book.close()


class Book:
    """The sums of the days and the watts of the idle machine, on disk every few minutes."""

    def __init__(self, kept: Kept, today: Callable[[], dt.date], path: Path | None = None) -> None:
        self.kept = kept
        self._today = today
        self._path = path
        self._since = 0.0  # seconds that are not on disk yet

    def add(self, used: Day, meter: str, idle_watts: float | None) -> None:
        kept.add(self.kept, self._today(), used)
        if idle_watts is not None:
            self.kept.idle[meter] = round(idle_watts, 4)
        self._since += used.seconds
        if self._since >= WRITTEN_EVERY or used.turns:
            self.close()

    def close(self) -> None:
        if self._since:
            self._since = 0.0
            kept.write(self.kept, self._path)


class TurnMeter:
    """The ledger in a thread of its own. `called` and `tick` may come from any thread."""

    def __init__(self, load: Callable[[], Ledger] | None) -> None:
        """None: nothing is measured."""
        self._worker = Worker("meter", load) if load is not None else None
        self._in_turn = False
        self._looked_at = 0.0

    def called(self) -> None:
        """A turn begins, if none is on."""
        if self._worker is not None and not self._in_turn:
            self._in_turn = True
            self._worker.start(lambda ledger: ledger.wait())

    def tick(self, now: float) -> None:
        """Time goes by; monotonic seconds."""
        if self._worker is not None and now - self._looked_at >= EVERY:
            self._looked_at = now
            if not self._in_turn:
                self._worker.start(lambda ledger: ledger.wait())

    def measured(self, trace: TurnTrace) -> TurnTrace:
        """The trace of the turn that has just ended, with its energy where that is known."""
        if self._worker is None or not self._in_turn:
            return trace
        self._in_turn = False
        energy: Mapping[str, Any] = {}
        with contextlib.suppress(TooLate, CancelledError, OSError):
            energy = self._worker.start(lambda ledger: ledger.turn()).result(PATIENCE)
        return replace(trace, energy=energy)

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()


def turn_meter(settings: Power) -> TurnMeter:
    """With the best meter of this machine."""
    root = Path(settings.root)

    def load() -> Ledger:
        sensor = best(root, settings)
        meter = Meter(sensor, time.monotonic, _boottime)
        idle = settings.idle_watts or (DEFAULT_IDLE if sensor.estimated else 0.0)
        known = kept.read()
        baseline = Baseline(idle, begun_with=known.idle.get(sensor.name))
        book = Book(known, lambda: localtime.now().date())
        return Ledger(meter, baseline, lambda: busy_seconds(root), book=book)

    return TurnMeter(load)


def _boottime() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
