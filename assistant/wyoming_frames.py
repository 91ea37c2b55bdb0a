"""Wyoming's frames, read within limits by the server and by the client alike: a peer may claim any
length, and is believed none.

A header in JSON on one line, then `data_length` bytes of JSON, then `payload_length` bytes of
sound. The library reads as much as the header says; this does not.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wyoming.event import Event

LONGEST_LINE = 64 * 1024
MOST_DATA = 64 * 1024
MOST_PAYLOAD = 1024 * 1024
"""Bytes; a second of sound at 48 kHz, eight channels, is 768 kB."""


class MalformedError(Exception):
    """What came is no frame. `str()` says why."""


async def read_event(reader: asyncio.StreamReader) -> Event | None:
    """The next event; None at the end of the stream. `reader` is limited to LONGEST_LINE.

    Raises MalformedError.
    """
    try:
        line = await reader.readline()
    except ValueError as error:  # what asyncio makes of a line over its limit
        raise MalformedError("a header is too long") from error
    if not line:
        return None
    from wyoming.event import Event  # loaded where it is turned on

    header = _object(line)
    kind, data = header.get("type"), header.get("data") or {}
    if not isinstance(kind, str) or not isinstance(data, dict):
        raise MalformedError("a header has no type, or data that is no object")
    try:
        if count := _length(header, "data_length", MOST_DATA):
            data = {**data, **_object(await reader.readexactly(count))}
        count = _length(header, "payload_length", MOST_PAYLOAD)
        payload = await reader.readexactly(count) if count else None
    except asyncio.IncompleteReadError:
        return None
    return Event(kind, data, payload)


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError("that is not JSON") from error
    if not isinstance(found, dict):
        raise MalformedError("that is no JSON object")
    return found


def _length(header: dict[str, Any], name: str, most: int) -> int:
    count = header.get(name) or 0
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= most:
        raise MalformedError(f"{name} is not between 0 and {most}")
    return count
