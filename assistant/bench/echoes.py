"""A room in which we speak: what is played, what the microphone hears of it and of others."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from assistant.audio import pcm
from assistant.audio.playback import Playback
from assistant.bench.sound import in_room, loudest, padded
from assistant.types import LOOP_RATE, AudioChunk, Samples

HISS = 20.0
"""Standard deviation of the microphone's own noise, in steps of int16."""
LATE = 0.03
"""Seconds from a device to its membrane."""
TOLD = 0.05
"""Seconds in the buffers of a device."""
WRONG = 0.008
"""Seconds by which that differs, each time that it begins to play."""
BEGINS_AGAIN = 0.4
"""Seconds of silence after which it begins anew."""
BEGINS = 2.5
"""Seconds into our speech at which a person begins to talk."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played, what the microphone hears, and when a person speaks (samples)."""

    played: Samples
    heard: Samples
    person: tuple[int, int] | None = None


class Room:
    """A Source: what the microphone hears, while a speaker tells what it plays."""

    def __init__(self, scene: Scene, playback: Playback, block: int) -> None:
        self.lost_samples = 0
        self._scene, self._playback, self._block = scene, playback, block
        self._told = self._position = 0
        self._silent, self._wrong = LOOP_RATE, 0.0
        self._draw = np.random.default_rng(len(scene.played))

    def read(self) -> AudioChunk | None:
        start, end = self._position, self._position + self._block
        self._tell(end + round(TOLD * LOOP_RATE))
        piece = self._scene.heard[start:end]
        if len(piece) < self._block:
            return None
        self._position = end
        return AudioChunk(piece, start, end / LOOP_RATE)

    def _tell(self, until: int) -> None:
        """Each time that it begins to play it is wrong about its delay, by some milliseconds."""
        piece = self._scene.played[self._told : until]
        if piece.any():
            if self._silent > BEGINS_AGAIN * LOOP_RATE:
                self._wrong = float(self._draw.uniform(-WRONG, WRONG))
            self._silent = 0
        self._silent += len(piece)
        self._playback.tell(self._told / LOOP_RATE - TOLD + self._wrong, piece, LOOP_RATE)
        self._told += len(piece)

    def close(self) -> None:
        """Nothing to close."""


def alone(sound: Samples, impulse: Samples, softer: float, seed: str) -> Scene:
    played = padded(sound, 0.5, 2.5)
    return Scene(played, at_microphone(played, impulse, softer, seed))


def talked_over(
    reply: Samples,
    call: Samples,
    bounds: tuple[int, int] | None,
    impulse: Samples,
    level: int,
    seed: str,
) -> Scene:
    """A reply, a pause, another one and a person who calls in the midst of it."""
    played = np.concatenate([padded(reply, 0.5, 1.0), reply, pcm.silence(1.0, LOOP_RATE)])
    echo = at_microphone(played, impulse, 6.0, seed)
    voice = in_room(call, impulse).astype(np.float64)
    voice *= np.sqrt(loudest(echo) / max(loudest(voice), 1.0)) * 10 ** (level / 20)
    at = len(played) - len(reply) + round((BEGINS - 1.0) * LOOP_RATE)
    both = echo.astype(np.float64)
    both[at : at + len(voice)] += voice[: len(both) - at]
    first, last = bounds or (0, len(call))
    onset = at + first + int(np.argmax(np.abs(impulse)))
    heard = pcm.to_int16(both / max(pcm.FULL_SCALE, float(np.abs(both).max())))
    return Scene(played, heard, (onset, at + last))


def at_microphone(played: Samples, impulse: Samples, softer: float, seed: str) -> Samples:
    echo = in_room(played, impulse)[: len(played)].astype(np.float64) * 10 ** (-softer / 20)
    late = np.concatenate([np.zeros(round(LATE * LOOP_RATE)), echo])[: len(played)]
    hiss = np.random.default_rng(zlib.crc32(seed.encode())).standard_normal(len(late)) * HISS
    return np.clip(np.rint(late + hiss), -32768, 32767).astype(np.int16)
