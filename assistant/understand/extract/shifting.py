"""Moments and days so much later or earlier."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.length_words import SECONDS
from assistant.understand.extract.node import add_months

Parts = list[tuple[float, str]]


def shifted(moment: dt.datetime, parts: Parts, sign: int) -> dt.datetime:
    """A moment so much later (1) or earlier (-1)."""
    for value, unit in parts:
        months = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}.get(unit)
        if months and value * months == int(value * months):
            moved = add_months(moment.date(), sign * int(value * months))
            moment = dt.datetime.combine(moved, moment.time())
        elif unit == "BD":
            moment = business(moment, sign * int(value))
        else:
            moment += dt.timedelta(seconds=sign * value * SECONDS[unit])
    return moment


def business(moment: dt.datetime, days: int) -> dt.datetime:
    step = 1 if days > 0 else -1
    while days:
        moment += dt.timedelta(step)
        days -= step * (moment.weekday() < 5)
    return moment


def is_days(parts: Parts) -> bool:
    return all(unit not in ("S", "MIN", "H") for _, unit in parts) and all(
        value == int(value) or unit in ("Y",) for value, unit in parts
    )
