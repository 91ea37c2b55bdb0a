"""What a graphics card took, and which stages worked on it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant import threads
from assistant.power.attribution import Baseline, Window
from assistant.power.meter import Energy, Meter


@dataclass(frozen=True, slots=True)
class Worked:
    """seconds: by stage. card: joules of the card above its idle power; None if not known."""

    seconds: Mapping[str, float]
    card: float | None = None


class Accelerator:
    """Looked at when the meter of the machine is, by the same thread."""

    def __init__(
        self,
        stages: Sequence[str],
        meter: Meter | None = None,
        worked: Callable[[str], float] = threads.worked,
    ) -> None:
        """stages: that compute on the card. meter: of the card alone, where it has one. worked:
        seconds that the engine of a stage has worked so far."""
        self._stages = stages
        self._meter = meter
        self._worked = worked
        self._last: dict[str, float] = {}
        self._baseline = Baseline()

    def sample(self) -> None:
        if self._meter is not None:
            self._meter.sample()

    def take(self) -> Worked:
        """Since the last call."""
        now = {stage: self._worked(stage) for stage in self._stages}
        seconds = {s: more for s, n in now.items() if (more := n - self._last.get(s, n)) > 0}
        self._last = now
        energy = self._meter.take() if self._meter is not None else None
        return Worked(seconds, self._above(energy, sum(seconds.values())))

    def _above(self, energy: Energy | None, worked: float) -> float | None:
        """What the card took beyond its idle power, which is learned as that of the machine."""
        if energy is None or energy.error == float("inf"):
            return None
        self._baseline.add(Window(energy, worked, {}))
        idle = self._baseline.idle_watts()
        return max(energy.joules - idle * energy.seconds, 0.0) if idle is not None else None
