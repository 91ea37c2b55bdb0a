"""A machine over the sentence templates: which words may follow, at every point of every sentence.

An `Automaton` reads the graph of the grammar word by word, as a deterministic machine whose nodes
are made when they are first reached (subset construction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.understand.grammar import Token
from assistant.understand.sentence_graph import AnyWords, Graph, Label, Value


@dataclass(frozen=True, slots=True)
class Arcs:
    """What may follow a point in the sentences, and the functions whose sentences end there."""

    words: Mapping[str, int]
    values: Sequence[tuple[Token, int]]
    any_words: Sequence[tuple[float, int]]
    ends: frozenset[str]

    def __bool__(self) -> bool:
        """Whether anything may follow."""
        return bool(self.words or self.values or self.any_words)


class Automaton:
    """All sentences of a grammar. A node is a number; `START` is where every sentence begins."""

    START = 0

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._numbers: dict[frozenset[int], int] = {}
        self._states: list[frozenset[int]] = []
        self._arcs: list[Arcs | None] = []
        self._node(frozenset([0]))

    def arcs(self, node: int) -> Arcs:
        return self._arcs[node] or self._expand(node)

    def nodes(self) -> range:
        """Every node; those that nobody has reached yet are made."""
        node = 0
        while node < len(self._states):
            self.arcs(node)
            node += 1
        return range(node)

    def words(self) -> set[str]:
        """Every word that some sentence has, numbers in digits."""
        return {word for node in self.nodes() for word in self.arcs(node).words}

    def _node(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._states))
        if number == len(self._states):
            self._states.append(states)
            self._arcs.append(None)
        return number

    def _expand(self, node: int) -> Arcs:
        together: dict[Label, set[int]] = defaultdict(set)
        for state in self._states[node]:
            for label, after in self._graph.step(state).items():
                together[label] |= after
        ends = frozenset(self._graph.function(state) for state in together.pop("", ()))
        made = {label: self._node(frozenset(states)) for label, states in together.items()}
        arcs = Arcs(
            words={label: n for label, n in made.items() if isinstance(label, str)},
            values=[(label.token, n) for label, n in made.items() if isinstance(label, Value)],
            any_words=[(label.most, n) for label, n in made.items() if isinstance(label, AnyWords)],
            ends=ends,
        )
        self._arcs[node] = arcs
        return arcs
