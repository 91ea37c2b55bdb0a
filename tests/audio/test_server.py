"""What the sound server says of the microphone: by lists, and by a real server."""

import threading
import time
from types import SimpleNamespace

import pytest

from assistant.audio.server import Heard, Watch, heard
from assistant.audio.source import Microphone
from tests.sound import plugged_out

US = 77


def source(index, name, monitor=None):
    return SimpleNamespace(index=index, name=name, monitor_of_sink_name=monitor)


def stream(of, process=US):
    return SimpleNamespace(source=of, proplist={"application.process.id": str(process)})


SPEAKER, USB, WEBCAM = source(0, "speaker.monitor", "speaker"), source(1, "usb"), source(2, "cam")


@pytest.mark.parametrize(
    ("sources", "streams", "before", "now"),
    [
        ([SPEAKER, USB], [stream(1)], Heard(), Heard(True, "usb")),
        ([SPEAKER, USB, WEBCAM], [stream(2), stream(1, 5)], Heard(), Heard(True, "cam")),
        # what the speaker plays is no microphone, unless somebody wants it for one
        ([SPEAKER], [stream(0)], Heard(True, "usb"), Heard(False, "speaker.monitor")),
        ([SPEAKER, USB], [stream(0)], Heard(), Heard(True, "speaker.monitor")),
        # once it is known that there is none, we close it, and wait for a real one
        ([SPEAKER], [], Heard(False, "speaker.monitor"), Heard(False)),
        ([SPEAKER, USB], [], Heard(False), Heard(True)),
        # recorded from a device that the server does not know
        ([SPEAKER], [stream(0, 5)], Heard(), Heard(True)),
        ([], [], Heard(), Heard(True)),
    ],
)
def test_whether_there_is_a_microphone(sources, streams, before, now):
    assert heard(sources, streams, US, before) == now


class Told:
    def __init__(self):
        self.all = []
        self.changed = threading.Condition()

    def __call__(self, now):
        with self.changed:
            self.all.append(now)
            self.changed.notify_all()

    def wait_for(self, now, seconds=60):
        with self.changed:
            assert self.changed.wait_for(lambda: self.all[-1:] == [now], seconds), self.all


@pytest.mark.sound
def test_one_that_is_unplugged_is_told_though_sound_still_comes(sound):
    told = Told()
    microphone, watch = Microphone(block_ms=64), Watch(told)
    watch.start()
    try:
        told.wait_for(Heard(True, "microphone"))
        with plugged_out(sound, "microphone"):
            told.wait_for(Heard(False, "speaker.monitor"))
            assert len(microphone.read().samples), "nobody else would notice"
        told.wait_for(Heard(True, "microphone"))
        sound.restart()
        told.wait_for(Heard())
    finally:
        microphone.close()
        watch.close()
    assert "sound server" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.sound
def test_one_that_hangs_while_we_connect_is_watched_once_it_goes_on(sound):
    told = Told()
    watch = Watch(told)
    microphone = Microphone(block_ms=64)
    try:
        with sound.frozen():
            watch.start()
            time.sleep(0.3)
            assert told.all == []
        told.wait_for(Heard(True, "microphone"))
    finally:
        watch.close()
        microphone.close()


def test_without_a_server_it_waits_and_tells_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'none'}")
    monkeypatch.setattr("assistant.audio.server.CLOSE_WITHIN", 60.0)
    told = Told()
    watch = Watch(told)
    watch.start()
    time.sleep(0.1)
    began = time.monotonic()
    watch.close()
    assert time.monotonic() - began < 30
    assert told.all == []
