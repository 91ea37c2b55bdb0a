"""What peers send: the control socket, Wyoming from both sides, MCP, MQTT, D-Bus, a model's own
words. None of the valid inputs asks for anything to be done, so nothing may be done."""

# ruff: noqa: E501  the inputs are as they are

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from assistant import remote
from assistant.config import load
from assistant.daemon import protocol
from assistant.daemon.server import ControlServer
from assistant.daemon.wyoming_peer import WyomingPeer
from assistant.errors import AssistantError
from assistant.handlers.bus_wire import read_values
from assistant.handlers.home.discovery import Discovery
from assistant.handlers.home.house import House
from assistant.handlers.home.zigbee import Zigbee
from assistant.speak.markdown import plain
from assistant.speak.sentences import split_stream
from assistant.speak.text import speakable
from assistant.think import calls
from assistant.types import Transcript, Utterance
from tests.fuzz.mutating import altered, as_json, cut, damaged, deep_text, odd, odd_text
from tests.fuzz.trying import Kind
from tests.mosquitto import BLIND, FAN, HEATING, LAMP, LOCK

# -- the control socket ---------------------------------------------------------------------------

LINES = [
    {"v": 1, "id": 7, "do": "status"},
    {"v": 1, "id": 7, "do": "ask", "text": "what time is it", "language": "en", "aloud": False},
    {"v": 1, "id": 8, "do": "say", "text": "hello"},
    {"v": 1, "id": 9, "do": "events", "kinds": ["idle", "heard"], "level": True},
    {"v": 1, "do": "mute"},
    {"v": 1, "do": "reload"},
]


def _line(chance: random.Random, _: Any) -> bytes:
    if chance.random() < 0.05:
        return deep_text(chance)
    line = as_json(altered(chance.choice(LINES), chance, 0.4), chance)
    return damaged(line, chance, _RAW) if chance.random() < 0.6 else line


_RAW = [json.dumps(line).encode() for line in LINES]


def _decoded(line: bytes, _: Any) -> str | None:
    """Refused, or a request exactly as it is written: encoded again it is the same."""
    made = protocol.decode(line)
    if isinstance(made, protocol.Ask | protocol.Say) and not 0 < len(made.text) <= 2000:
        return "a text out of its bounds was taken"
    return None


