"""What other programs and files say of themselves: tags of music, calls over D-Bus, tools of MCP
servers."""

from __future__ import annotations

import contextlib
import io
import json
import random
from pathlib import Path
from typing import Any

import av
import numpy as np

from assistant.daemon.bus_server import BusServer
from assistant.daemon.protocol import Status
from assistant.errors import AssistantError
from assistant.handlers.contract import Request
from assistant.handlers.desktop.file_index import File
from assistant.handlers.media import music
from assistant.handlers.servers import seen
from assistant.handlers.servers.family import ServerTools
from assistant.handlers.servers.link import Answer
from assistant.localtime import now
from assistant.server_settings import McpServer
from tests.fuzz.mutating import altered, as_json, cut, damaged, deep_text, odd_text
from tests.fuzz.trying import Kind

# -- tags of music --------------------------------------------------------------------------------

TAGS = {"title": "La bañera", "artist": "A Band", "album": "Second", "genre": "Folk", "track": "3"}
_CODECS = (("flac", "flac", "flac"), ("ogg", "ogg", "libvorbis"), ("opus", "ogg", "libopus"),
           ("mp3", "mp3", "libmp3lame"), ("m4a", "ipod", "aac"), ("aiff", "aiff", "pcm_s16be"),
           ("wma", "asf", "wmav2"))  # fmt: skip


