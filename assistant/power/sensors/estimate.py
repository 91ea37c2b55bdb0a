"""Where nothing measures: an estimate from the processor's time, always called one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant import sysfs
from assistant.power.reading import Covers, Reading, SensorError

SHARE = 0.5
"""Nobody knows the machine: half as much and twice as much are both possible."""
CALIBRATED = 0.25
"""With a curve of this machine, from `power.idle_watts` and `power.core_watts`."""
DEFAULT_IDLE, DEFAULT_CORE = 4.0, 5.0
"""Watts, of a laptop with its screen off: what it needs in any case, and for each busy core."""


class Estimate:
    """idle + busy cores x watts of a core, summed up over the time between readings."""

    name = "estimate"
    covers: Covers = "machine"
    estimated = True

    def __init__(
        self, root: Path, clock: Callable[[], float], idle: float = 0.0, core: float = 0.0
    ) -> None:
        """clock: seconds. idle, core: watts; 0 takes the defaults."""
        self._root = root
        self._clock = clock
        self._idle = idle or DEFAULT_IDLE
        self._core = core or DEFAULT_CORE
        self._share = CALIBRATED if idle and core else SHARE
        self._last: tuple[float, float] | None = None
        self._joules = 0.0

    def unavailable(self) -> str:
        return "" if busy_seconds(self._root) is not None else "The kernel shows no /proc/stat."

    def read(self) -> Reading:
        busy, now = busy_seconds(self._root), self._clock()
        if busy is None:
            raise SensorError("The kernel shows no /proc/stat.")
        if self._last is not None:
            seconds, cores = now - self._last[0], busy - self._last[1]
            self._joules += self._idle * max(seconds, 0) + self._core * max(cores, 0)
        self._last = now, busy
        return Reading(self._joules, None, self._share)

    def files(self) -> list[str]:
        return ["proc/stat"]


def busy_seconds(root: Path, ticks: float = 100.0) -> float | None:
    """Seconds that all processors together have worked since the start; None when unknown.

    ticks: USER_HZ, which is 100 on every Linux of today.
    """
    words = sysfs.text(root / "proc/stat").split("\n", 1)[0].split()
    try:
        # user nice system idle iowait irq softirq steal (guest time is part of user time)
        times = [float(word) for word in words[1:9]]
    except ValueError:
        return None
    return (sum(times) - times[3] - times[4]) / ticks if len(times) >= 5 else None
