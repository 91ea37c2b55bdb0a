"""A speaker's times, its faults and its rest; a recording that keeps time like a speaker."""

import threading
import time
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from assistant.audio import devices, pcm, portaudio
from assistant.audio.files import read_audio
from assistant.audio.sink import Speaker
from assistant.audio.wav_sink import WavSink
from assistant.errors import AudioDeviceError, StorageError
from assistant.types import LOOP_RATE, Speech
from assistant.worker import Cancel
from tests.sound import assert_heard, chirp

pytestmark = pytest.mark.real_time


def test_a_recording_is_written_when_closed(tmp_path):
    sink = WavSink(tmp_path / "x.wav")
    sink.play(chirp(0.5))
    sink.play(chirp(0.3))
    sink.close()
    samples = np.concatenate(list(read_audio(tmp_path / "x.wav")))
    assert np.array_equal(samples, np.concatenate([chirp(0.5).samples, chirp(0.3).samples]))


def test_a_recording_of_nothing_can_be_written(tmp_path):
    WavSink(tmp_path / "x.wav").close()
    assert (tmp_path / "x.wav").stat().st_size == 44


def test_a_recording_that_cannot_be_written(tmp_path):
    sink = WavSink(tmp_path / "no" / "x.wav")
    sink.play(chirp(0.1))
    with pytest.raises(StorageError):
        sink.close()


def test_pauses_are_kept_in_real_time():
    sink = WavSink(real_time=True)
    sink.play(chirp(0.1))
    sink.finish(Cancel())
    time.sleep(0.2)
    sink.play(chirp(0.1))
    sink.finish(Cancel())
    assert sink.heard.seconds == pytest.approx(0.4, abs=0.05)


def test_stop_drops_what_was_not_heard_yet():
    sink = WavSink(real_time=True)
    sink.play(chirp(1.0))
    sink.play(chirp(1.0))
    time.sleep(0.3)
    sink.stop()
    assert sink.heard.seconds == pytest.approx(0.3, abs=0.05)
    assert sink.heard.samples[-1] == 0, "faded, not cut"


def play_ten_seconds_and_more(sink):
    """Returns how long the fourth `play` was held up, when `stop` comes after 0.2 s."""
    long = Speech(pcm.silence(4, 8000), 8000)
    for _ in range(3):
        sink.play(long)
    timer = threading.Timer(0.2, sink.stop)
    timer.start()
    began = time.monotonic()
    sink.play(long)
    held = time.monotonic() - began
    timer.join()
    began = time.monotonic()
    assert sink.finish(Cancel())
    assert time.monotonic() - began < 0.2, "what was held up is dropped with the rest"
    return held


def test_a_full_recording_holds_play_up_until_it_is_stopped():
    assert play_ten_seconds_and_more(WavSink(real_time=True)) == pytest.approx(0.2, abs=0.1)


@pytest.mark.sound
def test_a_full_speaker_holds_play_up_until_it_is_stopped(sound):
    speaker = Speaker()
    assert play_ten_seconds_and_more(speaker) == pytest.approx(0.2, abs=0.1)
    speaker.close()


@pytest.mark.sound
def test_play_tells_when_the_first_sample_sounds(sound):
    speaker = Speaker()
    speaker.prepare()
    errors = []
    for _ in range(5):
        with sound.recording() as heard:
            asked = time.monotonic()
            at = speaker.play(chirp(0.2))
            assert speaker.finish(Cancel())
            finished = time.monotonic()
            time.sleep(0.1)
        assert 0 < at - asked < 0.15
        errors.append(heard.onset() - at)
        assert finished > at + 0.19, "finish waits for the last sample"
    speaker.close()
    assert abs(np.median(errors)) < 0.02


@pytest.mark.sound
def test_what_follows_is_played_without_a_gap(sound):
    speaker = Speaker()
    whole = chirp(2.0, 22_050)
    pieces = np.array_split(whole.samples, 20)
    with sound.recording() as heard:
        times = [speaker.play(Speech(piece, 22_050)) for piece in pieces]
        assert speaker.finish(Cancel())
        time.sleep(0.1)
    speaker.close()
    assert np.allclose(np.diff(times), 0.1, atol=0.02)
    assert_heard(heard.samples, pcm.resample(whole.samples, 22_050, LOOP_RATE), least=0.95)


