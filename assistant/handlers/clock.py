"""The time, the date, and how far away a moment is."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.world_clock import WorldClock
from assistant.types import Reply

_WEEKDAY = re.compile(
    r"\b\w+day\b(?<!today)(?<!holiday)|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo",
    re.IGNORECASE,
)
_WEEKS = {"en": ("week", "weeks"), "es": ("semana", "semanas")}
_FAR = dt.timedelta(days=36_525)  # a century


class Clock(WorldClock):
    name = "clock"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (time|date|clock|calendar)",
        "es": "(la hora|la fecha|el reloj)",
    }

    @function(
        en=[
            "what time is it [here]",
            "what time it is",
            "what time do we have",
            "<what_is> [the] [(current|exact|right)] time [it is] [here]",
            "<what_is> the hour",
            "<what_is> what time (it is|is it)",
            "(do you have|have you got|can i have|get me) the [current] time",
            "how late is it",
            "(current time|time check|the time)",
            "what hour is it",
        ],
        es=[
            "qué hora (es|tienes|tenemos|será)",
            "qué horas son",
            "a qué hora estamos",
            "<dime> [la] hora [actual|exacta]",
            "<dime> qué hora es",
            "tienes [la] hora",
            "la hora [actual]",
            "hora actual",
        ],
        help={"en": "what time is it", "es": "qué hora es"},
        ahead=True,
    )
    def time(self, request: Request) -> Reply:
        verb = _es(request.now)
        return request.say("It's {now}.", f"{verb} {{now}}.", now=request.now.time())

    @function(
        en=[
            "(what is|tell me|give me|show me|say|let me know|check|can i have) [the] [current]"
            " date"
            " [is] [today|of today|for today]",
            "what date is it [today]",
            "what date it is [today]",
            "(what is|tell me|give me|show me|can i have|say) today's date",
            "what day is it today and what date",
            "(today's|current|todays|the) date",
            "(what|which) day of the month is it [today]",
            "what is the date today",
        ],
        es=[
            "(qué|cuál es la) fecha (es|tenemos|de hoy|de hoy es|actual|es hoy|tenemos hoy) [hoy]",
            "<dime> [la] fecha [(de hoy|actual|hoy)]",
            "(a qué|en qué) (día|fecha) estamos [hoy]",
            "a cuánto estamos [hoy]",
            "a cuántos estamos [hoy]",
            "(la fecha|fecha actual|fecha de hoy|la fecha de hoy)",
            "qué día del mes es [hoy]",
        ],
        help={"en": "what is the date", "es": "qué fecha es hoy"},
        ahead=True,
    )
    def date(self, request: Request) -> Reply:
        return request.say("It's {day}.", "Es {day}.", day=request.now.date())

    @function(
        en=[
            "(what|which) day is (it|today)",
            "what day it is [today]",
            "(what|which) day is it today",
            "(what|which) day of the week is (it|today|it today)",
            "what weekday is (it|today|it today)",
            "what is (today|it today|the day today|the day of the week|the day)",
            "<what_is> (what|which) day it is [today]",
            "what day are we [on] [today]",
            "what day do we have [today]",
        ],
        es=[
            "qué día (es|tenemos) [hoy]",
            "qué día de la semana (es|tenemos) [hoy]",
            "hoy qué día es",
            "<dime> qué día es [hoy]",
            "<dime> el día [de la semana] [de hoy]",
            "cuál es el día de hoy",
            "en qué día de la semana estamos",
        ],
        help={"en": "what day is it", "es": "qué día es hoy"},
        ahead=True,
    )
    def day(self, request: Request) -> Reply:
        day = request.now.date()
        return request.say("It's {day}.", "Hoy es {day}.", day=day)

    @function(
        en=["what year (is it|are we in|is this)", "(what is|tell me) the [current] year"],
        es=["(en qué|qué) año (estamos|es|es este)", "<dime> el año", "cuál es el año actual"],
        ahead=True,
    )
    def year(self, request: Request) -> Reply:
        year = spoken.year(request.now.year, request.language)
        return request.say("It's {year}.", "Estamos en {year}.", year=year)

    @function(
        en=[
            "(what|which) month (is it|are we in|is this)",
            "(what is|tell me) the [current] month",
        ],
        es=["(en qué|qué) mes (estamos|es|es este)", "<dime> el mes", "cuál es el mes actual"],
        ahead=True,
    )
    def month(self, request: Request) -> Reply:
        month = spoken.month(request.now, request.language)
        return request.say("It's {month}.", "Estamos en {month}.", month=month)

    @function(
        en=[
            "what time (will it be|is it|will it be then) in {length}",
            "what time will it be {length} from now",
            "what is the time in {length}",
            "what will the time be in {length}",
            "in {length} what time will it be",
        ],
        es=[
            "qué hora (será|es|va a ser) (dentro de|en) {length}",
            "(dentro de|en) {length} qué hora (será|es)",
        ],
        help={"en": "what time will it be in two hours", "es": "qué hora será dentro de dos horas"},
        ahead=True,
    )
    def later(self, request: Request, length: dt.timedelta) -> Reply:
        if length > _FAR:
            raise _too_far(request)
        then = (request.now.astimezone(dt.UTC) + length).astimezone(request.now.tzinfo)
        time = spoken.clock(then.time(), request.language, part_of_day=True)
        if then.date() - request.now.date() <= dt.timedelta(1):
            verb = "Será" if _es(then) == "Es" else "Serán"
            return request.say("It will be {time}.", f"{verb} {{time}}.", time=time)
        return request.say(
            "It will be {time} on {day}.", "Será {day}, {time}.", time=time, day=then.date()
        )

    @function(
        en=[
            "what (date|day) (will it be|is it) in {length}",
            "what (date|day) will it be {length} from now",
            "in {length} what (date|day) will it be",
        ],
        es=[
            "qué (día|fecha) (será|es|va a ser) (dentro de|en) {length}",
            "(dentro de|en) {length} qué (día|fecha) (será|es)",
        ],
        ahead=True,
    )
    def day_later(self, request: Request, length: dt.timedelta) -> Reply:
        if length > _FAR:
            raise _too_far(request)
        then = request.now + length
        date = spoken.date(then, request.language, with_year=then.year != request.now.year)
        return request.say("It will be {date}.", "Será {date}.", date=date)

    @function(
        en=[
            "how (long|much time) [is it|is there|is left|do i have|have i got] [left] (until|till)"
            " {time}",
            "how many (hours|minutes) [is it|are there|are left|are there left|do i have] [left]"
            " (until|till) {time}",
        ],
        es=[
            "cuánto [tiempo] (falta|queda|me queda) (para|hasta) [la|las|el] {time}",
            "cuántas horas (faltan|quedan) (para|hasta) [la|las|el] {time}",
            "cuántos minutos (faltan|quedan) (para|hasta) [la|las|el] {time}",
        ],
        ahead=True,
    )
    def until(self, request: Request, time: dt.time) -> Reply:
        length = next_time(time, request.now) - request.now
        minutes = dt.timedelta(minutes=round(length.total_seconds() / 60))
        return request.say("In {length}.", "Dentro de {length}.", length=minutes)

    @function(
        en=[
            "(what|which) (day|weekday) [of the week] (is|was|will be) {day}",
            "(what|which) (day|weekday) [of the week] (is|was|will) {day} [be] [on|fall on]",
            "(what|which) day [of the week] does {day} fall [on]",
            "what (is|will be) the date (of|on|for) {day}",
            "what date (is|will be|was) {day}",
            "what is the date {day}",
            "when is {day}",
        ],
        es=[
            "qué día [de la semana] (es|será|fue|cae|era) [el|la] {day}",
            "(en|a) qué día [de la semana] (cae|caerá) [el|la] {day}",
            "(qué|cuál es la) fecha (es|será|del|de) [el|la] {day}",
            "cuándo (es|cae) [el|la] {day}",
        ],
        help={"en": "what day is Christmas", "es": "qué día es Navidad"},
        ahead=True,
    )
    def day_of(self, request: Request, day: dt.date) -> Reply:
        year = day.year != request.now.year
        date = spoken.date(day, request.language, with_year=year)
        return request.say("That is {date}.", "Es {date}.", date=date)

    @function(
        en=[
            "is it {day}",
            "is it {day} {weekday}",
            "is {day} [a] {weekday}",
        ],
        es=[
            "es {day}",
            "es {day} {weekday}",
            "{day} es {weekday}",
            "(cae|es) el {day} en {weekday}",
        ],
        ahead=True,
    )
    def is_it(self, request: Request, day: dt.date, weekday: dt.date | None = None) -> Reply:
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
            " (until|till|to|before) {day}",
            "how (long|far|much longer|much time) [is it|is there|is left|away is] (until|till|to)"
            " {day}",
            "how many (weeks|months) [(is it|are there|are left|left|do we have)] (until|till|to"
            "|for)"
            " {day}",
            "how (long|far|many days) away is {day}",
        ],
        es=[
            "cuántos días (faltan|quedan|hay) (para|hasta) [el|la] {day}",
            "cuánto [tiempo] (falta|queda) (para|hasta) [el|la] {day}",
            "cuántas semanas (faltan|quedan|hay) (para|hasta) [el|la] {day}",
        ],
        help={"en": "how many days until Christmas", "es": "cuántos días faltan para Navidad"},
        ahead=True,
    )
    def days_until(self, request: Request, day: dt.date) -> Reply:
        days = (day - request.now.date()).days
        if days == 0:
            return request.say("That is today.", "Es hoy.")
        if days < 0:
            ago = dt.timedelta(-days)
            return request.say("That was {ago} ago.", "Eso fue hace {ago}.", ago=ago)
        if days == 1:
            return request.say("One day: it's tomorrow.", "Un día: es mañana.")
        weeks, rest = divmod(days, 7)
        if weeks and re.search(r"\b(weeks|semanas)\b", request.text, re.IGNORECASE):
            words = [
                spoken.count(weeks, *_WEEKS[request.language], request.language, feminine=True)
            ]
            words += [spoken.duration(dt.timedelta(rest), request.language)] if rest else []
            return request.say("{left}.", "Faltan {left}.", left=words)
        return request.say("{left}.", "Faltan {left}.", left=dt.timedelta(days))


def _too_far(request: Request) -> FunctionError:
    return request.error("That is too far away for me.", "Eso está demasiado lejos para mí.")


def next_time(time: dt.time, now: dt.datetime) -> dt.datetime:
    """The next moment after `now` (aware) at which clocks show `time`."""
    then = dt.datetime.combine(now.date(), time, now.tzinfo)
    if then <= now:
        then = dt.datetime.combine(now.date() + dt.timedelta(1), time, now.tzinfo)
    return then


def _es(moment: dt.datetime) -> str:
    """ "Es la una", "es mediodía"; "son las dos"."""
    singular = moment.hour % 12 == 1 or (moment.hour % 12 == 0 and moment.minute == 0)
    return "Es" if singular else "Son"


def _names_weekday(text: str) -> bool:
    return bool(_WEEKDAY.search(text))
