"""Which of the things that tell a temperature are outside, and which tell that of a device."""

from __future__ import annotations

import re

from assistant.handlers.home.entity import Entity, folded

_OUTSIDE = re.compile(
    r"\b(outside|outdoors?|external|balcony|terrace|patio|porch|garden|yard|backyard|greenhouse"
    r"|weather|exterior|fuera|afuera|calle|balcón|terraza|porche|jardín|invernadero)\b"
)
_OF_A_THING = re.compile(
    r"\b(fridge|refrigerator|freezer|oven|boiler|water|pool|aquarium|nevera|frigorífico|congelador"
    r"|horno|caldera|agua|piscina|acuario)\b"
)


def tells_temperature(entity: Entity) -> bool:
    return entity.kind == "climate" or entity.klass == "temperature"


def is_outside(entity: Entity) -> bool:
    """Whether its name or its room says so."""
    return tells_temperature(entity) and bool(_OUTSIDE.search(_called(entity)))


def is_of_air(entity: Entity) -> bool:
    """Whether it tells how warm a room is, and not a refrigerator."""
    return tells_temperature(entity) and not _OF_A_THING.search(_called(entity))


def _called(entity: Entity) -> str:
    return " ".join(map(folded, (entity.name, entity.device, entity.room)))
