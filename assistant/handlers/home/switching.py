"""Turning things on and off, and scenes."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.rules import Appliance, Other, Place
from assistant.types import Reply

Switched = Annotated[str, Listed("switched names")]
SwitchedKind = Annotated[str, Listed("switched kinds")]
Scene = Annotated[str, Listed("scenes names")]
Button = Annotated[str, Listed("buttons names")]


class Switching(Base):
    @function(
        en=[
            "(<turn> on|activate|enable|start|power up|fire up) <what>",
            "(<turn> on|start|start up|power up|plug in) [<the>] {appliance} [<at>]",
            "(<turn>|i want|i need) [<the>] {appliance} <now> on [<at>]",
            "<turn> on [<all>] [<the>] <lamp> (in|of|at) [<the>] {other}",
            "<turn> [<all>] [<the>] <lamp> on (in|of|at) [<the>] {other}",
            "(light|on with) [<the>] ({place}|<lamp>)",
            "(give|restore|switch on|turn on) [the] power (to|for|of) <what>",
            "get <what> (going|running|started)",
            "[(<turn>|make sure|<want>)] <what> <now> on [<at>]",
            "(<turn> on|light up|illuminate) [<the>] {place}",
            "(light up|illuminate) [<the>] [{place}] {name} [<lamp>] [<at>]",
            "light [(it|[<the>] {place})] up",
            "<want> [(some|a|<all>)] [<the>] [{place}] <lamp> [<at>]",
            "(<shall>|[<the>] <lamp> (should|must|have to|need to) be) <now> on [<at>]",
            "(let there be light|hit the lights|get the <lamp> going) [<at>]",
            "(keep|leave|have) <what> <now> on",
            "open [<all>] [<the>] [{place}] <lamp> [<at>]",
            "(<turn> on|activate|enable|start|light) [<all>] [<the>] {other} <unit> [<at>]",
            "<turn> [<all>] [<the>] {other} <unit> on [<at>]",
            "(the|my|our) {other} <unit> on",
        ],
        es=[
            "<on> (<what>|<at>)",
            "(<on>|pon|poner) [<el>] {appliance} [<at>]",
            "(pon|ponga|poner|poné|ponme) <kinds>",
            "<what> (encendida|encendido|encendidas|encendidos)",
            "<want> [(la|las|algo de|un poco de|una)] <luz> [(encendida|encendidas)] [<at>]",
            "(deja|dejar|mantén) [<todo>] [<el>] {kind} (encendida|encendido|encendidas"
            "|encendidos) [<at>]",
            "que (haya|se haga) [la] luz [<at>]",
            "<on> [<el>] <unit> [(de|del|de la)] {other}",
            "(ilumina|ilumine|iluminar|iluminá) <at>",
        ],
        help={"en": "turn on the lights in the kitchen", "es": "enciende la luz de la cocina"},
        ahead=True,
    )
    def turn_on(
        self,
        request: Request,
        name: Switched = "",
        kind: SwitchedKind = "",
        place: Place = "",
        other: Other = "",
        appliance: Appliance = "",
    ) -> Reply:
        found = self.chosen(request, name, kind or "light", place, other or appliance)
        return self.switch(request, "on", found)

    @function(
        en=[
            "(<turn> (off|out)|shut off|shut down|kill|cut|deactivate|disable) <what>",
            "[(<turn>|make sure|<want>)] <what> <now> (off|out) [<at>]",
            "<turn> off [<the>] {place}",
            "(<turn> off|stop|shut off|shut down|power down|unplug) [<the>] {appliance} [<at>]",
            "(<turn>|shut|i want) [<the>] {appliance} <now> off [<at>]",
            "<turn> off [<all>] [<the>] <lamp> (in|of|at) [<the>] {other}",
            "<turn> [<all>] [<the>] <lamp> off (in|of|at) [<the>] {other}",
            "(off with|unplug) <what>",
            "(cut|kill|stop|switch off|turn off) [the] power (to|for|of) <what>",
            "(<shall>|[<the>] <lamp> (should|must|have to|need to) be) <now> (off|out) [<at>]",
            "(no|no more) <lamp> [<at>]",
            "(i|we) do not (need|want) [(any|<all>)] [<the>] [{place}] <lamp> [on] [(anymore"
            "|any more|any longer)] [<at>]",
            "(shut|keep|leave|have) <what> <now> (off|down)",
            "(close|shut|put out|extinguish|drop) [<all>] [<the>] [{place}] <lamp> [<at>]",
            "make (it|[<the>] {place}) [(completely|totally|pitch|all)] (dark|black)",
            "(<turn> (off|out)|shut off|kill|deactivate|disable) [<all>] [<the>] {other} <unit>"
            " [<at>]",
            "(<turn>|shut) [<all>] [<the>] {other} <unit> (off|out) [<at>]",
            "(the|my|our) {other} <unit> off",
            "<turn> off [<all>] [<the>] {kind} [<at>] <but> ({spared}|{spared_name}) [<lamp>]",
        ],
        es=[
            "<off> (<what>|<at>)",
            "(<off>|desenchufa|desenchufar) [<el>] {appliance} [<at>]",
            "(desenchufa|desenchufar) <what>",
            "<what> (apagada|apagado|apagadas|apagados)",
            "<want> [<todo>] [<el>] <luz> (apagada|apagadas) [<at>]",
            "no (quiero|necesito|hace falta) [<el>] <luz> [(encendida|encendidas)] [<at>]",
            "(deja|dejar) [<todo>] [<el>] {kind} (apagada|apagado|apagadas|apagados) [<at>]",
            "(cierra|cerrar) [<todo>] [<el>] <luz> [<at>]",
            "<off> [<el>] <unit> [(de|del|de la)] {other}",
            "<off> [<todo>] [<el>] {kind} [<at>] <but> ({spared}|{spared_name})",
        ],
        help={"en": "turn off all the lights", "es": "apaga todas las luces"},
        ahead=True,
    )
    def turn_off(
        self,
        request: Request,
        name: Switched = "",
        kind: SwitchedKind = "",
        place: Place = "",
        other: Other = "",
        appliance: Appliance = "",
        spared: Place = "",
        spared_name: Switched = "",
    ) -> Reply:
        """spared, spared_name: the room, or the device, that stays as it is."""
        found = self.chosen(request, name, kind or "light", place, other or appliance)
        if spared or spared_name:
            kept = self.chosen(request, spared_name, "" if spared_name else kind, spared)
            found = [entity for entity in found if entity not in kept]
            if not found:
                raise request.error("There is nothing else.", "No hay nada más.")
        return self.switch(request, "off", found)

    @function(
        en=["(toggle|flip) <what>"],
        es=["(alterna|alterne|alternar|conmuta|conmutar|cambia el estado de|invierte) <what>"],
        help={"en": "toggle the bedroom lamp", "es": "alterna la lámpara del dormitorio"},
        ahead=True,
    )
    def toggle(
        self, request: Request, name: Switched = "", kind: SwitchedKind = "", place: Place = ""
    ) -> Reply:
        found = self.chosen(request, name, kind or "light", place)
        any_on = any(self.house.state(e).get("power") == "on" for e in found)
        return self.switch(request, "off" if any_on else "on", found)

    @function(
        en=[
            "(activate|start|run|launch|apply|set|play|<turn>"
            " [on]|(change|switch|transition|go) to)"
            " [<the>] [(scene|script)] [<the>] [{place}] {name} [(scene|script|mode)] [<at>] [on]",
            "[<the>] [{place}] {name} [(scene|script)] [<at>] on",
            "[<the>] [{place}] {name} (scene|script)",
        ],
        es=[
            "(<on>|ejecuta|ejecute|ejecutar|ejecutá|inicia|inicie|iniciar|iniciá|lanza|pon|poner"
            "|ponga|arranca) [(el|la)] [(script|escena|escenario|guión|guion) [(de|del)]]"
            " [<el>] {name}",
            "(cambia|cambie|cambiar|pasa|pasar) (a|al) [(la escena|el escenario) [(de|del)]]"
            " [<el>] {name}",
            "(escena|escenario) [(de|del)] [<el>] {name}",
        ],
        help={"en": "activate the scene movie time", "es": "activa la escena noche de cine"},
        ahead=True,
    )
    def scene(self, request: Request, name: Scene, place: Place = "") -> Reply:
        return self.trigger(request, self.chosen(request, name, "scene", place))

    @function(
        en=["(press|push|hit) [<the>] {name} [button]"],
        es=["(pulsa|pulse|pulsar|pulsá|aprieta|presiona|presionar) [el] [botón [de|del]] {name}"],
        ahead=True,
    )
    def press(self, request: Request, name: Button) -> Reply:
        return self.trigger(request, self.chosen(request, name, "button", ""))
