"""The energy of each turn and of the waiting between them, for the trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant import threads
from assistant.power import kept
from assistant.power.accelerator import Accelerator, Worked
from assistant.power.attribution import Baseline, Shares, Window, share
from assistant.power.kept import Day, Kept
from assistant.power.meter import BestMeter, Expect, Meter
from assistant.power.reading import WHOLE, EnergySensor
from assistant.power.sensors.nvml import Nvml

WRITTEN_EVERY = 600.0
"""Seconds of waiting that a power cut may cost of the sums of the day; a turn is written at
once."""


class Ledger:
    """What was used so far, by turns and by waiting. One thread uses it."""

    def __init__(
        self,
        meter: Meter | BestMeter,
        baseline: Callable[[EnergySensor], Baseline],
        busy: Callable[[], float | None],
        times: Callable[[], threads.Times] = threads.times,
        book: Book | None = None,
        accelerator: Accelerator | None = None,
    ) -> None:
        """baseline: made once for each sensor. book: keeps the sums between runs. accelerator:
        where stages work on a graphics card."""
        self._book = book
        self._meter = meter
        self._baseline = baseline
        self._baselines: dict[str, Baseline] = {}
        self._busy = busy
        self._times = times
        self._accelerator = accelerator
        self._last: tuple[float, threads.Times] | None = None
        self._waited = [0.0, 0.0, 0.0]  # seconds, joules of ours, joules of all

    @property
    def only_power(self) -> bool:
        """Whether the meter wants to be looked at often: see `Meter.sample`."""
        return self._meter.only_power

    def sample(self) -> None:
        self._meter.sample()
        if self._accelerator is not None:
            self._accelerator.sample()

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
        last, busy = self._last, self._busy() or 0.0
        energy = self._meter.take(self._expect(busy - last[0] if last is not None else 0.0))
        sensor = self._meter.sensor
        self._last = busy, self._times()
        worked = self._worked(sensor)
        if energy is None or last is None:
            return None, None
        spent = threads.spent(last[1], self._last[1])
        window = Window(energy, busy - last[0], spent, worked.seconds, worked.card)
        baseline = self._of(sensor)
        baseline.add(window)
        return window, share(window, baseline.idle_watts(), baseline.core_watts())

    def _expect(self, busy: float) -> Expect | None:
        """What a time takes that is too short for the meter. What a graphics card does is not
        expected: nobody knows its load."""
        if self._accelerator is not None:
            return None
        baseline = self._of(self._meter.next)
        return lambda seconds: baseline.expected(seconds, busy)

    def _of(self, sensor: EnergySensor) -> Baseline:
        if sensor.name not in self._baselines:
            self._baselines[sensor.name] = self._baseline(sensor)
        return self._baselines[sensor.name]

    def _worked(self, sensor: EnergySensor) -> Worked:
        """What ran on a graphics card, where the meter sees it."""
        if self._accelerator is None:
            return Worked({})
        worked = self._accelerator.take()
        return worked if _sees_graphics(sensor) else Worked({})

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
            error=energy.bias,
            estimated=sensor.estimated,
            whole=sensor.covers in WHOLE,
        )
        self._book.add(used, sensor.name, self._baselines[sensor.name].learned())

    def close(self) -> None:
        if self._book is not None:
            self._book.close()
        if isinstance(self._meter, BestMeter):
            self._meter.close()


class Book:
    """The sums of the days and the watts of the idle machine, on disk every few minutes."""

    def __init__(self, kept: Kept, today: Callable[[], dt.date], path: Path | None = None) -> None:
        self.kept = kept
        self._today = today
        self._path = path
        self._since = 0.0  # seconds that are not on disk yet

    def add(self, used: Day, meter: str, learned: tuple[float | None, float | None]) -> None:
        """learned: watts of the idle machine and of a busy core, where they are known."""
        kept.add(self.kept, self._today(), used)
        for watts, known in zip(learned, (self.kept.idle, self.kept.core), strict=True):
            if watts is not None:
                known[meter] = round(watts, 4)
        self._since += used.seconds
        if self._since >= WRITTEN_EVERY or used.turns:
            self.close()

    def close(self) -> None:
        if self._since:
            self._since = 0.0
            kept.write(self.kept, self._path)


def _sees_graphics(sensor: EnergySensor) -> bool:
    """An estimate from processor time does not."""
    return not sensor.estimated and (sensor.covers in WHOLE or sensor.name.endswith(Nvml.name))