class _Served:
    """A control server whose requests are only counted."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "s"
        self.taken: list[str] = []

    def start(self) -> ControlServer:
        def handle(request: Any, answer: Any) -> None:
            self.taken.append(type(request).__name__)
            answer({"ok": True})

        return ControlServer(self.path, handle)


def _stream(chance: random.Random, served: _Served) -> bytes:
    """Several lines, of which none is a request: each is damaged."""
    lines = []
    for _ in range(chance.randint(1, 6)):
        line = _line(chance, None)
        with contextlib.suppress(protocol.RefusedError):
            protocol.decode(line)
            line = line[:-1]  # it was one
        lines.append(line.replace(b"\n", b" "))
    return b"\n".join(lines) + b"\n" * chance.randrange(2)


def _sent(stream: bytes, served: _Served) -> str | None:
    """To a server: it takes nothing of it, and serves the next peer."""
    served.taken = []
    server = served.start()
    server.start()
    try:
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(20)
            peer.connect(str(served.path))
            with contextlib.suppress(OSError):  # it lets a peer go that sends too much of it
                peer.sendall(stream)
                peer.shutdown(socket.SHUT_WR)
                while peer.recv(65536):
                    pass
        with socket.socket(socket.AF_UNIX) as peer:
            peer.settimeout(20)
            peer.connect(str(served.path))
            if b"hello" not in peer.recv(1000):
                return "the next peer is not served"
    finally:
        server.close()
    return f"an action: {served.taken}" if served.taken else None


# -- Wyoming, as a server and as a client ---------------------------------------------------------


def frame(kind: str, data: Any = None, payload: bytes = b"", **header: Any) -> bytes:
    inner = json.dumps(data).encode() if data is not None else b""
    head = {"type": kind, "version": "1.8.0", "data_length": len(inner),
            "payload_length": len(payload), **header}  # fmt: skip
    return json.dumps(head).encode() + b"\n" + inner + payload


_AUDIO = {"rate": 16000, "width": 2, "channels": 1}
FRAMES = [
    frame("describe"),
    frame("ping", {"text": "hi"}),
    frame("transcribe", {"language": "en"}),
    frame("detect", {"names": ["okay_nabu"]}),
    frame("audio-start", {**_AUDIO, "timestamp": 0}),
    frame("audio-chunk", {**_AUDIO, "timestamp": 3}, b"\1\0" * 800),
    frame("audio-stop", {"timestamp": 9}),
    frame("synthesize", {"text": "Hello. How are you?", "voice": {"language": "en"}}),
]
ANSWERS = [
    frame("transcript", {"text": "what time is it", "language": "en"}),
    frame("error", {"text": "no", "code": "x"}),
    frame("info", {"asr": []}),
]


class _Services:
    """Engines that do nothing, and are told apart from functions, which must not be called."""

    def __init__(self) -> None:
        self.handled = 0
        self.config = load(['wyoming.serve=["stt","tts","wake","intents"]']).config

    def offered(self) -> frozenset[str]:
        return frozenset({"stt", "tts", "wake", "intents"})

    def detector(self) -> Any:
        return SimpleNamespace(process=lambda samples: None)

    def sentences(self, text: str, language: str) -> list[str]:
        return [speakable(part, language) for part in split_stream(iter([text[:200]]))]

    def transcribe(self, samples: Any) -> Future[Any]:
        return _done(Transcript("hello", "en", 1.0, 0.0, len(samples) / 16000))

    def synthesize(self, sentence: str, language: str) -> Future[Any]:
        return _done(SimpleNamespace(rate=16000, samples=np.zeros(10, np.int16)))

    def handle(self, text: str, language: str) -> Future[Any]:
        self.handled += 1
        return _done(None)


def _done(value: Any) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(value)
    return future


def _frames(chance: random.Random, frames: list[bytes]) -> bytes:
    made = []
    for _ in range(chance.randint(1, 6)):
        one = chance.choice(frames)
        roll = chance.random()
        if roll < 0.3:
            one = damaged(one, chance, frames)
        elif roll < 0.6:
            kind = chance.choice(("audio-chunk", "audio-start", "ping", "synthesize", "detect"))
            data = altered({**_AUDIO, "text": "x", "names": ["a"], "timestamp": 1}, chance, 0.4)
            header = {odd_text(chance): odd(chance)} if chance.random() < 0.3 else {}
            if chance.random() < 0.3:
                header[chance.choice(("data_length", "payload_length", "type", "data"))] = odd(
                    chance
                )
            with contextlib.suppress(TypeError):
                one = frame(kind, data, chance.randbytes(chance.randrange(64)), **header)
        elif roll < 0.65:
            one = deep_text(chance) + b"\n"
        made.append(one)
    whole = b"".join(made)
    return cut(whole, chance) if chance.random() < 0.3 else whole


class _Writer:
    """What a peer would be sent."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: bytes) -> None:
        self.size += len(data)

    def writelines(self, parts: Any) -> None:
        self.size += sum(map(len, parts))

    async def drain(self) -> None:
        pass


def _served_frames(stream: bytes, services: _Services) -> str | None:
    services.handled = 0

    async def run() -> None:
        reader = asyncio.StreamReader(limit=64 * 1024)
        reader.feed_data(stream)
        reader.feed_eof()
        await WyomingPeer(services, reader, _Writer()).run()

    asyncio.run(run())
    return "an action: a function was called" if services.handled else None


