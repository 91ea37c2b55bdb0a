"""Dictation: what is said next is typed into the window that has the focus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.lists import typing_text
from assistant.handlers.wording import verbatim
from assistant.types import Reply

_UNAVAILABLE = {
    "en": "I cannot type on this machine: there is no desktop, or neither wtype, xdotool nor a"
    " clipboard tool is installed. I can take a note instead.",
    "es": "En esta máquina no puedo escribir: no hay escritorio, o faltan wtype, xdotool y las"
    " herramientas del portapapeles. Puedo tomar una nota.",
}


class Dictation(Family):
    name = "dictation"
    topic: ClassVar[ByLanguage] = {"en": "dictation", "es": "[el] dictado"}

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def unavailable(self) -> ByLanguage | None:
        return None if typing_text.tools(self._environment) else _UNAVAILABLE

    @function(
        en=[
            "(take|start|begin) [a] dictation",
            "(type|write) (what i say|this|for me|here)",
            "dictate",
            "(i want|i would like|let me|i am going) to dictate [(something|a text|it)]",
            "(type|dictate) {text}",
        ],
        es=[
            "(toma|empieza|inicia|comienza|activa) [(un|el)] dictado",
            "(escribe|teclea) (lo que (digo|diga)|aquí)",
            "(te dicto|voy a dictar|dictado)",
            "(quiero|quisiera|voy a|déjame|necesito) (dictar|dictarte) [(algo|un texto|una cosa)]",
            "(teclea|dicta) {text}",
        ],
        help={"en": "take dictation", "es": "empieza el dictado"},
    )
    def type(self, request: Request, text: Annotated[str, 120] = "") -> Reply:
        if not text:
            return request.ask("Go ahead.", "Te escucho.", function="dictation.type", slot="text")
        said = verbatim(text, request.text)
        tool = typing_text.put(said, typing_text.tools(self._environment))
        if not tool.types:
            return request.say("It is in the clipboard; paste it where you want it.",
                               "Está en el portapapeles; pégalo donde quieras.")  # fmt: skip
        return Reply("", request.language)  # it can be seen
