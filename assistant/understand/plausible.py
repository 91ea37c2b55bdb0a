"""Which templates can be near to a sentence at all: where the search for near sentences may go.

Each word that a template does not have costs something, at least what the cheapest way of passing
over it costs; and of a near sentence at least two words that carry meaning are as they were said.
Both are counted for all templates at once, before the search looks at any of them.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from assistant.understand.alignment import ANY, Sentence
from assistant.understand.sentence_graph import AnyWords, Graph, Value

_Rows = npt.NDArray[np.intp]
_NONE: _Rows = np.zeros(0, np.intp)


class Plausible:
    """The words of each template of a graph."""

    def __init__(self, graph: Graph) -> None:
        count = len(graph.templates)
        self._count = count
        self._wild = np.zeros(count, bool)
        self._valued = np.zeros(count, bool)
        found: dict[str, set[int]] = defaultdict(set)
        for _, step in graph.between_words():
            for label, after in step.items():
                numbers = {graph.template_of(end) for end in after}
                if isinstance(label, str):
                    found[label] |= numbers
                elif isinstance(label, AnyWords):
                    self._wild[list(numbers)] = True
                elif isinstance(label, Value):
                    self._valued[list(numbers)] = True
        self._rows = {word: np.array(sorted(numbers)) for word, numbers in found.items()}

    def templates(self, sentence: Sentence, limit: float, kept: int) -> int:
        """Those that a sentence can be near to, a bit each.

        limit: the highest cost of interest, in sounds. kept: words that carry meaning and must be
        as they were said.
        """
        cost = np.zeros(self._count)
        same = np.zeros(self._count, np.int16)
        for i, word in enumerate(sentence.said.plain):
            rows = self._rows.get(word, _NONE)
            if not sentence.light[i]:
                same[rows] += 1
            if least := sentence.least[i]:
                missing = np.where(self._wild, min(least, ANY), least)
                missing[rows] = 0
                cost += missing
        same[self._valued] += sum(map(bool, sentence.spans))
        fits = np.flatnonzero((cost <= limit) & (same >= kept))
        packed = np.zeros(self._count, bool)
        packed[fits] = True
        return int.from_bytes(np.packbits(packed, bitorder="little").tobytes(), "little")
