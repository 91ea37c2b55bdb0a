"""What the pieces of a date or a time mean to a function: one day, one moment, one time of day.

`extract` gives all that a text may mean, the past before the future. A command means what lies
ahead, and an open time of day is one when people are awake. The little words around a value ("at",
"on", "a las", "in", "from now") are not part of it: they belong to the templates.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.quantities import DateRange
from assistant.recurrence import Recurrence, on_the_wall
from assistant.understand.extract.cardinals import whole
from assistant.understand.extract.hour_words import LAS
from assistant.understand.extract.hours import awake, clock, minutes
from assistant.understand.extract.joins import moment
from assistant.understand.extract.length_words import AGO, SECONDS, UNITS
from assistant.understand.extract.lengths import length
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.sets import recurrence
from assistant.understand.extract.shifting import shifted
from assistant.understand.extract.starts import may_begin

Reading = tuple[type, Any, int]
"""A type, the value, and the token after it."""

_LEAD = {
    "en": frozenset(
        "at in on by from for since until till about around to of and or within between".split()
    ),
    "es": frozenset("a al en de del por para desde hasta sobre y o las los dentro entre".split()),
}
"""Words that a template has before a value; no value begins with them, but "from" a range does."""
_OPENS_RANGE = by_language(en="from|between", es="desde|desde el|de|del|entre|entre el|desde la")
_WITHIN = {"en": (("in",), ("within",)), "es": (("dentro", "de"), ("de", "aqui", "a"), ("en",))}
_FIXED_LENGTHS = frozenset({"S", "MIN", "H", "D", "W", "F"})
_CALENDAR_LENGTHS = frozenset({"M", "Q", "Y"})
_EVENING = 16
_TIMERS = {
    "en": tuple(itertools.product(("timer", "countdown"), ("for", "of"))),
    "es": tuple(itertools.product(("temporizador", "cronometro", "timer"), ("de", "para", "por"))),
}
_MOST_MINUTES = 180
_AFTER_MINUTES = ("to", "please", "que", "por")
# the usual hour of a part of the day, by the hour at which it begins
_USUAL = {"en": {8: 9, 12: 15, 16: 19, 20: 21}, "es": {4: 6, 8: 9, 12: 15, 16: 16, 20: 21}}
_NO_PERIOD = ("written", "edge")


def times(s: Scan, i: int, now: dt.datetime) -> Iterator[Reading]:
    """All that a date or a time at a token may be. now: aware."""
    leads = s.at(i) in _LEAD[s.language]
    if not leads and not may_begin(s, i):
        return
    if minutes_more := _minutes_more(s, i, now):
        yield from minutes_more
        return
    for read in (_rules, _ranges) if leads else (_rules, _lengths, _clocks, _moments):
        try:
            yield from list(read(s, i, now))
        except (OverflowError, ValueError):  # beyond the calendar: "in a million years"
            continue


def _minutes_more(s: Scan, i: int, now: dt.datetime) -> Sequence[Reading]:
    """ "in 15", "a timer for 15": so many minutes; before a time of day one says "at"."""
    before = [w for w in (*_WITHIN[s.language], *_TIMERS[s.language]) if _stands_before(s, i, w)]
    found = whole(s, i) if before else None
    if found is None or not 1 < found[0] <= _MOST_MINUTES:
        return ()
    first = i == len(before[0]) and not s.match(found[1], UNITS[s.language])
    goes_on = (first or s.at(found[1]) in _AFTER_MINUTES) and whole(s, found[1] + 1) is None
    if found[1] < len(s) and not goes_on:
        return ()
    more = dt.timedelta(minutes=found[0])
    return (
        (dt.timedelta, more, found[1]),
        (dt.datetime, later(now, [(found[0], "MIN")]), found[1]),
    )


def _ranges(s: Scan, i: int, _: dt.datetime) -> Iterator[Reading]:
    """ "from monday to thursday", "de lunes a viernes"."""
    if s.match(i, _OPENS_RANGE[s.language]) is None:
        return
    node = s.once(moment, i)
    if node and node.kind == "daterange" and node.info.get("span") and (days := _days(s, node)):
        yield DateRange, days, node.end


def _rules(s: Scan, i: int, _: dt.datetime) -> Iterator[Reading]:
    if (rule := s.once(recurrence, i)) and rule.i == i:
        yield Recurrence, _without_span(rule.choices[0]), rule.end


def _lengths(s: Scan, i: int, now: dt.datetime) -> Iterator[Reading]:
    """A length, and the moment that is so far away when "in" or "from now" stands beside it."""
    found = s.once(length, i)
    if found is None:
        return
    units = {unit for _, unit in found.info["parts"]}
    if units <= _FIXED_LENGTHS:
        seconds = sum(value * SECONDS[unit] for value, unit in found.info["parts"])
        if seconds <= dt.timedelta.max.total_seconds():
            yield dt.timedelta, dt.timedelta(seconds=float(seconds)), found.end
    elif not units <= _FIXED_LENGTHS | _CALENDAR_LENGTHS:
        return
    after = s.match(found.end, AGO[s.language])
    before = any(_stands_before(s, i, words) for words in _WITHIN[s.language])
    if before or (after and after[0] == "+"):
        yield dt.datetime, later(now, found.info["parts"]), found.end


def _stands_before(s: Scan, i: int, words: Sequence[str]) -> bool:
    return i >= len(words) and tuple(s.words[i - len(words) : i]) == tuple(words)


def later(now: dt.datetime, parts: Sequence[tuple[float, str]]) -> dt.datetime:
    """So much later: hours and less in elapsed time, days and more on the wall clock. `now` and
    what is given are aware."""
    zone = now.tzinfo
    try:
        if all(unit not in ("S", "MIN", "H") for _, unit in parts):
            return on_the_wall(shifted(now.replace(tzinfo=None), list(parts), 1), zone)
        then = shifted(now.astimezone(dt.UTC).replace(tzinfo=None), list(parts), 1)
        return then.replace(tzinfo=dt.UTC).astimezone(zone)
    except (OverflowError, ValueError):
        return dt.datetime.max.replace(tzinfo=zone)


def _clocks(s: Scan, i: int, now: dt.datetime) -> Iterator[Reading]:
    found = s.once(clock, i)
    if found is None or _is_no_time(s, found):
        return
    options = [_next(time, now) for time in found.choices]
    then = min(options, key=lambda moment: moment.timestamp())
    yield dt.time, found.choices[options.index(then)], found.end
    yield dt.datetime, then, found.end


def _is_no_time(s: Scan, found: Node) -> bool:
    """The "5" of "5 minutes to 5 minutes timer", and the article of "una alarma"."""
    if s.match(found.end, UNITS[s.language]):
        return True
    article = s.at(found.i) == "una" and found.info["bare"]
    return article and s.at(found.i - 1) not in LAS


def _next(time: dt.time, now: dt.datetime) -> dt.datetime:
    then = on_the_wall(dt.datetime.combine(now.date(), time), now.tzinfo)
    if then.timestamp() > now.timestamp():
        return then
    return on_the_wall(dt.datetime.combine(now.date() + dt.timedelta(1), time), now.tzinfo)


def _moments(s: Scan, i: int, now: dt.datetime) -> Iterator[Reading]:
    if node := _moment(s, i):
        yield from _of_node(s, node, now)


def _moment(s: Scan, i: int) -> Maybe:
    """The longest date, time or range that begins here, by itself."""
    node = s.once(moment, i)
    if node is None or node.info.get("now") or not node.choices:
        return None
    if node.i != i and (s.language == "es" or s.at(i) != "the"):
        return None  # it begins at the next word
    if s.language == "es" and s.at(i) in ("el", "la", "los"):
        inner = s.once(moment, i + 1)
        if inner and inner.end == node.end:
            return None
    ending = AGO[s.language].by_first.get(s.at(node.end - 1), ())
    far_ahead = any(meaning == "+" for _, meaning in ending) or s.at(node.end - 1) == "now"
    return None if far_ahead else node


def _of_node(s: Scan, node: Node, now: dt.datetime) -> Iterator[Reading]:
    match node.kind:
        case "date":
            yield dt.date, _day(node.choices, now.date()), node.end
        case "daterange":
            if not any(name in node.info for name in _NO_PERIOD) and (days := _days(s, node)):
                yield DateRange, days, node.end
        case "datetime":
            yield dt.datetime, _aware(_likely(node.choices, now), now), node.end
        case "datetimerange":
            if node.info.get("part"):
                usual = [_usual(s, first) for first, _ in node.choices if first]
                then = _likely(usual, now)
                yield dt.datetime, _aware(_still(s, then, node.choices, now), now), node.end


def _day(choices: Sequence[dt.date], today: dt.date) -> dt.date:
    return min((day for day in choices if day >= today), default=choices[-1])


def _days(s: Scan, node: Node) -> DateRange | None:
    """The range that is not over yet; of whole weeks and months the last day is one before the
    end that `extract` gives."""
    whole = [
        DateRange(first, last if node.info.get("span") else last - dt.timedelta(1))
        for first, last in node.choices
        if first and last
    ]
    today = s.now.date()
    ahead = [days for days in whole if days.last >= today]
    return ahead[0] if ahead else whole[-1] if whole else None


def _likely(choices: Sequence[dt.datetime], now: dt.datetime) -> dt.datetime:
    """An open time of today is the next one; of another day, one when people are awake."""
    wall = now.replace(tzinfo=None)
    ahead = sorted(choice for choice in choices if choice > wall)
    if not ahead:
        return max(choices)
    day = ahead[0].date()
    same = [choice for choice in ahead if choice.date() == day]
    if day == now.date() or len(same) == 1:
        return same[0]
    likely = minutes(awake(same[0].hour * 60 + same[0].minute))
    return next((c for c in same if (c.hour, c.minute) == (likely.hour, likely.minute)), same[0])


def _still(
    s: Scan, then: dt.datetime, parts: Sequence[Sequence[dt.datetime | None]], now: dt.datetime
) -> dt.datetime:
    """ "Tonight", said when its usual hour has passed: in an hour, while it lasts. What is called
    the evening lasts until midnight."""
    wall = now.replace(tzinfo=None)
    for first, last in parts:
        if first is None or last is None or then > wall:
            continue
        midnight = dt.datetime.combine(first, dt.time()) + dt.timedelta(1)
        evening = s.language == "en" and first.hour == _EVENING
        ends = midnight if evening else min(last, midnight)
        if first <= wall < ends:
            return wall + min(dt.timedelta(hours=1), (ends - wall) / 2)
    return then


def _usual(s: Scan, first: dt.datetime) -> dt.datetime:
    """When a part of a day is meant: "tomorrow evening" at seven."""
    return first.replace(hour=_USUAL[s.language].get(first.hour, first.hour))


def _aware(wall: dt.datetime, now: dt.datetime) -> dt.datetime:
    return on_the_wall(wall, now.tzinfo)


def _without_span(rule: Recurrence) -> Recurrence:
    """Which part of the day it is matters only until the time is known."""
    kept = [part for part in rule.rule.split(";") if not part.startswith("SPAN=")]
    return Recurrence(";".join(kept), rule.time)
