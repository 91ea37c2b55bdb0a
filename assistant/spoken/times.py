"""Lengths, times of day and days, as a person says them."""

from __future__ import annotations

import datetime as dt

from assistant.quantities import DateRange
from assistant.spoken.amounts import count, known, listing, number
from assistant.words import ordinal_words, year_words

WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "es": "lunes martes miércoles jueves viernes sábado domingo".split(),
}
MONTHS = {
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


def duration(value: dt.timedelta, language: str, *, adjective: bool = False) -> str:
    """To the second: "one hour and five minutes"; as an adjective "one hour and five minute".

    A negative duration is said without its sign.
    """
    language = known(language)
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
    language = known(language)
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
    return WEEKDAYS[known(language)][value.weekday()]


def month(value: dt.date, language: str) -> str:
    return MONTHS[known(language)][value.month - 1]


def year(value: int, language: str) -> str:
    """As years are said: 2025 is "twenty twenty-five", "dos mil veinticinco"."""
    return year_words(value, known(language))


def date(value: dt.date, language: str, *, with_year: bool = False) -> str:
    """A day: "Saturday, November twenty-second", "sábado veintidós de noviembre"."""
    name, of_year = weekday(value, language), month(value, language)
    if known(language) == "es":
        day = "primero" if value.day == 1 else number(value.day, "es")
        return f"{name} {day} de {of_year}" + (f" de {year(value.year, 'es')}" if with_year else "")
    return f"{name}, {of_year} {ordinal_words(value.day, 'en')}" + (
        f", {year(value.year, 'en')}" if with_year else ""
    )


def moment(value: dt.datetime, language: str, now: dt.datetime) -> str:
    """When something is, as seen from now: "today at noon", "tomorrow at seven in the morning",
    "on Friday at ...", "on Friday, December fifth at ..."; "el viernes a las siete de la tarde"."""
    language = known(language)
    days = (value.date() - now.date()).days
    if days in (0, 1):
        day = {"en": ("today", "tomorrow"), "es": ("hoy", "mañana")}[language][days]
    elif 0 < days < 7:
        day = f"{'el' if language == 'es' else 'on'} {weekday(value, language)}"
    else:
        said = date(value, language, with_year=value.year != now.year)
        day = f"{'el' if language == 'es' else 'on'} {said}"
    return f"{day} {at_time(value.time(), language)}"


def at_time(value: dt.time, language: str) -> str:
    """ "at seven in the morning", "a las siete de la mañana", "at noon", "al mediodía"."""
    said = clock(value, language, part_of_day=True)
    if known(language) == "en":
        return f"at {said}"
    return "al mediodía" if said == "mediodía" else f"a {said}"


# in English the singular and the plural; in Spanish every one of them, and the plural


def date_range(days: DateRange, language: str) -> str:
    """ "from Monday, March second to Thursday, March fifth"."""
    first, last = date(days.first, language), date(days.last, language)
    return f"del {first} al {last}" if known(language) == "es" else f"from {first} to {last}"
