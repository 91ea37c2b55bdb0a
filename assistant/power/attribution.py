"""Whose energy it was: the idle machine's, other programs', or ours, stage by stage.

The meter sees the machine as a whole. What the idle machine needs is taken off first. Of the rest,
what a graphics card took goes to the stages that work on it, by the time that they worked; what is
left goes to whoever used the processors, in proportion to processor time. So all shares together
are always what the meter counted, and a stage is not charged for the browser that ran beside it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.power.meter import Energy
from assistant.power.sensors.estimate import DEFAULT_CORE

_WINDOWS = 256
_ENOUGH = 8
_SPREAD = 0.1  # cores: the load must have varied that much before a line is put through it
_SHORTEST = 0.5  # seconds: meters are too coarse below
_POOLED, _LONG_ENOUGH = 40, 50.0
"""Steps of a coarse counter, and seconds of a meter of power, that make a point of the line."""
_HOLD = 11.0
"""Squares of cores times seconds: what half an hour tells in which the load varies by 0.08."""
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
    accelerated: seconds that each stage worked on the graphics card. card: joules that the card
    took above its own idle power, a part of the whole; None where nothing measures it apart.
    """

    energy: Energy
    busy: float
    ours: Mapping[str, float]
    accelerated: Mapping[str, float] = field(default_factory=dict)
    card: float | None = None


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
    """Learns what the machine needs, idle and for each busy core: a line through power and load.

    A counter that moves in large steps is looked at over minutes: until many of them are in one
    point of the line."""

    def __init__(
        self,
        idle_watts: float = 0.0,
        begun_with: float | None = None,
        core_watts: float = DEFAULT_CORE,
    ) -> None:
        """idle_watts: known beforehand; 0 if it is not. begun_with: learned in an earlier run; it
        counts until enough was seen in this one. core_watts: what is taken for that of a busy core
        until it is learned, where the meter is coarse."""
        self._known = idle_watts
        self._begun_with = begun_with
        self._core = core_watts
        self._seen: deque[tuple[float, float, float]] = deque(maxlen=_WINDOWS)
        self._pool = (0.0, 0.0, 0.0)  # busy seconds, joules, seconds
        self._coarse = False

    def add(self, window: Window) -> None:
        energy = window.energy
        if window.accelerated and window.card is None:
            return  # what the card took would be taken for the processor's
        if not energy.whole or energy.error == float("inf"):
            self._pool = (0.0, 0.0, 0.0)
            return
        measured = energy.measured if energy.measured is not None else energy.joules
        joules = max(measured - (window.card or 0.0), 0.0)
        if energy.coarse or self._coarse:
            self._coarse = True
            busy, before, seconds = self._pool
            self._pool = (busy + window.busy, before + joules, seconds + energy.seconds)
            if self._pool[1] < _POOLED * energy.step or self._pool[2] < _LONG_ENOUGH:
                return
            (busy, joules, seconds), self._pool = self._pool, (0.0, 0.0, 0.0)
        else:
            busy, seconds = window.busy, energy.seconds
        if seconds >= _SHORTEST:
            self._seen.append((busy / seconds, joules / seconds, seconds))

    def idle_watts(self) -> float | None:
        """None before anything was seen."""
        if self._known:
            return self._known
        if not self._seen:
            return self._begun_with
        lowest = min(watts for _, watts, _ in self._seen)
        line = self._line()
        if line is None:
            return lowest if self._begun_with is None else min(lowest, self._begun_with)
        # never above the least that was seen: the machine did with that
        return min(max(line[0], 0.0), lowest)

    def core_watts(self) -> float:
        """Watts more of a busy core."""
        line = self._line()
        return line[1] if line is not None and line[1] > 0 else self._core

    def expected(self, seconds: float, busy: float) -> float | None:
        """Joules that a stretch of time takes, by the seconds that processors were busy in it; None
        while nothing was learned."""
        line = self._line()
        return line[0] * seconds + line[1] * busy if line is not None and line[0] > 0 else None

    def _line(self) -> tuple[float, float] | None:
        """Watts without load, and more for each core. Through the few points of a coarse meter it
        is held near the slope that was taken for it."""
        loads = [load for load, _, _ in self._seen]
        few = len(loads) < _ENOUGH or max(loads) - min(loads) < _SPREAD
        if not loads or (few and not self._coarse):
            return None
        weight = sum(s for _, _, s in self._seen)
        load = sum(b * s for b, _, s in self._seen) / weight
        watts = sum(w * s for _, w, s in self._seen) / weight
        along = sum((b - load) * (w - watts) * s for b, w, s in self._seen)
        spread = sum((b - load) ** 2 * s for b, _, s in self._seen)
        hold = _HOLD if self._coarse else 0.0
        slope = max((along + hold * self._core) / (spread + hold), 0.0)
        return watts - slope * load, slope

    def learned(self) -> tuple[float | None, float | None]:
        """Watts, idle and of a busy core, that are worth keeping for the next run; None while too
        little was seen."""
        if len(self._seen) < _ENOUGH or self._known:
            return None, None
        line = self._line()
        return self.idle_watts(), line[1] if line is not None and line[1] > 0 else None


def share(
    window: Window, idle_watts: float | None, core_watts: float = DEFAULT_CORE
) -> Shares | None:
    """Who used the energy of a window. One in which the machine slept is nobody's. None where it
    cannot be told: nothing is known of the idle machine.

    core_watts: of a busy core, for what a meter cannot see: a time that is too short for it, and
    a graphics card that has no meter of its own.
    """
    energy = window.energy
    if not energy.whole:
        return Shares(energy.joules, 0.0, {}, energy.error)
    mine = sum(window.ours.values())
    busy = max(window.busy, mine)  # the kernel counts the machine in hundredths of a second
    if energy.coarse:
        above = _by_load(energy, idle_watts, core_watts * busy)
    elif idle_watts is not None:
        above = energy.joules - min(idle_watts * energy.seconds, energy.joules)
    else:
        return None
    machine = energy.joules - above
    stages = _on_the_card(window, above, core_watts * busy)
    above -= sum(stages.values())
    if busy <= 0:
        return Shares(machine + above, 0.0, stages, energy.error)
    for thread, seconds in window.ours.items():
        stage = STAGES.get(thread, "other")
        stages[stage] = stages.get(stage, 0.0) + above * seconds / busy
    return Shares(machine, above * (busy - mine) / busy, stages, energy.error)


def _by_load(energy: Energy, idle_watts: float | None, by_cores: float) -> float:
    """Joules above the idle machine, where the sum is only roughly known: what is too much or too
    little is everybody's. by_cores: joules that the processors are expected to take."""
    if idle_watts is None:
        return min(by_cores, energy.joules)
    expected = idle_watts * energy.seconds + by_cores
    return energy.joules * by_cores / expected if expected else 0.0


def _on_the_card(window: Window, above: float, by_cores: float) -> dict[str, float]:
    """Joules of the stages that worked on a graphics card: what it took by its own meter, else
    what the processors, at their usual watts, leave unexplained."""
    worked = sum(window.accelerated.values())
    if worked <= 0:
        return {}
    card = window.card if window.card is not None else above - by_cores
    card = min(max(card, 0.0), above)
    return {stage: card * s / worked for stage, s in window.accelerated.items()}
