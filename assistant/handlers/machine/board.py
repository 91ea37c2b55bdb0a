"""The GPIO lines that the user has named: a lamp, a pump, the sensor of a door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any, ClassVar

from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Family, Listed, Request, function
from assistant.handlers.machine.board_ends import Ends
from assistant.handlers.machine.board_lines import NamedLine
from assistant.handlers.machine.gpio import Gpio, GpioError
from assistant.types import Reply

PULSE = dt.timedelta(seconds=1)
LONGEST = dt.timedelta(hours=1)  # longer ones are a timer's, which survives the program
_NO_LINES = {
    "en": "No line of this board has a name yet. Name one in board.toml.",
    "es": "Ninguna línea de esta placa tiene nombre todavía. Ponle uno en board.toml.",
}
_NO_LIBRARY = {
    "en": "The library for the lines of this board is not installed: assistant[board].",
    "es": "Falta instalar la biblioteca para las líneas de la placa: assistant[board].",
}
_TROUBLES = {
    "no chip": ("This machine has no such chip for {name}.",
                "Esta máquina no tiene ese chip para {name}."),
    "no line": ("The board has no such line for {name}.",
                "La placa no tiene esa línea para {name}."),
    "busy": ("Another program uses {name}.", "Otro programa está usando {name}."),
    "denied": ("I am not allowed to use {name}. The group gpio may, on most boards.",
               "No tengo permiso para usar {name}. El grupo gpio sí, en casi todas las placas."),
    "failed": ("The board does not let me use {name}.", "La placa no me deja usar {name}."),
}  # fmt: skip

Wire = Annotated[str, Listed("wires")]
Guarded = Annotated[str, Listed("guarded")]
Named = Annotated[str, Listed("lines")]
Wanted = Annotated[
    str,
    {
        "(on|active|activated|triggered)": "on",
        "(off|inactive|deactivated)": "off",
        "(encendido|encendida|activo|activa|activado|activada|puesto)": "on",
        "(apagado|apagada|inactivo|inactiva|desactivado|desactivada)": "off",
    },
]


class Board(Family):
    name = "board"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (board|gpio|pins|gpio pins)",
        "es": "(la placa|los pines|las líneas)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {"the": "[(the|my)]", "press": "(press|pulse|trigger|push)"},
        "es": {
            "the": "[(el|la|los|las|mi|mis)]",
            "on": "(enciende|encienda|encender|encendé|activa|active|activar|activá|conecta"
            "|prende|prendé|pon|ponga|pon en marcha|ponga en marcha|arranca)",
            "off": "(apaga|apague|apagar|apagá|desactiva|desactive|desactivar|desactivá"
            "|desconecta)",
            "press": "(pulsa|pulse|pulsar|pulsá|dispara|presiona|acciona)",
        },
    }

    def __init__(self, lines: Sequence[NamedLine], gpio: Gpio, *, installed: bool = True) -> None:
        """installed: whether `gpio` can work at all."""
        self._lines = {line.name: line for line in lines}
        self._gpio = gpio
        self._installed = installed
        self._ends = Ends()

    def unavailable(self) -> ByLanguage | None:
        if not self._lines:
            return _NO_LINES
        return None if self._installed else _NO_LIBRARY

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        """The phrases of the lines that may be switched, of those that are asked about, of all."""
        lines = [
            line
            for line in self._lines.values()
            if name == "lines" or (line.output and line.careful == (name == "guarded"))
        ]
        return {phrase: line.name for line in lines for phrase in line.phrases()}

    def close(self) -> None:
        self._ends.close()
        self._gpio.close()

    @function(
        en=[
            "(turn|switch) on <the> {wire} [for {length}]",
            "(turn|switch) <the> {wire} on [for {length}]",
            "(activate|enable) <the> {wire} [for {length}]",
            "{wire} on",
        ],
        es=[
            "<on> <the> {wire} [(durante|por) {length}]",
            "{wire} (encendido|encendida|activado|activada)",
        ],
        help={"en": "turn on a line that you named", "es": "enciende una línea con nombre"},
        ahead=True,
        own_words=True,
    )
    def on(self, request: Request, wire: Wire, length: dt.timedelta | None = None) -> Reply:
        return self._on(request, wire, length)

    @function(
        en=[
            "(turn|switch) off <the> {wire}",
            "(turn|switch) <the> {wire} off",
            "(deactivate|disable) <the> {wire}",
            "{wire} off",
        ],
        es=["<off> <the> {wire}", "{wire} (apagado|apagada|desactivado|desactivada)"],
        ahead=True,
        own_words=True,
    )
    def off(self, request: Request, wire: Wire) -> Reply:
        return self._off(request, wire)

    @function(
        en=["toggle <the> {wire}"],
        es=["(alterna|cambia) <the> {wire}"],
        ahead=True,
    )
    def toggle(self, request: Request, wire: Wire) -> Reply:
        on = self._read(request, self._lines[wire])
        return self._off(request, wire) if on else self._on(request, wire, None)

    @function(
        en=["<press> <the> {wire} [for {length}]"],
        es=["<press> <the> {wire} [(durante|por) {length}]"],
        ahead=True,
    )
    def press(self, request: Request, wire: Wire, length: dt.timedelta = PULSE) -> Reply:
        return self._on(request, wire, length)

    @function(
        en=["<press> <the> {guarded} [for {length}]"],
        es=["<press> <the> {guarded} [(durante|por) {length}]"],
        dangerous=True,
        confirm={"en": "Shall I press {guarded}?", "es": "¿Acciono {guarded}?"},
    )
    def press_guarded(
        self, request: Request, guarded: Guarded, length: dt.timedelta = PULSE
    ) -> Reply:
        return self._on(request, guarded, length)

    @function(
        en=[
            "(turn|switch) on <the> {guarded} [for {length}]",
            "(turn|switch) <the> {guarded} on [for {length}]",
            "(activate|enable) <the> {guarded} [for {length}]",
        ],
        es=["<on> <the> {guarded} [(durante|por) {length}]"],
        dangerous=True,
        confirm={"en": "Shall I turn on {guarded}?", "es": "¿Activo {guarded}?"},
    )
    def on_guarded(
        self, request: Request, guarded: Guarded, length: dt.timedelta | None = None
    ) -> Reply:
        return self._on(request, guarded, length)

    @function(
        en=[
            "(turn|switch) off <the> {guarded}",
            "(turn|switch) <the> {guarded} off",
            "(deactivate|disable) <the> {guarded}",
        ],
        es=["<off> <the> {guarded}"],
        dangerous=True,
        confirm={"en": "Shall I turn off {guarded}?", "es": "¿Desactivo {guarded}?"},
    )
    def off_guarded(self, request: Request, guarded: Guarded) -> Reply:
        return self._off(request, guarded)

    @function(
        en=[
            "is <the> {line} {wanted}",
            "what is the (state|status) of <the> {line}",
            "(check|read) <the> {line}",
        ],
        es=[
            "está {wanted} <the> {line}",
            "está <the> {line} {wanted}",
            "(cómo está|comprueba|lee|cuál es el estado de|cuál es el estado del) <the> {line}",
        ],
        help={"en": "check a line that you named", "es": "comprueba una línea con nombre"},
        ahead=True,
    )
    def state(self, request: Request, line: Named, wanted: Wanted = "") -> Reply:
        on = self._read(request, self._lines[line])
        if not wanted:
            told = request.pick("on" if on else "off", "activo" if on else "inactivo")
            return request.say("{name} is {told}.", "{name}: {told}.", name=line, told=told)
        right = on == (wanted == "on")
        told = request.pick("on" if on else "off", "activo" if on else "inactivo")
        return request.say(
            "Yes, {name} is {told}." if right else "No, {name} is {told}.",
            "Sí, {name}: {told}." if right else "No, {name}: {told}.",
            name=line,
            told=told,
        )

    def _on(self, request: Request, name: str, length: dt.timedelta | None) -> Reply:
        line = self._lines[name]
        if length is not None and not dt.timedelta(0) < length <= LONGEST:
            raise request.error(
                "I can do that for at most {longest}.", "Puedo hacerlo como mucho {longest}.",
                longest=LONGEST,
            )  # fmt: skip
        was = self._read(request, line)

        def switch() -> None:
            self._switch(request, line, True)
            if length is not None:
                self._ends.after(length, name, lambda: self._gpio.switch(line.place, False))

        undo = partial(self._switch, request, line, was)
        if length is None:
            return request.say(
                "{name} is on.", "{name}, en marcha.", name=name, then=switch, undo=undo
            )
        return request.say(
            "{name} is on for {length}.", "{name}, en marcha durante {length}.",
            name=name, length=length, then=switch, undo=undo,
        )  # fmt: skip

    def _off(self, request: Request, name: str) -> Reply:
        line = self._lines[name]
        was = self._read(request, line)
        return request.say(
            "{name} is off.", "{name}, apagado.", name=name,
            then=partial(self._switch, request, line, False),
            undo=partial(self._switch, request, line, was),
        )  # fmt: skip

    def _switch(self, request: Request, line: NamedLine, on: bool) -> None:
        """Whatever was to happen to it later is forgotten."""
        self._ends.forget(line.name)
        try:
            self._gpio.switch(line.place, on)
        except GpioError as error:
            raise _spoken(request, line, error) from error

    def _read(self, request: Request, line: NamedLine) -> bool:
        try:
            return self._gpio.read(line.place)
        except GpioError as error:
            raise _spoken(request, line, error) from error


def _spoken(request: Request, line: NamedLine, error: GpioError) -> FunctionError:
    return request.error(*_TROUBLES[error.trouble], name=line.name)
