"""The brightness of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, ClassVar

from assistant import spoken
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.handlers.machine import backlight
from assistant.handlers.machine.backlight import LEAST, Light
from assistant.types import Reply

_STEP = 20  # percent
_STEPS = {"little": 10, "lot": 40}
_NONE = {
    "en": "There is no screen here whose brightness can be set.",
    "es": "Aquí no hay ninguna pantalla cuyo brillo se pueda cambiar.",
}

Much = Annotated[
    str,
    {
        "(a bit|a little|a little bit|slightly|a touch|a notch|a tad|somewhat)": "little",
        "(a lot|much|way|a good deal)": "lot",
        "(un poco|un poquito|algo|un pelín|ligeramente|un toque)": "little",
        "(mucho|bastante|un montón)": "lot",
    },
]


class Screen(Family):
    name = "screen"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (screen|brightness|screen brightness)",
        "es": "(la pantalla|el brillo|el brillo de la pantalla)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "scr": "[(the|my|this|your)] (screen|display|monitor|laptop screen|computer screen"
            "|backlight)",
            "bri": "[(the|my|your)] [(screen|display|monitor|backlight|laptop)]"
            " (brightness|brightness level) [(of|on|for) <scr>]",
            "raise": "(raise|increase|boost|turn up|bring up|up)",
            "lower": "(lower|reduce|decrease|drop|turn down|bring down)",
            "turn": "(turn|bring|put|set)",
        },
        "es": {
            "scr": "(la|mi|esta) pantalla",
            "bri": "[(el|del|al)] [(nivel de|nivel del)] brillo [(de <scr>|a <scr>)]",
            "set": "(pon|ponga|poné|poner|ponme|pongas|ajusta|ajuste|ajustar|ajustá|cambia|cambie"
            "|cambiar|cambiá|fija|fijar|deja|dejar|establece|establecer|configura|configurar)",
            "up": "(sube|suba|subí|subir|súbele|subas|aumenta|aumente|aumentá|aumentar"
            "|incrementa|incrementar)",
            "down": "(baja|baje|bajá|bajar|bájale|bajes|reduce|reduzca|reducir|disminuye"
            "|disminuir|atenúa|atenúe|atenuar|atenuá)",
            "dim": "(oscurece|oscurezca|oscurecer|oscurecé|atenúa|atenúe|atenuar|atenuá)",
            "light": "(ilumina|iluminar|aclara|aclare|aclarar|aclará)",
        },
    }

    def __init__(self, root: Path, ask: backlight.Ask) -> None:
        """root: of the file system. ask: sets a backlight where its file is not ours to write."""
        self._root = root
        self._ask = ask

    def unavailable(self) -> ByLanguage | None:
        return None if backlight.find(self._root) else _NONE

    @function(
        en=[
            "(set|change|put|adjust|make|<raise>|<lower>|<turn>) <bri> [(up|down)] [(to|at)]"
            " {level}",
            "<bri> [(to|at)] {level}",
            "(dim|brighten|darken|<turn>) <scr> [(up|down)] to {level} [brightness]",
        ],
        es=[
            "<set> <bri> (a|al|en|en el|hasta|hasta el) {level}",
            "(<up>|<down>) <bri> (a|al|hasta|hasta el) {level}",
            "(<dim>|<set>|<light>) <scr> (a|al|hasta|hasta el) {level} [de brillo]",
            "<bri> [(a|al|en|en el)] {level}",
        ],
        help={
            "en": "set the brightness to fifty percent",
            "es": "pon el brillo al cincuenta por ciento",
        },
        ahead=True,
    )
    def set(self, request: Request, level: int) -> Reply:
        if not 0 <= level <= 100:
            raise request.error(
                "The brightness goes from zero to one hundred.", "El brillo va de cero a cien."
            )
        return self._change(request, lambda light: light.raw(max(level, LEAST)))

    @function(
        en=[
            "<raise> <bri> [({much}|by {by})]",
            "<turn> <bri> up [({much}|by {by})]",
            "<bri> up [[by] {by}]",
            "brighten [up] <scr> [({much}|by {by})]",
            "(make|turn|set) <scr> [{much}] brighter",
            "<scr> [{much}] brighter",
            "([{much}] brighter|make it [{much}] brighter)",
            "more <bri>",
            "<scr> is [(too|very)] (dark|dim)",
            "i can [(hardly|barely)] not see <scr>",
            "i can (hardly|barely) see <scr>",
        ],
        es=[
            "<up> [{much}] <bri>",
            "<up> <bri> [{much}]",
            "<up> [(un|en un|en)] {by} <bri>",
            "<up> <bri> [(un|en un|en)] {by}",
            "<light> [{much}] <scr>",
            "<light> <scr> [{much}]",
            "más brillo [(en|a|para|de) <scr>]",
            "(pon|haz|quiero) <scr> [{much}] más (brillante|clara|luminosa)",
            "<scr> [{much}] más (brillante|clara|luminosa)",
            "[{much}] más (brillante|brillo)",
            "<scr> (está|se ve) (muy|demasiado) (oscura|apagada)",
            "[casi] no (veo|se ve) [(bien|nada)] <scr>",
        ],
        help={"en": "make the screen brighter", "es": "sube el brillo"},
        ahead=True,
    )
    def up(self, request: Request, by: int | None = None, much: Much = "") -> Reply:
        step = by if by is not None else _STEPS.get(much, _STEP)
        return self._change(request, lambda light: light.moved(step))

    @function(
        en=[
            "<lower> <bri> [({much}|by {by})]",
            "<turn> <bri> down [({much}|by {by})]",
            "<bri> down [[by] {by}]",
            "(dim|darken) <scr> [({much}|by {by})]",
            "(make|turn|set) <scr> [{much}] (darker|dimmer|less bright)",
            "<scr> [{much}] (darker|dimmer)",
            "([{much}] (darker|dimmer)|make it [{much}] (darker|dimmer|less bright))",
            "less <bri>",
            "<scr> is (too|very) bright",
            "<scr> (blinds me|is blinding me|hurts my eyes)",
        ],
        es=[
            "<down> [{much}] <bri>",
            "<down> <bri> [{much}]",
            "<down> [(un|en un|en)] {by} <bri>",
            "<down> <bri> [(un|en un|en)] {by}",
            "<dim> [{much}] <scr>",
            "<dim> <scr> [{much}]",
            "menos brillo [(en|a|para|de) <scr>]",
            "(pon|haz|quiero) <scr> [{much}] (más oscura|menos brillante)",
            "<scr> [{much}] (más oscura|menos brillante)",
            "[{much}] (más oscuro|menos brillante)",
            "<scr> (brilla|ilumina|deslumbra) (mucho|demasiado)",
            "<scr> (está|se ve) (muy|demasiado) (clara|brillante)",
            "<scr> me (deslumbra|molesta)",
        ],
        help={"en": "dim the screen", "es": "baja el brillo"},
        ahead=True,
    )
    def down(self, request: Request, by: int | None = None, much: Much = "") -> Reply:
        step = by if by is not None else _STEPS.get(much, _STEP)
        return self._change(request, lambda light: light.moved(-step))

    @function(
        en=[
            "(set|make|change|<raise>|<turn>) <bri> [(up|to|to the)] (max|maximum|full|the maximum"
            "|the max|its maximum|the highest|highest)",
            "<turn> <bri> (all the way|fully) up",
            "(maximum|max|full|highest) <bri>",
            "(make|set|turn) <scr> (as bright as possible|to full brightness|to maximum"
            " brightness)",
        ],
        es=[
            "(<set>|<up>) <bri> (al máximo|a tope|a lo máximo|a lo más alto|al tope|a todo)",
            "(brillo máximo|brillo al máximo|máximo brillo|todo el brillo|brillo a tope)"
            " [(de|en) <scr>]",
            "<set> <scr> (al máximo de brillo|con el máximo brillo)",
        ],
        ahead=True,
    )
    def full(self, request: Request) -> Reply:
        return self._change(request, lambda light: light.full)

    @function(
        en=[
            "(set|make|change|<lower>|<turn>) <bri> [(down|to|to the)] (min|minimum|the minimum"
            "|the min|its minimum|the lowest|lowest)",
            "<turn> <bri> all the way down",
            "(minimum|min|lowest) <bri>",
            "(make|set|turn) <scr> (as dark as possible|as dim as possible|to minimum brightness"
            "|to the lowest brightness)",
        ],
        es=[
            "(<set>|<down>) <bri> (al mínimo|a lo mínimo|a lo más bajo|del todo)",
            "(brillo mínimo|brillo al mínimo|mínimo brillo|lo mínimo de brillo) [(de|en) <scr>]",
        ],
        ahead=True,
    )
    def least(self, request: Request) -> Reply:
        return self._change(request, lambda light: light.raw(LEAST))

    @function(
        en=[
            "what is <bri> [(at|level|set to|now)]",
            "how bright is <scr>",
            "(tell me|check|show me|say|get) <bri>",
            "<bri>",
        ],
        es=[
            "(cuál es|dime|qué tal está|cómo está|comprueba) <bri>",
            "(a cuánto|a qué nivel|cómo|en cuánto) está <bri>",
            "(cuánto|qué) brillo (tiene|hay en) <scr>",
            "<bri>",
        ],
        help={"en": "how bright is the screen", "es": "cuánto brillo tiene la pantalla"},
        ahead=True,
    )
    def level(self, request: Request) -> Reply:
        [light, *_] = self._lights(request)
        return request.say(
            "The brightness is at {level}.",
            "El brillo está al {level}.",
            level=spoken.percent(light.percent, request.language),
        )

    def _change(self, request: Request, new: Callable[[Light], int]) -> Reply:
        """The brightness will be what `new` makes of it: of each screen its own."""
        lights = self._lights(request)
        values = [new(light) for light in lights]
        first = round(100 * values[0] / lights[0].full)
        lowest = values[0] <= lights[0].raw(LEAST)
        return request.say(
            "Brightness {level}, the least there is." if lowest else "Brightness {level}.",
            "Brillo al {level}, lo mínimo que pongo." if lowest else "Brillo al {level}.",
            then=partial(self._set, request, lights, values),
            undo=partial(self._set, request, lights, [light.value for light in lights]),
            level=spoken.percent(first, request.language),
        )

    def _set(self, request: Request, lights: list[Light], values: list[int]) -> None:
        for light, value in zip(lights, values, strict=True):
            try:
                backlight.set_raw(light, value, self._ask)
            except OSError as error:
                raise request.error(
                    "The screen does not take that brightness.",
                    "La pantalla no acepta ese brillo.",
                ) from error

    def _lights(self, request: Request) -> list[Light]:
        if not (lights := backlight.find(self._root)):  # unplugged since `unavailable` was asked
            raise request.error(_NONE["en"], _NONE["es"])
        return lights
