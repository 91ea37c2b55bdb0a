"""Values as a person says them, in English and Spanish: "ten minutes", "las siete y cinco".

Numbers are spelled by the rules of Unicode's locale data (unicode-rbnf). Any other language
is spoken as English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assistant.words import decimal_words, number_words, ordinal_words, year_words

_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
}
_MONTHS = {
    "en": "January February March April May June July August September October November"
    " December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre".split(),
}
# unit: seconds, then per language the singular and the plural; Spanish hours are feminine
_UNITS = (
    (86_400, {"en": ("day", "days"), "es": ("día", "días")}),
    (3_600, {"en": ("hour", "hours"), "es": ("hora", "horas")}),
    (60, {"en": ("minute", "minutes"), "es": ("minuto", "minutos")}),
    (1, {"en": ("second", "seconds"), "es": ("segundo", "segundos")}),
)
_PARTS_OF_DAY = {  # the part that begins at an hour
    "en": ((0, "in the morning"), (12, "in the afternoon"), (18, "in the evening")),
    "es": ((0, "de la madrugada"), (6, "de la mañana"), (12, "de la tarde"), (20, "de la noche")),
}
_ON_THE_HOUR = {
    "en": {0: "midnight", 12: "noon"},
    "es": {0: "medianoche", 12: "mediodía"},
}


def _known(language: str) -> str:
    return language if language in _WEEKDAYS else "en"


def number(value: float, language: str) -> str:
    """A number on its own: 21 is "twenty-one", "veintiuno". At most two decimals are said."""
    language = _known(language)
    if value < 0:
        return f"{'menos' if language == 'es' else 'minus'} {number(-value, language)}"
    whole, _, fraction = f"{value:.2f}".partition(".")
    point = "coma" if language == "es" else "point"
    return decimal_words(whole, fraction.rstrip("0"), point, language)


def count(value: int, one: str, many: str, language: str, *, feminine: bool = False) -> str:
    """A number before its noun: "one timer", "veintiún minutos", "veintiuna horas"."""
    noun = one if value == 1 else many
    gender = "feminine" if feminine else "masculine"
    return f"{number_words(value, _known(language), before=gender)} {noun}"


def percent(value: float, language: str) -> str:
    return f"{number(value, language)} {'por ciento' if language == 'es' else 'percent'}"


def duration(value: dt.timedelta, language: str, *, adjective: bool = False) -> str:
    """To the second: "one hour and five minutes"; as an adjective "one hour and five minute".

    A negative duration is said without its sign.
    """
    language = _known(language)
    rest = abs(round(value.total_seconds()))
    parts: list[str] = []
    for seconds, names in _UNITS:
        n, rest = divmod(rest, seconds)
        if n or (seconds == 1 and not parts):
            one, many = names[language]
            many = one if adjective and language == "en" else many
            parts.append(count(n, one, many, language, feminine=seconds == 3_600))
    return listing(parts, language)


def clock(value: dt.time, language: str, *, part_of_day: bool = False) -> str:
    """A time of day: "seven oh five", "las siete y cinco", "noon"; twelve hours, no seconds.

    part_of_day: add "in the evening", "de la tarde".
    """
    language = _known(language)
    if not value.minute and value.hour in _ON_THE_HOUR[language]:
        return _ON_THE_HOUR[language][value.hour]
    text = (_english_clock if language == "en" else _spanish_clock)(value)
    if not part_of_day:
        return text
    part = [name for start, name in _PARTS_OF_DAY[language] if value.hour >= start][-1]
    return f"{text} {part}"


def _english_clock(value: dt.time) -> str:
    hour = number((value.hour - 1) % 12 + 1, "en")
    if value.minute == 0:
        return f"{hour} o'clock"
    oh = "oh " if value.minute < 10 else ""
    return f"{hour} {oh}{number(value.minute, 'en')}"


def _spanish_clock(value: dt.time) -> str:
    hour = (value.hour - 1) % 12 + 1
    text = "la una" if hour == 1 else f"las {number(hour, 'es')}"
    minutes = {0: "", 15: " y cuarto", 30: " y media"}
    return text + minutes.get(value.minute, f" y {number(value.minute, 'es')}")


def weekday(value: dt.date, language: str) -> str:
    return _WEEKDAYS[_known(language)][value.weekday()]


def month(value: dt.date, language: str) -> str:
    return _MONTHS[_known(language)][value.month - 1]


def year(value: int, language: str) -> str:
    """As years are said: 2025 is "twenty twenty-five", "dos mil veinticinco"."""
    return year_words(value, _known(language))


def date(value: dt.date, language: str, *, with_year: bool = False) -> str:
    """A day: "Saturday, November twenty-second", "sábado veintidós de noviembre"."""
    name, of_year = weekday(value, language), month(value, language)
    if _known(language) == "es":
        day = "primero" if value.day == 1 else number(value.day, "es")
        return f"{name} {day} de {of_year}" + (f" de {year(value.year, 'es')}" if with_year else "")
    return f"{name}, {of_year} {ordinal_words(value.day, 'en')}" + (
        f", {year(value.year, 'en')}" if with_year else ""
    )


def listing(items: Sequence[str], language: str) -> str:
    """ "a, b and c"; in Spanish "y" turns to "e" before the sound of an i."""
    if len(items) < 2:
        return "".join(items)
    *first, last = items
    joint = "and"
    if _known(language) == "es":
        start = last.casefold()
        sounds_like_i = start.startswith(("i", "hi", "í", "hí")) and not start.startswith("hie")
        joint = "e" if sounds_like_i else "y"
    return f"{', '.join(first)} {joint} {last}"


def render(value: Any, language: str) -> str:
    """A value in words, by its type; what has no words of its own is said as text."""
    match value:
        case bool() | str():
            return str(value)
        case int() | float():
            return number(value, language)
        case dt.timedelta():
            return duration(value, language)
        case dt.datetime():
            return clock(value.time(), language)
        case dt.time():
            return clock(value, language)
        case dt.date():
            return date(value, language)
        case list() | tuple():
            return listing([render(item, language) for item in value], language)
    return str(value)
