"""Answers to questions about the home, from what the devices last told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant import spoken
from assistant.handlers.contract import Request
from assistant.handlers.home import words
from assistant.handlers.home.choosing import Choosing, called, kind_name, with_article
from assistant.handlers.home.doing import degrees_in_words
from assistant.handlers.home.entity import GROUP, Entity, folded
from assistant.handlers.home.shifting import converted
from assistant.handlers.home.thermometers import is_of_air, is_outside, tells_temperature
from assistant.types import Reply

_LOW = 20  # percent of a battery
_MOST_NAMED = 5
_ALIKE = 2.0  # degrees by which rooms may differ that are spoken of as one
_LOCKED = {"open": "unlocked", "closed": "locked", "locked": "locked", "unlocked": "unlocked"}
_UNITS = {
    "°C": ("degrees", "grados"), "°F": ("degrees", "grados"), "%": ("percent", "por ciento"),
    "W": ("watts", "vatios"), "kWh": ("kilowatt hours", "kilovatios hora"),
    "lx": ("lux", "lux"), "hPa": ("hectopascals", "hectopascales"), "V": ("volts", "voltios"),
    "ppm": ("parts per million", "partes por millón"),
}  # fmt: skip


class Telling(Choosing):
    def tell_whether(self, request: Request, name: str, state: str, place: str) -> Reply:
        """Yes or no, and how it is when no."""
        found = [e for e in self.chosen(request, name, "", place) if self._is(e, state) is not None]
        if not found:
            return self._unknown(request, self.chosen(request, name, "", place))
        if all(self._is(e, state) for e in found):
            return request.say("Yes.", "Sí.")
        what = called(found, request)
        now = self._now(found[0], request.language)
        return request.say("No, {what} is {now}.", "No, {what}: {now}.", what=what, now=now)

    def tell_which(self, request: Request, asked: str, kind: str, state: str, place: str) -> Reply:
        group = self._asked_about(request, kind, state, place)
        known = [e for e in group if self._is(e, state) is not None]
        if not known:
            return self._unknown(request, group)
        so = [e for e in known if self._is(e, state)]
        match asked:
            case "how many":
                return request.say("{n}.", "{n}.", n=len(so))
            case "which":
                if not so:
                    return request.say("None.", "Ninguno.")
                return request.say("{names}.", "{names}.", names=_named(so, request.language))
            case "any":
                if not so:
                    return request.say("No.", "No.")
                names = _named(so, request.language)
                return request.say("Yes, {names}.", "Sí, {names}.", names=names)
        others = [e for e in known if e not in so]
        if not others:
            return request.say("Yes.", "Sí.")
        names = _named(others, request.language)
        return request.say("No, not {names}.", "No, falta {names}.", names=names)

    def tell_value(self, request: Request, name: str, place: str) -> Reply:
        found = self.chosen(request, name, "", place)
        told = [e for e in found if self._now(e, request.language)]
        if not told:
            return self._unknown(request, found)
        what, now = called(told[:1], request), self._now(told[0], request.language)
        return request.say("{What} is {now}.", "{What}: {now}.", What=what, now=now)

    def tell_temperature(
        self, request: Request, name: str, place: str, *, outside: bool = False
    ) -> Reply:
        found = self._outdoors() if outside else self._thermometers(request, name, place)
        told = {e: v for e in found if (v := self._degrees(e)) is not None}
        if not told:
            raise request.error(
                "Nothing has told me the temperature there.",
                "Nadie me ha dicho la temperatura de ahí.",
            )
        unit = next(iter(told)).unit
        values = [converted(v, e.unit, unit) if e.unit != unit else v for e, v in told.items()]
        if max(values) - min(values) > _ALIKE and len(told) <= _MOST_NAMED:
            return request.say("{each}.", each="; ".join(self._each(told, request.language)))
        mean = round(sum(values) / len(values), 1)
        degrees = degrees_in_words(mean, request.language)
        if outside or (not place and not name and all(map(is_outside, told))):
            return request.say("Outside it is {n} degrees.", "Fuera hay {n} grados.", n=degrees)
        return request.say("It is {n} degrees.", "Hay {n} grados.", n=degrees)

    def _each(self, told: Mapping[Entity, float], language: str) -> list[str]:
        """Thermometers that do not agree, each by its name."""
        return [
            f"{with_article(e.name, language)}: {_state_words(v, e, language)}"
            for e, v in told.items()
        ]

    def tell_people(self, request: Request, name: str, state: str) -> Reply:
        everybody = [e for e in self.house.entities if e.kind == "person"]
        asked = [e for e in everybody if not name or folded(e.name) == folded(name)]
        told = [e for e in asked if self.house.state(e).get("person")]
        if not told:
            return self._unknown(request, asked)
        so = [e.name for e in told if self._is(e, state)]
        if name:
            return request.say("Yes.", "Sí.") if so else request.say("No.", "No.")
        if not so:
            return request.say("Nobody.", "Nadie.")
        return request.say("{names}.", "{names}.", names=so)

    def tell_batteries(self, request: Request, name: str) -> Reply:
        found = [e for e in self.house.entities if e.klass == "battery"]
        if name:
            found = [e for e in found if folded(e.device or e.name) == folded(name)]
        levels = {
            e: v for e in found if isinstance(v := self.house.state(e).get("value"), int | float)
        }
        if not levels:
            raise request.error(
                "No device has told me about its battery.",
                "Ningún dispositivo me ha dicho cómo está su pila.",
            )
        if name:
            level = spoken.percent(min(levels.values()), request.language)
            return request.say("It is at {level}.", "Está al {level}.", level=level)
        low = [e.device or e.name for e, level in levels.items() if level <= _LOW]
        if not low:
            return request.say("No battery is low.", "Ninguna pila está baja.")
        return request.say("Low: {names}.", "Bajas: {names}.", names=low)

    def _asked_about(self, request: Request, kind: str, state: str, place: str) -> Sequence[Entity]:
        """ "Which doors are unlocked" is about locks, "which doors are open" about sensors."""
        if kind in words.LOCKS and (state in ("locked", "unlocked") or kind == "lock"):
            return self.locks(request, "", kind, place)
        return self.chosen(request, "", kind, place)

    def _is(self, entity: Entity, state: str) -> bool | None:
        """Whether a device is in a state; None when it cannot be, or has not told."""
        told = self.house.state(entity)
        if entity.kind == "lock" and state in _LOCKED:
            return _compared(told.get("lock"), _LOCKED[state])
        match state:
            case "on" | "off":
                return _compared(told.get("power") or told.get("detected"), state)
            case "open" | "closed" | "opening" | "closing":
                return _compared(told.get("cover") or told.get("contact"), state)
            case "detected":
                return _compared(told.get("detected"), "on")
            case "clear":
                return _compared(told.get("detected"), "off")
            case "home" | "away":
                return _compared(told.get("person"), state)
        return _compared(told.get(entity.kind), state)

    def _now(self, entity: Entity, language: str) -> str:
        """How a device is, in words; empty when it has not told."""
        told = self.house.state(entity)
        for attribute in ("value", "power", "cover", "lock", "contact", "detected", "vacuum",
                          "mower", "person", "current", "target"):  # fmt: skip
            if (now := told.get(attribute)) is not None:
                return _state_words(now, entity, language)
        return ""

    def _thermometers(self, request: Request, name: str, place: str) -> list[Entity]:
        if name:
            return self.chosen(request, name, "climate", "")
        if place not in ("", words.EVERYWHERE):
            there = [e for e in self._within(request, place) if self._degrees(e) is not None]
            return there or [e for e in self._air() if folded(place) in folded(e.name)]
        if not place and self.room:
            here = [e for e in self._within(request, words.HERE) if self._degrees(e) is not None]
            if here:
                return here
        inside = [e for e in self._air() if not is_outside(e)]
        thermostats = [e for e in inside if e.kind == "climate"]
        return thermostats or [e for e in inside if e.room] or inside or self._air()

    def _outdoors(self) -> list[Entity]:
        return [e for e in self._air() if is_outside(e)]

    def _air(self) -> list[Entity]:
        """What has told how warm it is, in whatever room or outside."""
        one_by_one = (e for e in self.house.entities if e.klass != GROUP and is_of_air(e))
        return [e for e in one_by_one if self._degrees(e) is not None]

    def _degrees(self, entity: Entity) -> float | None:
        told = self.house.state(entity)
        value = told.get("current") if entity.kind == "climate" else told.get("value")
        return (
            float(value) if tells_temperature(entity) and isinstance(value, int | float) else None
        )

    def _unknown(self, request: Request, entities: Sequence[Entity]) -> Reply:
        what = called(entities, request) if entities else kind_name("", request.language)
        raise request.error(
            "I do not know: nothing has been heard from {what}.",
            "No lo sé: no se sabe nada de {what}.",
            what=what,
        )


def _compared(now: Any, wanted: str) -> bool | None:
    return None if now is None else now == wanted


def _named(entities: Sequence[Entity], language: str) -> str:
    names = [with_article(e.name, language) for e in entities[:_MOST_NAMED]]
    if more := len(entities) - len(names):
        number = spoken.number(more, language)
        names.append(f"{number} más" if language == "es" else f"{number} more")
    return spoken.listing(names, language)


def _state_words(now: Any, entity: Entity, language: str) -> str:
    at = 1 if language == "es" else 0
    if isinstance(now, int | float):
        unit = _UNITS.get(entity.unit, (entity.unit, entity.unit))[at]
        if entity.kind == "climate" and not unit:
            unit = ("degrees", "grados")[at]
        return f"{spoken.number(now, language)} {unit}".strip()
    if now in words.STATES:
        return words.phrases(words.STATES[now][at])[0]
    return str(now)
