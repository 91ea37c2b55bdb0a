"""The time in other places: there now, a time there in our hours, how far they are ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.timekeeping.due_words import day_in_words
from assistant.handlers.timekeeping.places import Place, find
from assistant.types import Reply

Where = Annotated[str, 4]


class WorldClock(Family):
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "tell": "[(tell|give|show) me|let me know|say|what is|check]",
            "what_is": "(what is|tell me|give me|show me|say|let me know|check|what was)",
            "holiday": "([(public|bank|national|federal|legal|official)] holiday)",
            "holidays": "[(public|bank|national|federal|legal|official)] holidays",
            "know": "(what is|tell me|give me|show me|say|let me know|check|do you know"
            "|i need to know|what)",
            "people": "(my|our) (sister|brother|mother|mum|mom|father|dad|parents|grandma|grandpa"
            "|aunt"
            "|uncle|cousin|son|daughter|family|boss|friend|friends|wife|husband|girlfriend"
            "|boyfriend|colleague|colleagues|team)",
        },
        "es": {
            "dime": "(dime|dígame|decime|dame|deme|di|decirme|darme|me dices|me das|me puedes"
            " decir|cuál es|saber)",
            "holiday": "(festivo|feriado|día festivo|día feriado)",
            "holidays": "(festivos|feriados|días festivos|días feriados)",
            "today": "[(hoy|el día de hoy)]",
            "people": "(mi|mis|nuestra|nuestro|la|el) (hermana|hermano|madre|padre|mamá|papá"
            "|familia"
            "|hijo|hija|hijos|abuela|abuelo|tía|tío|prima|primo|jefe|jefa|amigo|amiga|amigos|padres"
            "|esposa|esposo|mujer|marido|novia|novio|colega|colegas)",
        },
    }

    @function(
        en=[
            "(what|<know> what) time (is it|it is|is) [(now|right now|currently|over)]"
            " (in|at|over in|on) {place} [(now|right now|at the moment)]",
            "(what|<know> what) (hour|time of day) (is it|it is) (in|at) {place}",
            "<know> [the] [(current|local|exact)] time [(right now|now|it is)] (in|for|at) {place}",
            "<know> the [current] {place} time",
            "[the] [current] time in {place}",
            "how late is it [now] in {place}",
            "what time is it [now] for <people> (in|over in) {place}",
            "is the time different in {place}",
            "(what time|how late) (do they have|have they got) (in|at) {place}",
            "(i need|i want|i would like) [to (know|have|see)] the [current] time (in|of|for|at)"
            " {place}",
            "<know> [the] [current] time (at|over in|zone time in|used in) {place}",
            "is it [(still|already)] (morning|night|day|daytime|nighttime|evening|afternoon|late"
            "|early|dark) [now] in {place}",
            "(switch|change|convert|set) [(to|my|the clock|the time|time)] [to] {place} (time zone"
            "|timezone)",
            "(switch|change|convert) to {place} time",
            "(set|change|convert|switch) [(my|the)] [current] (time zone|timezone|time zones)",
            "(set|change|switch) [(my|the)] (time zone|timezone) to {place}",
        ],
        es=[
            "qué hora (es|será|tienen|hay) [(ahora|ahora mismo)] en {place}",
            "<dime> [la] hora [(actual|que es)] (en|de) {place}",
            "<dime> qué hora es en {place}",
            "[la] hora (en|de) {place}",
            "en {place} qué hora es",
            "qué hora es [ahora] (para|en casa de|donde) <people> en {place}",
            "(necesito|quiero) [saber] la hora (en|de) {place}",
            "es (de noche|de día|tarde|temprano) [ahora] en {place}",
            "(cambia|cambiar|pon|poner|configura) [(la|mi)] zona horaria [(a|de|en) {place}]",
        ],
        help={"en": "what time is it in Tokyo", "es": "qué hora es en Tokio"},
        ahead=True,
    )
    def time_in(self, request: Request, place: Where = "") -> Reply:
        if not place:
            return request.ask("Of which place?", "¿De qué lugar?", function="clock.time_in",
                               slot="place")  # fmt: skip
        there = _found(request, place)
        local = request.now.astimezone(there.zone)
        return _says(request, there, local, "It's {time} in {place}{day}.",
                     f"En {{place}} {is_or_are(local)} {{time}}{{day}}.")  # fmt: skip

    @function(
        en=[
            "(what|which) (time zone|timezone) (is|does|do) {place} [is] [(in|use|have|on)]",
            "(what is|tell me|give me|do you know) [the] (time zone|timezone) (of|for|in|where)"
            " {place} [(is|is located)]",
            "in (what|which) (time zone|timezone) is {place} [located]",
            "{place} [can be found] [is] in (what|which) (time zone|timezone)",
            "(what|which) (time zone|timezone) (contains|has) {place}",
            "(what is|do you know) {place} (time zone|timezone)",
            "(what|which) (time zone|timezone) (am i|are we|is this|is it|do i live|do we live|are"
            " you|is set|do you use|is this computer) [(in|here|using|on)]",
            "(what is|tell me) (my|our|the [current]) (time zone|timezone)",
        ],
        es=[
            "(qué|cuál es la) (zona horaria|franja horaria) [(es|tiene|hay en|de|en)] {place}",
            "qué huso horario (tiene|hay en|es el de) {place}",
            "en qué (zona horaria|huso horario) está {place}",
            "en qué (zona horaria|huso horario) (estoy|estamos)",
            "cuál es (mi|nuestra) zona horaria",
        ],
        help={"en": "what timezone is Hanoi in", "es": "qué zona horaria tiene Lima"},
        ahead=True,
    )
    def zone_of(self, request: Request, place: Where = "") -> Reply:
        if not place:
            offset = request.now.utcoffset() or dt.timedelta(0)
            return request.say(
                f"We are at {_signed(offset, 'U T C', request)}.",
                f"Estamos a {_signed(offset, 'U T C', request)}.",
            )
        there = _found(request, place.removesuffix("'s"))
        ahead = _ahead(request.now, there)
        utc = request.now.astimezone(there.zone).utcoffset() or dt.timedelta(0)
        return request.say(
            f"{{place}} is {_signed(utc, 'U T C', request)}, {_compared(ahead, request)}.",
            f"{{place}} está a {_signed(utc, 'U T C', request)}, {_compared(ahead, request)}.",
            place=_name(there, request),
        )  # fmt: skip

    @function(
        en=[
            "(what is|how much is|tell me) the time difference (between|from) {place}"
            " (and|to) {other}",
            "(what is|how much is|tell me) the time difference (to|with) {place}",
            "how many hours (ahead|behind|away|ahead or behind) [of] [(us|me|here)] is {place}"
            " [(from here|of us|of me|from us)]",
            "how far (ahead|behind) [of] [(us|me|here)] is {place} [(from here|of us|of me)]",
            "is {place} (an hour|one hour|hours|some hours|any hours) (ahead|behind|ahead of"
            "|behind|earlier than|later"
            " than) [of] {other}",
            "[(what is|how much is|tell me|how big is|give me)] [the] (time difference|difference"
            " in"
            " (time|hours)|time zone difference|time gap|hour difference|hours difference)"
            " [(between|from|of)] {place} (and|to|with) {other}",
            "(what is|how big is|tell me) the (difference in time|difference in hours|time gap)"
            " (between|from) {place} (and|to) {other}",
            "how many hours (are|is it|is there|lie) between {place} and {other}",
        ],
        es=[
            "(cuál es|qué|cuánta es|dime) [la] diferencia horaria (hay|entre|hay entre) {place} y"
            " {other}",
            "(cuál es|qué|cuánta es|dime) [la] diferencia (horaria|de hora) [(hay|hay con|con"
            "|tiene)]"
            " {place}",
            "cuántas horas de diferencia hay (con|entre) {place} [y {other}]",
            "cuántas horas (va|está) (adelantado|atrasado|por delante|por detrás) {place}",
            "diferencia horaria (entre|con) {place} [y {other}]",
        ],
        help={
            "en": "what is the time difference to Tokyo",
            "es": "cuál es la diferencia horaria con Tokio",
        },
        ahead=True,
    )
    def difference(self, request: Request, place: Where, other: Where = "") -> Reply:
        there = _found(request, place)
        if not other:
            return request.say(
                f"{{place}} is {_compared(_ahead(request.now, there), request)}.",
                f"{{place}} está {_compared(_ahead(request.now, there), request)}.",
                place=_name(there, request),
            )  # fmt: skip
        second = _found(request, other)
        by = _ahead(request.now, second) - _ahead(request.now, there)
        length = spoken.duration(by, request.language)
        if not by:
            en, es = "{place} and {other} have the same time.", "{place} y {other} van a la par."
        elif by > dt.timedelta(0):
            en, es = "{other} is {by} ahead of {place}.", "{other} va {by} por delante de {place}."
        else:
            en, es = "{other} is {by} behind {place}.", "{other} va {by} por detrás de {place}."
        return request.say(
            en, es, by=length, place=_name(there, request), other=_name(second, request)
        )

    @function(
        en=[
            "(if|when) (it is|the time is|i have) {time} (in|on|at) {place} what (time is it"
            "|is the time|will the time be|time will it be) [(in|on|at)] {other}",
            "what (time is it|is the time|time will it be|will be the time|will the time be|would"
            " the time be|time would it be) (in|on|at) {other} (when|if|at) [(it is|the time is)]"
            " {time} [(here|my time|our time|local time|(in|on|at) {place})]",
            "(when|if) (it is|the time is) {time} [(here|my time|our time)] what (time is it|is the"
            " time|will the time be|time will it be) (in|on|at) {other}",
            "what is the time in {other} when the time in {place} is {time}",
            "(convert|change|translate) [from] {place} time [zone] (to|into) {other} [time] [zone]",
            "(convert|change|translate) [the] [current] time (of|in|from) {place} (to|into) {other}"
            " [time]",
            "convert {time} [from|in] {place} [time] to {other} [time]",
            "(what is|what time is|what would|what will|convert|change|tell me|tell me what"
            "|translate)"
            " {time} [(in|from|at|on)] {place} [time] (in|to|into|be in|is in|would be in) {other}"
            " [(time|time zone)]",
            "(convert|what is|change) {time} (to|into|in) {other} time",
            "if (it is|the time is) {time} [here] what (time is it|is the time) in {other}",
            "what time (is|would) {time} [be] in {other}",
        ],
        es=[
            "(si|cuando) (son|es) [(las|la)] {time} en {place} qué hora es en {other}",
            "qué hora es en {other} (si|cuando) (son|es) [(las|la)] {time} (aquí|en {place})",
            "(convierte|pasa) [(las|la)] {time} (de|en) {place} a [(la hora de)] {other}",
        ],
        help={
            "en": "if it's ten pm in California what time is it in London",
            "es": "si son las diez en Lima qué hora es en Madrid",
        },
        ahead=True,
    )
    def convert(
        self, request: Request, other: Where, time: dt.time | None = None, place: Where = ""
    ) -> Reply:
        there = _found(request, other)
        zone = _found(request, place).zone if place else request.now.tzinfo
        today = request.now.astimezone(zone).date()
        if time is None:
            time = request.now.astimezone(zone).time()
        local = dt.datetime.combine(today, time, zone).astimezone(there.zone)
        return _says(
            request, there, local, "Then it's {time} in {place}{day}.",
            f"Entonces en {{place}} {is_or_are(local)} {{time}}{{day}}.", today,
        )  # fmt: skip


def _found(request: Request, said: str) -> Place:
    """Raises FunctionError for a place that is not known."""
    place = find(said)
    if place is None:
        raise request.error("I don't know what time zone {place} is in.",
                            "No sé en qué zona horaria está {place}.", place=said)  # fmt: skip
    return place


def _says(
    request: Request,
    place: Place,
    local: dt.datetime,
    en: str,
    es: str,
    today: dt.date | None = None,
) -> Reply:
    time = spoken.clock(local.time(), request.language, part_of_day=True)
    day = day_in_words(local.date(), today or request.now.date(), request.language)
    return request.say(en, es, time=time, day=f", {day}" if day else "",
                       place=_name(place, request))  # fmt: skip


def _name(place: Place, request: Request) -> str:
    return f"{place.clocks_of}, {place.name}" if place.clocks_of else place.name


def _ahead(now: dt.datetime, place: Place) -> dt.timedelta:
    """How far the clocks there are ahead of ours."""
    here = now.utcoffset() or dt.timedelta(0)
    return (now.astimezone(place.zone).utcoffset() or dt.timedelta(0)) - here


def _compared(ahead: dt.timedelta, request: Request) -> str:
    length = spoken.duration(ahead, request.language)
    if not ahead:
        return request.pick("the same as here", "a la misma hora que aquí")
    if ahead > dt.timedelta(0):
        return request.pick(f"{length} ahead of us", f"{length} por delante")
    return request.pick(f"{length} behind us", f"{length} por detrás")


def _signed(offset: dt.timedelta, of: str, request: Request) -> str:
    if not offset:
        return of
    length = spoken.duration(offset, request.language)
    behind = offset < dt.timedelta(0)
    sign = request.pick("minus", "menos") if behind else request.pick("plus", "más")
    return f"{of} {sign} {length}"


def is_or_are(moment: dt.datetime) -> str:
    """ "Es la una", "es mediodía"; "son las dos"."""
    singular = moment.hour % 12 == 1 or (moment.hour % 12 == 0 and moment.minute == 0)
    return "es" if singular else "son"
