"""Noise suppression and gain: the sound is cleaner, and lies where it lay."""

import sys
from dataclasses import dataclass, field

import numpy as np
import pytest

from assistant.audio.cleaning import FRAME, cleaned
from assistant.config import load
from assistant.errors import ConfigError
from assistant.types import LOOP_RATE, AudioChunk
from tests.speaking import noise, speak

BLOCK = 1024


@dataclass
class Played:
    """A source that gives these chunks."""

    chunks: list[AudioChunk]
    lost_samples: int = 0
    closed: bool = False
    given: list[AudioChunk] = field(default_factory=list)

    def read(self):
        return self.chunks.pop(0) if self.chunks else None

    def close(self):
        self.closed = True


def playing(samples, block=BLOCK):
    starts = range(0, len(samples), block)
    return Played([AudioChunk(samples[at : at + block], at, at / LOOP_RATE) for at in starts])


def audio(**wanted):
    return load([f"audio.{key}={str(on).lower()}" for key, on in wanted.items()]).config.audio


def read(source):
    return list(iter(source.read, None))


def test_the_sound_stays_as_it_is_unless_something_is_wanted():
    source = playing(noise(0.1))
    assert cleaned(source, audio()) is source


@pytest.mark.parametrize("block", [BLOCK, 100, FRAME, 480])
def test_every_sample_is_where_it_was(block):
    sound = noise(1)
    chunks = read(cleaned(playing(sound, block), audio(noise_suppression=True)))
    at = 0
    for chunk in chunks:
        assert (chunk.start, len(chunk.samples) % FRAME) == (at, 0)
        at = chunk.end
    assert len(sound) - FRAME < at <= len(sound)


def test_steady_noise_is_suppressed():
    sound = noise(5, level=1000)
    heard = np.concatenate(
        [c.samples for c in read(cleaned(playing(sound), audio(noise_suppression=True)))]
    )
    late = slice(3 * LOOP_RATE, None)
    assert np.std(heard[late]) < 0.6 * np.std(sound[late])


@pytest.mark.models
def test_quiet_speech_is_made_louder():
    said = speak(0.3, "Please turn off all of the lights in the living room.", 0.3)
    sound = np.tile(said // 12, 4)
    heard = np.concatenate(
        [c.samples for c in read(cleaned(playing(sound), audio(auto_gain=True)))]
    )
    late = slice(len(sound) // 2, None)
    assert np.std(heard[late]) > 2 * np.std(sound[late])


def test_what_was_waiting_when_sound_was_lost_is_dropped():
    source = playing(noise(0.05), block=250)
    kept = source.chunks[2:]
    source.chunks = [source.chunks[0], *kept]
    source.lost_samples = 250
    wrapped = cleaned(source, audio(auto_gain=True))
    chunks = read(wrapped)
    assert [chunk.start for chunk in chunks][:2] == [0, 500]
    assert wrapped.lost_samples == 250


def test_it_closes_its_source():
    source = playing(noise(0.1))
    cleaned(source, audio(auto_gain=True)).close()
    assert source.closed


def test_without_the_library_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "webrtc_noise_gain", None)
    source = playing(noise(0.1))
    with pytest.raises(ConfigError, match=r"assistant\[clean\]"):
        cleaned(source, audio(noise_suppression=True))
    assert source.closed
