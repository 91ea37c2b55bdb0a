"""Public holidays: the next one, those of a month, whether a day is one; here and elsewhere.

The days are computed by the holidays package, without a network. The country is that of the time
zone, or of the place that was named; holidays of regions are left out.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from assistant import spoken
from assistant.handlers.contract import Request, function
from assistant.handlers.timekeeping.due_words import day_in_words
from assistant.handlers.timekeeping.places import Place, find
from assistant.handlers.timekeeping.world_clock import Where, WorldClock
from assistant.quantities import DateRange
from assistant.types import Reply

_MOST = 6  # told at once
_LANGUAGES = {"en": ("en_US", "en_GB", "en"), "es": ("es",)}


class PublicHolidays(WorldClock):
    @function(
        en=[
            "(when|what|which) (is|will be) the (next|coming|upcoming) <holiday> [in {place}]",
            "(when|what day) (do we have|is|will be) the next <holiday> [in {place}]",
            "(tell me|what about) the next <holiday> [in {place}]",
            "[the] next <holiday> [in {place}]",
            "how (long|many days|much time) [is it|is there|are there|are left] [left]"
            " (until|till|to) the next <holiday> [in {place}]",
        ],
        es=[
            "(cuándo|cuál|qué día) (es|será|cae|toca) el (próximo|siguiente) <holiday>"
            " [en {place}]",
            "(dime|dígame|decime) [cuál es|cuándo es] el próximo <holiday> [en {place}]",
            "[el] próximo <holiday> [en {place}]",
            "(cuánto|cuántos días) [tiempo] (falta|faltan|queda|quedan) para el (próximo"
            "|siguiente) <holiday> [en {place}]",
        ],
        help={"en": "when is the next public holiday", "es": "cuándo es el próximo festivo"},
        ahead=True,
    )
    def next_holiday(self, request: Request, place: Where = "") -> Reply:
        country, there = _country(request, place)
        today = request.now.date()
        day, name = next(
            (day, name)
            for year in range(today.year, today.year + 3)
            for day, name in sorted(_of_year(country, year, request.language).items())
            if day > today
        )
        return request.say(
            "The next public holiday{there} is {name}, {when}.",
            "El próximo festivo{there} es {when}: {name}.",
            name=name, when=_when(day, today, request.language), there=there,
        )  # fmt: skip

    @function(
        en=[
            "is {day} a <holiday> [in {place}]",
            "is it a <holiday> [on] {day} [in {place}]",
            "is there a <holiday> [on] {day} [in {place}]",
            "do we have a <holiday> [on] {day}",
        ],
        es=[
            "es [un] <holiday> [el] {day} [en {place}]",
            "[el] {day} es [un] <holiday> [en {place}]",
            "hay [algún] <holiday> [el] {day} [en {place}]",
            "(cae en|es día) festivo [el] {day} [en {place}]",
        ],
        help={"en": "is tomorrow a public holiday", "es": "es festivo mañana"},
        ahead=True,
    )
    def is_holiday(self, request: Request, day: dt.date, place: Where = "") -> Reply:
        country, there = _country(request, place)
        name = _of_year(country, day.year, request.language).get(day)
        when = _when(day, request.now.date(), request.language)
        if name is None:
            return request.say(
                "No, {when} is no public holiday{there}.", "No, {when} no es festivo{there}.",
                when=when, there=there,
            )  # fmt: skip
        return request.say("Yes, {when} is a public holiday{there}: {name}.",
                           "Sí, {when} es festivo{there}: {name}.",
                           when=when, there=there, name=name)  # fmt: skip

    @function(
        en=[
            "(what|which) <holidays> (are there|are|do we have|come|are coming up) [in|on] {days}"
            " [in {place}]",
            "(list|tell me|show me|what are) [the|all] <holidays> [(in|of|for|on)] {days}"
            " [in {place}]",
            "(is|are) there [any|a] (<holiday>|<holidays>) [(in|on)] {days} [in {place}]",
        ],
        es=[
            "qué <holidays> (hay|tenemos|caen) [(en|durante)] [el|la|este] {days} [en {place}]",
            "(dime|lista|cuáles son) [todos] [los] <holidays> [(de|del|en|durante)] [el|la] {days}"
            " [en {place}]",
            "hay [algún] (<holiday>|<holidays>) [(en|durante)] [el|la] {days} [en {place}]",
        ],
        help={
            "en": "what holidays are there next month",
            "es": "qué festivos hay el mes que viene",
        },
        ahead=True,
    )
    def holidays_in(self, request: Request, days: DateRange, place: Where = "") -> Reply:
        country, there = _country(request, place)
        years = range(days.first.year, min(days.last.year, days.first.year + 1) + 1)
        every = [item for y in years for item in _of_year(country, y, request.language).items()]
        found = sorted((day, name) for day, name in every if day in days)
        if not found:
            return request.say(
                "There is no public holiday{there} then.",
                "No hay ningún festivo{there} en esos días.", there=there,
            )  # fmt: skip
        told = [f"{name}, {_when(d, request.now.date(), request.language)}" for d, name in found]
        text = "; ".join(told[:_MOST])
        if len(found) == 1:
            return request.say("There is one{there}: {holidays}.", "Hay uno{there}: {holidays}.",
                               there=there, holidays=text)  # fmt: skip
        return request.say("There are {n}{there}: {holidays}.", "Hay {n}{there}: {holidays}.",
                           n=len(found), there=there, holidays=text)  # fmt: skip


def _when(day: dt.date, today: dt.date, language: str) -> str:
    """ "today", "tomorrow", "Friday, May first"; in Spanish with its article."""
    if abs((day - today).days) < 2 and day >= today:
        return day_in_words(day, today, language) or ("hoy" if language == "es" else "today")
    date = spoken.date(day, language, with_year=day.year != today.year)
    return f"el {date}" if language == "es" else date


def _country(request: Request, place: str) -> tuple[str, str]:
    """ISO 3166 code, and " in Mexico" for what is said. Raises FunctionError."""
    found: Place | None = None
    if place:
        found = find(place)
        if found is None:
            raise request.error(f"I don't know a place called {place}.",
                                f"No conozco ningún lugar llamado {place}.")  # fmt: skip
    zone = found.zone if found else request.now.tzinfo
    code = _countries().get(getattr(zone, "key", ""), "")
    if not code or not _supported(code):
        raise request.error(
            "I don't know which country's holidays to look at. Name one, or set the time zone of"
            " this machine to that of a city.",
            "No sé de qué país mirar los festivos. Nómbralo, o pon en esta máquina la zona horaria"
            " de una ciudad.",
        )
    return code, request.pick(f" in {found.name}", f" en {found.name}") if found else ""


@cache
def _countries() -> Mapping[str, str]:
    """The country of each time zone that is a city's, from the zone database's own table."""
    for lines in _zone_tables():
        return {
            zone.strip(): code
            for code, _, zone, *_ in (line.split("\t") for line in lines if line[:1] not in "#")
        }
    return {}


def _zone_tables() -> Iterator[list[str]]:
    for folder in zoneinfo.TZPATH:
        table = Path(folder, "zone.tab")
        if table.is_file():
            yield table.read_text("utf-8").splitlines()
    try:
        yield files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    except (ModuleNotFoundError, OSError):
        return


@cache
def _supported(country: str) -> bool:
    import holidays

    return country in holidays.list_supported_countries(include_aliases=False)


@lru_cache(maxsize=16)
def _of_year(country: str, year: int, language: str) -> Mapping[dt.date, str]:
    """The holidays of a year, named in the user's language where the package can."""
    import holidays

    plain = holidays.country_holidays(country, years=year)
    spoken_here = getattr(plain, "supported_languages", ())
    wanted = next((name for name in _LANGUAGES[language] if name in spoken_here), None)
    named = holidays.country_holidays(country, years=year, language=wanted) if wanted else plain
    return dict(named.items())
