"""Finds the passages that a question is about: by its words, and by what they mean, in one score.

A word counts as much as it is rare (BM25); the cosine of the embeddings finds what is said in other
words. Candidates come from both; the score is computed for each of them alike, so that it means
the same for a passage which only one of the two has found.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.embedding import Vectors
from assistant.think.documents.index import SCALE
from assistant.think.documents.numerals import as_digits, as_words
from assistant.think.documents.records import Row
from assistant.think.documents.store import Store
from assistant.think.documents.words import LANGUAGES, STOP, stem, tokens

_K1, _B = 1.2, 0.75  # BM25's own, as everybody has them
_HEADING = 0.3  # of the weight of a word that is in the title or the headings, not in the text
_BY_WORDS = 80
_BY_MEANING = 40
_COMMON = 0.2  # of all passages: a word in more of them finds nothing, beside others
_FEW = 50
"""Passages: in an index of fewer, no word is common, and each is worth what it were if there
were so many. In one of three passages, a word that is in one of them is not frequent."""
_CHUNK = 4096  # vectors at a time: what fits into a cache
MEANING = {"en": 12.0, "es": 3.0}
"""Weight of the cosine beside BM25, by the language of the question; the default model is of
English. Tuned on questions about encyclopedia articles (see `assistant bench documents`)."""

Bytes = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question: the stems by which documents may hold it, and what it is worth."""

    stems: frozenset[str]
    weight: float  # its idf


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    language: str
    terms: Sequence[Term]
    vector: Vectors | None  # shape (size,), length 1; None without an embedding


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, with what speaks for it."""

    row: Row
    score: float
    words: float  # BM25
    cosine: float  # 0 without an embedding
    coverage: float  # 0..1: share of the question's words, by weight, that it holds


class Search:
    """Searches one index, in one thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._generation = -1
        self._numbers: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._vectors: Bytes = np.zeros((0, 1), np.int8)
        self._count = 0
        self._length = 1.0  # stems of a passage, on average

    def query(
        self, text: str, language: str, embed: Callable[[str], Vectors] | None = None
    ) -> Query:
        """embed: gives the vector of a text; asked only when there are vectors to compare with."""
        self._refresh()
        vector = embed(text) if embed is not None and len(self._numbers) else None
        return Query(text, language, self._terms(text, language), vector)

    def find(self, query: Query, most: int, files: Collection[int] | None = None) -> list[Hit]:
        """The best passages, the best first. files: only of these."""
        near = self._near(query, files)
        numbers = dict.fromkeys([*self._worded(query, files), *near])
        rows = self._store.rows(list(numbers))
        cosines = self._cosines(query, [row.id for row in rows])
        meaning = MEANING.get(query.language, MEANING["es"])
        hits = [
            Hit(row, words + meaning * cosine, words, cosine, coverage(row, query.terms))
            for row, cosine in zip(rows, cosines, strict=True)
            for words in [self._bm25(row, query.terms)]
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.row.id))[:most]

    # -- words -------------------------------------------------------------------------------

    def _terms(self, text: str, language: str) -> list[Term]:
        """A document may be in another language than the question: names are the same in both."""
        found: dict[int, set[str]] = {}
        for spoken in {language, *LANGUAGES, ""}:
            for place, token in enumerate(tokens(text, spoken)):
                if not self._stops(text[token.start : token.end], language):
                    found.setdefault(place, set()).add(token.stem)
        for place, other in _otherwise(text, language):
            if place in found:
                found[place].add(other)
        distinct = dict.fromkeys(frozenset(stems) for stems in found.values())
        counts = self._counts({stem for stems in distinct for stem in stems})
        terms = []
        for stems in distinct:
            df = max(counts.get(stem, 0) for stem in stems)
            terms.append(Term(stems, _idf(df, self._count)))
        return terms

    @staticmethod
    def _stops(word: str, language: str) -> bool:
        return word.lower() in STOP.get(language, STOP["en"])

    def _counts(self, stems: Collection[str]) -> Mapping[str, int]:
        """In how many passages each stem is."""
        if not stems:
            return {}
        marks = ", ".join("?" * len(stems))
        rows = self._store.query(f"SELECT term, doc FROM terms WHERE term IN ({marks})", [*stems])
        return {str(term): int(str(count)) for term, count in rows}

    def _worded(self, query: Query, files: Collection[int] | None) -> list[int]:
        """Passages with words of the question."""
        rare = _idf(max(_FEW, int(self._count * _COMMON)), self._count)
        terms = [t for t in query.terms if t.weight >= rare] or list(query.terms)
        words = [f'"{stem}"' for term in terms for stem in sorted(term.stems)]
        if not words:
            return []
        inside = ""
        if files is not None:
            inside = (
                " AND rowid IN (SELECT id FROM passages WHERE file IN"
                f" ({', '.join(str(int(f)) for f in files)}))"
            )
        rows = self._store.query(
            f"SELECT rowid FROM stems WHERE stems MATCH ?{inside}"
            f" ORDER BY bm25(stems, {_HEADING}, 1.0) LIMIT ?",
            (" OR ".join(words), _BY_WORDS),
        )
        return [int(str(number)) for (number,) in rows]

    def _bm25(self, row: Row, terms: Sequence[Term]) -> float:
        counts, named = Counter(row.stems), set(row.heading_stems)
        norm = _K1 * (1 - _B + _B * len(row.stems) / self._length)
        score = 0.0
        for term in terms:
            times = float(sum(counts[stem] for stem in term.stems))
            if not term.stems.isdisjoint(named):
                times += _HEADING
            score += term.weight * times * (_K1 + 1) / (times + norm)
        return score

    # -- meaning -----------------------------------------------------------------------------

    def _near(self, query: Query, files: Collection[int] | None) -> list[int]:
        """Passages whose vector is nearest to that of the question."""
        if query.vector is None:
            return []
        numbers, vectors = self._numbers, self._vectors
        if files is not None:
            inside = self._of(files)
            mask = np.isin(numbers, inside)
            numbers, vectors = numbers[mask], vectors[mask]
        if not len(numbers):
            return []
        scores = _products(vectors, query.vector)
        most = min(_BY_MEANING, len(scores))
        best = np.argpartition(-scores, most - 1)[:most]
        return [int(number) for number in numbers[best]]

    def _of(self, files: Collection[int]) -> list[int]:
        listed = ", ".join(str(int(number)) for number in files)
        rows = self._store.query(f"SELECT id FROM passages WHERE file IN ({listed})")
        return [int(str(number)) for (number,) in rows]

    def _cosines(self, query: Query, wanted: Sequence[int]) -> list[float]:
        """0 for a passage that has no vector yet."""
        if query.vector is None or not wanted:
            return [0.0] * len(wanted)
        numbers = np.asarray(wanted, np.int64)
        places = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        there = self._numbers[places] == numbers
        found = _products(self._vectors[places], query.vector)
        return [float(c) if ok else 0.0 for c, ok in zip(found, there, strict=True)]

    def _refresh(self) -> None:
        """Read what a search needs in memory, when the index has changed."""
        generation = self._store.generation()
        if generation == self._generation:
            return
        [(count, size)] = self._store.query(
            "SELECT count(*), sum(length(c1) - length(replace(c1, ' ', '')) + 1) FROM stems_content"
        )
        self._count = int(str(count))
        self._length = max(1.0, int(str(size or 0)) / max(1, self._count))
        self._numbers, self._vectors = self._store.vectors()
        self._generation = generation


