"""The Wyoming server, met by the real client of the protocol's own library."""

import asyncio
import contextlib
import dataclasses
import json
import socket
import threading
import time
import tracemalloc
from concurrent.futures import Future

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.error import Error
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong
from wyoming.tts import Synthesize, SynthesizeVoice
from wyoming.wake import Detect, Detection, NotDetected

from assistant import remote
from assistant.config import load
from assistant.daemon.wyoming_server import MOST_PEERS, WyomingServer
from assistant.daemon.wyoming_services import Services
from assistant.errors import AssistantError, ConfigError
from assistant.neighbours import near
from assistant.remote import AGAIN_AFTER, RemoteTranscriber, address
from assistant.stages import Stages, Verdict
from assistant.testing import FakeActor, FakeRouter, FakeTranscriber, FakeVoice
from assistant.think.memory import Conversation
from assistant.turn import run_turn
from assistant.types import Intent, Reply, Utterance
from assistant.worker import Cancel, Worker
from assistant.wyoming_frames import MOST_PAYLOAD
from tests.speaking import speak

ALL = 'wyoming.serve=["stt","tts","wake","intents"]'
TIME = Intent("clock.time", {}, "templates", 1.0, "matched")


class Hears(FakeTranscriber):
    """Also keeps what it was given."""

    def __init__(self, texts):
        super().__init__(texts)
        self.given = []

    def transcribe(self, utterance):
        self.given.append(utterance.samples)
        return super().transcribe(utterance)


class Bench:
    def __init__(self, *given):
        self.config = load(given or [ALL]).config
        self.heard = Hears(["turn on the light", ValueError("inside"), "again"])
        self.voice = FakeVoice()
        self.actor = FakeActor({"clock.time": Reply("It is noon.", "en")})
        stt, act, tts = (
            Worker("stt", lambda: self.heard),
            Worker("act", lambda: self.actor),
            Worker("tts", lambda: self.voice),
        )
        self.workers = [stt, act, tts]
        router = FakeRouter({"what time is it": TIME})
        self.stages = Stages(stt, router, act, None, {"en": tts}, lambda _: [])
        self.errands = []
        services = Services(lambda: self.config, lambda: self.stages, self.take)
        self.server = WyomingServer(services, "127.0.0.1", 0)
        self.server.start()

    def take(self, errand):
        self.errands.append(errand)
        done = Future()
        turn = run_turn(errand.wanted, self.stages, None, Cancel(), Conversation(1))
        done.set_result(turn)
        return done

    def close(self):
        self.server.close()
        for worker in self.workers:
            worker.close()

    def talk(self, conversation):
        async def run():
            async with AsyncTcpClient("127.0.0.1", self.server.port) as client:
                return await asyncio.wait_for(conversation(client), 120)

        return asyncio.run(run())

    def raw(self):
        return socket.create_connection(("127.0.0.1", self.server.port), timeout=60)


@pytest.fixture
def bench():
    one = Bench()
    yield one
    one.close()


async def send_sound(client, samples, rate=16_000, channels=1):
    frames = np.repeat(samples[:, np.newaxis], channels, axis=1).astype("<i2").tobytes()
    await client.write_event(AudioStart(rate, 2, channels).event())
    for at in range(0, len(frames), 3200 * channels):
        piece = frames[at : at + 3200 * channels]
        await client.write_event(AudioChunk(rate, 2, channels, piece, timestamp=at).event())


def test_it_describes_what_is_on():
    for serve, expected in [('["stt"]', {"asr"}), ('["tts","intents"]', {"tts", "handle"})]:
        bench = Bench(f"wyoming.serve={serve}")

        async def describe(client):
            await client.write_event(Describe().event())
            return Info.from_event(await client.read_event())

        found = bench.talk(describe)
        bench.close()
        names = {"asr", "tts", "wake", "handle", "intent", "mic", "snd"}
        assert {name for name in names if getattr(found, name)} == expected


def test_ping(bench):
    async def ping(client):
        await client.write_event(Ping("hi").event())
        return Pong.from_event(await client.read_event())

    assert bench.talk(ping).text == "hi"


def test_speech_to_text(bench):
    sound = (np.sin(np.arange(48_000) / 20) * 9000).astype(np.int16)

    async def transcribe(client):
        await client.write_event(Transcribe(language="en").event())
        await send_sound(client, sound, rate=48_000, channels=2)
        await client.write_event(AudioStop().event())
        return Transcript.from_event(await client.read_event())

    assert bench.talk(transcribe).text == "turn on the light"
    [given] = bench.heard.given
    assert len(given) == pytest.approx(16_000, abs=10)
    assert 8000 < abs(given).max() < 10_000


