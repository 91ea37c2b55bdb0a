"""Our own voice is taken out of what a microphone hears: a real sound server, with a room between
its speaker and its microphone."""

import threading
import time

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.echo import Duplex
from assistant.audio.linear import LinearCanceller
from assistant.audio.playback import Playback
from assistant.audio.sink import Speaker
from assistant.audio.source import Microphone
from assistant.types import LOOP_RATE, Speech
from tests.sound import align
from tests.speaking import noise

pytestmark = [pytest.mark.sound, pytest.mark.real_time]


def room(seed=0, seconds=0.25):
    """An answer that falls by 60 dB, half as loud in all as what is played."""
    draw = np.random.default_rng(seed).standard_normal(round(seconds * LOOP_RATE))
    answer = draw * 10 ** (-3 * np.arange(len(draw)) / len(draw))
    answer[0] = 3
    return answer * 0.5 / np.sqrt(np.sum(answer**2))


def babble(seconds, seed):
    """Noise that comes and goes like syllables."""
    samples = noise(seconds, 3000, seed)
    times = np.arange(len(samples)) / LOOP_RATE
    return (samples * np.clip(np.sin(2 * np.pi * 2.5 * times) + 0.5, 0, 1)).astype(np.int16)


class Ears:
    """Reads all that is heard, in a thread, as the loop does."""

    def __init__(self):
        self.playback = Playback()
        self.speaker = Speaker("default", playback=self.playback)
        self._source = Duplex(Microphone("default", 64), self.playback, LinearCanceller())
        self.chunks = []
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        while (chunk := self._source.read()) is not None:
            self.chunks.append(chunk)

    def play(self, samples):
        """Until it was heard; the chunks in which it, or somebody, was."""
        first = len(self.chunks)
        self.speaker.play(Speech(samples, LOOP_RATE))
        time.sleep(len(samples) / LOOP_RATE + 0.5)
        heard = [c for c in self.chunks[first:] if c.echo is not None]
        return [c for c in heard if pcm.rms(c.echo.heard) > 0.01]

    def close(self):
        self._source.close()
        self._thread.join()
        self.speaker.close()


@pytest.fixture
def ears(sound):
    made = []

    def start():
        made.append(Ears())
        return made[-1]

    yield start
    for each in made:
        each.close()


def left(chunks):
    return pcm.rms(np.concatenate([c.samples for c in chunks])) / pcm.rms(
        np.concatenate([c.echo.heard for c in chunks])
    )


def late(chunks):
    """Samples by which what is played is heard later than the reference says."""
    heard = np.concatenate([c.echo.heard for c in chunks])
    played = np.concatenate([c.echo.played for c in chunks])
    return align(heard, played[: len(played) - 8000])[0]


def test_the_echo_is_found_and_taken_out_from_one_reply_to_the_next(ears, sound):
    with sound.room(room()):
        listening = ears()
        time.sleep(0.3)
        first = listening.play(babble(4, 1))
        again = listening.play(babble(2, 2))
        listening.speaker.close()  # a device that is opened anew has another delay
        time.sleep(1.0)
        reopened = listening.play(babble(3, 3))
        listening.close()
    assert 0 < late(first[:14]) < 0.3 * LOOP_RATE
    assert left(first[-8:]) < 0.2
    assert first[-1].echo.removed
    assert left(again) < 0.25
    assert left(reopened[12:]) < 0.25
    assert reopened[-1].echo.removed


def test_where_nothing_comes_back_the_sound_stays_as_it_is(ears, sound):
    person = babble(2, 4)
    with sound.room(None) as there:
        listening = ears()
        time.sleep(0.3)
        listening.play(babble(2, 1))
        there.talk(person)
        heard = listening.play(babble(2, 5))
        listening.close()
    assert len(heard) > 15
    # nothing of ours is in it, so it can be believed: for as long as it takes to notice somebody
    assert all(c.echo.removed for c in heard[:5])
    assert left(heard) == pytest.approx(1, abs=0.02)
