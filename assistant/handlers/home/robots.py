"""Vacuum cleaners and lawn mowers."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.rules import Place
from assistant.types import Reply

Vacuum = Annotated[str, Listed("vacuums names")]
VacuumKind = Annotated[str, Listed("vacuums kinds")]
Mower = Annotated[str, Listed("mowers names")]
MowerKind = Annotated[str, Listed("mowers kinds")]

_EN_GO = "(start|start up|run|launch|activate|turn on|switch on|power on|begin|use|fire up|operate)"
_ES_GO = (
    "(<on>|inicia|inicie|iniciar|iniciá|ejecuta|arranca|arrancar|pon|poner|pon a limpiar"
    "|pon a funcionar|echa a andar)"
)
_ES_CLEAN = "(aspira|aspire|aspirar|aspirá|limpia|limpie|limpiar|limpiá)"
_EN_DOCK = (
    "[back] [(to (its|the|his|her) (base|dock|charger|station|charging station)|to (base|dock)"
)
_EN_DOCK += "|home)]"
_ES_DOCK = "[(a|a la|a su) (base|estación|casa|cargador)]"


class Robots(Base):
    @function(
        en=[
            f"{_EN_GO} [<the>] ({{name}}|{{kind}})",
            "start (vacuuming|cleaning|hoovering)",
            "(have|get|let|make|set) [<the>] ({name}|{kind}) [to] (clean|go|start|run|work|going"
            "|running"
            "|started) [up]",
            "(start|begin|run|do) [<the>] [(new|full|quick)] (cleaning|vacuuming|vacuum) (cycle"
            "|run|program"
            "|routine|session)",
            "(start|do) [the] (house (cleaning|cleanup)|cleaning [the] house)",
            "(have|let|get|tell|make|ask|use|run|activate|start|turn on|i want|i need) [<the>]"
            " ({name}|{kind}) (to (clean|vacuum|hoover|sweep)|clean|vacuum|and clean|and vacuum)"
            " [<up>]",
            "(vacuum|hoover|sweep|clean) <up>",
            "(start|begin|commence) [the] (cleaning|vacuuming|hoovering|sweeping) [<up>]",
            "get [the] (cleaning|vacuuming) (on|going|started|done)",
            "(it is|it's) time to (vacuum|hoover|sweep|clean [up]|clean <up>)",
            "<floor> (is|are) [(so|very|really)] (dirty|dusty|filthy)",
            "(i want|i need) <floor> [to be] (cleaned|vacuumed|hoovered|swept)",
        ],
        es=[
            f"{_ES_GO} [<el>] ({{name}}|{{kind}})",
            "(empieza|empiece|empezar|comienza|comenzar|ponte) a (limpiar|aspirar) [<floor>]",
            "(aspira|aspire|aspirar|limpia|limpiar|barre|barrer|pasa la aspiradora por) <floor>",
            "(pasa|pasar|pase) [la] aspiradora [por <floor>]",
            "<floor> (está|están) (sucio|sucia|sucios|sucias)",
            "que [<el>] ({name}|{kind}) (limpie|aspire|barra) [<floor>]",
        ],
        help={"en": "start the vacuum", "es": "enciende la aspiradora"},
        ahead=True,
    )
    def vacuum(self, request: Request, name: Vacuum = "", kind: VacuumKind = "") -> Reply:
        return self.run(request, "cleaning", self.chosen(request, name, "vacuum", ""))

    @function(
        en=[
            "(vacuum|clean|hoover) [up] [<in>] [<the>] {place} [with [<the>] ({name}|{kind})]",
            f"{_EN_GO} [<the>] ({{name}}|{{kind}}) <at>",
            "(have|let|send|make|get|tell|ask) [<the>] ({name}|{kind}) [to] [(clean|vacuum|sweep"
            "|do|go to|to)]"
            " [up] [<the>] {place} [(floor|carpet|rug)]",
            "(vacuum|clean|hoover|sweep) [up] [<in>] [<the>] {place} (floor|carpet|rug|floors)",
            "[<the>] {place} (is|looks) [(so|very|really)] (dirty|dusty|filthy)",
        ],
        es=[
            f"{_ES_CLEAN} [<at>] con [<el>] ({{name}}|{{kind}})",
            f"{_ES_CLEAN} <at>",
            f"{_ES_GO} [<el>] ({{name}}|{{kind}}) <at>",
            "[(haz|pide|dile a)] [que] [<el>] ({name}|{kind}) (limpie|aspire|barra|friegue) <at>",
        ],
        help={"en": "vacuum the kitchen", "es": "aspira la cocina"},
        ahead=True,
    )
    def clean(
        self, request: Request, name: Vacuum = "", kind: VacuumKind = "", place: Place = ""
    ) -> Reply:
        return self.clean_area(request, self.chosen(request, name, "vacuum", ""), place)

    @function(
        en=[
            f"(return|send|dock|bring) [<the>] ({{name}}|{{kind}}) {_EN_DOCK}",
            "stop (vacuuming|cleaning|hoovering)",
            "(tell|have) [<the>] ({name}|{kind}) [to] (go|return) (home|to its base|to its dock)",
        ],
        es=[
            "(devuelve|devuelva|devolver|devolvé|retorna|regresa|manda|mande|mandar|mandá|envía"
            f"|envíe|enviar|enviá) [<el>] ({{name}}|{{kind}}) [<at>] {_ES_DOCK}",
            f"que [<el>] ({{name}}|{{kind}}) [<at>] (vuelva|regrese|retorne) {_ES_DOCK}",
            "(deja|deje|dejar|para) de (limpiar|aspirar)",
        ],
        help={"en": "send the vacuum to its base", "es": "manda la aspiradora a la base"},
        ahead=True,
    )
    def dock(
        self, request: Request, name: Vacuum = "", kind: VacuumKind = "", place: Place = ""
    ) -> Reply:
        return self.run(request, "docked", self.chosen(request, name, "vacuum", ""))

    @function(
        en=["(stop|pause|turn off|switch off|halt) [<the>] ({name}|{kind})"],
        es=["(<off>|para|pare|parar|detén|detener|pausa|pausar) [<el>] ({name}|{kind})"],
        ahead=True,
    )
    def pause_vacuum(self, request: Request, name: Vacuum = "", kind: VacuumKind = "") -> Reply:
        return self.run(request, "paused", self.chosen(request, name, "vacuum", ""))

    @function(
        en=[
            "(start mowing|mow|cut) [[<the>] (lawn|grass)]",
            f"{_EN_GO} [<the>] ({{name}} [mower]|{{kind}})",
        ],
        es=[
            "(corta|corte|cortar|cortá|siega|segar) (el|la) (césped|hierba|pasto)",
            f"{_ES_GO} [<el>] ({{name}}|{{kind}})",
        ],
        help={"en": "mow the lawn", "es": "corta el césped"},
        ahead=True,
    )
    def mow(self, request: Request, name: Mower = "", kind: MowerKind = "") -> Reply:
        return self.run(request, "mowing", self.chosen(request, name, "mower", ""))

    @function(
        en=[
            "(stop|cancel) mowing [[<the>] lawn]",
            "(stop|dock) [<the>] ({name} [mower]|{kind})",
            f"(return|send|bring) [<the>] ({{name}} [mower]|{{kind}}) {_EN_DOCK}",
        ],
        es=[
            "(deja|deje|dejar|para) de cortar (el|la) (césped|hierba|pasto)",
            "(para|pare|parar|detén|detener|devuelve|manda|envía|<off>) [<el>] ({name}|{kind})"
            f" {_ES_DOCK}",
        ],
        help={"en": "stop mowing", "es": "para el cortacésped"},
        ahead=True,
    )
    def stop_mowing(self, request: Request, name: Mower = "", kind: MowerKind = "") -> Reply:
        return self.run(request, "docked", self.chosen(request, name, "mower", ""))
