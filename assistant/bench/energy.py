"""What energy a piece of work took: our share of what the meter counted meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from assistant.power.attribution import Baseline, Window, share
from assistant.power.meter import Meter
from assistant.power.sensors import best
from assistant.power.sensors.estimate import DEFAULT_IDLE, busy_seconds
from assistant.settings import Power


class Energy:
    """The best meter of this machine; without one an estimate from processor time. What the idle
    machine needs, and what other programs used, is taken off."""

    def __init__(
        self,
        settings: Power,
        monotonic: Callable[[], float] = time.monotonic,
        spent: Callable[[], float] = time.process_time,
    ) -> None:
        """spent: processor seconds of this program."""
        self._root = Path(settings.root)
        sensor = best(self._root, settings)
        self.estimated = sensor.estimated
        self._meter = Meter(sensor, monotonic, monotonic)
        idle = settings.idle_watts or DEFAULT_IDLE
        self._baseline = Baseline(idle if sensor.estimated else 0.0)
        self._spent = spent
        self._last = (0.0, 0.0)

    def begin(self) -> None:
        """The work begins."""
        self._meter.take()
        self._last = self._now()

    def end(self) -> float | None:
        """It is over: joules; None while the meter gives nothing."""
        energy, (busy, spent) = self._meter.take(), self._now()
        if energy is None:
            return None
        window = Window(energy, busy - self._last[0], {"think": spent - self._last[1]})
        self._baseline.add(window)
        found = share(window, self._baseline.idle_watts(), self._baseline.core_watts())
        return found.ours if found is not None else None

    def _now(self) -> tuple[float, float]:
        return busy_seconds(self._root) or 0.0, self._spent()