class _Machine:
    """Another machine, which gives one answer, whatever it is asked."""

    @contextlib.contextmanager
    def answering(self, answer: bytes) -> Iterator[int]:
        """The port at which it does."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            thread = threading.Thread(target=self._serve, args=(listening, answer))
            thread.start()
            yield listening.getsockname()[1]
            thread.join()

    def _serve(self, listening: socket.socket, answer: bytes) -> None:
        peer, _ = listening.accept()
        with peer, contextlib.suppress(OSError):
            peer.sendall(answer)
            peer.shutdown(socket.SHUT_WR)
            peer.settimeout(5)
            while peer.recv(65536):
                pass


def _asked(answer: bytes, machine: _Machine) -> str | None:
    """Whatever another machine answers, we hear ourselves or take its words, as text."""
    ours = SimpleNamespace(transcribe=lambda said: Transcript("ours", "en", 1, 0, 1.0))
    with machine.answering(answer) as port:
        asks = remote.RemoteTranscriber(("127.0.0.1", port), ("en",), lambda: ours)
        heard = asks.transcribe(Utterance(np.zeros(160, np.int16), "silence", 0.0))
    if not isinstance(heard.text, str) or len(heard.text) > 2000:
        return f"heard {type(heard.text).__name__} of {len(str(heard.text))} characters"
    if not (heard.language is None or isinstance(heard.language, str)):
        return f"a language that is {type(heard.language).__name__}"
    return None


# -- MCP ------------------------------------------------------------------------------------------

ASKED = [
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"}}},
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
    {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}},
    {"jsonrpc": "2.0", "id": 3, "method": "tools/call",
     "params": {"name": "nothing.there", "arguments": {"a": "b"}}},
    {"jsonrpc": "2.0", "id": 4, "method": "ping"},
]  # fmt: skip


class _Agent:
    """The server on pipes, one after another."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def listed(self) -> list[Any]:
        return []

    def call(self, name: str, arguments: Any) -> Any:
        from assistant.daemon.mcp_tools import Answer

        self.called.append(name)
        return Answer("There is no such tool.", ok=False)


def _asked_by_agent(chance: random.Random, _: Any) -> list[bytes]:
    lines = [json.dumps(ASKED[0]).encode()] if chance.random() < 0.7 else []
    for _n in range(chance.randint(1, 5)):
        raw = as_json(altered(chance.choice(ASKED), chance, 0.3), chance)
        lines.append(damaged(raw, chance) if chance.random() < 0.4 else raw)
    return [line.replace(b"\n", b" ") for line in lines]


def _talk_to_agent(lines: list[bytes], agent: _Agent) -> str | None:
    import io

    import anyio
    from mcp.server.stdio import stdio_server

    from assistant.daemon.mcp_server import server

    agent.called = []
    given = io.TextIOWrapper(io.BytesIO(b"\n".join(lines) + b"\n"), "utf-8", errors="replace")
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="replace")

    async def run() -> None:
        ours = server(agent)
        async with stdio_server(anyio.wrap_file(given), anyio.wrap_file(said)) as (incoming, out):
            await asyncio.wait_for(
                ours.run(incoming, out, ours.create_initialization_options()), 20
            )

    asyncio.run(run())
    wrong = [name for name in agent.called if not isinstance(name, str)]
    return f"called with {wrong}" if wrong else None


# -- the smart home and the desktop ---------------------------------------------------------------

