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
Mood = Annotated[int, Listed("moods")]
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
            "(<want>|set|create|put on|turn on|make|leave|keep) [just] [(a|some|the)] {level}"
            " (light|lights"
            "|lighting|mood"
            "|atmosphere|ambiance|vibe) [on] [<at>]",
            "<set> <kinds> (to|for|in|into|on) [(a|the|my)] ({mood}|{level}) (mode|mood|setting"
            "|time|scene)",
            "(make|set) (it|things|[<the>] {place}) {level} [<at>]",
            "[(activate|set|turn on|switch to|enter|go to|use|start)] [the] ({mood}|{level})"
            " (mode|light setting|light mode)",
            "(set|create|turn on) (the|a|some) mood [(light|lights|lighting)] [<at>]",
            "<set> [<the>] {other} <unit> [<bri>] <to> <level>",
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
        mood: Mood | None = None,
        other: Other = "",
    ) -> Reply:
        lights = self.chosen(request, name, "light", place, other)
        named = mood if level is None else level
        wanted = percent if percent is not None else _MOOD if named is None else named
        if wanted == 0:
            return self.switch(request, "off", lights)
        return self.put(request, "brightness", wanted, lights)

    @function(
        en=[
            "(brighten|lighten|(increase|raise|turn up) [<the>] brightness [<in>]) [up] <lit>"
            " [<some>] <more>",
            "(turn|bring|crank|put) (up <kinds>|<kinds> up) [<some>] <more>",
            "(light|brightness) level up [<at>]",
            "i (can not|can hardly|can barely|can not really) see (anything|a thing|well|very"
            " well|much)",
            "<set> <kinds> [to [be]] [(a bit|a little|much|a lot|even)] (brighter|lighter"
            "|stronger)",
            "(make|turn) <what> [(a bit|a little|much)] brighter",
            "(more light [<at>]|brighter <at>)",
            "(increase|raise|lift|bright|brighten up|boost|intensify) <kinds> [<some>] <more>",
            "(it is|this is) <so> (dark|dim|gloomy) [<at>]",
            "(<kinds>|[<the>] {place}) (is|are) <too> (dark|dim|gloomy|weak|faint|low)",
            "(<can_not_see>|it is hard to see) <at>",
            "(can|could) it be (a bit|a little|much) brighter [<at>]",
            "pump up <kinds>",
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
            "<kinds> up [<some>]",
            "(brighter|make it brighter|(increase|raise|turn up|more) [<the>] brightness"
            "|brightness up|turn [<the>] brightness up)",
            "(brighten|brighten up|turn up|raise) [<the>] {other} <unit>",
        ],
        es=[
            "(<raise>|aclara|aclarar) [[<el>] (brillo|intensidad) (de|del|en)] <lit> [un {by}]",
            "más (luz|brillo) <at>",
            "[(<want>|pon|ponga|poner)] [(un poco|algo)] [de] más [de] (luz|iluminación) [<at>]",
            "(está|se ve) <so> oscuro [<at>]",
            "[<at>] hay (poca luz|muy poca luz) [<at>]",
            "[<el>] {place} está <so> (oscuro|oscura)",
            "<raise> (un poco|un poquito|algo) <kinds>",
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
            "(dim|dim down|darken|(lower|decrease|reduce|turn down) [<the>] brightness [<in>])"
            " <lit>"
            " [<some>] <more>",
            "(turn|bring|take|put) (down <kinds>|<kinds> down) [<some>] <more>",
            "(light|brightness) level down [<at>]",
            "<set> <kinds> [to [be]] [(a bit|a little|much|a lot|even)] (dimmer|darker|lower"
            "|softer)",
            "((it|that|this) is not so bright|not so bright|less bright [please]|not as bright)"
            " [<at>]",
            "(make|turn) <what> [(a bit|a little|much)] (dimmer|darker)",
            "(less light [<at>]|dimmer <at>)",
            "(lower|decrease|reduce|minimize|soften|tone down) <kinds> [<some>] <more>",
            "<kinds> down [<some>]",
            "(it is|this is) <too> bright <at>",
            "(it is|this is) [(way|far|much|a bit|a little)] too bright",
            "(<kinds>|[<the>] {place}) (is|are) <too> (bright|strong|intense|harsh|glaring)",
            "<kinds> ((hurts|hurt|is hurting|are hurting) my eyes|(is|are) blinding [me])",
            "(can|could) it be [(a bit|a little|much)] (less bright|darker|dimmer) [<at>]",
            "tone down <kinds>",
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
            "[<at>] hay (mucha|demasiada) luz [<at>]",
            "<lower> (un poco|un poquito|algo) <kinds>",
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
            "(can|could) <kinds> be [(changed|set|turned)] [to] {color}",
            "(make|paint|color|colour) [<the>] {place} {color}",
            "(make|turn) it {color} [<at>]",
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
            "[(<want>|use|put on|turn on|switch to)] [(some|the|a)] {white} (light|lights|lighting"
            "|lamp) [<at>]",
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
