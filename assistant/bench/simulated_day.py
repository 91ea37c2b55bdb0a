"""A simulated day on battery: measured turns, as they come in bursts, and the governor."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from assistant.power.governor import Conditions, Governor
from assistant.power.ladder import Ladder
from assistant.power.sensors.estimate import DEFAULT_CORE
from assistant.power.standing import with_steps
from assistant.settings import Config, Step

HOURS = 10.0
AN_HOUR = 20.0
"""Commands and questions: the normal use of `assistant power report`."""
QUESTIONS = 0.25
"""Share of open questions among them."""
UNGATED = "no gate"
STATES: Mapping[str, tuple[Step, ...]] = {
    "without": (),
    "on battery": ("battery",),
    "at 40 %": ("battery", "battery_low"),
    "at 15 %": ("battery", "battery_low", "battery_empty"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A turn, or a time of waiting, with the settings of a state. Processor time in core
    seconds."""

    state: str
    kind: str  # "command", "question", "waiting", "loading"
    processor: float
    seconds: float
    right: bool = True  # a command understood; a question answered
    cut: bool = False  # an answer that was longer than it may be
    correct: bool = True  # an answer that holds what it should


@dataclass
class Day:
    """What came of a simulated day."""

    hours: float = 0.0
    turns: int = 0
    right: int = 0
    refused: int = 0
    joules: float = 0.0
    states: dict[str, float] = field(default_factory=dict)  # hours in each


class Table:
    """The measured turns by state and kind."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self._rows.setdefault((row.state, row.kind), []).append(row)

    def whole(self, kinds: Sequence[str]) -> bool:
        needed = [(UNGATED, "waiting"), *((state, kind) for state in STATES for kind in kinds)]
        return all(self._rows.get(key) for key in needed)

    def draw(self, state: str, kind: str, chance: random.Random) -> Row:
        return chance.choice(self._rows[state, kind])

    def mean(self, state: str, kind: str) -> float:
        return fmean(row.processor for row in self._rows[state, kind])

    def watts(self, state: str) -> float:
        waiting = self._rows[state, "waiting"]
        return DEFAULT_CORE * fmean(row.processor / row.seconds for row in waiting)


def simulate(
    rows: Sequence[Row],
    config: Config,
    joules: float,
    *,
    governed: bool,
    gate: bool = True,
    machine: float = 0.0,
    seed: int = 7,
) -> Day:
    """A day of `rows`, until the battery or the day is at its end. machine: watts of the idle
    machine that the battery feeds as well. seed: when people speak, and whether they ask something;
    the same for every kind of profile."""
    chance, drawn, day = random.Random(seed), random.Random(seed + 1), Day()
    unloads = {
        name: with_steps(config, steps).memory.idle_unload or float("inf")
        for name, steps in STATES.items()
    }
    governor = Governor(config.governor, Ladder(usable=()))
    table = Table(rows)
    state, loaded_until, now = "without", 0.0, 0.0
    turn_at = _next(chance, now)
    while now < HOURS * 3600 and day.joules < joules:
        if governed:
            charge = 100 * (1 - day.joules / joules)
            taken = governor.look(now, Conditions(on_battery=True, charge=charge))
            state = _state([one.step for one in taken])
        day.joules += 10 * (machine + table.watts(state if gate else UNGATED))
        day.states[state] = day.states.get(state, 0.0) + 10 / 3600
        now += 10
        while turn_at <= now:
            if turn_at > loaded_until:
                day.joules += DEFAULT_CORE * table.mean(state, "loading")
            loaded_until = turn_at + unloads[state]
            kind = "question" if chance.random() < QUESTIONS else "command"
            row = table.draw(state, kind, drawn)
            day.joules += DEFAULT_CORE * row.processor
            day.turns += 1
            day.right += row.kind == "command" and row.right
            day.refused += row.kind == "question" and not row.right
            turn_at = _next(chance, turn_at)
    day.hours = now / 3600
    return day


def _next(chance: random.Random, now: float) -> float:
    """People ask several things, and then nothing for a while: three of four within half a
    minute."""
    burst = chance.random() < 0.75
    mean = 3600 / AN_HOUR
    return now + (chance.uniform(8, 30) if burst else chance.expovariate(1 / (4 * mean - 57)))


def _state(steps: Sequence[Step]) -> str:
    return next(name for name, wanted in STATES.items() if list(wanted) == list(steps))
