"""A machine over the sentence templates: which words may follow, at every point of every sentence.

An `Automaton` reads the templates of a layout side by side. Its nodes are made when they are first
reached, and forgotten when there are too many.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assistant.understand.grammar import Token
from assistant.understand.layout import Layout, Numbers
from assistant.understand.sentence_graph import AnyWords, Value

MOST_NODES = 4_000
"""Kept at a time: some 8 MB. A search looks at forty of them, a few of which are new."""


@dataclass(slots=True, eq=False)
class Node:
    """A point in the sentences: a point in each of the templates that it can be of."""

    points: bytes  # as numbers of the layout
    bits: int = 0  # see `Automaton.templates`
    arcs: Arcs | None = None  # where somebody went on
    beyond: frozenset[str] | None = None  # where somebody asked


class Words(Mapping[str, Node]):
    """The words that may follow, and the nodes after them, which are made when somebody goes on:
    at many points there are hundreds."""

    def __init__(
        self,
        places: dict[str, int],
        begins: array[int],
        after: Numbers,
        node: Callable[[Numbers], Node],
    ) -> None:
        """places: of each word, its number in `begins`, which tells where in `after` its points
        begin, and after them those of the next word. Of all that is kept this is the most."""
        self._places = places
        self._begins = begins
        self._after = after
        self._node = node

    def __getitem__(self, word: str) -> Node:
        place = self._places[word]
        return self._node(self._after[self._begins[place] : self._begins[place + 1]])

    def __contains__(self, word: object) -> bool:
        return word in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def keys(self) -> KeysView[str]:
        return self._places.keys()


class Arcs(NamedTuple):
    """What may follow a point in the sentences, and the functions whose sentences end there."""

    words: Words
    values: Sequence[tuple[Token, Node]]
    any_words: Sequence[tuple[float, Node]]
    ends: frozenset[str]

    def goes_on(self) -> bool:
        return bool(self.words or self.values or self.any_words)


class Automaton:
    """All sentences of a layout. Several threads may read it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._nodes: dict[bytes, Node] = {}
        self._start = self._node(layout.starts)

    def start(self) -> Node:
        """Where every sentence begins."""
        if len(self._nodes) > MOST_NODES:
            self.rest()
        return self._start

    def rest(self) -> None:
        """Let go of all nodes; they are made again when somebody comes to them."""
        self._start = Node(self._start.points)
        self._nodes = {self._start.points: self._start}

    def templates(self, node: Node) -> int:
        """The templates that a sentence can be of, at a point of it; a bit each."""
        if not node.bits:
            points = np.frombuffer(node.points, np.uint32)
            templates = self.layout.templates(points).tolist()
            if len(templates) < _FEW:
                bits = 0
                for template in templates:
                    bits |= 1 << template
            else:
                bits = as_bits(templates, len(self.layout.functions))
            node.bits = bits
        return node.bits

    def arcs(self, node: Node) -> Arcs:
        return node.arcs or self._expand(node)

    def beyond(self, node: Node) -> frozenset[str]:
        """The functions of all sentences that go on from a point."""
        if node.beyond is None:
            points = np.frombuffer(node.points, np.uint32)
            functions = self.layout.functions
            node.beyond = frozenset(functions[n] for n in self.layout.going_on(points).tolist())
        return node.beyond

    def _node(self, points: Numbers) -> Node:
        key = points.tobytes()
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = Node(key)
        return node

    def _expand(self, node: Node) -> Arcs:
        points = np.frombuffer(node.points, np.uint32)
        places: dict[str, int] = {}
        values: list[tuple[Token, Node]] = []
        any_words: list[tuple[float, Node]] = []
        labels, begins, after = self.layout.steps(points)
        for place, label in enumerate(labels):
            start, stop = begins[place], begins[place + 1]
            if isinstance(label, str):
                places[label] = place
            elif isinstance(label, Value):
                values.append((label.token, self._node(after[start:stop])))
            elif isinstance(label, AnyWords):
                any_words.append((label.most, self._node(after[start:stop])))
        words = Words(places, array("I", begins), after, self._node)
        functions = self.layout.functions
        ends = frozenset(functions[n] for n in self.layout.ending(points).tolist())
        node.arcs = Arcs(words, values, any_words, ends)
        return node.arcs


def as_bits(numbers: Sequence[int], count: int) -> int:
    """A bit for each of some numbers below `count`."""
    rows = np.zeros(count, bool)
    rows[numbers] = True
    return int.from_bytes(np.packbits(rows, bitorder="little").tobytes(), "little")


_FEW = 16
