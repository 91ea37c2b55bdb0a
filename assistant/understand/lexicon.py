"""The words of a grammar by their sounds: which of them a stretch of speech may have been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
            self._known = {}  # another thread may still read the former
        known = self._known
        new = [words for words in dict.fromkeys(stretches) if words not in known]
        for count in {len(words) for words in new}:  # about as long: compared with the same entries
            known.update(self._compared([words for words in new if len(words) == count]))
        return [known[words] for words in stretches]

    def _compared(
        self, stretches: Sequence[tuple[str, ...]]
    ) -> Iterator[tuple[tuple[str, ...], Alike]]:
        codes = ["".join(sounds(w, self._language)[0] for w in words) for words in stretches]
        lengths = self._tables.lengths  # ascending
        shortest, longest = min(map(len, codes)), max(map(len, codes)) / (1 - _ALIKE)
        start = int(np.searchsorted(lengths, shortest * (1 - _ALIKE), side="left"))
        stop = int(np.searchsorted(lengths, longest, side="right"))
        table = cdist(
            codes, self._tables.codes[start:stop], scorer=Levenshtein.distance, dtype=np.uint8,
            score_cutoff=round(longest * _ALIKE),
        )  # fmt: skip
        for words, code, changed in zip(stretches, codes, table, strict=True):
            most = np.maximum(lengths[start:stop], len(code)) * _ALIKE
            rows = np.flatnonzero(changed <= most)
            yield words, self._alike(words, rows + start, changed[rows])

    def _alike(
        self, words: tuple[str, ...], rows: npt.NDArray[np.intp], changed: npt.NDArray[np.uint8]
    ) -> Alike:
        """rows: of the entries that sound alike. changed: letters of their codes that differ."""
        entries = [self._entries[row] for row in rows.tolist()]
        texts = [self._texts[row] for row in rows.tolist()]
        letters = cdist([" ".join(words)], texts, scorer=Levenshtein.distance, dtype=np.uint8)[0]
        costs = _CHANGE + (1 - _BY_LETTERS) * changed / SOUND + _BY_LETTERS * letters
        best: dict[tuple[str, ...], int] = {}  # of the ways in which an entry is said
        for n in np.argsort(costs, kind="stable").tolist():
            if len(words) > 1 or entries[n] != words:
                best.setdefault(entries[n], n)
        order = np.array([*best.values()], np.intp)
        lengths = self._tables.lengths[rows[order]]
        return Alike(rows[order], costs[order], lengths / SOUND)
