"""How hot the machine is, and how its fan turns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.power import thermal
from assistant.power.thermal import Fan, Heat
from assistant.types import Reply

_NEAR = 8  # °C below the limit: processors slow down before they reach it
_PARTS = {
    "processor": ("the processor", "el procesador"),
    "graphics": ("the graphics processor", "la gráfica"),
    "disk": ("the disk", "el disco"),
    "machine": ("the machine", "el equipo"),
}
_NONE = {
    "en": "There is no temperature sensor in this machine.",
    "es": "Esta máquina no tiene ningún sensor de temperatura.",
}

Part = Annotated[
    str,
    {
        "(processor|cpu|chip)": "processor",
        "(graphics|graphics card|gpu|video card)": "graphics",
        "(disk|ssd|hard disk|hard drive|drive)": "disk",
        "(procesador|chip|micro)": "processor",
        "(gráfica|tarjeta gráfica|tarjeta de vídeo)": "graphics",
        "(disco|disco duro)": "disk",
    },
]


class Temperature(Family):
    name = "temperature"
    topic: ClassVar[ByLanguage] = {
        "en": "[the|your] (processor temperature|fan|heat)",
        "es": "(la temperatura del procesador|el ventilador del equipo)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "box": "(the|my|this) (computer|laptop|machine|board|pc|raspberry pi|jetson|device)",
            "cooler": "(your|the (cpu|computer|laptop|processor|machine|system|case) (fan|fans)"
            "|your (fan|fans)|the (fan|fans) (of|in) <box>)",
        },
        "es": {
            "box": "(el ordenador|el portátil|el equipo|la computadora|la placa|la máquina"
            "|la raspberry|la jetson)",
            "cooler": "(tu ventilador|tus ventiladores|(el ventilador|los ventiladores)"
            " (del (ordenador|portátil|equipo|procesador)|de la (computadora|placa|máquina)))",
        },
    }

    def __init__(self, root: Path) -> None:
        """root: of the file system."""
        self._root = root

    def unavailable(self) -> ByLanguage | None:
        here = thermal.temperatures(self._root) or thermal.fans(self._root)
        return None if here else _NONE

    @function(
        en=[
            "how (hot|warm|cool) (are you|is <box>) [(running|getting)]",
            "how (hot|warm|cool) is (the|your|my) {part} [(running|getting)]",
            "what is [your|the] {part} temperature",
            "what is the temperature of (the|your|my) {part}",
            "what is (your temperature|the temperature of <box>|the system temperature)",
            "(check|tell me) (your|the) [{part}] temperature of <box>",
            "(check|tell me) (your|the) {part} temperature",
            "{part} temperature",
            "(are you|is <box>) [(too|very|running|getting)] (hot|warm|overheating|throttling)",
            "is (the|your|my) {part} [(too|very|running|getting)] (hot|warm|overheating)",
        ],
        es=[
            "(cómo de caliente|qué tan caliente) (estás|está <box>)",
            "(cómo de caliente|qué tan caliente) está (el|la|tu) {part}",
            "a (qué temperatura|cuántos grados) (estás|está <box>)",
            "a (qué temperatura|cuántos grados) está (el|la|tu) {part}",
            "(cuál es|dime|comprueba|qué tal) (tu temperatura|la temperatura (de|del) {part}"
            "|la temperatura de (la|tu) {part}|la temperatura (del sistema|del equipo"
            "|del ordenador|del portátil|de la placa|de la máquina|de la computadora))",
            "qué temperatura tiene (el|la|tu) {part}",
            "qué temperatura (tienes|tiene <box>)",
            "temperatura (de|del) {part}",
            "te estás (calentando|sobrecalentando)",
            "[se] está [muy|demasiado] (caliente|calentando|sobrecalentando) <box>",
            "está [muy|demasiado] caliente (el|la|tu) {part}",
        ],
        help={"en": "how hot are you", "es": "a qué temperatura estás"},
        ahead=True,
    )
    def heat(self, request: Request, part: Part = "") -> Reply:
        found = thermal.temperatures(self._root)
        asked = [heat for heat in found if not part or heat.part == part]
        if part and not asked:
            raise request.error(
                "{name} has no temperature sensor here.",
                "{name} no tiene aquí ningún sensor de temperatura.",
                name=_named(part, request),
            )
        if not asked:
            raise request.error(_NONE["en"], _NONE["es"])
        known = [heat for heat in asked if part or heat.part != "machine"] or asked
        told = [_degrees(heat, request) for heat in known]
        text = spoken.listing(told, request.language)
        if any(heat.limit and heat.celsius >= heat.limit - _NEAR for heat in known):
            return request.say(
                "{text}. That is close to the limit.", "{text}. Está cerca del límite.", text=text
            )
        return request.say("{text}.", "{text}.", text=text)

    @function(
        en=[
            "how fast (is|are) <cooler> [(spinning|turning|running|going)]",
            "(is|are) <cooler> [(spinning|turning|running|on|working|off)]",
            "(what is|check|tell me) (the speed of <cooler>|your fan speed|the fan speed of <box>)",
            "what is the (cpu|system|computer|processor) fan speed",
            "(cpu|system|computer|processor) fan speed",
        ],
        es=[
            "a qué velocidad (gira|va|está|giran|van) <cooler>",
            "(gira|funciona|está girando|está encendido|se mueve|giran|funcionan) <cooler>",
            "(cuál es|dime|comprueba) la velocidad (de|del) (ventilador|ventiladores)"
            " (del (ordenador|portátil|equipo|procesador)|de la (computadora|placa|máquina))",
        ],
        help={
            "en": "how fast is your fan spinning",
            "es": "a qué velocidad gira tu ventilador",
        },
        ahead=True,
    )
    def fan(self, request: Request) -> Reply:
        found = thermal.fans(self._root)
        if not found:
            raise request.error(
                "No fan tells me its speed here.", "Ningún ventilador me dice aquí su velocidad."
            )
        turning = [fan for fan in found if fan.turns]
        if not turning:
            return request.say("The fan stands still.", "El ventilador está parado.")
        speeds = [_speed(fan, request) for fan in turning]
        if len(speeds) == 1:
            return request.say(
                "The fan runs at {speed}.", "El ventilador va a {speed}.", speed=speeds[0]
            )
        return request.say(
            "The fans run at {speeds}.", "Los ventiladores van a {speeds}.", speeds=speeds
        )


def _named(part: str, request: Request) -> str:
    return request.pick(*_PARTS[part])


def _degrees(heat: Heat, request: Request) -> str:
    one, many = ("grado", "grados") if request.language == "es" else ("degree", "degrees")
    degrees = spoken.count(round(heat.celsius), one, many, request.language)
    return request.pick(f"{_named(heat.part, request)} is at {degrees}",
                        f"{_named(heat.part, request)} está a {degrees}")  # fmt: skip


def _speed(fan: Fan, request: Request) -> str:
    if fan.rpm is None:
        return spoken.percent(fan.percent or 0, request.language)
    rounded = round(fan.rpm, -2) if fan.rpm >= 1000 else round(fan.rpm, -1)
    turns = spoken.number(rounded, request.language)
    return f"{turns} {request.pick('turns a minute', 'vueltas por minuto')}"
