"""What is read out of the passages that were found, and whether it is an answer at all.

Every piece of at most 35 words that a reader could breathe around is a candidate. It is judged by
the question's words in and around it, by whether it holds the kind of thing that was asked for, by
its meaning, and by how well its passage was found. Nothing is written that is not in the document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.embedding import Vectors
from assistant.think.documents import expected
from assistant.think.documents.search import Hit, Query, Term
from assistant.think.documents.windows import Window, windows
from assistant.think.documents.words import Token, sentences, tokens

_NEAR = 40  # characters in which nearness to a word of the question falls to a third
_EMBEDDED = 12  # sentences, the best by words, whose meaning is looked at

WEIGHTS: Mapping[str, float] = {
    "words": 2.4,  # share of the question's words in the piece, by weight
    "sentence": 1.7,  # the same of the best sentence that it is of
    "pairs": 1.3,  # share of the question's neighbouring words that are neighbours in it
    "kind": 0.75,  # it holds the kind of thing that was asked for
    "near": 0.7,  # how near that is to a word of the question
    "cosine": 2.0,  # of its sentences, the best
    "gap": 0.55,  # points by which its passage is behind the best one
    "length": 0.6,  # of 35 words
    "start": 1.4,  # it begins as a sentence does
    "end": 0.2,
}
"""Rounded from a fit to 261 questions on encyclopedia articles in English. A fit on one half of the
articles read out a right answer to 80.8 % (English) and 73.9 % (Spanish) of the other half."""

KNOWN: Mapping[str, float] = {"en": 1.15, "es": 1.53}
"""Certainty from which a question is taken to be answered, by its language; see `certainty`. Of 261
questions each whose article was left out, 95 % (English) and 90 % (Spanish) are below it; of those
with it, none and 5 %."""
KNOWN_BY_WORDS = 0.6
"""The same without an embedding: some 92 % below it; of those that can be answered, 5 %."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What would be read out, and how sure it is that it answers."""

    hit: Hit
    text: str
    certainty: float
    by_meaning: bool  # the embedding had a say in it


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A passage, taken apart once for all of its windows."""

    hit: Hit
    tokens: Sequence[Token]
    spans: Sequence[tuple[int, int]]
    covered: Sequence[float]  # of each sentence
    kinds: Sequence[tuple[int, int]]  # where it holds what was asked for


def read_out(
    query: Query, hits: Sequence[Hit], embed: Callable[[Sequence[str]], Vectors] | None = None
) -> Reading | None:
    """The best piece of the passages; None without any."""
    if not hits:
        return None
    question = _Question(query)
    scanned = [question.scan(hit) for hit in hits]
    cosines = _cosines(query, scanned, embed)
    best, found = -math.inf, None
    for passage in scanned:
        for window in windows(passage.hit.row.text, passage.spans):
            score = question.score(passage, window, cosines, hits[0].score)
            if score > best:
                best, found = score, (passage, window)
    if found is None:
        return None
    passage, window = found
    text = tidy(passage.hit.row.text[window.start : window.end], window)
    sure = certainty(passage.hit, max(passage.covered, default=0.0), hits)
    return Reading(passage.hit, text, sure, query.vector is not None)


def certainty(hit: Hit, sentence: float, hits: Sequence[Hit]) -> float:
    """How sure it is that the documents answer: the share of the question's words that the passage
    holds, half of that of its best sentence, and twice its cosine."""
    return hit.coverage + 0.5 * sentence + 2 * max(h.cosine for h in hits)


class _Question:
    """What of a question is looked for in every window."""

    def __init__(self, query: Query) -> None:
        self._language = query.language
        self._whole = sum(term.weight for term in query.terms) or 1.0
        self._terms: dict[str, Term] = {s: term for term in query.terms for s in term.stems}
        self._kind = expected.asked(query.text, query.language)
        content = [t.stem for t in tokens(query.text, query.language) if not t.stop]
        self._pairs = set(pairwise(content))

    def scan(self, hit: Hit) -> _Scanned:
        text = hit.row.text
        found = tokens(text, self._language)
        spans = sentences(text)
        covered = [self._covered(_inside(found, start, end)) for start, end in spans]
        kinds = [
            (start, end)
            for start, end in expected.held(self._kind, text)
            if all(t.stem not in self._terms for t in _inside(found, start, end))
        ]
        return _Scanned(hit, found, spans, covered, kinds)

    def _covered(self, found: Sequence[Token]) -> float:
        terms = {id(t): t for token in found if (t := self._terms.get(token.stem)) is not None}
        return sum(term.weight for term in terms.values()) / self._whole

    def score(
        self,
        passage: _Scanned,
        window: Window,
        cosines: Mapping[tuple[int, int], float],
        best: float,
    ) -> float:
        inside = _inside(passage.tokens, window.start, window.end)
        content = [token.stem for token in inside if not token.stop]
        pairs = self._pairs & set(pairwise(content))
        kinds = [s for s, e in passage.kinds if s >= window.start and e <= window.end]
        said = [token.start for token in inside if token.stem in self._terms]
        apart = min((abs(k - s) for k in kinds for s in said), default=None)
        touched = range(window.first, window.last + 1)
        row = passage.hit.row.id
        values = {
            "words": self._covered(inside),
            "sentence": max(passage.covered[n] for n in touched),
            "pairs": len(pairs) / max(1, len(self._pairs)),
            "kind": float(bool(kinds)),
            "near": 0.0 if apart is None else math.exp(-apart / _NEAR),
            "cosine": max(cosines.get((row, passage.spans[n][0]), 0.0) for n in touched),
            "gap": passage.hit.score - best,
            "length": window.words / 35,
            "start": float(window.whole_start),
            "end": float(window.whole_end),
        }
        return sum(WEIGHTS[name] * value for name, value in values.items())


def _inside(found: Sequence[Token], start: int, end: int) -> list[Token]:
    return [token for token in found if start <= token.start and token.end <= end]


def _cosines(
    query: Query,
    scanned: Sequence[_Scanned],
    embed: Callable[[Sequence[str]], Vectors] | None,
) -> Mapping[tuple[int, int], float]:
    """Of the sentences that are best by words; those of the best passage first."""
    if query.vector is None or embed is None:
        return {}
    ranked = sorted(
        (
            (passage.covered[n] + 0.3 * (place == 0), passage.hit.row, span)
            for place, passage in enumerate(scanned)
            for n, span in enumerate(passage.spans)
        ),
        key=lambda entry: -entry[0],
    )[:_EMBEDDED]
    made = embed([row.text[start:end] for _, row, (start, end) in ranked])
    return {
        (row.id, span[0]): float(vector @ query.vector)
        for (_, row, span), vector in zip(ranked, made, strict=True)
    }


def tidy(text: str, window: Window) -> str:
    """A clause as a sentence: a capital, a full stop, and no half bracket."""
    text = text.strip().strip(",;:—–-").strip()
    for left, right in ("()", "[]", "“”", "«»"):
        if text.count(left) > text.count(right):
            text = text.replace(left, "", 1) if text.startswith(left) else f"{text}{right}"
        elif text.count(right) > text.count(left):
            text = text.replace(right, "", 1)
    if not window.whole_start:
        text = text[:1].upper() + text[1:]
    return text if text[-1:] in '.!?…"”»' else f"{text}."
