"""Requests that no sentence of a function has: does a language model have the right ones called?

Each goes the way it goes in a turn: understood if it can be, else the functions that it could
mean are offered to the model, which writes calls within the grammar of their signatures; the
toolbox believes what was said, and the functions are called in a home that is thrown away. Whether
a model is listed as able to choose functions does not matter here: the list is made from this.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from assistant.assemble import Engines
from assistant.bench.call_requests import Kind, Outcome, Request, first, outcome
from assistant.bench.models import Subject, lacks, subjects
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percent, percentile
from assistant.bench.subject import subject
from assistant.settings import Think
from assistant.speak.sentences import split_stream
from assistant.stages import Thinker
from assistant.think.choosing import Able
from assistant.think.director import Director, OwnMemory
from assistant.think.slm import LlamaThinker
from assistant.types import Choice, Intent, Reply, Several
from assistant.worker import Cancel, Worker

CONFIRMED = '["lists.clear", "lists.delete", "alarms.cancel_all"]'
"""Functions that ask first here, beside those that always do."""
_BEFORE = {
    "en": (
        "add milk and butter to the shopping list", "make a list called camping",
        "set a pasta timer for twenty minutes", "wake me at seven",
        "remind me to call the dentist tomorrow at ten", "remember that I parked on level three",
    ),
    "es": (
        "añade leche y mantequilla a la lista de la compra", "pon una alarma a las siete",
        "pon un temporizador de veinte minutos para la pasta",
        "recuérdame llamar al dentista mañana a las diez",
    ),
}  # fmt: skip
"""Said before, so that there is something to cancel, to change and to find."""


@dataclass(frozen=True, slots=True)
class Row:
    """A request, and what became of it. Seconds of choosing, from the first token of the prompt."""

    model: str
    language: str
    kind: Kind
    text: str
    by: str  # "model"; "understood": a sentence fits after all; "nobody": no function was offered
    offered: bool  # all that should be called was among what the model could choose from
    called: tuple[str, ...]  # with their values, as they were understood
    outcome: Outcome
    confirmed: bool  # a function that must ask, asked, and did nothing
    done_unasked: bool  # a function that must ask was carried out all the same
    rounds: int
    seconds: float


def count(plan: Plan) -> int:
    return len(subjects(plan)) * len(first(plan.clips))


def rows(plan: Plan) -> Iterator[Row]:
    think = msgspec.structs.replace(plan.configure([]).think, temperature=0.0)
    for language in ("en", "es"):
        mine = [r for r in first(plan.clips) if r.language == language]
        changes = [f"language={language}", f"functions.confirm={CONFIRMED}"]
        with subject(plan, [*changes, "route.open_questions=model"]) as engines:
            engines.ready()
            _say_before(engines, language)
            for model in subjects(plan):
                if "multi" in model.languages or language in model.languages:
                    yield from _of_model(engines, model, think, mine)


def _say_before(engines: Engines, language: str) -> None:
    for text in _BEFORE[language]:
        route = engines.stages.router.route(text, language)
        if isinstance(route, Intent):
            engines.functions.act(route, text, language)


def _of_model(
    engines: Engines, model: Subject, think: Think, asked: Sequence[Request]
) -> Iterator[Row]:
    load = partial(LlamaThinker, model.path, think)
    with closing(Worker[Thinker]("think", load)) as worker:
        worker.warm().result()
        able = Able(model.name, ("multi",), 0.0, calls=True, informed=True)
        director = Director(
            {model.name: worker},
            [able],
            split_stream,
            own_memory=lambda _: OwnMemory(False, ""),  # no answer is written where none is called
            toolbox=engines.toolbox,
        )
        for request in asked:
            yield _row(engines, director, model.name, request)


def _row(engines: Engines, director: Director, model: str, request: Request) -> Row:
    text, language = request.text, request.language
    route = engines.stages.router.route(text, language)
    if isinstance(route, Intent | Several | Choice):
        return _left(model, request, "understood")
    tools = {tool.name for tool in engines.toolbox.offered(text, language)}
    if not tools:
        return _left(model, request, "nobody")
    made: list[tuple[Intent, Reply]] = []

    def act(intent: Intent) -> Reply:
        reply = engines.functions.act(intent, text, language)
        made.append((intent, reply))
        return reply

    start = time.monotonic()
    thought = director.begin(
        text, language=language, history=[], facts=[], cancel=Cancel(), detail={}, act=act
    )
    assert thought is not None
    list(thought.sentences)
    cost = thought.cost()
    detail: Mapping[str, Any] = cost[2] if cost else {}
    seconds = float(detail.get("choosing_seconds", time.monotonic() - start))
    intents = [intent for intent, _ in made]
    asked = [r.asks is not None for i, r in made if _must_ask(engines, i)]
    return Row(
        model,
        language,
        request.kind,
        text,
        "model",
        all(any(f in tools for f in wanted.functions) for wanted in request.calls),
        tuple(map(_shown, intents)),
        outcome(engines.stages.router, request, intents),
        any(asked),
        not all(asked),
        int(detail.get("rounds", 0)),
        seconds,
    )


def _left(model: str, request: Request, by: str) -> Row:
    return Row(
        model, request.language, request.kind, request.text, by, False, (), "nothing", False,
        False, 0, 0.0,
    )  # fmt: skip


def _must_ask(engines: Engines, intent: Intent) -> bool:
    named = [f for f in engines.functions if f.name == intent.function]
    return any(engines.functions.caution.asks(function) for function in named)


def _shown(intent: Intent) -> str:
    return f"{intent.function}({', '.join(f'{k}={v}' for k, v in intent.slots.items())})"


def figures(rows: Sequence[Row]) -> list[Figure]:
    names = list(dict.fromkeys(row.model for row in rows))
    made = []
    for language in dict.fromkeys(row.language for row in rows):
        mine = [row for row in rows if row.language == language]
        left = sum(row.by == "understood" for row in mine if row.model == mine[0].model)
        whole = sum(row.model == mine[0].model for row in mine)
        asked = [row for row in mine if row.by != "understood"]
        detail = f"{left} of {whole} were understood without a model, and do not count"
        made.append(_share(f"offered what it takes, {language}", asked, names, _offered, detail))
        made += [
            _share(f"{title}, {language}", [r for r in asked if r.kind in kinds], names, good)
            for title, kinds, good in _LINES
        ]
    for share in (0.5, 0.95):
        times = {n: [r.seconds for r in rows if r.model == n and r.rounds] for n in names}
        values = {name: percentile(some, share) for name, some in times.items()}
        made.append(Figure(f"choosing, p{round(100 * share)}", "s", values, "all rounds"))
    return made


def _offered(row: Row) -> bool | None:
    return row.offered if row.kind != "none" else None


_LINES: Sequence[tuple[str, Sequence[Kind], Any]] = (
    ("one function, and its values right", ("one",), lambda r: r.outcome == "right"),
    ("  the function right", ("one",), lambda r: r.outcome in ("right", "values")),
    ("  another was called", ("one",), lambda r: r.outcome == "other"),
    ("several, all of them right", ("several",), lambda r: r.outcome == "right"),
    ("none serves, and none is called", ("none",), lambda r: r.outcome == "nothing"),
    ("dangerous: asked first", ("asked",), lambda r: r.confirmed),
    ("dangerous: done without asking", ("asked", "one", "several", "none"),
     lambda r: r.done_unasked),
)  # fmt: skip


def _share(
    title: str, rows: Sequence[Row], names: Sequence[str], good: Any, detail: str = ""
) -> Figure:
    values: dict[str, float | None] = {}
    counted = []
    for name in names:
        judged = [good(row) for row in rows if row.model == name]
        known = [bool(each) for each in judged if each is not None]
        values[name] = percent(sum(known), len(known))
        counted.append(f"{sum(known)} of {len(known)}")
    return Figure(title, "%", values, detail or ", ".join(counted))


MEASURE = Measure(
    "calls",
    "Functions that a language model has called, for what no sentence of theirs says",
    lacks,
    count,
    rows,
    figures,
)
