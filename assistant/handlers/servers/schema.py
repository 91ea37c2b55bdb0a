"""What a tool takes, from its JSON Schema: slots of a function, values as the tool wants them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from assistant.errors import ConfigError

LONGEST_TEXT = 2_000
"""Characters of a text that is given to a tool."""
MOST_PROPERTIES = 30
_MOST_CHOICES = 200
_WIDEST_RANGE = 10_000

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_YES_NO: Mapping[str, Mapping[str, Any]] = {
    "en": {"(yes|true|on)": True, "(no|false|off)": False},
    "es": {"(sí|verdadero|activado)": True, "(no|falso|desactivado)": False},
}
_FORMATS: Mapping[str, Any] = {
    "date-time": dt.datetime,
    "date": dt.date,
    "time": dt.time,
    "duration": dt.timedelta,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """property: what the tool calls it. kind: as `contract` has it."""

    property: str
    kind: Any
    needed: bool
    longest: int = LONGEST_TEXT


def words(name: str) -> str:
    """A name as words: "get_weatherForecast" becomes "get weather forecast"."""
    return " ".join(_WORD.findall(_CAMEL.sub(" ", name))).lower()


def slots(schema: Mapping[str, Any]) -> dict[str, Slot]:
    """By the names that templates use. What is not needed and cannot be said is left out.

    Raises ConfigError for a property that is needed and no words can be: a list, an object.
    """
    properties, needed = schema.get("properties") or {}, schema.get("required") or []
    names = needed if isinstance(needed, list) else [None]
    if not isinstance(properties, Mapping) or not all(isinstance(name, str) for name in names):
        raise ConfigError("its schema is not one")
    if len(properties) > MOST_PROPERTIES:
        raise ConfigError(f"it takes more than {MOST_PROPERTIES} values")
    if unknown := [name for name in needed if name not in properties]:
        raise ConfigError(f"it needs {unknown[0]!r}, and does not say what that is")
    found: dict[str, Slot] = {}
    for name, told in properties.items():
        kind = _kind(told) if isinstance(told, Mapping) else None
        slot = re.sub(r"\W", "_", str(name))
        unusable = kind is None or not _WORD.search(slot) or slot in found or slot == "request"
        if unusable and name in needed:
            raise ConfigError(f"it needs {str(name)[:100]!r}, which cannot be said")
        if not unusable and isinstance(told, Mapping):
            found[slot] = Slot(str(name), kind, name in needed, _longest(told))
    return found


def _longest(told: Mapping[str, Any]) -> int:
    most = told.get("maxLength")
    return min(most, LONGEST_TEXT) if isinstance(most, int) and most > 0 else LONGEST_TEXT


def _kind(told: Mapping[str, Any]) -> Any | None:
    """The type of a slot for a property; None when it cannot be said."""
    several = told.get("anyOf") or told.get("oneOf")
    if isinstance(several, list):  # a value or null, as optional ones are written
        rest = [t for t in several if isinstance(t, Mapping) and t.get("type") != "null"]
        return _kind(rest[0]) if len(rest) == 1 else None
    kind = told.get("type")
    if isinstance(kind, list):
        rest = [k for k in kind if k != "null"]
        kind = rest[0] if len(rest) == 1 else None
    if (choices := told.get("enum")) is not None:
        return _choices(choices)
    match kind:
        case "string":
            return _FORMATS.get(str(told.get("format", "")), str)
        case "integer":
            return _whole(told)
        case "number":
            return float
        case "boolean":
            return Annotated[str, dict(_YES_NO)]
    return None


def _choices(choices: Any) -> Any | None:
    if not isinstance(choices, list) or not 0 < len(choices) <= _MOST_CHOICES:
        return None
    said = {words(str(c)): c for c in choices if isinstance(c, str | int) and words(str(c))}
    return Annotated[str, said] if said else None


def _whole(told: Mapping[str, Any]) -> Any:
    least, most = told.get("minimum"), told.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and 0 <= most - least <= _WIDEST_RANGE:
        return Annotated[int, range(least, most + 1)]
    return int


def argument(slot: Slot, value: Any) -> Any:
    """A value as JSON has it. Raises ValueError for a text that is too long."""
    match value:
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return f"PT{value.total_seconds():g}S"
        case str() if len(value) > slot.longest:
            raise ValueError(f"longer than {slot.longest} characters")
    return value
