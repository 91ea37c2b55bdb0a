"""A sentence template laid out as a machine: which words may follow at each point of it.

A template is first written down as pieces of text with arcs between them, as a rule or an
optional letter may stand within a word ("timer[s]"). From that a deterministic machine over whole
words is made, and of that the smallest one, in which points that go on alike are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from hassil.intents import IntentData, TextSlotList

from assistant.understand.grammar import Token


@dataclass(frozen=True, slots=True)
class Value:
    """An arc that takes a value of this type."""

    token: Token


@dataclass(frozen=True, slots=True)
class AnyWords:
    """An arc that takes any words, at most so many."""

    most: float


Label = str | Value | AnyWords
"""What an arc takes; a word is never empty."""

_SPACE = None  # between two words; "" leads on without a word
_Piece = Label | None
_END = ""
"""In a step: a sentence ends here."""


@dataclass(frozen=True, slots=True)
class Point:
    """ends: whether a sentence may end here. goes_on: whether it may end later: not where a slot
    has no phrases. arcs: what may follow, and the number of the point after it."""

    ends: bool
    goes_on: bool
    arcs: Mapping[Label, int]


def machine(block: IntentData, limits: Mapping[str, float]) -> list[Point]:
    """The points of the one sentence template of a block; every sentence begins at the last one.

    limits: by slot, the most words that it may take as they were said.
    """
    written = _Written(block, limits)
    end = written.write(block.sentences[0].expression, 0)
    return _Smallest(written.arcs, end).points


class _Written:
    """The template as pieces of text. State 0 begins it."""

    def __init__(self, block: IntentData, limits: Mapping[str, float]) -> None:
        self.arcs: list[list[tuple[_Piece, int]]] = [[]]
        self._rules = block.expansion_rules
        self._lists = block.slot_lists
        self._limits = limits

    def write(self, expression: Expression, start: int) -> int:
        """The state after the expression."""
        match expression:
            case TextChunk():
                return self._text(expression.text, start)
            case RuleReference():
                return self.write(self._rules[expression.rule_name].expression, start)
            case ListReference():
                return self._slot(expression.list_name, start)
            case Alternative():
                return self._either(expression.items, start)
            case Permutation():
                return self._any_order(expression.items, start)
            case Group():
                for item in expression.items:
                    start = self.write(item, start)
        return start

    def _state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def _link(self, start: int, piece: _Piece, end: int | None = None) -> int:
        end = self._state() if end is None else end
        self.arcs[start].append((piece, end))
        return end

    def _text(self, text: str, start: int) -> int:
        for n, piece in enumerate(text.split(" ")):
            if n:
                start = self._link(start, _SPACE)
            if piece:
                start = self._link(start, piece)
        return start

    def _either(self, items: Sequence[Expression], start: int) -> int:
        end = self._state()
        for item in items:
            self._link(self.write(item, start), "", end)
        return end

    def _any_order(self, items: Sequence[Expression], start: int) -> int:
        if not items:
            return start
        end = self._state()
        for n, item in enumerate(items):
            rest = [*items[:n], *items[n + 1 :]]
            self._link(self._any_order(rest, self.write(item, start)), "", end)
        return end

    def _slot(self, name: str, start: int) -> int:
        slot_list = self._lists[name]
        if not isinstance(slot_list, TextSlotList):
            return self._link(start, AnyWords(self._limits.get(name, float("inf"))))
        values = slot_list.values
        if values and isinstance(token := values[0].value_out, Token):
            return self._link(start, Value(Token(0, token.kind, token.among)))
        return self._either([value.text_in for value in values], start)  # without any: a dead end


class _Smallest:
    """Subset construction and sharing of equal points, in one walk: no sentence goes in circles."""

    def __init__(self, arcs: Sequence[Sequence[tuple[_Piece, int]]], end: int) -> None:
        self.points: list[Point] = []
        self._arcs = arcs
        self._end = end
        self._steps: dict[int, Mapping[Label, set[int]]] = {}
        self._known: dict[frozenset[int], int] = {}
        self._alike: dict[tuple[bool, frozenset[tuple[Label, int]]], int] = {}
        self._number(frozenset([0]))  # the last one: nothing shorter is like the whole

    def _number(self, states: frozenset[int]) -> int:
        """The number of the point that these states are."""
        known = self._known.get(states)
        if known is not None:
            return known
        together: dict[Label, set[int]] = defaultdict(set)
        for state in states:
            for label, after in self._step(state).items():
                together[label].update(after)
        ends = bool(together.pop(_END, None))
        arcs = {label: self._number(frozenset(after)) for label, after in together.items()}
        alike = ends, frozenset(arcs.items())
        number = self._alike.setdefault(alike, len(self.points))
        if number == len(self.points):
            later = (self.points[n] for n in arcs.values())
            goes_on = any(point.ends or point.goes_on for point in later)
            self.points.append(Point(ends, goes_on, arcs))
        self._known[states] = number
        return number

    def _step(self, start: int) -> Mapping[Label, set[int]]:
        """From a state between two words: each next word, value or wildcard, with the states
        after it."""
        if start not in self._steps:
            found: dict[Label, set[int]] = defaultdict(set)
            todo, seen = [(start, "")], {(start, "")}
            while todo:
                for item in self._moves(*todo.pop(), found):
                    if item not in seen:
                        seen.add(item)
                        todo.append(item)
            self._steps[start] = found
        return self._steps[start]

    def _moves(
        self, state: int, word: str, found: dict[Label, set[int]]
    ) -> Iterator[tuple[int, str]]:
        """One arc further, with the word so far; whole words and the like go into `found`."""
        if state == self._end:
            found[word].add(state)
        for piece, after in self._arcs[state]:
            if isinstance(piece, str):
                yield after, word + piece
            elif not word:
                if piece is _SPACE:
                    yield after, ""
                else:
                    found[piece].add(after)
            else:  # the word is whole; what comes now follows it
                found[word].add(state)
