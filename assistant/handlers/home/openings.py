"""Covers, valves, doors and locks."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.lights import Level, Percent
from assistant.handlers.home.rules import Place
from assistant.types import Reply

Cover = Annotated[str, Listed("covers names")]
CoverKind = Annotated[str, Listed("covers kinds")]
Closable = Annotated[str, Listed("closable names")]
ClosableKind = Annotated[str, Listed("closable kinds")]
Entrance = Annotated[str, Listed("entrances names")]
EntranceKind = Annotated[str, Listed("entrances kinds")]
Lock = Annotated[str, Listed("locks names")]
LockKind = Annotated[str, Listed("locks kinds")]

_ES_OPEN = "(abre|abra|abrir|abrí|abrid|abras|sube|suba|subir|subí|levanta|levantar|levante)"
_ES_CLOSE = "(cierra|cierre|cerrar|cerrá|cerrad|cierres|baja|baje|bajar|bajá)"
_ES_BOLT = "(llave|cerrojo|cerrojos|pestillo|cerradura|candado|cierre)"


class Openings(Base):
    @function(
        en=["(open|raise|lift|roll up|pull up) [up] <what>", "(roll|pull|bring) <what> up"],
        es=[f"{_ES_OPEN} <what>"],
        help={"en": "open the blinds", "es": "sube las persianas"},
        ahead=True,
    )
    def open(
        self, request: Request, name: Cover = "", kind: CoverKind = "", place: Place = ""
    ) -> Reply:
        return self.move(request, "open", self.chosen(request, name, kind, place))

    @function(
        en=["(open|raise|lift|roll up|pull up) [up] <what>"],
        es=[f"{_ES_OPEN} <what>"],
        help={"en": "open the garage door", "es": "abre la puerta del garaje"},
        dangerous=True,
    )
    def open_entrance(
        self, request: Request, name: Entrance = "", kind: EntranceKind = "", place: Place = ""
    ) -> Reply:
        return self.move(request, "open", self.chosen(request, name, kind, place))

    @function(
        en=["(<set>|open|lift) <what> [position] [<at>] (<to> <level>|half way|halfway)"],
        es=[f"(<set>|{_ES_OPEN}) <what> (<to> <level>|a medias|a la mitad|hasta la mitad)"],
        dangerous=True,
    )
    def position_entrance(
        self,
        request: Request,
        name: Entrance = "",
        kind: EntranceKind = "",
        place: Place = "",
        percent: Percent | None = None,
        level: Level | None = None,
    ) -> Reply:
        return self.position(request, name, kind, place, percent, level)

    @function(
        en=[
            "(close|shut|lower|draw|roll down|pull down) [(up|down)] <what>",
            "(roll|pull|bring) <what> down",
        ],
        es=[f"({_ES_CLOSE}|corre|correr|corra) <what>"],
        help={"en": "close the curtains", "es": "cierra las cortinas"},
        ahead=True,
    )
    def close_it(
        self, request: Request, name: Closable = "", kind: ClosableKind = "", place: Place = ""
    ) -> Reply:
        return self.move(request, "closed", self.chosen(request, name, kind, place))

    @function(
        en=["(stop|halt|hold) <what> [moving]"],
        es=["(para|pare|parar|pará|detén|detenga|detener) <what>"],
        help={"en": "stop the blinds", "es": "para las persianas"},
        ahead=True,
    )
    def stop_moving(
        self, request: Request, name: Closable = "", kind: ClosableKind = "", place: Place = ""
    ) -> Reply:
        return self.stop(request, self.chosen(request, name, kind, place))

    @function(
        en=[
            "(<set>|open|close|shut|lift) [[<the>] position of] <what> [position] [<at>]"
            " (<to> <level>|half way|halfway) [open]",
        ],
        es=[
            f"(<set>|{_ES_OPEN}|{_ES_CLOSE}) [[<el>] posición [(de|del)]] <what>"
            " (<to> <level>|a medias|a la mitad|hasta la mitad) [<at>]",
        ],
        help={"en": "set the blinds to fifty percent", "es": "pon las persianas al cincuenta"},
        ahead=True,
    )
    def position(
        self,
        request: Request,
        name: Cover = "",
        kind: CoverKind = "",
        place: Place = "",
        percent: Percent | None = None,
        level: Level | None = None,
    ) -> Reply:
        wanted = percent if percent is not None else level if level is not None else 50
        return self.put(request, "position", wanted, self.chosen(request, name, kind, place))

    @function(
        en=["(lock|bolt) [up] <what>", "make sure [that] <what> (is|are) locked"],
        es=[
            f"(cierra|cierre|cerrar|cerrá) (con|el|la|los|las) {_ES_BOLT} [(de|del)] <what>",
            f"(echa|eche|echar|echá|pon) (el|la|los|las) {_ES_BOLT} (en|de|del|a) <what>",
            "(bloquea|bloquee|bloquear|bloqueá) <what>",
            f"(cierra|cierre|cerrar|cerrá) <what> con {_ES_BOLT}",
            f"(asegúrate|asegurate|asegúrese) [de] que <what> (esté|está|quede) (cerrada|cerrado)"
            f" con {_ES_BOLT}",
        ],
        help={"en": "lock the front door", "es": "echa el cerrojo de la puerta principal"},
        ahead=True,
    )
    def lock(
        self, request: Request, name: Lock = "", kind: LockKind = "", place: Place = ""
    ) -> Reply:
        return self.put(request, "lock", "locked", self.locks(request, name, kind, place))

    @function(
        en=["(unlock|unbolt) <what>"],
        es=[
            f"(quita|quite|quitar|quitá) (el|la|los|las) {_ES_BOLT} (en|de|del|a) <what>",
            f"(abre|abra|abrir|abrí) (el|la) {_ES_BOLT} (en|de|del) <what>",
            "(desbloquea|desbloquee|desbloquear|desbloqueá) <what>",
            "(abre|abra|abrir|abrí) [<el>] {name} [<at>]",
        ],
        help={"en": "unlock the front door", "es": "desbloquea la puerta principal"},
        dangerous=True,
    )
    def unlock(
        self, request: Request, name: Lock = "", kind: LockKind = "", place: Place = ""
    ) -> Reply:
        return self.put(request, "lock", "unlocked", self.locks(request, name, kind, place))
