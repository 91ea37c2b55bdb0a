"""Moments: "tomorrow at seven", "at noon on friday", "in ten minutes", "el lunes por la noche".

The function takes plain words, an index and the present moment; it gives an aware moment and
the index after it, or None. The little words around a value ("at", "on", "a las", "in", "from
now") are not part of it: they belong to the templates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.recurrence import on_the_wall
from assistant.understand.clocks import awake, clock, in_half, open_clock, part_of_day, time_of
from assistant.understand.dates import date
from assistant.understand.durations import duration, is_unit
from assistant.understand.numbers import at, matches

Found = tuple[dt.datetime, int] | None

# a part of the day after or before a date, and what it alone means as an hour
_PARTS = {
    "en": (
        ("in the morning", "am", 9),
        ("in the afternoon", "pm", 15),
        ("in the evening", "pm", 19),
        ("at night", "night", 21),
        ("morning", "am", 9),
        ("afternoon", "pm", 15),
        ("evening", "pm", 19),
        ("night", "night", 21),
    ),
    "es": (
        ("por la manana", "am", 9),
        ("en la manana", "am", 9),
        ("de la manana", "am", 9),
        ("a la manana", "am", 9),
        ("temprano", "am", 9),
        ("por la tarde", "pm", 16),
        ("en la tarde", "pm", 16),
        ("a la tarde", "pm", 16),
        ("por la noche", "night", 21),
        ("en la noche", "night", 21),
        ("a la noche", "night", 21),
    ),
}
_TODAY = {
    "en": (
        ("this morning", "am", 9),
        ("this afternoon", "pm", 15),
        ("this evening", "pm", 19),
        ("tonight", "night", 21),
    ),
    "es": (
        ("esta manana", "am", 9),
        ("esta tarde", "pm", 16),
        ("esta noche", "night", 21),
        ("hoy por la noche", "night", 21),
    ),
}
_AT = {
    "en": (("at",), ("by",), ("around",), ("about",)),
    "es": (("a", "las"), ("a", "la"), ("a",), ("sobre", "las"), ("sobre", "la")),
}
_ON = {
    "en": (("on", "the"), ("on",)),
    "es": (("del",), ("de",), ("el", "dia"), ("el",), ("para", "el")),
}
_WITHIN = {
    "en": (("in",),),
    "es": (("dentro", "de"), ("de", "aqui", "a"), ("en",)),
}
_FROM_NOW = {
    "en": (("from", "now"), ("from", "right", "now"), ("later",), ("hence",)),
    "es": (("a", "partir", "de", "ahora"), ("desde", "ahora"), ("mas", "tarde")),
}


def instant(words: Sequence[str], i: int, language: str, now: dt.datetime) -> Found:
    """A moment; one that is only a time of day is its next time."""
    return (
        _relative(words, i, language, now)
        or _day_first(words, i, language, now)
        or _time_first(words, i, language, now)
    )


def _relative(words: Sequence[str], i: int, language: str, now: dt.datetime) -> Found:
    """The "ten minutes" of "in ten minutes" and "ten minutes from now"."""
    length = duration(words, i, language)
    if length is None:
        return None
    before = any(matches(words, i - len(w), w) for w in _WITHIN[language] if i >= len(w))
    if not before and _after(words, length[1], _FROM_NOW[language]) == length[1]:
        return None
    return later(now, length[0]), length[1]


def later(now: dt.datetime, length: dt.timedelta) -> dt.datetime:
    """So much later: hours and less in elapsed time, whole days on the wall clock."""
    try:
        if length.days and not length.seconds and not length.microseconds:
            return on_the_wall((now + length).replace(tzinfo=None), now.tzinfo)
        return (now.astimezone(dt.UTC) + length).astimezone(now.tzinfo)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=now.tzinfo)


def _day_first(words: Sequence[str], i: int, language: str, now: dt.datetime) -> Found:
    """ "tomorrow at seven", "friday evening at eight", "mañana por la tarde"."""
    day, half, hour, end = _day(words, i, language, now)
    if day is None:
        return None
    clock_at = _after(words, end, _AT[language])
    if half is None and clock_at == end and not _says_clock(words, end, language):
        return None
    read = open_clock(words, clock_at, language)
    if read is None or is_unit(words, read[2], language):
        return (_moment(day, hour * 60, now), end) if half else None
    minutes, known, end = read
    if half and not known:
        minutes, known = in_half(minutes, half), True
    return _moment(day, _likely(minutes, known, day, now), now), end


def _day(
    words: Sequence[str], i: int, language: str, now: dt.datetime
) -> tuple[dt.date | None, str | None, int, int]:
    """A day, and its part when that is said: "am", "pm" or "night", and its usual hour."""
    for text, half, hour in _TODAY[language]:
        if matches(words, i, text.split()):
            return now.date(), half, hour, i + len(text.split())
    found = date(words, i, language, now)
    if found is None:
        return None, None, 0, i
    day, end = found
    for text, half, hour in _PARTS[language]:
        if matches(words, end, text.split()):
            return day, half, hour, end + len(text.split())
    return day, None, 0, end


def _time_first(words: Sequence[str], i: int, language: str, now: dt.datetime) -> Found:
    """ "seven tomorrow", "nine in the morning on friday", "siete de la tarde del lunes"."""
    read = open_clock(words, i, language)
    if read is None or is_unit(words, read[2], language):
        return None
    minutes, known, end = read
    on = _after(words, end, _ON[language])
    day, half, _, after = _day(words, on, language, now)
    if day is None:
        time = clock(words, i, language, now)
        return (_next(time[0], now), time[1]) if time else None
    if half is None and (part := part_of_day(words, after, language)):
        half, after = part
    if half and not known:
        minutes, known = in_half(minutes, half), True
    return _moment(day, _likely(minutes, known, day, now), now), after


def _says_clock(words: Sequence[str], i: int, language: str) -> bool:
    """Whether a time stands here that is no bare number: "friday 7 pm", but not "friday 7"."""
    read = open_clock(words, i, language)
    return read is not None and (read[2] > i + 1 or not at(words, i).isalnum())


def _likely(minutes: int, known: bool, day: dt.date, now: dt.datetime) -> int:
    """An open time of today is the next one; of another day, one when people are awake."""
    if known:
        return minutes
    passed = now.hour * 60 + now.minute
    if day == now.date() and minutes <= passed < minutes % 720 + 720:
        return minutes % 720 + 720
    return minutes if day == now.date() and minutes > passed else awake(minutes)


def _next(time: dt.time, now: dt.datetime) -> dt.datetime:
    then = on_the_wall(dt.datetime.combine(now.date(), time), now.tzinfo)
    if then.timestamp() > now.timestamp():
        return then
    return on_the_wall(dt.datetime.combine(now.date() + dt.timedelta(1), time), now.tzinfo)


def _moment(day: dt.date, minutes: int, now: dt.datetime) -> dt.datetime:
    """Midnight of a day is where it ends: "tomorrow at midnight" is the night after it."""
    return on_the_wall(dt.datetime.combine(day, time_of(minutes)), now.tzinfo)


def _after(words: Sequence[str], i: int, phrases: Sequence[Sequence[str]]) -> int:
    """The index after one of these phrases, or the same index."""
    return next((i + len(p) for p in phrases if matches(words, i, p)), i)
