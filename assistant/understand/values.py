"""The values in a sentence: where they stand, and what each may mean.

"seven thirty" may be a time; "seven" a number or a time; "half an hour" a duration. Sentence
templates name the type that they want, so a span keeps every reading until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from assistant.arithmetic import Expression
from assistant.quantities import Money, Ordinal, Percent, Quantity, Spelled
from assistant.recurrence import Recurrence
from assistant.understand.amounts import money, quantity
from assistant.understand.clocks import clock
from assistant.understand.dates import date
from assistant.understand.durations import duration, is_unit
from assistant.understand.instants import instant
from assistant.understand.letters import ordinal, spelled
from assistant.understand.normalize import Words
from assistant.understand.numbers import number
from assistant.understand.recurrences import recurrence
from assistant.understand.sums import sum_in_words

# "a second timer", "one more timer"
_ARTICLE_LIKE = (("a", "second"), ("one",), ("another", "second"))


_WEAK = (Ordinal, Spelled)
_PARSERS: Mapping[type, Callable[[Sequence[str], int, str], tuple[Any, int] | None]] = {
    Recurrence: recurrence,
    Quantity: quantity,
    Expression: sum_in_words,
    Ordinal: ordinal,
    Spelled: spelled,
}
_V = TypeVar("_V")


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
    while i < len(sentence):
        span = _span(sentence, i, language, now)
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


def _span(sentence: Words, i: int, language: str, now: dt.datetime) -> Span | None:
    readings: dict[type, Any] = {}
    end = i
    for kind, value, after in _readings(sentence, i, language, now):
        if after > end:
            readings, end = {}, after
        if after == end and after > i:
            readings[kind] = value
    if not readings:
        return None
    weak = (
        dt.date in readings
        or not readings.keys().isdisjoint(_WEAK)
        or sentence.plain[i:end] in _ARTICLE_LIKE
    )
    return Span(i, end, readings, weak)


def _readings(
    sentence: Words, i: int, language: str, now: dt.datetime
) -> Iterator[tuple[type, Any, int]]:
    words = sentence.plain
    if length := duration(words, i, language):
        yield dt.timedelta, *length
    if found := number(words, i, language):
        yield from _kinds_of_number(words, *found, language)
    if time := clock(words, i, language, now):
        yield dt.time, *_unless_counted(words, time, language, i)
    if day := date(words, i, language, now):
        yield dt.date, *day
    if moment := instant(words, i, language, now):
        yield dt.datetime, *_unless_counted(words, moment, language, i)
    if amount := money(words, i, language):
        yield Money, *amount
    for kind, parse in _PARSERS.items():
        if value := parse(words, i, language):
            yield kind, *value


def _unless_counted(
    words: Sequence[str], found: tuple[_V, int], language: str, i: int
) -> tuple[_V, int]:
    """The "5" of "5 minutes to 5 minutes timer" is no time: then nothing was read."""
    return (found[0], i) if is_unit(words, found[1], language) else found


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
