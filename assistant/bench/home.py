"""Sentences to a smart home, labelled with Home Assistant's intents: understood rightly or not.

Files `home_intents*.jsonl`, a JSON object a line: `text`, `lang`, `intent`, `slots`. A home with
the rooms and devices that the labels name is written as a user's own file would be; what our
router understands is translated by `home_intents.toml`, and compared.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import handlers
from assistant.bench.home_labels import Label, Mapped, dictionary, find, home_file
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percent, percentile
from assistant.types import Intent, Route
from assistant.understand.route import Cascade

NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Row:
    """missing: why the sentence asks for something that is not here; then it is not counted."""

    text: str
    language: str
    wanted: str
    slots: Mapping[str, Any]
    function: str
    understood: str
    found: Mapping[str, Any]
    right: bool
    seconds: float
    missing: str = ""


def lacks(plan: Plan) -> str:
    return "" if labels(plan) else "no file home_intents*.jsonl is in the data"


def labels(plan: Plan) -> list[Label]:
    return find(plan.data) if plan.data else []


def count(plan: Plan) -> int:
    return len(labels(plan))


def rows(plan: Plan) -> Iterator[Row]:
    found, table = labels(plan), dictionary()
    for language in sorted({label.lang for label in found}):
        mine = [label for label in found if label.lang == language]
        router = _router(plan, language, home_file(mine, table))
        floors = {label.slots["floor"] for label in mine if "floor" in label.slots}
        for label in mine:
            start = time.thread_time()
            route = router.route(label.text, language)
            seconds = time.thread_time() - start
            yield _judged(label, route, table, {str(f).casefold() for f in floors}, seconds)


def _router(plan: Plan, language: str, names: str) -> Cascade:
    """With the functions of a home of these names; nothing is called, and nothing connected."""
    folder = Path(plan.home) / f"home-{language}"
    folder.mkdir(exist_ok=True)
    (folder / "home.toml").write_text(names, "utf-8")
    changes = [f"language={language}", f'home.names="{folder / "home.toml"}"', 'home.broker=""']
    config = plan.configure([*changes, "route.open_questions=refuse"])
    functions = handlers.load(config, data=folder)
    router = Cascade(functions, config.languages, config.route)
    router.warm()
    functions.close()
    return router


def _judged(label: Label, route: Route, table: Mapped, floors: set[str], seconds: float) -> Row:
    function = route.function if isinstance(route, Intent) else ""
    understood: str = NOTHING
    found: Mapping[str, Any] = {}
    if isinstance(route, Intent):
        understood, found = table.translated(route, floors)
    right = understood == label.intent and all(
        _equal(found.get(name), value)
        or (name == "state" and "name" in found and table.same_state(found.get(name), value))
        for name, value in label.slots.items()
    )
    return Row(
        label.text,
        label.lang,
        label.intent,
        label.slots,
        function,
        understood,
        found,
        right,
        seconds,
        table.why_missing(label),
    )


def _equal(ours: Any, wanted: Any) -> bool:
    if isinstance(ours, int | float) and isinstance(wanted, int | float):
        return abs(ours - wanted) < 0.001
    return str(ours).casefold() == str(wanted).casefold()


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for language in sorted({row.language for row in rows}):
        mine = [row for row in rows if row.language == language]
        counted = [row for row in mine if not row.missing]
        made.append(_share(f"intent and slots, {language}", counted))
        seconds = [row.seconds for row in mine]
        for share in (0.5, 0.95):
            name = f"routing, processor time, {language}, p{round(100 * share)}"
            values = {"ours": percentile(seconds, share)}
            made.append(Figure(name, "s", values, f"{len(mine)} sentences"))
        by_intent = defaultdict(list)
        for row in counted:
            by_intent[row.wanted].append(row)
        made += [_share(f"{language} {i}", of, _confusions(of)) for i, of in by_intent.items()]
        made += _missing(language, [row for row in mine if row.missing])
    return made


def _share(name: str, rows: Sequence[Row], more: str = "") -> Figure:
    right = sum(row.right for row in rows)
    detail = f"{right} of {len(rows)}" + (f"; {more}" if more else "")
    return Figure(name, "%", {"ours": percent(right, len(rows))}, detail)


def _confusions(rows: Sequence[Row]) -> str:
    """What the wrong ones were taken for: an intent, or the right one with other slots."""
    wrong = [row for row in rows if not row.right]
    taken = Counter("other slots" if r.understood == r.wanted else r.understood for r in wrong)
    return ", ".join(f"{name} {n}" for name, n in taken.most_common())


def _missing(language: str, rows: Sequence[Row]) -> list[Figure]:
    reasons = Counter((row.wanted, row.missing) for row in rows)
    return [
        Figure(f"{language} {intent}, not here", "", {"ours": n}, why)
        for (intent, why), n in sorted(reasons.items())
    ]


MEASURE = Measure(
    "home", "Sentences to a smart home, by Home Assistant's intents", lacks, count, rows, figures
)
