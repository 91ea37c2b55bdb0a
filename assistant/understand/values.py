"""The values in a sentence: where they stand, and what each may mean.

"seven thirty" may be a time; "seven" a number or a time; "half an hour" a duration. Sentence
templates name the type that they want, so a span keeps every reading until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.arithmetic import Expression
from assistant.quantities import DateRange, Money, Ordinal, Percent, Quantity, Spelled
from assistant.understand.amounts import money, quantity
from assistant.understand.extract.scan import Scan
from assistant.understand.letters import ordinal, spelled
from assistant.understand.normalize import Words
from assistant.understand.numbers import number
from assistant.understand.readings import times
from assistant.understand.sums import sum_in_words

# "a second timer", "one more timer"
_ARTICLE_LIKE = (("a", "second"), ("one",), ("another", "second"))


_WEAK = (dt.date, DateRange, Ordinal, Spelled)
_PARSERS: Mapping[type, Callable[[Sequence[str], int, str], tuple[Any, int] | None]] = {
    Quantity: quantity,
    Expression: sum_in_words,
    Ordinal: ordinal,
    Spelled: spelled,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words [start, end) of a sentence that say a value."""

    start: int
    end: int
    readings: Mapping[type, Any]  # int, float, timedelta, ... -> the value
    weak: bool  # as likely plain words: "a second", "today"


def find(sentence: Words, language: str, now: dt.datetime) -> list[Span]:
    """All values, from left to right; at each place the reading of the most words wins.

    now: aware; times of day and dates are resolved against it.
    """
    spans, i = [], 0
    placed = _placed(sentence, language, now)
    while i < len(sentence):
        span = _span(sentence, placed, i, now)
        if span:
            spans.append(span)
        i = span.end if span else i + 1
    return spans


def find_numbers(sentence: Words, language: str) -> list[Span]:
    """Only the numbers: "three hours" is a three, for a template that names the hours itself."""
    spans, i = [], 0
    while i < len(sentence):
        found = number(sentence.plain, i, language)
        if found:
            value, end = found
            kinds = (float, int) if isinstance(value, int) else (float,)
            spans.append(Span(i, end, dict.fromkeys(kinds, value), weak=False))
        i = found[1] if found else i + 1
    return spans


def every_value(sentence: Words, language: str, now: dt.datetime) -> list[Span]:
    """All of `find`, and the numbers within longer values."""
    found = find(sentence, language, now)
    return found + [span for span in find_numbers(sentence, language) if span not in found]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sentence as tokens, and which words they are of."""

    scan: Scan
    tokens: Sequence[int]  # the first token of each word
    words: Mapping[int, int]  # the word that begins at a token; the one after the last as well

    def word_after(self, token: int) -> int | None:
        """The index of the word after a value that ends before a token; None within a word, but
        for the "'s" of "tomorrow's"."""
        if token not in self.words and self.scan.words[token : token + 2] == ["'", "s"]:
            token += 2
        return self.words.get(token)


def _placed(sentence: Words, language: str, now: dt.datetime) -> _Placed:
    scan = Scan.of_words(sentence.plain, language, now.replace(tzinfo=None))
    tokens = [token for token in range(len(scan)) if not scan.glued(token)]
    words = {token: word for word, token in enumerate([*tokens, len(scan)])}
    return _Placed(scan, tokens, words)


def _span(sentence: Words, placed: _Placed, i: int, now: dt.datetime) -> Span | None:
    readings: dict[type, Any] = {}
    end = i
    for kind, value, after in _readings(sentence, placed, i, now):
        if after > end:
            readings, end = {}, after
        if after == end and after > i:
            readings[kind] = value
    if not readings:
        return None
    weak = not readings.keys().isdisjoint(_WEAK) or sentence.plain[i:end] in _ARTICLE_LIKE
    return Span(i, end, readings, weak)


def _readings(
    sentence: Words, placed: _Placed, i: int, now: dt.datetime
) -> Iterator[tuple[type, Any, int]]:
    words, language = sentence.plain, placed.scan.language
    for kind, read, token in times(placed.scan, placed.tokens[i], now):
        if (end := placed.word_after(token)) is not None:
            yield kind, read, end
    if found := number(words, i, language):
        yield from _kinds_of_number(words, *found, language)
    if amount := money(words, i, language):
        yield Money, *amount
    for kind, parse in _PARSERS.items():
        if value := parse(words, i, language):
            yield kind, *value


def _kinds_of_number(
    words: Sequence[str], value: float, end: int, language: str
) -> Iterator[tuple[type, Any, int]]:
    yield float, value, end
    if isinstance(value, int):
        yield int, value, end
    if _is_percent(words, end, language):
        yield Percent, Percent(value), end
    elif isinstance(value, float):
        yield Fraction, Fraction(value).limit_denominator(1000), end


def _is_percent(words: Sequence[str], end: int, language: str) -> bool:
    return words[end - 1] == "percent" or (language == "es" and words[end - 1] == "ciento")
