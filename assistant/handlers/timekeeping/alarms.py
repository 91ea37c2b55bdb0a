"""Alarms: once or again and again, with names, at the local wall time wherever the machine is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.alarm_choice import Wanted, chosen
from assistant.handlers.timekeeping.alarm_shift import AlarmShift
from assistant.handlers.timekeeping.alarm_words import told, woken
from assistant.handlers.timekeeping.due_family import MOST, recurring_item
from assistant.handlers.timekeeping.due_items import at_wall
from assistant.handlers.timekeeping.due_words import rule_in_words, when
from assistant.handlers.timekeeping.timer_changes import Name
from assistant.handlers.timekeeping.timer_words import clean
from assistant.quantities import DateRange
from assistant.recurrence import Recurrence
from assistant.types import Reply

_LONGEST = dt.timedelta(days=366)


class Alarms(AlarmShift):
    """Set, list, and ask for the next; and all that `AlarmShift` and `AlarmChanges` do."""

    name = "alarms"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|my|an)] (alarm|alarms|alarm clock)",
        "es": "[(la|las|una|el)] (alarma|alarmas|despertador)",
    }

    @function(
        en=[
            "[<set>] [<a>] <alarm> [set] (for|in) {length} [from now]",
            "[<set>] [<a>] {length} <alarm>",
            "<wake> in {length}",
            "<wake> {length} from now",
            "in {length} <wake>",
            "[<set>] [<a>] <alarm> [set] [<at>] {when}",
            "[<set>] [<a>] <alarm> [set] [<at>] {when} <called> {name}",
            "[<set>] [<a>] <alarm> <called> {name} <at> {when}",
            "[<set>] [<a>] {when} <alarm>",
            "(<set> [<a>]|<a>) {name} <alarm> <at> {when}",
            "[<set>] [<a>] <alarm> {length} (from now|later)",
            "[<set>] [<a>] <alarm> on <at> {when}",
            "[(have|let)] <a> <alarm> [(should|must|shall|will|to)] (go off|ring|sound)"
            " [<at>] {when}",
            "[<set>] <alarms> <at> {when} [and] [(for|at|one for|one at|another for|another at)]"
            " {other}",
            "[<set>] [<a>] <alarm> [set] <at> [both] {when} (and|and another) [(for|at)] {other}",
            "[<set>] [<a>] <alarm> [set] [<at>] {repeat}",
            "[<set>] [<a>] <alarm> [set] [<at>] {repeat} <called> {name}",
            "[<set>] [<a>] {repeat} <alarm> [(for|at) {time}] [<called> {name}]",
            "[<set>] [<a>] {time} <alarm> {repeat}",
            "{repeat} <called> {name}",
            "<wake> [(at|on|by|around)] {when}",
            "<wake> [(at|on)] {repeat}",
            "[(at|on)] {when} <wake>",
            "{repeat} <wake>",
            "[<set>] [<a>] <alarm> [set] (for|on) {day}",
            "(wake me|wake me up|get me up) [on] {day}",
            "[<set>] [<a>] <alarm>",
            "(wake me|wake me up)",
        ],
        es=[
            "[<set>] [<a>] <alarm> (en|dentro de|de|para dentro de) {length}",
            "<wake> (en|dentro de) {length}",
            "(en|dentro de) {length} <wake>",
            "[<set>] [<a>] <alarm> [<at>] {when}",
            "[<set>] [<a>] <alarm> [<at>] {when} <called> {name}",
            "[<set>] [<a>] <alarm> <called> {name} <at> {when}",
            "[<set>] [<alarms>] [<at>] {when} y [(otra|una)] [<at>] {other}",
            "[<set>] [<a>] <alarm> [<at>] {repeat}",
            "[<set>] [<a>] <alarm> [<at>] {repeat} <called> {name}",
            "{repeat} <called> {name}",
            "<wake> [<at>] {when}",
            "<wake> [<at>] {repeat}",
            "[<at>] {when} <wake>",
            "{repeat} <wake>",
            "[<set>] [<a>] <alarm> [(para|el|para el)] {day}",
            "(despiértame|despertame|despiérteme) [(el|para el)] {day}",
            "<set> [<a>] <alarm>",
            "(despiértame|despertame|despiérteme)",
            "{day} <wake> <at> {time}",
        ],
        help={"en": "wake me at seven", "es": "despiértame a las siete"},
        ahead=True,
    )
    def set(
        self,
        request: Request,
        when: dt.datetime | None = None,
        other: dt.datetime | None = None,
        repeat: Recurrence | None = None,
        time: dt.time | None = None,
        length: dt.timedelta | None = None,
        day: dt.date | None = None,
        name: Name = "",
    ) -> Reply:
        if len(self.store.all("alarm")) >= MOST:
            raise request.error(
                "There are too many alarms. Cancel some first.",
                "Hay demasiadas alarmas. Cancela alguna primero.",
            )
        name = clean(name, request.language)
        if length is not None:
            return self._after(request, length, name)
        if repeat is not None:
            return self._recurring(request, repeat, time or repeat.time, name)
        clock = when.time() if when else time
        if clock is None:
            known = {"name": name, "day": day}
            return request.ask(
                "For what time?", "¿Para qué hora?", function="alarms.set", slot="when",
                known={slot: value for slot, value in known.items() if value},
            )  # fmt: skip
        if day is not None or when is None:  # a day with a time, or the answer to "for what time"
            when = dt.datetime.combine(day or request.now.date(), clock, request.now.tzinfo)
        return self._once(request, [t for t in (when, other) if t], name)

    @function(
        en=[
            "(list|show|show me|tell me|tell me about|read|read out|read me|give me|say|check"
            "|name|provide"
            "|report|let me know|what are|display|look up|find|get|see|give me a list of|list out"
            "|give me the list of|bring up|check on)"
            " [(all|all of)] [(my|the)] [(active|upcoming|current|different|set)]"
            " (<alarms>|alarm (times|settings|timings|list|status|schedule))"
            " [(that|which)] [(i|you) have] [i set] <on> [<some_days>] [in the (morning|evening)]",
            "(what|which) <alarms> (do i have|do you have|are|are there|have i set|did i set)"
            " <on> [<some_days>]",
            "<have> [(any|an|a|my)] (<alarms>|<alarm>) <on> [<some_days>]",
            "how many <alarms> (do i have|are there|are|have i set|have i got|i have|did i set)"
            " <on>"
            " [<some_days>]",
            "(what time|when|at what time|for what time) (is|are|have you|did i|have i|did you)"
            " [set]"
            " [<the>] [{name}] (<alarm>|<alarms>) <on> [(set|set for|for|at|going off|set to go off"
            "|set to ring|to go off|due|going to ring|supposed to (ring|go off)|for me)] [<a_day>]",
            "[<know>] is <the> [{name}] <alarm> <on> [<some_days>]",
            "is <the> {time} <alarm> <on>",
            "[(my|active|upcoming)] <alarms>",
            "[<know>] [that] (is <the> <alarm>|<the> <alarm> is) <on> [(for|at|to)] {time}"
            " [<a_day>]",
            "[<know>] <the> <alarm> is (set|on|active)",
            "(is there|do i have|have i got|have i set|did i set|did you set|have you set) [(an|any"
            "|my|the)] (<alarm>|<alarms>) [set] (for|at) {time} [<a_day>]",
            "[(tell me|show me|let me know|check|see)] (which|what) <alarms> (are|are there|i have"
            "|do i have|have i got) <on> [<a_day>]",
            "(let me see|let me hear|view|see|can i see|look at|open|pull up|review|go"
            " through|run through|go over|i want to see)"
            " [all] [(my|the)] (<alarms>|alarm list|alarm settings)",
            "what (is|are) <the> (<alarm>|<alarms>) (set to|set for|set at|at)",
            "(check|confirm|verify|what is|tell me|show me|give me|let me know|what are) [<the>]"
            " [(morning|last)] <alarm> [(time|times|setting|settings|status|schedule)] <on>",
            "[the] (time|times|status|settings) of <the> [(first|last|morning|evening)]"
            " (<alarm>|<alarms>)",
            "(what is|tell me|give me) the (time|status|settings) (of|for|on) <the> [(first|last"
            "|morning|evening)] (<alarm>|<alarms>)",
            "(did|have|do) (i|you|we) [(remember|forget|manage)] [to] set [(an|my|the|any)]"
            " (<alarm>|<alarms>) [to wake (up|me)] [in the (morning|evening)] [<a_day>]",
            "[are] any <alarms> <on> [<some_days>]",
            "(what time|when) do i have <the> (<alarm>|<alarms>) <on> [for]",
        ],
        es=[
            "(dime|dígame|decime|lista|listar|enumera|muestra|muéstrame|enséñame|lee|léeme|cuáles"
            " son|dame) [todas] [(mis|las)] <alarms> <on>",
            "(qué|cuáles|cuántas) <alarms> <have> <on> [<some_days>]",
            "(está|sigue) [puesta] (la|mi|el) <alarm> (puesta|activa|activada|encendida) [<a_day>]",
            "<have> (alguna|una) <alarm> <on> [<some_days>]",
            "<have> <alarms> <on> [<some_days>]",
            "(a qué hora|para qué hora|cuándo) (tengo|está|he puesto|puse) [puesta]"
            " (la|mi|el) <alarm> [(de|del) {name}]",
            "[mis] <alarms>",
            "(está|tengo|hay) [(la|mi|una|alguna)] <alarm> <on> (a|para) [(las|la)] {time}"
            " [<a_day>]",
            "(comprueba|mira|revisa|ver|déjame ver|confirma) [(si)] [(tengo|está|hay)] [(mis|las|la"
            "|mi|una)] (<alarms>|<alarm>) <on>",
        ],
        help={"en": "what alarms do I have", "es": "qué alarmas tengo"},
        ahead=True,
    )
    def listing(
        self,
        request: Request,
        day: dt.date | None = None,
        time: dt.time | None = None,
        part: dt.datetime | None = None,
        name: Name = "",
        days: DateRange | None = None,
    ) -> Reply:
        alarms = self.store.all("alarm")
        wanted = Wanted(name, time, part.date() if part else day, days)
        if wanted:
            alarms = chosen(alarms, wanted, request.now, request.language)
        lines = [told(alarm, request.now, request.language) for alarm in alarms]
        if not lines:
            return request.say("There is no such alarm." if wanted else "There is no alarm.",
                               "No hay ninguna alarma.")  # fmt: skip
        if len(lines) == 1:
            return request.say("You have one alarm: {line}.", "Hay una alarma: {line}.",
                               line=lines[0])  # fmt: skip
        return request.say("You have {n} alarms: {lines}.", "Hay {n} alarmas: {lines}.",
                           n=_feminine(len(lines), request.language), lines=lines)  # fmt: skip

    @function(
        en=[
            "(when|what time) (does|will|do|is) (my|the) [(next|first)] <alarm> (ring|go off"
            "|sound|going off|wake me up|wake me) [<a_day>]",
            "[(my|the)] next <alarm>",
            "(what is|when is|tell me|show me|[at] what time is) (my|the) (first|earliest|soonest"
            "|next|latest|upcoming|very next) <alarm> [(i have|i have set|set|set for|of the"
            " day)] [<a_day>]",
            "(tell me|show me|let me know|check) (when|what time|at what time) (my|the) [(next"
            "|first)]"
            " <alarm> (is|rings|goes off|will ring|will go off|sounds|is set for|is set to go off)"
            " [set] [<a_day>]",
            "how (long|much time) [is it|is left] (until|till|before) (my|the) [next] <alarm>"
            " [(rings|goes off)]",
            "when (do|will) (i|you) (wake up|get up|wake me|wake me up)",
            "(what time|when) (am i|are you|will i be|will you be) (waking [me] up|getting up"
            "|getting me up|woken up|up) [<a_day>]",
            "(what is|tell me|when is) (my|the) (wake up|wakeup|waking) (time|hour) [<a_day>]",
            "at what time (does|will|do) (my|the) [next] <alarm> (ring|go off|sound)",
            "(what time|when) (do i have|do i need|must i|am i supposed) to (get|wake|be) up"
            " [<a_day>]",
        ],
        es=[
            "(cuándo|a qué hora) (es|suena|sonará|tengo) (mi|la|el) (próxima|siguiente|próximo)"
            " <alarm>",
            "(cuál es|dime) (mi|la|el) (próxima|siguiente|próximo) <alarm>",
            "[(mi|la)] (próxima|siguiente) <alarm>",
            "(cuándo|a qué hora) (suena|sonará|va a sonar) (mi|la|el) <alarm> [<a_day>]",
            "a qué hora (me tengo que|tengo que|debo|me toca) (levantar|levantarme) [<a_day>]",
            "cuánto [tiempo] (falta|queda) (para|hasta) (mi|la|el) [(próxima|siguiente)] <alarm>",
        ],
        help={"en": "when is my next alarm", "es": "cuándo suena la próxima alarma"},
        ahead=True,
    )
    def next(
        self, request: Request, day: dt.date | None = None, part: dt.datetime | None = None
    ) -> Reply:
        if day or part:
            return self.listing(request, day, part=part)
        alarms = self.store.all("alarm")
        if not alarms:
            return request.say("There is no alarm.", "No hay ninguna alarma.")
        then = when(alarms[0].due, request.now, request.language)
        name = f": {alarms[0].text}" if alarms[0].text else ""
        return request.say(
            "Your next alarm is {when}{name}.", "La próxima alarma es {when}{name}.",
            when=then, name=name,
        )  # fmt: skip

    def _after(self, request: Request, length: dt.timedelta, name: str) -> Reply:
        if not dt.timedelta(seconds=1) <= length <= _LONGEST:
            raise request.error(
                "An alarm can be from one second to a year away.",
                "Una alarma puede estar a entre un segundo y un año.",
            )
        add, undo = self.adding(
            request, lambda: self.store.start("alarm", length, request.now, name, request.language)
        )
        return request.say("I'll ring in {length}.", "Sonaré dentro de {length}.",
                           then=add, undo=undo, length=length)  # fmt: skip

    def _once(self, request: Request, times: list[dt.datetime], name: str) -> Reply:
        language, zone = request.language, request.now.tzinfo
        times = [woken(time.astimezone(zone), request.text, request.now) for time in times]
        if min(times) <= request.now:
            raise request.error("That time has passed.", "Esa hora ya ha pasado.")
        if max(times) - request.now > 2 * _LONGEST:
            raise request.error("That is too far away for me.", "Eso está demasiado lejos.")
        add, undo = self.adding_all(
            [at_wall("alarm", t.replace(tzinfo=None, fold=0), zone, name, language) for t in times]
        )
        words = spoken.listing([when(time, request.now, language) for time in times], language)
        return request.say("I'll ring {when}{name}.", "Sonaré {when}{name}.", then=add, undo=undo,
                           when=words, name=f": {name}" if name else "")  # fmt: skip

    def _recurring(
        self, request: Request, repeat: Recurrence, time: dt.time | None, name: str
    ) -> Reply:
        if time is None:
            return request.ask(
                "At what time?", "¿A qué hora?", function="alarms.set", slot="time",
                known={"repeat": repeat} | ({"name": name} if name else {}),
            )  # fmt: skip
        item = recurring_item("alarm", replace(repeat, time=time), name, request)
        add, undo = self.adding_all([item])
        words = rule_in_words(item, request.language)
        return request.say("I'll ring {when}{name}.", "Sonaré {when}{name}.", then=add, undo=undo,
                           when=words, name=f": {name}" if name else "")  # fmt: skip


def _feminine(n: int, language: str) -> str:
    return spoken.count(n, "", "", language, feminine=True).strip()
