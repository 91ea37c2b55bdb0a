"""What may be said in each slot of the home's sentences, at the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assistant.handlers.home import words
from assistant.handlers.home.appliances import appliances
from assistant.handlers.home.entity import Entity, folded, sayable
from assistant.handlers.home.house import House
from assistant.handlers.home.thermometers import is_of_air, is_outside

_GUARDED = frozenset({"door", "garage", "gate"})
"""Covers that let somebody in: opening them is asked about."""


def is_entrance(entity: Entity) -> bool:
    return entity.kind == "cover" and entity.klass in _GUARDED


GROUPS: Mapping[str, Callable[[Entity], bool]] = {
    "switched": lambda e: e.kind in ("light", "switch", "fan", "climate", "media"),
    "lights": lambda e: e.kind == "light",
    "fans": lambda e: e.kind == "fan",
    "covers": lambda e: e.kind in ("cover", "valve") and not is_entrance(e),
    "closable": lambda e: e.kind in ("cover", "valve"),
    "entrances": is_entrance,
    "locks": lambda e: e.kind == "lock",
    "climates": lambda e: e.kind == "climate",
    "vacuums": lambda e: e.kind == "vacuum",
    "mowers": lambda e: e.kind == "mower",
    "scenes": lambda e: e.kind == "scene",
    "buttons": lambda e: e.kind == "button",
    "people": lambda e: e.kind == "person",
    "things": lambda e: e.kind not in ("scene", "button", "person") and e.klass != "battery",
    "batteries": lambda e: e.klass == "battery",
}

_KINDS: Mapping[str, Mapping[str, words.Said]] = {
    "switched": words.SWITCHED,
    "lit": {words.LIGHT: words.SWITCHED[words.LIGHT]},
    "covers": words.COVERS,
    "closable": {**words.COVERS, **words.ENTRANCES},
    "entrances": words.ENTRANCES,
    "locks": words.LOCKS,
    "vacuums": words.CLEANERS,
    "mowers": words.MOWERS,
    "asked": words.ASKED,
}

_TABLES: Mapping[str, Any] = {
    "states": words.STATES,
    "whites": words.WHITES,
    "levels": words.LEVELS,
    "moods": words.MOODS,
    "paces": words.PACES,
    "modes": words.MODES,
    "asking": words.ASKING,
}


def listed(house: House, name: str, language: str) -> Mapping[str, Any]:
    """The phrases of the list `name`, each with what it means."""
    group, _, what = name.partition(" ")
    match what:
        case "names":
            members = (e for e in house.entities if GROUPS[group](e))
            return _names(members, by_device=group == "batteries")
        case "kinds":
            return words.table(_KINDS[group], language)
    match name:
        case "places":
            return _places(house, language)
        case "outdoors":  # where nothing tells it, it is a question about the weather
            told = any(is_outside(e) and is_of_air(e) for e in house.entities)
            return words.table({"outside": words.OUTSIDE}, language) if told else {}
        case "colors":
            return words.colors(language)
        case "appliances":
            return appliances(language)
    if name in _TABLES:
        return words.table(_TABLES[name], language)
    raise NotImplementedError(name)


def _names(entities: Iterable[Entity], *, by_device: bool = False) -> dict[str, str]:
    """Whatever stands in a name, only its words become a phrase: no sign of a template."""
    found: dict[str, str] = {}
    for entity in entities:
        called = entity.device if by_device and entity.device else entity.name
        for phrase in (called, *entity.aliases):
            if said := sayable(phrase):
                found.setdefault(said.lower(), called)
    return found


def _places(house: House, language: str) -> dict[str, Any]:
    """Rooms and floors of the home, those that any home may have, "here" and "everywhere"."""
    own = {folded(name): place for name, place in house.place_names().items() if folded(name)}
    found: dict[str, Any] = words.table(words.PLACES, language)
    for entry in words.ROOMS:
        both = [phrase for said in entry for phrase in words.phrases(said)]
        meant = next((own[p] for p in map(folded, both) if p in own), None)
        for [*said] in words.said_in([entry], language):
            found |= dict.fromkeys(said, meant or said[0])
    for floor in house.floors:
        found |= {form.format(folded(floor)): floor for form in _FLOORS[language]}
    return found | own


_FLOORS = {"en": ("{} floor",), "es": ("planta {}", "piso {}", "{} planta", "{} piso")}
