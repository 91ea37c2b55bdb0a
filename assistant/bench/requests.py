"""Requests of all kinds, labelled with other people's intents: is the right function run?

Files `*.jsonl` with a name that `requests.toml` has ("assistant_requests_en.jsonl"), a JSON object
a line: `text`, `lang`, `intent`. That table says for each of their intents which of our functions
serve it; for all others no function may run. Asking again is cheap, a wrong action is not: so what
is right, what is asked and what is wrong is told apart.
"""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import msgspec

from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percent, percentile
from assistant.bench.subject import subject
from assistant.errors import ConfigError
from assistant.stages import Router
from assistant.types import Choice, Intent, Route, Several
from assistant.understand.later import FUNCTION as LATER

Outcome = Literal["right", "partly", "asked", "left", "wrong"]
"""left: no function is run, which is right for what none of ours serves."""


class _Line(msgspec.Struct):
    text: str
    intent: str
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Request:
    text: str
    language: str
    intent: str
    file: str
    served: Sequence[str]  # patterns of the functions that do it; none: no function does
    partly: Sequence[str] = ()  # of those that do a part of it


@dataclass(frozen=True, slots=True)
class Row:
    """A request, and what our router made of it."""

    file: str
    language: str
    text: str
    intent: str
    served: bool
    taken_for: str  # the function, or "question", "unheard", "choice"
    step: str
    outcome: Outcome
    seconds: float


Table = Mapping[Literal["served", "partly"], Mapping[str, Sequence[str]]]


def mapping() -> Mapping[str, Table]:
    """By file and by their intent, the functions of ours that do it, or a part of it."""
    return tomllib.loads((Path(__file__).parent / "requests.toml").read_text("utf-8"))


def requests(plan: Plan) -> list[Request]:
    """Raises ConfigError for a line that cannot be read."""
    if plan.data is None or not plan.data.is_dir():
        return []
    known = mapping()
    files = sorted(path for path in plan.data.rglob("*.jsonl") if path.stem in known)
    return [request for file in files for request in _read(file, known[file.stem])]


def _read(file: Path, table: Table) -> Iterator[Request]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            read = msgspec.json.decode(line, type=_Line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise ConfigError(f"{file}, line {number} is no request: {error}.") from error
        served, partly = (table[kind].get(read.intent, ()) for kind in ("served", "partly"))
        yield Request(read.text, read.lang, read.intent, file.stem, served, partly)


def lacks(plan: Plan) -> str:
    return "" if requests(plan) else f"no file of {', '.join(mapping())} is in the data"


def rows(plan: Plan) -> Iterator[Row]:
    found = requests(plan)
    for language in sorted({request.language for request in found}):
        with subject(plan, [f"language={language}"]) as engines:
            engines.ready()
            for request in (r for r in found if r.language == language):
                start = time.perf_counter()
                route = engines.stages.router.route(request.text, language)
                seconds = time.perf_counter() - start
                yield _judged(request, _itself(route, engines.stages.router, language), seconds)


def _itself(route: Route, router: Router, language: str) -> Route:
    """What is put off counts as what it is: "at one start the vacuum" starts the vacuum."""
    if isinstance(route, Intent) and route.function == LATER:
        return router.exact(str(route.slots["command"]), language) or route
    return route


def _judged(request: Request, route: Route, seconds: float) -> Row:
    step = route.stage if isinstance(route, Intent) else ""
    return Row(
        request.file,
        request.language,
        request.text,
        request.intent,
        bool(request.served),
        _name(route),
        step,
        _outcome(request, route),
        seconds,
    )


def _outcome(request: Request, route: Route) -> Outcome:
    match route:
        case Choice():
            return "asked"
        case Intent():
            run = [route.function]
        case Several():
            run = [intent.function for intent in route.intents]
        case _:
            return "left"
    if all(_among(name, request.served) for name in run):
        return "right"
    return "partly" if all(_among(n, [*request.served, *request.partly]) for n in run) else "wrong"


def _among(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _name(route: Route) -> str:
    match route:
        case Intent():
            return route.function
        case Several():
            return " + ".join(intent.function for intent in route.intents)
    return type(route).__name__.lower()


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for file in dict.fromkeys(row.file for row in rows):
        mine = [row for row in rows if row.file == file]
        served = [row for row in mine if row.served]
        others = [row for row in mine if not row.served]
        made += [
            _share(f"{file}: right, of what a function serves", served, "right"),
            _share(f"{file}: asked", served, "asked"),
            _share(f"{file}: wrong action", served, "wrong"),
            _share(f"{file}: a function runs, of what none serves", others, "wrong"),
            *_times(file, [row.seconds for row in mine]),
            *_confusion(served, others),
        ]
    return made


def _share(name: str, rows: Sequence[Row], outcome: Outcome) -> Figure:
    count = sum(row.outcome == outcome for row in rows)
    return Figure(name, "%", {"ours": percent(count, len(rows))}, f"{count} of {len(rows)}")


def _times(file: str, seconds: Sequence[float]) -> list[Figure]:
    return [
        Figure(
            f"{file}: routing time, p{round(100 * share)}",
            "s",
            {"ours": percentile(seconds, share)},
            f"{len(seconds)} requests",
        )
        for share in (0.5, 0.95)
    ]


def _confusion(served: Sequence[Row], others: Sequence[Row]) -> list[Figure]:
    """For each intent how much of it is right, and what the rest was taken for."""
    made = []
    for intent in sorted({row.intent for row in served}):
        rows = [row for row in served if row.intent == intent]
        made.append(_line(intent, rows, "right"))
    for intent in sorted({row.intent for row in others if row.outcome == "wrong"}):
        made.append(
            _line(
                f"{intent} (nothing serves it)", [r for r in others if r.intent == intent], "left"
            )
        )
    return made


def _line(name: str, rows: Sequence[Row], good: Outcome) -> Figure:
    taken = Counter(_told(row) for row in rows if row.outcome != good)
    count = sum(row.outcome == good for row in rows)
    detail = ", ".join(f"{what} {n}" for what, n in taken.most_common())
    whole = f"{count} of {len(rows)}" + (f"; {detail}" if detail else "")
    return Figure(f"  {name}", "%", {"ours": percent(count, len(rows))}, whole)


def _told(row: Row) -> str:
    return f"{row.taken_for} (a part of it)" if row.outcome == "partly" else row.taken_for


MEASURE = Measure(
    "requests",
    "Requests of all kinds: the right function, another, or none",
    lacks,
    lambda plan: len(requests(plan)),
    rows,
    figures,
)
