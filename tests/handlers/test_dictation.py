"""Dictation, typed by xdotool into an xterm on a display without a screen."""

import os
import shutil
import subprocess
import time

import pytest

from assistant.errors import FunctionError
from assistant.handlers.contract import Request
from assistant.handlers.lists import typing_text
from assistant.handlers.lists.dictation import Dictation
from tests.handlers.conftest import NOW

pytestmark = pytest.mark.skipif(
    any(shutil.which(p) is None for p in ("Xvfb", "xdotool", "xterm", "xclip")),
    reason="Xvfb, xdotool, xterm or xclip is not installed; scripts/test installs them",
)


@pytest.fixture
def display(tmp_path):
    """The environment of a desktop of its own, without a Wayland."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:  # the whole line: the server ends when it cannot write it
        number = told.readline().strip()
    yield {"DISPLAY": f":{number}", "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    server.terminate()
    server.wait()


def request(text):
    return Request(text, "en", NOW)


def test_it_is_typed_into_the_window_with_the_focus(display, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", display["DISPLAY"])
    monkeypatch.setenv("HOME", display["HOME"])
    heard, text = tmp_path / "heard", "--help; Dear Sir, it's 5 % $(rm x) ñandú"
    size = len(text.encode())
    ready = tmp_path / "ready"
    terminal = subprocess.Popen(
        ["xterm", "-u8", "-geometry", "200x60+0+0", "-e", "sh", "-c",
         f"stty raw -echo; touch {ready}; head -c {size} > {heard}"],
        env=display | {"LC_ALL": "C.UTF-8"}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not ready.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        reply = Dictation(display).type(request(f"type {text}\n\n"), text)
        assert reply.text == ""
        terminal.wait(20)
        assert heard.read_text("utf-8") == text
    finally:
        terminal.kill()
        terminal.wait()


def test_without_a_way_to_type_it_is_in_the_clipboard(display, tmp_path, monkeypatch):
    monkeypatch.setenv("DISPLAY", display["DISPLAY"])
    only = tmp_path / "bin"
    only.mkdir()
    (only / "xclip").symlink_to(shutil.which("xclip"))
    reply = Dictation(display | {"PATH": str(only)}).type(request("type hello"), "hello")
    assert "clipboard" in reply.text
    pasted = subprocess.run(
        ["xclip", "-selection", "clipboard", "-o"], env=display, capture_output=True, check=True
    )
    assert pasted.stdout == b"hello"


def test_without_a_desktop_it_says_so():
    family = Dictation({"PATH": os.environ["PATH"]})
    assert "no desktop" in family.unavailable()["en"]
    assert typing_text.tools({"PATH": os.environ["PATH"]}) == []


def test_a_display_that_is_gone_is_told(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":987")
    environment = {"DISPLAY": ":987", "PATH": os.environ["PATH"]}
    with pytest.raises(FunctionError, match="No tool"):
        typing_text.put("hello", typing_text.tools(environment))


def test_what_comes_next_is_typed():
    reply = Dictation({}).type(request("take dictation"))
    assert (reply.asks.function, reply.asks.slot) == ("dictation.type", "text")
