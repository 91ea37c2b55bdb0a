"""What is said on the control socket: one JSON object a line, in UTF-8, each with its version.

    server   {"v":1,"hello":"assistant","version":"0.1.0"}
    client   {"v":1,"id":7,"do":"ask","text":"what time is it"}
    server   {"v":1,"id":7,"ok":true,"outcome":"answered","reply":"It's noon."}
             {"v":1,"id":8,"ok":false,"code":"muted","error":"The microphone is muted. ..."}
    server   {"v":1,"event":"heard","text":"what time is it"}     after {"do":"events"}

What is not a request exactly as written here is refused with a sentence, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from assistant.written import shown

VERSION = 1
LONGEST_LINE = 16_384
"""Bytes, its end included."""
LONGEST_TEXT = 2_000
"""Characters of what is asked or said."""

Language = Literal["en", "es"]
Text = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]

WIRE_KINDS = {
    "ready": "ready",
    "awake": "waking",
    "listening": "listening",
    "nothing said": "nothing_said",
    "partial": "partial",
    "transcribing": "transcribing",
    "heard": "heard",
    "routed": "routed",
    "thinking": "thinking",
    "source": "source",
    "saying": "speaking",
    "announcing": "timer",
    "idle": "idle",
    "degraded": "degraded",
    "muted": "muted",
    "unmuted": "unmuted",
    "reloaded": "reloaded",
}
"""What the kinds of events are called on the wire; beside them "level" and "missed"."""


class _Request(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="do",
    tag=str.lower,
):
    v: Literal[1]
    id: Annotated[int, Meta(ge=0, le=2**53)] = 0


class Status(_Request, frozen=True, kw_only=True):
    """How it is."""


class Listen(_Request, frozen=True, kw_only=True):
    """What is said next is a command."""


class Stop(_Request, frozen=True, kw_only=True):
    """Silence: the turn that is on, and what rings."""


class Mute(_Request, frozen=True, kw_only=True):
    """Close the microphone."""


class Unmute(_Request, frozen=True, kw_only=True):
    """Open it again."""


class Reload(_Request, frozen=True, kw_only=True):
    """Take in the settings as they are now."""


class Ask(_Request, frozen=True, kw_only=True):
    """Answer a text, in text or also aloud. by_hand: a person typed it just now; what a program
    asks by itself can confirm nothing."""

    text: Text
    language: Language | None = None
    aloud: bool = False
    by_hand: bool = True


class Say(_Request, frozen=True, kw_only=True):
    """Say a text aloud."""

    text: Text
    language: Language | None = None


class Events(_Request, frozen=True, kw_only=True):
    """Tell from now on what happens. kinds: only these (empty: all); level: also how loud it is."""

    kinds: Annotated[list[str], Meta(max_length=40)] = []
    level: bool = False


Request = Status | Listen | Stop | Mute | Unmute | Reload | Ask | Say | Events
_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)


class RefusedError(Exception):
    """A line that is not a request. code: for programs; `str()` is a sentence for people."""

    def __init__(self, code: str, sentence: str, request: int = 0) -> None:
        super().__init__(sentence)
        self.code, self.request = code, request


def decode(line: bytes) -> Request:
    """The request of a line without its end. Raises RefusedError."""
    try:
        return _decoder.decode(line)
    except msgspec.ValidationError as error:
        raise _explained(line, str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("not_json", "This line is not a JSON object in UTF-8.") from error


def _explained(line: bytes, problem: str) -> RefusedError:
    """Why a JSON value is no request; its id, where it has one, so that its sender knows which."""
    try:
        given = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        given = None
    if not isinstance(given, dict):
        return RefusedError("not_json", "This line is not a JSON object in UTF-8.")
    number = given.get("id")
    known = isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= 2**53
    request = number if known and isinstance(number, int) else 0
    if given.get("v") != VERSION:
        return RefusedError(
            "version", f"This is protocol {VERSION}: begin with v={VERSION}.", request
        )
    return RefusedError("bad_request", f"This is no request: {shown(problem)}.", request)


def encode(message: Mapping[str, Any]) -> bytes:
    """A line, its end included."""
    return msgspec.json.encode({"v": VERSION, **message}) + b"\n"


def failure(request: int, code: str, sentence: str) -> bytes:
    return encode({"id": request, "ok": False, "code": code, "error": sentence})