def _tagged(format_: str, codec: str) -> bytes:
    out = io.BytesIO()
    rate = 48_000
    with av.open(out, "w", format=format_) as container:
        container.metadata.update(TAGS)
        stream = container.add_stream(codec, rate=rate, layout="mono")
        tone = np.zeros((1, rate // 10), np.int16)
        frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        frame.rate = rate
        resampler = av.AudioResampler(stream.format, "mono", rate, stream.frame_size or 0)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


class _Music:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.valid: dict[str, bytes] = {}
        for suffix, format_, codec in _CODECS:
            with contextlib.suppress(av.error.FFmpegError, ValueError):
                self.valid[suffix] = _tagged(format_, codec)


def _piece(chance: random.Random, kept: _Music) -> tuple[str, bytes]:
    suffix = chance.choice(sorted(kept.valid))
    raw, others = kept.valid[suffix], list(kept.valid.values())
    raw = cut(raw, chance) if chance.random() < 0.2 else damaged(raw, chance, others)
    return chance.choice((suffix, suffix, suffix, chance.choice(sorted(kept.valid)))), raw


def _told(case: tuple[str, bytes], kept: _Music) -> str | None:
    path = kept.folder / f"x.{case[0]}"
    path.write_bytes(case[1])
    piece = music._tagged(File(path, 0.0, ("x",)))
    told = (piece.title, piece.artist, piece.album, piece.genre, piece.number)
    if not all(isinstance(text, str) for text in told):
        return f"tags that are no text: {told!r}"[:200]
    for kind in ("", "track", "album", "artist", "genre"):
        music._scores(piece, "second by a band", kind)
    music._number(piece.number)
    return None


# -- calls over D-Bus -----------------------------------------------------------------------------

CALLS = (
    ("local.Assistant1", "Status", "", ()),
    ("local.Assistant1", "Status", "s", ("x",)),
    ("local.Assistant1", "Ask", "s", ("turn on the light",)),
    ("local.Assistant1", "Say", "sssss", ("a", "b", "c", "d", "e")),
    ("local.Assistant1", "Nothing", "a{sv}", ({"a": ("as", ["b"])},)),
    ("org.freedesktop.DBus.Introspectable", "Introspect", "", ()),
    ("org.freedesktop.DBus.Peer", "Ping", "", ()),
    ("org.freedesktop.DBus.Properties", "GetAll", "s", ("local.Assistant1",)),
    ("org.freedesktop.DBus.Properties", "Set", "ssv", ("a", "b", ("s", "c"))),
)  # of which none asks for anything to be done


class _Bus:
    """Our service without a bus: what it takes, and what it answers."""

    def __init__(self, _: Path) -> None:
        self.taken: list[Any] = []

    def handle(self, request: Any, answer: Any) -> None:
        self.taken.append(request)
        answer(
            {"ok": True, "state": "waiting", "turns": 3, "last_turn": {"route": {"a": [1, "b"]}}}
        )


def _call(chance: random.Random, _: Any) -> bytes:
    from jeepney import DBusAddress, new_method_call

    made = b""
    for number in range(chance.randint(1, 3)):
        interface, member, signature, body = chance.choice(CALLS)
        path = chance.choice(("/local/Assistant1", "/", "/local", "/x/y"))
        about = DBusAddress(path, "local.Assistant1", interface)
        call = new_method_call(about, member, signature or None, body).serialise(serial=number + 1)
        made += damaged(call, chance, most=3) if chance.random() < 0.8 else call
    return made


def _answered(raw: bytes, bus: _Bus) -> str | None:
    from jeepney import MessageType
    from jeepney.low_level import Parser

    bus.taken.clear()
    try:
        messages = Parser().feed(raw)
    except Exception:  # noqa: BLE001 - the library's own: the connection ends, and begins anew
        return None
    with contextlib.closing(BusServer(bus.handle, words=True)) as server:
        for message in messages:
            if message.header.message_type is MessageType.method_call:
                server._take(message)
        server._pass_on(_Connection())
    odd = [request for request in bus.taken if not isinstance(request, Status)]
    return f"an action: {odd[:1]}" if odd else None


class _Connection:
    """Takes what would be sent."""

    def send(self, message: Any) -> None:
        message.serialise(serial=7)


# -- tools of MCP servers -------------------------------------------------------------------------

TOOLS = [
    {"name": "get_weather", "description": "Tells the weather.", "read_only": True,
     "destructive": None, "schema": {"type": "object", "required": ["city"], "properties": {
         "city": {"type": "string", "maxLength": 40}, "days": {"type": "integer", "minimum": 1,
         "maximum": 7}, "unit": {"enum": ["metric", "imperial", 3]}, "when": {"type": "string",
         "format": "date-time"}, "on": {"anyOf": [{"type": "boolean"}, {"type": "null"}]}}}},
    {"name": "wipe", "schema": {"properties": {"all": {"type": ["boolean", "null"]}}}},
]  # fmt: skip
GIVEN = {"city": "Paris", "days": 3, "unit": "metric", "when": now(), "on": "yes", "all": "no"}


class _Server:
    """Answers whatever it is asked; counts what it should not have been."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tools.json"
        self.settings = McpServer(command=["true"], allow=["get_weather", "wipe", "x", ""])
        self.sent: list[Any] = []

    def call(self, name: str, server: Any, tool: Any, arguments: Any, seconds: float) -> Answer:
        self.sent.append(arguments)
        return Answer("Sunny.", ok=True)

    def close(self) -> None:
        pass


def _tools(chance: random.Random, _: Any) -> bytes:
    if chance.random() < 0.04:
        return b'{"weather": ' + deep_text(chance) + b"}"
    tools = altered(TOOLS, chance, 0.15)
    if chance.random() < 0.3 and isinstance(tools, list) and tools and isinstance(tools[0], dict):
        tools[0]["name"] = odd_text(chance)
    raw = as_json({"weather": tools}, chance)
    return damaged(raw, chance) if chance.random() < 0.3 else raw


def _offered(raw: bytes, server: _Server) -> str | None:
    server.sent.clear()
    server.file.write_bytes(raw)
    known = seen.read(server.file).get("weather", {})
    family = ServerTools("weather", server.settings, known, server, 5.0)
    request = Request("the weather", "en", now(), "", None)
    for function in family.functions:
        given = {name: GIVEN[name] for name in function.slots if name in GIVEN}
        with contextlib.suppress(AssistantError):
            function.call(request, **given)
    for tool in known.values():
        if not tool.shown.isprintable():
            return "a description that a terminal would obey"
    json.dumps(server.sent)  # what is sent to it is JSON
    return None


KINDS = [
    Kind("tags of music", 2_000, _Music, _piece, _told),
    Kind("d-bus calls", 3_000, _Bus, _call, _answered),
    Kind("tools of servers", 3_000, _Server, _tools, _offered),
]
