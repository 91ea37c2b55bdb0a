"""Values as a person says them, in English and Spanish: "ten minutes", "las siete y cinco".

Numbers are spelled by the rules of Unicode's locale data (unicode-rbnf). Any other language
is spoken as English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from assistant.quantities import DateRange, Money, Ordinal, Percent, Quantity
from assistant.recurrence import Recurrence
from assistant.spoken.amounts import (
    count,
    for_the_ear,
    listing,
    money,
    number,
    ordinal,
    percent,
    quantity,
)
from assistant.spoken.rules import nth_weekday, recurrence
from assistant.spoken.times import (
    at_time,
    clock,
    date,
    date_range,
    duration,
    moment,
    month,
    weekday,
    year,
)

__all__ = [
    "at_time",
    "clock",
    "count",
    "date",
    "date_range",
    "duration",
    "for_the_ear",
    "listing",
    "moment",
    "money",
    "month",
    "nth_weekday",
    "number",
    "ordinal",
    "percent",
    "quantity",
    "recurrence",
    "render",
    "weekday",
    "year",
]


_IN_WORDS: tuple[tuple[type, Callable[[Any, str], str]], ...] = (
    (Percent, percent),
    (Ordinal, ordinal),
    (Quantity, quantity),
    (Money, money),
    (Recurrence, recurrence),
    (DateRange, date_range),
    (int, number),
    (float, number),
    (dt.timedelta, duration),
    (dt.datetime, lambda value, language: clock(value.time(), language)),
    (dt.time, clock),
    (dt.date, date),
)
"""The first type that a value is of says how it is said."""


def render(value: Any, language: str) -> str:
    """A value in words, by its type; what has no words of its own is said as text."""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, list | tuple):
        return listing([render(item, language) for item in value], language)
    for kind, in_words in _IN_WORDS:
        if isinstance(value, kind):
            return in_words(value, language)
    return str(value)
