"""Which steps are taken when there is less of something, and when each is taken back.

A pure state machine: it is told what the machine is like, with the time, and knows nothing else.
Each condition holds for a while before anything is done, and ends at another value than it began
at, so that nothing flaps. What a step changes is named by the profile (`governor` in base.toml)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.power.ladder import RUNGS, Ladder, Memory
from assistant.settings import GovernorSettings, Step

MARGIN_PERCENT = 5.0
"""Charge above its threshold at which a step is taken back."""
HOT = 85.0
"""°C, where the user names none: at most, as the limit that a processor tells may be the one at
which it is turned off, long after its firmware slows it down (a Raspberry Pi 5 tells 110 °C)."""
BELOW_LIMIT, COOLED = 10.0, 8.0
"""Kelvin below the processor's limit at which it is hot, and below that at which it no longer
is."""
BUSY, CALM = 0.8, 0.5
"""Share of all processors that others use from which on, and down to
which, the machine is busy."""
_SECONDS: Mapping[Step, tuple[float, float]] = {
    "battery": (5.0, 30.0),  # a plug that is moved to another socket is no news
    "battery_low": (30.0, 30.0),  # gauges jump by a percent when the load changes
    "battery_empty": (30.0, 30.0),
    "hot": (15.0, 90.0),
    "busy": (30.0, 60.0),
}
"""How long a condition must hold until its step is taken, and until it is taken back."""
ORDER: tuple[Step, ...] = ("battery", "battery_low", "battery_empty", "hot", "busy", *RUNGS)
"""A later step wins where two change the same key."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the machine is like. None: it does not tell, and what was last known stays.

    charge: percent. celsius: of the processor; limit: at which it slows itself down. load: share of
    all processors (0..1) that other programs use.
    """

    on_battery: bool | None = None
    charge: float | None = None
    celsius: float | None = None
    limit: float | None = None
    load: float | None = None
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that is taken. value: the number that led to it (percent, °C, share, MB); None for one
    that the user pinned. since: seconds on the clock of the conditions."""

    step: Step
    since: float
    value: float | None = None
    pinned: bool = False


@dataclass
class _Latch:
    """On when `up` has held for some seconds, off when `down` has."""

    up_after: float
    down_after: float
    on: bool = False
    since: float = 0.0
    value: float | None = None
    _began: float | None = field(default=None, repr=False)

    def look(self, now: float, up: bool | None, down: bool | None, value: float | None) -> None:
        wanted = down if self.on else up
        if not wanted:  # unknown is no reason to change anything
            self._began = None
            return
        self._began = now if self._began is None else self._began
        if now - self._began >= (self.down_after if self.on else self.up_after):
            self.on, self.since, self.value, self._began = not self.on, now, value, None


class Governor:
    """Fed with `look`; `taken` is what it decided last."""

    def __init__(self, settings: GovernorSettings, ladder: Ladder) -> None:
        self._settings = settings
        self._pinned: set[Step] = set(settings.pin)
        self._latches = {step: _Latch(*seconds) for step, seconds in _SECONDS.items()}
        self._ladder = ladder
        self._pinned_at = 0.0

    def pin(self, step: Step, on: bool, now: float) -> None:
        """Take a step whatever the machine is like, or leave that to the machine again."""
        self._pinned_at = now
        (self._pinned.add if on else self._pinned.discard)(step)

    def look(self, now: float, found: Conditions) -> tuple[Taken, ...]:
        """What is to be done from now on: the steps in the order in which they are applied.

        now: monotonic seconds.
        """
        if not self._settings.enabled:
            return ()
        for step, (up, down, value) in self._wanted(found).items():
            self._latches[step].look(now, up, down, value)
        if found.memory is not None:
            self._ladder.look(now, found.memory)
        return tuple(taken for step in ORDER if (taken := self._taken(step)) is not None)

    def _taken(self, step: Step) -> Taken | None:
        if step in self._settings.forbid:
            return None
        if step in self._pinned:
            return Taken(step, self._pinned_at, pinned=True)
        if step in self._latches:
            latch = self._latches[step]
            return Taken(step, latch.since, latch.value) if latch.on else None
        since = self._ladder.since(step)
        return Taken(step, since, self._ladder.value) if since is not None else None

    def _wanted(
        self, found: Conditions
    ) -> dict[Step, tuple[bool | None, bool | None, float | None]]:
        """For each step whether to take it, whether to take it back, and by which number."""
        heat, hot = found.celsius, self._hot(found.limit)
        cool = hot - COOLED
        return {
            "battery": (found.on_battery, _not(found.on_battery), found.charge),
            "battery_low": self._charge(found, self._settings.low_percent),
            "battery_empty": self._charge(found, self._settings.empty_percent),
            "hot": (_known(heat, lambda v: v >= hot), _known(heat, lambda v: v <= cool), heat),
            "busy": (
                _known(found.load, lambda v: v >= BUSY),
                _known(found.load, lambda v: v <= CALM),
                found.load,
            ),
        }  # fmt: skip

    def _charge(
        self, found: Conditions, threshold: float
    ) -> tuple[bool | None, bool | None, float | None]:
        if found.on_battery is None or found.charge is None:
            return None, _not(found.on_battery), None
        up = found.on_battery and found.charge <= threshold
        down = not found.on_battery or found.charge >= threshold + MARGIN_PERCENT
        return up, down, found.charge

    def _hot(self, limit: float | None) -> float:
        if self._settings.hot_celsius:
            return self._settings.hot_celsius
        return min(limit - BELOW_LIMIT, HOT) if limit is not None else HOT


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _known(value: float | None, holds: Callable[[float], bool]) -> bool | None:
    return None if value is None else holds(value)
