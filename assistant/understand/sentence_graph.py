"""The sentences of a grammar laid out as a graph of pieces of text.

Two machines read it word by word: the `Automaton`, in which near sentences are searched, and the
`Shortlist`, which says for a whole sentence what templates can fit. Both make their nodes when
they are first reached, so two thousand templates cost nothing until somebody says their words.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
Step = Mapping[Label, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence of the graph, as hassil has it: the function it calls, and its block."""

    function: str
    block: IntentData


@dataclass(slots=True)
class Graph:
    """States, and labelled arcs between them. State 0 begins every sentence."""

    arcs: list[list[tuple[Label, int]]] = field(default_factory=lambda: [[]])
    ends: dict[int, int] = field(default_factory=dict)  # last state of a sentence -> its number
    templates: list[Template] = field(default_factory=list)  # by number
    _steps: dict[int, Step] = field(default_factory=dict)
    _first: list[int] = field(default_factory=list)  # by template its first state of its own

    @staticmethod
    def of(grammar: Grammar) -> Graph:
        """All sentences of a grammar; a template's number is its place in `templates`."""
        graph = Graph()
        for name, intent in grammar.intents.intents.items():
            limits = {s: word_limit(kind) for s, kind in grammar.functions[name].slots.items()}
            for block in intent.data:
                writer = _Writer(graph, block.expansion_rules, block.slot_lists, limits)
                for sentence in block.sentences:
                    graph._first.append(len(graph.arcs))
                    graph.ends[writer.write(sentence.expression, 0)] = len(graph.templates)
                    graph.templates.append(Template(name, block))
        return graph

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def link(self, start: int, label: Label, end: int | None = None) -> int:
        end = self.state() if end is None else end
        self.arcs[start].append((label, end))
        return end

    def template_of(self, state: int) -> int:
        """The number of the one template that a state, other than 0, belongs to."""
        return bisect.bisect_right(self._first, state) - 1

    def between_words(self) -> Iterator[int]:
        """Every state between two words that a sentence can be at."""
        todo, seen = [0], {0}
        while todo:
            state = todo.pop()
            yield state
            step = self.step(state)
            new = {after for label in step if label != "" for after in step[label]} - seen
            seen |= new
            todo += new

    def function(self, end: int) -> str:
        """The function of the sentence whose last state this is."""
        return self.templates[self.ends[end]].function

    def step(self, start: int) -> Step:
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
        if state in self.ends:
            found[word].add(state)
        for label, after in self.arcs[state]:
            if isinstance(label, str):
                yield after, word + label
            elif not word:
                if label is _SPACE:
                    yield after, ""
                else:
                    found[label].add(after)
            else:  # the word is whole; what comes now follows it
                found[word].add(state)


class _Writer:
    """Writes the templates of one block into the graph."""

    def __init__(
        self, graph: Graph, rules: Mapping[str, Sentence], lists: Mapping[str, SlotList],
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
