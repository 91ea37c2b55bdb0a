"""How long it takes to find out what is meant, and how that grows with a user's own sentences.

With all functions, and with files of 0 to 2,000 sentences in the user's folder. What is asked is
drawn from the functions, from the user's sentences and from what no function does, a third each:
the last is what every step of the cascade has to look at.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.assemble import Engines
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percentile
from assistant.bench.subject import QUIET
from assistant.stopwatch import Stopwatch
from assistant.types import Intent
from assistant.understand.example_sentences import elsewhere, of_function

SIZES = (0, 100, 500, 2000)
"""Sentences of the user."""
_ASKED = 300
_IN_A_FILE = 10  # sentences of an intent

_VERBS = "fetch bring carry move polish paint wash fold pack sort hide find weigh wrap".split()
_THINGS = (
    "ladder basket blanket carpet drawer hammer kettle mirror needle oven pillow ribbon saddle"
    " towel wagon anchor barrel candle dagger engine feather goblet helmet island jacket"
).split()
_PLACES = (
    "attic barn cellar garden hallway library meadow nursery orchard pantry stable tower".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that was routed."""

    sentences: int  # of the user
    kind: str  # "function", "own", "none"
    step: str
    seconds: float
    cpu_seconds: float  # of all threads: what it would take on a machine that does nothing else


def rows(plan: Plan) -> Iterator[Row]:
    for size in SIZES:
        folder = plan.home / f"sentences-{size}"
        own = write_sentences(folder, size)
        changes = [*QUIET, "language=en", f'functions.sentences="{folder}"']
        with Engines(plan.configure(changes)) as engines:
            engines.ready()
            for kind, text in _asked(engines, own):
                with Stopwatch() as watch:
                    route = engines.stages.router.route(text, "en")
                step = route.stage if isinstance(route, Intent) else type(route).__name__.lower()
                yield Row(size, kind, step, watch.seconds, watch.processor)


def write_sentences(folder: Path, count: int) -> list[str]:
    """A user's files with so many sentences, each with choices and a list; what fits them."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(count)
    made: list[str] = []
    intents: dict[str, object] = {}
    for number in range(0, count, _IN_A_FILE):
        sentences = []
        for _ in range(min(_IN_A_FILE, count - number)):
            verb, thing = chance.choice(_VERBS), chance.choice(_THINGS)
            other, place = chance.choice(_THINGS), chance.choice(_PLACES)
            sentences.append(
                f"[please] {verb} [me] (the|my|a) {{size}} {thing} (and|with) the {other}"
                f" (from|in|near) the {place} [{number}]"
            )
            made.append(f"{verb} my large {thing} with the {other} near the {place}")
        intents[f"Errand{number}"] = {"data": [{"sentences": sentences}]}
    lists = {"size": {"values": ["small", "[very] large", "heavy"]}}
    if intents:
        text = yaml.safe_dump({"language": "en", "intents": intents, "lists": lists})
        (folder / "errands.yaml").write_text(text, "utf-8")
    return made


def _asked(engines: Engines, own: Sequence[str]) -> list[tuple[str, str]]:
    chance = random.Random(1)
    built_in = [f for f in engines.functions if not f.drawn_examples]
    drawn = [text for function in built_in for text in of_function(function, "en")]
    kinds = {"function": drawn, "own": list(own), "none": list(elsewhere("en"))}
    there = {kind: texts for kind, texts in kinds.items() if texts}
    each = _ASKED // len(there)
    return [(kind, chance.choice(texts)) for kind, texts in there.items() for _ in range(each)]


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for size in dict.fromkeys(row.sentences for row in rows):
        mine = [row for row in rows if row.sentences == size]
        for share in (0.5, 0.95):
            values = {
                "all": percentile([row.seconds for row in mine], share),
                "all, CPU": percentile([row.cpu_seconds for row in mine], share),
                **{
                    kind: percentile([r.seconds for r in mine if r.kind == kind], share)
                    for kind in ("function", "own", "none")
                },
            }
            name = f"{size} sentences of the user, p{round(100 * share)}"
            made.append(Figure(name, "s", values, f"{len(mine)} sentences"))
    return made


MEASURE = Measure(
    "routing",
    "What is meant: time, by the number of the user's own sentences",
    lambda plan: "",
    lambda plan: len(SIZES) * _ASKED,
    rows,
    figures,
)
