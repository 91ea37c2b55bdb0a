"""The time, the date, and how far away a moment is."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from assistant import spoken
from assistant.half_of_day import half_is_said
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.day_clock import FAR, DayClock, too_far
from assistant.handlers.timekeeping.world_clock import is_or_are
from assistant.types import Reply

_HALF_ASKED = re.compile(r"\b[ap]\.? ?m\b|morning|afternoon|night", re.IGNORECASE)


class Clock(DayClock):
    name = "clock"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (time|date|clock|calendar)",
        "es": "(la hora|la fecha|el reloj)",
    }

    @function(
        en=[
            "what time is it [here]",
            "what time it is",
            "(i need to know|i want to know|do you know) what time it is",
            "what time of day is it",
            "what does the clock say",
            "what time do (we|you) have",
            "<what_is> [the] [(current|exact|right)] time [it is] [here]",
            "<what_is> the hour",
            "<what_is> what time (it is|is it)",
            "(do you have|have you got|can i have|get me) the [current] time",
            "how late is it",
            "(current time|time check|the time)",
            "what hour is it",
            "(the|what is the|do you have the|got the|tell) time [(now|right now|please)]",
            "(time|time now|time please|time right now)",
            "(i need|i want|i would like) [to (know|have|hear)] the [(current|exact)] time",
            "(check|read|look at) the (time|clock)",
            "(how late|what time) (is|has) it (now|right now|become|got|getting) [now]",
            "(is it|is that) (am or pm|pm or am|morning or (evening|afternoon|night)|day or"
            " night)"
            " [now]",
            "<what_is> [the] [current] (date and time|time and date|day and time|time and day"
            "|date time|time of day)",
            "what (do you have|have you got) for the time",
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
            "(necesito|quiero) [saber] la hora [exacta]",
            "(mira|consulta) la hora",
        ],
        help={"en": "what time is it", "es": "qué hora es"},
        ahead=True,
    )
    def time(self, request: Request) -> Reply:
        verb = is_or_are(request.now)
        if _HALF_ASKED.search(request.text):
            now = spoken.clock(request.now.time(), request.language, part_of_day=True)
            return request.say("It's {now}.", f"{verb} {{now}}.", now=now)
        return request.say("It's {now}.", f"{verb} {{now}}.", now=request.now.time())

    @function(
        en=[
            "(what is|tell me|give me|show me|say|let me know|check|can i have) [the] [current]"
            " date"
            " [is] [today|of today|for today]",
            "what date is it [today]",
            "what date it is [today]",
            "(i need to know|let me know|tell me|get|give me) [(what|the)] (today's date|date)"
            " [is]",
            "(what is|tell me|give me|show me|can i have|say) today's date",
            "what day is it today and what date",
            "(today's|current|todays|the) date",
            "(what|which) day of the month is it [today]",
            "what is the date today",
            "today is (what|which) (date|day)",
            "(date|date today|what date|date please|todays date)",
            "(i need|i want|i would like) [to know] [(the|today's)] [current] date",
            "what is the day and [the] date [today]",
            "(what is|tell me) the (calendar|full|exact) date [today]",
        ],
        es=[
            "(qué|cuál es la) fecha (es|tenemos|de hoy|de hoy es|actual|es hoy|tenemos hoy) [hoy]",
            "<dime> [la] fecha [(de hoy|actual|hoy)]",
            "(a qué|en qué) (día|fecha) estamos [hoy]",
            "a (cuánto|cuántos|cómo) estamos [hoy]",
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
            "(what|what day|what day of the week) are we [on] [today]",
            "what day do we have [today]",
            "(today's|the current) day [of the week]",
            "(what|which) day [of the week] (today is|is today's|have we got) [today]",
            "(tell me|what is) (today's day|the weekday|today's weekday)",
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
        en=[
            "is it {time} [(yet|already|now)]",
            "is it [(already|still|not yet)] (past|after|before|later than|earlier than) {time}"
            " [(yet|already|now)]",
        ],
        es=[
            "(ya|es|son) [ya] (es|son|pasa de|pasan de|más de|antes de) [(la|las)] {time} [ya]",
        ],
        ahead=True,
    )
    def is_past(self, request: Request, time: dt.time) -> Reply:
        """Whether an hour has come; in the half of the day that was said, or that we are in."""
        now = request.now.time()
        if now.hour >= 12 > time.hour and not half_is_said(request.text, time.hour):
            time = time.replace(hour=time.hour + 12)
        verb = is_or_are(request.now)
        if (now.hour, now.minute) == (time.hour, time.minute):
            return request.say("Yes, it is.", "Sí, justo ahora.")
        if now > time:
            return request.say("It is later: {now}.", f"Es más tarde: {verb} {{now}}.", now=now)
        return request.say("Not yet: it's {now}.", f"Todavía no: {verb} {{now}}.", now=now)

    @function(
        en=[
            "(what|which) (week|week number) [(of the year|number)] (is it|are we in|is this)",
            "(what is|tell me) the [current] (week|week number|number of the week) [of the year]",
        ],
        es=["(en qué|qué) [número de] semana [del año] (estamos|es)"],
        ahead=True,
    )
    def week(self, request: Request) -> Reply:
        """As ISO 8601 counts: weeks begin on Monday."""
        number = request.now.isocalendar().week
        return request.say("It's week {n}.", "Es la semana {n}.", n=number)

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
        if length > FAR:
            raise too_far(request)
        then = (request.now.astimezone(dt.UTC) + length).astimezone(request.now.tzinfo)
        time = spoken.clock(then.time(), request.language, part_of_day=True)
        if then.date() - request.now.date() <= dt.timedelta(1):
            verb = "Será" if is_or_are(then) == "es" else "Serán"
            return request.say("It will be {time}.", f"{verb} {{time}}.", time=time)
        return request.say(
            "It will be {time} on {day}.", "Será {day}, {time}.", time=time, day=then.date()
        )

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


def next_time(time: dt.time, now: dt.datetime) -> dt.datetime:
    """The next moment after `now` (aware) at which clocks show `time`."""
    then = dt.datetime.combine(now.date(), time, now.tzinfo)
    if then <= now:
        then = dt.datetime.combine(now.date() + dt.timedelta(1), time, now.tzinfo)
    return then
