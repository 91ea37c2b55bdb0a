"""What a function's slot gets of the values in a sentence, by the same rows as `values`.

`values` counts a row when everything that its words may mean is found. A slot gets one value of
its type, the one that lies ahead: it is right when it is one of those expected, and was read where
the words stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.quantities import DateRange, Money, Ordinal, Percent, Quantity
from assistant.recurrence import Recurrence
from assistant.understand.normalize import Words, words
from assistant.understand.values import Span, find

TYPES: Mapping[str, type] = {
    "number": float,
    "ordinal": Ordinal,
    "percentage": Percent,
    "currency": Money,
    "dimension": Quantity,
    "temperature": Quantity,
    "date": dt.date,
    "daterange": DateRange,
    "time": dt.time,
    "datetime": dt.datetime,
    "duration": dt.timedelta,
    "set": Recurrence,
}
"""For each kind of the rows, the type of slot that takes it. Ranges of times are no type."""


def spans(text: str, language: str, now: dt.datetime) -> tuple[Words, Sequence[Span]]:
    """What is found in a sentence, as it is found in a command. now: naive, taken as UTC."""
    said = words(text, language)
    return said, find(said, language, now.replace(tzinfo=dt.UTC))


def readings(
    said: Words, found: Sequence[Span], kind: str, expected: str, language: str
) -> Iterator[Any]:
    """The values of a kind that were read at the words of what is expected."""
    place = _place(said, words(expected, language).plain)
    for span in found:
        if TYPES[kind] in span.readings and (not place or _overlap(span, place)):
            yield span.readings[TYPES[kind]]


def in_rows_terms(value: Any) -> Any:
    """A value as the rows have it: a length in seconds, the day after a range."""
    match value:
        case dt.timedelta():
            return value.total_seconds()
        case DateRange():
            return value.first, value.last + dt.timedelta(1)
        case Money():
            return value.amount
        case Quantity():
            return value.value
        case dt.datetime():
            return value.replace(tzinfo=None)
    return value


def unit_of(value: Any) -> str:
    if isinstance(value, Money):
        return value.currency
    return value.unit if isinstance(value, Quantity) else ""


def _place(said: Words, expected: tuple[str, ...]) -> range:
    for i in range(len(said) - len(expected) + 1):
        if expected and said.plain[i : i + len(expected)] == expected:
            return range(i, i + len(expected))
    return range(0)


def _overlap(span: Span, place: range) -> bool:
    return span.start < place.stop and span.end > place.start