def test_an_engine_that_fails_is_told_and_the_next_is_heard(bench):
    async def twice(client):
        replies = []
        for _ in range(3):
            await send_sound(client, np.zeros(1600, np.int16))
            await client.write_event(AudioStop().event())
            replies.append(await client.read_event())
        return replies

    first, second, third = bench.talk(twice)
    assert Error.is_type(second.type) and "inside" not in second.data["text"]
    assert [Transcript.from_event(e).text for e in (first, third)] == ["turn on the light", "again"]


def test_text_to_speech(bench):
    async def synthesize(client):
        voice = SynthesizeVoice(language="en_US")
        await client.write_event(Synthesize("Hello there. It is noon.", voice).event())
        start = AudioStart.from_event(await client.read_event())
        sound = b""
        while not AudioStop.is_type((event := await client.read_event()).type):
            sound += AudioChunk.from_event(event).audio
        return start, sound

    start, sound = bench.talk(synthesize)
    assert (start.rate, start.width, start.channels) == (16_000, 2, 1)
    assert bench.voice.said == ["Hello there.", "It is noon."]
    assert len(sound) == 2 * 5 * 2400  # five words


def test_intents_are_done_but_not_by_hand(bench):
    async def handle(client):
        replies = []
        for text in ("what time is it", "frobnicate"):
            await client.write_event(Transcript(text).event())
            replies.append(await client.read_event())
        return replies

    done, not_done = bench.talk(handle)
    assert Handled.from_event(done).text == "It is noon."
    assert NotHandled.is_type(not_done.type)
    assert bench.actor.done == ["clock.time"]
    assert not any(errand.aloud or errand.wanted.by_hand for errand in bench.errands)


@pytest.mark.models
def test_wake_word(bench):
    word = speak(0.5, "Okay Nabu.", 1.0)

    async def detect(client):
        await client.write_event(Detect().event())
        await send_sound(client, np.concatenate([np.zeros(16_000, np.int16), word]))
        await client.write_event(AudioStop().event())
        events = []
        while not NotDetected.is_type((event := await client.read_event()).type):
            events.append(event)
        return events

    [found] = bench.talk(detect)
    assert Detection.from_event(found).name == "okay_nabu"


class Second:
    """A second look that says what it is told to, or fails."""

    def __init__(self, says):
        self.says, self.looked_at = says, []

    def verify(self, samples, word):
        self.looked_at.append((len(samples), word))
        if self.says is None:
            raise ValueError("inside")
        return Verdict(self.says, 0.5, "")


@pytest.mark.models
@pytest.mark.parametrize(("says", "count"), [(True, 1), (False, 0), (None, 1)])
def test_a_second_look_at_the_wake_word(bench, says, count):
    second = Second(says)
    bench.workers.append(Worker("verify", lambda: second))
    bench.stages = dataclasses.replace(bench.stages, verifier=bench.workers[-1])
    sound = np.concatenate([np.zeros(40_000, np.int16), speak(0.5, "Okay Nabu.", 1.0)])

    async def detect(client):
        await client.write_event(Detect().event())
        await send_sound(client, sound)
        await client.write_event(AudioStop().event())
        events = []
        while not NotDetected.is_type((event := await client.read_event()).type):
            events.append(event)
        return events

    assert len(bench.talk(detect)) == count
    assert second.looked_at == [(35_200, "okay_nabu")]


def test_what_is_not_served_is_refused():
    bench = Bench('wyoming.serve=["tts"]')

    async def ask(client):
        replies = []
        for event in (
            Transcribe().event(),
            Detect().event(),
            Transcript("what time is it").event(),
        ):
            await client.write_event(event)
            replies.append(await client.read_event())
        return replies

    replies = bench.talk(ask)
    bench.close()
    assert all(Error.is_type(reply.type) for reply in replies)
    assert bench.errands == []


