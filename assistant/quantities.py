"""What a number may be of: a quantity, money, a percentage, a place in a row; and days on end. A
leaf that all may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a unit."""

    value: float
    unit: str  # as in `units.UNITS`: "mile", "degree_Celsius"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency."""

    amount: float
    currency: str  # ISO 4217: "EUR"


class Percent(float):
    """A percentage: 30.0 is thirty percent."""


class Ordinal(int):
    """A place in a row: 1 is the first; from the end -1 is the last."""


class Spelled(str):
    """Letters and digits said one by one, put together."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days on end, the last one among them: "from monday to thursday", "this weekend"."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def days(self) -> Iterator[dt.date]:
        for n in range((self.last - self.first).days + 1):
            yield self.first + dt.timedelta(n)
