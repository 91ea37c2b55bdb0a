"""One line for a status bar, from the socket of a real control server."""

import json
import threading
import time

import pytest

from assistant.cli.events import FORMATS, lines
from assistant.daemon.client import Connection
from assistant.daemon.instance import own_folder, socket_path
from assistant.daemon.server import ControlServer

STATUS = {"ok": True, "state": "waiting", "problem": "", "muted": False}


@pytest.fixture
def server():
    own_folder(socket_path().parent)
    one = ControlServer(socket_path(), lambda _, answer: answer(STATUS))
    one.start()
    yield one
    one.close()


def told(server, form, events, *, words=False):
    """What a bar shows, from the start until the assistant is gone."""
    shown, ended = [], threading.Event()

    def read():
        for line in lines(FORMATS[form], words=words, again_after=0.01):
            shown.append(line)
            if len(shown) > 1 and line == FORMATS[form]("off", "", ""):
                break
        ended.set()

    reader = threading.Thread(target=read)
    reader.start()
    deadline = time.monotonic() + 60
    while not server.wanted("idle"):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    with Connection() as beside:  # told after the bar, as it came later
        beside.request("events")
        for kind, fields in events:
            server.publish(kind, fields)
        heard = beside.events()
        assert [next(heard)["event"] for _ in events] == [kind for kind, _ in events]
    server.close()
    assert ended.wait(60)
    reader.join()
    return shown


TURN = [
    ("waking", {"text": "okay nabu"}),
    ("listening", {}),
    ("partial", {"text": "call"}),
    ("heard", {"text": "call <mum> %{F#000}"}),
    ("speaking", {"text": "Done."}),
    ("idle", {}),
]


def test_only_states_unless_the_words_are_wanted(server):
    shown = told(server, "plain", TURN)
    assert shown == ["waiting", "awake", "listening", "thinking", "speaking", "waiting", "off"]


def test_waybar_is_given_markup_that_nobody_can_write_by_voice(server):
    shown = [json.loads(line) for line in told(server, "waybar", TURN, words=True)]
    heard = next(line for line in shown if "mum" in line["text"])
    assert heard["text"] == "… call &lt;mum&gt; %{F#000}" and heard["class"] == "thinking"
    assert shown[-1] == {"text": "", "alt": "off", "class": "off", "tooltip": "off"}


def test_i3blocks(server):
    shown = [json.loads(line) for line in told(server, "i3blocks", [("degraded", {"text": "no"})])]
    assert shown[1] == {"full_text": "! no", "short_text": "!", "color": "#d08770"}


def test_polybar(server):
    shown = told(server, "polybar", TURN, words=True)
    assert shown[0] == "○" and "%{F#b48ead}… call <mum> % {F#000}%{F-}" in shown


def test_muted_stays_on_when_something_has_rung(server):
    events = [("muted", {}), ("timer", {"text": "Tea."}), ("speaking", {}), ("idle", {})]
    assert told(server, "plain", [*events, ("unmuted", {})]) == [
        "waiting", "muted", "ringing", "speaking", "muted", "waiting", "off",
    ]  # fmt: skip


def test_a_bar_has_no_level(cli):
    assert cli("events", "--format", "plain", "--level").code == 2
    assert cli("events", "--format", "plain", "heard").code == 2
    assert cli("events").sentence(1).startswith("No assistant is running.")
