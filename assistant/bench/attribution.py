"""Whose energy it was: what is told of a day beside what each kind of meter counted and what was
used, and what it costs to tell it.

The sensors, the meter and the ledger are the program's own; the machine is played by files
(`played_machine.py`), since its truth must be known. The cost is that of this machine.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant import threads
from assistant.bench.plan import Measure, Plan
from assistant.bench.played_machine import IDLE, KINDS, Kind, PlayedMachine
from assistant.bench.scoring import Figure
from assistant.bench.stock import OURS
from assistant.power.attribution import STAGES, Baseline, Window
from assistant.power.ledger import Ledger
from assistant.power.meter import BestMeter, Energy
from assistant.power.sensors import candidates
from assistant.power.sensors.estimate import busy_seconds
from assistant.power.turn_meter import EVERY, SAMPLED, SAMPLED_WAITING
from assistant.settings import Power
from assistant.stopwatch import Stopwatch

TURNS, LEARNED = 200, 15
"""In a day, and those at its beginning in which the idle machine is being learned."""
LOOKS, THREADS = 300, 24
"""Looks at the meter whose time is taken, in a program of so many threads."""
AN_HOUR, LONG = 60.0, 4.0
"""Turns of heavy use, and the seconds of one, for the cost."""


@dataclass(frozen=True, slots=True)
class Row:
    """A day by one kind of meter, joules: what was told in all, what the meter should have counted,
    by stage what was told and what was used. Or, with kind "cost", processor seconds of a look
    and of a sample between two looks."""

    kind: str
    told: float = 0.0
    used: float = 0.0
    stages: dict[str, tuple[float, float]] = field(default_factory=dict)
    look: float = 0.0
    sample: float = 0.0


def rows(plan: Plan) -> Iterator[Row]:
    settings = plan.configure([]).power
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            yield day(kind, Path(folder), settings, plan.seed)
    yield cost(settings)


def day(kind: Kind, root: Path, settings: Power, seed: int) -> Row:
    """Turns and the waiting between them, as a ledger tells of them."""
    machine, chance = PlayedMachine(kind, root, seed), random.Random(seed)
    meter = BestMeter(candidates(root, settings), machine.clock, machine.clock)
    ledger = Ledger(meter, lambda _: Baseline(), machine.busy, machine.times)
    ledger.wait()
    told, stages = 0.0, dict.fromkeys(("waiting", "transcribe", "think"), 0.0)
    used, before = 0.0, dict[str, float]()
    waited = 0.0
    for number in range(TURNS):
        if number == LEARNED:
            used, before, told = machine.used, dict(machine.stages), 0.0
            stages, waited = dict.fromkeys(stages, 0.0), 0.0
        waited -= machine.stages.get("ears", 0.0)
        _wait(machine, ledger, chance)
        waited += machine.stages["ears"]
        turn = _turn(machine, ledger, chance)
        told += turn["joules"] + turn["machine"] + turn["others"] + turn["waited"]["all"]
        stages["waiting"] += turn["waited"]["joules"]
        for stage in ("transcribe", "think"):
            stages[stage] += turn["stages"].get(stage, 0.0)
    truth = {STAGES[n]: machine.stages[n] - before.get(n, 0.0) for n in ("hear", "think")}
    truth["waiting"] = waited
    both = {stage: (stages[stage], truth[stage]) for stage in stages}
    return Row(kind, told, machine.used - used, both)


def _wait(machine: PlayedMachine, ledger: Ledger, chance: random.Random) -> None:
    """Some minutes, in which other programs come and go."""
    machine.run(SAMPLED, {"ears": 0.01})
    ledger.sample()  # soon after the turn
    for _ in range(chance.randint(1, 5)):
        for _ in range(round(EVERY / SAMPLED_WAITING)):
            others = chance.choice((0.0, 0.0, 0.1, 0.4))
            machine.run(SAMPLED_WAITING, {"ears": 0.01}, others)
            ledger.sample()
        ledger.wait()


def _turn(machine: PlayedMachine, ledger: Ledger, chance: random.Random) -> dict[str, Any]:
    """The command is said, heard, and sometimes thought about."""
    ledger.wait()
    others = chance.choice((0.0, 0.0, 0.1, 0.4))
    phases = [({"ears": 0.05}, 4), ({"ears": 0.05, "hear": 0.9}, 1)]
    phases += [({"ears": 0.05, "think": 0.95}, chance.randint(1, 6))] * (chance.random() < 0.3)
    for cores, samples in phases:
        for _ in range(samples):
            machine.run(SAMPLED * chance.uniform(0.6, 1.0), cores, others)
            ledger.sample()
    return ledger.turn()


def cost(settings: Power) -> Row:
    """Of a look with this machine's best meter in a program of many threads, and of a sample of
    one that knows only power, by the files of a Jetson."""
    over = threading.Event()
    idle = [threading.Thread(target=over.wait) for _ in range(THREADS)]
    for thread in idle:
        thread.start()
    try:
        root = Path(settings.root)
        meter = BestMeter(candidates(root, settings), time.monotonic, time.monotonic)
        here = Ledger(meter, lambda _: _learned(), lambda: busy_seconds(root), threads.times)
        look = _each(here.wait)
        with tempfile.TemporaryDirectory() as folder:
            jetson = PlayedMachine("ina3221", Path(folder), 0)
            board = BestMeter(candidates(jetson.root, settings), time.monotonic, time.monotonic)
            sampled = Ledger(board, lambda _: _learned(), jetson.busy, threads.times)
            sample = _each(sampled.sample)
    finally:
        over.set()
        for thread in idle:
            thread.join()
    return Row("cost", look=look, sample=sample)


def _learned() -> Baseline:
    """Of hours: it goes through all that it has seen at each look."""
    baseline = Baseline()
    for number in range(300):
        busy = 60 * (number % 10) / 10
        baseline.add(Window(Energy(60.0, 60 * IDLE + 5 * busy, 0.0), busy, {}))
    return baseline


def _each(call: object) -> float:
    """Processor seconds of a call."""
    assert callable(call)
    call()
    with Stopwatch() as watch:
        for _ in range(LOOKS):
            call()
    return watch.processor / LOOKS


def share_of_a_core(row: Row, *, sampled: bool) -> float:
    """Of the always-on measurement at heavy use. sampled: with a meter that knows only power."""
    looks = 3600 / EVERY + 2 * AN_HOUR
    samples = 3600 / SAMPLED_WAITING + AN_HOUR * LONG / SAMPLED if sampled else 0.0
    return (looks * row.look + samples * row.sample) / 3600


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for row in rows:
        if row.kind == "cost":
            detail = f"a look {1e3 * row.look:.2f} ms, a sample {1e3 * row.sample:.2f} ms"
            for name, sampled in (("a counter", False), ("a meter of power only", True)):
                share = 100 * share_of_a_core(row, sampled=sampled)
                made.append(Figure(f"always on, with {name}", "% of a core", {OURS: share}, detail))
            continue
        made.append(_off(f"{row.kind}: sum of all shares, off by", row.told, row.used))
        made += [
            _off(f"{row.kind}: {stage}, off by", told, used)
            for stage, (told, used) in row.stages.items()
        ]
    return made


def _off(name: str, told: float, used: float) -> Figure:
    off = 100 * (told / used - 1)
    return Figure(name, "%", {OURS: off}, f"{told:.0f} J told, {used:.0f} J used")


MEASURE = Measure(
    "attribution",
    "Whose energy it was",
    lambda _: "",
    lambda _: len(KINDS) + 1,
    rows,
    figures,
)
