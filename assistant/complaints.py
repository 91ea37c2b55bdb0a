"""What is wrong with a setting, in words of the one who wrote it.

msgspec says "Expected `float`, got `str`" and "Invalid enum value": right, but for programmers, and
it does not tell which values there are.
"""

from __future__ import annotations

import re
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}
_TYPE = re.compile(r"`(\w+)`")
_EXPECTED = re.compile(r"^Expected (?P<wanted>.*?)(?:, got (?P<got>.*))?$")
_ENUM = re.compile(r"^Invalid enum value (?P<value>.*)$", re.DOTALL)


def plainly(complaint: str, schema: type[msgspec.Struct], key: str) -> str:
    """`complaint` of msgspec about the value at `key` ("stt.beam"), without the full stop."""
    if found := _ENUM.match(complaint):
        allowed = ", ".join(map(str, choices(schema, key)))
        value = found["value"]
        return f"{value} is not one of {allowed}" if allowed else f"{value} is not allowed"
    if found := _EXPECTED.match(complaint):
        got = f", not {_named(found['got'])}" if found["got"] else ""
        return f"it must be {_named(found['wanted'])}{got}"
    return complaint


def choices(schema: type[msgspec.Struct], key: str) -> tuple[object, ...]:
    """The values that a setting can have, where they are a few; else nothing."""
    kind: Any = schema
    for part in key.split("."):
        if not isinstance(kind, type) or not issubclass(kind, msgspec.Struct):
            return ()
        kind = get_type_hints(kind).get(part)
    return get_args(kind) if get_origin(kind) is Literal else ()


def _named(types: str) -> str:
    return _TYPE.sub(lambda match: _TYPES.get(match[1], match[0]), types).replace(" | ", " or ")