DEVICES = [
    {"friendly_name": name, "ieee_address": f"0x{n}", "type": "Router",
     "definition": {"exposes": exposes, "description": "A thing"},
     "endpoints": {"1": {"scenes": [{"id": 1, "name": "Cosy"}]}}}
    for n, (name, exposes) in enumerate(
        {"Lamp": LAMP, "Fan": FAN, "Blind": BLIND, "Heat": HEATING, "Lock": LOCK}.items())
]  # fmt: skip
DISCOVERED = [
    ("light", {"~": "home/lamp", "name": "Lamp", "stat_t": "~/s", "cmd_t": "~/c", "bri_stat_t": "b",
               "rgb_cmd_t": "r", "uniq_id": "u", "dev": {"name": "K", "sa": "Kitchen", "ids": "x"},
               "avty": [{"t": "~/there", "pl_avail": "yes"}]}),
    ("light", {"schema": "json", "name": "Strip", "state_topic": "s", "command_topic": "c",
               "supported_color_modes": ["hs", "color_temp"], "effect_list": ["rainbow"]}),
    ("climate", {"name": "Heat", "temp_cmd_t": "t", "temp_stat_t": "ts", "modes": ["heat", "off"],
                 "mode_command_topic": "m", "min_temp": 5, "max_temp": 30, "temp_step": 0.5}),
    ("cover", {"name": "Blind", "command_topic": "c", "position_topic": "p", "set_pos_t": "sp",
               "device_class": "blind"}),
    ("sensor", {"name": "T", "state_topic": "s", "unit_of_measurement": "°C",
                "value_template": "{{ value_json.a.b | float }}"}),
    ("fan", {"name": "Fan", "command_topic": "c", "pct_cmd_t": "p", "preset_modes": ["low"]}),
    ("lock", {"name": "Door", "command_topic": "c", "state_topic": "s", "code_format": "^1$"}),
    ("vacuum", {"name": "Robot", "command_topic": "c", "supported_features": ["start"]}),
    ("device", {"device": {"name": "D"}, "components": {"a": {"platform": "switch", "name": "S",
                "command_topic": "c", "state_topic": "s"}}}),
]  # fmt: skip
STATES = [{"state": "ON", "brightness": 20, "color": {"h": 1, "s": 2, "x": 0.3, "y": 0.3},
           "color_temp": 300, "position": 50, "current_temperature": 20.5, "battery": 50,
           "a": {"b": 3}, "action": "idle", "fan_mode": "low"}]  # fmt: skip


def _messages(chance: random.Random, _: Any) -> list[tuple[str, str]]:
    made = []
    for _n in range(chance.randint(1, 5)):
        roll = chance.random()
        if roll < 0.4:
            component, config = chance.choice(DISCOVERED)
            topic, value = f"homeassistant/{component}/k/config", altered(config, chance, 0.2)
        elif roll < 0.6:
            topic, value = "zigbee2mqtt/bridge/devices", altered(DEVICES, chance, 0.04)
        elif roll < 0.7:
            topic, value = "zigbee2mqtt/bridge/groups", altered(
                [{"id": 1, "friendly_name": "All", "members": [{"ieee_address": "0x0"}],
                  "scenes": [{"id": 1, "name": "A"}]}], chance, 0.2)  # fmt: skip
        else:
            topics = ("home/lamp/s", "s", "b", "p", "ts", "zigbee2mqtt/Lamp", "zigbee2mqtt/Heat")
            topic = chance.choice((*topics, odd_text(chance)))
            value = altered(chance.choice(STATES), chance, 0.4)
        raw = as_json(value, chance)
        if chance.random() < 0.3:
            raw = damaged(raw, chance) if chance.random() < 0.9 else deep_text(chance)
        made.append((topic, raw.decode("utf-8", "replace")))
    return made


def _told(messages: list[tuple[str, str]], _: Any) -> str | None:
    house, zigbee, found = House(), Zigbee("zigbee2mqtt"), Discovery("homeassistant", "zigbee2mqtt")
    for topic, payload in messages:
        for reader in (zigbee, found):
            if (told := reader.heard(topic, payload)) is not None:
                house.told(topic, told)
        house.heard(topic, payload)
    for entity in house.entities:
        house.state(entity)
        for name, write in entity.writes.items():
            value = {"color": (1, 2, 3), "power": "on"}.get(name, 20)
            with contextlib.suppress(AssistantError, ValueError, TypeError, KeyError):
                if any(any(s in m.topic for s in "#+\0") for m in write(value)):
                    return f"a message to a pattern of topics: {name}"
    list(house.rooms)
    return None


