"""A day on battery, with the governor and without: how many commands, and what they lose by it.

Real turns are replayed with the settings of each step: the user's recordings (else the assistant's
own voice) and open questions, each with its processor time by the engines that really run. Then a
day of ten hours is simulated with these turns, as they come in bursts, and the governor looks at
the charge.

The battery is what this assistant may take above what the idle machine takes: its screen and its
other programs are none of the governor's affair. It holds what the fixed profile uses in half of
the day. The fixed profile is shown twice: with the gate before the wake word, and as it would be
with neither gate nor governor. Energy is estimated from processor time.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, accepted, percent
from assistant.bench.subject import Trimmer
from assistant.bench.through import Sound
from assistant.power.governor import Conditions, Governor
from assistant.power.ladder import Ladder
from assistant.power.sensors.estimate import DEFAULT_CORE
from assistant.power.standing import with_steps
from assistant.rest import warm
from assistant.settings import Config, Step
from assistant.stopwatch import Stopwatch
from assistant.think.memory import Conversation
from assistant.tuning import spoken
from assistant.turn import run_turn
from assistant.types import LOOP_RATE, AudioChunk, Intent, Samples, Turn, Typed, Utterance
from assistant.worker import Cancel

HOURS = 10.0
ASKED = (
    "why is the sky blue",
    "who wrote don quixote",
    "tell me something about whales",
    "how do bees make honey",
)
AN_HOUR = 20.0
"""Commands and questions: the normal use of `assistant power report`."""
QUESTIONS = 0.25
"""Share of open questions among them."""
QUIET = 30.0
"""Seconds of a quiet room that the ears hear while it is measured what waiting takes."""
MICROPHONE = {"awake": 0.0066, "dozing": 0.0040}
"""Share of a core that only reading the microphone takes; see `assistant bench process`."""
UNGATED = "no gate"
NOTHING: Samples = np.zeros(0, np.int16)
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


@dataclass
class Day:
    """What came of a simulated day."""

    hours: float = 0.0
    turns: int = 0
    right: int = 0
    refused: int = 0
    joules: float = 0.0
    states: dict[str, float] = field(default_factory=dict)  # hours in each


def lacks(_plan: Plan) -> str:
    return ""


def count(plan: Plan) -> int:
    return 1 + len(STATES) * (len(_clips(plan)) + len(ASKED) + 2)


def rows(plan: Plan) -> Iterator[Row]:
    config = plan.configure(["trace.enabled=false"])
    yield _waiting(UNGATED, plan.configure(["wake.gate_db=0", "wake.doze_ms=0"]))
    for state, steps in STATES.items():
        changed = with_steps(config, steps)
        yield _waiting(state, changed)
        with _grammar(plan), Engines(changed) as engines:
            engines.ready()
            with Stopwatch() as watch:
                for loading in warm(engines.stages, changed, render=False):
                    loading.result()
            yield Row(state, "loading", watch.processor, watch.seconds)
            yield from _turns(plan, engines, state)


@contextmanager
def _grammar(plan: Plan) -> Iterator[None]:
    """With the user's sentences, which the recordings are of."""
    folder = plan.home / "config" / "sentences"
    if plan.grammar is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / plan.grammar.name).write_bytes(plan.grammar.read_bytes())
    yield


def _clips(plan: Plan) -> list[Clip]:
    return plan.take("intent") if plan.grammar is not None else []


def _turns(plan: Plan, engines: Engines, state: str) -> Iterator[Row]:
    language = engines.config.languages[0]
    clips = [clip for clip in _clips(plan) if clip.language == language]
    trimmer = Trimmer(engines.config)
    said: list[tuple[Samples, Clip | None]] = [(trimmer.cut(decode(c.path)), c) for c in clips]
    if not said:
        said += [(samples, None) for samples in spoken(language, engines.config)]
    conversation = Conversation(engines.config.think.history)
    for samples, clip in said:
        turn, watch = _turn(engines, Utterance(samples, "silence", time.monotonic()), conversation)
        yield Row(state, "command", watch.processor, watch.seconds, _right(turn, clip))
    for question in ASKED:
        turn, watch = _turn(engines, Typed(question, language), conversation)
        answered = any(span.stage == "think" for span in turn.trace.spans)
        yield Row(state, "question", watch.processor, watch.seconds, answered)


def _turn(
    engines: Engines, said: Utterance | Typed, conversation: Conversation
) -> tuple[Turn, Stopwatch]:
    with Stopwatch() as watch:
        turn = run_turn(said, engines.stages, Sound(NOTHING, 1), Cancel(), conversation)
    return turn, watch


