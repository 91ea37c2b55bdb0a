"""A piece of a date or a time as it is put together, and the arithmetic of calendars."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Node:
    """Tokens [i, end) and what they may mean: the past before the future."""

    kind: str  # "date", "daterange", "time", "timerange", "datetime", "datetimerange", ...
    i: int
    end: int
    choices: list[Any]
    info: dict[str, Any] = field(default_factory=dict)


Maybe = Node | None
Pair = tuple[Any, Any]


def unique(items: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(items))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last one where the month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(day.weekday())


def month_of(year: int, month: int) -> Pair:
    first = dt.date(year, month, 1)
    return first, add_months(first, 1)


def valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def around(now: dt.datetime, month: int, day: int) -> list[dt.date]:
    """The last time and the next time of a day of the year; none for 30 February."""
    years = range(now.year - 8, now.year + 9)
    days = [found for year in years if (found := valid(year, month, day))]
    past = [d for d in days if dt.datetime(d.year, d.month, d.day) < now]
    return [past[-1], days[len(past)]] if days else []


def full_year(written: str) -> list[int]:
    """What a year of two or four digits may be: 95 is 1995, 21 is 2021, 35 either."""
    year = int(written)
    if len(written) > 2:
        return [year]
    if 30 <= year < 40:
        return [1900 + year, 2000 + year]
    return [2000 + year if year < 30 else 1900 + year]
