"""From what a sensor says now and then to the energy of the time between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.power.reading import EnergySensor, Reading, SensorError

LONG = 120.0
"""Seconds between two looks at a meter that knows only power, after which its mean is a guess."""
COARSE = 10
"""Steps of a counter that a difference must have: below them the watts tell more."""


@dataclass(frozen=True, slots=True)
class Energy:
    """What was used between two looks.

    seconds: without those in which the machine was suspended. error: joules, either way.
    whole: false where the machine slept meanwhile: nobody knows whose it was.
    """

    seconds: float
    joules: float
    error: float
    whole: bool = True


class Meter:
    """Reads one sensor.

    monotonic, boottime: seconds; the second goes on while the machine is suspended.
    """

    def __init__(
        self,
        sensor: EnergySensor,
        monotonic: Callable[[], float],
        boottime: Callable[[], float],
    ) -> None:
        self.sensor = sensor
        self._monotonic = monotonic
        self._boottime = boottime
        self._last: tuple[float, float, Reading] | None = None
        self._owed = 0.0  # joules that were counted and not told yet; negative: told too many

    def take(self) -> Energy | None:
        """The energy since the last call that gave a reading; None for the first of them, and
        while the sensor gives nothing."""
        try:
            reading = self.sensor.read()
        except SensorError:
            self._last, self._owed = None, 0.0
            return None
        now = self._monotonic(), self._boottime(), reading
        last, self._last = self._last, now
        if last is None:
            return None
        seconds = now[0] - last[0]
        slept = (now[1] - last[1]) - seconds > 1.0
        joules, error = self._between(last[2], reading, seconds)
        return Energy(seconds, joules, error, whole=not slept)

    def _between(self, first: Reading, second: Reading, seconds: float) -> tuple[float, float]:
        """Joules and their uncertainty."""
        counted = None
        if first.joules is not None and second.joules is not None:
            counted = second.joules - first.joules
            fine = second.step == 0 or counted >= COARSE * second.step
            if fine or first.watts is None or second.watts is None:
                return counted, counted * second.share + second.step
        if first.watts is None or second.watts is None:
            return 0.0, float("inf")
        joules, spread = _by_watts(first.watts, second.watts, seconds)
        if counted is not None:
            joules = self._settled(joules, counted, second.step)
        return joules, joules * second.share + spread

    def _settled(self, joules: float, counted: float, step: float) -> float:
        """The watts of two moments may have been any: over some time the counter is right. So what
        is told by watts is moved towards it, by a half at most, where they differ by a step."""
        owed = self._owed + counted - joules
        beyond = owed - min(max(owed, -step), step)
        told = joules + min(max(beyond, -joules / 2), joules / 2)
        self._owed += counted - told
        return told


def _by_watts(first: float, second: float, seconds: float) -> tuple[float, float]:
    """Joules between two moments, and by how much that may be wrong."""
    joules = (first + second) / 2 * seconds
    unseen = joules / 2 if seconds > LONG else 0.0
    return joules, abs(first - second) / 2 * seconds + unseen
