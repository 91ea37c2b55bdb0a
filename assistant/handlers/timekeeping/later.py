"""Commands for later: a sentence that is kept, and carried out as if it were said then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.timekeeping.due_family import MOST, DueFamily, recurring_item
from assistant.handlers.timekeeping.due_items import DueItem, at_wall
from assistant.handlers.timekeeping.reminder_changes import about
from assistant.handlers.timekeeping.reminder_words import told
from assistant.handlers.wording import verbatim
from assistant.recurrence import Recurrence
from assistant.types import Reply

_LONGEST = dt.timedelta(days=366)


class Later(DueFamily):
    """Most sentences for it are found by `understand.later`: any command, with a time."""

    name = "later"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (commands for later|scheduled commands)",
        "es": "[las] (órdenes para después|órdenes programadas)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "scheduled": "(scheduled commands|commands for later|scheduled actions|what is"
            " scheduled"
            "|scheduled)",
        },
        "es": {"scheduled": "(órdenes programadas|órdenes para después|acciones programadas)"},
    }

    @function(
        en=["in {length} (do|say|run) [this] {command}", "at {when} (do|say|run) [this] {command}"],
        es=[
            "(en|dentro de) {length} haz [esto] {command}",
            "a [(las|la)] {when} haz [esto] {command}",
        ],
        help={
            "en": "mute the sound in five minutes",
            "es": "en cinco minutos quita el sonido",
        },
        ahead=True,
    )
    def add(
        self,
        request: Request,
        command: Annotated[str, 25],
        length: dt.timedelta | None = None,
        when: dt.datetime | None = None,
        repeat: Recurrence | None = None,
    ) -> Reply:
        if len(self.store.all("command")) >= MOST:
            raise request.error(
                "There are too many commands for later. Cancel some first.",
                "Hay demasiadas órdenes para después. Cancela alguna primero.",
            )
        item = self._item(request, verbatim(command, request.text), length, when, repeat)
        add, undo = self.adding_all([item])
        if item.length:
            return request.say(
                "In {length}: {command}.", "Dentro de {length}: {command}.",
                then=add, undo=undo, length=item.length, command=item.text,
            )  # fmt: skip
        return request.say("{what}.", then=add, undo=undo,
                           what=told(item, request.now, request.language))  # fmt: skip

    def _item(
        self,
        request: Request,
        command: str,
        length: dt.timedelta | None,
        when: dt.datetime | None,
        repeat: Recurrence | None,
    ) -> DueItem:
        """Not stored yet. Raises FunctionError for a time that cannot be."""
        now, language = request.now, request.language
        if repeat is not None:
            if repeat.time is None:
                raise request.error("Say at what time, too.", "Di también a qué hora.")
            return recurring_item("command", repeat, command, request)
        if length is not None:
            if not dt.timedelta(seconds=1) <= length <= _LONGEST:
                raise request.error(
                    "That can be one second to a year from now.",
                    "Puede ser desde dentro de un segundo hasta un año.",
                )
            return self.store.after("command", length, now, command, language)
        if when is None or not now < when <= now + _LONGEST:
            raise request.error("That time has passed.", "Esa hora ya ha pasado.")
        wall = when.astimezone(now.tzinfo).replace(tzinfo=None, fold=0, microsecond=0)
        return at_wall("command", wall, now.tzinfo, command, language)

    @function(
        en=[
            "(list|show|show me|tell me|read|what are) [(my|the)] <scheduled>",
            "what (is|have i|did i|have you) (scheduled|set for later|put off)",
            "what will you do later",
            "(is|have you got|do you have) (anything|something) (scheduled|planned|put off)"
            " [for later]",
        ],
        es=[
            "(lista|muestra|muéstrame|dime|cuáles son) [(mis|las)] <scheduled>",
            "qué (hay|tengo) programado para después",
            "qué vas a hacer (después|más tarde)",
            "(hay|tienes|tenés|tiene) algo programado [para (después|más tarde|luego)]",
        ],
        help={"en": "what have I scheduled", "es": "cuáles son las órdenes programadas"},
        ahead=True,
    )
    def listing(self, request: Request) -> Reply:
        found = self.store.all("command")
        if not found:
            return request.say("Nothing is scheduled.", "No hay nada programado.")
        lines = [told(item, request.now, request.language) for item in found]
        return request.say("Scheduled: {lines}.", "Programado: {lines}.", lines="; ".join(lines))

    @function(
        en=[
            "(cancel|delete|remove|clear|forget) [(all|all of)] [(my|the)] <scheduled>",
            "(cancel|delete|forget) [the] scheduled {command}",
            "(cancel|delete|forget) (everything|all) [that is] scheduled",
        ],
        es=[
            "(cancela|cancelar|borra|borrar|elimina|olvida) [(todas|todo)] [(mis|las)] <scheduled>",
            "(cancela|cancelar|borra|elimina|olvida) la orden [programada] (de|para) {command}",
            "(cancela|borra) todo lo programado",
        ],
        help={"en": "cancel the scheduled commands", "es": "cancela las órdenes programadas"},
    )
    def cancel(self, request: Request, command: Annotated[str, 25] = "") -> Reply:
        found = [i for i in self.store.all("command") if not command or about(command, i.text)]
        if not found:
            raise request.error("Nothing like that is scheduled.", "No hay nada así programado.")
        self.store.remove(found)
        return request.say(
            "Cancelled: {lines}.", "Cancelado: {lines}.", undo=lambda: self.store.put(found),
            lines=[item.text for item in found],
        )  # fmt: skip
