"""Flight mode: all radios off, and on again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import bluez, network_manager
from assistant.types import Reply

Radios = tuple[bool, bool, bool]
"""Whether wifi, mobile data and bluetooth are on."""

_OFF: Radios = (False, False, False)
_ON: Radios = (True, True, True)
_NONE = {
    "en": "This machine has no radio that I could switch off.",
    "es": "Esta máquina no tiene ninguna radio que pueda apagar.",
}


class FlightMode(Family):
    name = "flight_mode"
    topic: ClassVar[ByLanguage] = {"en": "[the] flight mode", "es": "[el] modo avión"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {"plane": "[the] (flight|airplane|aeroplane|plane|aircraft) mode"},
        "es": {
            "plane": "[el] modo (avión|vuelo)",
            "on": "(activa|active|activar|activá|enciende|encienda|encender|encendé|pon|ponga"
            "|poner|poné|habilita)",
            "off": "(desactiva|desactive|desactivar|desactivá|apaga|apague|apagar|apagá|quita|quite"
            "|quitar|quitá|deshabilita)",
        },
    }

    def unavailable(self) -> ByLanguage | None:
        here = network_manager.running() or bluez.running()
        return None if here else _NONE

    @function(
        en=[
            "(turn|switch) on <plane>",
            "(turn|switch) <plane> on",
            "(enable|activate|start|enter|go into|switch to) <plane>",
            "<plane> [on]",
        ],
        es=["<on> <plane>", "<plane> [(activado|encendido)]", "(ponte|ponerte) en modo avión"],
        help={"en": "turn on flight mode", "es": "activa el modo avión"},
        ahead=True,
        own_words=True,
    )
    def flight_on(self, request: Request) -> Reply:
        before = _radios()
        return request.say(
            "Flight mode is on: no wifi, no bluetooth.",
            "Modo avión activado: sin wifi ni bluetooth.",
            then=partial(_set_radios, _OFF),
            undo=partial(_set_radios, before),
        )

    @function(
        en=[
            "(turn|switch) off <plane>",
            "(turn|switch) <plane> off",
            "(disable|deactivate|leave|exit|end|stop) <plane>",
            "<plane> off",
        ],
        es=["<off> <plane>", "<plane> (desactivado|apagado)", "(sal|salir) del modo avión"],
        help={"en": "turn off flight mode", "es": "desactiva el modo avión"},
        ahead=True,
    )
    def flight_off(self, request: Request) -> Reply:
        before = _radios()
        return request.say(
            "Flight mode is off: wifi and bluetooth are on.",
            "Modo avión desactivado: wifi y bluetooth encendidos.",
            then=partial(_set_radios, _ON),
            undo=partial(_set_radios, before),
        )

    @function(
        en=["is <plane> (on|off|enabled|active)", "(are you|am i|is it) in <plane>"],
        es=["está (activado|puesto|encendido|activo) <plane>", "(estás|estoy) en <plane>"],
        ahead=True,
    )
    def flight(self, request: Request) -> Reply:
        if _sends():
            return request.say("Flight mode is off.", "El modo avión está desactivado.")
        return request.say("Flight mode is on.", "El modo avión está activado.")


def _radios() -> Radios:
    """As they are switched, whether or not the machine has them."""
    wifi = mobile = bluetooth = False
    if network_manager.running():
        with network_manager.connect() as manager:
            wifi, mobile = manager.wifi(), manager.mobile()
    if bluez.running():
        with bluez.connect() as radio:
            bluetooth = radio.on
    return wifi, mobile, bluetooth


def _sends() -> bool:
    """Whether a radio that the machine has is on."""
    wifi, mobile, bluetooth = _radios()
    if not bluetooth and network_manager.running():
        with network_manager.connect() as manager:
            return (wifi and manager.has_wifi()) or (mobile and manager.has_mobile())
    return bluetooth


def _set_radios(radios: Radios) -> None:
    wifi, mobile, bluetooth = radios
    if network_manager.running():
        with network_manager.connect() as manager:
            manager.set_wifi(wifi)
            manager.set_mobile(mobile)
    if bluez.running():
        with bluez.connect() as radio:
            radio.switch(bluetooth)
