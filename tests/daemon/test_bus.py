"""The D-Bus service on a real session bus, met by our own client and by others'."""

import re
import shutil
import subprocess
import threading
import time
import xml.etree.ElementTree as ET

import pytest
from jeepney import DBusAddress, MessageFlag, new_method_call
from jeepney.io.blocking import open_dbus_connection

from assistant.daemon.bus_calls import INTERFACE, METHODS, NAME, PATH, request
from assistant.daemon.bus_server import MOST_CALLS, BusServer
from assistant.daemon.protocol import Ask, Listen, RefusedError, Reload, Say
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from tests.bus import buses, no_buses  # noqa: F401 - fixtures


class Handler:
    def __init__(self):
        self.requests, self.held = [], []
        self.answer = {"ok": True}
        self.hold = False

    def __call__(self, asked, answer):
        self.requests.append(asked)
        if self.hold:
            self.held.append(answer)
        elif isinstance(asked, Ask) and asked.text == "fail":
            raise ValueError("inside")
        else:
            answer(self.answer)


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def served(buses, handler):  # noqa: F811
    server = BusServer(handler, again_after=0.05)
    server.start()
    buses.session.wait_for(NAME)
    with bus.session(patience=60) as desktop:  # it has its name, and soon knows it
        desktop.call(NAME, PATH, "org.freedesktop.DBus.Peer", "Ping", start=False)
    yield server
    server.close()


def call(method, signature="", *values, seconds=20.0):
    with bus.session(patience=seconds) as desktop:
        return desktop.call(NAME, PATH, INTERFACE, method, signature, *values, start=False)


def test_each_call_is_a_request_of_the_protocol(served, handler):
    assert call("Listen") == ()
    handler.answer = {"ok": True, "changed": ["speak", "wake"], "seconds": 0.1}
    assert call("Reload") == (["speak", "wake"],)
    handler.answer = {"ok": True, "reply": "Es mediodía.", "asks": False}
    assert call("Ask", "ssb", "qué hora es", "es", True) == ("Es mediodía.",)
    assert call("Say", "ss", "hello", "") == ()
    asked = Ask(v=1, text="qué hora es", language="es", aloud=True, by_hand=False)
    assert handler.requests == [Listen(v=1), Reload(v=1), asked, Say(v=1, text="hello")]


def test_how_it_is_comes_in_types_of_the_bus(served, handler):
    handler.answer = {
        "ok": True, "state": "waiting", "turns": 3, "muted": False, "memory_mb": 412.5,
        "last_turn": {"outcome": "answered", "error": None, "stages": {"hear": 0.3}},
        "parts": [1, "two"],
    }  # fmt: skip
    [told] = call("Status")
    assert told == {
        "state": "waiting", "turns": 3, "muted": False, "memory_mb": 412.5,
        "last_turn": {"outcome": "answered", "stages": {"hear": 0.3}}, "parts": [1, "two"],
    }  # fmt: skip


def test_a_refusal_has_its_reason(served, handler):
    handler.answer = {"ok": False, "code": "muted", "error": "The microphone is muted."}
    with pytest.raises(BusError) as raised:
        call("Listen")
    assert raised.value.name == f"{NAME}.Error.Muted"
    with pytest.raises(BusError) as raised:
        call("Ask", "ssb", "fail", "", False)
    assert raised.value.name == f"{NAME}.Error.Failed"


@pytest.mark.parametrize(
    ("method", "signature", "values"),
    [
        ("Explode", "", ()),
        ("Listen", "s", ("now",)),
        ("Ask", "ssb", ("", "", False)),
        ("Ask", "ssb", ("x" * 2001, "", False)),
        ("Ask", "ssb", ("hola", "fr", False)),
        ("Ask", "s", ("hola",)),
        ("Say", "sv", ("hola", ("s", "es"))),
    ],
)
def test_what_is_no_call_is_refused_and_not_done(served, handler, method, signature, values):
    with pytest.raises(BusError) as raised:
        call(method, signature, *values)
    assert raised.value.name.startswith("org.freedesktop.DBus.Error.")
    assert handler.requests == []
    assert call("Listen") == ()


def test_no_program_says_yes_for_its_user():
    """What comes over the bus is never "by hand": it can ask, and can confirm nothing."""
    assert request("Ask", "ssb", ("yes", "", False)).by_hand is False
    with pytest.raises(RefusedError):
        request("Ask", "ssbb", ("yes", "", False, True))


def test_one_slow_call_holds_up_no_other(served, handler):
    handler.hold = True
    results = []
    waiting = threading.Thread(target=lambda: results.append(call("Ask", "ssb", "x", "", False)))
    waiting.start()
    while not handler.held:
        time.sleep(0.005)
    handler.hold = False
    assert call("Listen") == ()
    handler.held[0]({"ok": True, "reply": "late"})
    waiting.join()
    assert results == [("late",)]


