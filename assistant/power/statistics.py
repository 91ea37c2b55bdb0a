"""What a recording tells, with how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.power.recording import Recording, Step
from assistant.types import TurnTrace

_DRAWS = 2000
_SURE = 0.95
_NORMAL = 1.96
MINUTE = 60.0
ALIKE = 0.2
"""Correlation of neighbours below which they count as samples of their own."""
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

    def widened(self, share: float) -> Interval:
        """The same, where all of it may be wrong by a share of itself besides."""
        value, low, high = self.value, self.low, self.high
        spread = np.hypot(value - low, share * value), np.hypot(high - value, share * value)
        return Interval(value, float(value - spread[0]), float(value + spread[1]))


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


def blocks(steps: Sequence[Step], seconds: float = MINUTE) -> list[float]:
    """Mean watts of stretches of about so long."""
    found: list[float] = []
    time = joules = 0.0
    for step in steps:
        time, joules = time + step.seconds, joules + step.joules
        if time >= seconds:
            found.append(joules / time)
            time = joules = 0.0
    return found or ([joules / time] if time else [])


def independent(*recordings: Sequence[Step]) -> float:
    """Seconds of stretches of which one tells little of the next one, in all of these. Neighbours
    are alike, as a machine warms up and its screen dims: taken for samples of their own, they would
    make every difference sure. At least a minute, and short enough to leave some."""
    length = MINUTE
    while any(alike(blocks(steps, length)) > ALIKE for steps in recordings):
        if min(len(blocks(steps, 2 * length)) for steps in recordings) < 2 * _FEWEST:
            break
        length *= 2
    return length


def level(steps: Sequence[Step]) -> Interval:
    """Mean watts, with what is not known of them."""
    found = blocks(steps, independent(steps))
    return _wider(mean(found), found)


def alike(values: Sequence[float]) -> float:
    """The correlation of each value with the next one; 0 where there are too few to tell."""
    array = np.asarray(values, np.float64)
    if len(array) < 2 * _FEWEST:
        return 0.0
    array = array - array.mean()
    spread = float((array**2).sum())
    return float((array[1:] * array[:-1]).sum()) / spread if spread else 0.0


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
    differences = _on_less_off(recording)
    return mean(differences) if differences else None


def compare_own(a: Recording, b: Recording) -> Interval | None:
    """Watts that our own share is more in B than in A; None where on and off did not take turns in
    both. Whatever else differs between the two falls out."""
    pairs = list(zip(_on_less_off(a), _on_less_off(b), strict=False))
    return _paired([other - one for one, other in pairs]) if pairs else None


def _on_less_off(recording: Recording) -> list[float]:
    pairs = periods(recording)
    return [
        (one[1] - other[1]) * (1 if one[0] else -1)
        for one, other in zip(pairs[::2], pairs[1::2], strict=False)
    ]


def compare(a: Recording, b: Recording) -> Interval:
    """Watts that B needs more than A, by stretches side by side.

    It is more than noise only if there are some pairs and zero lies outside the interval.
    """
    length = independent(a.steps, b.steps)
    pairs = list(zip(blocks(a.steps, length), blocks(b.steps, length), strict=False))
    differences = [other - one for one, other in pairs]
    return _wider(_paired(differences), differences)


def compare_turns(a: Sequence[TurnTrace], b: Sequence[TurnTrace]) -> Interval | None:
    """Joules that a command takes more in B than in A, by commands of the same kind: the first of
    each function beside the first, the second beside the second. None where none has a partner."""
    first, second = _by_kind(a), _by_kind(b)
    differences = [
        other - one
        for kind in first
        for one, other in zip(first[kind], second.get(kind, []), strict=False)
    ]
    return _paired(differences) if differences else None


def _wider(found: Interval, values: Sequence[float]) -> Interval:
    """The interval of a mean, wider by what neighbours still have in common, and by how few they
    are (Student's t instead of the normal distribution)."""
    count, r = len(values), min(alike(values), 0.95)
    if count < 2 * _FEWEST or r <= 0:
        return found
    r = min((r + 1 / count) / max(1 - 4 / count, 0.5), 0.95)  # a short sample looks less alike
    free = max(count * (1 - r) / (1 + r) - 1, 1.0)
    t = _NORMAL + (_NORMAL**3 + _NORMAL) / (4 * free)
    factor = float(np.sqrt((1 + r) / (1 - r))) * t / _NORMAL
    low, high = (found.value + factor * (end - found.value) for end in (found.low, found.high))
    return Interval(found.value, low, high)


def _paired(differences: Sequence[float]) -> Interval:
    found = mean(differences)
    if len(differences) < _FEWEST:
        return Interval(found.value, float("-inf"), float("inf"))
    return found


def _by_kind(turns: Sequence[TurnTrace]) -> dict[str, list[float]]:
    """Joules of the turns, by the function that was called, or "question" and the like."""
    found: dict[str, list[float]] = {}
    for turn in turns:
        if "joules" in turn.energy:
            kind = turn.route.get("function") or turn.route.get("kind") or ""
            found.setdefault(str(kind), []).append(turn.energy["joules"])
    return found


def waiting(recording: Recording, turns: Sequence[TurnTrace]) -> Interval:
    """Watts of the whole machine while the assistant runs and nobody speaks: what the turns took is
    left out."""
    on = [step for step in recording.steps if step.on]
    found = level(on)
    seconds = sum(step.seconds for step in on)
    taken = sum(turn.energy.get("joules", 0.0) for turn in turns) / seconds if seconds else 0.0
    return Interval(found.value - taken, found.low - taken, found.high - taken)


def by_stage(turns: Sequence[TurnTrace]) -> dict[str, float]:
    """Joules of each stage of all turns together, the most first; "waiting" is that between
    them."""
    found: dict[str, float] = {}
    for turn in turns:
        for stage, joules in turn.energy.get("stages", {}).items():
            found[stage] = found.get(stage, 0.0) + joules
        waited = turn.energy.get("waited", {}).get("joules", 0.0)
        found["waiting"] = found.get("waiting", 0.0) + waited
    return dict(sorted(found.items(), key=lambda item: -item[1]))


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
