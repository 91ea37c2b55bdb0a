"""What is to happen again and again: "every weekday at seven", "cada dos lunes", "a diario".

The function takes plain words and an index; it gives a Recurrence and the index after it, or
None. An open time ("at seven") is taken for one when people are awake.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.recurrence import Recurrence
from assistant.understand.clocks import awake, in_half, open_clock, time_of
from assistant.understand.dates import day_of_month, month_number, weekday_number
from assistant.understand.durations import is_unit
from assistant.understand.numbers import at, matches, whole
from assistant.understand.recurrence_words import AT, DAYS, EVERY, NAMED, OTHER, PARTS, UNITS, WHOLE

_LONGEST = 999  # units between two times

Found = tuple[Recurrence, int] | None
_Rule = tuple[str, str | None, int] | None
"""An RFC 5545 rule, the half of the day that it names, and the index after it."""


def recurrence(words: Sequence[str], i: int, language: str) -> Found:
    """A rule, with the time of day after it ("every day at seven") or before it ("seven every
    day") when one is said."""
    if found := _rule(words, i, language):
        rule, half, end = _part(words, found, language)
        clock_at = next((end + len(a) for a in AT[language] if matches(words, end, a)), end)
        read = open_clock(words, clock_at, language)
        bare = read is not None and read[2] == clock_at + 1 and not read[1]
        if read is None or is_unit(words, read[2], language) or (bare and clock_at == end):
            return Recurrence(rule), end
        return Recurrence(rule, _time(read[0], read[1], half)), read[2]
    read = open_clock(words, i, language)
    if read is None:
        return None
    minutes, known, end = read
    end += at(words, end) == "on"
    if found := _rule(words, end, language):
        rule, half, end = _part(words, found, language)
        return Recurrence(rule, _time(minutes, known, half)), end
    return None


def _time(minutes: int, known: bool, half: str | None) -> dt.time:
    if known:
        return time_of(minutes)
    return time_of(in_half(minutes, half) if half else awake(minutes))


def _part(
    words: Sequence[str], found: tuple[str, str | None, int], language: str
) -> tuple[str, str | None, int]:
    """ "every monday morning": the rule, and the half of the day."""
    rule, half, end = found
    for text, part in PARTS[language].items():
        if half is None and matches(words, end, text.split()):
            return rule, part, end + len(text.split())
    return found


def _rule(words: Sequence[str], i: int, language: str) -> _Rule:
    for text, rule in WHOLE[language].items():
        if matches(words, i, text.split()):
            return rule, None, i + len(text.split())
    if found := _day_of_each_month(words, i, language):
        return found
    for every in EVERY[language]:
        if matches(words, i, every.split()):
            return _after_every(words, i + len(every.split()), language)
    return _plural_days(words, i, language)


def _after_every(words: Sequence[str], i: int, language: str) -> _Rule:
    """What follows "every": "day", "two weeks", "other monday", "monday and friday", "5th"."""
    for text, rule in NAMED[language].items():
        if matches(words, i, text.split()):
            return rule, None, i + len(text.split())
    interval = 1
    if (other := OTHER[language].get(at(words, i))) and (
        _singular(at(words, i + 1), language) in UNITS[language]
        or weekday_number(at(words, i + 1), language) is not None
    ):
        interval, i = other, i + 1
    elif found := whole(words, i, language):
        unit = _singular(at(words, found[1]), language)
        if 0 < found[0] <= _LONGEST and (
            unit in UNITS[language] or weekday_number(unit, language) is not None
        ):
            interval, i = found
    if days := _days(words, i, language):
        return _with(f"FREQ=WEEKLY;BYDAY={days[0]}", interval), None, days[1]
    unit = _singular(at(words, i), language)
    if unit in UNITS[language]:
        frequency, half = UNITS[language][unit]
        return _on_a_day(words, _with(f"FREQ={frequency}", interval), half, i + 1, language)
    return _calendar_day(words, i, language)


def _on_a_day(
    words: Sequence[str], rule: str, half: str | None, end: int, language: str
) -> tuple[str, str | None, int]:
    """ "every week on monday", "every month on the fifth", "todas las semanas el lunes"."""
    on = end + (at(words, end) in ("on", "el", "los"))
    if rule.startswith("FREQ=WEEKLY") and on > end and (days := _days(words, on, language)):
        return f"{rule};BYDAY={days[0]}", half, days[1]
    if rule.startswith("FREQ=MONTHLY") and on > end:
        on += at(words, on) in ("the", "dia")
        if day := day_of_month(words, on, language):
            return f"{rule};BYMONTHDAY={day[0]}", half, day[1]
    if rule.startswith("FREQ=YEARLY") and on > end:
        return _calendar_day(words, on, language) or (rule, half, end)
    return rule, half, end


def _calendar_day(words: Sequence[str], i: int, language: str) -> _Rule:
    """ "may 5th", "5 de mayo"; in Spanish also "15 del mes"."""
    i += at(words, i) in ("the", "dia")
    if month := month_number(at(words, i), language):
        day = day_of_month(words, i + 1 + (at(words, i + 1) == "the"), language)
    else:
        day = day_of_month(words, i, language)
        if day is None:
            return None
        of = day[1] + (at(words, day[1]) in ("of", "de", "del"))
        if matches(words, day[1], ("of", "the", "month")) or matches(words, day[1], ("del", "mes")):
            end = day[1] + (3 if language == "en" else 2)
            return f"FREQ=MONTHLY;BYMONTHDAY={day[0]}", None, end
        month, day = month_number(at(words, of), language), (day[0], of + 1)
    if not month or day is None:
        return None
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day[0]}", None, day[1]


