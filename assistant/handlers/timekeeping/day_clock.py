"""Days: which one a date is, how far away it is, which one it will be."""

from __future__ import annotations

import datetime as dt
import re

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import Request, function
from assistant.handlers.timekeeping.day_counts import DayCounts
from assistant.handlers.timekeeping.public_holidays import PublicHolidays
from assistant.quantities import DateRange, Ordinal
from assistant.types import Reply

_WEEKDAY = re.compile(
    r"\b\w+day\b(?<!today)(?<!holiday)|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo",
    re.IGNORECASE,
)
_WEEKS = {"en": ("week", "weeks"), "es": ("semana", "semanas")}
FAR = dt.timedelta(days=36_525)
"""A century."""


class DayClock(DayCounts, PublicHolidays):
    @function(
        en=[
            "what (date|day) (will it be|is it) in {length}",
            "what (date|day) will it be {length} from now",
            "in {length} what (date|day) will it be",
            "(let me know|tell me|i need to know) (what|the) (date|day) (it will be|will it be) in"
            " {length}",
            "(let me know|tell me|i need to know) (what|the) (date|day) (it will be|will it be)"
            " {length} from now",
        ],
        es=[
            "qué (día|fecha) (será|es|va a ser) (dentro de|en) {length}",
            "(dentro de|en) {length} qué (día|fecha) (será|es)",
        ],
        ahead=True,
    )
    def day_later(self, request: Request, length: dt.timedelta) -> Reply:
        if length > FAR:
            raise too_far(request)
        then = request.now + length
        date = spoken.date(then, request.language, with_year=then.year != request.now.year)
        return request.say("It will be {date}.", "Será {date}.", date=date)

    @function(
        en=[
            "(what|which) (day|weekday) [of the week] (is|was|will be) {day}",
            "(what|which) (day|weekday) [of the week] (is|was|will) {day} [be] [on|fall on]",
            "(what|which) day [of the week] does {day} fall [on]",
            "what (is|will be) the date (of|on|for) {day}",
            "what date (is|will be|was) {day}",
            "what is the date {day}",
            "when is {day}",
            "[(the|what|tell me the|give me the|what is the|find the|check the)] (date|day|weekday)"
            " (on|of|for) {day}",
            "{day} (is|was|will be|falls on|is on) (what|which) (day|weekday|date) [of the week]",
            "(tell me|let me know) (what|which|the) (day|date) {day} (is|was|falls on|will be)",
            "on (what|which) (day|weekday|date) [of the week] (is|was|does) {day} [(fall|fall"
            " on|be)]",
            "what is {day} date",
            "(what|which|on what|on which) (day|weekday|date) [of the week] (is|was|does|did|will)"
            " [it] [on] [the] ({nth}|{day}) [(fall|be|come|land)] [on] [(in|of|on)] [{days}]",
            "(when|what date) (is|was|does|did) [the] ({nth}|{day}) [(fall|come)] [on] [(in|of|on)"
            " [the]] [{days}]",
            "what (day|date) (will it be|is it|was it|it is) on [the] ({day}|{nth})",
            "[(what is|tell me|give me|show me|find|i (want|need))] [the] (date|day|weekday)"
            " [(of|on|for)] [the] ({day}|{nth})",
        ],
        es=[
            "qué día [de la semana] (es|será|fue|cae|era) [el|la] {day}",
            "(en|a) qué día [de la semana] (cae|caerá) [el|la] {day}",
            "(qué|cuál es la) fecha (es|será|del|de) [el|la] {day}",
            "cuándo (es|cae) [el|la] {day}",
            "(dime|el|la) (día|fecha) (del|de) [el|la] {day}",
            "[el|la] {day} (qué día|en qué día) (es|cae|fue)",
        ],
        help={"en": "what day is Christmas", "es": "qué día es Navidad"},
        ahead=True,
    )
    def day_of(
        self,
        request: Request,
        day: dt.date | None = None,
        nth: Ordinal | None = None,
        days: DateRange | None = None,
    ) -> Reply:
        if day is None:
            day = _next_of_month(request, nth, days)
        if days is not None and day not in days:
            date = spoken.date(day, request.language, with_year=True)
            return request.say("I only know the next one: {day}.", "Solo sé el próximo: {day}.",
                               day=date)  # fmt: skip
        year = day.year != request.now.year
        date = spoken.date(day, request.language, with_year=year)
        return request.say("That is {date}.", "Es {date}.", date=date)

    @function(
        en=[
            "is it {day}",
            "is it {day} {weekday}",
            "is {day} [a] {weekday}",
            "(is it|is today) [the] {nth} [(yet|already|of the month|{weekday})]",
            "(is it|is today) {day} (yet|already)",
            "is today [a] {weekday}",
        ],
        es=[
            "es {day}",
            "es {day} {weekday}",
            "{day} es {weekday}",
            "(cae|es) el {day} en {weekday}",
        ],
        ahead=True,
    )
    def is_it(
        self,
        request: Request,
        day: dt.date | None = None,
        weekday: dt.date | None = None,
        nth: Ordinal | None = None,
    ) -> Reply:
        today = request.now.date()
        if nth is not None:
            text = spoken.date(today, request.language)
            if nth == today.day:
                return request.say("Yes, it's {date}.", "Sí, es {date}.", date=text)
            return request.say("No, it's {date}.", "No, es {date}.", date=text)
        day = day or today
        if weekday == request.now.date():  # "is it monday today"
            day, weekday = weekday, day
        asked = (weekday or day) - (day if weekday else request.now.date())
        same = asked.days % 7 == 0 if weekday or _names_weekday(request.text) else not asked.days
        date = spoken.date(day if weekday else request.now.date(), request.language)
        if same:
            return request.say("Yes, it's {date}.", "Sí, es {date}.", date=date)
        return request.say("No, it's {date}.", "No, es {date}.", date=date)

    @function(
        en=[
            "how many days [is it|are there|are left|are there left|left|remain|do we have] [left]"
            " (until|till|to|before) ({day}|{days})",
            "how (long|far|much longer|much time) [is it|is there|is left|away is] (until|till|to)"
            " ({day}|{days})",
            "how many (weeks|months) [(is it|are there|are left|left|do we have)] (until|till|to"
            "|for)"
            " {day}",
            "how (long|far|many days) away is {day}",
        ],
        es=[
            "cuántos días (faltan|quedan|hay) (para|hasta) [el|la] ({day}|{days})",
            "cuánto [tiempo] (falta|queda) (para|hasta) [el|la] ({day}|{days})",
            "cuántas semanas (faltan|quedan|hay) (para|hasta) [el|la] {day}",
        ],
        help={"en": "how many days until Christmas", "es": "cuántos días faltan para Navidad"},
        ahead=True,
    )
    def days_until(
        self, request: Request, day: dt.date | None = None, days: DateRange | None = None
    ) -> Reply:
        if days is not None:
            day = days.first
        if day is None:
            return request.ask("Until which day?", "¿Hasta qué día?",
                               function="clock.days_until", slot="day")  # fmt: skip
        return _time_left(request, (day - request.now.date()).days)


