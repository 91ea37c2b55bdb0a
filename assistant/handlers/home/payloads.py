"""What messages hold. They come from whoever is on the broker: nothing in them is trusted, and
nothing is ever run.

Home Assistant's discovery says with Jinja templates where a value is in a message. Of these only
the plain ones are read, "{{ value_json.a.b | int }}", by hand: a template is a program, and this
one would be a stranger's.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

Extract = Callable[[str], Any]
"""The value in a payload, or None."""

MOST = 8_000_000  # bytes of a message: a large Zigbee network tells of itself in one

_TEMPLATE = re.compile(
    r"\{\{-?\s*value(?P<json>_json)?(?P<path>(?:\.\w+|\[\s*(?:'[^'\]]*'|\"[^\"\]]*\"|\d+)\s*\])*)"
    r"\s*(?P<filters>(?:\|\s*\w+\s*(?:\([^()]*\))?\s*)*)-?\}\}"
)
_STEP = re.compile(r"\.(\w+)|\[\s*'([^']*)'\s*\]|\[\s*\"([^\"]*)\"\s*\]|\[\s*(\d+)\s*\]")
_FILTER = re.compile(r"\|\s*(\w+)")
_HARMLESS = frozenset("int float round string lower upper trim default is_defined abs".split())


def parsed(payload: str) -> Any:
    """JSON, or None when it is none."""
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def mapping(payload: str) -> Mapping[str, Any]:
    found = parsed(payload)
    return found if isinstance(found, dict) else {}


def number(value: Any) -> float | None:
    """A number that can be said, however it is written."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        made = float(value)
    except (ValueError, OverflowError):
        return None
    return made if math.isfinite(made) else None


def extractor(template: Any) -> Extract | None:
    """What a value template means; without one, the payload itself. None when it is more than a
    path to a value."""
    if template is None or template == "":
        return lambda payload: payload
    match = _TEMPLATE.fullmatch(str(template).strip())
    if match is None:
        return None
    filters = _FILTER.findall(match["filters"])
    if not set(filters) <= _HARMLESS:
        return None
    steps = [next(part for part in found if part != "") for found in _STEP.findall(match["path"])]
    if match["json"] is None and not steps:
        return lambda payload: _filtered(payload, filters)
    if match["json"] is None:
        return None
    return lambda payload: _filtered(_at(parsed(payload), steps), filters)


def command(template: Any) -> Callable[[Any], str] | None:
    """What a command template makes of a value; None when it is more than the value itself."""
    if template is None or template == "":
        return _text
    parts = re.split(r"\{\{-?\s*value\s*-?\}\}", str(template))
    if any("{{" in part or "{%" in part for part in parts):
        return None
    return lambda value: _text(value).join(parts)


def topic(value: Any) -> str | None:
    """A topic that can be listened to and sent to; None for a pattern, or for no topic at all."""
    if not isinstance(value, str) or not 0 < len(value.encode("utf-8", "replace")) <= 1000:
        return None
    return None if any(sign in value for sign in "#+\0") else value


def _at(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _filtered(value: Any, filters: list[str]) -> Any:
    for name in filters:
        match name:
            case "lower" | "upper" | "trim" if isinstance(value, str):
                value = {"lower": value.lower, "upper": value.upper, "trim": value.strip}[name]()
            case "int" | "round" if (exact := number(value)) is not None:
                value = round(exact) if name == "int" else exact
    return value


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
