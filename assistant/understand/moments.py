"""Times of day and dates: "half past seven", "las ocho menos cuarto", "next friday".

The functions take plain words, an index and the present moment `now`; they give the value and
the index after it, or None. What was left open is taken to lie ahead: "seven" is whichever
seven o'clock comes next, "the fifth of May" the next one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from assistant.understand.numbers import at, below_hundred, matches, whole

_DIGITAL = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?")
_FIXED = {
    "en": {"noon": 12, "midday": 12, "midnight": 0},
    "es": {"mediodia": 12, "medianoche": 0},
}
# words after the time, and the half of the day they mean
_PARTS = {
    "en": {
        "am": "in the morning|am",
        "pm": "in the afternoon|in the evening|pm",
        "night": "at night|tonight",
    },
    "es": {
        "am": "de la manana|por la manana|de la madrugada|am",
        "pm": "de la tarde|por la tarde|del mediodia|pm",
        "night": "de la noche|por la noche",
    },
}
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


def clock(
    words: Sequence[str], i: int, language: str, now: dt.datetime
) -> tuple[dt.time, int] | None:
    """A time of day."""
    word = at(words, i)
    if word in _FIXED[language]:
        return dt.time(_FIXED[language][word]), i + 1
    read = (_relative(words, i) if language == "en" else _spanish_relative(words, i)) or _absolute(
        words, i, language
    )
    if read is None:
        return None
    minutes, half_known, end = read
    for half, texts in _PARTS[language].items():
        for part in map(str.split, texts.split("|")):
            if matches(words, end, part):
                return _in_half(minutes, half), end + len(part)
    if word == "una" and end == i + 1 and at(words, i - 1) != "la":
        return None  # the article: "una alarma"
    if half_known or not 60 <= minutes < 13 * 60:
        return _time(minutes), end
    passed = now.hour * 60 + now.minute
    ahead = min((minutes, minutes + 720), key=lambda m: (m - passed - 1) % 1440)
    return _time(ahead), end


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
    return _weekday(words, i, language, today) or _calendar(words, i, language, today)


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60)


def _in_half(minutes: int, half: str) -> dt.time:
    if minutes >= 13 * 60:
        return _time(minutes)
    hour = minutes // 60 % 12
    if half == "pm" or (half == "night" and hour >= 5):
        return _time(minutes % 720 + 720)
    return _time(minutes % 720)


Clock = tuple[int, bool, int] | None
"""Minutes since midnight, whether the half of the day is known, the index after."""


def _hour(words: Sequence[str], i: int, language: str) -> tuple[int, int] | None:
    if language == "es" and at(words, i) == "una":
        return 1, i + 1
    found = below_hundred(words, i, language)
    return found if found and found[0] <= 24 else None


def _relative(words: Sequence[str], i: int) -> Clock:
    """ "half past seven", "a quarter to eight", "ten minutes past nine"."""
    i += at(words, i) == "a"
    if at(words, i) in ("half", "quarter"):
        minutes, i = (30 if words[i] == "half" else 15), i + 1
    elif found := below_hundred(words, i, "en"):
        minutes, i = found
        i += at(words, i) in ("minutes", "minute")
    else:
        return None
    sign = {"past": 1, "after": 1, "to": -1, "till": -1, "before": -1}.get(at(words, i))
    hour = _hour(words, i + 1, "en")
    if sign is None or hour is None or not 0 < minutes < 60:
        return None
    end = hour[1] + (at(words, hour[1]) == "o'clock")
    return (hour[0] * 60 + sign * minutes) % 1440, hour[0] > 12, end


def _spanish_relative(words: Sequence[str], i: int) -> Clock:
    """ "un cuarto para las ocho", "diez para las nueve"."""
    i += at(words, i) == "un"
    if at(words, i) == "cuarto":
        minutes, i = 15, i + 1
    elif found := below_hundred(words, i, "es"):
        minutes, i = found
        i += at(words, i) == "minutos"
    else:
        return None
    if at(words, i) != "para" or at(words, i + 1) not in ("las", "la"):
        return None
    hour = _hour(words, i + 2, "es")
    if hour is None or not 0 < minutes < 60:
        return None
    return (hour[0] * 60 - minutes) % 1440, hour[0] > 12, hour[1]


def _absolute(words: Sequence[str], i: int, language: str) -> Clock:
    """ "7:30", "19:05", "seven oh five", "seven o'clock", "siete y media", "ocho menos diez"."""
    if digital := _DIGITAL.fullmatch(at(words, i)):
        hour, minute = int(digital[1]), int(digital[2])
        return hour * 60 + minute, hour > 12 or digital[1].startswith("0"), i + 1
    found = _hour(words, i, language)
    if found is None:
        return None
    hour, end = found
    known = hour > 12 or hour == 0
    if at(words, end) == "o'clock" or matches(words, end, ("en", "punto")):
        return hour * 60, known, end + (1 if language == "en" else 2)
    minutes = (_minutes if language == "en" else _spanish_minutes)(words, end)
    if minutes:
        return (hour * 60 + minutes[0]) % 1440, known, minutes[1]
    return hour * 60 % 1440, known, end


def _minutes(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """What follows the hour: "thirty", "oh five"."""
    oh = at(words, i) in ("oh", "o", "zero")
    found = below_hundred(words, i + oh, "en")
    if found is None or (found[0] < 10) != oh or found[0] >= 60:
        return None
    return found


def _spanish_minutes(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """What follows the hour: "y media", "menos cuarto", "y diez", "treinta"."""
    sign = {"y": 1, "menos": -1, "con": 1}.get(at(words, i))
    named = {"media": 30, "cuarto": 15}.get(at(words, i + 1))
    if sign and named:
        return sign * named, i + 2
    found = below_hundred(words, i + 1 if sign else i, "es")
    if found is None or found[0] >= 60 or (not sign and found[0] < 10):
        return None
    return (sign or 1) * found[0], found[1]


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
