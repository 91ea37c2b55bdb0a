"""How many days there are: in a month, from one day to another, since a day; and leap years."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Annotated

from assistant import spoken
from assistant.handlers.contract import Family, Request, function
from assistant.quantities import DateRange
from assistant.types import Reply

Year = Annotated[int, range(1, 10_000)]

_APART = re.compile(r"\b(between|from|since|entre|desde|de)\b", re.IGNORECASE)
"""Two days are so many days apart; a month or a week has its last day, too."""
_MOVING = re.compile(
    r"easter|friday|monday|thursday|thanksgiving|mother|father|pascua|semana santa|viernes|lunes"
    r"|carnaval|carnival|pentecost|corpus|madre|padre",
    re.IGNORECASE,
)
"""Days that have no fixed date: when the last one was is not known."""
_WEEKDAY = re.compile(
    r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(lunes|martes|mi[ée]rcoles|jueves|viernes"
    r"|s[áa]bado|domingo)\b",
    re.IGNORECASE,
)
_WEEKS = {"en": ("week", "weeks"), "es": ("semana", "semanas")}


class DayCounts(Family):
    @function(
        en=[
            "how many (days|weeks) [(is it|are there|are|is there)] [(in|between|from)]"
            " [the month of] {days}",
            "how many days does {days} have",
            "how (long|far) is it {days}",
            "how many (days|weeks) [(is it|are there|are|is there)] [(between|from)] {day}"
            " (and|to|until|till) {until}",
        ],
        es=[
            "(cuántos días|cuántas semanas) (tiene|trae|hay|son|van|pasan) [en] [el mes de] {days}",
            "(cuántos días|cuántas semanas|cuánto tiempo) (hay|van|pasan|son) [(entre|desde|de)]"
            " [(el|la)] {day} (y|hasta|a) [(el|la)] {until}",
        ],
        help={"en": "how many days are in February", "es": "cuántos días tiene febrero"},
        ahead=True,
    )
    def days_in(
        self,
        request: Request,
        days: DateRange | None = None,
        day: dt.date | None = None,
        until: dt.date | None = None,
    ) -> Reply:
        if days is not None:
            number = (days.last - days.first).days + (not _APART.search(request.text))
        else:
            number = abs(((until or request.now.date()) - (day or request.now.date())).days)
        return request.say("{n}.", "{n}.", n=_counted(number, request))

    @function(
        en=[
            "how (long|many days|many weeks) ago (was|is|has been) {day}",
            "how (long|many days|many weeks) (is it|has it been|have passed|has passed) since"
            " {day}",
            "how many (days|weeks) since {day}",
        ],
        es=[
            "(cuánto [tiempo]|cuántos días|cuántas semanas) (hace|ha pasado|han pasado|pasó"
            "|pasaron) (de|del|desde|desde el|que fue|que fue el) {day}",
            "hace (cuánto [tiempo]|cuántos días|cuántas semanas) (fue|que fue|que pasó|del|de)"
            " [el] {day}",
        ],
        help={
            "en": "how long ago was the first of March",
            "es": "cuánto hace del uno de marzo",
        },
        ahead=True,
    )
    def days_since(self, request: Request, day: dt.date) -> Reply:
        today = request.now.date()
        last = _last(day, today, request.text)
        if last is None:
            date = spoken.date(day, request.language, with_year=True)
            return request.say("I only know the next one: {day}.", "Solo sé el próximo: {day}.",
                               day=date)  # fmt: skip
        number = (today - last).days
        if number == 0:
            return request.say("That is today.", "Es hoy.")
        return request.say("{ago} ago.", "Hace {ago}.", ago=_counted(number, request))

    @function(
        en=[
            "is (it|this|this year) [(going to be|now)] a leap year",
            "is {year} [(going to be|not)] a leap year",
            "(was|will) {year} [be] a leap year",
            "is it a leap year (this year|in {year})",
            "(when|what year) is the next leap year",
        ],
        es=[
            "(es|estamos en) [este año] [un año] bisiesto [este año]",
            "(es|fue|será) [el [año]] {year} [un año] bisiesto",
            "[el [año]] {year} (es|fue|será) [un año] bisiesto",
            "este año es bisiesto",
            "cuándo es el (próximo|siguiente) año bisiesto",
        ],
        ahead=True,
    )
    def leap_year(self, request: Request, year: Year | None = None) -> Reply:
        this = year or request.now.year
        next_one = re.search(r"\b(next|próximo|siguiente)\b", request.text, re.IGNORECASE)
        leap = calendar.isleap(this) and not next_one
        following = this + 1
        while not calendar.isleap(following):
            following += 1
        if leap:
            return request.say(
                "Yes, {year} is a leap year.", "Sí, {year} es bisiesto.",
                year=spoken.year(this, request.language),
            )  # fmt: skip
        if year is not None:
            return request.say("No, it is not.", "No, no lo es.")
        if next_one:
            return request.say("{year}.", "{year}.", year=spoken.year(following, request.language))
        return request.say(
            "No, the next one is {year}.", "No, el próximo es {year}.",
            year=spoken.year(following, request.language),
        )  # fmt: skip


def _counted(days: int, request: Request) -> str | dt.timedelta:
    """In weeks, where these were asked for."""
    weeks, rest = divmod(days, 7)
    if not weeks or not re.search(r"\b(weeks|semanas)\b", request.text, re.IGNORECASE):
        return spoken.duration(dt.timedelta(days), request.language)
    words = [spoken.count(weeks, *_WEEKS[request.language], request.language, feminine=True)]
    words += [spoken.duration(dt.timedelta(rest), request.language)] if rest else []
    return spoken.listing(words, request.language)


def _last(day: dt.date, today: dt.date, text: str) -> dt.date | None:
    """The last time that it was such a day; None when that cannot be told. Days without a year are
    understood as the next ones."""
    if day <= today:
        return day
    if _WEEKDAY.search(text) and (day - today).days <= 7:
        return day - dt.timedelta(7)
    if _MOVING.search(text) or (day - today).days > 366:
        return None
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the last of February of a leap year
        return None
