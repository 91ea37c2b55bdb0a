"""The sound of the loop: from a source that goes and comes back, or that misses a piece."""

import threading
from contextlib import closing

import numpy as np
import pytest

from assistant import reopening
from assistant.errors import AudioDeviceError
from assistant.reopening import GAP, Reopened
from assistant.types import LOOP_RATE, AudioChunk

CHUNK = 160


class Source:
    """Chunks that begin at these samples; then it is at its end, or fails."""

    def __init__(self, *starts, failure=None):
        self.lost_samples = 0
        self.chunks = [AudioChunk(np.zeros(CHUNK, np.int16), start, 0.0) for start in starts]
        self.failure, self.closed = failure, False

    def read(self):
        if self.chunks:
            return self.chunks.pop(0)
        if self.failure is not None:
            raise self.failure
        return None

    def close(self):
        self.closed = True


class House:
    def __init__(self, *sources, speaking=True, patient=False):
        self.sources, self.events, self.again = list(sources), [], 0
        self.stop, self.speaking = threading.Event(), speaking
        self.sound = Reopened(
            self.open,
            self.stop,
            self.events.append,
            lambda: self.speaking,
            self.ask_again,
            patient=patient,
        )

    def open(self):
        source = self.sources.pop(0)
        if isinstance(source, Exception):
            raise source
        return source

    def ask_again(self):
        self.again += 1

    def hear(self):
        with closing(self.sound.chunks()) as chunks:
            return [chunk.start for chunk in chunks]

    def told(self):
        return [(event.kind, event.text) for event in self.events]


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(reopening, "SOON", 0.001)


def test_one_that_goes_is_opened_again_and_whoever_spoke_is_asked_to_repeat_it():
    gone = Source(0, CHUNK, failure=AudioDeviceError("unplugged"))
    again = Source(0)
    house = House(gone, *[AudioDeviceError("none")] * 3, again)
    assert house.hear() == [0, CHUNK, 0]
    assert house.told() == [
        ("ready", ""),
        ("degraded", "unplugged"),
        ("degraded", "none"),  # once, however often it is tried
        ("ready", ""),
    ]
    assert (house.again, house.sound.ended, gone.closed, again.closed) == (1, True, True, True)


def test_nobody_spoke():
    house = House(Source(0, failure=AudioDeviceError("unplugged")), Source(0), speaking=False)
    house.hear()
    assert house.again == 0


def test_one_that_goes_twice_before_anybody_is_asked():
    failure = AudioDeviceError("unplugged")
    house = House(Source(0, failure=failure), Source(failure=failure), Source(0))
    house.speaking = True
    assert house.hear() == [0, 0]
    assert house.again == 2


@pytest.mark.parametrize(("missing", "asked"), [(0.9 * GAP, 0), (1.1 * GAP, 1)])
def test_a_long_gap_cuts_off_whoever_speaks(missing, asked):
    """A machine that slept: the two halves of a sentence do not belong together."""
    house = House(Source(0, CHUNK, 2 * CHUNK + round(missing * LOOP_RATE)))
    assert len(house.hear()) == 3
    assert house.again == asked


def test_the_first_attempt_is_final_unless_it_is_patient():
    with pytest.raises(AudioDeviceError, match="none"):
        House(AudioDeviceError("none")).hear()
    assert House(AudioDeviceError("none"), Source(0), patient=True).hear() == [0]


def test_who_stops_does_not_wait_for_a_microphone(monkeypatch):
    monkeypatch.setattr(reopening, "SOON", 60.0)
    house = House(AudioDeviceError("none"), patient=True)
    threading.Timer(0.05, house.stop.set).start()
    with pytest.raises(AudioDeviceError):
        house.hear()
