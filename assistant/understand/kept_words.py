"""Words that were heard and must be in whatever a sentence is taken for: what families are about.

"Set a timer for 20" is near in sound to a sentence about the heating, and "turn the heating up ten
degrees" to setting it to ten: but who says "timer" or "up" has said so. A word that is only spelled
a little differently ("time", "timers") is the same word misheard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from assistant.understand.content import COMMON, stem
from assistant.understand.layout import Layout
from assistant.understand.opposites import contrary, one_way
from assistant.understand.sounds import sounds
from assistant.understand.word_tables import WordTables

_SHARE = 0.5
"""Of the functions of a family, that have its word: "timer" is in all of theirs."""
_SOME = {
    "en": frozenset("bit little slightly touch".split()),
    "es": frozenset("poco poquito pelin".split()),
}
"""They say by how much; "bit" is near to "min"."""
_FEWEST = 3  # functions of a family
_NEARLY = 2
"""Features that may differ, of the three that each sound has."""
_BEGINNING = 3  # letters that a word and a longer one begin with
_LITTLE = frozenset("on after before para".split())
"""Words of a direction that are as often a mere "for"."""


class KeptWords:
    """Of one language."""

    def __init__(
        self, layout: Layout, tables: WordTables, light: frozenset[str], language: str
    ) -> None:
        self._layout = layout
        self._tables = tables
        self._light = light
        self._language = language
        self._sizes = Counter(_family(part.name) for part in layout.parts)
        self._known: dict[str, bool] = {}

    def keeps(self, said: Sequence[str], taken_for: Sequence[str]) -> bool:
        """Whether nothing that was said is lost, or turned around."""
        if contrary(said, taken_for, self._language):
            return False
        if not one_way(said, taken_for, self._language, but=_LITTLE):
            return False
        return all(
            _is_in(word, taken_for) or self._is_heard_as(word, taken_for)
            for word in said
            if self._must_stay(word)
        )

    def _is_heard_as(self, word: str, others: Sequence[str]) -> bool:
        """Whether one of other words sounds nearly the same: "blue a small latte"."""
        return any(
            Levenshtein.distance(one, other_one, score_cutoff=_NEARLY) <= _NEARLY
            for one in sounds(word, self._language)
            for other in others
            for other_one in sounds(other, self._language)
        )

    def _must_stay(self, word: str) -> bool:
        if word not in self._known:
            named = word not in self._light and self._names(word)
            self._known[word] = named or word in _SOME[self._language]
        return self._known[word]

    def _names(self, word: str) -> bool:
        """Whether it is what a family is about."""
        label = self._layout.numbers.get(word)
        if label is None:
            return False
        functions = {self._layout.functions[n] for n in self._tables.templates(label).tolist()}
        having = Counter(map(_family, functions))
        return word not in COMMON[self._language] and any(
            self._sizes[family] >= _FEWEST
            and count >= _SHARE * self._sizes[family]
            and 2 * count >= having.total()
            for family, count in having.items()
        )


def _family(function: str) -> str:
    return function.partition(".")[0]


def _is_in(word: str, others: Sequence[str]) -> bool:
    same = stem(word)
    return any(
        stem(other) == same
        or (min(len(word), len(other)) >= _BEGINNING and _begins_alike(word, other))
        for other in others
    )


def _begins_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
