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
from assistant.bench.lookup import MOST, gain
from assistant.bench.models import lacks
from assistant.bench.plan import Measure, Plan
from assistant.bench.questions import questions
from assistant.bench.scoring import Figure, percentile
from assistant.bench.stock import OURS
from assistant.bench.subject import QUIET
from assistant.expected import helps
from assistant.settings import Think
from assistant.stages import Answer, Tool
from assistant.stopwatch import Stopwatch
from assistant.think.llama import Llama
from assistant.think.slm import LlamaThinker
from assistant.worker import Cancel

PREFIXES = 3
ABORTS = 60
LOOKED_UP = 20
LONG = "Tell me everything about the history of bread, from the first grain to today. " * 30
SHORT = "Tell me a very long story about a dog, a cat and a boat."


@dataclass(frozen=True, slots=True)
class Row:
    what: str  # "evaluate", "restore", "abort", "together", "lookup"
    seconds: float
    cpu: float = 0.0  # processor seconds: what it would take on a machine that does nothing else
    tokens: int = 0  # of the prefix; evaluated together
    gain: float = 0.0  # lookup: times as fast, at most
    phase: str = ""  # "prompt", "writing" or "choosing", where it was cancelled


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
    yield from _lookup(settings)


def _prefixes(settings: Think, about: str) -> Iterator[Row]:
    for number in range(PREFIXES):
        for what in ("evaluate", "restore"):
            thinker = _load(settings, f"{about} {number}")  # another each time: nothing is kept
            with Stopwatch() as watch:
                thinker.prepare(language="en", history=[], cancel=Cancel())
            tokens = len(thinker.prefix("en"))
            thinker.close()
            yield Row(what, watch.seconds, watch.processor, tokens)


def _aborts(settings: Think) -> Iterator[Row]:
    """Cancelled while a long prompt is read, while an answer is written, and while functions are
    chosen; each after a time that grows from one to the next."""
    thinker = _load(settings, "")
    for number in range(ABORTS):
        cancel, at = Cancel(), [0.0]
        pieces: list[str] = []

        def stop(cancel: Cancel = cancel, at: list[float] = at) -> None:
            at[0] = time.monotonic()
            cancel.set()

        after = 0.05 + 0.02 * number
        timer = threading.Timer(2 * after if number % 3 == 0 else after, stop)
        timer.start()
        if number % 3 == 2:
            _choose(thinker, number, cancel)
        else:
            _answer(thinker, f"{number} {LONG if number % 3 == 0 else SHORT}", pieces, cancel)
        ended = time.monotonic()
        timer.cancel()
        timer.join()
        if at[0]:
            phase = "choosing" if number % 3 == 2 else "writing" if pieces else "prompt"
            yield Row("abort", ended - at[0], phase=phase)
    thinker.close()


def _answer(thinker: LlamaThinker, question: str, pieces: list[str], cancel: Cancel) -> Answer:
    return thinker.answer(
        question, language="en", history=[], facts=[], on_text=pieces.append, cancel=cancel
    )


def _choose(thinker: LlamaThinker, number: int, cancel: Cancel) -> None:
    tools = [Tool(f"lamp.n{n}", f"turn on lamp {n}", {"how": "words"}) for n in range(number % 20)]
    thinker.call(
        "turn on all lamps",
        tools or [Tool("lamp.on", "turn on the lamp", {})],
        language="en",
        history=[],
        facts=[],
        called=[],
        cancel=cancel,
    )


def _lookup(settings: Think) -> Iterator[Row]:
    """What lookup decoding would gain at most, for answers to questions of the hundred."""
    thinker = _load(settings, "")
    together = {n: _together(thinker.llama, n) for n in range(1, MOST + 2)}
    for number, seconds in together.items():
        yield Row("together", seconds, tokens=number)
    for question in [q for q in questions() if q.language == "en"][:LOOKED_UP]:
        answer = _answer(thinker, question.text, [], Cancel())
        written = [(thinker.llama.evaluated, answer.prompt_tokens)]
        yield Row("lookup", answer.seconds, gain=gain(written, lambda n: together[n]))
    thinker.close()


def _together(llama: Llama, number: int) -> float:
    """Seconds of an evaluation of so many tokens after a short prompt, p50."""
    tokens = llama.tokenize("The quick brown fox jumps over the lazy dog. " * 9, control=False)
    times = []
    for turn in range(9):
        llama.evaluate(tokens[:60])
        start = time.monotonic()
        llama.append(tokens[turn : turn + number])
        times.append(time.monotonic() - start)
    return percentile(times, 0.5) or 0.0


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
    for phase in ("prompt", "writing", "choosing"):
        times = [row.seconds for row in rows if row.what == "abort" and row.phase == phase]
        for share in (0.5, 0.95):
            name = f"abort while {phase}, p{round(100 * share)}"
            made.append(
                Figure(name, "s", {OURS: percentile(times, share)}, f"{len(times)} answers")
            )
    for row in (row for row in rows if row.what == "together" and row.tokens in (1, MOST + 1)):
        made.append(Figure(f"evaluating {row.tokens} together", "s", {OURS: row.seconds}, ""))
    if gains := [row.gain for row in rows if row.what == "lookup"]:
        name, detail = "writing with lookup, at most: times as fast, p50", f"{len(gains)} answers"
        made.append(Figure(name, "", {OURS: percentile(gains, 0.5)}, detail))
    return made


MEASURE = Measure(
    "engine",
    "The language model's engine: kept prefix, and abort",
    lacks,
    lambda plan: 2 * PREFIXES + ABORTS + MOST + 1 + LOOKED_UP,
    rows,
    figures,
)