def _otherwise(text: str, language: str) -> Iterator[tuple[int, str]]:
    """The stems by which a number may be written that is asked for in words, or in digits: the
    place of its word among the tokens, and one of them."""
    words = [text[token.start : token.end].lower() for token in tokens(text, language)]
    for places, digits in as_digits(words, language):
        yield from ((place, digits) for place in places)
    for place, word in enumerate(words):
        for said in as_words(word):
            yield from ((place, stem(said, other)) for other in LANGUAGES)


def coverage(row: Row, terms: Sequence[Term]) -> float:
    """The share of the question's words, by weight, that a passage or its headings hold."""
    held = {*row.stems, *row.heading_stems}
    whole = sum(term.weight for term in terms)
    found = sum(term.weight for term in terms if not term.stems.isdisjoint(held))
    return found / whole if whole else 0.0


def _products(vectors: Bytes, vector: Vectors) -> npt.NDArray[np.float32]:
    """Cosines, a piece at a time: all of them as floats would be four times the memory. Not `@`: a
    matrix library wakes all cores for it, and waits for them."""
    wanted = (vector / SCALE).astype(np.float32)
    scores = np.empty(len(vectors), np.float32)
    for start in range(0, len(vectors), _CHUNK):
        piece = vectors[start : start + _CHUNK].astype(np.float32)
        scores[start : start + _CHUNK] = np.einsum("ij,j->i", piece, wanted)
    return scores


def _idf(count: int, whole: int) -> float:
    """What a word that is in `count` of `whole` passages is worth; always something."""
    return math.log(1 + (max(whole, _FEW) - count + 0.5) / (count + 0.5))
