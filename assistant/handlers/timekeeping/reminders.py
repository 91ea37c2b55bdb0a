"""Reminders: what to be told, and when; once or again and again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.alarm_choice import within
from assistant.handlers.timekeeping.due_family import MOST, recurring_item
from assistant.handlers.timekeeping.due_items import DueItem, at_wall
from assistant.handlers.timekeeping.due_words import days_in_words, in_short, turned
from assistant.handlers.timekeeping.reminder_changes import ReminderChanges, What
from assistant.handlers.timekeeping.reminder_words import EVENTS, awake, told
from assistant.handlers.wording import verbatim
from assistant.quantities import DateRange
from assistant.recurrence import Recurrence
from assistant.types import Reply

MORNING = dt.time(9)
"""When a day is named without a time."""
_DAYS = dt.timedelta(days=1)
_LONGEST = dt.timedelta(days=3660)


class Reminders(ReminderChanges):
    """Add, list, ask for the next and for what was missed; and all that `ReminderChanges` does."""

    name = "reminders"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|my|a)] (reminder|reminders)",
        "es": "[(los|mis|un)] (recordatorio|recordatorios)",
    }

    @function(
        en=[
            "<remind> [<to>] {what}",
            "<remind> [<to>] {what} in {length}",
            "(<remind> [<to>] {what} {length} from now|<must> {what} in {length} [so] remind me)",
            "<must> {what} <at> {when} [so] remind me [to]",
            "<remind> in {length} [<to>] {what}",
            "in {length} <remind> [<to>] {what}",
            "<remind> [<to>] {what} <at> {when}",
            "<remind> <at> {when} [<to>] {what}",
            "<at> {when} <remind> [<to>] {what}",
            "<remind> [(for|on)] [next] {day} [<to>] {what} <at> {time}",
            "<remind> [<to>] {what} [on] {repeat}",
            "<remind> [on] {repeat} [<to>] {what}",
            "[on] {repeat} <remind> [<to>] {what}",
            "<remind> [<to>] {what} [on] [next] {day}",
            "<remind> [on] {day} [<to>] {what}",
            "[on] {day} <remind> [<to>] {what}",
            "<remind> in {length}",
            "<remind> <at> {when}",
            "<remind> {repeat}",
            "<remind>",
            "(add|put|mark|note|enter) {what} (to|on|in) [(my|the)] <calendar> [<at> {when}]",
            "(add|put|mark|note|enter) {what} (to|on|in) [(my|the)] <calendar> [for] [on] {day}",
            "(schedule|arrange|set up) [(a|an|my|the)] {event} [{what}] <at> {when}",
            "(schedule|arrange|set up) [(a|an|my|the)] {event} [{what}] [(on|for)] {day}",
        ],
        es=[
            "<remind> [<to>] {what}",
            "<remind> [<to>] {what} (en|dentro de) {length}",
            "<remind> (en|dentro de) {length} [<to>] {what}",
            "(en|dentro de) {length} (<remind> [<to>] {what}|<must> {what} <then>)",
            "(<must> {what} <at> {when}|<at> {when} <must> {what}) <then>",
            "<remind> [<to>] {what} <at> {when}",
            "<remind> <at> {when} [<to>] {what}",
            "<at> {when} <remind> [<to>] {what}",
            "<remind> [<to>] {what} {repeat}",
            "<remind> {repeat} [<to>] {what}",
            "{repeat} <remind> [<to>] {what}",
            "<remind> [<to>] {what} [(el|para el|para)] {day}",
            "<remind> [(el|para el|para)] {day} [<to>] {what}",
            "[el] {day} <remind> [<to>] {what}",
            "(recuérdame|recordame|recuérdeme|recuérdamelo|<set> un recordatorio) (en|dentro de)"
            " {length}",
            "(recuérdame|recordame|recuérdeme|recuérdamelo|<set> un recordatorio) <at> {when}",
            "(recuérdame algo|<set> [un] recordatorio|recordatorio)",
            "(añade|agrega|apunta|pon|anota) {what} (a|en|al) [(mi|el|la)] <calendar>"
            " [<at> {when}]",
            "(añade|agrega|apunta|pon|anota) {what} (a|en|al) [(mi|el|la)] <calendar>"
            " [(el|para el|para)] {day}",
        ],
        help={
            "en": "remind me to call mum tomorrow at five",
            "es": "recuérdame llamar a mamá mañana a las cinco",
        },
        ahead=True,
    )
    def add(
        self,
        request: Request,
        what: What = "",
        when: dt.datetime | None = None,
        length: dt.timedelta | None = None,
        repeat: Recurrence | None = None,
        day: dt.date | None = None,
        time: dt.time | None = None,
        event: Annotated[str, EVENTS] = "",
    ) -> Reply:
        if len(self.store.all("reminder")) >= MOST:
            raise request.error(
                "There are too many reminders. Delete some first.",
                "Hay demasiados recordatorios. Borra alguno primero.",
            )
        text = verbatim(f"{event} {what}".strip(), request.text)
        if day is not None:
            when = _on(day, when.time() if when else time, request)
        if not text:
            known = {"when": when, "length": length, "repeat": repeat}
            return request.ask(
                "What shall I remind you of?", "¿Qué te recuerdo?", function="reminders.add",
                slot="what", known={slot: value for slot, value in known.items() if value},
            )  # fmt: skip
        if when is None and length is None and repeat is None:
            return request.ask(
                "When shall I remind you?", "¿Cuándo te lo recuerdo?", function="reminders.add",
                slot="when", known={"what": text},
            )  # fmt: skip
        return self._adding(request, self._item(request, text, when, length, repeat))

    def _item(
        self,
        request: Request,
        text: str,
        when: dt.datetime | None,
        length: dt.timedelta | None,
        repeat: Recurrence | None,
    ) -> DueItem:
        """Not stored yet. Raises FunctionError for a time that has passed or never comes."""
        zone, language = request.now.tzinfo, request.language
        if repeat is not None:
            at_time = awake(repeat.time, request.text) if repeat.time else MORNING
            return recurring_item("reminder", replace(repeat, time=at_time), text, request)
        if length is not None and length < _DAYS:
            if length < dt.timedelta(seconds=1):
                raise request.error("That is now.", "Eso es ahora.")
            return self.store.after("reminder", length, request.now, text, language)
        if when is None:
            when = request.now + (length or dt.timedelta(0))
        else:
            when = dt.datetime.combine(when, awake(when.time(), request.text), when.tzinfo)
        if when <= request.now:
            raise request.error("That time has passed.", "Esa hora ya ha pasado.")
        if when - request.now > _LONGEST:
            raise request.error("That is too far away for me.", "Eso está demasiado lejos.")
        wall = when.astimezone(zone).replace(tzinfo=None, fold=0, microsecond=0)
        return at_wall("reminder", wall, zone, text, language)

    def _adding(self, request: Request, item: DueItem) -> Reply:
        add, undo = self.adding_all([item])
        if item.length:
            return request.say(
                "In {length} I'll remind you: {what}.", "Dentro de {length} te recordaré: {what}.",
                then=add, undo=undo, length=item.length, what=turned(item.text, item.language),
            )  # fmt: skip
        return request.say(
            "I'll remind you {reminder}.", "Te lo recordaré {reminder}.",
            then=add, undo=undo, reminder=told(item, request.now, request.language),
        )  # fmt: skip

    @function(
        en=[
            "<tell> [(all|all of)] [(my|the)] [(pending|current|active|upcoming)] (reminders"
            "|reminder list|alerts) [(back|to me|back to me)] [<some_days>]",
            "(what|which) reminders (do i have|are there|are set|have i set) [(set|pending|coming"
            " up)] [<some_days>]",
            "<have> [any] [(pending|other)] (reminders|reminder) [(set|pending|coming up|on my"
            " list)]"
            " [<some_days>]",
            "how many reminders (do i have|are there) [<some_days>]",
            "[(my|the)] reminders [<some_days>]",
            "what (is|do i have) [(coming up|planned|scheduled)] (on|in) [(my|the)] <calendar>"
            " [<some_days>]",
            "(check|show|show me|read|read me|tell me) [what is on] [(my|the)] <calendar>"
            " [<some_days>]",
            "what is my (<calendar>|schedule like|day like|plan) [<some_days>]",
            "what does my <calendar> look like [<some_days>]",
            "what is {day} (<calendar>|day|plan) [like]",
            "what does {day} [<calendar>] look like",
            "what is {day} like [on my <calendar>]",
            "(show|show me|list|tell me|tell me about) [(my|the)] [(upcoming|next|latest)] <event>"
            " [<some_days>]",
            "[(my|any)] (upcoming <event>|<event> <some_days>)",
            "(do i have|is there|have i got) (a|an|any) (meeting|appointment|event|reminder|plan)"
            " [(scheduled|planned)] [<some_days>]",
            "(what|which) <event> (are|have i got) (on|in) my <calendar> [<some_days>]",
            "(do i have|is there|have i got) (anything|something) [(scheduled|planned|going on"
            "|on my"
            " <calendar>|to do)] [<some_days>]",
            "(do i have|are there) [(any|some)] [(upcoming|calendar)] <event> [(scheduled|planned"
            "|coming up|on my <calendar>|in my <calendar>)] [<some_days>]",
            "(what|which|how many) <event> do i have [(scheduled|planned|coming up)] [<some_days>]",
            "what do i have (going on|scheduled|planned) [<some_days>]",
            "what (do i have|have i got) [on] <some_days>",
            "what (was|am) i (supposed|meant|going) to do [<some_days>]",
            "(am i|will i be) (busy|free) <some_days>",
            "(what|what was it|what are|list|recall) [(the|those)] (things|it) [that] i (wanted"
            "|have)"
            " to (remember|recall|be reminded of)",
        ],
        es=[
            "<tell> [todos] [(mis|los)] recordatorios [(pendientes|activos)] [<some_days>]",
            "(qué|cuáles|cuántos) <event> <have> [(pendientes|puestos)] [<some_days>]",
            "<have> (algún|algunos|alguna|algunas) (recordatorio|recordatorios|evento|cita|reunión)"
            " [pendiente] [<some_days>]",
            "[mis] recordatorios [<some_days>]",
            "qué (hay|tengo) (en|en mi|en el|en la) [(mi|la)] <calendar> [<some_days>]",
            "qué tengo (pendiente|previsto|programado) [<some_days>]",
            "qué tengo <some_days>",
            "(lee|léeme|muéstrame|dime) [(mi|la|el)] <calendar> [<some_days>]",
            "tengo algo <some_days>",
            "qué tengo que hacer <some_days>",
            "estoy (ocupado|ocupada|libre) {day}",
        ],
        help={"en": "what are my reminders", "es": "qué recordatorios tengo"},
        ahead=True,
    )
    def listing(
        self,
        request: Request,
        day: dt.date | None = None,
        part: dt.datetime | None = None,
        days: DateRange | None = None,
    ) -> Reply:
        day = part.date() if part else day
        days = DateRange(day, day) if day else days
        found = self.store.all("reminder")
        if days is not None:
            found = [item for item in found if within(item, days, request.now)]
        if not found and days is None:
            return request.say("There is no reminder.", "No hay ningún recordatorio.")
        if not found:
            assert days is not None
            return request.say(
                "There is no reminder {days}.", "No hay ningún recordatorio {days}.",
                days=days_in_words(days, request.now.date(), request.language),
            )  # fmt: skip
        lines = [told(item, request.now, request.language) for item in found]
        if len(lines) == 1:
            return request.say("One reminder, {line}.", "Un recordatorio, {line}.", line=lines[0])
        return request.say("{n} reminders: {lines}.", "Hay {n} recordatorios: {lines}.",
                           n=len(lines), lines="; ".join(lines))  # fmt: skip

    @function(
        en=[
            "(when|what) is (my|the) next (reminder|event|appointment|meeting)",
            "[(my|the)] next (reminder|event|appointment)",
            "(what is|tell me) (next on|the next thing on) my <calendar>",
            "what is coming up",
        ],
        es=[
            "(cuándo|cuál) es (mi|el|la) (próximo|próxima) (recordatorio|evento|cita|reunión)",
            "[(mi|el|la)] (próximo|próxima) (recordatorio|evento|cita)",
        ],
        help={"en": "when is my next reminder", "es": "cuál es mi próximo recordatorio"},
        ahead=True,
    )
    def next(self, request: Request) -> Reply:
        found = self.store.all("reminder")
        if not found:
            return request.say("There is no reminder.", "No hay ningún recordatorio.")
        line = told(found[0], request.now, request.language)
        return request.say("The next one is {line}.", "El próximo es {line}.", line=line)

    @function(
        en=[
            "(what did|did|what have|have) i (miss|missed) [(anything|something|any reminders"
            "|any alarms|an"
            " alarm|any timers)] [(while|when) (you were off|i was away|i was out|i was gone)]",
            "(tell me|what is|what are) (what i missed|[(the|my)] missed (reminders|alarms"
            "|timers))",
            "missed (reminders|alarms)",
        ],
        es=[
            "qué me (perdí|he perdido) [(mientras|cuando) no estaba]",
            "(me perdí|me he perdido|se me pasó) (algo|algún recordatorio|alguna alarma)"
            " [(mientras|cuando) no estaba]",
            "(dime|cuáles son) (lo que me perdí|los recordatorios perdidos)",
        ],
        help={"en": "what did I miss", "es": "qué me he perdido"},
        ahead=True,
    )
    def missed(self, request: Request) -> Reply:
        found = self.store.missed()
        if not found:
            return request.say("You did not miss anything.", "No te has perdido nada.")
        lines = [in_short(item, request.now, request.language) for item in found]
        return request.say("You missed {lines}.", "Te has perdido {lines}.", lines=lines)


def _on(day: dt.date, time: dt.time | None, request: Request) -> dt.datetime:
    """A day without a time is meant for its morning, or, when that has passed, for soon."""
    then = dt.datetime.combine(day, time or MORNING, request.now.tzinfo)
    if time is None and then <= request.now and day == request.now.date():
        return request.now + dt.timedelta(hours=1)
    return then
