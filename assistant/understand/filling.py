"""Fills the slots of a function from a sentence that is not one of its own.

Values come from the value parsers, phrases from the function's lists, and free words are what
neither its templates nor its values explain. Nothing is guessed: what is not certain is missing.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, get_args, get_origin

import hassil
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    TextChunk,
)

from assistant.understand.content import COMMON, is_free, own_stems, phrases, stem
from assistant.understand.grammar import Understandable, folded, word_limit
from assistant.understand.normalize import Words, words
from assistant.understand.values import Span, find

_LONGEST = 6
"""Words that are taken for a free phrase; more of them are a sentence of its own."""
_MOST_VARIANTS = 24  # of a phrase that is a template


@dataclass(frozen=True, slots=True)
class Filled:
    """What was found of a function in a sentence.

    missing: slots without which it cannot be called, in the order of its parameters.
    unused: values that it has no place for, so that it cannot be all that is wanted.
    unexplained: content words that no sentence of it has.
    guessed: a slot holds such words, because it is the only one that could.
    named: some word beside the values, that not any sentence may have, is of the function.
    """

    slots: Mapping[str, Any]
    missing: Sequence[str]
    unused: int
    unexplained: Sequence[str]
    guessed: bool
    named: bool


@dataclass
class _State:
    """taken: words that are in slots, or explained."""

    said: Words
    taken: set[int] = field(default_factory=set)
    slots: dict[str, Any] = field(default_factory=dict)


class Filler:
    """The slots of one function in one language."""

    def __init__(self, function: Understandable, language: str) -> None:
        self._function = function
        self._language = language
        self._common = COMMON.get(language, frozenset())
        kinds = function.slots.items()
        self._free = [name for name, kind in kinds if is_free(kind)]
        self._valued = {
            name: kind for name, kind in kinds if not is_free(kind) and not phrases(kind)
        }

    @cached_property
    def stems(self) -> frozenset[str]:
        return own_stems(self._function, self._language)

    @cached_property
    def _phrases(self) -> Mapping[str, list[tuple[tuple[str, ...], Any]]]:
        """For each slot that holds phrases, the words of each, the longest first."""
        made: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        for name, kind in self._function.slots.items():
            known = [
                (words(text, self._language).plain, text if value is None else value)
                for template, value in phrases(kind).items()
                for text in _variants(template)
            ]
            if known:
                made[name] = sorted(known, key=lambda pair: -len(pair[0]))
        return made

    @cached_property
    def _required(self) -> frozenset[str]:
        rules = self._function.rules.get(self._language, {})
        needed = [
            _named(hassil.parse_sentence(folded(template, self._language)).expression, rules)
            | set(self._function.assumed.get(template, {}))
            for template in self._function.sentences[self._language]
        ]
        return frozenset(set.intersection(*needed)) if needed else frozenset()

    def fill(self, said: Words, now: Callable[[], dt.datetime]) -> Filled:
        state = _State(said)
        self._take_phrases(state)
        phrased = bool(state.taken)
        spans = [
            span
            for span in find(said, self._language, now())
            if state.taken.isdisjoint(range(span.start, span.end))
        ]
        unused = self._take_values(state, spans)
        guessed = self._take_words(state, spans)
        unexplained = [
            word
            for i, word in enumerate(said.plain)
            if i not in state.taken and not self._explains(word)
        ]
        missing = [n for n in self._function.slots if n in self._required and n not in state.slots]
        named = phrased or any(
            i not in state.taken and word not in self._common and stem(word) in self.stems
            for i, word in enumerate(said.plain)
        )
        return Filled(state.slots, missing, unused, unexplained, guessed, named)

    def _explains(self, word: str) -> bool:
        return word in self._common or stem(word) in self.stems

    def _take_phrases(self, state: _State) -> None:
        """Phrases of lists; two different ones for a slot are none."""
        plain = state.said.plain
        for name, known in self._phrases.items():
            found: dict[str, Any] = {}
            places: list[range] = []
            for text, value in known:
                for i in range(len(plain) - len(text) + 1):
                    place = range(i, i + len(text))
                    if plain[i : i + len(text)] == text and not any(
                        set(place) & set(other) for other in places
                    ):
                        found[repr(value)] = value
                        places.append(place)
            if len(found) == 1:
                state.slots[name] = next(iter(found.values()))
                state.taken |= {i for place in places for i in place}

    def _take_values(self, state: _State, spans: Sequence[Span]) -> int:
        """Gives each slot the one value that it takes; the number of values left over."""
        left = list(spans)
        fits = {
            name: [span for span in spans if _accepts(kind, span)]
            for name, kind in self._valued.items()
        }
        for name in sorted(fits, key=lambda n: len(fits[n])):
            free = [span for span in fits[name] if span in left]
            if len(free) == 1:
                span = free[0]
                state.slots[name] = span.readings[_kind(self._valued[name])]
                state.taken |= set(range(span.start, span.end))
                left.remove(span)
        return sum(not self._is_said_otherwise(span, state) for span in left)

    def _is_said_otherwise(self, span: Span, state: _State) -> bool:
        """Whether the words of a value are those of the templates: "today", "a second timer"."""
        return all(self._explains(word) for word in state.said.plain[span.start : span.end])

    def _take_words(self, state: _State, spans: Sequence[Span]) -> bool:
        """The one run of words that nothing explains is what the one free slot is about."""
        if len(self._free) != 1:
            return False
        plain = state.said.plain
        valued = {i for span in spans for i in range(span.start, span.end)}
        open_ = [
            i
            for i in range(len(plain))
            if i not in state.taken and i not in valued and not self._explains(plain[i])
        ]
        if not open_:
            return False
        start, end = open_[0], open_[-1] + 1
        inside = set(range(start, end))
        limit = min(word_limit(self._function.slots[self._free[0]]), _LONGEST)
        if inside & (state.taken | valued) or end - start > limit:
            return False
        between = (plain[i] for i in inside - set(open_))
        if any(word not in self._common for word in between):
            return False
        state.slots[self._free[0]] = " ".join(state.said.said[start:end])
        state.taken |= inside
        return True


def _kind(annotation: Any) -> type:
    kind: type = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return kind


def _accepts(annotation: Any, span: Span) -> bool:
    meta = get_args(annotation)[1] if get_origin(annotation) is Annotated else None
    kind = _kind(annotation)
    return kind in span.readings and (not isinstance(meta, range) or span.readings[kind] in meta)


def _named(expression: Expression, rules: Mapping[str, str]) -> set[str]:
    """The slots without which no sentence of an expression can be."""
    match expression:
        case ListReference():
            return {expression.slot_name}
        case RuleReference():
            rule = rules.get(expression.rule_name, "")
            return _named(hassil.parse_sentence(rule).expression, rules) if rule else set()
        case Alternative():
            ways = [_named(item, rules) for item in expression.items]
            return set.intersection(*ways) if ways else set()
        case Group():
            return set().union(*(_named(item, rules) for item in expression.items))
    return set()


def _variants(template: str) -> Iterator[str]:
    """The sentences of a phrase without slots."""
    made = _spelled(hassil.parse_sentence(template).expression)
    for text in itertools.islice(made, _MOST_VARIANTS):
        yield " ".join(text.split())


def _spelled(expression: Expression) -> Iterator[str]:
    match expression:
        case TextChunk():
            yield expression.original_text
        case Alternative():
            for item in expression.items:
                yield from _spelled(item)
        case Group():
            for pieces in itertools.product(*(list(_spelled(i)) for i in expression.items)):
                yield "".join(pieces)
