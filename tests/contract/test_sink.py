"""What every Sink keeps: the scripted one, a recording, and a speaker that is listened to."""

import contextlib
import threading
import time

import pytest

from assistant.audio import pcm
from assistant.audio.sink import Speaker
from assistant.audio.wav_sink import WavSink
from assistant.testing import RecordingSink
from assistant.types import LOOP_RATE, Speech
from assistant.worker import Cancel
from tests.sound import assert_heard, chirp

pytestmark = pytest.mark.real_time


class Ear:
    """A sink, and what was heard of it, at LOOP_RATE."""

    def __init__(self, sink, heard, recording=None):
        self.sink = sink
        self._heard = heard
        self.recording = recording

    @property
    def heard(self):
        time.sleep(0.15)  # until the recorder has it
        speech = pcm.concatenate(self._heard())
        return pcm.resample(speech.samples, speech.rate, LOOP_RATE)


@pytest.fixture(
    params=[
        "scripted",
        "recording",
        "recording in real time",
        pytest.param("speaker", marks=pytest.mark.sound),
    ]
)
def ear(request):
    with contextlib.ExitStack() as stack:
        if request.param == "speaker":
            sound = request.getfixturevalue("sound")
            recording = stack.enter_context(sound.recording())
            sink = Speaker()
            yield Ear(sink, lambda: [Speech(recording.samples, LOOP_RATE)], recording)
        elif request.param == "scripted":
            sink = RecordingSink(pace=1.0)
            yield Ear(sink, lambda: sink.played)
        else:
            sink = WavSink(real_time=request.param.endswith("real time"))
            yield Ear(sink, lambda: [sink.heard])
        sink.close()


def paced(ear):
    return not (isinstance(ear.sink, WavSink) and not ear.sink._real_time)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_all_that_is_played_is_heard(ear, rate):
    ear.sink.prepare()
    speech = chirp(0.8, rate)
    ear.sink.play(speech)
    assert ear.sink.finish(Cancel()) is True
    assert_heard(ear.heard, pcm.resample(speech.samples, rate, LOOP_RATE))


def test_one_after_the_other_whatever_their_rate(ear):
    first, second = chirp(0.4, 22_050), chirp(0.4, 48_000, low=3000, high=500)
    times = [ear.sink.play(first), ear.sink.play(second)]
    assert ear.sink.finish(Cancel()) is True
    samples = ear.heard
    begins = assert_heard(samples, pcm.resample(first.samples, 22_050, LOOP_RATE))
    follows = assert_heard(samples, pcm.resample(second.samples, 48_000, LOOP_RATE))
    assert follows - begins == pytest.approx(0.4 * LOOP_RATE, abs=5)
    if paced(ear):
        assert times[1] - times[0] == pytest.approx(0.4, abs=0.02)


def test_play_returns_at_once_and_finish_when_it_was_heard(ear):
    ear.sink.prepare()
    began = time.monotonic()
    at = ear.sink.play(chirp(0.5))
    assert time.monotonic() - began < 0.1
    assert began <= at < began + 0.2
    ear.sink.finish(Cancel())
    if paced(ear):
        assert at + 0.49 < time.monotonic() < at + 0.65


def test_a_cancel_ends_finish_at_once_and_in_silence(ear):
    cancel = Cancel()
    timer = threading.Timer(0.3, cancel.set)
    began = time.monotonic()
    ear.sink.play(chirp(3.0))
    timer.start()
    finished = ear.sink.finish(cancel)
    took = time.monotonic() - began
    timer.join()
    if paced(ear):
        assert finished is False
        assert took < 0.45
    if isinstance(ear.sink, Speaker):
        time.sleep(0.3)
        assert ear.recording.end() - (began + took) < 0.1


def test_cancelled_before(ear):
    cancel = Cancel()
    cancel.set()
    ear.sink.play(chirp(1.0))
    began = time.monotonic()
    assert ear.sink.finish(cancel) is False
    assert time.monotonic() - began < 0.1


def test_it_plays_again_after_a_stop(ear):
    ear.sink.play(chirp(2.0, low=200, high=250))
    time.sleep(0.1)
    ear.sink.stop()
    again = chirp(0.3)
    ear.sink.play(again)
    assert ear.sink.finish(Cancel()) is True
    assert_heard(ear.heard, again.samples)


def test_stop_and_finish_with_nothing_to_play(ear):
    ear.sink.stop()
    began = time.monotonic()
    assert ear.sink.finish(Cancel()) is True
    assert time.monotonic() - began < 0.05
