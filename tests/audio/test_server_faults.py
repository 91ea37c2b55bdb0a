"""The sound server dies, comes back, or answers no more.

Each in a process of its own: a native call that hangs cannot be ended, so the thread that was
left to wait for it stays.
"""

import subprocess
import sys
import time

import pytest

from tests.sound import assert_heard, chirp

pytestmark = [pytest.mark.sound, pytest.mark.real_time]

SOON = 60
"""Seconds: what hangs does so for ever. How soon it is over is measured by `scripts/faults`."""

# Obeys one line after the other: "read" until it fails, "play" until it fails, "again": both
# opened anew. Answers each with a line.
PROGRAM = """
import sys
from assistant.audio.sink import Speaker
from assistant.audio.source import Microphone
from assistant.errors import AudioDeviceError
from assistant.worker import Cancel
from tests.sound import chirp

def read():
    while microphone.read():
        pass

def play():
    speaker.finish(Cancel())

def again():
    global microphone
    microphone.close()
    microphone = Microphone()
    microphone.read()
    speaker.play(chirp(0.5))
    speaker.finish(Cancel())

def close():
    microphone.close()
    speaker.close()

microphone, speaker = Microphone(), Speaker()
microphone.read()
speaker.play(chirp(9.0))
print("ready", flush=True)
for line in sys.stdin:
    try:
        globals()[line.strip()]()
        print("done", flush=True)
    except AudioDeviceError as error:
        print(error.code, flush=True)
"""


class Child:
    """PROGRAM, running."""

    def __init__(self, process):
        self.process = process

    def answer(self):
        return self.process.stdout.readline().strip()

    def do(self, command):
        """The answer, and the seconds it took."""
        began = time.monotonic()
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        return self.answer(), time.monotonic() - began

    def end(self):
        """Its return code: it ends by itself, whatever still hangs in it."""
        self.process.stdin.close()
        return self.process.wait(SOON)


@pytest.fixture
def child(sound):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            child = Child(process)
            assert child.answer() == "ready"
            yield child
            assert child.end() == 0
        finally:
            process.kill()


def test_a_server_that_dies_is_told_and_found_again(sound, child):
    sound.kill()
    try:
        code, took = child.do("play")
        assert code == "speaker_gone"
        assert took < SOON
        code, took = child.do("read")
        # silent: when the client library hangs, and no end of the stream is told
        assert code in {"microphone_gone", "microphone_silent"}
        assert took < SOON
        code, took = child.do("again")
        assert code in {"microphone_busy", "no_microphone"}
    finally:
        sound.start()
    with sound.recording() as heard:
        assert child.do("again")[0] == "done"
        time.sleep(0.1)
    assert_heard(heard.samples, chirp(0.5).samples)
    assert child.do("close")[0] == "done"


def test_nothing_hangs_when_the_server_is_frozen(sound, child):
    with sound.frozen():
        code, took = child.do("read")
        assert (code, took < SOON) == ("microphone_silent", True)
        code, took = child.do("play")
        assert (code, took < SOON) == ("speaker_gone", True)
        code, took = child.do("again")
        assert (code, took < SOON) == ("server_hangs", True)
        code, took = child.do("close")
        assert (code, took < SOON) == ("done", True)
        assert child.end() == 0


def test_what_was_given_up_while_it_was_frozen_breaks_nothing_afterwards(sound, child):
    """Closing and opening hang, and nobody waits for them any more; then both go on at once."""
    with sound.frozen():
        assert child.do("read")[0] == "microphone_silent"
        assert child.do("again")[0] == "server_hangs"
        assert child.do("again")[0] == "server_hangs"
    time.sleep(0.5)
    with sound.recording() as heard:
        assert child.do("again")[0] == "done"
        time.sleep(0.1)
    assert_heard(heard.samples, chirp(0.5).samples)
    assert child.do("close")[0] == "done"