def test_there_is_an_end_to_what_waits(served, handler, buses):  # noqa: F811
    handler.hold = True
    where = DBusAddress(PATH, bus_name=NAME, interface=INTERFACE)
    with open_dbus_connection(buses.session.address) as connection:
        for _ in range(MOST_CALLS):
            connection.send(new_method_call(where, "Listen"))
        refused = connection.send_and_get_reply(new_method_call(where, "Listen"), timeout=20)
        assert "Wait" in refused.body[0]
        handler.hold = False
        for answer in handler.held:
            answer({"ok": True})
        assert connection.send_and_get_reply(new_method_call(where, "Stop"), timeout=20).body == ()


def test_who_wants_no_reply_gets_none(served, handler, buses):  # noqa: F811
    where = DBusAddress(PATH, bus_name=NAME, interface=INTERFACE)
    with open_dbus_connection(buses.session.address) as connection:
        quiet = new_method_call(where, "Stop")
        quiet.header.flags |= MessageFlag.no_reply_expected
        connection.send(quiet)
        reply = connection.send_and_get_reply(new_method_call(where, "Listen"), timeout=20)
        assert reply.body == () and len(handler.requests) == 2


def heard(server, kind, **fields):
    """What somebody who listens is told of one event."""
    with bus.session(patience=20) as desktop, desktop.signals(INTERFACE, "Event") as signals:
        server.publish(kind, fields)
        found = signals.next(60)
        return found.values if found else None


def test_events_are_told_without_the_words(served, buses, handler):  # noqa: F811
    assert heard(served, "listening") == ("listening", {})
    assert heard(served, "heard", text="call mum") == ("heard", {})
    assert heard(served, "timer", text="Reminder: call mum.") == ("timer", {})
    assert heard(served, "degraded", text="no sound") == ("degraded", {"text": "no sound"})
    idle = {"turn": {"outcome": "answered", "first_audio_seconds": None, "total_seconds": 1.5}}
    assert heard(served, "idle", **idle) == (
        "idle",
        {"turn": {"outcome": "answered", "total_seconds": 1.5}},
    )
    served.close()
    with_words = BusServer(handler, words=True)
    with_words.start()
    buses.session.wait_for(NAME)
    try:
        assert heard(with_words, "heard", text="call mum") == ("heard", {"text": "call mum"})
    finally:
        with_words.close()
    served.__init__(handler)  # closed again by the fixture


def test_what_there_is_can_be_looked_up(served):
    with bus.session(patience=20) as desktop:
        one = desktop.object(NAME, PATH)
        [xml] = one.call("org.freedesktop.DBus.Introspectable", "Introspect")
        assert one.call("org.freedesktop.DBus.Peer", "Ping") == ()
        [top] = desktop.call(NAME, "/", "org.freedesktop.DBus.Introspectable", "Introspect")
        assert 'name="local"' in top
    found = {method.get("name") for method in ET.fromstring(xml).iter("method")}
    assert found == set(METHODS)


@pytest.mark.skipif(shutil.which("dbus-send") is None, reason="dbus-send is not installed")
def test_as_a_key_of_the_desktop_calls_it(served, handler):
    done = subprocess.run(
        ["dbus-send", "--session", "--print-reply", f"--dest={NAME}", PATH, f"{INTERFACE}.Listen"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert handler.requests == [Listen(v=1)]


def test_a_bus_that_begins_anew_is_found_again(served, handler, buses):  # noqa: F811
    buses.session.restart()
    buses.session.wait_for(NAME)
    assert call("Listen") == ()


def test_a_message_of_a_megabyte_is_not_taken_in(served, handler):
    with pytest.raises(BusError):
        call("Ask", "ssb", "x" * 1_000_000, "", False, seconds=5)
    deadline = time.monotonic() + 60
    while True:  # it has begun anew
        try:
            assert call("Listen") == ()
            break
        except BusError:
            assert time.monotonic() < deadline
    assert handler.requests == [Listen(v=1)]


def test_the_name_is_taken(served, handler):
    """A second assistant offers nothing, and takes nothing from the first."""
    second = BusServer(Handler(), again_after=0.05)
    second.start()
    time.sleep(0.3)
    assert call("Listen") == () and len(handler.requests) == 1
    second.close()


def test_without_a_bus_it_ends_at_once(no_buses, handler):  # noqa: F811
    server = BusServer(handler)
    server.start()
    server.publish("idle", {})
    began = time.monotonic()
    server.close()
    assert time.monotonic() - began < 30


def test_a_bus_that_hangs_does_not_keep_the_program(served, buses):  # noqa: F811
    with buses.session.frozen():
        for _ in range(50):
            served.publish("idle", {"text": "x" * 10_000})
        time.sleep(0.1)
        began = time.monotonic()
        served.close()
        assert time.monotonic() - began < 30
    served.__init__(lambda *_: None)


def test_the_words_of_the_documentation():
    """The examples for desktops name what there is."""
    from pathlib import Path

    text = (Path(__file__).parents[2] / "assistant/daemon/README.md").read_text("utf-8")
    called = re.findall(r"local\.Assistant1[. ](\w+)", text)
    assert called and set(called) <= set(METHODS)
