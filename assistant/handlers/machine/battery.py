"""The charge of the machine's batteries, its charger, and the batteries of what is connected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.power import power_supply
from assistant.power.power_supply import Charge, Level
from assistant.types import Reply

_NONE = {
    "en": "There is no battery in this machine.",
    "es": "Esta máquina no tiene batería.",
}
_LEVELS = {
    "critical": ("almost empty", "casi vacía"),
    "low": ("low", "baja"),
    "normal": ("in order", "suficiente"),
    "high": ("well charged", "alta"),
    "full": ("full", "llena"),
}
"""The kernel's words for a charge."""


class Battery(Family):
    name = "battery"
    topic: ClassVar[ByLanguage] = {"en": "[the] (battery|power)", "es": "[la] batería"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "cell": "(the|my|your|this) battery",
            "thing": "[(the|my)] [(wireless|bluetooth)] (mouse|keyboard|headset|headphones|earbuds"
            "|pen|stylus|controller|gamepad|devices|accessories|peripherals)",
            "machine": "(the|my|your|this) (battery|laptop|computer|device|machine)",
            "battery": "[(the|my|your)] (battery|battery level|battery charge|battery status"
            "|battery percentage|battery state|battery power|battery life|charge level)",
        },
        "es": {
            "cell": "(la|tu|mi) batería",
            "thing": "[(el|la|los|las|mi|mis)] (ratón|mouse|teclado|auriculares|audífonos|cascos"
            "|lápiz"
            "|mando|dispositivos|accesorios|periféricos) [(inalámbrico|inalámbricos|bluetooth)]",
            "battery": "[(la|el|tu|mi)] (batería|pila|carga|carga de la batería|nivel de batería"
            "|nivel de la batería|estado de la batería)",
            "machine": "(la batería|el portátil|el ordenador|el equipo|la computadora)",
        },
    }

    def __init__(self, root: Path, others: Callable[[], list[tuple[str, int]]]) -> None:
        """root: of the file system; the power supplies are below `sys/class/power_supply`.
        others: the names and percentages of what the kernel does not know, such as headphones."""
        self._root = root
        self._others = others

    def unavailable(self) -> ByLanguage | None:
        here = power_supply.read(self._root) or self._peripherals()
        return None if here else _NONE

    @function(
        en=[
            "(how much|how much more) (battery|battery power|battery life|charge|power|battery"
            " charge)"
            " (is left|is there|is there left|is remaining|remains|do i have|do i have left|do"
            " you have"
            "|do you have left|have i got|have i got left|have you got|have you got left|left"
            "|does it have|does it have left)",
            "(what is|check|tell me|show me|what about|say|give me) <battery> [(at|level|now"
            "|status|on)]",
            "<battery>",
            "how (is|full is|charged is|empty is|good is) <machine> [doing]",
            "(how full|how charged) are you",
            "what percent [charged|full] (is|are) (<machine>|you) [(at|on)]",
            "what percentage (is|are) (<machine>|you) [(at|on)]",
            "is <machine> (low|full|empty|charged|dead|almost empty|nearly empty|fully charged)",
            "(are you|is it) (fully charged|charged|low on battery|running low)",
            "do (i|you|we) have enough (battery|power|charge)",
            "(do i|do you) need to (charge|be charged|plug in)",
        ],
        es=[
            "cuánta (batería|carga|pila) (queda|me queda|te queda|tengo|tienes|hay|le queda)",
            "(cómo está|cómo va|cómo anda|dime|cuál es|comprueba|revisa|qué tal está|a cuánto está"
            "|muéstrame|en cuánto está) <battery>",
            "cuánto (queda|le queda) de (batería|carga|pila)",
            "(qué|cuál es el) (nivel|porcentaje|estado) [de] [la] (batería|carga)"
            " [(tengo|tienes|hay|queda|me queda)]",
            "<battery>",
            "está [muy] (baja|llena|cargada|vacía|cargado|agotada) <machine>",
            "está <machine> (bajo|baja|llena|cargada|vacía|cargado)",
            "(tienes|tengo|queda) [suficiente] (batería|carga)",
            "(necesitas|necesito|hay que) (cargarte|cargar|cargar la batería)",
        ],
        help={"en": "how much battery is left", "es": "cuánta batería queda"},
        ahead=True,
    )
    def level(self, request: Request) -> Reply:
        charge = self._read()
        percent = spoken.percent(charge.percent, request.language)
        if charge.flow == "full" or (charge.flow == "idle" and charge.percent >= 99):
            return request.say("The battery is full.", "La batería está llena.")
        if charge.flow == "charging":
            return request.say(
                "The battery is at {percent} and charging.",
                "La batería está al {percent} y cargando.",
                percent=percent,
            )
        return request.say(
            "The battery is at {percent}.", "La batería está al {percent}.", percent=percent
        )

    @function(
        en=[
            "is <machine> [(currently|still)] (charging|plugged in|connected|on power|on battery"
            "|running on battery|being charged|discharging)",
            "(are you|am i|is it) [still] (charging|plugged in|connected to power|on battery|on"
            " power"
            "|running on battery|running on batteries)",
            "is the charger (connected|plugged in|in|on|working)",
        ],
        es=[
            "[se] está cargando <machine>",
            "[se] está <machine> (cargando|enchufado|enchufada|conectado|cargándose)",
            "[te] estás (cargando|enchufado|enchufada|conectado)",
            "está (enchufado|conectado|enchufada) (<machine>|el cargador)",
            "está el cargador (enchufado|conectado|puesto)",
            "(está cargando|está enchufado)",
        ],
        help={"en": "is the battery charging", "es": "se está cargando la batería"},
        ahead=True,
    )
    def charging(self, request: Request) -> Reply:
        charge = self._read()
        percent = spoken.percent(charge.percent, request.language)
        if charge.plugged and charge.flow == "discharging":
            return request.say(
                "It is plugged in, but the charger gives too little: {p}, and it goes down.",
                "Está enchufado, pero el cargador da poco: {p}, y va bajando.",
                p=percent,
            )
        sentences = {
            "charging": ("Yes, it is charging: {p}.", "Sí, se está cargando: {p}."),
            "discharging": ("No, it runs on battery: {p}.", "No, funciona con batería: {p}."),
            "full": ("It is plugged in and full.", "Está enchufado, con la batería llena."),
            "idle": ("It is plugged in, at {p}.", "Está enchufado, al {p}."),
        }
        return request.say(*sentences[charge.flow], p=percent)

    @function(
        en=[
            "how (long|much longer|much time) (will|does|can) (<machine>|it) (last|run|hold out"
            "|keep going) [for]",
            "how (long|much longer|much time) (will|does) <battery> (last|hold)",
            "how (long|much time) [is it|is left|do i have|will it take] (until|till|before|for|to)"
            " [<machine>] [(is|it is|you are|runs|to be|be|to)]"
            " (empty|dead|full|charged|fully charged|out of power|run out|charge)",
            "how (long|much time) (is left|do i have left|have i got left) on <battery>",
            "how many (hours|minutes) (of battery|of power|of battery life)"
            " (are left|do i have|do i have left|is left|left)",
            "when (will|is) (<machine>|you|it) [be] (empty|dead|full|charged|fully charged)",
            "when will <battery> (run out|die|be empty|be full)",
        ],
        es=[
            "cuánto [tiempo] [(me|nos)] [va a] (dura|durará|durar|aguanta|aguantará|aguantar)"
            " <battery>",
            "(para cuánto|para cuánto tiempo) (queda|tengo|hay) [de] (batería|carga)",
            "cuántas horas [me] quedan de (batería|carga)",
            "cuánto [tiempo] (falta|queda) para que [se] (cargue|acabe|agote|termine de cargar"
            "|llene)"
            " <battery>",
            "cuándo (estará|está) (cargada|llena|vacía|cargado) <machine>",
            "cuándo se (acaba|acabará|agotará|agota) <battery>",
            "cuánto [tiempo] (tarda|tardará|falta) en (cargar|cargarse|llenarse) [<machine>]",
        ],
        help={"en": "how long will the battery last", "es": "cuánto durará la batería"},
        ahead=True,
    )
    def time_left(self, request: Request) -> Reply:
        charge = self._read()
        percent = spoken.percent(charge.percent, request.language)
        if charge.flow in ("full", "idle"):
            return request.say(
                "It is plugged in, at {percent}.", "Está enchufado, al {percent}.", percent=percent
            )
        if charge.time is None:
            return request.say(
                "I cannot tell yet. The battery is at {percent}.",
                "Todavía no lo sé. La batería está al {percent}.",
                percent=percent,
            )
        if charge.flow == "charging":
            return request.say(
                "It will be full in about {time}.", "Estará llena en {time}, más o menos.",
                time=charge.time,
            )  # fmt: skip
        return request.say(
            "The battery lasts about {time} more.", "La batería durará {time}, más o menos.",
            time=charge.time,
        )  # fmt: skip

    @function(
        en=[
            "(how healthy is|how worn is|how worn out is) <cell> [still|really]",
            "(what is|check|tell me|show me) (the|my|your) battery (health|condition|wear"
            "|capacity)",
            "(what is|check|tell me|show me) the (health|condition|wear|capacity) of <cell>",
            "(is|do i need to replace|should i replace|is it time to replace) <cell>"
            " [(worn out|worn|old|broken|still good|still healthy|healthy)]",
            "battery (health|condition|wear)",
            "how many [charge|charging] cycles (has|does) <cell> (have|had|done|been through)",
            "how old is <cell>",
        ],
        es=[
            "(cuál es|dime|comprueba|revisa) la salud de <cell>",
            "(cómo está|cómo anda) de salud <cell>",
            "(salud|desgaste) de <cell>",
            "(cuánto desgaste tiene|qué desgaste tiene|cómo de gastada está|cómo de vieja es)"
            " <cell>",
            "(está gastada|está desgastada|está vieja) <cell>",
            "(hay que|tengo que|debo|necesito) cambiar <cell>",
            "cuántos ciclos [de carga] (tiene|lleva) <cell>",
        ],
        help={"en": "is the battery worn out", "es": "está gastada la batería"},
        ahead=True,
    )
    def health(self, request: Request) -> Reply:
        charge = self._read()
        if charge.health is None:
            return request.say(
                "The battery does not tell how worn it is.",
                "La batería no dice cuánto se ha gastado.",
            )
        health = spoken.percent(charge.health, request.language)
        if charge.cycles is None:
            return request.say(
                "The battery holds {health} of what it held when it was new.",
                "La batería conserva el {health} de su capacidad de fábrica.",
                health=health,
            )
        return request.say(
            "The battery holds {health} of what it held when it was new, after {cycles}.",
            "La batería conserva el {health} de su capacidad de fábrica, tras {cycles}.",
            health=health,
            cycles=_cycles(charge.cycles, request.language),
        )

    @function(
        en=[
            "(how much|how much more) (battery|charge|power) (does|do) <thing> have [left]",
            "(what is|check|tell me) the [battery|charge] (level|charge|battery) of <thing>",
            "(what is|check|tell me) <thing> battery [level]",
            "<thing> battery [level]",
            "(is|are) <thing> [battery] [(running|getting|almost)] (low|empty|full|charged|dying)",
            "(do|does) <thing> need (charging|to be charged)",
        ],
        es=[
            "cuánta (batería|carga|pila) [(tiene|tienen|le queda a|les queda a|queda en)] <thing>",
            "[(cuál es|dime|comprueba|cómo está) la] (batería|carga|pila) (de|del) <thing>",
            "(está baja|tiene poca|está descargada) la (batería|pila) (de|del) <thing>",
            "((hay que|tengo que) cargar|cómo (anda|andan|está|están) de (batería|pila|carga))"
            " <thing>",
        ],
        help={
            "en": "how much battery does the mouse have",
            "es": "cuánta batería tiene el ratón",
        },
        ahead=True,
    )
    def devices(self, request: Request) -> Reply:
        found = self._peripherals()
        if not found:
            return request.say(
                "Nothing that is connected tells me its charge.",
                "Nada de lo conectado me dice su carga.",
            )
        told = [f"{name}, {_level(level, request)}" for name, level in found.items()]
        return request.say("{told}.", "{told}.", told="; ".join(told))

    def _peripherals(self) -> dict[str, Level]:
        return {**dict(self._others()), **dict(power_supply.peripherals(self._root))}

    def _read(self) -> Charge:
        charge = power_supply.read(self._root)
        if charge is None:  # there is only that of a mouse, say
            raise FunctionError(_NONE["en"], spoken=dict(_NONE))
        return charge


def _level(level: Level, request: Request) -> str:
    if isinstance(level, int):
        return spoken.percent(level, request.language)
    return request.pick(*_LEVELS[level])


def _cycles(value: int, language: str) -> str:
    if language == "es":
        return spoken.count(value, "ciclo de carga", "ciclos de carga", language)
    return spoken.count(value, "charge cycle", "charge cycles", language)