def test_too_much_of_anything(bench):
    async def too_long(client):
        await client.write_event(Synthesize("x" * 2001).event())
        first = await client.read_event()
        await client.write_event(Transcribe().event())
        await client.write_event(AudioStart(8000, 2, 1).event())
        for _ in range(61):
            await client.write_event(AudioChunk(8000, 2, 1, bytes(16_000)).event())
        return first, await client.read_event()

    for reply in bench.talk(too_long):
        assert Error.is_type(reply.type), reply
    peers = [bench.raw() for _ in range(MOST_PEERS)]
    time.sleep(0.2)
    with bench.raw() as one_more:
        assert one_more.recv(10) == b""
    for peer in peers:
        peer.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"x" * 70_000,
        b"not json\n",
        b"[1]\n",
        b"{}\n",
        b'{"type":"ping","payload_length":10000000000000}\n',
        b'{"type":"ping","data_length":-5}\n',
        b'{"type":"ping","data_length":"many"}\n',
        b'{"type":"audio-chunk","data":{"rate":0,"width":2,"channels":1},"payload_length":2}\nab',
        b'{"type":"audio-chunk","data":{"rate":16000,"width":2,"channels":3},"payload_length":2}\nab',
        b'{"type":"audio-chunk"}\n',
        b'{"type":"synthesize","data":{"text":["a"],"voice":7}}\n',
        b'{"type":"transcript","data":[]}\n' + b"[" * 60_000 + b"\n",
    ],
)
def test_a_malformed_frame_ends_the_connection_and_nothing_else(bench, sent):
    with bench.raw() as peer:
        with contextlib.suppress(OSError):
            peer.sendall(sent)
        peer.settimeout(60)
        got = b""
        with contextlib.suppress(OSError):
            while piece := peer.recv(4096):
                got += piece
                if b"refused" in got:
                    break
    if got:
        assert json.loads(got.splitlines()[0])["type"] == "error"
    assert bench.errands == []
    test_ping(bench)


frames = st.builds(
    lambda kind, data, payload, lie: (
        json.dumps(
            {"type": kind, "data": data, "payload_length": max(0, len(payload) + lie)}
        ).encode()
        + b"\n"
        + payload
    ),
    st.sampled_from(
        ["transcribe", "detect", "audio-start", "audio-chunk", "audio-stop", "nothing"]
    ),
    st.dictionaries(
        st.sampled_from(["rate", "width", "channels", "timestamp", "names", "language"]),
        st.integers(-5, 50_000) | st.text(max_size=5) | st.none(),
    ),
    st.binary(max_size=40),
    st.integers(-3, 3) | st.just(MOST_PAYLOAD),
)


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(frames | st.binary(max_size=60), max_size=8))
def test_no_frames_stop_the_server_or_do_anything(bench, sent):
    with bench.raw() as peer, contextlib.suppress(OSError):
        for piece in sent:
            peer.sendall(piece)
    test_ping(bench)
    assert bench.errands == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "8.8.8.8", "example.org", ""])
def test_it_listens_to_no_strangers(bench, host):
    with pytest.raises(ConfigError, match="no passwords"):
        WyomingServer(None, host, 0)


def test_who_is_near():
    yes = ["127.0.0.1", "::1", "localhost", "192.168.1.7", "10.2.3.4", "fd00::1"]
    yes += ["::ffff:127.0.0.1", "::ffff:192.168.1.7"]
    no = ["0.0.0.0", "::", "1.1.1.1", "2606:4700::1111", "evil.example"]
    no += ["::ffff:8.8.8.8", "::ffff:0.0.0.0", "::ffff:0808:0808"]
    assert [near(a) for a in yes + no] == [True] * len(yes) + [False] * len(no)


def test_a_port_that_is_taken(bench):
    other = WyomingServer(None, "127.0.0.1", bench.server.port)
    with pytest.raises(AssistantError, match="Choose another"):
        other.start()


# -- the other side -------------------------------------------------------------------------------


class Weak:
    """A machine that asks the bench, and can do it itself."""

    def __init__(self, port, languages=("en",)):
        self.time, self.loads = 0.0, 0
        self.own = Hears(["by myself", "by myself", "by myself"])
        self.remote = RemoteTranscriber(
            ("127.0.0.1", port), languages, self.load, lambda: self.time
        )

    def load(self):
        self.loads += 1
        return self.own

    def hear(self):
        return self.transcript().text

    def transcript(self):
        samples = np.full(16_000, 5000, np.int16)
        return self.remote.transcribe(Utterance(samples, "silence", 0.0))


@pytest.fixture
def patient(monkeypatch):
    """Nobody is given up because this machine is slow."""
    monkeypatch.setattr(remote, "CONNECT_WITHIN", 60.0)
    monkeypatch.setattr(remote, "PATIENCE", 60.0)


