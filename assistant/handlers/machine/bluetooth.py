"""Bluetooth: on, off, and what is connected, through BlueZ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.bus_wire import BusError
from assistant.handlers.called import closest
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import bluez
from assistant.handlers.machine.bluez import Device
from assistant.types import Reply

_NONE = {
    "en": "There is no bluetooth on this machine.",
    "es": "Esta máquina no tiene bluetooth.",
}
_ICONS = {
    "headphones": ("audio-headset", "audio-headphones"),
    "speaker": ("audio-card", "audio-speakers"),
    "keyboard": ("input-keyboard",),
    "mouse": ("input-mouse", "input-tablet"),
    "phone": ("phone",),
    "controller": ("input-gaming",),
}
"""By the kind that is said, the icons by which BlueZ tells the kinds apart."""

Name = Annotated[str, 5]
Kind = Annotated[
    str,
    {
        "(headphones|headset|earphones|earbuds|ear buds)": "headphones",
        "(speaker|speakers|sound bar|soundbar)": "speaker",
        "keyboard": "keyboard",
        "mouse": "mouse",
        "(phone|mobile|mobile phone|smartphone)": "phone",
        "(controller|gamepad|joystick)": "controller",
        "(auriculares|cascos|audífonos|auricular)": "headphones",
        "(altavoz|altavoces|parlante|bocina|barra de sonido)": "speaker",
        "teclado": "keyboard",
        "(ratón|mouse)": "mouse",
        "(teléfono|móvil|celular)": "phone",
        "(mando|joystick)": "controller",
    },
]


class Bluetooth(Family):
    name = "bluetooth"
    topic: ClassVar[ByLanguage] = {"en": "[the] bluetooth", "es": "[el] bluetooth"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "tooth": "[(the|my)] (bluetooth|blue tooth)",
            "mine": "[(to|with)] [(the|my|our)] [(bluetooth|wireless)]",
            "over": "(by|via|over|with|through|using|on) (bluetooth|blue tooth)",
        },
        "es": {
            "tooth": "[(el|mi)] (bluetooth|blue tooth)",
            "mine": "[(a|al|con|del|de)] [(el|la|los|mi|mis|tus)]",
            "over": "(por|con|mediante|vía) (bluetooth|blue tooth)",
            "on": "(activa|active|activar|activá|enciende|encienda|encender|encendé|pon|ponga"
            "|poner|poné|habilita)",
            "off": "(desactiva|desactive|desactivar|desactivá|apaga|apague|apagar|apagá|quita|quite"
            "|quitar|quitá|deshabilita)",
            "join": "(conecta|conecte|conectar|conectá|conéctate|conectate|conectarte|empareja)",
            "leave": "(desconecta|desconecte|desconectar|desconectá|desconéctate|desconectate)",
        },
    }

    def unavailable(self) -> ByLanguage | None:
        return None if bluez.running() else _NONE

    @function(
        en=[
            "(turn|switch) on <tooth>",
            "(turn|switch) <tooth> [back] on [again]",
            "(enable|activate|start) <tooth>",
            "<tooth> on",
        ],
        es=["<on> <tooth>", "<tooth> (encendido|activado)"],
        help={"en": "turn on bluetooth", "es": "activa el bluetooth"},
        ahead=True,
    )
    def on(self, request: Request) -> Reply:
        return self._switch(request, True)

    @function(
        en=[
            "(turn|switch|shut) off <tooth>",
            "(turn|switch|shut) <tooth> off",
            "(disable|deactivate|kill) <tooth>",
            "<tooth> off",
        ],
        es=["<off> <tooth>", "<tooth> (apagado|desactivado)"],
        help={"en": "turn off bluetooth", "es": "desactiva el bluetooth"},
        ahead=True,
        own_words=True,
    )
    def off(self, request: Request) -> Reply:
        return self._switch(request, False)

    @function(
        en=[
            "is <tooth> (on|off|enabled|working|active|connected)",
            "(what|which) (devices|things|bluetooth devices) are (connected|connected <over>"
            "|connected to <tooth>)",
            "what is connected [(<over>|to <tooth>|to you)]",
            "(is|are) [(any|my)] (bluetooth device|bluetooth devices|devices) connected",
            "<tooth> (status|state)",
            "(check|list|show me|tell me) (<tooth>|[the] connected devices|my devices)",
        ],
        es=[
            "está (activado|encendido|puesto|activo|conectado) <tooth>",
            "qué (dispositivos|aparatos|cosas) (hay|están|tengo|tienes) conectados [<over>]"
            " [(al bluetooth|a ti)]",
            "qué (hay|está) conectado [(<over>|al bluetooth|a ti)]",
            "(estado del|comprueba el) bluetooth",
            "(dime|lista|muéstrame) los dispositivos [conectados]",
        ],
        help={"en": "what is connected by bluetooth", "es": "qué hay conectado por bluetooth"},
        ahead=True,
    )
    def status(self, request: Request) -> Reply:
        with bluez.connect() as radio:
            on, devices = radio.on, radio.devices
        if not on:
            return request.say("Bluetooth is off.", "El bluetooth está apagado.")
        connected = [_told(device, request) for device in devices if device.connected]
        if not connected:
            return request.say(
                "Bluetooth is on; nothing is connected.",
                "El bluetooth está encendido; no hay nada conectado.",
            )
        return request.say(
            "Connected: {devices}.", "Conectado: {devices}.", devices="; ".join(connected)
        )

    @function(
        en=[
            "(what|which) devices (are paired|do you know|have i paired|are known)",
            "(list|show me|tell me) [the|my] (paired|known) devices",
            "what is paired [<over>]",
        ],
        es=[
            "qué dispositivos (conoces|hay emparejados|están emparejados|tengo emparejados)",
            "(dime|lista|muéstrame) los dispositivos (emparejados|conocidos)",
        ],
        ahead=True,
    )
    def paired(self, request: Request) -> Reply:
        with bluez.connect() as radio:
            names = [device.name for device in radio.devices if device.paired]
        if not names:
            return request.say("No device is paired.", "No hay ningún dispositivo emparejado.")
        return request.say("Paired: {names}.", "Emparejados: {names}.", names=names)

    @function(
        en=[
            "(connect|reconnect) <mine> {kind} [<over>]",
            "(connect|reconnect) [(to|with)] [(the|my)] {name} <over>",
            "(connect|reconnect) [(to|with)] [(the|my)] bluetooth device [(called|named)] {name}",
        ],
        es=[
            "<join> <mine> {kind} [bluetooth] [<over>]",
            "<join> <mine> {name} <over>",
            "<join> (al|el) dispositivo [bluetooth] [llamado] {name}",
        ],
        help={"en": "connect my headphones", "es": "conecta mis auriculares"},
    )
    def join(self, request: Request, kind: Kind = "", name: Name = "") -> Reply:
        with bluez.connect_patiently() as radio:
            [device, *others] = _meant(request, radio.devices, kind, name, connected=False)
            if others:
                return _which(request, [device, *others], "bluetooth.join")
            if device.connected:
                return request.say("{name} is connected already.", "{name} ya está conectado.",
                                   name=device.name)  # fmt: skip
            if not radio.on:
                radio.switch(True)
            try:
                radio.join(device)
            except BusError as error:
                if error.kind in {"refused", "no answer"}:
                    raise request.error(
                        "{name} does not answer. Is it on, and near?",
                        "{name} no responde. ¿Está encendido y cerca?",
                        name=device.name,
                    ) from error
                raise
        return request.say("{name} is connected.", "{name} está conectado.", name=device.name,
                           undo=partial(_leave, device))  # fmt: skip

    @function(
        en=[
            "disconnect [from] [(the|my|our)] [(bluetooth|wireless)] {kind} [<over>]",
            "disconnect [from] [(the|my)] {name} <over>",
            "disconnect [from] [(the|my)] bluetooth device [(called|named)] {name}",
        ],
        es=[
            "<leave> <mine> {kind} [bluetooth] [<over>]",
            "<leave> <mine> {name} <over>",
            "<leave> (del|el) dispositivo [bluetooth] [llamado] {name}",
        ],
        help={"en": "disconnect my headphones", "es": "desconecta mis auriculares"},
    )
    def leave(self, request: Request, kind: Kind = "", name: Name = "") -> Reply:
        with bluez.connect() as radio:
            [device, *others] = _meant(request, radio.devices, kind, name, connected=True)
            if others:
                return _which(request, [device, *others], "bluetooth.leave")
            if not device.connected:
                return request.say("{name} is not connected.", "{name} no está conectado.",
                                   name=device.name)  # fmt: skip
            radio.leave(device)
        return request.say("{name} is disconnected.", "{name} está desconectado.",
                           name=device.name, undo=partial(_join, device))  # fmt: skip

    def _switch(self, request: Request, on: bool) -> Reply:
        with bluez.connect() as radio:
            was = radio.on
        en = ("Bluetooth off.", "Bluetooth on.")[on]
        es = ("Bluetooth desactivado.", "Bluetooth activado.")[on]
        return request.say(en, es, then=partial(_set, on), undo=partial(_set, was))


def _set(on: bool) -> None:
    with bluez.connect() as radio:
        radio.switch(on)


def _join(device: Device) -> None:
    with bluez.connect_patiently() as radio:
        radio.join(device)


def _leave(device: Device) -> None:
    with bluez.connect() as radio:
        radio.leave(device)


def _told(device: Device, request: Request) -> str:
    if device.battery is None:
        return device.name
    return f"{device.name}, {spoken.percent(device.battery, request.language)}"


def _meant(
    request: Request, devices: Sequence[Device], kind: str, name: str, *, connected: bool
) -> list[Device]:
    """The paired devices of a kind or a name; of several of a kind, those whose state would change.

    Raises FunctionError when there is none.
    """
    known = [device for device in devices if device.paired]
    if name:
        wanted = closest(name, {device.name for device in known})
        found = [device for device in known if device.name == wanted]
    else:
        of_kind = [device for device in known if not kind or device.icon in _ICONS[kind]]
        found = [device for device in of_kind if device.connected == connected] or of_kind
    if not found:
        raise request.error(
            "I know no such device. Pair it once in the bluetooth settings.",
            "No conozco ese dispositivo. Emparéjalo una vez en los ajustes de bluetooth.",
        )
    return found


def _which(request: Request, found: Sequence[Device], function: str) -> Reply:
    return request.ask(
        "Which one: {names}?",
        "¿Cuál: {names}?",
        function=function,
        slot="name",
        names=[device.name for device in found],
    )
