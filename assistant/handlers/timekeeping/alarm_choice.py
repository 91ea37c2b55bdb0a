"""Which alarm or reminder is meant: by its time, its day, its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.handlers.timekeeping.due_items import DueItem, moment, next_wall
from assistant.handlers.timekeeping.timer_choice import alike
from assistant.handlers.timekeeping.timer_words import clean
from assistant.quantities import DateRange
from assistant.recurrence import on_the_wall

_HALF = 720  # minutes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said of it; None or "" where nothing was."""

    name: str = ""
    time: dt.time | None = None
    day: dt.date | None = None
    days: DateRange | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.time or self.day or self.days)


def wanted(
    name: str, time: dt.time | None, day: dt.date | None, when: dt.datetime | None
) -> Wanted:
    """`when` gives the day and the time at once."""
    if when is None:
        return Wanted(name, time, day)
    return Wanted(name, when.time(), when.date())


def chosen(
    items: Sequence[DueItem], wanted: Wanted, now: dt.datetime, language: str
) -> list[DueItem]:
    """Those that fit; of a time that leaves the half of the day open ("seven"), the very time
    before the other."""
    name = clean(wanted.name, language)
    found = [
        item
        for item in items
        if (not name or alike(name, item.text))
        and (wanted.day is None or on_day(item, wanted.day, now))
        and (wanted.days is None or within(item, wanted.days, now))
    ]
    if wanted.time is None:
        return found
    minutes = _minutes(wanted.time)
    exact = [item for item in found if _minutes(_local(item, now).time()) == minutes]
    return exact or [
        item for item in found if _minutes(_local(item, now).time()) % _HALF == minutes % _HALF
    ]


def on_day(item: DueItem, day: dt.date, now: dt.datetime) -> bool:
    """Whether it comes due on a day."""
    return within(item, DateRange(day, day), now)


def within(item: DueItem, days: DateRange, now: dt.datetime) -> bool:
    """Whether it comes due on some day of a range."""
    first = _local(item, now).date()
    if first in days:
        return True
    if not item.rule or item.wall is None or days.last < first:
        return False
    start = dt.datetime.combine(max(days.first, first), dt.time())
    after = (moment(start, now.tzinfo) - dt.timedelta(seconds=1)).astimezone(now.tzinfo)
    found = next_wall(item.rule, item.wall, after)
    while found is not None and found.date() in item.skips:
        found = next_wall(item.rule, found, on_the_wall(found, now.tzinfo))
    return found is not None and found.date() in days


def _local(item: DueItem, now: dt.datetime) -> dt.datetime:
    if item.wall is not None and not item.snoozed:
        return item.wall
    return item.due.astimezone(now.tzinfo)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
