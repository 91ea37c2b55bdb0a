"""A day on battery, with the governor and without: how many commands, and what they lose by it.

Real turns are replayed with the settings of each step: the user's recordings (else the assistant's
own voice) and open questions, each with its processor time by the engines that really run. Then a
day of ten hours is simulated with these turns, as they come in bursts, and the governor looks at
the charge.

The fixed profile is the same settings with `governor.enabled=false`. It is shown twice: with the
gate before the wake word, which is there on mains as well, and as it would be with neither gate nor
governor. The battery holds what the fixed profile uses in half of the day, above what the idle
machine takes: its screen and its other programs are none of the governor's affair. What is left of
the gain where the machine counts as well is shown by its idle watts. Energy is estimated from
processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from statistics import fmean

import numpy as np

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan
from assistant.bench.questions import Asked, questions
from assistant.bench.scoring import Figure, accepted, percent
from assistant.bench.simulated_day import STATES, UNGATED, Day, Row, Table, simulate
from assistant.bench.subject import Trimmer
from assistant.bench.through import Sound
from assistant.power.sensors.estimate import DEFAULT_CORE
from assistant.power.standing import with_steps
from assistant.rest import warm
from assistant.settings import Config
from assistant.stopwatch import Stopwatch
from assistant.think.memory import Conversation
from assistant.tuning import spoken
from assistant.turn import run_turn
from assistant.types import LOOP_RATE, AudioChunk, Intent, Samples, Turn, Typed, Utterance
from assistant.worker import Cancel

EVERY = 5
"""Of the hundred questions, each fifth of the language is asked."""
QUIET = 30.0
"""Seconds of a quiet room that the ears hear while it is measured what waiting takes."""
MICROPHONE = {0: 0.0066, 256: 0.0040, 384: 0.0035, 500: 0.0033}
"""Share of a core that only reading the microphone takes, by the milliseconds of a doze. The first
two were measured on a quiet machine (`assistant bench process`), the others are by their ratio to
the second on a busy one (0.34, 0.30 and 0.28 %). Most of it is the sound library, which hands over
16 pieces a second, dozing or not."""
DAYS, FEW = 20, 5
"""Days that are simulated, and for each point of the curve: people speak in bursts, so that one
day tells little."""
MACHINES = (0.0, 0.1, 0.5, 2.0, 4.0)
"""Watts of idle machines: none, a board asleep between two sounds, a small board, a tablet, a
laptop."""
NOTHING: Samples = np.zeros(0, np.int16)


def lacks(_plan: Plan) -> str:
    return ""


def count(plan: Plan) -> int:
    asked = len(_asked(plan.configure([]).languages[0]))
    return 1 + len(STATES) * (len(_clips(plan)) + asked + 2)


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
    for question in _asked(language):
        turn, watch = _turn(engines, Typed(question.text, language), conversation)
        thought = [span.detail for span in turn.trace.spans if span.stage == "think"]
        answered = bool(thought) or isinstance(turn.route, Intent)
        cut = any(detail.get("ended_by") == "length" for detail in thought)
        correct = answered and question.is_right(turn.reply_text)
        yield Row(state, "question", watch.processor, watch.seconds, answered, cut, correct)


def _asked(language: str) -> list[Asked]:
    return [asked for asked in questions() if asked.language == language][::EVERY]


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
    dozing = MICROPHONE.get(config.wake.doze_ms, MICROPHONE[256])
    reading = share * dozing + (1 - share) * MICROPHONE[0]
    return Row(state, "waiting", watch.processor + QUIET * reading, QUIET)


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Needs all states; what an interrupted run has is too little."""
    table = Table(rows)
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
    for name, holds in (("answers right", _correct), ("answers cut off", _cut)):
        made.append(Figure(name, "%", {s: _of_questions(rows, s, holds) for s in STATES}))
    return made + _days(rows)


def _days(rows: Sequence[Row]) -> list[Figure]:
    """Against each of the two fixed profiles, on a battery of the size that it uses up by noon."""
    from assistant.config import load

    config, made = load().config, []
    for gate, name in ((True, "with the gate"), (False, "without gate")):
        curve = {}
        for watts in MACHINES:
            some = _simulated(rows, config, gate, watts, FEW)
            curve[f"{watts:g} W"] = _gain(*some)
        fixed, governed = _simulated(rows, config, gate, 0.0, DAYS)
        both = {"without": fixed, "governed": governed}
        states = {s: fmean(day.states.get(s, 0.0) for day in governed) for s in STATES}
        detail = ", ".join(f"{state} {hours:.1f} h" for state, hours in states.items())
        what = f"the day, beside the fixed profile {name}"
        made += [
            Figure(f"{what}: until empty", "h",
                   {k: fmean(d.hours for d in days) for k, days in both.items()}, detail),
            Figure(f"{what}: turns", "",
                   {k: fmean(d.turns for d in days) for k, days in both.items()},
                   f"mean of {DAYS} days"),
            Figure(f"{what}: turns refused", "%", {
                k: percent(sum(d.refused for d in days), sum(d.turns for d in days))
                for k, days in both.items()
            }),
            Figure(f"{what}: times the turns", "x",
                   {"without": 1.0, "governed": _gain(fixed, governed)}),
            Figure(f"{what}: times the turns, by watts of the machine", "x", curve),
        ]  # fmt: skip
    return made


def _simulated(
    rows: Sequence[Row], config: Config, gate: bool, machine: float, days: int
) -> tuple[list[Day], list[Day]]:
    """Days with the fixed profile, and the same days with the governor; machine: its idle watts, on
    a battery that feeds it, too."""
    fixed, governed = [], []
    for seed in range(days):
        of = partial(simulate, rows, config, machine=machine, seed=seed)
        half = of(float("inf"), governed=False, gate=gate).joules / 2
        fixed.append(of(half, governed=False, gate=gate))
        governed.append(of(half, governed=True))
    return fixed, governed


def _gain(fixed: Sequence[Day], governed: Sequence[Day]) -> float:
    """Times the turns."""
    return sum(day.turns for day in governed) / max(sum(day.turns for day in fixed), 1)


def _share(rows: Sequence[Row], state: str, kind: str) -> float | None:
    found = [row.right for row in rows if row.state == state and row.kind == kind]
    return percent(sum(found), len(found))


def _correct(row: Row) -> bool:
    return row.correct


def _cut(row: Row) -> bool:
    return row.cut


def _of_questions(rows: Sequence[Row], state: str, holds: Callable[[Row], bool]) -> float | None:
    found = [holds(row) for row in rows if row.state == state and row.kind == "question"]
    return percent(sum(found), len(found))


MEASURE = Measure("day", "A day on battery", lacks, count, rows, figures)
