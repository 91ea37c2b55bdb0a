"""The charge of the machine's batteries, from the kernel's power_supply class.

Files and units: https://docs.kernel.org/power/power_supply_class.html (energy in µWh, power in
µW, charge in µAh, current in µA, capacity in percent).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.types import Reply

Flow = Literal["charging", "discharging", "full", "idle"]

_LONGEST = dt.timedelta(days=3)  # a longer estimate comes from a rate near zero
_NONE = {
    "en": "There is no battery in this machine.",
    "es": "Esta máquina no tiene batería.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One battery. `now`, `full` and `rate` share a unit: µWh and µW, or µAh and µA."""

    flow: Flow
    capacity: float | None  # percent, as the driver says it
    now: float | None
    full: float | None
    rate: float | None  # per hour, without sign


@dataclass(frozen=True, slots=True)
class Charge:
    """All batteries together."""

    percent: int
    flow: Flow
    time: dt.timedelta | None  # until full or empty, when the numbers tell


def read(root: Path) -> Charge | None:
    """The state of all system batteries below `root`; None when there is none."""
    found = [_cell(path) for path in sorted(root.glob("*")) if _is_battery(path)]
    cells = [cell for cell in found if cell is not None]
    return _together(cells) if cells else None


def _is_battery(path: Path) -> bool:
    """A battery of the machine itself: not a mains plug, not that of a mouse."""
    present = _text(path / "present") != "0"
    return _text(path / "type") == "Battery" and _text(path / "scope") != "Device" and present


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii", errors="replace").strip()
    except OSError:  # drivers leave files out, and some fail to be read for a while
        return ""


def _number(path: Path) -> float | None:
    try:
        return float(_text(path))
    except ValueError:
        return None


def _cell(path: Path) -> Cell | None:
    status = _text(path / "status").lower()
    flows: dict[str, Flow] = {"charging": "charging", "discharging": "discharging", "full": "full"}
    kind, rate = ("energy", "power") if (path / "energy_now").exists() else ("charge", "current")
    now, full = _number(path / f"{kind}_now"), _number(path / f"{kind}_full")
    flow, capacity = flows.get(status, "idle"), _number(path / "capacity")
    speed = _number(path / f"{rate}_now")
    if capacity is None and (now is None or not full):
        return None
    return Cell(flow, capacity, now, full, abs(speed) if speed is not None else None)


def _together(cells: Sequence[Cell]) -> Charge:
    """Percent by what they hold where all tell that, else the mean of what they say."""
    held = [(c.now, c.full) for c in cells if c.now is not None and c.full]
    single = cells[0].capacity if len(cells) == 1 else None
    if single is not None:
        percent = single  # as the desktop shows it
    elif len(held) == len(cells):
        percent = 100 * sum(now for now, _ in held) / sum(full for _, full in held)
    else:
        percent = sum(_percent(cell) for cell in cells) / len(cells)
    flows = {cell.flow for cell in cells}
    flow: Flow = "idle"
    if "charging" in flows or "discharging" in flows:
        flow = "charging" if "charging" in flows else "discharging"
    elif flows == {"full"}:
        flow = "full"
    return Charge(round(min(max(percent, 0), 100)), flow, _time(cells, flow))


def _percent(cell: Cell) -> float:
    if cell.capacity is not None:
        return cell.capacity
    return 100 * (cell.now or 0) / (cell.full or 1)


def _time(cells: Sequence[Cell], flow: Flow) -> dt.timedelta | None:
    """How long until full or empty at the present rate, to five minutes; None when unknown."""
    rate = sum(cell.rate or 0 for cell in cells)
    known = [(c.now, c.full) for c in cells if c.now is not None and c.full]
    if flow not in ("charging", "discharging") or not rate or len(known) != len(cells):
        return None
    todo = sum(full - now if flow == "charging" else now for now, full in known)
    length = dt.timedelta(hours=max(todo, 0) / rate)
    step = dt.timedelta(minutes=5 if length > dt.timedelta(minutes=20) else 1)
    length = max(round(length / step) * step, dt.timedelta(minutes=1))
    return length if length <= _LONGEST else None


class Battery(Family):
    name = "battery"
    topic: ClassVar[ByLanguage] = {"en": "[the] (battery|power)", "es": "[la] batería"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "machine": "(the|my|your|this) (battery|laptop|computer|device|machine)",
            "battery": "[(the|my|your)] (battery|battery level|battery charge|battery status"
            "|battery percentage|battery state|battery power|battery life|charge level)",
        },
        "es": {
            "battery": "[(la|el|tu|mi)] (batería|pila|carga|carga de la batería|nivel de batería"
            "|nivel de la batería|estado de la batería)",
            "machine": "(la batería|el portátil|el ordenador|el equipo|la computadora)",
        },
    }

    def __init__(self, root: Path) -> None:
        """root: the folder of the power supplies, `/sys/class/power_supply`."""
        self._root = root

    def unavailable(self) -> ByLanguage | None:
        return None if read(self._root) else _NONE

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
        sentences = {
            "charging": ("Yes, it is charging: {p}.", "Sí, se está cargando: {p}."),
            "discharging": ("No, it runs on battery: {p}.", "No, funciona con batería: {p}."),
            "full": ("It is plugged in and full.", "Está enchufado, con la batería llena."),
            "idle": ("It is plugged in, at {p}.", "Está enchufado, al {p}."),
        }
        return request.say(*sentences[charge.flow], p=percent)

    @function(
        en=[
            "how (long|much longer|much time) (will|does|can) (<machine>|you|it) (last|run|hold out"
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
            "cuánto [tiempo] (dura|durará|me dura|aguanta|aguantará|durará aún|va a durar)"
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

    def _read(self) -> Charge:
        charge = read(self._root)
        if charge is None:  # taken out since `unavailable` was asked
            raise FunctionError(_NONE["en"], spoken=dict(_NONE))
        return charge
