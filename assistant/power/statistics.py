"""What a recording tells, with how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.power.recording import Recording, Step
from assistant.types import TurnTrace

_DRAWS = 2000
_SURE = 0.95
_FEWEST = 4  # pairs below which nothing is said to be more than noise
USES = {"light": 5.0, "normal": 20.0, "heavy": 60.0}
"""Commands an hour."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and between what it lies with 95 % confidence."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether it is more than noise: zero lies outside."""
        return self.low > 0 or self.high < 0


def mean(values: Sequence[float], seed: int = 0) -> Interval:
    """The mean, by the bootstrap: drawn again 2000 times, with replacement."""
    array = np.asarray(values, np.float64)
    if len(array) < 2:
        only = float(array.mean()) if len(array) else 0.0
        return Interval(only, float("-inf"), float("inf"))
    chance = np.random.default_rng(seed)
    draws = array[chance.integers(0, len(array), (_DRAWS, len(array)))].mean(axis=1)
    low, high = np.quantile(draws, [(1 - _SURE) / 2, (1 + _SURE) / 2])
    return Interval(float(array.mean()), float(low), float(high))


def blocks(steps: Sequence[Step], seconds: float = 60.0) -> list[float]:
    """Mean watts of stretches of about so long: neighbouring steps are alike, so they are no
    independent samples."""
    found: list[float] = []
    time = joules = 0.0
    for step in steps:
        time, joules = time + step.seconds, joules + step.joules
        if time >= seconds:
            found.append(joules / time)
            time = joules = 0.0
    return found or ([joules / time] if time else [])


def periods(recording: Recording) -> list[tuple[bool, float]]:
    """Mean watts of each stretch that was on, or off, to its end."""
    found: list[tuple[bool, float]] = []
    run: list[Step] = []
    for step in [*recording.steps, None]:
        if run and (step is None or step.on != run[0].on):
            seconds = sum(s.seconds for s in run)
            found.append((run[0].on, sum(s.joules for s in run) / seconds if seconds else 0.0))
            run = []
        if step is not None:
            run.append(step)
    return found


def own_share(recording: Recording) -> Interval | None:
    """Watts more while the assistant ran, by neighbouring periods, so that what changes slowly
    falls out; None where on and off did not take turns."""
    pairs = periods(recording)
    differences = [
        (one[1] - other[1]) * (1 if one[0] else -1)
        for one, other in zip(pairs[::2], pairs[1::2], strict=False)
    ]
    return mean(differences) if differences else None


def compare(a: Recording, b: Recording) -> Interval:
    """Watts that B needs more than A, by stretches of a minute side by side.

    It is more than noise only if there are some pairs and zero lies outside the interval.
    """
    pairs = list(zip(blocks(a.steps), blocks(b.steps), strict=False))
    difference = mean([other - one for one, other in pairs])
    if len(pairs) < _FEWEST:
        return Interval(difference.value, float("-inf"), float("inf"))
    return difference


def waiting(recording: Recording, turns: Sequence[TurnTrace]) -> Interval:
    """Watts of the whole machine while the assistant runs and nobody speaks: what the turns took is
    left out."""
    on = [step for step in recording.steps if step.on]
    found, seconds = mean(blocks(on)), sum(step.seconds for step in on)
    taken = sum(turn.energy.get("joules", 0.0) for turn in turns) / seconds if seconds else 0.0
    return Interval(found.value - taken, found.low - taken, found.high - taken)


def by_stage(turns: Sequence[TurnTrace]) -> dict[str, float]:
    """Joules of each stage of all turns together; "waiting" is that between them."""
    found: dict[str, float] = {}
    for turn in turns:
        for stage, joules in turn.energy.get("stages", {}).items():
            found[stage] = found.get(stage, 0.0) + joules
        waited = turn.energy.get("waited", {}).get("joules", 0.0)
        found["waiting"] = found.get("waiting", 0.0) + waited
    return found


def per_command(turns: Sequence[TurnTrace]) -> Interval | None:
    """Joules above the idle machine that a turn takes; None where none was measured."""
    measured = [turn.energy["joules"] for turn in turns if "joules" in turn.energy]
    return mean(measured) if measured else None


def hours(
    battery_joules: float, waiting_watts: Interval, command_joules: Interval
) -> Mapping[str, Interval]:
    """How long a battery lasts by how much is asked of us. waiting_watts: of the whole machine."""

    def lasts(rate: float, pick: Callable[[Interval], float]) -> float:
        watts = max(pick(waiting_watts), 0.0) + rate * max(pick(command_joules), 0.0) / 3600
        return battery_joules / watts / 3600 if watts > 0 else float("inf")

    return {
        name: Interval(
            lasts(rate, lambda i: i.value),
            lasts(rate, lambda i: i.high),
            lasts(rate, lambda i: i.low),
        )
        for name, rate in USES.items()
    }
