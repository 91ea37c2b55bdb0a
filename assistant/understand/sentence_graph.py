"""The sentences of a grammar laid out as a graph of pieces of text.

Two machines read it word by word: the `Automaton`, in which near sentences are searched, and the
`Shortlist`, which says for a whole sentence what templates can fit. Both make their nodes when
they are first reached, so two thousand templates cost nothing until somebody says their words.
"""

from __future__ import annotations

import bisect
import threading
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
Step = Mapping[Label, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence of the graph, as hassil has it: the function it calls, and its block."""

    function: str
    block: IntentData


class Graph:
    """States, and labelled arcs between them. State 0 begins every sentence.

    Kept as rows of numbers: as lists and sets the sentences of 236 functions took 42 MB, so 3. What
    follows a state is worked out when it is first asked for, by whichever thread asks.
    """

    def __init__(self) -> None:
        self.ends: dict[int, int] = {}  # last state of a sentence -> its number
        self.templates: list[Template] = []  # by number
        self._first: list[int] = []  # by template its first state of its own
        self._arcs = _Rows()  # by state: label, state
        self._steps = array("I", [0])  # see `_keep`
        self._places: dict[int, int] = {}  # by state where its step is among them
        self._numbers: dict[Label, int] = {}
        self._labels: list[Label] = []
        self._lock = threading.Lock()
        self.state()

    @staticmethod
    def of(grammar: Grammar, go_on: Callable[[], None] = lambda: None) -> Graph:
        """All sentences of a grammar; a template's number is its place in `templates`.

        go_on: called before each function; what it raises ends that."""
        graph = Graph()
        for name, intent in grammar.intents.intents.items():
            go_on()
            limits = {s: word_limit(kind) for s, kind in grammar.functions[name].slots.items()}
            for block in intent.data:
                writer = _Writer(graph, block.expansion_rules, block.slot_lists, limits)
                for sentence in block.sentences:
                    graph._first.append(len(graph._arcs))
                    graph.ends[writer.write(sentence.expression, 0)] = len(graph.templates)
                    graph.templates.append(Template(name, block))
        return graph

    def state(self) -> int:
        return self._arcs.more()

    def link(self, start: int, label: Label, end: int | None = None) -> int:
        end = self.state() if end is None else end
        self._arcs.add(start, self._number(label), end)
        return end

    def template_of(self, state: int) -> int:
        """The number of the one template that a state, other than 0, belongs to."""
        return bisect.bisect_right(self._first, state) - 1

    def between_words(self) -> Iterator[tuple[int, Step]]:
        """Every state between two words that a sentence can be at, and its step."""
        todo, seen = [0], {0}
        while todo:
            state = todo.pop()
            step = self.step(state)
            yield state, step
            new = {after for label in step if label != "" for after in step[label]} - seen
            seen |= new
            todo += new

    def function(self, end: int) -> str:
        """The function of the sentence whose last state this is."""
        return self.templates[self.ends[end]].function

    def step(self, start: int) -> Step:
        """From a state between two words: each next word, value or wildcard, with the states
        after it; under "" the states where a sentence ends."""
        at = self._places.get(start)
        if at is None:
            with self._lock:
                at = self._places.get(start) or self._keep(start)
        kept, labels = self._steps, self._labels
        step: dict[Label, Sequence[int]] = {}
        for _ in range(kept[at]):
            label, begin, at = labels[kept[at + 1]], at + 3, at + 2 + kept[at + 2]
            step[label] = kept[begin : at + 1]
        return step

    def _keep(self, start: int) -> int:
        """Work out a step, and keep it as numbers: how many labels, and for each its own number,
        how many states, and these."""
        found = self._work_out(start)
        row = array("I", [len(found)])
        for label, states in found.items():
            row.extend((self._number(label), len(states), *states))
        at = len(self._steps)
        self._steps.extend(row)
        self._places[start] = at
        return at

    def _work_out(self, start: int) -> Mapping[Label, set[int]]:
        found: dict[Label, set[int]] = defaultdict(set)
        todo, seen = [(start, "")], {(start, "")}
        while todo:
            for item in self._moves(*todo.pop(), found):
                if item not in seen:
                    seen.add(item)
                    todo.append(item)
        return found

    def _moves(
        self, state: int, word: str, found: dict[Label, set[int]]
    ) -> Iterator[tuple[int, str]]:
        """One arc further, with the word so far; whole words and the like go into `found`."""
        if state in self.ends:
            found[word].add(state)
        for number, after in self._arcs.of(state):
            label = self._labels[number]
            if isinstance(label, str):
                yield after, word + label
            elif not word:
                if label is _SPACE:
                    yield after, ""
                else:
                    found[label].add(after)
            else:  # the word is whole; what comes now follows it
                found[word].add(state)

    def _number(self, label: Label) -> int:
        number = self._numbers.setdefault(label, len(self._labels))
        if number == len(self._labels):
            self._labels.append(label)
        return number


class _Rows:
    """For each of many keys, 0 and up, a short row of pairs of numbers, as they were added."""

    def __init__(self) -> None:
        self._first = array("I")  # by key its first pair, 0 for none
        self._last = array("I")
        self._next = array("I", [0])  # by pair the next of its key
        self._pairs = array("I", [0, 0])

    def __len__(self) -> int:
        return len(self._first)

    def more(self) -> int:
        """Another key."""
        self._first.append(0)
        self._last.append(0)
        return len(self._first) - 1

    def add(self, key: int, one: int, other: int) -> None:
        place = len(self._next)
        self._next.append(0)
        self._pairs.extend((one, other))
        if self._first[key]:
            self._next[self._last[key]] = place
        else:
            self._first[key] = place
        self._last[key] = place

    def of(self, key: int) -> Iterator[tuple[int, int]]:
        place = self._first[key]
        while place:
            yield self._pairs[2 * place], self._pairs[2 * place + 1]
            place = self._next[place]


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
