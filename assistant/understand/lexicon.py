"""The words of a grammar by their sounds: which of them a stretch of speech may have been."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from assistant.understand.automaton import Automaton
from assistant.understand.grammar import Grammar, phrase_pairs, phrase_words
from assistant.understand.sounds import SOUND, sounds

_ALIKE = 0.45  # of the sounds of the longer: more may not differ
_CHANGE = 0.3  # what a changed word costs by itself
_BY_LETTERS = 0.4  # weight of the letters that differ, beside the sounds
_KNOWN = 20_000  # stretches that are remembered


class Near(NamedTuple):
    """Words of the grammar that sound like a stretch of the sentence."""

    words: tuple[str, ...]  # one or two
    cost: float
    sounds: float


class Lexicon:
    """Words, and pairs of words: those of a slot's phrase, and those of the user's slots that
    follow each other in some sentence ("roast latte"). With the names of a home the latter would
    be twenty thousand.

    light: words that are no part of such a pair.
    """

    def __init__(
        self, automaton: Automaton, grammar: Grammar, light: frozenset[str], language: str
    ) -> None:
        entries: list[tuple[str, ...]] = [(word,) for word in automaton.words if not word.isdigit()]
        self.words = frozenset(word for (word,) in entries)
        single = {word for word in self.words if word not in light and not word.isdigit()}
        pairs = automaton.pairs(phrase_words(grammar, own=True) & single)
        entries += pairs | {pair for pair in phrase_pairs(grammar) if single.issuperset(pair)}
        said = [
            ("".join(codes), entry)
            for entry in sorted(entries)
            for codes in itertools.product(*(sounds(word, language) for word in entry))
        ]
        self._codes = [code for code, _ in said]
        self._entries = [entry for _, entry in said]
        self._lengths = np.array([len(code) for code in self._codes])
        self._language = language
        self._known: dict[tuple[str, ...], list[Near]] = {}

    def near(self, stretches: Sequence[tuple[str, ...]]) -> list[list[Near]]:
        """For each stretch of words the words that sound alike, the nearest first."""
        if len(self._known) > _KNOWN:
            self._known.clear()
        new = [words for words in dict.fromkeys(stretches) if words not in self._known]
        if new:
            codes = ["".join(sounds(w, self._language)[0] for w in words) for words in new]
            table = cdist(
                codes, self._codes, scorer=Levenshtein.distance, dtype=np.uint8,
                score_cutoff=round(max(map(len, [*codes, *self._codes])) * _ALIKE),
            )  # fmt: skip
            for words, code, row in zip(new, codes, table, strict=True):
                self._known[words] = self._alike(" ".join(words), code, row)
        return [self._known[words] for words in stretches]

    def _alike(self, text: str, code: str, row: npt.NDArray[Any]) -> list[Near]:
        found: dict[tuple[str, ...], Near] = {}
        for i in np.flatnonzero(row <= np.maximum(self._lengths, len(code)) * _ALIKE):
            entry = self._entries[i]
            letters = Levenshtein.distance(text, " ".join(entry))
            cost = _CHANGE + (1 - _BY_LETTERS) * int(row[i]) / SOUND + _BY_LETTERS * letters
            if entry not in found or cost < found[entry].cost:
                found[entry] = Near(entry, cost, len(self._codes[i]) / SOUND)
        return sorted(found.values(), key=lambda near: near.cost)
