"""Sentences drawn from the templates, written as in the templates: with accents, numbers in words.

They show speech recognition what will be said, and tests what must be understood.
"""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import hassil
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)

from assistant import spoken
from assistant.quantities import Money, Ordinal, Percent, Quantity
from assistant.recurrence import Recurrence
from assistant.understand.grammar import Understandable, told

_VALUES: Mapping[Any, tuple[Any, ...]] = {
    int: (5, 12, 30),
    float: (5, 12, 30),
    dt.timedelta: (dt.timedelta(minutes=10), dt.timedelta(hours=1), dt.timedelta(seconds=45)),
    dt.time: (dt.time(7, 30), dt.time(18)),
    dt.date: (dt.date(2027, 5, 5), dt.date(2027, 12, 25)),
    dt.datetime: (dt.datetime(2027, 5, 5, 7, 30), dt.datetime(2027, 5, 5, 18)),
    Recurrence: (Recurrence("FREQ=DAILY", dt.time(7)), Recurrence("FREQ=WEEKLY;BYDAY=MO")),
    Quantity: (Quantity(5, "mile"), Quantity(2, "liter"), Quantity(100, "gram")),
    Money: (Money(20, "USD"), Money(5, "EUR")),
    Percent: (Percent(20), Percent(50)),
    Ordinal: (Ordinal(2), Ordinal(3)),
}


class Sampler:
    """Draws sentences of one function in one language; `chance` decides."""

    def __init__(self, function: Understandable, language: str, chance: random.Random) -> None:
        self._function = function
        self._language = language
        self._chance = chance
        self._told: dict[str, tuple[Any, Any]] = {}  # the names of a home take a while to list

    def sentence(self, template: str) -> str | None:
        """A sentence of a template, or None when it needs words that nobody can foretell."""
        pieces: list[str] = []
        if not self._draw(_parsed(template), pieces):
            return None
        return " ".join("".join(pieces).split())

    def _draw(self, expression: Expression, pieces: list[str]) -> bool:
        match expression:
            case TextChunk():
                pieces.append(expression.original_text)
                return True
            case ListReference():
                return self._value(expression.list_name, pieces)
            case RuleReference():
                rule = self._function.rules[self._language][expression.rule_name]
                return self._draw(_parsed(rule), pieces)
            case Alternative():
                return self._draw(self._choose(expression), pieces)
            case Permutation():
                items = self._chance.sample(expression.items, len(expression.items))
                return all(self._draw(item, pieces) for item in items)
            case Group():
                return all(self._draw(item, pieces) for item in expression.items)
        return False

    def _choose(self, expression: Alternative) -> Expression:
        return self._chance.choice(expression.items)

    def _phrase(self, phrases: Sequence[str]) -> str:
        return self._chance.choice(phrases)

    def _value(self, slot: str, pieces: list[str]) -> bool:
        if slot not in self._told:
            self._told[slot] = told(self._function.slots[slot], self._language)
        kind, meta = self._told[slot]
        if get_origin(kind) is Literal:
            pieces.append(str(self._chance.choice(get_args(kind))))
            return True
        if isinstance(meta, Mapping):
            if not meta:
                return False
            return self._draw(_parsed(self._phrase(list(meta))), pieces)
        if kind is str or kind not in _VALUES:
            return False
        value = self._chance.choice(meta or _VALUES[kind])
        pieces.append(spoken.render(value, self._language))
        return True


@functools.lru_cache(maxsize=256)  # those of one function, over and over
def _parsed(template: str) -> Expression:
    return hassil.parse_sentence(template).expression