def _next_of_month(request: Request, nth: Ordinal | None, days: DateRange | None) -> dt.date:
    """ "The twenty second": of the month that is told, or the next such day."""
    first = days.first if days else request.now.date()
    for ahead in range(62 if days is None else 31):
        day = first + dt.timedelta(ahead)
        if day.day == nth:
            return day
    raise request.error("No month has such a day.", "Ningún mes tiene ese día.")


def _time_left(request: Request, days: int) -> Reply:
    if days == 0:
        return request.say("That is today.", "Es hoy.")
    if days < 0:
        ago = dt.timedelta(-days)
        return request.say("That was {ago} ago.", "Eso fue hace {ago}.", ago=ago)
    if days == 1:
        return request.say("One day: it's tomorrow.", "Un día: es mañana.")
    weeks, rest = divmod(days, 7)
    if weeks and re.search(r"\b(weeks|semanas)\b", request.text, re.IGNORECASE):
        words = [spoken.count(weeks, *_WEEKS[request.language], request.language, feminine=True)]
        words += [spoken.duration(dt.timedelta(rest), request.language)] if rest else []
        return request.say("{left}.", "Faltan {left}.", left=words)
    return request.say("{left}.", "Faltan {left}.", left=dt.timedelta(days))


def too_far(request: Request) -> FunctionError:
    return request.error("That is too far away for me.", "Eso está demasiado lejos para mí.")


def _names_weekday(text: str) -> bool:
    return bool(_WEEKDAY.search(text))
