"""Whose energy it was: the idle machine's, other programs', or ours, stage by stage.

The meter sees the machine as a whole. What the idle machine needs is taken off first; the rest goes
to whoever used the processors, in proportion to processor time. So all shares together are always
what the meter counted, and a stage is not charged for the browser that ran beside it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.power.meter import Energy

_WINDOWS = 256
_ENOUGH = 8
_SPREAD = 0.1  # cores: the load must have varied that much before a line is put through it
_SHORTEST = 0.5  # seconds: meters are too coarse below
STAGES = {
    "hear": "transcribe",
    "ears": "listen",
    "speak": "synthesize",
    "embed": "route",
    "turn": "route",
    "think": "think",
    "act": "act",
    "verify": "verify",
}
"""Names of threads, and the stage that each works for."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time.

    busy: processor seconds of the whole machine. ours: processor seconds by thread name.
    """

    energy: Energy
    busy: float
    ours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Shares:
    """Joules. They add up to what the meter counted."""

    machine: float  # what it needs when nothing runs
    others: float
    stages: Mapping[str, float]
    error: float

    @property
    def ours(self) -> float:
        return sum(self.stages.values())


class Baseline:
    """Learns what the idle machine needs: power at no load, by a line through power and load."""

    def __init__(self, idle_watts: float = 0.0, begun_with: float | None = None) -> None:
        """idle_watts: known beforehand; 0 if it is not. begun_with: learned in an earlier run; it
        counts until enough was seen in this one."""
        self._known = idle_watts
        self._begun_with = begun_with
        self._seen: deque[tuple[float, float, float]] = deque(maxlen=_WINDOWS)

    def add(self, window: Window) -> None:
        seconds = window.energy.seconds
        if window.energy.whole and seconds >= _SHORTEST and window.energy.error < float("inf"):
            self._seen.append((window.busy / seconds, window.energy.joules / seconds, seconds))

    def idle_watts(self) -> float | None:
        """None before anything was seen."""
        if self._known:
            return self._known
        if not self._seen:
            return self._begun_with
        lowest = min(watts for _, watts, _ in self._seen)
        loads = [load for load, _, _ in self._seen]
        if len(self._seen) < _ENOUGH or max(loads) - min(loads) < _SPREAD:
            return lowest if self._begun_with is None else min(lowest, self._begun_with)
        weight = sum(s for _, _, s in self._seen)
        load = sum(b * s for b, _, s in self._seen) / weight
        watts = sum(w * s for _, w, s in self._seen) / weight
        along = sum((b - load) * (w - watts) * s for b, w, s in self._seen)
        spread = sum((b - load) ** 2 * s for b, _, s in self._seen)
        slope = max(along / spread, 0.0)
        # never above the least that was seen: the machine did with that
        return min(max(watts - slope * load, 0.0), lowest)

    def learned(self) -> float | None:
        """What is worth keeping for the next run; None while too little was seen."""
        return self.idle_watts() if len(self._seen) >= _ENOUGH and not self._known else None


def share(window: Window, idle_watts: float) -> Shares:
    """Who used the energy of a window. One in which the machine slept is nobody's."""
    energy = window.energy
    if not energy.whole:
        return Shares(energy.joules, 0.0, {}, energy.error)
    machine = min(idle_watts * energy.seconds, energy.joules)
    above = energy.joules - machine
    mine = sum(window.ours.values())
    busy = max(window.busy, mine)  # the kernel counts the machine in hundredths of a second
    if busy <= 0:
        return Shares(energy.joules, 0.0, {}, energy.error)
    stages: dict[str, float] = {}
    for thread, seconds in window.ours.items():
        stage = STAGES.get(thread, "other")
        stages[stage] = stages.get(stage, 0.0) + above * seconds / busy
    return Shares(machine, above * (busy - mine) / busy, stages, energy.error)
