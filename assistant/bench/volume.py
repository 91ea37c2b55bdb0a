"""Many documents: how long a search takes among 10,000 and among 100,000 passages, and what they
weigh on disk and in memory.

The passages are made: sentences of the data's documents, in which most words are exchanged for
made words that are as frequent, or rare, as words are. Their vectors are drawn. So nothing is told
here of what is right (see `documents`), but the index is as large, and as mixed, as a real one.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from assistant import models
from assistant.bench import documents
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percentile
from assistant.embedding import OnnxEmbedder
from assistant.think.documents import index
from assistant.think.documents.extract import read, supported
from assistant.think.documents.library import Library
from assistant.think.documents.passages import Passage
from assistant.think.documents.records import File, Stat
from assistant.think.documents.store import Store
from assistant.think.documents.words import sentences

SIZES = (10_000, 100_000)
_ASKED = 100  # questions, of each language, at most
_OF_A_FILE = 200  # passages
_SENTENCES = 4  # of a passage
_EXCHANGED = 0.7  # of all words, for one of
_MADE = 50_000  # words, the n-th of them as frequent as 1/n
_SIZE = 384  # numbers of a drawn vector


@dataclass(frozen=True, slots=True)
class Row:
    """One question to an index of one size."""

    passages: int
    language: str
    seconds: float  # of the search, the embedding of the question in it
    cpu_seconds: float  # of all processors in it: what other work beside it does not change
    answer_seconds: float  # of search, choice of what is read out, and the decision
    bytes_each: float  # of the index, a passage
    rate: float  # passages taken in per second, without reading their files or embedding them
    memory_mb: float  # added to the process by the index, after the first search


def count(plan: Plan) -> int:
    asked = sum(len(_questions(path, plan)) for path in documents.files(plan))
    return len(SIZES) * asked


def _questions(path: Path, plan: Plan) -> list[str]:
    most = min(_ASKED, plan.clips or _ASKED)
    return [str(row["question"]) for row in documents.questions(path, most)]


def rows(plan: Plan, sizes: Sequence[int] = SIZES) -> Iterator[Row]:
    """Raises ConfigError when a file of the data cannot be used."""
    found = documents.files(plan)
    model = plan.configure([]).documents.embedding
    embedder = None if model == "none" else OnnxEmbedder(models.locate(model))
    if embedder is not None:
        embedder.embed(["Its memory is its own, not the index's."])
    known = [s for path in found for s in _sentences(path.parent / path.stem[-2:])]
    for size in sizes:
        path = plan.home / f"{size}.db"
        rate = _make(path, known, size, random.Random(plan.seed))
        weight = path.stat().st_size / size
        yield from _ask(path, found, plan, embedder, (weight, rate))
        path.unlink()


def _sentences(folder: Path) -> list[str]:
    texts = [
        block.text
        for path in sorted(folder.rglob("*"))
        if path.is_file() and supported(path)
        for block in read(path).blocks
    ]
    return [text[start:end] for text in texts for start, end in sentences(text)]


def _make(path: Path, known: Sequence[str], size: int, draw: random.Random) -> float:
    """An index of so many passages; how many were taken in per second."""
    store = Store(path)
    vectors = np.random.default_rng(draw.randrange(2**32))
    weights = (1 / np.arange(1, _MADE + 1)).cumsum().tolist()
    taken = 0.0
    for start in range(0, size, _OF_A_FILE):
        made = [Passage(_text(known, weights, draw)) for _ in range(min(_OF_A_FILE, size - start))]
        name = Path(f"/made/{start}.txt")
        began = time.monotonic()
        store.put(File(name, name.parent, f"made {start}", "en", Stat(0, 0), b""), made)
        taken += time.monotonic() - began
        drawn = vectors.standard_normal((len(made), _SIZE)).astype(np.float32)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        store.put_vectors([(start + n + 1, index.packed(v)) for n, v in enumerate(drawn)])
    store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return size / taken


def _text(known: Sequence[str], weights: Sequence[float], draw: random.Random) -> str:
    words = " ".join(draw.choices(known, k=_SENTENCES)).split()
    made = draw.choices(range(_MADE), cum_weights=weights, k=len(words))
    return " ".join(
        _word(number) if draw.random() < _EXCHANGED else word
        for word, number in zip(words, made, strict=True)
    )


def _word(number: int) -> str:
    """A word that is one of a kind: "bakota"."""
    made = ""
    for _ in range(3):
        number, left = divmod(number, 75)
        made += "bcdfghjklmnprst"[left // 5] + "aeiou"[left % 5]
    return made


def _ask(
    path: Path,
    found: Sequence[Path],
    plan: Plan,
    embedder: OnnxEmbedder | None,
    made: tuple[float, float],
) -> Iterator[Row]:
    process = psutil.Process()
    before = process.memory_info().rss
    store = Store(path)
    library = Library(store, embedder.embed if embedder is not None else None)
    try:
        library.hits("warm", "en", 3)
        added = (process.memory_info().rss - before) / 1e6
        [(passages,)] = store.query("SELECT count(*) FROM passages")
        for questions in found:
            language = questions.stem[-2:]
            for question in _questions(questions, plan):
                began, used = time.monotonic(), time.process_time()
                library.hits(question, language, 3)
                seconds, used = time.monotonic() - began, time.process_time() - used
                began = time.monotonic()
                library.reading(question, language)
                took = time.monotonic() - began
                yield Row(int(str(passages)), language, seconds, used, took, *made, added)
    finally:
        library.close()


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for size in sorted({row.passages for row in rows}):
        mine = [row for row in rows if row.passages == size]
        on = f"{len(mine)} questions to {size} made passages"
        times = {
            "search": [r.seconds for r in mine],
            "search, processors": [r.cpu_seconds for r in mine],
            "answer": [r.answer_seconds for r in mine],
        }
        for name, taken in times.items():
            for share in (0.5, 0.95):
                value = percentile(taken, share)
                line = f"{name} p{100 * share:.0f}, {size} passages"
                made.append(Figure(line, "s", {"ours": value}, on))
        for name, unit, number in (
            ("taken in", "per s", mine[0].rate),
            ("index, a passage", "bytes", mine[0].bytes_each),
            ("memory added", "MB", mine[0].memory_mb),
        ):
            made.append(Figure(f"{name}, {size} passages", unit, {"ours": number}, on))
    return made


MEASURE = Measure("volume", "Many documents", documents.lacks, count, rows, figures)
