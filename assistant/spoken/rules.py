"""What happens again and again, as a person says it."""

from __future__ import annotations

import datetime as dt

from assistant.quantities import Ordinal
from assistant.recurrence import Recurrence
from assistant.spoken.amounts import count, known, listing, number, ordinal
from assistant.spoken.times import MONTHS, WEEKDAYS, at_time
from assistant.words import ordinal_words

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
    language, parts = known(language), value.parts
    interval, days = int(parts.get("INTERVAL", "1")), parts.get("BYDAY", "")
    one, many = _PERIODS[parts["FREQ"]][language]
    feminine = parts["FREQ"] in ("WEEKLY", "HOURLY")
    every = "cada" if language == "es" else "every"
    text = f"{every} {count(interval, one, many, language, feminine=feminine)}"
    if interval == 1:
        text = one if language == "es" else f"every {one}"
    if days[:1] in ("-", *"12345"):
        text = f"{text} {nth_weekday(days, language)}".replace(" the ", " on the ")
    elif days:
        names = [WEEKDAYS[language][_DAY_CODES.index(day)] for day in days.split(",")]
        on = _DAY_GROUPS.get(days, {}).get(language) or (
            f"every {listing(names, 'en')}" if language == "en" else f"los {listing(names, 'es')}"
        )
        text = on if interval == 1 else f"{text}, {on.replace('every', 'on')}"
    if day := parts.get("BYMONTHDAY"):
        text = _of_the_month(text, int(day), parts.get("BYMONTH"), language)
    if hours := parts.get("BYHOUR"):
        times = [dt.time(int(hour), value.time.minute if value.time else 0)
                 for hour in hours.split(",")]  # fmt: skip
        return f"{text} {listing([at_time(time, language) for time in times], language)}"
    return f"{text} {at_time(value.time, language)}" if value.time else text


def nth_weekday(code: str, language: str) -> str:
    """The day of a month that RFC 5545 writes "1MO" or "-1FR": "the first Monday", "el último
    viernes"."""
    nth, weekday = int(code[:-2]), WEEKDAYS[language][_DAY_CODES.index(code[-2:])]
    if language == "es":
        names = {-1: "último", 1: "primer", 3: "tercer"}
        return f"el {names.get(nth) or ordinal(Ordinal(nth), 'es')} {weekday}"
    return f"the {'last' if nth < 0 else ordinal_words(nth, 'en')} {weekday}"


def _of_the_month(text: str, day: int, month_number: str | None, language: str) -> str:
    """ "every month on the fifth", "el cinco de cada mes", "every year on May fifth"."""
    name = MONTHS[language][int(month_number) - 1] if month_number else ""
    if language == "es":
        said = "último día" if day < 0 else "primero" if day == 1 else number(day, "es")
        return f"el {said} de {name}, {text}" if name else f"{text} el {said}"
    said = "last day" if day < 0 else ordinal_words(day, "en")
    return f"{text} on {name} {said}" if name else f"{text} on the {said}"
