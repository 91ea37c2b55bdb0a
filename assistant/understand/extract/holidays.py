"""Days with a name: those of a fixed date, of a weekday in a month, and those around Easter."""

from __future__ import annotations

import calendar
import datetime as dt

from assistant.understand.extract.scan import by_language

_FIXED = {
    "01-01": "new year's day|new years day|new year day|new year|new years",
    "12-31": "new year's eve|new years eve|new year eve",
    "02-14": "valentine's day|valentines day|valentine day|valentine's",
    "03-17": "saint patrick's day|st patrick's day|st. patrick's day|st patrick day",
    "04-01": "april fool's day|april fools day|april fools",
    "04-22": "earth day",
    "05-01": "may day|labour day|international workers' day|international workers day"
    "|international worker's day|workers' day|workers day",
    "05-04": "star wars day",
    "05-05": "cinco de mayo",
    "06-19": "juneteenth",
    "07-04": "independence day",
    "10-31": "halloween|all hallows eve",
    "11-01": "all saints day|all saint's day",
    "11-11": "veterans day|veteran's day|singles day|singles' day",
    "12-24": "christmas eve|xmas eve",
    "12-25": "christmas day|christmas|xmas day|xmas",
    "12-26": "boxing day",
    "02-02": "groundhog day",
    "11-05": "guy fawkes day|guy fawkes night|bonfire night",
    "03-08": "international women's day|women's day",
    "01-06": "epiphany",
}
_FIXED_ES = {
    "01-01": "año nuevo|dia de año nuevo",
    "12-31": "nochevieja|noche vieja|fin de año nuevo|vispera de año nuevo",
    "01-06": "dia de reyes|reyes magos|dia de los reyes magos|reyes",
    "02-14": "san valentin|dia de san valentin|dia de los enamorados",
    "05-01": "dia del trabajador|dia internacional del trabajador|dia del trabajo"
    "|dia de los trabajadores",
    "10-31": "halloween|noche de brujas|dia de brujas",
    "11-01": "dia de todos los santos|todos los santos",
    "11-02": "dia de los muertos|dia de muertos",
    "12-24": "nochebuena|noche buena",
    "12-25": "navidad|dia de navidad",
    "12-28": "dia de los inocentes|dia de los santos inocentes",
    "03-08": "dia internacional de la mujer|dia de la mujer",
    "10-12": "dia de la hispanidad",
}
# month, weekday (Monday is 0), which one (-1: the last), days after it
_WEEKDAYS = {
    "1 0 3 0": "martin luther king day|mlk day|martin luther king jr day",
    "2 0 3 0": "presidents day|president's day|presidents' day|washington's birthday",
    "5 0 -1 0": "memorial day",
    "9 0 1 0": "labor day",
    "10 0 2 0": "columbus day",
    "11 3 4 0": "thanksgiving day|thanksgiving",
    "11 3 4 1": "black friday",
    "11 3 4 4": "cyber monday",
    "5 6 2 0": "mother's day|mothers day|mothers' day",
    "6 6 3 0": "father's day|fathers day|fathers' day",
}
_WEEKDAYS_ES = {"11 3 4 0": "dia de accion de gracias|accion de gracias"}
# days after Easter Sunday
_EASTER = {
    "0": "easter sunday|easter day|easter",
    "1": "easter monday",
    "-2": "good friday",
    "-1": "easter saturday|holy saturday",
    "-7": "palm sunday|holy week",
    "-46": "ash wednesday",
    "-47": "mardi gras|fat tuesday",
    "39": "ascension day|ascension",
    "49": "pentecost|whit sunday",
    "60": "corpus christi",
}
_EASTER_ES = {
    "0": "domingo de pascua|pascua|domingo de resurreccion",
    "-2": "viernes santo",
    "-3": "jueves santo",
    "-46": "miercoles de ceniza",
    "-7": "domingo de ramos|semana santa",
    "-47": "martes de carnaval|carnaval|carnavales",
    "60": "corpus christi|corpus",
    "-1": "sabado santo",
    "1": "lunes de pascua",
}


def _named(prefix: str, table: dict[str, str]) -> dict[str, str]:
    return {f"{prefix} {rule}": names for rule, names in table.items()}


HOLIDAYS = by_language(
    en=_named("fixed", _FIXED) | _named("weekday", _WEEKDAYS) | _named("easter", _EASTER),
    es=_named("fixed", _FIXED_ES) | _named("weekday", _WEEKDAYS_ES) | _named("easter", _EASTER_ES),
)


def in_year(rule: str, year: int) -> dt.date:
    """The day of a holiday in a year."""
    kind, *parts = rule.split()
    if kind == "fixed":
        month, day = map(int, parts[0].split("-"))
        return dt.date(year, month, day)
    if kind == "easter":
        from dateutil.easter import easter

        found: dt.date = easter(year)
        return found + dt.timedelta(int(parts[0]))
    month, weekday, nth, later = map(int, parts)
    return nth_weekday(year, month, weekday, nth) + dt.timedelta(later)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The third Monday of a month; -1 is the last. Raises ValueError beyond the month."""
    first, days = calendar.monthrange(year, month)
    if nth > 0:
        return dt.date(year, month, 1 + (weekday - first) % 7 + 7 * (nth - 1))
    last = dt.date(year, month, days)
    return last - dt.timedelta((last.weekday() - weekday) % 7)
