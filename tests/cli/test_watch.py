"""The terminal view, from the events as the running program tells them."""

import io
import os
import pty
import re
import subprocess
import sys

import pytest
from rich.console import Console

from assistant.cli.watch import BAR, Usage, View, bar, shown
from assistant.config import load
from assistant.daemon.instance import own_folder, socket_path
from assistant.daemon.server import ControlServer

TURN = {
    "outcome": "answered",
    "stages": {"transcribe": 0.31, "route": 0.001},
    "first_audio_seconds": 0.42,
    "energy": {
        "joules": 3.1,
        "error": 0.42,
        "meter": "rapl",
        "estimated": True,
        "stages": {"ears": 0.01, "hear": 2.1, "speak": 0.5},
        "waited": {"seconds": 60.0, "joules": 18.0, "all": 300.0},
    },
}


def view_of(*events):
    view = View()
    for event in events:
        view.take(event)
    return view


def screen(view):
    console = Console(width=90, record=True, force_terminal=False, file=io.StringIO())
    console.print(shown(view))
    return console.export_text()


def test_a_turn():
    view = view_of(
        {"event": "waking", "text": "okay nabu"},
        {"event": "listening"},
        {"event": "partial", "text": "what time"},
    )
    assert view.state == "listening"
    assert "what time ..." in screen(view)
    for event in [
        {"event": "heard", "text": "what time is it"},
        {"event": "routed", "text": "clock.time (templates, 1.00)"},
        {"event": "speaking", "text": "It's noon."},
        {"event": "idle", "turn": TURN},
    ]:
        view.take(event)
    text = screen(view)
    assert "waiting" in text and "..." not in text
    assert "you  what time is it" in text and "it  It's noon." in text
    assert "answered: transcribe 0.31, first audio 0.42 s" in text and "route 0" not in text
    told = "about 3.1 J +- 0.4 (hear 2.1, speak 0.5); waiting before it 0.30 W"
    assert f"energy     {told}" in text


def test_markup_in_what_is_said_is_only_text():
    assert "[red]no[/red]" in screen(view_of({"event": "heard", "text": "[red]no[/red]"}))


def test_trouble_and_its_end():
    view = view_of(
        {"event": "degraded", "text": "The microphone is gone."}, {"event": "missed", "count": 3}
    )
    assert "The microphone is gone." in screen(view) and "missed     3 events" in screen(view)
    view.take({"event": "ready"})
    assert "gone" not in screen(view)


def test_the_bar_counts_in_decibels():
    assert [bar(level).count("█") for level in (0.0, 0.001, 0.0316, 1.0, 2.0)] == [
        *(0, 0, BAR // 2, BAR, BAR)
    ]
    assert [bar(level)[-7:] for level in (0.0, 0.0316, 1.0)] == [" -60 dB", " -30 dB", "   0 dB"]


def test_long_lines_stay_in_their_column():
    text = screen(view_of({"event": "speaking", "text": "word " * 40}))
    assert [line[2:6].strip() for line in text.splitlines()[3:6]] == ["it", "", ""]
    assert all(line[7:].startswith("word") for line in text.splitlines()[3:6])


def test_muted_there_is_no_level():
    view = view_of({"event": "level", "level": 1.0}, {"event": "muted"})
    assert "microphone closed" in screen(view) and "█" not in screen(view)
    view.take({"event": "unmuted"})
    assert "█" in screen(view)


def test_what_a_process_takes():
    usage = Usage(os.getpid(), load().config.power)
    sum(range(2_000_000))
    assert re.match(r"\d+ % of a core, \d+ MB", usage.line())
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert "MB" not in Usage(gone.pid, load().config.power).line()


@pytest.fixture
def server():
    own_folder(socket_path().parent)
    status = {"state": "waiting", "problem": "", "muted": False, "last_turn": None}
    answer_with = {"ok": True, "process": os.getpid(), **status}
    one = ControlServer(socket_path(), lambda _, answer: answer(answer_with))
    one.start()
    yield one
    one.close()


def test_on_a_real_terminal(server):
    """Drawn as it happens, also while nothing is told; and left as it was found."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-m", "assistant", "watch"])
    shown = b""

    def until(text):
        nonlocal shown
        while text.encode() not in shown:
            shown += os.read(terminal, 10_000)
        shown = b""

    until("Nothing was said yet.")
    until(" MB")
    server.publish("heard", {"text": "what time is it"})
    until("what time is it")
    server.publish("muted", {})
    until("microphone closed")
    until(" MB")
    server.close()
    until("The assistant has ended.")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    os.close(terminal)


def test_old_lines_go():
    view = view_of(*({"event": "heard", "text": f"line {n}"} for n in range(100)))
    assert "line 99" in screen(view) and "line 80" not in screen(view)
