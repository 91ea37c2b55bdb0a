"""The language model's engine: reading the kept beginning of a prompt against evaluating it, how
soon an answer that is cancelled has ended, and whether loading a model holds up other threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

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
from assistant.stages import Answer, Thinker, Tool
from assistant.stopwatch import Stopwatch
from assistant.think.llama import Llama
from assistant.think.slm import LlamaThinker
from assistant.think.streaming import StreamedAnswer
from assistant.worker import Cancel, Worker

PREFIXES = 3
ABORTS = 60
LOADS = 12
LOOKED_UP = 20
LONG = "Tell me everything about the history of bread, from the first grain to today. " * 30
SHORT = "Tell me a very long story about a dog, a cat and a boat."


@dataclass(frozen=True, slots=True)
class Row:
    what: str  # "evaluate", "restore", "abort", "load", "unload", "together", "lookup"
    seconds: float
    cpu: float = 0.0  # processor seconds: what it would take on a machine that does nothing else
    tokens: int = 0  # of the prefix; evaluated together
    gain: float = 0.0  # lookup: times as fast, at most
    phase: str = ""  # "loading", "prompt", "writing" or "choosing", where it was cancelled
    pause: float = (
        0.0  # load, unload: the longest that a thread which does little waited for its turn
    )


def rows(plan: Plan) -> Iterator[Row]:
    """The prefix is what a model is told that gets facts about the device."""
    config = plan.configure([*QUIET, "language=en"])
    with Engines(config) as engines:
        about = minds.about(helps(engines.functions, "en"), "en", shown=48)
    settings = msgspec.structs.replace(
        plan.configure([]).think, keep_prefix=True, temperature=0.0, max_tokens=200
    )
    yield from _prefixes(settings, about)
    yield from _loads(settings)
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


def _loads(settings: Think) -> Iterator[Row]:
    """The first question loads the model. It is cancelled meanwhile, each time a little later: the
    turn is over at once, and the model is loaded behind it, for the next one."""
    for number in range(LOADS):
        cancel = Cancel()
        with closing(Worker[Thinker]("think", partial(_load, settings, ""))) as worker:
            with _Ticking() as ticking, Stopwatch() as watch:
                answer = StreamedAnswer(worker, SHORT, "en", [], [], cancel)
                time.sleep(0.004 * number)
                loading, at = not worker.loaded, time.monotonic()
                cancel.set()
                for _ in answer.pieces:
                    pass
                ended = time.monotonic()
                worker.warm().result()
            if loading:
                yield Row("abort", ended - at, phase="loading")
            yield Row("load", watch.seconds, watch.processor, pause=ticking.longest)
            with _Ticking() as ticking, Stopwatch() as watch:
                worker.unload().result()
            yield Row("unload", watch.seconds, watch.processor, pause=ticking.longest)


class _Ticking:
    """A thread as that of the microphone: it wakes often, does little, and must not wait."""

    EVERY = 0.005  # seconds

    def __init__(self) -> None:
        self.longest = 0.0
        """The longest time, beyond its own, from one turn to the next; seconds."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="ticking")

    def __enter__(self) -> _Ticking:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _tick(self) -> None:
        last = time.monotonic()
        while not self._over.wait(self.EVERY):
            now = time.monotonic()
            self.longest = max(self.longest, now - last - self.EVERY)
            last = now


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
    for phase in ("loading", "prompt", "writing", "choosing"):
        times = [row.seconds for row in rows if row.what == "abort" and row.phase == phase]
        for share in (0.5, 0.95):
            name = f"abort while {phase}, p{round(100 * share)}"
            made.append(
                Figure(name, "s", {OURS: percentile(times, share)}, f"{len(times)} answers")
            )
    for what in ("load", "unload"):
        mine = [row for row in rows if row.what == what]
        detail = f"{len(mine)} times"
        times, pauses = [row.seconds for row in mine], [row.pause for row in mine]
        made.append(
            Figure(f"{what}ing the model, p50", "s", {OURS: percentile(times, 0.5)}, detail)
        )
        name = f"{what}ing the model: longest that another thread waited"
        made.append(Figure(name, "s", {OURS: max(pauses, default=None)}, detail))
    for row in (row for row in rows if row.what == "together" and row.tokens in (1, MOST + 1)):
        made.append(Figure(f"evaluating {row.tokens} together", "s", {OURS: row.seconds}, ""))
    if gains := [row.gain for row in rows if row.what == "lookup"]:
        name, detail = "writing with lookup, at most: times as fast, p50", f"{len(gains)} answers"
        made.append(Figure(name, "", {OURS: percentile(gains, 0.5)}, detail))
    return made


MEASURE = Measure(
    "engine",
    "The language model's engine: kept prefix, abort, loading",
    lacks,
    lambda plan: 2 * PREFIXES + 3 * LOADS + ABORTS + MOST + 1 + LOOKED_UP,
    rows,
    figures,
)
