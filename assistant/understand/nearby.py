"""The second step of the cascade: the same sentences, by sound and by small edits.

What a recognizer mishears is near in sound: "light rose" for "light roast", "set a time". The
sentence is aligned with the automaton of the grammar by a best-first search: a word may stand for
another that sounds alike, two for one and one for two ("I smoke out": "iced mocha"), and little
words may be missing or too many. A cost is in sounds (see `sounds`): how many would have to change.

Numbers are never touched: "fifteen" and "fifty" are near, and confusing them is worse than asking.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from assistant.types import Intent
from assistant.understand import values
from assistant.understand.automaton import Automaton
from assistant.understand.grammar import Grammar
from assistant.understand.normalize import Words, without_courtesy, words
from assistant.understand.numbers import whole
from assistant.understand.sentences import Templates
from assistant.understand.sounds import SOUND, sounds

NEAR = 0.16
"""Cost for each sound of the sentence up to which a sentence is taken for another."""
MARGIN = 1.0
"""Sounds by which the next best meaning must be worse."""

_ALIKE = 0.5  # of the sounds of a word: more may not differ
_LONGEST = 3  # words that may stand for one or two
_CHANGE = 0.3  # a word that is changed costs this much by itself
_LITTLE = 0.7  # a little word too many, or missing
_VALUE_SOUNDS = 5  # as many as a value counts for
_STATES = 3_000  # looked at in a search
_PATHS = 4  # kept to a point in the sentences
_LIGHT = {
    "en": "a an the some my me of to for it that is are with in and please on at i you your any".split(),
    "es": "un una el la los las lo le me mi de del en a al por para con y que es se te tu".split(),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the grammar that is near to what was heard."""

    text: str
    cost: float  # sounds that would have to change
    distance: float  # the same, for each sound of the sentence
    changed: int  # content words that are not as they were heard
    kept: int  # content words and values that are


class _Path(NamedTuple):
    """A way from the beginning of the sentence to a point of it, and of the grammar."""

    cost: float
    order: int  # of two ways alike, the one found first
    node: int
    at: int  # the next word
    words: tuple[object, ...]  # linked: (earlier words, word)
    sounds: float
    changed: int
    kept: int


class _Near(NamedTuple):
    """Words of the grammar that sound like some words of the sentence."""

    words: tuple[str, ...]
    cost: float
    sounds: float


class Nearby:
    """Finds near sentences of one language."""

    def __init__(
        self, grammar: Grammar, templates: Templates, now: Callable[[], dt.datetime]
    ) -> None:
        self._language = grammar.language
        self._templates = templates
        self._now = now
        self._automaton = Automaton(grammar)
        self._light = frozenset(_LIGHT[grammar.language])
        self._dangerous = {name for name, f in grammar.functions.items() if f.dangerous}
        self._lexicon = _Lexicon(self._automaton, self._light, grammar.language)

    def match(self, text: str) -> Intent | None:
        """What is most likely meant, or None when nothing is near enough, or two things are."""
        near = [c for c in self.candidates(text) if c.distance <= NEAR and c.changed < c.kept]
        if not near:
            return None
        best, *others = near
        meant = self._templates.match(best.text)
        if meant is None or meant.function in self._dangerous:
            return None
        for other in others:
            if other.cost > best.cost + MARGIN:
                break
            rival = self._templates.match(other.text)
            if rival and (rival.function, rival.slots) != (meant.function, meant.slots):
                return None
        reason = f"{meant.reason}, {best.changed} words by sound, {best.distance:.2f} away"
        return replace(meant, stage="by sound", score=meant.score * (1 - best.distance), reason=reason)

    def candidates(self, text: str, most: int = 8) -> list[Candidate]:
        """The nearest sentences, the best first, each text once."""
        said = without_courtesy(words(text, self._language), self._language)
        found: dict[str, Candidate] = {}
        for path in _Search(self, said).run():
            candidate = _candidate(path)
            found.setdefault(candidate.text, candidate)
            if len(found) == most:
                break
        return list(found.values())


class _Lexicon:
    """The words of the grammar by their sounds."""

    def __init__(self, automaton: Automaton, light: frozenset[str], language: str) -> None:
        self._language = language
        words_ = {w for w in automaton.words() if not w.isdigit()}
        entries = [(w,) for w in words_]
        entries += _pairs(automaton, words_ - light)
        spoken = [
            ("".join(codes), entry)
            for entry in sorted(entries)
            for codes in itertools.product(*(sounds(w, language) for w in entry))
        ]
        self._codes = [code for code, _ in spoken]
        self._entries = [entry for _, entry in spoken]
        self.sounds = {entry: len(code) / SOUND for code, entry in reversed(spoken)}
        self._known: dict[str, list[_Near]] = {}

    def near(self, codes: Sequence[str]) -> list[list[_Near]]:
        """For each sound, the words that sound alike, the nearest first."""
        new = [code for code in dict.fromkeys(codes) if code not in self._known]
        if len(self._known) > 20_000:
            self._known.clear()
        if new and self._codes:
            cutoff = max(round(len(code) * _ALIKE) for code in new)
            table = cdist(new, self._codes, scorer=Levenshtein.distance, score_cutoff=cutoff)
            for code, row in zip(new, table, strict=True):
                self._known[code] = self._alike(code, row)
        return [self._known.get(code, []) for code in codes]

    def _alike(self, code: str, row: np.ndarray) -> list[_Near]:
        found: dict[tuple[str, ...], _Near] = {}
        for i in np.flatnonzero(row <= len(code) * _ALIKE):
            entry, length = self._entries[i], len(self._codes[i])
            if row[i] <= length * _ALIKE:
                cost = int(row[i]) / SOUND + _CHANGE * len(entry)
                if entry not in found or found[entry].cost > cost:
                    found[entry] = _Near(entry, cost, length / SOUND)
        return sorted(found.values(), key=lambda near: near.cost)


def _pairs(automaton: Automaton, content: set[str]) -> Iterator[tuple[str, str]]:
    """Content words that follow each other in some sentence."""
    found: set[tuple[str, str]] = set()
    for node in automaton.nodes():
        for first, after in automaton.arcs(node).words.items():
            if first in content:
                found |= {(first, w) for w in automaton.arcs(after).words if w in content}
    return iter(found)


class _Search:
    """Aligns one sentence with the automaton, cheapest ways first."""

    def __init__(self, nearby: Nearby, said: Words) -> None:
        self._automaton = nearby._automaton
        self._lexicon = nearby._lexicon
        self._light = nearby._light
        self._language = nearby._language
        self._said = said
        self._numbers = [whole(said.plain, i, self._language) for i in range(len(said))]
        spans = values.find(said, self._language, nearby._now())
        self._spans = {span.start: span for span in spans}
        self._sounds = [self._length(i) for i in range(len(said))]
        self._limit = NEAR * sum(self._sounds) / (1 - NEAR)
        self._near = self._all_near()
        self._order = itertools.count()
        self._heap: list[_Path] = []

    def run(self) -> Iterator[_Path]:
        """Whole sentences, the nearest first."""
        visits: dict[tuple[int, int], int] = {}
        self._heap = [_Path(0.0, 0, Automaton.START, 0, (), 0.0, 0, 0)]
        for _ in range(_STATES):
            if not self._heap:
                return
            path = heapq.heappop(self._heap)
            place = (path.node, path.at)
            visits[place] = visits.get(place, 0) + 1
            if visits[place] > _PATHS:
                continue
            arcs = self._automaton.arcs(path.node)
            if path.at == len(self._said) and arcs.ends:
                yield path
            self._extend(path)
"""
"""
