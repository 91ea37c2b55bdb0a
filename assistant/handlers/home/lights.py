"""How bright, and in which colour."""

from __future__ import annotations

from typing import Annotated

from assistant.handlers.contract import Listed, Request, function
from assistant.handlers.home.base import Base
from assistant.handlers.home.rules import Other, Place
from assistant.handlers.home.words import COLORS
from assistant.types import Reply

Light = Annotated[str, Listed("lights names")]
LightKind = Annotated[str, Listed("lit kinds")]
Percent = Annotated[int, range(101)]
Level = Annotated[int, Listed("levels")]
Kelvin = Annotated[int, range(1000, 10_001)]

_STEP = 20  # percent
_MOOD = 30  # percent: "set the mood"


class Lights(Base):
    @function(
        en=[
            "[<set>] [[<the>] <bri> [<in>]] <lit> [<bri>] [<to>] <level> [<bri>]",
            "[<set>] [<the>] (<bri>|{kind}) [<to>] <level> <at>",
            "[(turn|bring|put|take)] <kinds> (up|down) <to> <level>",
            "<want> <kinds> [to be] [(at|on|set to)] <level>",
            "(<want>|set|create|put on|turn on) [(a|some|the)] {level} (light|lights|lighting|mood"
            "|atmosphere) [<at>]",
            "(set|create|turn on) (the|a|some) mood [(light|lights|lighting)] [<at>]",
            "[<set>] [<the>] {other} <unit> [<bri>] <to> <level>",
        ],
        es=[
            "[<set>] [[<el>] brillo [(de|del|en)]] <lit> [(<to>|el)] [brillo] [<to>] <level>"
            " [[de] brillo]",
            "[<set>] [<el>] (brillo|{kind}) [<to>] <level> <at>",
            "(<want>|<put>) [<el>] (luz|luces|iluminación) [<so>] {level} [<at>]",
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
        other: Other = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place, other)
        wanted = percent if percent is not None else _MOOD if level is None else level
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
            "(it is|this is) <so> (dark|dim|gloomy) [<at>]",
            "(<kinds>|[<the>] {place}) (is|are) <so> (dark|dim|weak|faint|low)",
            "<can_not_see> <at>",
            "[(<want>|add|make|put on|let there be|let us get)] [(some|a bit|a little|a lot)] (more"
            "|brighter|extra|stronger|additional) (light|lights|lighting|illumination) [<at>]",
            "[(<want>|make)] [(it|things)] [(a bit|a little|much|some)] (brighter|lighter) <at>",
            "<want> <kinds> [to be] [(a bit|a little|much|some)] (brighter|higher|stronger|lighter"
            "|turned up)",
            "[make] <kinds> [(a bit|a little|much)] (brighter|higher|stronger|lighter|more intense"
            "|more bright)",
            "(increase|raise|boost|turn up|bring up|up|strengthen|maximize) (<kinds> <bri>|[<the>]"
            " <bri> <in> <kinds>) [by {by}]",
            "<kinds> (increase|raise) [(its|their|the)] <bri>",
            "<kinds> up <some>",
            "(brighter|make it brighter|(increase|raise|turn up|more) [<the>] brightness"
            "|brightness up|turn [<the>] brightness up)",
            "(brighten|brighten up|turn up|raise) [<the>] {other} <unit>",
        ],
        es=[
            "(<raise>|aclara|aclarar) [[<el>] (brillo|intensidad) (de|del|en)] <lit> [un {by}]",
            "más (luz|brillo) <at>",
            "[(<want>|pon|ponga|poner)] [(un poco|algo)] [de] más [de] (luz|iluminación) [<at>]",
            "(está|se ve) <so> oscuro [<at>]",
            "hay (poca luz|muy poca luz) [<at>]",
            "(más brillo|<raise> [el] brillo)",
            "no (veo|se ve) [(nada|bien|casi nada)] <at>",
            "<kinds> más (fuerte|fuertes|brillante|brillantes|intensa|intensas)",
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
        other: Other = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place, other)
        return self.shift(request, "brightness", by, lights)

    @function(
        en=[
            "(dim|darken|(lower|decrease|reduce|turn down) [<the>] brightness [<in>]) <lit>"
            " [by {by}]",
            "(turn|bring) (down <kinds>|<kinds> down) [by {by}]",
            "(make|turn) <what> [(a bit|a little|much)] (dimmer|darker)",
            "(less light [<at>]|dimmer <at>)",
            "(lower|decrease|reduce|minimize) <kinds> [<some>] [by {by}]",
            "<kinds> down [<some>]",
            "(it is|this is) <so> bright <at>",
            "(it is|this is) [(way|far|much|a bit|a little)] too bright",
            "(<kinds>|[<the>] {place}) (is|are) <so> (bright|strong|intense|harsh|glaring)",
            "<kinds> (hurts|hurt|is hurting|are hurting) my eyes",
            "[(<want>|make|let us have)] [(a bit|a little|a lot|much)] (less|dimmer|softer|lower"
            "|low) (light|lights|lighting|illumination) [<at>]",
            "[(<want>|make)] [(it|things)] [(a bit|a little|much|some)] (dimmer|darker) <at>",
            "<want> <kinds> [to be] [(a bit|a little|much|some)] (dimmer|lower|softer|darker|dimmed"
            "|turned down|less bright)",
            "[make] <kinds> [(a bit|a little|much)] (dimmer|lower|softer|darker|less intense"
            "|less bright)",
            "(decrease|lower|reduce|turn down|bring down|minimize|soften) (<kinds> <bri>|[<the>]"
            " <bri> <in> <kinds>) [by {by}]",
            "(darker|dimmer|make it (darker|dimmer|less bright)|(decrease|lower|reduce|turn"
            " down|less)"
            " [<the>] brightness|brightness down|turn [<the>] brightness down)",
            "(dim|dim down|turn down|lower) [<the>] {other} <unit>",
            "make [<the>] {place} darker",
        ],
        es=[
            "(<lower>|atenúa|atenúe|atenuar|oscurece|oscurecer) [[<el>] (brillo|intensidad)"
            " (de|del|en)] <lit> [un {by}]",
            "menos (luz|brillo) <at>",
            "[(<want>|pon|ponga|poner)] [(un poco|algo)] [de] menos [de] (luz|iluminación) [<at>]",
            "hay (mucha|demasiada) luz [<at>]",
            "(menos brillo|<lower> [el] brillo)",
            "<kinds> (me molesta|me molestan|es demasiado fuerte|está muy fuerte|están muy"
            " fuertes)",
            "<kinds> más (suave|suaves|tenue|tenues)",
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
        other: Other = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place, other)
        return self.shift(request, "brightness", -by, lights)

    @function(
        en=[
            "[<set>] [[<the>] (color|colour) <in>] <lit> [(color|colour)] [to] {color}",
            "<set> [<the>] {kind} [to] {color} <at>",
            "<set> [<the>] (color|colour) [to] {color} <in> <kinds>",
            "(change|set) <kinds> (color|colour) to {color}",
            "(can|could) <kinds> be (changed|set|turned) to {color}",
            "make [<the>] {place} {color}",
            "[(<want>|show me|use|put on|turn on|switch on|switch to|go)] [(some|the|a)] {color}"
            " (light|lights|lighting|lamp) [<at>]",
            "<want> <kinds> [to be] [(in|to)] {color}",
            "<set> [(the|my)] (color|colour) (of|on|in|for) <kinds> from {former} to {color}",
            "<set> <kinds> [(color|colour|colors)] from {former} to {color}",
            "<set> [<the>] {other} <unit> [(color|colour)] [to] {color}",
            "(change|switch|adjust|alternate|vary|pick) (<kinds> [(color|colour|colors|colours"
            "|setting|settings)]|[<the>] (color|colour|colors) (of|on|in|for) <kinds>)",
            "(<want>|activate|set|pick|choose|try|use) (a different|another|a new|some other)"
            " [light]"
            " (color|colour) [(for|of|on|in) <kinds>]",
            "(change|set|turn|make|switch) <kinds> [to] (a different|another|a new|some other"
            "|some random|a random|any) (color|colour)",
        ],
        es=[
            "[<set>] [[<el>] color [(de|del|en)]] <lit> [(<to>|de)] [color] {color}",
            "(<want>|<put>) (luz|luces|iluminación) [de color] {color} [<at>]",
            "(cambia|cambiar|cambie|cambiá) [(el|de)] color [(de|en) <kinds>]",
            "(cambia|cambiar|cambie|cambiá) <kinds> de color",
        ],
        help={"en": "make the bedroom lamp red", "es": "pon la lámpara en rojo"},
        ahead=True,
    )
    def color(
        self,
        request: Request,
        color: Annotated[str, Listed("colors")] = "",
        name: Light = "",
        kind: LightKind = "",
        place: Place = "",
        former: Annotated[str, Listed("colors")] = "",
        other: Other = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place, other)
        if not color:
            known = {"name": name, "kind": kind, "place": place, "other": other}
            return request.ask(
                "Which color?",
                "¿De qué color?",
                function="home.color",
                slot="color",
                known={slot: value for slot, value in known.items() if value},
            )
        return self.put(request, "color", COLORS[color][2], lights, said=color)

    @function(
        en=[
            "[<set>] [<the>] (color|colour) temperature [<at>] [<to>]"
            " ({kelvin} [(kelvin|k|degrees)]|{white}) [<at>]",
            "[<set>] [[<the>] [(color|colour)] temperature [<in>]] <lit>"
            " [[(color|colour)] temperature] [<to>] ({kelvin} [(kelvin|k|degrees)]|{white})",
            "[(<want>|use|put on|turn on|switch to)] [(some|the|a)] {white} [(light|lights|lighting"
            "|lamp)] [<at>]",
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
