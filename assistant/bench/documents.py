"""Answers from documents: found, read out, and known not to be there.

The data hold `questions_LANGUAGE.jsonl` ({"question", "answers", "document"}) beside a folder of
that language with the documents. Folders named `distractors` beside them are indexed as well. Each
question is asked twice: with its document, and with it left out, where the right reply is none.
With `--beside` the documents are searched among other text, some thousand passages of it, say.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import models
from assistant.bench.beside import copied
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, mean, percent, percentile
from assistant.embedding import OnnxEmbedder
from assistant.errors import ConfigError
from assistant.think.documents import index
from assistant.think.documents.library import Library
from assistant.think.documents.store import Store

_DISTRACTORS = "distractors"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one question."""

    question: str
    language: str
    first: bool  # the best passage is of the right document and holds an answer
    three: bool  # one of the best three is
    holds: bool  # what is read out holds an answer, whether or not it was certain
    answered: bool  # it was certain enough to be said
    invented: bool  # the same with the document left out
    seconds: float  # of the search
    answer_seconds: float  # of search, choice and the decision
    chunks: int  # in the index, with those beside
    bytes_each: float  # of the index
    read_rate: float  # passages per second
    embed_rate: float


def files(plan: Plan) -> list[Path]:
    return sorted(plan.data.rglob("questions_??.jsonl")) if plan.data else []


def lacks(plan: Plan) -> str:
    return "" if files(plan) else "no file questions_en.jsonl or questions_es.jsonl is in the data"


def count(plan: Plan) -> int:
    return sum(len(questions(path, plan.clips)) for path in files(plan))


def rows(plan: Plan) -> Iterator[Row]:
    """Raises ConfigError when a file cannot be used."""
    model = plan.configure([]).documents.embedding
    embedder = None if model == "none" else OnnxEmbedder(models.locate(model))
    for path in files(plan):
        made = plan.home / f"{path.stem}.db"
        store = copied(plan.beside, made) if plan.beside is not None else Store(made)
        try:
            yield from _of_language(path, plan.clips, store, embedder)
        finally:
            store.close()


def questions(path: Path, most: int | None) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.strip()][:most]
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be used: {error}.") from error


def _of_language(
    path: Path, most: int | None, store: Store, embedder: OnnxEmbedder | None
) -> Iterator[Row]:
    language = path.stem.removeprefix("questions_")
    for place in (path.parent / language, path.parent / _DISTRACTORS):
        if place.is_dir():
            store.add_place(place)
    others = sum(file.passages for file in store.files())
    began = time.monotonic()
    passages = index.update(store).passages
    read_rate = passages / (time.monotonic() - began)
    began = time.monotonic()
    if embedder is not None:
        index.embed(store, embedder.name, embedder.embed)
    embed_rate = passages / (time.monotonic() - began) if embedder is not None else 0.0
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it into the one file
    size = store.path.stat().st_size / max(1, passages + others)
    library = Library(store, embedder.embed if embedder is not None else None)
    names = {file.id: file.path.name for file in store.files()}
    library.hits("warm", language, 1)
    for asked in questions(path, most):
        yield _ask(
            library, names, asked, language, (passages + others, size, read_rate, embed_rate)
        )


def _ask(
    library: Library,
    names: dict[int, str],
    asked: dict[str, Any],
    language: str,
    made: tuple[int, float, float, float],
) -> Row:
    question, answers, document = asked["question"], asked["answers"], asked["document"]
    began = time.monotonic()
    hits = library.hits(question, language, 3)
    seconds = time.monotonic() - began
    right = [names[h.row.file] == document and holds(h.row.text, answers) for h in hits]
    began = time.monotonic()
    reading = library.reading(question, language)
    took = time.monotonic() - began
    others = [number for number, name in names.items() if name != document]
    without = library.reading(question, language, others)
    sure = [r is not None and library.certain(r, language) for r in (reading, without)]
    return Row(
        question,
        language,
        right[:1] == [True],
        any(right),
        reading is not None and holds(reading.text, answers),
        sure[0],
        sure[1],
        seconds,
        took,
        *made,
    )


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether an answer stands in a text, word for word but for case, accents and punctuation."""
    whole = f" {_plain(text)} "
    return any(f" {_plain(answer)} " in whole for answer in answers)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", kept))


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for language in sorted({row.language for row in rows}):
        mine = [row for row in rows if row.language == language]
        on = f"{len(mine)} questions, {mine[0].chunks} passages"
        shares = {
            "right passage first": [row.first for row in mine],
            "right passage among three": [row.three for row in mine],
            "what is read out holds an answer": [row.holds for row in mine],
            "answerable: it answers": [row.answered for row in mine],
            "without the document: it says it does not know": [not r.invented for r in mine],
        }
        for name, each in shares.items():
            made.append(Figure(f"{name}, {language}", "%", {"ours": percent(sum(each), len(each))},
                               on))  # fmt: skip
        times = {"search": [r.seconds for r in mine], "answer": [r.answer_seconds for r in mine]}
        for name, taken in times.items():
            for share in (0.5, 0.95):
                value = percentile(taken, share)
                line = f"{name} p{100 * share:.0f}, {language}"
                made.append(Figure(line, "s", {"ours": value}, on))
        for name, unit, value in (
            ("read", "per s", mean([r.read_rate for r in mine])),
            ("embedded", "per s", mean([r.embed_rate for r in mine])),
            ("index, a passage", "bytes", mean([r.bytes_each for r in mine])),
        ):
            made.append(Figure(f"{name}, {language}", unit, {"ours": value}, on))
    return made


MEASURE = Measure("documents", "Answers from documents", lacks, count, rows, figures)
