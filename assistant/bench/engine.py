"""The language model's engine: reading the kept beginning of a prompt against evaluating it, and
how soon an answer that is cancelled has ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from assistant import minds, models
from assistant.assemble import Engines
from assistant.bench.models import lacks
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percentile
from assistant.bench.stock import OURS
from assistant.bench.subject import QUIET
from assistant.expected import helps
from assistant.settings import Think
from assistant.think.slm import LlamaThinker
from assistant.worker import Cancel

PREFIXES = 3
ABORTS = 24
LONG = "Tell me everything about the history of bread, from the first grain to today. " * 30


@dataclass(frozen=True, slots=True)
class Row:
    what: str  # "evaluate", "restore", "abort"
    seconds: float
    cpu: float = 0.0  # processor seconds: what it would take on a machine that does nothing else
    tokens: int = 0  # of the prefix
    phase: str = ""  # "prompt" or "writing", where it was cancelled


def rows(plan: Plan) -> Iterator[Row]:
    """The prefix is what a model is told that gets facts about the device."""
    config = plan.configure([*QUIET, "language=en"])
    with Engines(config) as engines:
        about = minds.about(helps(engines.functions, "en"), "en", shown=48)
    settings = msgspec.structs.replace(
        plan.configure([]).think, keep_prefix=True, temperature=0.0, max_tokens=200
    )
    yield from _prefixes(settings, about)
    yield from _aborts(settings)


def _prefixes(settings: Think, about: str) -> Iterator[Row]:
    for number in range(PREFIXES):
        for what in ("evaluate", "restore"):
            thinker = _load(settings, f"{about} {number}")  # another each time: nothing is kept
            start, cpu = time.monotonic(), time.process_time()
            thinker.prepare(language="en", history=[], cancel=Cancel())
            seconds, cpu = time.monotonic() - start, time.process_time() - cpu
            tokens = len(thinker.prefix("en"))
            thinker.close()
            yield Row(what, seconds, cpu, tokens)


def _aborts(settings: Think) -> Iterator[Row]:
    """Cancelled after a time that grows from answer to answer, so in every phase."""
    thinker = _load(settings, "")
    for number in range(ABORTS):
        cancel, at = Cancel(), [0.0]
        pieces: list[str] = []

        def stop(cancel: Cancel = cancel, at: list[float] = at) -> None:
            at[0] = time.monotonic()
            cancel.set()

        timer = threading.Timer(0.05 + 0.05 * number, stop)
        timer.start()
        answer = thinker.answer(
            f"{number} {LONG}",
            language="en",
            history=[],
            facts=[],
            on_text=pieces.append,
            cancel=cancel,
        )
        ended = time.monotonic()
        timer.cancel()
        timer.join()
        if answer.ended_by == "cancelled":
            yield Row("abort", ended - at[0], phase="writing" if pieces else "prompt")
    thinker.close()


def _load(settings: Think, about: str) -> LlamaThinker:
    return LlamaThinker(models.locate(settings.model), settings, lambda _: about)


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for what in ("evaluate", "restore"):
        mine = [row for row in rows if row.what == what]
        if mine:
            detail = f"{mine[0].tokens} tokens, {len(mine)} times"
            name = f"beginning of the prompt: {what}, p50"
            for kind, values in (("", [r.seconds for r in mine]), (", CPU", [r.cpu for r in mine])):
                made.append(Figure(name + kind, "s", {OURS: percentile(values, 0.5)}, detail))
    for phase in ("prompt", "writing"):
        times = [row.seconds for row in rows if row.what == "abort" and row.phase == phase]
        for share in (0.5, 0.95):
            name = f"abort while {phase}, p{round(100 * share)}"
            made.append(
                Figure(name, "s", {OURS: percentile(times, share)}, f"{len(times)} answers")
            )
    return made


MEASURE = Measure(
    "engine",
    "The language model's engine: kept prefix, and abort",
    lacks,
    lambda plan: 2 * PREFIXES + ABORTS,
    rows,
    figures,
)
