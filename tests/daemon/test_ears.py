"""The microphone that outlives the loop: kept, closed while muted, counted on."""

import threading
import time

import numpy as np
import pytest

from assistant.config import load
from assistant.daemon.ears import SILENCE, Ears
from assistant.errors import AudioDeviceError
from assistant.testing import ScriptedSource
from assistant.types import LOOP_RATE

AUDIO = load().config.audio
OTHER = load(["audio.input=usb"]).config.audio
LOUD = np.full(60 * LOOP_RATE, 9000, np.int16)


class Bench:
    def __init__(self, tmp_path, devices=None):
        self.opened, self.told, self.reads = [], [], []
        self.devices = devices or [ScriptedSource(LOUD) for _ in range(4)]
        self.file = tmp_path / "state" / "muted"
        self.ears = self.made()

    def made(self):
        return Ears(self.open, on_mute=self.told.append, on_read=self.reads.append, kept=self.file)

    def open(self, audio):
        device = self.devices[len(self.opened)]
        if isinstance(device, Exception):
            self.devices.remove(device)
            raise device
        self.opened.append((audio, device))
        return device


def test_it_stays_open_from_one_loop_to_the_next(tmp_path):
    bench = Bench(tmp_path)
    first = bench.ears.open(AUDIO)
    before = first.read()
    first.close()
    second = bench.ears.open(AUDIO)
    after = second.read()
    assert len(bench.opened) == 1
    assert not bench.opened[0][1].closed
    assert after.start == before.end, "nothing is lost in between"
    bench.ears.end()
    assert bench.opened[0][1].closed


def test_another_device_takes_its_place_and_the_count_goes_on(tmp_path):
    bench = Bench(tmp_path)
    end = bench.ears.open(AUDIO).read().end
    source = bench.ears.open(OTHER)
    assert bench.opened[0][1].closed
    assert [audio for audio, _ in bench.opened] == [AUDIO, OTHER]
    assert source.read().start == end


def test_one_that_is_gone_is_opened_again_and_losses_add_up(tmp_path):
    class Gone(ScriptedSource):
        def read(self):
            self.lost_samples = 7
            raise AudioDeviceError("unplugged")

    again = ScriptedSource(LOUD)
    again.lost_samples = 5
    bench = Bench(tmp_path, [Gone(LOUD), AudioDeviceError("still gone"), again])
    source = bench.ears.open(AUDIO)
    with pytest.raises(AudioDeviceError, match="unplugged"):
        source.read()
    assert bench.opened[0][1].closed
    with pytest.raises(AudioDeviceError, match="still gone"):
        bench.ears.open(AUDIO)
    assert bench.ears.open(AUDIO).read().start == 0
    assert bench.ears.lost_samples == 12
    assert bench.reads.count(None) >= 4, "each attempt is a sign of life"


def test_muted_it_is_closed_and_gives_silence_at_the_speed_of_sound(tmp_path):
    bench = Bench(tmp_path)
    source = bench.ears.open(AUDIO)
    end = source.read().end
    chunks, unmuted = [], threading.Event()

    def read():
        while not (unmuted.is_set() and chunks[-1].samples.any()):
            chunks.append(source.read())
            time.sleep(0.005)

    reader = threading.Thread(target=read)
    reader.start()
    assert bench.ears.mute()
    assert bench.opened[0][1].closed, "closed when mute() comes back"
    began, count, deadline = time.monotonic(), len(chunks), time.monotonic() + 60
    while len(chunks) < count + 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    silent = chunks[count:]
    took = time.monotonic() - began
    assert len(silent) * SILENCE <= took + SILENCE
    assert len(silent) >= 3 and not any(c.samples.any() for c in silent)
    bench.ears.unmute()
    unmuted.set()
    reader.join(60)
    assert bench.told == [True, False]
    assert len(bench.opened) == 2
    assert chunks[-1].samples.any()
    starts = [c.start for c in chunks]
    assert starts[0] == end and starts == sorted(starts)


def test_a_restart_does_not_open_it(tmp_path):
    bench = Bench(tmp_path)
    bench.ears.open(AUDIO)
    assert bench.ears.mute is not None
    bench.ears.end()
    bench.ears.mute()
    assert bench.file.stat().st_mode & 0o777 == 0o600
    after = bench.made()
    assert after.muted
    source = after.open(AUDIO)
    assert not source.read().samples.any()
    assert len(bench.opened) == 1
    after.unmute()
    assert not bench.made().muted


def test_who_mutes_does_not_wait_for_a_doze(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.daemon.ears.CLOSE_WITHIN", 30.0)
    bench = Bench(tmp_path)
    bench.ears.rouse = bench.ears.read  # as who dozes does when roused
    bench.ears.open(AUDIO)
    assert bench.ears.mute()
    assert bench.told == [True]


def test_a_driver_that_hangs_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.daemon.ears.CLOSE_WITHIN", 0.1)
    bench = Bench(tmp_path)
    bench.ears.open(AUDIO)  # and nobody reads
    assert not bench.ears.mute()


def test_one_that_gives_nothing_but_one_value_is_opened_anew_and_told(tmp_path):
    quiet, noise = np.zeros(11 * LOOP_RATE, np.int16), np.arange(LOOP_RATE, dtype=np.int16)
    devices = [ScriptedSource(np.concatenate([noise, quiet])), ScriptedSource(noise)]
    bench, told = Bench(tmp_path, devices), []
    bench.ears._on_still = told.append
    source = bench.ears.open(AUDIO)
    while not told:
        assert source.read() is not None
    assert bench.ears.deaf
    assert bench.opened[0][1].closed
    source.read()
    source.read()
    assert told == [True, False]
    assert len(bench.opened) == 2
    assert not bench.ears.deaf


def test_what_the_sound_server_gives_instead_of_a_microphone_is_not_heard(tmp_path):
    bench = Bench(tmp_path)
    source = bench.ears.open(AUDIO)
    source.read()
    bench.ears.lose("There is none.")
    with pytest.raises(AudioDeviceError, match="There is none"):
        source.read()
    assert bench.opened[0][1].closed
    with pytest.raises(AudioDeviceError, match="There is none"):
        bench.ears.open(AUDIO)
    bench.ears.lose("")
    assert bench.ears.open(AUDIO).read() is not None
    assert len(bench.opened) == 2


def test_another_one_is_opened_anew_once_so_that_whoever_speaks_is_cut_off(tmp_path):
    bench = Bench(tmp_path)
    source = bench.ears.open(AUDIO)
    source.read()
    bench.ears.moved()
    with pytest.raises(AudioDeviceError, match="Another"):
        source.read()
    assert bench.ears.open(AUDIO).read() is not None
    assert len(bench.opened) == 2
    bench.ears.mute()
    bench.ears.open(AUDIO).read()
    bench.ears.moved()
    bench.ears.unmute()
    assert bench.ears.open(AUDIO).read() is not None  # it was closed: nobody was cut off


def test_without_a_microphone_it_can_be_muted(tmp_path):
    bench = Bench(tmp_path)
    source = bench.ears.open(AUDIO)
    bench.ears.lose("There is none.")
    with pytest.raises(AudioDeviceError):
        source.read()
    assert bench.ears.mute()
    assert not source.read().samples.any()
