"""Values as a person says them, in English and Spanish: "ten minutes", "las siete y cinco".

Numbers are spelled by the rules of Unicode's locale data (unicode-rbnf). Any other language
is spoken as English.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from assistant.currencies import CURRENCIES
from assistant.quantities import Money, Ordinal, Percent, Quantity
from assistant.recurrence import Recurrence
from assistant.units import UNITS, Unit
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


def number(value: float, language: str, *, decimals: int = 2) -> str:
    """A number on its own: 21 is "twenty-one", "veintiuno". At most two decimals are said."""
    language = _known(language)
    if value < 0:
        minus = "menos" if language == "es" else "minus"
        return f"{minus} {number(-value, language, decimals=decimals)}"
    whole, _, fraction = f"{value:.{decimals}f}".partition(".")
    point = "coma" if language == "es" else "point"
    return decimal_words(whole, fraction.rstrip("0"), point, language)


def count(value: int, one: str, many: str, language: str, *, feminine: bool = False) -> str:
    """A number before its noun: "one timer", "veintiún minutos", "veintiuna horas"."""
    noun = one if value == 1 else many
    gender = "feminine" if feminine else "masculine"
    return f"{number_words(value, _known(language), before=gender)} {noun}"


def quantity(value: Quantity, language: str) -> str:
    """ "five miles", "medio kilo", "minus three degrees Celsius"; as many decimals as it has, up
    to six."""
    return _amount(value.value, UNITS[_known(language)][value.unit], language)


_CENTS = dict.fromkeys("USD EUR CAD AUD NZD".split(), ("cent", "cents"))
_CENTS["GBP"] = ("penny", "pence")


def money(value: Money, language: str) -> str:
    """ "twenty dollars", "five euros and ten cents", "dos euros con cincuenta"."""
    language = _known(language)
    unit = CURRENCIES[language][value.currency]
    whole, cents = divmod(round(abs(value.amount) * 100), 100)
    if not cents or value.amount < 0:
        return _amount(round(value.amount, 2), unit, language)
    said = _amount(whole, unit, language)
    if language == "es":
        return f"{said} con {number(cents, language)}"
    if value.currency not in _CENTS:
        return f"{said} {number(cents, language)}"
    return f"{said} and {count(cents, *_CENTS[value.currency], language)}"


def _amount(value: float, unit: Unit, language: str) -> str:
    if value == int(value) and value >= 0:
        return count(int(value), unit.one, unit.many, language, feminine=unit.feminine)
    return f"{number(value, language, decimals=6)} {unit.many}"


def for_the_ear(value: float) -> float:
    """Rounded to what one can keep in mind: 3.33, 14.1 of a hundred and more, whole thousands."""
    size = abs(value)
    if size >= 1000:
        return round(value)
    if size >= 1:
        return round(value, 1 if size >= 100 else 2)
    return float(f"{value:.2g}")


def ordinal(value: int, language: str) -> str:
    """ "third", "tercero"; -1 is "last", "último"."""
    last = "último" if _known(language) == "es" else "last"
    return ordinal_words(value, _known(language)) if value > 0 else last


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


def moment(value: dt.datetime, language: str, now: dt.datetime) -> str:
    """When something is, as seen from now: "today at noon", "tomorrow at seven in the morning",
    "on Friday at ...", "on Friday, December fifth at ..."; "el viernes a las siete de la tarde"."""
    language = _known(language)
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
    if _known(language) == "en":
        return f"at {said}"
    return "al mediodía" if said == "mediodía" else f"a {said}"


# in English the singular and the plural; in Spanish every one of them, and the plural
_PERIODS = {
    "DAILY": {"en": ("day", "days"), "es": ("todos los días", "días")},
    "WEEKLY": {"en": ("week", "weeks"), "es": ("todas las semanas", "semanas")},
    "MONTHLY": {"en": ("month", "months"), "es": ("todos los meses", "meses")},
    "YEARLY": {"en": ("year", "years"), "es": ("todos los años", "años")},
    "HOURLY": {"en": ("hour", "hours"), "es": ("cada hora", "horas")},
    "MINUTELY": {"en": ("minute", "minutes"), "es": ("cada minuto", "minutos")},
}
_DAY_CODES = "MO TU WE TH FR SA SU".split()
_DAY_GROUPS = {
    "MO,TU,WE,TH,FR": {"en": "every weekday", "es": "de lunes a viernes"},
    "SA,SU": {"en": "every Saturday and Sunday", "es": "los fines de semana"},
}


def recurrence(value: Recurrence, language: str) -> str:
    """ "every weekday at seven in the morning", "cada dos semanas, los lunes"."""
    language, parts = _known(language), value.parts
    interval, days = int(parts.get("INTERVAL", "1")), parts.get("BYDAY", "")
    one, many = _PERIODS[parts["FREQ"]][language]
    feminine = parts["FREQ"] in ("WEEKLY", "HOURLY")
    every = "cada" if language == "es" else "every"
    text = f"{every} {count(interval, one, many, language, feminine=feminine)}"
    if interval == 1:
        text = one if language == "es" else f"every {one}"
    if days:
        names = [_WEEKDAYS[language][_DAY_CODES.index(day)] for day in days.split(",")]
        on = _DAY_GROUPS.get(days, {}).get(language) or (
            f"every {listing(names, 'en')}" if language == "en" else f"los {listing(names, 'es')}"
        )
        text = on if interval == 1 else f"{text}, {on.replace('every', 'on')}"
    if day := parts.get("BYMONTHDAY"):
        text = _of_the_month(text, int(day), parts.get("BYMONTH"), language)
    return f"{text} {at_time(value.time, language)}" if value.time else text


def _of_the_month(text: str, day: int, month_number: str | None, language: str) -> str:
    """ "every month on the fifth", "el cinco de cada mes", "every year on May fifth"."""
    name = _MONTHS[language][int(month_number) - 1] if month_number else ""
    if language == "es":
        said = "último día" if day < 0 else "primero" if day == 1 else number(day, "es")
        return f"el {said} de {name}, {text}" if name else f"{text} el {said}"
    said = "last day" if day < 0 else ordinal_words(day, "en")
    return f"{text} on {name} {said}" if name else f"{text} on the {said}"


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
        case Percent():
            return percent(value, language)
        case Ordinal():
            return ordinal(value, language)
        case Quantity():
            return quantity(value, language)
        case Money():
            return money(value, language)
        case Recurrence():
            return recurrence(value, language)
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
