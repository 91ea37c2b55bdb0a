"""Times of day: "half past seven", "las ocho menos cuarto", "noon", "19:05".

The functions take plain words and an index; they give the value and the index after it, or
None. "Seven" leaves open which half of the day is meant; who asks decides that.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.understand.numbers import at, below_hundred, matches

_DIGITAL = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::[0-5]\d)?")
_FIXED = {
    "en": {"noon": 12, "midday": 12, "midnight": 0},
    "es": {"mediodia": 12, "medianoche": 0},
}
# words after the time, and the half of the day they mean
_PARTS_OF_DAY = {
    "en": {
        "am": "in the morning|this morning|am|a m",
        "pm": "in the afternoon|in the evening|this afternoon|this evening|pm|p m",
        "night": "at night|tonight",
    },
    "es": {
        "am": "de la manana|por la manana|en la manana|de la madrugada|am|a m|esta manana",
        "pm": "de la tarde|por la tarde|en la tarde|del mediodia|pm|p m|esta tarde",
        "night": "de la noche|por la noche|en la noche|esta noche",
    },
}
_PARTS: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {"en": {}, "es": {}}
for _language, _halves in _PARTS_OF_DAY.items():
    for _half, _texts in _halves.items():
        for _text in _texts.split("|"):
            _part = tuple(_text.split())
            _PARTS[_language].setdefault(_part[0], []).append((_part, _half))


Clock = tuple[int, bool, int] | None
"""Minutes since midnight, whether the half of the day is known, the index after."""


def clock(
    words: Sequence[str], i: int, language: str, now: dt.datetime
) -> tuple[dt.time, int] | None:
    """A time of day; of the two that "seven" may be, the next one after `now`."""
    read = open_clock(words, i, language)
    if read is None:
        return None
    minutes, half_known, end = read
    if half_known:
        return time_of(minutes), end
    passed = now.hour * 60 + now.minute
    ahead = min((minutes, minutes + 720), key=lambda m: (m - passed - 1) % 1440)
    return time_of(ahead), end


def open_clock(words: Sequence[str], i: int, language: str) -> Clock:
    """A time of day as it was said: "seven" is 7:00, and its half of the day is not known."""
    word = at(words, i)
    if word in _FIXED[language]:
        return _FIXED[language][word] * 60, True, i + 1
    read = (_relative(words, i) if language == "en" else _spanish_relative(words, i)) or _absolute(
        words, i, language
    )
    if read is None:
        return None
    minutes, half_known, end = read
    if half := part_of_day(words, end, language):
        return in_half(minutes, half[0]), True, half[1]
    if word == "una" and end == i + 1 and at(words, i - 1) != "la":
        return None  # the article: "una alarma"
    return minutes, half_known or not 60 <= minutes < 13 * 60, end


def part_of_day(words: Sequence[str], i: int, language: str) -> tuple[str, int] | None:
    """What may follow a time: "in the morning", "pm", "de la tarde"; as "am", "pm" or "night"."""
    for part, half in _PARTS[language].get(at(words, i), ()):
        if matches(words, i, part):
            return half, i + len(part)
    return None


def time_of(minutes: int) -> dt.time:
    """Minutes since midnight, as a time of day."""
    return dt.time(minutes // 60 % 24, minutes % 60)


def in_half(minutes: int, half: str) -> int:
    """Minutes since midnight of a time on the twelve-hour clock, in that half of the day."""
    if minutes >= 13 * 60:
        return minutes
    if half == "pm" or (half == "night" and minutes // 60 % 12 >= 5):
        return minutes % 720 + 720
    return minutes % 720


def awake(minutes: int) -> int:
    """Of the two times that an open one may be, the one people are more likely to mean: from
    five in the morning to five in the afternoon."""
    return minutes + 720 if minutes % 720 < 5 * 60 else minutes


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
