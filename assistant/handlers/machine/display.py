"""Night light, and the screen off at once: what the desktop does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.desktop import desktop
from assistant.handlers.desktop.desktop import Desktop
from assistant.types import Reply

_NONE = {
    "en": "No desktop runs here whose night light I can switch: that takes GNOME or KDE.",
    "es": "Aquí no hay un escritorio cuya luz nocturna pueda cambiar: hace falta GNOME o KDE.",
}


class Display(Family):
    name = "display"
    topic: ClassVar[ByLanguage] = {"en": "[the] night light", "es": "[la] luz nocturna"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "night": "[the] (night light|nightlight|night shift|night color|night colour"
            "|blue light filter|night light mode|eye comfort mode)",
            "scr": "(the|my) (screen|display|monitor)",
        },
        "es": {
            "night": "[(la|el|el modo|el modo de)] (luz nocturna|filtro de luz azul"
            "|color nocturno|luz noche)",
            "on": "(activa|active|activar|activá|enciende|encienda|encender|encendé|pon|ponga"
            "|poner|poné|conecta)",
            "off": "(desactiva|desactive|desactivar|desactivá|apaga|apague|apagar|apagá|quita|quite"
            "|quitar|quitá|desconecta)",
        },
    }

    def unavailable(self) -> ByLanguage | None:
        return None if desktop.find() else _NONE

    @function(
        en=["(turn|switch) on <night>", "(turn|switch) <night> on",
            "(enable|activate|start) <night>", "<night> on",
            "(make|turn|set) <scr> [(a bit|a little)] (warmer|less blue|easier on [my|the] eyes)"
            " [for the (night|evening)]"],
        es=["<on> <night>", "<night> (encendida|activada|activado)",
            "(pon|ponga|haz|deja) (la|mi) pantalla más (cálida|amarilla|amarillenta)"
            " [para la noche]"],
        help={"en": "turn on the night light", "es": "activa la luz nocturna"},
        ahead=True,
    )  # fmt: skip
    def night_on(self, request: Request) -> Reply:
        return self._night(request, True)

    @function(
        en=["(turn|switch) off <night>", "(turn|switch) <night> off",
            "(disable|deactivate|stop) <night>", "<night> off"],
        es=["<off> <night>", "<night> (apagada|desactivada|desactivado)"],
        ahead=True,
    )  # fmt: skip
    def night_off(self, request: Request) -> Reply:
        return self._night(request, False)

    @function(
        en=["is <night> (on|off|enabled|active)", "what is the state of <night>"],
        es=["está (encendida|activada|activa|puesta|activado|puesto) <night>"],
        ahead=True,
    )
    def night(self, request: Request) -> Reply:
        if self._desktop(request).night_light():
            return request.say("The night light is on.", "La luz nocturna está activada.")
        return request.say("The night light is off.", "La luz nocturna está desactivada.")

    @function(
        en=["(turn|switch) <scr> off", "(turn|switch) off <scr>", "(screen|display) off",
            "blank <scr>"],
        es=["(apaga|apague|apagar|apagá) (la|mi) pantalla", "pantalla apagada"],
        help={"en": "turn off the screen", "es": "apaga la pantalla"},
    )  # fmt: skip
    def screen_off(self, request: Request) -> Reply:
        self._desktop(request).screen_off()
        return request.say("The screen is off.", "La pantalla está apagada.")

    def _night(self, request: Request, on: bool) -> Reply:
        here = self._desktop(request)
        was = here.night_light()
        en = ("Night light off.", "Night light on.")[on]
        es = ("Luz nocturna desactivada.", "Luz nocturna activada.")[on]
        return request.say(
            en, es, then=partial(here.set_night_light, on), undo=partial(here.set_night_light, was)
        )

    def _desktop(self, request: Request) -> Desktop:
        if (found := desktop.find()) is None:  # it ended since `unavailable` was asked
            raise request.error(_NONE["en"], _NONE["es"])
        return found
