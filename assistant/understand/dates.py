"""Days: "tomorrow", "next friday", "the fifth of may", "navidad".

The functions take plain words, an index and the present day; they give the value and the
index after it, or None. What was left open is taken to lie ahead: "the fifth of May" is the
next one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from assistant.understand.numbers import at, below_hundred, matches, whole

_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday".split(),
    "es": "lunes martes miercoles jueves viernes sabado domingo".split(),
}
_MONTHS = {
    "en": "january february march april may june july august september october november"
    " december".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre".split(),
}
_NEAR_DAYS = {
    "en": (("the day after tomorrow", 2), ("today", 0), ("tomorrow", 1), ("yesterday", -1)),
    "es": (("pasado manana", 2), ("hoy", 0), ("manana", 1), ("anteayer", -2), ("ayer", -1)),
}
_FEASTS = {
    "en": (
        ("christmas eve", 12, 24),
        ("christmas day", 12, 25),
        ("christmas", 12, 25),
        ("new year's eve", 12, 31),
        ("new year's day", 1, 1),
        ("new year's", 1, 1),
        ("new year", 1, 1),
        ("halloween", 10, 31),
        ("valentine's day", 2, 14),
        ("valentine's", 2, 14),
    ),
    "es": (
        ("nochebuena", 12, 24),
        ("navidad", 12, 25),
        ("nochevieja", 12, 31),
        ("ano nuevo", 1, 1),
        ("reyes", 1, 6),
        ("san valentin", 2, 14),
        ("halloween", 10, 31),
    ),
}
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
_ORDINAL_DIGITS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def date(
    words: Sequence[str], i: int, language: str, now: dt.datetime
) -> tuple[dt.date, int] | None:
    """A day: near ("tomorrow"), of the week, of a month, or a feast of fixed date."""
    today = now.date()
    for text, days in _NEAR_DAYS[language]:
        if matches(words, i, text.split()):
            return today + dt.timedelta(days), i + len(text.split())
    for text, month, day in _FEASTS[language]:
        if matches(words, i, text.split()):
            return _with_year(words, i + len(text.split()), language, today, month, day)
    if found := _weekday(words, i, language, today):
        of_month = _calendar(words, found[1] + (at(words, found[1]) == "el"), language, today)
        return of_month or found  # "monday the fifth of may"
    return _calendar(words, i, language, today)


def _weekday(
    words: Sequence[str], i: int, language: str, today: dt.date
) -> tuple[dt.date, int] | None:
    """ "friday", "next friday", "last friday", "el próximo viernes", "el viernes pasado"."""
    before = at(words, i)
    last = before in ("last", "pasado")
    i += last or before in ("next", "this", "coming", "proximo", "este")
    if at(words, i) not in _WEEKDAYS[language]:
        return None
    ahead = (_WEEKDAYS[language].index(words[i]) - today.weekday()) % 7 or 7
    end = i + 1
    if language == "es" and at(words, end) == "pasado":
        last, end = True, end + 1
    elif language == "es" and matches(words, end, ("que", "viene")):
        end += 2
    behind = ahead - 7 or -7
    return today + dt.timedelta(behind if last else ahead), end


def _calendar(
    words: Sequence[str], i: int, language: str, today: dt.date
) -> tuple[dt.date, int] | None:
    """ "the fifth of may", "may 5th 2026", "5 de marzo de 2027", "primero de mayo"."""
    months = _MONTHS[language]
    if language == "en" and at(words, i) in months:
        month = months.index(words[i]) + 1
        day = _day(words, i + 1 + (at(words, i + 1) == "the"), language)
    else:
        day = _day(words, i + (at(words, i) == "the"), language)
        of = {"en": "of", "es": "de"}[language]
        month_at = day[1] + (at(words, day[1]) == of) if day else i
        if at(words, month_at) not in months:
            return None
        month, day = months.index(words[month_at]) + 1, day and (day[0], month_at + 1)
    if day is None:
        return None
    return _with_year(words, day[1], language, today, month, day[0])


def _day(words: Sequence[str], i: int, language: str) -> tuple[int, int] | None:
    word = at(words, i)
    if language == "es" and word in ("primero", "uno"):
        return 1, i + 1
    if language == "en":
        if digits := _ORDINAL_DIGITS.fullmatch(word):
            return int(digits[1]), i + 1
        if word in _ORDINALS:
            return _ORDINALS[word], i + 1
        unit = _ORDINALS.get(at(words, i + 1), 10)
        if word in ("twenty", "thirty") and unit < 10:
            return (20 if word == "twenty" else 30) + unit, i + 2
    return below_hundred(words, i, language)


def _with_year(
    words: Sequence[str], i: int, language: str, today: dt.date, month: int, day: int
) -> tuple[dt.date, int] | None:
    """The day in the year that follows ("2027", "twenty twenty seven"), or its next time."""
    year_at = i + (language == "es" and at(words, i) in ("de", "del"))
    year = whole(words, year_at, language)
    if year and 1900 <= year[0] <= 2200:
        return _valid(year[0], month, day, year[1])
    century = below_hundred(words, year_at, language)
    rest = below_hundred(words, century[1], language) if century else None
    if century and rest and century[0] in (19, 20, 21) and rest[0] >= 10:
        return _valid(century[0] * 100 + rest[0], month, day, rest[1])
    for ahead in range(9):  # 29 February may be eight years away
        found = _valid(today.year + ahead, month, day, i)
        if found and found[0] >= today:
            return found
    return None


def _valid(year: int, month: int, day: int, end: int) -> tuple[dt.date, int] | None:
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day), end


def weekday_number(word: str, language: str) -> int | None:
    """Monday is 0; plurals are days as well."""
    names = _WEEKDAYS[language]
    if word not in names:
        word = word.removesuffix("s")
    return names.index(word) if word in names else None


def month_number(word: str, language: str) -> int | None:
    """January is 1."""
    return _MONTHS[language].index(word) + 1 if word in _MONTHS[language] else None


def day_of_month(words: Sequence[str], i: int, language: str) -> tuple[int, int] | None:
    """1 to 31: "fifth", "5th", "5", "primero"."""
    found = _day(words, i, language)
    return found if found and 1 <= found[0] <= 31 else None