@pytest.mark.sound
def test_stop_is_silent_within_a_tenth_of_a_second_and_does_not_click(sound):
    speaker = Speaker()
    with sound.recording() as heard:
        speaker.play(chirp(3.0, low=400, high=500))
        time.sleep(0.5)
        stopped = time.monotonic()
        speaker.stop()
        assert time.monotonic() - stopped < 0.02
        time.sleep(0.4)
    speaker.close()
    assert heard.end(0.001) - stopped < 0.1
    samples = pcm.to_float(heard.samples)
    last = int(np.flatnonzero(np.abs(samples) > 0.001)[-1])
    assert np.abs(np.diff(samples[last - 200 : last + 200])).max() < 0.09, "a step is a click"


@pytest.mark.sound
@pytest.mark.parametrize("gain", [0.0, 0.25, 1.0])
def test_gain(sound, gain):
    speaker = Speaker(gain=gain)
    with sound.recording() as heard:
        speaker.play(chirp(0.3))
        speaker.finish(Cancel())
        time.sleep(0.1)
    speaker.close()
    assert pcm.peak(heard.samples) == pytest.approx(0.4 * gain, abs=0.02)


@pytest.mark.sound
def test_a_speaker_rests_when_idle_and_wakes(sound, monkeypatch):
    monkeypatch.setattr("assistant.audio.sink.IDLE_SECONDS", 0.3)
    speaker = Speaker()
    speaker.play(chirp(0.1))
    speaker.finish(Cancel())
    time.sleep(0.8)
    process = psutil.Process()
    before = sum(process.cpu_times()[:2])
    time.sleep(2)
    assert sum(process.cpu_times()[:2]) - before <= 0.02, "less than 1 % of a core"
    with sound.recording() as heard:
        speaker.play(chirp(0.3))
        assert speaker.finish(Cancel())
        time.sleep(0.1)
    speaker.close()
    assert_heard(heard.samples, chirp(0.3).samples)


@pytest.mark.sound
def test_an_unknown_speaker(sound):
    with pytest.raises(AudioDeviceError, match="No speaker is 'kitchen'"):
        Speaker("kitchen")


def test_one_that_is_awaited_is_found_out_by_whoever_opens_it(monkeypatch):
    """Unplugged when the loop goes on with another language: it is no reason to end."""
    monkeypatch.setattr(devices, "devices", list)
    monkeypatch.setattr(portaudio, "refresh", lambda: False)
    monkeypatch.setattr(portaudio, "library", lambda: SimpleNamespace(PortAudioError=OSError))
    speaker = Speaker("kitchen", awaited=True)
    with pytest.raises(AudioDeviceError, match="No speaker was found"):
        speaker.prepare()
    speaker.close()


class Opening:
    """A stream that asks for sound as soon as it is begun, and a caller who says stop then."""

    def __init__(self):
        self.latency, self.speaker = 1.0, None

    def open(self, kind, wanted, rates, options):
        callback = options(16_000.0, 1)["callback"]
        timing = SimpleNamespace(outputBufferDacTime=0.0, currentTime=0.0)
        callback(bytearray(320), 160, timing, SimpleNamespace(output_underflow=False))
        self.speaker.stop()
        return devices.Opened(self, SimpleNamespace(name="slow"), 16_000.0, 1)


def test_stop_while_the_device_is_being_opened(monkeypatch):
    opening = Opening()
    monkeypatch.setattr(devices, "open_stream", opening.open)
    closed = []
    monkeypatch.setattr(portaudio, "close_stream", closed.append)
    opening.speaker = speaker = Speaker("slow", awaited=True)
    speaker.prepare()
    assert closed == []
    speaker.stop()  # it is slow: now it is closed
    assert closed == [opening]


@pytest.mark.sound
def test_playing_nothing(sound):
    speaker = Speaker()
    speaker.play(Speech(np.zeros(0, np.int16), 22_050))
    assert speaker.finish(Cancel())
    speaker.close()
    speaker.close()
