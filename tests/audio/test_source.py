"""A file that is listened to like a microphone; recording; what a microphone loses."""

import threading
import time

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.audio.source import Microphone, WavSource, record
from assistant.errors import AudioDeviceError, AudioFileError
from assistant.testing import ScriptedSource
from assistant.types import LOOP_RATE, Speech
from tests.sound import chirp


def read_all(source):
    chunks = []
    while (chunk := source.read()) is not None:
        chunks.append(chunk)
    return chunks


@pytest.fixture
def file(tmp_path):
    write_wav(tmp_path / "x.wav", chirp(1.01))
    return tmp_path / "x.wav"


@pytest.mark.parametrize("block_ms", [10, 30, 32, 200])
def test_blocks_have_the_length_asked_for(file, block_ms):
    lengths = [len(c.samples) for c in read_all(WavSource(file, block_ms=block_ms))]
    assert set(lengths[:-1]) == {LOOP_RATE * block_ms // 1000}
    assert 0 < lengths[-1] <= lengths[0]
    assert sum(lengths) == len(chirp(1.01).samples)


@pytest.mark.parametrize("seconds", [0.0, 0.3, 2.0])
def test_silence_follows_the_file(file, seconds):
    samples = np.concatenate(
        [c.samples for c in read_all(WavSource(file, trailing_silence=seconds))]
    )
    spoken = len(chirp(1.01).samples)
    assert len(samples) == spoken + round(seconds * LOOP_RATE)
    assert np.array_equal(samples[:spoken], chirp(1.01).samples)
    assert not samples[spoken:].any()


@pytest.mark.real_time
def test_real_time_does_not_drift_when_the_reader_is_slow(file):
    source = WavSource(file, real_time=True)
    began = time.monotonic()
    lags = []
    while (chunk := source.read()) is not None:
        lags.append(time.monotonic() - began - chunk.end / LOOP_RATE)
        time.sleep(0.02)  # of the 30 ms that each chunk lasts
    assert time.monotonic() - began == pytest.approx(1.01, abs=0.08)
    assert np.median(lags) < 0.01


def test_a_late_reader_gets_the_times_of_a_microphone(file):
    source = WavSource(file, real_time=True)
    first = source.read()
    time.sleep(0.3)
    second = source.read()
    assert second.time - first.time == pytest.approx(0.03, abs=1e-6)


def test_as_fast_as_possible(tmp_path):
    write_wav(tmp_path / "x.wav", Speech(pcm.silence(120, LOOP_RATE), LOOP_RATE))
    began = time.monotonic()
    read_all(WavSource(tmp_path / "x.wav"))
    assert time.monotonic() - began < 60


def test_a_bad_file_is_told_at_once(tmp_path):
    (tmp_path / "x.txt").write_text("hello")
    with pytest.raises(AudioFileError):
        WavSource(tmp_path / "x.txt")


def test_closing_wakes_a_reader_that_waits(tmp_path):
    write_wav(tmp_path / "x.wav", Speech(pcm.silence(60, LOOP_RATE), LOOP_RATE))
    source = WavSource(tmp_path / "x.wav", block_ms=60_000, real_time=True)
    timer = threading.Timer(0.02, source.close)
    timer.start()
    began = time.monotonic()
    assert source.read() is None
    assert time.monotonic() - began < 30
    timer.join()


@pytest.mark.parametrize(("seconds", "expected"), [(0.5, 8000), (0.0001, 2), (9, 16_000)])
def test_recording_takes_as_long_as_asked(seconds, expected):
    levels = []
    recorded = record(ScriptedSource(chirp().samples), seconds, levels.append)
    assert len(recorded.samples) == expected
    assert np.array_equal(recorded.samples, chirp().samples[:expected])
    assert 0 <= max(levels) <= 0.41


@pytest.mark.real_time
@pytest.mark.sound
def test_a_reader_that_sleeps_loses_the_oldest_and_it_is_counted(sound, monkeypatch):
    monkeypatch.setattr("assistant.audio.source.KEPT_SECONDS", 0.3)
    microphone = Microphone()
    first = microphone.read()
    time.sleep(1.2)
    chunk = microphone.read()
    assert microphone.lost_samples == pytest.approx(0.9 * LOOP_RATE, abs=0.15 * LOOP_RATE)
    assert chunk.start == first.end + microphone.lost_samples
    assert microphone.read().start == chunk.end
    microphone.close()


@pytest.mark.real_time
@pytest.mark.sound
def test_the_callback_takes_a_small_part_of_its_block(sound, monkeypatch):
    taken = []
    original = Microphone._on_block

    def timed(*args):
        began = time.perf_counter()
        original(*args)
        taken.append(time.perf_counter() - began)

    monkeypatch.setattr(Microphone, "_on_block", timed)
    microphone = Microphone()
    record(microphone, 2)
    microphone.close()
    assert len(taken) > 60
    assert max(taken) < 0.030, "the slowest call must leave the device its next block"
    assert np.median(taken) < 0.001


@pytest.mark.sound
@pytest.mark.parametrize("device", ["webcam", 99])
def test_an_unknown_microphone(sound, device):
    with pytest.raises(AudioDeviceError, match=r"one of: .*\(default\)") as error:
        Microphone(device)
    assert error.value.exit_code == 5


@pytest.mark.sound
def test_a_microphone_without_a_sound_server(sound):
    sound.kill()
    try:
        with pytest.raises(AudioDeviceError, match="microphone") as error:
            Microphone()
        assert "pactl info" in str(error.value) or "Close the program" in str(error.value)
    finally:
        sound.start()
