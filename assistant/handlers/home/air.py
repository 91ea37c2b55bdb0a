"""Temperature and fans."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.lights import Percent
from assistant.handlers.home.rules import Place
from assistant.handlers.home.shifting import Scale
from assistant.types import Reply

Climate = Annotated[str, Listed("climates names")]
Fan = Annotated[str, Listed("fans names")]
Outside = Annotated[str, Listed("outdoors")]
Pace = Annotated[int, Listed("paces")]
Mode = Annotated[str, Listed("modes")]

_EN_DEGREES = "[(degree|degrees)] [{scale}]"
_ES_DEGREES = "[(grado|grados)] [{scale}]"
_EN_PUT = "(set|change|turn|put|make|adjust|switch|get|take|keep)"
"""What may go without "to". "Turn up the heating two degrees" is two more."""
_EN_TEMP = "(temperature|temp|thermostat|heating|heat|heater|ac|air conditioning)"
_ES_TEMP = "(temperatura|calor|calefacción|termostato|aire acondicionado|grados|clima)"
_ES_NOW = "[(ahora|ahora mismo|actual|actualmente|en este momento)]"


class Air(Base):
    @function(
        en=[
            "(what is|how is|tell me|check|give me|get) [the] [(current|room|indoor|inside)]"
            " (temperature|temp) [now] [<in>] [[<the>] ({name}|{place})]",
            "(what is|how is|tell me|check|get) [<the>] ({name}|{place}) [current]"
            " (temperature|temp)",
            "(how (hot|cold|warm|cool)|what temperature|how many degrees) is"
            " (it|[it] [<in>] [<the>] ({name}|{place})|it {outside})",
            "(what is|how is|tell me|check|give me|get) [the] [current] ((temperature|temp)"
            " {outside}|{outside} (temperature|temp)) [now]",
        ],
        es=[
            f"(cuál es|cómo está|dime|cómo va) [(la|el)] (temperatura|calor) {_ES_NOW}"
            f" [(de|del|en)] [[<el>] ({{name}}|{{place}})] {_ES_NOW}",
            "[a] (cuánta|cuánto|cuántos|qué) (temperatura|calor|frío|grados)"
            f" (hace|hacen|hay|está|están|estamos|tenemos) {_ES_NOW}"
            f" [(de|del|en)] [[<el>] ({{name}}|{{place}})] {_ES_NOW}",
            "hace (frío|calor) <at>",
            f"(cuál es|dime) la temperatura {_ES_NOW} {{outside}} {_ES_NOW}",
            "(cuánta|cuánto|cuántos|qué) (temperatura|calor|frío|grados)"
            f" (hace|hacen|hay|tenemos) {_ES_NOW} {{outside}} {_ES_NOW}",
        ],
        help={
            "en": "what is the temperature in the bedroom",
            "es": "qué temperatura hace en el dormitorio",
        },
        ahead=True,
    )
    def temperature(
        self, request: Request, name: Climate = "", place: Place = "", outside: Outside = ""
    ) -> Reply:
        return self.tell_temperature(request, name, place, outside=bool(outside))

    @function(
        en=[
            f"<set> [<the>] {_EN_TEMP} [[<in>] [<the>] ({{name}}|{{place}})] <to> {{degrees}}"
            f" {_EN_DEGREES} [<at>]",
            f"turn [<the>] ({_EN_TEMP}|{{name}}) (up|down) [<at>] to {{degrees}} {_EN_DEGREES}",
            f"{_EN_PUT} [<the>] {_EN_TEMP} [[<in>] [<the>] ({{name}}|{{place}})] {{degrees}}"
            f" {_EN_DEGREES} [<at>]",
            f"<set> [<the>] ({{name}}|{{place}}) ({_EN_TEMP} <to> {{degrees}}|<to> {{degrees}}"
            f" (degree|degrees)) {_EN_DEGREES}",
            f"{_EN_PUT} [<the>] ({{name}}|{{place}}) {{degrees}} (degree|degrees) [{{scale}}]",
            "<set> [<the>] {name} <to> {degrees} [{scale}]",
            f"{_EN_PUT} [<the>] {{name}} {{degrees}}",
            f"(make|set) it {{degrees}} {_EN_DEGREES} [<at>]",
            f"(warm|heat|cool) (up|down) [<the>] ({{name}}|{{place}}) to {{degrees}} {_EN_DEGREES}",
        ],
        es=[
            f"<set> [<el>] {{name}} <to> {{degrees}} {_ES_DEGREES}",
            "(ponlo|ponla|déjalo|súbelo|bájalo) <to> {degrees} grados",
            "<set> <at> <to> {degrees} (grado|grados) [{scale}]",
            f"(calienta|caliente|enfría|calentar) [<el>] {{place}} <to> {{degrees}} {_ES_DEGREES}",
            f"<set> [<at>] [<el>] {_ES_TEMP} [(de|del|en)] [[<el>] ({{name}}|{{place}})] <to>"
            f" {{degrees}} {_ES_DEGREES} [<at>]",
        ],
        help={
            "en": "set the temperature in the bedroom to nineteen degrees",
            "es": "pon la temperatura del dormitorio a diecinueve grados",
        },
        ahead=True,
    )
    def set_temperature(
        self,
        request: Request,
        degrees: float,
        name: Climate = "",
        place: Place = "",
        scale: Scale = "",
    ) -> Reply:
        return self.put_degrees(request, degrees, scale, self.climates(request, name, place))

    @function(
        en=[
            f"(turn up|raise|increase) [<the>] ({_EN_TEMP}|{{name}}) [<at>]"
            f" [[by] {{by}} {_EN_DEGREES}]",
            f"turn [<the>] ({_EN_TEMP}|{{name}}) up [<at>] [[by] {{by}} {_EN_DEGREES}]",
            "(turn|put|warm|heat) (it|[<the>] {place}) up [by] {by} (degree|degrees) [{scale}]",
            "make it [(a bit|a little)] warmer [<at>]",
            "it is too cold [<at>]",
            "(i am|we are|it is) <very> (freezing|chilly) [<at>]",
            "(i am|we are) <very> cold",
            "it is <very> cold <at>",
            "(warm|heat) up [<the>] {place}",
        ],
        es=[
            f"<raise> [<el>] (temperatura|calefacción|termostato) [<at>] [{{by}} {_ES_DEGREES}]",
            f"<put> [<el>] (temperatura|calefacción|termostato) [<at>] {{by}} {_ES_DEGREES} más",
            "(tengo <mucho> frío|hace (demasiado|mucho|bastante) frío|me estoy"
            " (helando|congelando|muriendo de frío)|me muero de frío) [<at>]",
            "(calienta|caliente|calentar) [<el>] {place}",
            "(sube|súbelo|súbela|suba) {by} (grado|grados) [{scale}]",
        ],
        help={"en": "turn up the heating", "es": "sube la calefacción"},
        ahead=True,
    )
    def warmer(
        self,
        request: Request,
        by: float = 1,
        name: Climate = "",
        place: Place = "",
        scale: Scale = "",
    ) -> Reply:
        return self.shift(request, "target", by, self.climates(request, name, place), scale)

    @function(
        en=[
            f"(turn down|lower|decrease|reduce) [<the>] ({_EN_TEMP}|{{name}}) [<at>]"
            f" [[by] {{by}} {_EN_DEGREES}]",
            f"turn [<the>] ({_EN_TEMP}|{{name}}) down [<at>] [[by] {{by}} {_EN_DEGREES}]",
            "(turn|put|cool) (it|[<the>] {place}) down [by] {by} (degree|degrees) [{scale}]",
            "make it [(a bit|a little)] (cooler|colder) [<at>]",
            "it is too (hot|warm) [<at>]",
            "(i am|we are|it is) <very> (boiling|roasting|sweltering) [<at>]",
            "(i am|we are) <very> (hot|sweating|too warm|melting)",
            "it is <very> hot <at>",
            "cool [down] [<the>] {place}",
        ],
        es=[
            f"<lower> [<el>] (temperatura|calefacción|termostato) [<at>] [{{by}} {_ES_DEGREES}]",
            f"<put> [<el>] (temperatura|calefacción|termostato) [<at>] {{by}} {_ES_DEGREES} menos",
            "(tengo <mucho> calor|hace (demasiado|mucho|bastante) calor|me estoy"
            " (asando|muriendo de calor)|me muero de calor|qué calor tengo|uf qué calor) [<at>]",
            "qué calor",
            "(baja|bájalo|bájala|baje) {by} (grado|grados) [{scale}]",
            "(enfría|enfríe|enfriar|refresca) [<el>] {place}",
        ],
        help={"en": "turn down the heating", "es": "baja la calefacción"},
        ahead=True,
    )
    def cooler(
        self,
        request: Request,
        by: float = 1,
        name: Climate = "",
        place: Place = "",
        scale: Scale = "",
    ) -> Reply:
        return self.shift(request, "target", -by, self.climates(request, name, place), scale)

    @function(
        en=[
            "(set|change|switch|put|turn) [<the>] (thermostat|heating|ac|air conditioning"
            "|[<the>] {name}) [<at>] [mode] (to|in|on) {mode} [mode]",
        ],
        es=["<put> [<el>] (termostato|aire acondicionado|aire|{name}) [<at>] en [modo] {mode}"],
        ahead=True,
    )
    def mode(self, request: Request, mode: Mode, name: Climate = "", place: Place = "") -> Reply:
        return self.put(request, "mode", mode, self.climates(request, name, place), said=mode)

    @function(
        en=[
            "[<set>] [[<the>] speed [<in>]] [<all>] [<the>] [{place}] (fan|fans|{name}) [<at>]"
            " [speed] [(<to>|on)] ({percent}|{pace}) [speed] [<at>]",
        ],
        es=[
            "[<set>] [[<el>] velocidad [(de|del)]] [<todo>] [<el>]"
            " (ventilador|ventiladores|abanico|abanicos|{name}) [<at>] [velocidad] [<to>]"
            " [velocidad] ({percent} [(por cien|porciento|porcien)]|{pace})",
        ],
        help={"en": "set the fan to fifty percent", "es": "pon el ventilador al cincuenta"},
        ahead=True,
    )
    def fan_speed(
        self,
        request: Request,
        name: Fan = "",
        place: Place = "",
        percent: Percent | None = None,
        pace: Pace | None = None,
    ) -> Reply:
        wanted = percent if percent is not None else pace
        return self.put(request, "speed", wanted, self.chosen(request, name, "fan", place))
