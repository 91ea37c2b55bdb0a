"""Raising and lowering from where a device is, and degrees in the scale that was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from assistant.errors import FunctionError
from assistant.handlers.contract import Request
from assistant.handlers.home.choosing import called
from assistant.handlers.home.doing import SET, Doing, degrees_in_words, in_words
from assistant.handlers.home.entity import Entity
from assistant.types import Reply

Scale = Annotated[
    str,
    {
        "en": {"(celsius|centigrade|c)": "°C", "(fahrenheit|f)": "°F"},
        "es": {"(celsius|centígrados)": "°C", "fahrenheit": "°F"},
    },
]

_DIMMEST = 5
"""Percent below which a lamp is not dimmed at one go; from there, to one. It is never put out."""


class Shifting(Doing):
    def shift(
        self,
        request: Request,
        attribute: str,
        by: float,
        entities: Sequence[Entity],
        scale: str = "",
    ) -> Reply:
        """Raise or lower an attribute of each device, from where it is. What is off is left out,
        but for lamps that are raised: these begin at nothing. scale: that of `by`, where it is
        degrees; without, that of the device."""
        able = self._able(request, attribute, entities)
        lit = attribute == "brightness"
        on = [e for e in able if self.house.state(e).get("power") != "off"]
        if not on and not (lit and by > 0):
            raise _all_off(request, able, lit=lit)
        wanted = []
        for entity in able if lit and by > 0 else on:
            now = 0 if entity not in on else self.house.state(entity).get(attribute)
            if not isinstance(now, int | float):
                raise request.error(
                    "{What} has not told how it is set yet.",
                    "{What} aún no ha dicho cómo está.",
                    What=called([entity], request),
                )
            new = _brightness(now, by) if lit else now + _difference(by, scale, entity.unit)
            wanted.append((entity, attribute, new))
        levels = {value for _, _, value in wanted}
        if len(levels) == 1:
            words = in_words(attribute, levels.pop(), request.language)
            return self._reply(request, wanted, SET[attribute], words)
        texts = ("{What} is changed.", "{What} are changed.", "He cambiado {what}.")
        return self._reply(request, wanted, texts, "")

    def put_degrees(
        self, request: Request, degrees: float, scale: str, entities: Sequence[Entity]
    ) -> Reply:
        """Set each thermostat, in its own unit. scale: that of `degrees`, "" for the device's."""
        able = self._able(request, "target", entities)
        wanted = [(e, "target", converted(degrees, scale, e.unit)) for e in able]
        words = degrees_in_words(degrees, request.language)
        return self._reply(request, wanted, SET["target"], words)


def converted(degrees: float, scale: str, unit: str) -> float:
    """Degrees of one scale in another one, to the half degree that thermostats can be set to.
    Either may be "": they are the same then."""
    match scale, unit:
        case "°F", "°C":
            return round((degrees - 32) / 1.8 * 2) / 2
        case "°C", "°F":
            return round(degrees * 1.8 + 32)
    return degrees


def _difference(by: float, scale: str, unit: str) -> float:
    match scale, unit:
        case "°F", "°C":
            return round(by / 1.8, 1)
        case "°C", "°F":
            return round(by * 1.8, 1)
    return by


def _brightness(now: float, by: float) -> float:
    lowest = _DIMMEST if now > _DIMMEST else 1
    return min(max(now + by, lowest), 100)


def _all_off(request: Request, entities: Sequence[Entity], *, lit: bool) -> FunctionError:
    several = len(entities) > 1
    what = called(list(entities), request)
    if lit:
        return request.error(
            "{What} are off." if several else "{What} is off.",
            "Ahí no hay ninguna luz encendida.",
            What=what,
        )
    return request.error(
        "{What} are off. Turn them on first." if several else "{What} is off. Turn it on first.",
        "{What}: apagado. Di primero: enciende la calefacción.",
        What=what,
    )
