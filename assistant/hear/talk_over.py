"""Whether somebody talks while we do: a state machine on frames, fed with sound without our echo.

What is left of an echo can sound like a voice. But where somebody else talks, little is taken away;
where only we do, nearly all.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from assistant.stages import VoiceActivity
from assistant.types import AudioChunk, Samples

LOUD = 150.0
"""Root mean square in steps of int16 (-47 dBFS): softer is nobody who talks to us."""
AGO = 8
"""Frames, of 32 ms: what a room gives back late is soft beside the loudest of the last ones."""
PART = 256
"""Samples: 16 ms."""
AGAIN = 25
"""Frames without a voice after which it may begin again."""


class Sign(NamedTuple):
    """Of somebody's voice in one frame: more than this probability of speech; more than this left
    of what was heard, when the echo is taken out; and of the loudest that was heard lately."""

    voice: float
    left: float
    recent: float


SURE = Sign(0.3, 0.6, 0.5)
LIKELY = Sign(0.5, 0.4, 0.3), Sign(0.1, 0.8, 0.5)
"""One frame is enough of the first, two in a row of either of the others."""


class TalkOver:
    def __init__(self, vad: VoiceActivity) -> None:
        self._vad = vad
        self.reset()

    def reset(self) -> None:
        self._frames: list[Samples] = [np.zeros(0, np.int16)] * 2
        self._loudest: deque[float] = deque(maxlen=AGO)
        self._likely = False
        self._quiet = AGAIN

    def process(self, chunk: AudioChunk) -> bool:
        """Take the next chunk in which we play something; whether somebody begins to talk in it."""
        assert chunk.echo is not None
        new = (chunk.samples, chunk.echo.heard)
        waiting = [np.concatenate(pair) for pair in zip(self._frames, new, strict=True)]
        size = self._vad.frame
        whole = len(waiting[0]) // size * size
        self._frames = [each[whole:] for each in waiting]
        began = False
        for at in range(0, whole, size):
            began |= self._frame(*(each[at : at + size] for each in waiting))
        return began

    def _frame(self, left: Samples, heard: Samples) -> bool:
        loud, all_ = _rms(left), _rms(heard)
        self._loudest.append(all_)
        probability = self._vad.probability(left)

        def shows(sign: Sign) -> bool:
            enough = loud > max(LOUD, sign.left * all_, sign.recent * max(self._loudest))
            return enough and probability >= sign.voice

        likely = any(map(shows, LIKELY))
        if shows(SURE) or (likely and self._likely):
            began = self._quiet >= AGAIN
            self._quiet = 0
        else:
            began = False
            self._quiet += 1
        self._likely = likely
        return began


def softened(chunk: AudioChunk) -> Samples:
    """What is left of a chunk, softer where it is a rest of our own voice rather than somebody's:
    before a "stop", such a rest is a word to a recognizer."""
    if chunk.echo is None:
        return chunk.samples
    parts = [slice(at, at + PART) for at in range(0, len(chunk.samples), PART)]
    left = np.array([_rms(chunk.samples[part]) for part in parts])
    heard = np.array([max(_rms(chunk.echo.heard[part]), 1.0) for part in parts])
    gains = np.minimum(1, left / (SURE.left * heard)) ** 2
    middles = np.arange(len(parts)) * PART + PART // 2
    smooth = np.interp(np.arange(len(chunk.samples)), middles, gains)
    soft: Samples = (chunk.samples * smooth).astype(np.int16)
    return soft


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