def _right(turn: Turn, clip: Clip | None) -> bool:
    if not isinstance(turn.route, Intent):
        return False
    if clip is None:
        return True
    route = turn.route
    return accepted(route.function, route.slots, clip.intent, clip.slots, clip.language)


def _waiting(state: str, config: Config) -> Row:
    """What the ears take in a quiet room, and the microphone with them."""
    ears = listener(config)
    hiss = np.random.default_rng(1).normal(0, 10, round(QUIET * LOOP_RATE)).astype(np.int16)
    block = LOOP_RATE * config.audio.block_ms // 1000
    dozed = 0
    with Stopwatch() as watch:
        for start in range(0, len(hiss), block):
            ears.process(AudioChunk(hiss[start : start + block], start, start / LOOP_RATE))
            dozed += ears.doze > 0
    share = dozed * block / len(hiss)
    reading = share * MICROPHONE["dozing"] + (1 - share) * MICROPHONE["awake"]
    return Row(state, "waiting", watch.processor + QUIET * reading, QUIET)


def simulate(
    rows: Sequence[Row], config: Config, joules: float, *, governed: bool, gate: bool = True
) -> Day:
    """A day of `rows`, until the battery or the day is at its end."""
    chance, day = random.Random(7), Day()
    governor = Governor(config.governor, Ladder(usable=()))
    table = _Table(rows)
    state, loaded_until, now = "without", 0.0, 0.0
    turn_at = _next(chance, now)
    while now < HOURS * 3600 and day.joules < joules:
        if governed:
            charge = 100 * (1 - day.joules / joules)
            taken = governor.look(now, Conditions(on_battery=True, charge=charge))
            state = _state([one.step for one in taken])
        unload = with_steps(config, STATES[state]).memory.idle_unload or float("inf")
        day.joules += 10 * table.watts(state if gate else UNGATED)
        day.states[state] = day.states.get(state, 0.0) + 10 / 3600
        now += 10
        while turn_at <= now:
            if turn_at > loaded_until:
                day.joules += DEFAULT_CORE * table.mean(state, "loading")
            loaded_until = turn_at + unload
            row = table.draw(
                state, "question" if chance.random() < QUESTIONS else "command", chance
            )
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


class _Table:
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


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Needs all states; what an interrupted run has is too little."""
    table = _Table(rows)
    kinds = ("waiting", "loading", "command", "question")
    if not table.whole(kinds):
        return []
    made = [
        Figure("waiting", "% of a core",
               {s: 100 / DEFAULT_CORE * table.watts(s) for s in (UNGATED, *STATES)}),
        Figure("loading the engines", "core s", {s: table.mean(s, "loading") for s in STATES}),
        Figure("a command", "core s", {s: table.mean(s, "command") for s in STATES}),
        Figure("a question", "core s", {s: table.mean(s, "question") for s in STATES}),
    ]  # fmt: skip
    for kind, name in (("command", "commands right"), ("question", "questions answered")):
        shares = {s: _share(rows, s, kind) for s in STATES}
        count = sum(row.kind == kind and row.state == "without" for row in rows)
        made.append(Figure(name, "%", shares, f"{count} of each"))
    return made + _days(rows)


def _days(rows: Sequence[Row]) -> list[Figure]:
    """Against each of the two fixed profiles, on a battery of the size that it uses up by noon."""
    from assistant.config import load

    config, made = load().config, []
    for gate, name in ((True, "with the gate"), (False, "without gate")):
        whole = simulate(rows, config, float("inf"), governed=False, gate=gate)
        fixed = simulate(rows, config, whole.joules / 2, governed=False, gate=gate)
        governed = simulate(rows, config, whole.joules / 2, governed=True)
        both = {"without": fixed, "governed": governed}
        detail = ", ".join(f"{state} {hours:.1f} h" for state, hours in governed.states.items())
        what = f"the day, beside the fixed profile {name}"
        made += [
            Figure(f"{what}: battery", "J", dict.fromkeys(both, whole.joules / 2)),
            Figure(f"{what}: until empty", "h", {k: d.hours for k, d in both.items()}, detail),
            Figure(f"{what}: turns", "", {k: float(d.turns) for k, d in both.items()}),
            Figure(f"{what}: turns refused", "%",
                   {k: percent(d.refused, max(d.turns, 1)) for k, d in both.items()}),
            Figure(f"{what}: times the turns", "x",
                   {k: d.turns / max(fixed.turns, 1) for k, d in both.items()}),
        ]  # fmt: skip
    return made


def _share(rows: Sequence[Row], state: str, kind: str) -> float | None:
    found = [row.right for row in rows if row.state == state and row.kind == kind]
    return percent(sum(found), len(found))


MEASURE = Measure("day", "A day on battery", lacks, count, rows, figures)
