"""The grammar as an automaton: which words may follow, at every point of every sentence.

Templates are laid out as a graph of pieces of text (`_Graph`); an `Automaton` reads it word by
word, as a deterministic machine whose nodes are made when they are first reached (subset
construction). So two thousand templates cost nothing until somebody says their words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import IntentData, SlotList, TextSlotList

from assistant.understand.grammar import Grammar, Token, word_limit


@dataclass(frozen=True, slots=True)
class Value:
    """An arc that takes a value of this type."""

    token: Token


@dataclass(frozen=True, slots=True)
class AnyWords:
    """An arc that takes any words, at most so many."""

    most: float


_SPACE = None  # the label between two words; "" leads on without a word
Label = str | Value | AnyWords | None


@dataclass(slots=True)
class _Graph:
    """States, and labelled arcs between them. State 0 begins every sentence."""

    arcs: list[list[tuple[Label, int]]] = field(default_factory=lambda: [[]])
    ends: dict[int, str] = field(default_factory=dict)  # last state of a sentence -> its function

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def link(self, start: int, label: Label, end: int | None = None) -> int:
        end = self.state() if end is None else end
        self.arcs[start].append((label, end))
        return end


class _Writer:
    """Writes the templates of one block into the graph."""

    def __init__(
        self, graph: _Graph, rules: Mapping[str, Sentence], lists: Mapping[str, SlotList],
        limits: Mapping[str, float],
    ) -> None:  # fmt: skip
        self._graph = graph
        self._rules = rules
        self._lists = lists
        self._limits = limits

    def write(self, expression: Expression, start: int) -> int:
        """The state after the expression."""
        graph = self._graph
        match expression:
            case TextChunk():
                return self._text(expression.text, start)
            case RuleReference():
                return self.write(self._rules[expression.rule_name].expression, start)
            case ListReference():
                return self._slot(expression.list_name, start)
            case Alternative():
                end = graph.state()
                for item in expression.items:
                    graph.link(self.write(item, start), "", end)
                return end
            case Permutation():
                return self._any_order(expression.items, start)
            case Group():
                for item in expression.items:
                    start = self.write(item, start)
        return start

    def _text(self, text: str, start: int) -> int:
        for n, piece in enumerate(text.split(" ")):
            if n:
                start = self._graph.link(start, _SPACE)
            if piece:
                start = self._graph.link(start, piece)
        return start

    def _any_order(self, items: Sequence[Expression], start: int) -> int:
        if not items:
            return start
        end = self._graph.state()
        for n, item in enumerate(items):
            rest = [*items[:n], *items[n + 1 :]]
            self._graph.link(self._any_order(rest, self.write(item, start)), "", end)
        return end

    def _slot(self, name: str, start: int) -> int:
        slot_list = self._lists[name]
        if not isinstance(slot_list, TextSlotList):
            return self._graph.link(start, AnyWords(self._limits.get(name, float("inf"))))
        values = slot_list.values
        if values and isinstance(token := values[0].value_out, Token):
            return self._graph.link(start, Value(Token(0, token.kind, token.among)))
        end = self._graph.state()
        for value in values:  # without any, the end is not reached
            self._graph.link(self.write(value.text_in, start), "", end)
        return end


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


Step = Mapping[Label, frozenset[int]]


class Automaton:
    """All sentences of a grammar. A node is a number; `START` is where every sentence begins."""

    START = 0

    def __init__(self, grammar: Grammar) -> None:
        self._graph = _Graph()
        for name, intent in grammar.intents.intents.items():
            limits = {s: word_limit(kind) for s, kind in grammar.functions[name].slots.items()}
            for block in intent.data:
                self._add(name, block, limits)
        self._steps: dict[int, Step] = {}
        self._numbers: dict[frozenset[int], int] = {}
        self._states: list[frozenset[int]] = []
        self._arcs: list[Arcs | None] = []
        self._node(frozenset([0]))

    def arcs(self, node: int) -> Arcs:
        return self._arcs[node] or self._expand(node)

    def words(self) -> set[str]:
        """Every word that some sentence has, numbers in digits."""
        return {
            label
            for step in self._all_steps()
            for label in step
            if label and isinstance(label, str)
        }

    def pairs(self, among: Set[str]) -> set[tuple[str, str]]:
        """The pairs of these words that follow each other in some sentence.

        Found in the graph, not in the machine: that has a node for each way in which sentences
        share their beginnings, twenty times as many with the names of a home in them."""
        return {
            (first, second)
            for step in self._all_steps()
            for first in among & step.keys()
            for after in step[first]
            for second in among & self._step(after).keys()
        }

    def _all_steps(self) -> Iterator[Step]:
        """From every state between two words that a sentence can be at."""
        todo, seen = [0], {0}
        while todo:
            step = self._step(todo.pop())
            yield step
            new = {after for label in step if label != "" for after in step[label]} - seen
            seen |= new
            todo += new

    def _add(self, name: str, block: IntentData, limits: Mapping[str, float]) -> None:
        writer = _Writer(self._graph, block.expansion_rules, block.slot_lists, limits)
        for sentence in block.sentences:
            self._graph.ends[writer.write(sentence.expression, 0)] = name

    def _node(self, states: frozenset[int]) -> int:
        number = self._numbers.setdefault(states, len(self._states))
        if number == len(self._states):
            self._states.append(states)
            self._arcs.append(None)
        return number

    def _expand(self, node: int) -> Arcs:
        together: dict[Label, set[int]] = defaultdict(set)
        for state in self._states[node]:
            for label, after in self._step(state).items():
                together[label] |= after
        ends = frozenset(self._graph.ends[state] for state in together.pop("", ()))
        made = {label: self._node(frozenset(states)) for label, states in together.items()}
        arcs = Arcs(
            words={label: n for label, n in made.items() if isinstance(label, str)},
            values=[(label.token, n) for label, n in made.items() if isinstance(label, Value)],
            any_words=[(label.most, n) for label, n in made.items() if isinstance(label, AnyWords)],
            ends=ends,
        )
        self._arcs[node] = arcs
        return arcs

    def _step(self, start: int) -> Step:
        """From a state between two words: each next word, value or wildcard, with the states
        after it; under "" the states where a sentence ends."""
        if start not in self._steps:
            found: dict[Label, set[int]] = defaultdict(set)
            todo, seen = [(start, "")], {(start, "")}
            while todo:
                for item in self._moves(*todo.pop(), found):
                    if item not in seen:
                        seen.add(item)
                        todo.append(item)
            self._steps[start] = {label: frozenset(states) for label, states in found.items()}
        return self._steps[start]

    def _moves(
        self, state: int, word: str, found: dict[Label, set[int]]
    ) -> Iterator[tuple[int, str]]:
        """One arc further, with the word so far; whole words and the like go into `found`."""
        if state in self._graph.ends:
            found[word].add(state)
        for label, after in self._graph.arcs[state]:
            if isinstance(label, str):
                yield after, word + label
            elif not word:
                if label is _SPACE:
                    yield after, ""
                else:
                    found[label].add(after)
            else:  # the word is whole; what comes now follows it
                found[word].add(state)