def _bus_message(chance: random.Random, _: Any) -> bytes:
    from jeepney import DBusAddress, new_signal

    about = DBusAddress("/org/mpris/MediaPlayer2", "org.x", "org.mpris.MediaPlayer2.Player")
    body = ({"title": ("s", "Lady"), "n": ("v", ("i", 3)), "artists": ("as", ["A", "B"]),
             "pairs": ("a(sv)", [("a", ("u", 1))])}, 1.5, ["x"], b"bytes")  # fmt: skip
    message = new_signal(about, "PropertiesChanged", "a{sv}dasay", body)
    message.header.fields  # noqa: B018
    return damaged(message.serialise(serial=1), chance, most=3)


def _read_from_bus(raw: bytes, _: Any) -> str | None:
    """The library's parser first, whose refusal ends the connection; what it takes, we read."""
    from jeepney.low_level import Message

    try:
        message = Message.from_buffer(raw)
    except Exception:  # noqa: BLE001 - its own: the connection ends
        return None
    read_values(message)
    return None


# -- what a language model writes -----------------------------------------------------------------

CALL = b'[{"function": "timers.start", "length": "ten minutes"}, {"function": "clock.time"}]'
PROSE = (
    "# Whales\n\nA whale is **large**, up to 30 m (98 ft). See [here](http://x.org).\n\n- one\n- two\n",
    "| a | b |\n|--|--|\n| 1 | 2 |\n\n```python\nprint(1)\n```\n> quoted 5 kg, 1/2, $5.20, 10%",
    "El 3 de mayo de 2026, a las 17:30, pagué 1.234,56 €. ¿Qué? ¡Sí! Dr. García vive en la c/ Mayor.",
    "The 42nd of 1,000,000 at 7:05 p.m. costs £3.50; e.g. NASA's mk. II, a@b.org, www.x.org/a?b=c",
)  # fmt: skip


def _written(chance: random.Random, _: Any) -> bytes:
    raw = as_json(altered(json.loads(CALL), chance, 0.3), chance)
    return damaged(raw, chance) if chance.random() < 0.5 else raw


def _read_calls(raw: bytes, _: Any) -> str | None:
    likely = [(n, 0.9) for n in range(0, len(raw), 3)]
    for call in calls.calls(raw, likely):
        if not isinstance(call.tool, str):
            return "a call of no name"
    return None


def _prose(chance: random.Random, _: Any) -> str:
    if chance.random() < 0.04:
        return "".join(chance.choice("*_[](){}<>#`>-|!") for _ in range(chance.choice((50, 2000))))
    text = chance.choice(PROSE) + odd_text(chance)
    parts = list(text)
    for _n in range(chance.randint(1, 10)):
        at = chance.randrange(len(parts) + 1)
        parts[at:at] = list(odd_text(chance)[:2000])
    return "".join(parts)[:20_000]


def _spoken(text: str, _: Any) -> str | None:
    for language in ("en", "es"):
        for part in split_stream(iter([plain(text)])):
            said = speakable(part, language)
            if "\0" in said:
                return "a NUL is spoken"
    return None


KINDS = [
    Kind("socket lines", 14_000, lambda _: None, _line, _decoded, (protocol.RefusedError,)),
    Kind("socket server", 1_500, _Served, _stream, _sent),
    Kind("wyoming frames", 9_000, lambda _: _Services(),
         lambda chance, _: _frames(chance, FRAMES), _served_frames),
    Kind("wyoming answers", 1_500, lambda _: _Machine(),
         lambda chance, _: _frames(chance, ANSWERS), _asked),
    Kind("mcp", 1_000, lambda _: _Agent(), _asked_by_agent, _talk_to_agent),
    Kind("mqtt", 8_000, lambda _: None, _messages, _told),
    Kind("d-bus values", 3_000, lambda _: None, _bus_message, _read_from_bus),
    Kind("model calls", 4_000, lambda _: None, _written, _read_calls),
    Kind("model prose", 2_500, lambda _: None, _prose, _spoken),
]  # fmt: skip
