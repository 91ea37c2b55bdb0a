"""The first step of the cascade: sentence templates, in Home Assistant's (hassil) format.

hassil cannot match two wildcards side by side, as in "set a ten minute pasta timer". So values
are found first (see `values`) and each is replaced by a token; a slot that wants a value takes
only tokens, and a slot that wants words gets them back as they were said. A sentence is tried
with its values replaced and, since "a second timer" is no duration, without; a number that
some template names ("twelve ounce") is tried both ways, "three hours" also as a three.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import hassil

from assistant.arithmetic import Expression
from assistant.quantities import Money, Quantity
from assistant.types import Intent
from assistant.understand import values
from assistant.understand.found_values import found_values
from assistant.understand.grammar import (
    AS_SAID,
    MOST_VALUES,
    TOKENS,
    Grammar,
    Token,
    word_limit,
)
from assistant.understand.later import FUNCTION, later
from assistant.understand.layout import Layout, lay_out
from assistant.understand.normalize import Words, courtesy_taken_off, words
from assistant.understand.numbers import whole, with_digits
from assistant.understand.shortlist import Reads, Shortlist

_COUNTED = frozenset({dt.timedelta, Quantity, Money, Expression})
"""Values that begin with a number which a template may want by itself: "three hours"."""

_TURNS = {"en": ("earlier", "later"), "es": ("antes", "despues", "tarde", "temprano", "mas")}
"""What makes a moment of a length: "ten minutes earlier". Templates may want the two apart."""

_MOST_EITHER = 3
"""Numbers that are tried both as a value and as plain words; each doubles the work."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence with some of its values replaced by tokens, and other numbers by digits."""

    text: str
    first_word: tuple[int, ...]  # for each token or word of `text`, its first word in `said`
    said: Words
    spans: Sequence[values.Span]  # the values behind the tokens, in their order

    def reads(self) -> list[Reads]:
        """Its words, and the types of its values."""
        kinds = {t: frozenset(s.readings) for t, s in zip(TOKENS, self.spans, strict=False)}
        return [kinds.get(word, word) for word in self.text.split()]

    def restore(self, start: int, end: int) -> list[str]:
        """The words behind the characters [start, end) of `text`."""
        first = self.text.count(" ", 0, start)
        last = first + len(self.text[start:end].split())
        return list(self.said.said[self.first_word[first] : self.first_word[last]])


class Candidates(Protocol):
    def intents(self, sentence: Sequence[Reads]) -> hassil.Intents | None:
        """The templates that are worth trying for a sentence."""

    def rest(self) -> None:
        """Let go of what is made again when it is needed."""


