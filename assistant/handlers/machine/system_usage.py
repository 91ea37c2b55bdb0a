"""What the machine is doing: processor, memory, disks, network, programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import usage
from assistant.handlers.machine.usage import amount, amount_of
from assistant.types import Reply

_MEMORY = 1024  # memory is sold in powers of two, disks in powers of ten
_MOST_DISKS = 3
_QUIET = 1000  # bytes a second: what a machine says when nobody uses it
_BUSY = 10  # percent of all cores: below it, nothing is slowed down


class Usage(Family):
    """The part of `System` that measures."""

    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "box": "(the|my|this|your) (computer|laptop|machine|pc|system|device|board)",
            "cpu": "[(the|your|my)] (cpu|processor|c p u)",
            "ram": "[(the|your|my)] (memory|ram)",
            "disk": "[(the|my|your)] (disk|hard disk|hard drive|drive|ssd|storage|sd card)",
            "tell": "(what is|check|tell me|show me|give me)",
        },
        "es": {
            "box": "(el|la|mi|este|tu) (ordenador|portátil|computadora|compu|máquina|equipo|pc"
            "|sistema)",
            "cpu": "(el procesador|la cpu|tu procesador)",
            "ram": "[(la|tu)] [memoria] (ram|memoria)",
            "disk": "[(el|en el|del|mi)] (disco|disco duro|almacenamiento|ssd)",
            "tell": "(cuál es|dime|comprueba|muéstrame|cómo está|cómo va)",
        },
    }

    @function(
        en=[
            "<tell> <cpu> (load|usage|use|utilization)",
            "<tell> the (load|usage|use) (of|on) <cpu>",
            "(how busy|how loaded) (is <cpu>|is <box>|are you)",
            "how much <cpu> (is [being] used|are you using|is in use|is free|is left)",
            "<cpu> (load|usage)",
            "is <box> busy",
        ],
        es=[
            "<tell> (la carga|el uso) (del procesador|de la cpu|del sistema|de tu procesador)",
            "(carga|uso) (del procesador|de la cpu|de cpu|del sistema)",
            "(cuánto|cómo) [de] (ocupado|cargado) está (<cpu>|<box>)",
            "cuánta cpu (se usa|se está usando|usas|hay libre|queda)",
            "(está (ocupado|ocupada) (<cpu>|<box>)|está cargado <cpu>)",
        ],
        help={"en": "how busy is the processor", "es": "cómo de ocupado está el procesador"},
        ahead=True,
    )
    def processor(self, request: Request) -> Reply:
        percent = spoken.percent(round(usage.processor()), request.language)
        return request.say(
            "The processor is at {percent}.", "El procesador está al {percent}.", percent=percent
        )

    @function(
        en=[
            "how much <ram> (is|do i have|do you have|have i got|is there) [(free|left|available"
            "|used|being used|in use)]",
            "how much (free|available) <ram> (is there|do i have|do you have|is left)",
            "<tell> [(me|my|the)] [the status (of|on)] <ram> [(usage|use|status)]",
            "<tell> the status (of|on) my available memory",
            "<ram> usage",
            "is <ram> full",
            "how much <ram> (is <box> using|does <box> (use|have))",
            "how full is <ram>",
        ],
        es=[
            "cuánta <ram> (queda|hay|tengo|tienes|te queda|me queda|se usa) [(libre|disponible)]",
            "cuánta <ram> (libre|disponible) (queda|hay|tengo)",
            "<tell> (el uso de|el estado de) <ram>",
            "uso de <ram>",
            "está llena <ram>",
        ],
        help={"en": "how much memory is free", "es": "cuánta memoria queda libre"},
        ahead=True,
    )
    def memory(self, request: Request) -> Reply:
        free, total = usage.memory()
        part, whole = amount_of(free, total, request.language, thousand=_MEMORY)
        return request.say(
            "{part} of memory free of {whole}.", "{part} de memoria libres de {whole}.",
            part=part, whole=whole,
        )  # fmt: skip

    @function(
        en=[
            "how much (space|room|disk space|storage|storage space|free space) (is|do i have"
            "|do you have|have i got|is there) [(left|free|available)] [on <disk>]",
            "how (full|empty) is <disk>",
            "is <disk> [(almost|nearly)] full",
            "<tell> [the] (disk space|disk usage|free space|free disk space|space left)"
            " [on <disk>]",
            "(am i|are you|are we|is <box>) [running] (low on|out of) (space|disk space|storage)",
            "(disk space|disk usage|free space|free disk space)",
            "(do i|do you|do we) [still] have (enough|any|much) (space|room|storage|disk space)"
            " [left]"
            " [(on <disk>|for (a movie|a film|an update|the update|a game|more|photos|videos))]",
        ],
        es=[
            "cuánto (espacio|sitio|almacenamiento|disco) (queda|hay|tengo|tienes|me queda|te queda)"
            " [(libre|disponible)] [en <disk>]",
            "cómo (de lleno está|está de lleno) <disk>",
            "cuánto espacio (libre|disponible) (queda|hay|tengo) [en <disk>]",
            "(está|cómo de) [casi] lleno [está] <disk>",
            "<tell> (el espacio libre|el espacio en disco|el uso del disco)",
            "[me] (queda|hay|tengo) [(poco|suficiente|algo de|mucho)] (espacio|sitio) [libre]"
            " [en <disk>]",
            "(espacio en disco|espacio libre|uso del disco)",
        ],
        help={"en": "how much disk space is left", "es": "cuánto espacio queda en el disco"},
        ahead=True,
    )
    def disk(self, request: Request) -> Reply:
        first, *others = usage.disks()[:_MOST_DISKS]
        part, whole = amount_of(first.free, first.total, request.language)
        told = [request.pick(f"{part} free of {whole}", f"{part} libres de {whole}")]
        for disk in others:
            part, whole = amount_of(disk.free, disk.total, request.language)
            told.append(request.pick(f"on {disk.name}, {part} of {whole}",
                                     f"en {disk.name}, {part} de {whole}"))  # fmt: skip
        return request.say("{told}.", "{told}.", told="; ".join(told))

    @function(
        en=[
            "<tell> [the|my] (network|data|internet) (usage|use|traffic)",
            "how much (data|traffic) (have i|have you|has <box>|did i|did you)"
            " (used|use|transferred|downloaded|download)",
            "how (much data|fast) (is coming in|am i downloading|is [being] downloaded"
            "|is being transferred)",
            "what is (the|my) (download|upload|network) speed",
            "(network|data) usage",
            "is (something|anything) [being] (downloading|downloaded|using the network)",
        ],
        es=[
            "<tell> (el uso de la red|el tráfico de red|el consumo de datos|el tráfico de datos)",
            "cuántos datos (he|has|hemos|se han) (gastado|usado|descargado|consumido)",
            "a qué velocidad (descarga|se descarga|estoy descargando|va la red)",
            "(cuál es|dime) la velocidad de (la red|descarga|subida)",
            "(uso de la red|tráfico de red)",
            "se está descargando algo",
        ],
        help={"en": "how much data have I used", "es": "cuántos datos he gastado"},
        ahead=True,
    )
    def network(self, request: Request) -> Reply:
        now, since = usage.traffic_now(), usage.traffic()
        received, sent = (amount(n, request.language) for n in (since.received, since.sent))
        if now.received + now.sent < _QUIET:
            return request.say(
                "The network is quiet. Since the start, {received} came in and {sent} went out.",
                "La red está tranquila. Desde el arranque, han entrado {received} y han salido"
                " {sent}.",
                received=received, sent=sent,
            )  # fmt: skip
        down, up = (amount(n, request.language) for n in (now.received, now.sent))
        return request.say(
            "{down} a second come in and {up} go out. Since the start it was {received} in and"
            " {sent} out.",
            "Entran {down} por segundo y salen {up}. Desde el arranque han entrado {received} y"
            " han salido {sent}.",
            down=down, up=up, received=received, sent=sent,
        )  # fmt: skip

    @function(
        en=[
            "what (is slowing down|slows down|is slowing) <box> [down]",
            "why is <box> [so|that] slow",
            "(what|which) (program|process|app|application) (is using|uses|takes|needs|eats|is"
            " eating|is taking|is hogging) [the] [most|most of|up] [the] (<cpu>|<ram>|power)",
            "what is (using|eating|hogging|taking) [all|up|up all] [of] (<cpu>|<ram>)",
            "(what|which) processes are running",
            "what is <box> [busy] doing",
            "<tell> the (busiest|top) (process|processes|program|programs)",
            "top (process|processes)",
        ],
        es=[
            "qué (ralentiza|está (ralentizando|trabando|alentando|frenando)|hace lento|frena|traba)"
            " [a] (<box>|al ordenador|al equipo)",
            "por qué (va|está) tan lento [<box>]",
            "qué (programa|proceso|aplicación) (usa|gasta|consume|ocupa|está usando) [más]"
            " (<cpu>|cpu|<ram>|procesador|recursos)",
            "qué está (usando|gastando|consumiendo) [tanta|toda] (<cpu>|cpu|<ram>)",
            "qué (programas|procesos) (están funcionando|hay en marcha|se están ejecutando)",
            "qué está haciendo <box>",
        ],
        help={"en": "what is slowing down the computer", "es": "qué ralentiza el ordenador"},
        ahead=True,
    )
    def busiest(self, request: Request) -> Reply:
        found = usage.programs()
        if not found:
            raise request.error("No other program runs here.", "Aquí no corre otro programa.")
        top, hungry = found[0], max(found, key=lambda program: program.memory)
        held = amount(hungry.memory, request.language, thousand=_MEMORY)
        percent = spoken.percent(round(top.busy), request.language)
        if top.busy < _BUSY:
            return request.say(
                "Nothing takes much of the processor. Most memory is held by {name}: {held}.",
                "Nada ocupa mucho el procesador. Lo que más memoria ocupa es {name}: {held}.",
                name=hungry.name, held=held,
            )  # fmt: skip
        return request.say(
            "{top} takes {percent} of the processor. Most memory is held by {name}: {held}.",
            "{top} ocupa el {percent} del procesador. Lo que más memoria ocupa es {name}: {held}.",
            top=top.name, percent=percent, name=hungry.name, held=held,
        )  # fmt: skip
