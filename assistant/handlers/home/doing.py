"""Making devices do something, and saying so only when they have told that they did.

A reply is made before the deed (`then`), so that its sound can be rendered meanwhile; if a device
then does not answer, what is said instead is that it did not.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import Request
from assistant.handlers.home import color
from assistant.handlers.home.choosing import Choosing, called
from assistant.handlers.home.entity import Entity, LimitsError, State
from assistant.types import Reply

_TOLERANCE = {"brightness": 2, "position": 3, "speed": 4, "kelvin": 150, "target": 0.3}
"""By how much a device may miss a number: its own scale is coarser than ours."""

Texts = tuple[str, str, str]
"""What is said: of one device and of several in English, in Spanish."""


def _became(is_now: str, spanish: str) -> Texts:
    return f"{{What}} is {is_now}.", f"{{What}} are {is_now}.", spanish


_STOPPED: Texts = ("{What} has stopped.", "{What} have stopped.", "He parado {what}.")
_DONE: Mapping[tuple[str, Any], Texts] = {
    ("power", "on"): _became("on", "He encendido {what}."),
    ("power", "off"): _became("off", "He apagado {what}."),
    ("cover", "open"): _became("opening", "Abriendo {what}."),
    ("cover", "closed"): _became("closing", "Cerrando {what}."),
    ("lock", "locked"): _became("locked", "He cerrado con llave {what}."),
    ("lock", "unlocked"): _became("unlocked", "He desbloqueado {what}."),
    ("vacuum", "cleaning"): _became("cleaning", "{What}, a limpiar."),
    ("vacuum", "docked"): _became("going back", "Mando {what} a la base."),
    ("vacuum", "paused"): _STOPPED,
    ("mower", "mowing"): _became("mowing", "{What}, a cortar el césped."),
    ("mower", "docked"): _became("going back", "Mando {what} a la base."),
}
SET: Mapping[str, Texts] = {
    "brightness": _became("at {value}", "He puesto {what} al {value}."),
    "speed": _became("at {value}", "He puesto {what} al {value}."),
    "position": _became("moving to {value}", "Moviendo {what} al {value}."),
    "color": _became("{value} now", "He puesto {what} en {value}."),
    "kelvin": _became("at {value} kelvin", "He puesto {what} a {value} kelvin."),
    "target": _became("set to {value} degrees", "He puesto {what} a {value} grados."),
    "mode": _became("set to {value}", "He puesto {what} en {value}."),
}
_ECHO = 0.4
"""Seconds in which a device that is as it shall be anyway may still say so, as most do."""
_ON_THE_WAY = {"open": ("opening",), "closed": ("closing",), "docked": ("returning", "charging")}


@dataclass(frozen=True, slots=True)
class Change:
    """An attribute of a device that shall have a value, what it was before, and how many messages
    had come from it then."""

    entity: Entity
    attribute: str
    value: Any
    before: State
    heard: int

    def met(self, state: State) -> bool:
        """Whether the device tells that it is so, or on its way."""
        now = state.get(self.attribute)
        if self.attribute == "position" and now != self.before.get("position"):
            return True  # it moves
        if self.attribute == "color" and now is not None:
            return color.alike(now, color.xy(self.value))
        if isinstance(self.value, int | float) and isinstance(now, int | float):
            return abs(now - self.value) <= _TOLERANCE.get(self.attribute, 0)
        return now == self.value or now in _ON_THE_WAY.get(str(self.value), ())

    def back(self) -> tuple[str, Any] | None:
        """What makes it as it was: a lamp that was off is turned off again."""
        if self.attribute in ("brightness", "color", "kelvin") and (
            self.before.get("power") == "off"
        ):
            return "power", "off"
        was = self.before.get(self.attribute)
        if was in ("opening", "closing"):
            was = "open" if was == "closing" else "closed"
        if self.attribute == "color" and was is not None:
            was = color.rgb(was)
        return None if was is None else (self.attribute, was)


class Doing(Choosing):
    def switch(self, request: Request, power: str, entities: Sequence[Entity]) -> Reply:
        return self.put(request, "power", power, entities)

    def put(
        self,
        request: Request,
        attribute: str,
        value: Any,
        entities: Sequence[Entity],
        *,
        said: str = "",
    ) -> Reply:
        """Give an attribute of each device a value."""
        able = self._able(request, attribute, entities)
        wanted = [(entity, attribute, value) for entity in able]
        words = said or in_words(attribute, value, request.language)
        return self._reply(request, wanted, _text(attribute, value), words)

    def move(self, request: Request, to: str, entities: Sequence[Entity]) -> Reply:
        return self.put(request, "cover", to, entities)

    def stop(self, request: Request, entities: Sequence[Entity]) -> Reply:
        return self._told(request, "stop", None, entities, _STOPPED)

    def run(self, request: Request, to: str, entities: Sequence[Entity]) -> Reply:
        attribute = entities[0].kind
        return self.put(request, attribute, to, entities)

    def trigger(self, request: Request, entities: Sequence[Entity]) -> Reply:
        texts = ("{What}: done.", "{What}: done.", "{What}: hecho.")
        return self._told(request, "trigger", None, entities, texts)

    def clean_area(self, request: Request, entities: Sequence[Entity], place: str) -> Reply:
        texts = ("{What} is cleaning there.", "{What} are cleaning there.", "{What} limpia ahí.")
        place = self.room if place == "here" else place
        return self._told(request, "area", place, entities, texts)

    def _able(self, request: Request, attribute: str, entities: Sequence[Entity]) -> list[Entity]:
        """Those of the devices that can do it and are there."""
        able = [e for e in entities if attribute in e.writes]
        there = [e for e in able if self.house.available(e)]
        if there:
            return there
        what = called(list(able or entities), request)
        if able:
            raise request.error("{what} cannot be reached.", "No llego a {what}.", what=what)
        if not any(e.connected for e in entities):
            raise request.error(
                "{what} is not connected to your home's broker.",
                "{what} no está en el servidor de tu casa.",
                what=what,
            )
        raise request.error("{what} cannot do that.", "{what} no puede hacer eso.", what=what)

    def _told(
        self,
        request: Request,
        attribute: str,
        value: Any,
        entities: Sequence[Entity],
        texts: Texts,
    ) -> Reply:
        able = self._able(request, attribute, entities)
        return self._reply(request, [(e, attribute, value) for e in able], texts, "")

    def _reply(
        self,
        request: Request,
        wanted: Sequence[tuple[Entity, str, Any]],
        texts: Texts,
        value: str,
    ) -> Reply:
        entities = [entity for entity, _, _ in wanted]
        changes: list[Change] = []

        def act() -> None:
            changes[:] = [self._change(*one) for one in wanted]
            self._carry_out(request, changes)

        def undo() -> None:
            back = [(c.entity, was) for c in changes if (was := c.back()) is not None]
            self._carry_out(request, [self._change(e, a, v) for e, (a, v) in back])

        singular, plural, spanish = texts
        what = called(entities, request)
        reversible = all(attribute in e.tells for e, attribute, _ in wanted)
        return request.say(
            plural if len(entities) > 1 else singular,
            spanish,
            then=act,
            undo=undo if reversible else None,
            What=what,
            what=what,
            value=value,
        )

    def _change(self, entity: Entity, attribute: str, value: Any) -> Change:
        before = self.house.state(entity)
        return Change(entity, attribute, value, before, self.house.heard_of(entity))

    def _carry_out(self, request: Request, changes: Sequence[Change]) -> None:
        """Send it, and wait until the devices have told that it is so.

        Raises FunctionError that names those that did not within the patience.
        """
        started = time.monotonic()
        for change in changes:
            try:
                messages = change.entity.writes[change.attribute](change.value)
            except LimitsError as error:
                what = called([change.entity], request)
                raise request.error(
                    "{what} goes from {low} to {high} degrees.",
                    "{what} va de {low} a {high} grados.",
                    what=what,
                    low=error.low,
                    high=error.high,
                ) from error
            except (ValueError, KeyError) as error:
                what = called([change.entity], request)
                raise request.error(
                    "{what} cannot be set to that.", "{what} no admite ese valor.", what=what
                ) from error
            if not self.link.send(messages):
                raise FunctionError("The broker of the home is gone.", spoken=dict(GONE))
        asked = [c for c in changes if c.attribute in c.entity.tells]

        def met(change: Change) -> bool:
            return change.met(self.house.state(change.entity))

        def told(change: Change) -> bool:
            return met(change) and self.house.heard_of(change.entity) > change.heard

        if self.house.wait(lambda: all(map(told, asked)), min(_ECHO, self.patience)):
            return
        left = self.patience - (time.monotonic() - started)
        if not self.house.wait(lambda: all(map(met, asked)), max(left, 0.05)):
            raise self._no_answer(request, [c.entity for c in asked if not met(c)], len(changes))

    def _no_answer(self, request: Request, silent: Sequence[Entity], of: int) -> FunctionError:
        what = called(silent, request)
        if len(silent) == of:
            return request.error("No answer from {what}.", "{what} no responde.", what=what)
        return request.error(
            "No answer from {what}; the rest is done.",
            "{what} no responde; lo demás está hecho.",
            what=what,
        )


GONE = {
    "en": "I cannot reach your home's broker at the moment.",
    "es": "Ahora no llego al servidor de tu casa.",
}


def _text(attribute: str, value: Any) -> Texts:
    return _DONE.get((attribute, value)) or SET[attribute]


def in_words(attribute: str, value: Any, language: str) -> str:
    if attribute in ("brightness", "position", "speed"):
        return spoken.percent(value, language)
    if attribute == "target":
        return degrees_in_words(value, language)
    return spoken.render(value, language)


def degrees_in_words(value: float, language: str) -> str:
    """A number before "degrees": "veintiún", not "veintiuno"."""
    if value <= 0 or not float(value).is_integer():
        return spoken.number(value, language)
    return spoken.count(int(value), "", "", language).strip()
