"""How bright, and in which colour."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.rules import Place
from assistant.handlers.home.words import COLORS
from assistant.types import Reply

Light = Annotated[str, Listed("lights names")]
LightKind = Annotated[str, Listed("lit kinds")]
Percent = Annotated[int, range(101)]
Level = Annotated[int, Listed("levels")]
Kelvin = Annotated[int, range(1000, 10_001)]

_STEP = 20  # percent


class Lights(Base):
    @function(
        en=[
            "[<set>] [[<the>] brightness [<in>]] <lit> [brightness] [<to>] <level> [brightness]",
            "[<set>] [<the>] (brightness|{kind}) [<to>] <level> <at>",
        ],
        es=[
            "[<set>] [[<el>] brillo [(de|del|en)]] <lit> [(<to>|el)] [brillo] [<to>] <level>"
            " [[de] brillo]",
            "[<set>] [<el>] (brillo|{kind}) [<to>] <level> <at>",
        ],
        help={
            "en": "set the lights in the bedroom to thirty percent",
            "es": "pon la luz del dormitorio al treinta por ciento",
        },
        ahead=True,
    )
    def brightness(
        self,
        request: Request,
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
        percent: Percent | None = None,
        level: Level | None = None,
    ) -> Reply:
        lights = self.chosen(request, name, "light", place)
        wanted = percent if percent is not None else level
        if wanted == 0:
            return self.switch(request, "off", lights)
        return self.put(request, "brightness", wanted, lights)

    @function(
        en=[
            "(brighten|lighten|(increase|raise|turn up) [<the>] brightness [<in>]) [up] <lit>"
            " [by {by}]",
            "(turn|bring) (up <kinds>|<kinds> up) [by {by}]",
            "(make|turn) <what> [(a bit|a little|much)] brighter",
            "(more light [<at>]|brighter <at>)",
            "(increase|raise|lift|bright|brighten up) <kinds> [<some>] [by {by}]",
            "(it is|this is) [(too|so)] dark [(in here|down here|here)]",
            "(i need|give me|i want) more light [<at>]",
        ],
        es=[
            "(<raise>|aclara|aclarar) [[<el>] (brillo|intensidad) (de|del|en)] <lit> [un {by}]",
            "más (luz|brillo) <at>",
        ],
        help={"en": "brighten the kitchen lights", "es": "sube la luz de la cocina"},
        ahead=True,
    )
    def brighten(
        self,
        request: Request,
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
        by: Percent = _STEP,
    ) -> Reply:
        return self.shift(request, "brightness", by, self.chosen(request, name, "light", place))

    @function(
        en=[
            "(dim|darken|(lower|decrease|reduce|turn down) [<the>] brightness [<in>]) <lit>"
            " [by {by}]",
            "(turn|bring) (down <kinds>|<kinds> down) [by {by}]",
            "(make|turn) <what> [(a bit|a little|much)] (dimmer|darker)",
            "(less light [<at>]|dimmer <at>)",
            "(lower|decrease|reduce|minimize) <kinds> [<some>] [by {by}]",
            "<kinds> down [<some>]",
            "(it is|this is) too bright [(in here|down here|here)]",
            "(give me|i want) (less|low) (light|lighting) [<at>]",
            "make [<the>] {place} darker",
        ],
        es=[
            "(<lower>|atenúa|atenúe|atenuar|oscurece|oscurecer) [[<el>] (brillo|intensidad)"
            " (de|del|en)] <lit> [un {by}]",
            "menos (luz|brillo) <at>",
        ],
        help={"en": "dim the bedroom lights", "es": "baja la luz del dormitorio"},
        ahead=True,
    )
    def dim(
        self,
        request: Request,
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
        by: Percent = _STEP,
    ) -> Reply:
        return self.shift(request, "brightness", -by, self.chosen(request, name, "light", place))

    @function(
        en=[
            "[<set>] [[<the>] (color|colour) <in>] <lit> [(color|colour)] [to] {color}",
            "<set> [<the>] {kind} [to] {color} <at>",
            "<set> [<the>] (color|colour) [to] {color} <in> <kinds>",
            "(change|set) <kinds> (color|colour) to {color}",
            "(can|could) <kinds> be (changed|set|turned) to {color}",
            "make [<the>] {place} {color}",
        ],
        es=[
            "[<set>] [[<el>] color [(de|del|en)]] <lit> [(<to>|de)] [color] {color}",
        ],
        help={"en": "make the bedroom lamp red", "es": "pon la lámpara en rojo"},
        ahead=True,
    )
    def color(
        self,
        request: Request,
        color: Annotated[str, Listed("colors")],
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place)
        return self.put(request, "color", COLORS[color][2], lights, said=color)

    @function(
        en=[
            "[<set>] [<the>] (color|colour) temperature [<at>] [<to>]"
            " ({kelvin} [(kelvin|k|degrees)]|{white}) [<at>]",
            "[<set>] [[<the>] [(color|colour)] temperature [<in>]] <lit>"
            " [[(color|colour)] temperature] [<to>] ({kelvin} [(kelvin|k|degrees)]|{white})",
        ],
        es=[
            "[<set>] [<el>] temperatura de color [<at>] [<to>]"
            " ({kelvin} [(kelvin|k|grados)]|{white}) [<at>]",
            "[<set>] [[<el>] temperatura [de color] [(de|del|en)]] <lit> [<to>] [[una] temperatura"
            " [de color] [(de|del)]] ({kelvin} [(kelvin|k|grados)]|{white})",
        ],
        help={
            "en": "set the kitchen lights to warm white",
            "es": "pon la luz de la cocina en blanco cálido",
        },
        ahead=True,
    )
    def white(
        self,
        request: Request,
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
        kelvin: Kelvin | None = None,
        white: Annotated[int, Listed("whites")] | None = None,
    ) -> Reply:
        lights = self.chosen(request, name, "light", place)
        return self.put(request, "kelvin", kelvin or white, lights)