class Templates:
    """Matches sentences of one language against the templates of all functions."""

    def __init__(
        self,
        grammar: Grammar,
        now: Callable[[], dt.datetime],
        layout: Layout | None = None,
        shortlist: Candidates | None = None,
    ) -> None:
        """layout: of the grammar; None: is made. shortlist: see `shortlist`, which is used when
        none is given."""
        layout = layout or lay_out(grammar)
        self._language = grammar.language
        self._now = now
        self._functions = grammar.functions
        self._shortlist = shortlist or Shortlist(grammar, layout)
        self._named_numbers = frozenset(word for word in layout.numbers if word.isdigit())

    def match(self, text: str) -> Intent | None:
        """The function that the sentence names, or None.

        Of several templates that fit, the one that leaves the fewest words to wildcards wins,
        then the one with the most literal words, then a function that works on this machine, then
        the earlier one, and of one function the one with the fewest slots: "bedroom lamp" is
        rather a name than a room and a lamp.
        """
        found = self._alone(text)
        if (found is None or found.score < 1) and FUNCTION in self._functions:
            put_off = later(text, self._language, self._now(), self._alone)
            if put_off is not None and (found is None or put_off.score > found.score):
                return put_off
        return found

    def rest(self) -> None:
        """Let go of what is made again when it is needed."""
        self._shortlist.rest()

    def _alone(self, text: str) -> Intent | None:
        """What it means now, and not later."""
        versions = courtesy_taken_off(words(text, self._language), self._language)
        return next((found for said in versions if (found := self._match(said))), None)

    def _match(self, said: Words) -> Intent | None:
        if not said:
            return None
        best: Intent | None = None
        best_cost, fewest = (len(said) + 1, 0), 0
        for reading in self._readings(said):
            intents = self._shortlist.intents(reading.reads())
            for result in hassil.recognize_all(reading.text, intents) if intents else ():
                filled = self._fill(result, reading)
                if filled is None:
                    continue
                slots, wild, valued = filled
                cost, names = (wild, valued), len(result.entities_list)
                same = best is not None and best.function == result.intent.name
                if (
                    cost < best_cost
                    or (cost == best_cost and same and names < fewest)
                    or (cost == best_cost and not same and self._works_rather(result, best))
                ):
                    best_cost, fewest = cost, names
                    best = _intent(result, slots, score=1 - wild / len(said))
        return best

    def _works_rather(self, result: hassil.RecognizeResult, best: Intent | None) -> bool:
        """Whether only the later of two functions works here: "brighter" means the lights where
        there is no screen."""
        if best is None or self._functions[best.function].available():
            return False
        return self._functions[result.intent.name].available()

    def _fill(
        self, result: hassil.RecognizeResult, reading: _Reading
    ) -> tuple[dict[str, Any], int, int] | None:
        """Values by slot, and the number of words in wildcards and in values; None when one is
        of another type than its slot."""
        slots: dict[str, Any] = {}
        wild = valued = 0
        kinds = self._functions[result.intent.name].slots
        for entity in result.entities_list:
            if isinstance(entity.value, Token):
                span = reading.spans[entity.value.n]
                if not entity.value.accepts(span.readings):
                    return None
                valued += span.end - span.start
                slots[entity.name] = span.readings[entity.value.kind]
            elif entity.is_wildcard:
                phrase = reading.restore(*(entity.text_span or (0, 0)))
                if not phrase or len(phrase) > word_limit(kinds.get(entity.name)):
                    return None
                wild += len(phrase)
                slots[entity.name] = " ".join(phrase)
            elif entity.text_span is None:  # assumed by its template
                slots[entity.name] = entity.value
            else:
                phrase = reading.restore(*entity.text_span)
                slots[entity.name] = " ".join(phrase) if entity.value is AS_SAID else entity.value
        return slots, wild, valued

    def _readings(self, said: Words) -> Iterator[_Reading]:
        """With every value replaced, but for numbers that templates name; with those that are
        surely values; with numbers only ("three hours"); with none."""
        spans = [*found_values(said, self._language, self._now())][:MOST_VALUES]
        choices = self._with_some_plain(said, spans)
        choices.append([span for span in spans if not span.weak])
        if any(said.plain[span.end - 1] in _TURNS[self._language] for span in spans):
            choices.append(self._before_turn(said, spans))
        if any(not _COUNTED.isdisjoint(span.readings) for span in spans):
            numbers = values.find_numbers(said, self._language)[:MOST_VALUES]
            choices += self._with_some_plain(said, numbers)
        choices.append([])
        for i, chosen in enumerate(choices):
            if chosen not in choices[:i]:
                yield _reading(said, chosen, self._language)

    def _before_turn(self, said: Words, spans: Sequence[values.Span]) -> Sequence[values.Span]:
        """The values with "earlier" and the like left to the templates."""
        turns = _TURNS[self._language]
        at = next(span.end - 1 for span in spans if said.plain[span.end - 1] in turns)
        before = [*found_values(said.cut(0, at), self._language, self._now())][:MOST_VALUES]
        return [*before, *(span for span in spans if span.start > at)][:MOST_VALUES]

    def _with_some_plain(
        self, said: Words, spans: list[values.Span]
    ) -> list[Sequence[values.Span]]:
        """With all of the values, and without some or all of those that templates name."""
        named = [span for span in spans if self._is_named(said, span)][:_MOST_EITHER]
        kept = [left for n in range(len(named) + 1) for left in itertools.combinations(named, n)]
        return [[span for span in spans if span not in left] for left in kept]

    def _is_named(self, said: Words, span: values.Span) -> bool:
        found = whole(said.plain, span.start, self._language)
        return found is not None and str(found[0]) in self._named_numbers


def _intent(result: hassil.RecognizeResult, slots: dict[str, Any], score: float) -> Intent:
    template = result.intent_sentence.text if result.intent_sentence else ""
    return Intent(result.intent.name, slots, "templates", score, f"fits “{template}”")


def _reading(said: Words, chosen: Sequence[values.Span], language: str) -> _Reading:
    pieces: list[str] = []
    first_word: list[int] = []

    def plain(start: int, end: int) -> None:
        for word, at in with_digits(said.plain[start:end], language):
            pieces.append(word)
            first_word.append(start + at)

    i = 0
    for token, span in zip(TOKENS, chosen, strict=False):
        plain(i, span.start)
        pieces.append(token)
        first_word.append(span.start)
        i = span.end
    plain(i, len(said))
    return _Reading(" ".join(pieces), (*first_word, len(said)), said, chosen)
