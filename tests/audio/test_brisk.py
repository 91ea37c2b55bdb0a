"""A microphone that is read in small pieces while we speak: the same sound, without a gap."""

import threading
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest

from assistant.audio.brisk import BRISK_MS, Brisk
from assistant.audio.source import Microphone
from assistant.errors import AudioDeviceError
from assistant.types import LOOP_RATE, AudioChunk
from tests.speaking import noise

LARGE, SMALL = 1024, BRISK_MS * LOOP_RATE // 1000
SOUND = noise(20, 1000, 5)


class Device:
    """Time passes when somebody waits for its sound. Each stream hears that from its opening on,
    its pieces come `late` samples after their end, and it counts from 0."""

    def __init__(self, sound=SOUND):
        self.sound, self.now = sound, 0
        self.open = 0

    def stream(self, size, late=0, *, gone_from=None):
        return Stream(self, size, late, gone_from)


class Stream:
    def __init__(self, device, size, late, gone_from):
        self.lost_samples = 0
        self._device, self._size, self._late, self._gone = device, size, late, gone_from
        self._origin, self._position = device.now, 0
        self._closed = False
        device.open += 1

    def _there(self):
        return self._origin + self._position + self._size + self._late

    def read(self):
        if self._closed:
            return None
        if self._gone is not None and self._position >= self._gone:
            raise AudioDeviceError("It is gone.", code="microphone_gone")
        self._device.now = max(self._device.now, self._there())
        return self._piece()

    def at_hand(self):
        pieces = []
        while self._there() <= self._device.now:
            pieces.append(self._piece())
        if not pieces:
            return None
        samples = np.concatenate([p.samples for p in pieces])
        return AudioChunk(samples, pieces[0].start, pieces[-1].time)

    def _piece(self):
        start, self._position = self._position, self._position + self._size
        at = self._origin + start
        return AudioChunk(
            self._device.sound[at : at + self._size].copy(), start, self._there() / LOOP_RATE
        )

    def rouse(self):
        """It never dozes."""

    def close(self):
        self._device.open -= not self._closed
        self._closed = True


class Reader:
    """Reads as the loop does, and switches."""

    def __init__(self, device, open_quick=None):
        self.wanted = False
        quick = open_quick or (lambda: device.stream(SMALL, 40))
        self.source = Brisk(device.stream(LARGE, 90), quick, lambda: self.wanted)
        self.chunks = []

    def read(self, count):
        """So many more pieces; their lengths."""
        for _ in range(count):
            self.chunks.append(self.source.read())
            if self.source._thread is not None:
                self.source._thread.join()  # opening and closing take no time here
        return [len(c.samples) for c in self.chunks[-count:]]

    def speak(self, pieces=60):
        self.wanted = True
        return self.read(pieces)

    def wait(self, pieces=20):
        self.wanted = False
        return self.read(pieces)


def assert_whole(chunks):
    assert all(b.start == a.end for a, b in pairwise(chunks))
    heard = np.concatenate([c.samples for c in chunks])
    assert np.array_equal(heard, SOUND[: len(heard)])


def test_it_is_read_in_small_pieces_while_we_speak_and_nothing_is_lost_or_heard_twice():
    device = Device()
    reader = Reader(device)
    assert set(reader.read(10)) == {LARGE}
    for _ in range(3):
        assert set(reader.speak()[10:]) == {SMALL}
        assert device.open == 2
        assert set(reader.wait()[4:]) == {LARGE}
        assert device.open == 1
    reader.source.close()
    assert device.open == 0
    assert_whole(reader.chunks)
    assert reader.source.lost_samples == 0


def test_small_pieces_come_sooner():
    device = Device()
    with closing((reader := Reader(device)).source):

        def worst(chunks):
            return max(c.time - c.start / LOOP_RATE for c in chunks)

        reader.read(10)
        before = worst(reader.chunks)
        reader.speak()
        assert worst(reader.chunks[-40:]) < before - 0.04


def test_a_device_that_cannot_be_opened_twice_is_asked_once_in_a_reply():
    asked = []

    def refuse():
        asked.append(None)
        raise AudioDeviceError("It is in use.", code="microphone_busy")

    reader = Reader(Device(), refuse)
    with closing(reader.source):
        for times in (1, 2):
            assert set(reader.speak()) == {LARGE}
            assert len(asked) == times
            reader.wait()
    assert_whole(reader.chunks)


@pytest.mark.parametrize("sound", [noise(20, 1000, 6), np.zeros_like(SOUND)])
def test_another_sound_is_not_taken_for_the_same(sound):
    other = Device(sound)
    device = Device()
    reader = Reader(device, lambda: other.stream(SMALL))
    with closing(reader.source):
        for _ in range(60):
            other.now = device.now
            assert reader.speak(1) == [LARGE]
    assert_whole(reader.chunks)


def test_a_tone_does_not_tell_where_it_is():
    tone = (3000 * np.sin(2 * np.pi * 500 * np.arange(20 * LOOP_RATE) / LOOP_RATE)).astype(np.int16)
    with closing((reader := Reader(Device(tone))).source):
        assert set(reader.speak()) == {LARGE}


def test_when_the_second_stream_ends_the_first_goes_on():
    device = Device()
    reader = Reader(device, lambda: device.stream(SMALL, 40, gone_from=LOOP_RATE))
    with closing(reader.source):
        lengths = reader.speak(120)
        assert SMALL in lengths
        assert LARGE in lengths[70:]
    assert_whole(reader.chunks)


def test_closing_leaves_no_stream_behind():
    for pieces in (1, 2, 3, 10):
        device = Device()
        reader = Reader(device)
        reader.wanted = True
        for _ in range(pieces):
            reader.source.read()
        reader.source.close()
        assert device.open == 0
        assert reader.source.read() is None


@pytest.mark.sound
def test_two_streams_of_a_real_device_hear_the_same(sound):
    wanted, before, chunks = [False], threading.active_count(), []
    opened = Brisk(
        Microphone("default", 64), lambda: Microphone("default", BRISK_MS), lambda: wanted[0]
    )
    with sound.room(None), closing(opened) as source:  # whose microphone hisses
        for _ in range(120):
            wanted[0] = len(chunks) > 8
            chunks.append(source.read())
            if [len(c.samples) for c in chunks[-8:]] == [SMALL] * 8:
                break
        assert all(b.start - a.end >= 0 for a, b in pairwise(chunks))
        assert len(chunks[-1].samples) == SMALL
    assert threading.active_count() == before
