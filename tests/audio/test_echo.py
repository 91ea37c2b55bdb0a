"""Our own voice taken out of a room's sound, and what is played known to whoever listens."""

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.echo import Duplex
from assistant.audio.linear import LinearCanceller
from assistant.audio.playback import Playback
from assistant.types import LOOP_RATE, AudioChunk
from tests.speaking import noise, silence

BLOCK = 1024
ROOM = np.zeros(3000)
ROOM[[900, 1300, 2100]] = 0.5, -0.3, 0.1


class Room:
    """A source that hears what is played through ROOM, and a person."""

    def __init__(self, played, person, playback):
        self.lost_samples = 0
        echo = np.convolve(played.astype(float), ROOM)[: len(played)]
        self.heard = np.clip(echo + person, -32768, 32767).astype(np.int16)
        self._played, self._playback, self._at = played, playback, 0

    def read(self):
        start, self._at = self._at, self._at + BLOCK
        if self._at > len(self.heard):
            return None
        piece = self._played[start : self._at]
        if piece.any():
            self._playback.tell(100 + start / LOOP_RATE, piece, LOOP_RATE)
        return AudioChunk(self.heard[start : self._at], start, 100 + self._at / LOOP_RATE)

    def close(self):
        pass


def through(played, person, linear):
    playback = Playback()
    room = Room(played, person, playback)
    return room, list(iter(Duplex(room, playback, linear).read, None))


def joined(chunks):
    return np.concatenate([chunk.samples for chunk in chunks])


def test_in_silence_the_sound_is_as_it_was():
    person = noise(2, 2000)
    room, chunks = through(np.zeros(len(person), np.int16), person, LinearCanceller())
    assert all(chunk.echo is None for chunk in chunks)
    heard = joined(chunks)
    assert np.array_equal(heard, room.heard[: len(heard)])


def test_the_echo_goes_and_a_person_stays():
    played = noise(8, 3000, seed=1)
    person = np.concatenate([silence(6), noise(2, 500, seed=2)])
    _, chunks = through(played, person, LinearCanceller())
    left = joined(chunks)
    alone = left[4 * LOOP_RATE : 6 * LOOP_RATE]
    assert pcm.rms(alone) < 0.1 * pcm.rms(chunks[-1].echo.heard)
    both = left[len(left) - LOOP_RATE :].astype(float)
    assert np.corrcoef(both, person[len(left) - LOOP_RATE : len(left)])[0, 1] > 0.8
    assert not chunks[0].echo.removed
    assert chunks[-1].echo.removed


def test_no_sample_is_lost_between_silence_and_sound():
    played = np.concatenate([silence(0.7), noise(0.5, 3000), silence(2)])
    _, chunks = through(played, noise(3.2, 50), None)
    at = 0
    for chunk in chunks:
        assert chunk.start == at
        at = chunk.end
        if chunk.echo is not None:
            assert len(chunk.echo.played) == len(chunk.echo.heard) == len(chunk.samples)
    assert {chunk.echo is None for chunk in chunks} == {True, False}


@pytest.mark.parametrize("late", [-300, 0, 250])
def test_a_speaker_that_is_opened_again_with_another_delay(late):
    """What was learned of the room is kept: it takes half a second instead of some."""
    first, again = noise(6, 3000, seed=3), noise(2, 3000, seed=4)
    played = np.concatenate([first, silence(1.5), again])
    echo = np.convolve(played.astype(float), ROOM)[: len(played)]
    echo[len(first) + LOOP_RATE :] = np.roll(echo, late)[len(first) + LOOP_RATE :]
    playback = Playback()
    room = Room(played, silence(len(played) / LOOP_RATE), playback)
    room.heard = echo.astype(np.int16)
    chunks = list(iter(Duplex(room, playback, LinearCanceller()).read, None))
    last = [c for c in chunks if c.start > len(played) - LOOP_RATE]
    assert pcm.rms(joined(last)) < 0.2 * pcm.rms(np.concatenate([c.echo.heard for c in last]))
