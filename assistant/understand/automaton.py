"""A machine over the sentence templates: which words may follow, at every point of every sentence.

An `Automaton` reads the graph of the grammar word by word, as a deterministic machine whose nodes
are made when they are first reached (subset construction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from assistant.understand.grammar import Token
from assistant.understand.sentence_graph import AnyWords, Graph, Label, Step, Value


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
    """All sentences of a grammar. A node is a number; `START` is where every sentence begins.

    go_on: called often while the whole graph is walked, which takes half a second; what it raises
        ends that.
    """

    START = 0

    def __init__(self, graph: Graph, go_on: Callable[[], None] = lambda: None) -> None:
        self.graph = graph
        self._go_on = go_on
        self._numbers: dict[frozenset[int], int] = {}
        self._states: list[frozenset[int]] = []
        self._arcs: list[Arcs | None] = []
        self._templates: list[int] = []
        self._kept: dict[int, int] = {}
        self._node(frozenset([0]))

    def templates(self, node: int) -> int:
        """The templates that a sentence can be of, at a point of it; a bit each."""
        return self._templates[node]

    def arcs(self, node: int) -> Arcs:
        return self._arcs[node] or self._expand(node)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that some sentence has, numbers in digits."""
        return frozenset(w for _, step in self._all_steps() for w in step if w and type(w) is str)

    def pairs(self, among: Set[str]) -> set[tuple[str, str]]:
        """The pairs of these words that follow each other in some sentence.

        Found in the graph, not in the machine: that has a node for each way in which sentences
        share their beginnings, twenty times as many with the names of a home in them."""
        here: dict[int, list[str]] = {}
        before: dict[int, set[str]] = defaultdict(set)  # a state, and the words that lead to it
        for state, step in self._all_steps():
            if words := [w for w in step if isinstance(w, str) and w in among]:
                here[state] = words
            for word in words:
                for after in step[word]:
                    before[after].add(word)
        return {
            (a, b) for state, firsts in before.items() for b in here.get(state, ()) for a in firsts
        }

    def _all_steps(self) -> Iterator[tuple[int, Step]]:
        for state, step in self.graph.between_words():
            self._go_on()
            yield state, step

    def _node(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._states))
        if number == len(self._states):
            self._states.append(states)
            self._arcs.append(None)
            self._templates.append(self._those_of(states))
        return number

    def _those_of(self, states: frozenset[int]) -> int:
        if 0 in states:
            return -1  # all of them
        bits = 0
        for number in {self.graph.template_of(state) for state in states}:
            bits |= 1 << number
        return self._kept.setdefault(bits, bits)  # many nodes share theirs

    def _expand(self, node: int) -> Arcs:
        together: dict[Label, set[int]] = defaultdict(set)
        for state in self._states[node]:
            for label, after in self.graph.step(state).items():
                together[label].update(after)
        ends = frozenset(self.graph.function(state) for state in together.pop("", ()))
        made = {label: self._node(frozenset(states)) for label, states in together.items()}
        arcs = Arcs(
            words={label: n for label, n in made.items() if isinstance(label, str)},
            values=[(label.token, n) for label, n in made.items() if isinstance(label, Value)],
            any_words=[(label.most, n) for label, n in made.items() if isinstance(label, AnyWords)],
            ends=ends,
        )
        self._arcs[node] = arcs
        return arcs