def _day_of_each_month(words: Sequence[str], i: int, language: str) -> _Rule:
    """ "the first of every month", "the last day of each month", "el 15 de cada mes"."""
    i += at(words, i) in ("the", "el")
    i += at(words, i) == "dia"
    if at(words, i) in ("last", "ultimo") and at(words, i + 1) in ("day", "dia"):
        day: tuple[int, int] | None = (-1, i + 2)
    else:
        day = day_of_month(words, i, language)
    if day is None:
        return None
    end = day[1] + (at(words, day[1]) in ("day", "dia"))
    for tail in (
        "of every month",
        "of each month",
        "of the month every month",
        "de cada mes",
        "de todos los meses",
    ):
        if matches(words, end, tail.split()):
            return f"FREQ=MONTHLY;BYMONTHDAY={day[0]}", None, end + len(tail.split())
    return None


def _plural_days(words: Sequence[str], i: int, language: str) -> _Rule:
    """ "mondays and fridays", "monday to friday", "los lunes", "de lunes a viernes"."""
    first = at(words, i)
    if language == "es" and first == "de" and at(words, i + 2) == "a":
        return _range(words, i + 1, i + 3, language)
    if language == "en" and at(words, i + 1) in ("to", "through", "till", "until"):
        return _range(words, i, i + 2, language)
    if language == "es" and first != "los":
        return None
    days = _days(words, i + (language == "es"), language)
    if days is None or (language == "en" and not first.endswith("days")):
        return None
    return f"FREQ=WEEKLY;BYDAY={days[0]}", None, days[1]


def _range(words: Sequence[str], first: int, last: int, language: str) -> _Rule:
    a = weekday_number(at(words, first), language)
    b = weekday_number(at(words, last), language)
    if a is None or b is None or a == b:
        return None
    days = [DAYS[(a + n) % 7] for n in range((b - a) % 7 + 1)]
    return f"FREQ=WEEKLY;BYDAY={','.join(days)}", None, last + 1


def _days(words: Sequence[str], i: int, language: str) -> tuple[str, int] | None:
    """Days of the week, one or several: "monday", "mondays and fridays", "lunes y los jueves"."""
    found: list[int] = []
    end = i
    while (day := weekday_number(at(words, i), language)) is not None:
        found.append(day)
        end = i = i + 1
        i += at(words, i) in ("and", "y", "e")
        i += at(words, i) in ("every", "on", "los", "el")
    days = sorted(set(found))
    return (",".join(DAYS[day] for day in days), end) if days else None


def _singular(word: str, language: str) -> str:
    if language == "es" and word in ("meses",):
        return "mes"
    return word.removesuffix("s") if word not in ("mes", "lunes", "martes", "jueves") else word


def _with(rule: str, interval: int) -> str:
    return (
        rule
        if interval == 1
        else rule.replace(";", f";INTERVAL={interval};", 1)
        if (";" in rule)
        else f"{rule};INTERVAL={interval}"
    )