def test_a_stronger_machine_hears_and_we_do_when_it_is_gone(bench, patient):
    weak = Weak(bench.server.port)
    weak.remote.expect(["Turn on the light."], [], [])
    assert weak.hear() == "turn on the light"
    assert weak.loads == 0, "its own model takes no memory until it is needed"
    assert (bench.heard.given[0] == 5000).all() and len(bench.heard.given[0]) == 16_000
    assert weak.hear() == "by myself", "the other one failed"
    assert weak.own.expected == ["Turn on the light."]
    assert weak.hear() == "by myself", "and is left alone for a while"
    weak.time = AGAIN_AFTER + 1
    assert weak.hear() == "again"
    bench.server.close()
    weak.time = 3 * AGAIN_AFTER
    assert weak.hear() == "by myself"
    assert weak.loads == 1


@contextlib.contextmanager
def machine(says, stays=False):
    """One that takes the sound, and answers with pieces of bytes, each when the last was read.
    stays: it takes all of the sound; one that goes before resets the connection."""
    server, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve():
        peer, _ = server.accept()
        with peer, contextlib.suppress(OSError):
            peer.recv(100)
            for piece in says:
                peer.sendall(piece)
                if over.is_set():
                    return
            while stays and peer.recv(65_536):
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        over.set()
        thread.join()
        server.close()


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"nonsense\n",
        b'{"type":"error","data":{"text":"no"}}\n',
        b"{" * 100_000,
        b"x" * 1_000_000,  # a header without an end
        b'{"type":"transcript","data":{"text":7}}\n',
        b'{"type":"transcript","data":[1]}\n',
        b'{"type":"transcript","payload_length":10000000000000}\n',
        b'{"type":"transcript","data_length":10000000000000}\n{',
        b'{"type":"transcript","data_length":-1,"data":{"text":"turn it off"}}\n',
        b'{"type":"info"}\n' * 60 + b'{"type":"transcript","data":{"text":"turn it off"}}\n',
    ],
)
def test_a_machine_that_answers_nonsense(says):
    with machine([says]) as port:
        assert Weak(port).hear() == "by myself"


@pytest.mark.parametrize("begins", [b"", b'{"type":"info","payload_length":1000000000}\n'])
def test_a_machine_that_sends_without_an_end_costs_no_memory(begins, monkeypatch):
    """A header of any length, or what it announced: neither is gathered."""
    monkeypatch.setattr(remote, "PATIENCE", 2.0)
    most = []

    def flood():
        yield begins
        while True:
            yield b"x" * 1_000_000

    peak = tracemalloc.get_traced_memory
    with machine(flood()) as port:
        tracemalloc.start()
        try:
            assert Weak(port).hear() == "by myself"
            most.append(peak()[1])
        finally:
            tracemalloc.stop()
    assert most[0] < 8_000_000, most


def test_what_another_machine_says_is_text_and_no_more(patient):
    """No line of its own, no sign that a terminal obeys, no language that is not spoken here."""
    says = {"text": "turn\non\x1b[2J the light " + "x" * 5000, "language": "../etc"}
    answer = json.dumps({"type": "transcript", "data": says}).encode() + b"\n"
    with machine([answer], stays=True) as port:
        found = Weak(port, ("en", "es")).transcript()
    assert found.text.startswith("turn on [2J the light xxx") and len(found.text) < 2001
    assert found.language == "en"
    says = {"text": "hola", "language": "es_ES"}
    answer = json.dumps({"type": "transcript", "data": says}).encode() + b"\n"
    with machine([answer], stays=True) as port:
        assert Weak(port, ("en", "es")).transcript().language == "es"


@pytest.mark.parametrize("reads", [0, 100, 20_000])
def test_a_machine_that_stops_in_the_midst_of_it(reads, monkeypatch):
    """It takes the beginning of the sound, and then nothing more, without going away."""
    monkeypatch.setattr(remote, "PATIENCE", 0.3)
    server, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve():
        peer, _ = server.accept()
        with peer:
            while reads and len(peer.recv(reads, socket.MSG_PEEK)) < reads:
                time.sleep(0.01)
            over.wait(120)

    thread = threading.Thread(target=serve)
    thread.start()
    began = time.monotonic()
    assert Weak(server.getsockname()[1]).hear() == "by myself"
    assert time.monotonic() - began < 60
    over.set()
    thread.join()
    server.close()


def test_only_a_machine_nearby_is_sent_any_sound():
    assert address("tcp://192.168.1.5:10700") == ("192.168.1.5", 10700)
    assert address("[fd00::1]:99") == ("fd00::1", 99)
    for far in (
        "8.8.8.8:10700",
        "example.org:1",
        "192.168.1.5",
        "192.168.1.5:x",
        ":1",
        "0.0.0.0:1",
    ):
        with pytest.raises(ConfigError, match=r"stt\.remote"):
            address(far)
