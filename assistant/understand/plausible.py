"""Which templates can be near to a sentence at all: where the search for near sentences may go.

Each word that a template does not have costs something, at least what the cheapest way of passing
over it costs; and of a near sentence at least two words that carry meaning are as they were said.
Both are counted for all templates at once, before the search looks at any of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.understand.automaton import as_bits
from assistant.understand.layout import Layout
from assistant.understand.sentence_graph import AnyWords, Value
from assistant.understand.stretches import ANY, VALUE_SOUNDS, Sentence
from assistant.understand.word_tables import WordTables

_Rows = npt.NDArray[np.intp]


class Plausible:
    """The words of each template of a layout."""

    def __init__(self, layout: Layout, tables: WordTables) -> None:
        self._layout = layout
        self._tables = tables
        self._wild = np.zeros(len(layout.functions), bool)
        self._valued = np.zeros(len(layout.functions), bool)
        for number, label in enumerate(layout.labels):
            if isinstance(label, AnyWords):
                self._wild[tables.templates(number)] = True
            elif isinstance(label, Value):
                self._valued[tables.templates(number)] = True

    def templates(self, sentence: Sentence, limit: float, kept: int) -> int:
        """Those that a sentence can be near to, a bit each.

        limit: the highest cost of interest, in sounds. kept: words that carry meaning and must be
        as they were said.
        """
        count, share = len(self._wild), sentence.share
        cost, slack = np.zeros(count), np.zeros(count)
        same = np.zeros(count, np.int16)
        for i in range(len(sentence.said)):
            rows = self._having(sentence.plain[i])
            if not sentence.light[i]:
                same[rows] += 1
            least, gained = sentence.least[i], -share * sentence.sounds[i]
            missing = np.where(self._wild, min(least, ANY), least)
            short = np.where(self._wild, min(sentence.slack[i], ANY), sentence.slack[i])
            missing[rows] = 0
            short[rows] = min(gained, sentence.slack[i])
            if sentence.valued[i]:
                missing[self._valued] = 0
                short[self._valued] = -share * VALUE_SOUNDS
            cost += missing
            slack += short
        same[self._valued] += sum(map(bool, sentence.spans))
        fits = np.flatnonzero((cost <= limit) & (slack <= _NOTHING) & (same >= kept))
        return as_bits(fits.tolist(), count)

    def _having(self, word: str) -> _Rows:
        number = self._layout.numbers.get(word)
        if number is None:
            return np.zeros(0, np.intp)
        return self._tables.templates(number).astype(np.intp)


_NOTHING = 1e-9
"""What is left of nothing when such numbers are added up."""
