"""What is done with reminders that exist: cancel, move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar

from rapidfuzz import fuzz, utils

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.alarm_choice import on_day
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_words import rule_in_words, when
from assistant.handlers.timekeeping.reminder_words import RULES, told
from assistant.types import Reply

What = Annotated[str, 20]
_ABOUT = 70.0  # of 100: how much of what was said stands in a reminder


class ReminderChanges(DueFamily):
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    @function(
        en=[
            "<cancel> <which>",
            "<cancel> [<the>] {what} reminder",
            "<cancel> [<the>] [last] reminder",
            "(do not remind me|no need to remind me|stop reminding me) [(to|about|of)] {what}",
            "<cancel> {what} (from|on|off) [(my|the)] <calendar>",
            "<cancel> (the|my) (event|appointment|meeting) (for|about|with|called) {what}",
        ],
        es=[
            "<cancel> <which>",
            "<cancel> [<the>] [último] recordatorio",
            "(no me recuerdes|ya no me recuerdes|deja de recordarme) {what}",
            "<cancel> {what} (de|del) [(mi|la)] <calendar>",
        ],
        help={"en": "cancel my reminder to call mum", "es": "borra el recordatorio del médico"},
    )
    def cancel(self, request: Request, what: What = "") -> Reply:
        if not what and self.silenced(request):
            return Reply("", request.language, stop_speaking=True)
        reminder = self.the_one(request, what)
        if isinstance(reminder, Reply):
            return reminder
        self.store.remove([reminder])
        return request.say(
            "The reminder is deleted: {reminder}.", "He borrado el recordatorio: {reminder}.",
            undo=lambda: self.store.put([reminder]),
            reminder=told(reminder, request.now, request.language),
        )  # fmt: skip

    @function(
        en=[
            "<cancel> (all|all of|every) [(my|the)] (reminders|reminder|<event>) [<a_day>]",
            "<cancel> [(my|the)] (reminders|<event>) [<a_day>]",
            "<cancel> [(all|everything|all data|all events)] [(on|from|in|off)] [(my|the)]"
            " <calendar>"
            " [<a_day>]",
            "<cancel> (all|all of|every|any|all my|all of my|everything) [(my|the)] [<calendar>]"
            " <event> [(on|in|from) [(my|the)] <calendar>] [<a_day>]",
            "[(completely|totally)] (wipe|erase|empty|clear) [(my|the)] <calendar> [clean]"
            " [<a_day>]",
        ],
        es=[
            "<cancel> [(todos|todas)] [(mis|los|las)] (recordatorios|<event>) [<a_day>]",
            "(vacía|limpia|borra|<cancel>) [(mi|la|el)] <calendar> [<a_day>]",
        ],
        help={"en": "delete all reminders", "es": "borra todos los recordatorios"},
        own_words=True,
    )
    def cancel_all(
        self, request: Request, day: dt.date | None = None, part: dt.datetime | None = None
    ) -> Reply:
        day = part.date() if part else day
        found = self.store.all("reminder")
        if day is not None:
            found = [item for item in found if on_day(item, day, request.now)]
        if not found:
            raise request.error("There is no such reminder." if day else "There is no reminder.",
                                "No hay ningún recordatorio.")  # fmt: skip
        recurring = [item for item in found if day and item.rule]
        self.store.remove([item for item in found if item not in recurring])
        self.store.skip([item.id for item in recurring], day, request.now)
        if len(found) == 1:
            return request.say("The reminder is deleted.", "He borrado el recordatorio.",
                               undo=lambda: self.store.put(found))  # fmt: skip
        return request.say("{n} reminders are deleted.", "Recordatorios borrados: {n}.",
                           undo=lambda: self.store.put(found), n=len(found))  # fmt: skip

    @function(
        en=[
            "<move> <which> (to|until) {to}",
            "<move> <which> (to|until|for) {to_when}",
            "<move> [<the>] {what} reminder (to|until) {to}",
            "<move> [<the>] {what} reminder (to|until|for) {to_when}",
            "<move> [<the>] reminder (to|until) {to}",
            "<move> [<the>] reminder (to|until) {to_when}",
        ],
        es=[
            "<move> <which> (a|a las|a la|para|para las|al) {to}",
            "<move> <which> (a|a las|a la|para|para las|para el|al) {to_when}",
            "<move> [<the>] recordatorio (a|a las|a la|para|para las|al) {to}",
            "<move> [<the>] recordatorio (a|a las|a la|para|para las|para el|al) {to_when}",
        ],
        help={
            "en": "move my reminder to call mum to six",
            "es": "cambia el recordatorio de llamar a mamá a las seis",
        },
    )
    def change(
        self,
        request: Request,
        to: dt.time | None = None,
        to_when: dt.datetime | None = None,
        what: What = "",
    ) -> Reply:
        reminder = self.the_one(request, what)
        if isinstance(reminder, Reply):
            return reminder
        new = self.shifted(request, reminder, to, to_when)
        self.store.put([new])
        time = (
            rule_in_words(new, request.language)
            if new.rule
            else when(new.due, request.now, request.language)
        )
        return request.say("Now I'll remind you {when}.", "Ahora te lo recordaré {when}.",
                           undo=lambda: self.store.put([reminder]), when=time)  # fmt: skip

    def the_one(self, request: Request, what: str) -> DueItem | Reply:
        """The reminder that is meant, or a question when there are several.

        Raises FunctionError when there is none.
        """
        reminders = self.store.all("reminder")
        if not reminders:
            raise request.error("There is no reminder.", "No hay ningún recordatorio.")
        fit = [item for item in reminders if not what or about(what, item.text)]
        if not fit:
            raise request.error(
                "There is no reminder about {what}.", "No hay ningún recordatorio sobre {what}.",
                what=what,
            )  # fmt: skip
        if len(fit) == 1:
            return fit[0]
        lines = [told(item, request.now, request.language) for item in fit]
        return request.say("Which one? {lines}.", "¿Cuál? {lines}.", listen_again=True,
                           lines="; ".join(lines))  # fmt: skip


def about(said: str, text: str) -> bool:
    """Whether a text is about what was said: nearly all of its words stand in it."""
    return fuzz.token_set_ratio(said, text, processor=utils.default_process) >= _ABOUT
