"""What is done with alarms that exist: snooze, cancel, move, skip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.alarm_choice import Wanted, chosen, on_day, wanted
from assistant.handlers.timekeeping.alarm_words import RULES, told
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_words import rule_in_words, when
from assistant.handlers.timekeeping.timer_changes import Name
from assistant.quantities import DateRange
from assistant.types import Reply

Rank = Annotated[
    str,
    {
        "en": {"(next|first|earliest|soonest|upcoming)": "first", "(last|latest|final)": "last"},
        "es": {"(próxima|siguiente|primera)": "first", "última": "last"},
    },
]
"""Which one of them, as they will ring."""
_SNOOZE = dt.timedelta(minutes=10)
_LONGEST_SNOOZE = dt.timedelta(days=1)
_ANSWERABLE = dt.timedelta(minutes=30)
"""How long after it gave up an alarm can still be snoozed."""


class AlarmChanges(DueFamily):
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    @function(
        en=[
            "(snooze|snooze it|hit snooze|snooze <the> <alarm>|snooze the reminder"
            "|let me sleep|later)",
            "snooze [(it|<the> <alarm>|the reminder)] [(for|another|by|in)] {length} [more]",
            "{length} more [(please|of sleep|in bed)]",
            "[(give me|snooze|snooze for|let me sleep)] {minutes} more minutes",
            "(let me sleep|sleep) [(for|another)] {length} [(more|longer)]",
            "(wake me|wake me up|ring|ring me|remind me) again in {length}",
            "remind me (again|later)",
            "remind me again (in|after) {length}",
        ],
        es=[
            "(pospón|posponer|posponlo|posponla|aplaza|aplazar|repite más tarde|snooze)"
            " [(la alarma|el despertador|el recordatorio)]",
            "(pospón|posponer|posponlo|posponla|aplaza|aplazar|snooze|retrasa)"
            " [(la alarma|el despertador|el recordatorio)] {length} [más]",
            "(pospón|posponer|posponlo|posponla|aplaza|aplazar|snooze|retrasa)"
            " [(la alarma|el despertador|el recordatorio)] (por|durante|para dentro de|otros)"
            " {length} [más]",
            "(déjame dormir|dejame dormir|dame|déjame|dejame) [(un rato|otros)] [{length}] [más]",
            "{length} más [(de sueño|en la cama)]",
            "(despiértame|avísame|recuérdamelo|suena|recuérdame) otra vez (en|dentro de) {length}",
            "(recuérdamelo|avísame|recuérdame) (más tarde|luego|después|otra vez)",
        ],
        help={"en": "snooze for ten minutes", "es": "pospón la alarma diez minutos"},
    )
    def snooze(self, request: Request, length: dt.timedelta = _SNOOZE, minutes: int = 0) -> Reply:
        if minutes > 0:
            length = dt.timedelta(minutes=min(minutes, 10_000))
        if not dt.timedelta(minutes=1) <= length <= _LONGEST_SNOOZE:
            raise request.error(
                "I can snooze for one minute to a day.",
                "Puedo posponer desde un minuto hasta un día.",
            )
        rings = [item for item in self.store.ringing() if item.kind != "command"]
        if not rings:  # it has just given up
            recent = [
                i for i in self.store.missed() if i.rang and request.now - i.rang <= _ANSWERABLE
            ]
            rings = recent[-1:]
        if not rings:
            raise request.error("Nothing is ringing.", "No está sonando nada.")
        self.store.snooze(rings, length, request.now)
        return request.say("Again in {length}.", "Otra vez dentro de {length}.",
                           undo=lambda: self.store.put(rings), length=length)  # fmt: skip

    @function(
        en=[
            "<cancel> [<the>] <alarm>",
            "<cancel> [<the>] {time} <alarm> [<a_day>]",
            "<cancel> [<one>] <alarm> [that] [(i|you|we)] [(have|is|was)] [set] (for|at) {time}"
            " [<a_day>]",
            "<cancel> [<one>] <alarm> [that] [(i|you|we)] [(have|is|was)] [set] (for|on|at) {when}",
            "<cancel> [<the>] {when} <alarm>",
            "<cancel> [<the>] ({day}|{part}) <alarm>",
            "<cancel> [<one>] <alarm> [that] [(i|you|we)] [(have|is|was)] [set] [(for|on)] {day}",
            "<cancel> [<the>] {name} (<alarm>|<alarms>)",
            "<cancel> [<the>] {rank} <alarm>",
            "<cancel> [<the>] <alarm> (for|called|named|labeled|labelled) {name}",
            "(turn|switch|shut) [<the>] [{name}] <alarm> off",
            "(turn|switch|shut) [<the>] {time} <alarm> off",
            "(do not wake me|do not wake me up|no need to wake me) [<a_day>]",
            "i (do not|no longer|won't|will not|am not going to) [be] (need|needing|want) <the>"
            " [{name}]"
            " <alarm> [(anymore|any more|any longer)] [<a_day>]",
            "i (do not|no longer) (want|need|have) to (wake up|get up|be woken|be woken up)"
            " [(at {time} [<a_day>]|[at] {when}|<a_day>)]",
            "i (do not|no longer) (want|need|have) to (wake|get) up [<a_day>] [so] <cancel> <the>"
            " <alarm>",
        ],
        es=[
            "<cancel> [<the>] <alarm>",
            "<cancel> [<the>] {rank} <alarm>",
            "<cancel> [<the>] <alarm> (de|a|para) [(las|la)] {time} [<a_day>]",
            "<cancel> [<the>] <alarm> [(de|a|para|del)] [(las|la|el)] {when}",
            "<cancel> [<the>] <alarm> [(de|para|del|para el)] {day}",
            "<cancel> [<the>] <alarm> [(de|del|llamada|para)] [(la|el)] {name}",
            "(no me despiertes|no me despierte) [<a_day>]",
            "(no|ya no) (necesito|voy a necesitar|me hace falta|quiero) <the> <alarm> [<a_day>]",
            "{day} no me despiertes",
            "{day} no (trabajo|madrugo|tengo que (madrugar|levantarme|trabajar)|hay (clase|clases))"
            " [así que] <cancel> <the> <alarm>",
        ],
        help={"en": "cancel the seven o'clock alarm", "es": "cancela la alarma de las siete"},
    )
    def cancel(
        self,
        request: Request,
        time: dt.time | None = None,
        day: dt.date | None = None,
        when: dt.datetime | None = None,
        part: dt.datetime | None = None,
        name: Name = "",
        rank: Rank = "",
    ) -> Reply:
        said = wanted(name, time, day or (part and part.date()), when)
        if not said and self.silenced(request):
            return Reply("", request.language, stop_speaking=True)
        alarm = self.the_one(request, said, rank)
        if isinstance(alarm, Reply):
            return alarm
        if alarm.rule and rank:
            return self._skip(request, alarm, None)
        if alarm.rule and said.day:
            return self._skip(request, alarm, said.day)
        self.store.remove([alarm])
        return request.say(
            "The alarm {alarm} is cancelled.", "La alarma {alarm} está cancelada.",
            undo=lambda: self.store.put([alarm]), alarm=told(alarm, request.now, request.language),
        )  # fmt: skip

    @function(
        en=[
            "<cancel> (all|all of|every|any|both|both of) [(my|the|of my|of the)]"
            " [(morning|evening|active|existing)] (<alarms>|<alarm>) [(set|that i have set)]"
            " [<a_day>]",
            "<cancel> [(my|the)] <alarms> [set] [(for|on|of|from) [the]] [({day}|{part}|{days})]",
            "<cancel> (all|all of|every|any) [(the|my)] (<alarms>|<alarm>) [(that are set|i have"
            "|that"
            " i have|i set|that i set)] [(for|on|of|from)] [({day}|{days})]",
            "(turn|switch|shut) [all] [(my|the)] <alarms> off",
        ],
        es=[
            "<cancel> (todas|todos|ambas) [(mis|las|los)] <alarms> [<a_day>]",
            "<cancel> [(mis|las|los)] <alarms> [<a_day>]",
            "<cancel> [todas] [(mis|las|los)] <alarms> [(de|del|para)] [(la|el)] {days}",
        ],
        help={"en": "cancel all alarms", "es": "cancela todas las alarmas"},
        own_words=True,
    )
    def cancel_all(
        self,
        request: Request,
        day: dt.date | None = None,
        part: dt.datetime | None = None,
        days: DateRange | None = None,
    ) -> Reply:
        day = part.date() if part else day
        span = days or (DateRange(day, day) if day else None)
        alarms = chosen(self.store.all("alarm"), Wanted(days=span), request.now, request.language)
        if not alarms:
            raise request.error("There is no such alarm." if span else "There is no alarm.",
                                "No hay ninguna alarma.")  # fmt: skip
        if len(alarms) == 1 and day and alarms[0].rule:
            return self._skip(request, alarms[0], day)
        stays = [a for a in alarms if span and a.rule]
        self.store.remove([a for a in alarms if a not in stays])
        for day in span.days() if span and stays else ():
            due = [a.id for a in stays if on_day(a, day, request.now)]
            self.store.skip(due, day, request.now)
        return request.say(
            "{n} alarms are cancelled." if len(alarms) > 1 else "The alarm is cancelled.",
            "Alarmas canceladas: {n}." if len(alarms) > 1 else "La alarma está cancelada.",
            undo=lambda: self.store.put(alarms), n=len(alarms),
        )  # fmt: skip

    @function(
        en=[
            "<move> [<the>] {time} <alarm> [(to|back to|forward to|until|for|at)] {to}",
            "<move> [<the>] {time} <alarm> [(to|until|for)] {to_when}",
            "set <the> {time} <alarm> to {to}",
            "<move> [<the>] [{name}] <alarm> (to|back to|forward to|until) {to}",
            "<move> [<the>] [{name}] <alarm> (to|back to|forward to|until) {to_when}",
            "<move> [<the>] <alarm> (from|at|for) {time} to {to}",
        ],
        es=[
            "<move> [<the>] <alarm> (de|a) [(las|la)] {time} (a|para|a las|para las|a la|al) {to}",
            "<move> [<the>] <alarm> (de|a) [(las|la)] {time} (a|para|a las|para las|a la|al)"
            " {to_when}",
            "<move> [<the>] <alarm> [(de|del) {name}] (a|para|a las|para las|a la|al) {to}",
            "<move> [<the>] <alarm> [(de|del) {name}] (a|para|a las|para las|a la|al) {to_when}",
        ],
        help={
            "en": "move my seven o'clock alarm to eight",
            "es": "cambia la alarma de las siete a las ocho",
        },
    )
    def change(
        self,
        request: Request,
        to: dt.time | None = None,
        to_when: dt.datetime | None = None,
        time: dt.time | None = None,
        name: Name = "",
    ) -> Reply:
        alarm = self.the_one(request, Wanted(name, time))
        if isinstance(alarm, Reply):
            return alarm
        return self.moved(request, alarm, self.shifted(request, alarm, to, to_when))

    def moved(self, request: Request, alarm: DueItem, new: DueItem) -> Reply:
        """`new` in the place of `alarm`."""
        self.store.put([new])
        words = (
            rule_in_words(new, request.language)
            if new.rule
            else when(new.due, request.now, request.language)
        )
        return request.say("Now I'll ring {when}.", "Ahora sonaré {when}.",
                           undo=lambda: self.store.put([alarm]), when=words)  # fmt: skip

    @function(
        en=[
            "skip [<the>] [next] <alarm> [<a_day>]",
            "skip ({day}|{part}) <alarm>",
            "skip [<the>] {time} <alarm> [<a_day>]",
            "skip <the> {name} <alarm> [<a_day>]",
            "(no|skip the) <alarm> {day}",
        ],
        es=[
            "<skip> [<the>] [(próxima|siguiente)] <alarm> [<a_day>]",
            "<skip> [<the>] <alarm> (de|a) [(las|la)] {time}",
        ],
        help={"en": "skip tomorrow's alarm", "es": "sáltate la alarma de mañana"},
    )
    def skip(
        self,
        request: Request,
        day: dt.date | None = None,
        time: dt.time | None = None,
        part: dt.datetime | None = None,
        name: Name = "",
    ) -> Reply:
        day = part.date() if part else day
        fit = chosen(
            self.store.all("alarm"), Wanted(name, time, day), request.now, request.language
        )
        if not fit:
            raise request.error("There is no such alarm.", "No hay ninguna alarma así.")
        return self._skip(request, fit[0], day)

    def the_one(self, request: Request, said: Wanted, rank: Rank = "") -> DueItem | Reply:
        """The alarm that is meant, or a question when there are several.

        Raises FunctionError when there is none.
        """
        alarms = self.store.all("alarm")
        if not alarms:
            raise request.error("There is no alarm.", "No hay ninguna alarma.")
        fit = chosen(alarms, said, request.now, request.language)
        if len(fit) == 1 or (fit and rank):
            return fit[-1 if rank == "last" else 0]
        lines = [told(a, request.now, request.language) for a in fit or alarms]
        if not fit:
            raise request.error("There is no such alarm, but {lines}.",
                                "No hay ninguna alarma así. Hay: {lines}.",
                                lines=lines)  # fmt: skip
        return request.say("Which one? There is {lines}.", "¿Cuál? Hay {n}: {lines}.",
                           listen_again=True, n=len(lines), lines=lines)  # fmt: skip

    def _skip(self, request: Request, alarm: DueItem, day: dt.date | None) -> Reply:
        self.store.skip([alarm.id], day, request.now)
        after = next((i for i in self.store.all("alarm") if i.id == alarm.id), None)
        if after is None:
            return request.say(
                "The alarm {alarm} is cancelled.", "La alarma {alarm} está cancelada.",
                undo=lambda: self.store.put([alarm]),
                alarm=told(alarm, request.now, request.language),
            )  # fmt: skip
        return request.say(
            "Skipped. The next time is {when}.", "De acuerdo. La próxima es {when}.",
            undo=lambda: self.store.put([alarm]),
            when=when(after.due, request.now, request.language),
        )  # fmt: skip
