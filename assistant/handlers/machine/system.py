"""The machine as a whole: what it is, since when it is on, its address, its updates."""

from __future__ import annotations

import datetime as dt
import platform
from pathlib import Path
from typing import Annotated, ClassVar

from rapidfuzz import fuzz, process, utils

from assistant import spoken, sysfs
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.machine import updates, usage
from assistant.handlers.machine.system_usage import Usage
from assistant.types import Reply

_SAME_PROGRAM = 85.0  # of 100: "fire fox" is firefox, and no other program


class System(Usage):
    name = "system"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (system|computer|memory|processor|disk space)",
        "es": "(el sistema|el ordenador|la memoria|el procesador|el disco)",
    }

    def __init__(self, root: Path) -> None:
        """root: of the file system."""
        self._root = root

    @function(
        en=[
            "how much (<cpu>|<ram>) (is {name} (using|taking|eating|holding)|does {name} (use|take"
            "|need|eat|hold))",
            "how (heavy|hungry) is [the] (program|app) {name}",
        ],
        es=[
            "(cuánta|cuánto) (memoria|ram|cpu|procesador) (usa|está usando|ocupa|está ocupando"
            "|gasta"
            "|consume|está consumiendo|está gastando) {name}",
            "cuánto (usa|ocupa|gasta|consume) {name} de (memoria|ram|cpu|procesador)",
        ],
        help={
            "en": "how much memory is firefox using",
            "es": "cuánta memoria está usando firefox",
        },
        ahead=True,
    )
    def program(self, request: Request, name: Annotated[str, 3]) -> Reply:
        """Of all processes of the name that is nearest, as a name is said and not as it is"
        " spelt."""
        running = {program.name: program for program in usage.programs()}
        found = process.extractOne(
            name, list(running), scorer=fuzz.WRatio, processor=utils.default_process,
            score_cutoff=_SAME_PROGRAM,
        )  # fmt: skip
        if found is None:
            raise request.error(
                "No program called {name} is running.", "No corre ningún programa llamado {name}.",
                name=name,
            )  # fmt: skip
        one = running[found[0]]
        return request.say(
            "{name} holds {held} of memory, and takes {percent} of the processor.",
            "{name} ocupa {held} de memoria, y el {percent} del procesador.",
            name=one.name,
            held=usage.amount(one.memory, request.language, thousand=1024),
            percent=spoken.percent(round(one.busy), request.language),
        )

    @function(
        en=[
            "how long (have you|has <box>) been (on|running|up|awake)",
            "<tell> (your|the|the system) uptime",
            "uptime",
            "when (did you|did <box>|was <box>) [last] (start|boot|restart|started|booted"
            "|restarted|rebooted|reboot)",
        ],
        es=[
            "cuánto [tiempo] (llevas|lleva <box>) (encendido|encendida|funcionando|en marcha)",
            "cuánto [tiempo] lleva (encendido|encendida|funcionando|en marcha) <box>",
            "(desde cuándo|desde hace cuánto) (estás|está <box>) (encendido|encendida|en marcha)",
            "cuándo (arrancó|se encendió|se reinició) <box>",
            "cuándo (arrancaste|te encendiste|te reiniciaste)",
            "tiempo (encendido|de actividad)",
        ],
        help={"en": "how long have you been running", "es": "cuánto tiempo llevas encendido"},
        ahead=True,
    )
    def uptime(self, request: Request) -> Reply:
        length = usage.uptime()
        if length >= dt.timedelta(days=2):
            length = round(length / dt.timedelta(hours=1)) * dt.timedelta(hours=1)
        elif length >= dt.timedelta(minutes=2):
            length = round(length / dt.timedelta(minutes=1)) * dt.timedelta(minutes=1)
        return request.say(
            "The machine has been on for {length}.", "La máquina lleva {length} encendida.",
            length=length,
        )  # fmt: skip

    @function(
        en=[
            "(are there|is there|do i have|do you have) [any] (update|updates|software updates)"
            " [(available|waiting|pending|to install|for <box>)]",
            "how many updates (are there|are waiting|are available|do i have|are pending)",
            "(check for|check the|show me|list) [(the|any|system|software)] updates",
            "is <box> up to date",
            "(do you|does <box>) need (updates|updating|to be updated|an update)",
            "(does <box>|do you) need [(to|a)] (restart|be restarted|reboot)",
        ],
        es=[
            "(hay|tengo|tienes|quedan) [alguna] (actualización|actualizaciones)"
            " [(disponible|disponibles|pendiente|pendientes|del sistema)]",
            "cuántas actualizaciones (hay|quedan|tengo|faltan) [(pendientes|disponibles)]",
            "(busca|comprueba|mira|dime|muéstrame) [(si hay|las)] actualizaciones",
            "está (actualizado|al día|actualizada) <box>",
            "(necesitas|necesita <box>|hay que) (actualizarte|actualizarse|actualizar"
            "|un reinicio|reiniciarse|reiniciarte)",
        ],
        help={"en": "are there any updates", "es": "hay actualizaciones"},
    )
    def updates(self, request: Request) -> Reply:
        return _updates(request, self._root)

    @function(
        en=[
            "what (operating system|system|linux|distribution|kernel) (is this|is it|do you run"
            "|are you running|is installed|does <box> run|is <box> running)",
            "(which|what) (machine|computer|board|hardware) (is this|are you running on|do you run"
            " on|are you on)",
            "what is (your|the|this computer's|my computer's) (hostname|host name|computer name)",
            "what is the name of <box>",
            "(what is <box> called|tell me about <box>)",
        ],
        es=[
            "qué (sistema operativo|sistema|linux|distribución|núcleo) (es este|es|usas|tienes"
            "|corre aquí|está instalado|tiene <box>|usa <box>)",
            "(qué|en qué) (máquina|ordenador|equipo|placa) (es este|es esta|es|estás|funcionas"
            "|corres)",
            "(cuál es|dime) el nombre (del|de) (equipo|ordenador|máquina|este equipo"
            "|este ordenador)",
            "cómo se llama (<box>|este equipo|este ordenador)",
        ],
        help={"en": "what operating system is this", "es": "qué sistema operativo es este"},
        ahead=True,
    )
    def about(self, request: Request) -> Reply:
        model = sysfs.text(self._root / "sys/firmware/devicetree/base/model") or sysfs.text(
            self._root / "sys/class/dmi/id/product_name"
        )
        return request.say(
            "This is {host}, with {system}.", "Esto es {host}, con {system}.",
            host=f"{platform.node()}, {model}" if model else platform.node(),
            system=_system_name(),
        )  # fmt: skip

    @function(
        en=[
            "what is (my|your|the|this) [(computer's|laptop's|machine's|local|current)]"
            " (ip|ip address|i p address|network address|address on the network)",
            "(tell me|show me|give me|check) (my|your|the) [local] (ip|ip address|i p address)",
            "what is the ip [address] of <box>",
            "ip address",
        ],
        es=[
            "(cuál es|dime|dame) (mi|tu|la) [dirección] (ip|dirección ip)",
            "(cuál es|dime) la [dirección] ip de (este equipo|este ordenador|<box>)",
            "qué [dirección] ip (tengo|tienes|tiene <box>)",
            "dirección ip",
        ],
        help={"en": "what is my IP address", "es": "cuál es mi dirección IP"},
        ahead=True,
    )
    def address(self, request: Request) -> Reply:
        found = usage.addresses()
        if not found:
            return request.say("There is no network address.", "No hay ninguna dirección de red.")
        point = request.pick(" point ", " punto ")
        told = [
            point.join(spoken.number(int(part), request.language) for part in address.split("."))
            for address in found
        ]
        return request.say("The address is {told}.", "La dirección es {told}.", told=told)


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return platform.system()


def _updates(request: Request, root: Path) -> Reply:
    try:
        found = updates.waiting(root)
    except updates.TooSlow as error:
        raise request.error(
            "The package manager takes too long to tell.",
            "El gestor de paquetes tarda demasiado en decirlo.",
        ) from error
    if found is None:
        raise request.error(
            "I know no package manager on this machine that could tell.",
            "No conozco en esta máquina ningún gestor de paquetes que lo diga.",
        )
    restart = updates.restart_needed(root)
    more = request.pick(
        " A restart is needed for those that were installed." if restart else "",
        " Hay que reiniciar por las que ya se instalaron." if restart else "",
    )
    if not found.count:
        return request.say("No update waits.{more}", "No hay actualizaciones.{more}", more=more)
    if request.language == "es":
        count = spoken.count(found.count, "actualización", "actualizaciones", "es", feminine=True)
    else:
        count = spoken.count(found.count, "update waits", "updates wait", "en")
    security = spoken.number(found.security, request.language)
    if found.security:
        return request.say(
            "{count}, {security} of them for security.{more}",
            "{count}, de ellas {security} de seguridad.{more}",
            count=count, security=security, more=more,
        )  # fmt: skip
    return request.say("{count}.{more}", "{count}.{more}", count=count, more=more)
