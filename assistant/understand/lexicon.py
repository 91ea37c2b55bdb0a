"""The words of a grammar by their sounds: which of them a stretch of speech may have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from assistant.understand.layout import Layout
from assistant.understand.sounds import SOUND, sounds
from assistant.understand.word_tables import NONE, WordTables

_ALIKE = 0.45  # of the sounds of the longer: more may not differ
_CHANGE = 0.3  # what a changed word costs by itself
_BY_LETTERS = 0.4  # weight of the letters that differ, beside the sounds
_KNOWN = 4_000  # stretches that are remembered: some 4 MB


class Alike(NamedTuple):
    """What sounds like a stretch of the sentence, the nearest first; a single word is not among
    what sounds like it."""

    entries: npt.NDArray[np.intp]  # their rows in the tables
    costs: npt.NDArray[np.float64]
    sounds: npt.NDArray[np.float64]

    def others(self) -> Alike:
        """Without the stretch itself."""
        first = int(len(self.costs) > 0 and self.costs[0] == _CHANGE)
        return Alike(self.entries[first:], self.costs[first:], self.sounds[first:])


class Lexicon:
    """Words, and pairs of words (see `WordTables`)."""

    def __init__(self, layout: Layout, tables: WordTables, language: str) -> None:
        self._layout = layout
        self._tables = tables
        self._language = language
        labels = layout.labels
        self._entries = [
            tuple(str(labels[number]) for number in numbers if number != NONE)
            for numbers in tables.entries.tolist()
        ]
        self._texts = [" ".join(entry) for entry in self._entries]
        self._known: dict[tuple[str, ...], Alike] = {}

    def __contains__(self, word: str) -> bool:
        """Whether some sentence has a word."""
        return word in self._layout.numbers and not word.isdigit()

    def entry(self, row: int) -> tuple[str, ...]:
        """One or two words of the grammar."""
        return self._entries[row]

    def near(self, stretches: Sequence[tuple[str, ...]]) -> list[Alike]:
        """What sounds like each stretch of words."""
        if len(self._known) > _KNOWN:
            self._known.clear()
        found = []
        for words in stretches:
            alike = self._known.get(words)
            if alike is None:
                alike = self._known[words] = self._alike(words)
            found.append(alike)
        return found

    def _alike(self, words: tuple[str, ...]) -> Alike:
        code = "".join(sounds(word, self._language)[0] for word in words)
        lengths = self._tables.lengths  # ascending
        least, most = len(code) * (1 - _ALIKE), len(code) / (1 - _ALIKE)
        start = int(np.searchsorted(lengths, least, side="left"))
        stop = int(np.searchsorted(lengths, most, side="right"))
        changed = cdist(
            [code], self._tables.codes[start:stop], scorer=Levenshtein.distance, dtype=np.uint8,
            score_cutoff=round(most * _ALIKE),
        )[0]  # fmt: skip
        rows = np.flatnonzero(changed <= np.maximum(lengths[start:stop], len(code)) * _ALIKE)
        changed, rows = changed[rows], rows + start
        entries = [self._entries[row] for row in rows.tolist()]
        texts = [self._texts[row] for row in rows.tolist()]
        letters = cdist([" ".join(words)], texts, scorer=Levenshtein.distance, dtype=np.uint8)[0]
        costs = _CHANGE + (1 - _BY_LETTERS) * changed / SOUND + _BY_LETTERS * letters
        best: dict[tuple[str, ...], int] = {}  # of the ways in which an entry is said
        for n in np.argsort(costs, kind="stable").tolist():
            if len(words) > 1 or entries[n] != words:
                best.setdefault(entries[n], n)
        order = np.array([*best.values()], np.intp)
        return Alike(rows[order], costs[order], lengths[rows[order]] / SOUND)
