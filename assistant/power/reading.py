"""What a meter says, and the protocol that every meter keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Covers = Literal["machine", "battery", "board", "processor", "graphics", "part"]
"""What a meter measures. "machine": at its plug. "battery": all that runs on it. "board": the whole
computer without its supply. The others are a part of the machine only."""

WHOLE: tuple[Covers, ...] = ("machine", "battery", "board")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter says at a moment.

    joules: since the meter was opened, never falling; None where it knows only power.
    watts: at this moment, or the mean of the last second or so; None where it knows only energy.
    share: by how much of itself a difference of joules, or the watts, may be wrong, 0..1.
    step: joules by which a difference may be wrong besides: how coarse the counter is.
    """

    joules: float | None
    watts: float | None
    share: float
    step: float = 0.0


class EnergySensor(Protocol):
    """A meter. Each is used by one thread at a time."""

    name: str
    covers: Covers
    estimated: bool
    """Whether it computes what it cannot measure."""

    def unavailable(self) -> str:
        """Why it cannot be read here, as a sentence; "" when it can. Takes milliseconds."""

    def read(self) -> Reading:
        """Raises SensorError when it cannot be read at the moment."""

    def files(self) -> list[str]:
        """What it reads, as patterns below the root ("sys/class/hwmon/hwmon*/name")."""


class SensorError(Exception):
    """A meter that gave nothing, in a sentence. Caught where it is read: the turn goes on."""


OUTSIDE: tuple[Covers, ...] = ("machine", "battery")
"""What goes on counting while the machine is suspended; counters within it stop, or are reset."""


class Counter:
    """A counter that begins again at a limit, as one that never falls."""

    def __init__(self, limit: float | None) -> None:
        """limit: the value after which it begins again; None if it never does: a lower value then
        means that it was reset (a driver loaded anew), and counts from there. So does one that
        would have counted more than half of its range since the last look: at the 65 kJ of the
        smallest RAPL counter that would be 500 W for a minute."""
        self._limit = limit
        self._last: float | None = None
        self._total = 0.0

    def add(self, value: float) -> float:
        """The sum of all that was counted since the first call."""
        if self._last is not None:
            step = value - self._last
            if step < 0:
                around = value + self._limit - self._last if self._limit else float("inf")
                step = around if self._limit and around <= self._limit / 2 else value
            self._total += step
        self._last = value
        return self._total
