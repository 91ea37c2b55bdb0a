"""A sound server that does not answer any more. In a process of its own: nothing can end the
calls that hang in it, so the threads that wait for it stay."""

import subprocess
import sys
import time

import pytest

PROGRAM = """
import sys, time
from assistant.audio.sink import Speaker
from assistant.audio.source import Microphone
from assistant.errors import AudioDeviceError
from assistant.types import Speech
from assistant.worker import Cancel
import numpy as np

microphone, speaker = Microphone(), Speaker()
microphone.read()
speaker.play(Speech(np.zeros(16_000 * 9, np.int16), 16_000))
print("ready", flush=True)
sys.stdin.readline()
for attempt in (lambda: [microphone.read() for _ in range(200)], lambda: speaker.finish(Cancel()),
                Microphone):
    try:
        attempt()
    except AudioDeviceError as error:
        print(error, flush=True)
microphone.close()
speaker.close()
print("closed", flush=True)
"""


@pytest.mark.sound
def test_nothing_hangs_when_the_sound_server_is_frozen(sound):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        with sound.frozen():
            began = time.monotonic()
            said, _ = child.communicate("go\n", timeout=60)
            took = time.monotonic() - began
    first, second, third, last = said.splitlines()
    assert "gives no sound" in first
    assert "is gone or takes no sound" in second
    assert "did not answer" in third
    assert last == "closed"
    assert took < 25
    assert child.returncode == 0
