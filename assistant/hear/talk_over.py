"""Whether somebody talks while we do: a state machine on frames, fed with sound without our echo.

What is left of an echo can sound like a voice. But where somebody else talks, the canceller takes
little away; where only we do, it takes nearly all.
"""

from __future__ import annotations

import numpy as np

from assistant.stages import VoiceActivity
from assistant.types import AudioChunk, Samples

VOICE = 0.6
"""Probability of speech from which on a frame counts."""
LEFT = -8.0
"""Decibels. More of the sound than this must be left without the echo."""
LOUD = 150.0
"""Root mean square in steps of int16 (-47 dBFS): softer is nobody who talks to us."""
FRAMES = 2
"""In a row, of 32 ms each."""
AGAIN = 25
"""Frames without a voice after which it may begin again."""


class TalkOver:
    def __init__(self, vad: VoiceActivity) -> None:
        self._vad = vad
        self.reset()

    def reset(self) -> None:
        self._clean: Samples = np.zeros(0, np.int16)
        self._heard: Samples = np.zeros(0, np.int16)
        self._voiced = 0
        self._quiet = AGAIN

    def process(self, chunk: AudioChunk) -> bool:
        """Take the next chunk in which we play something; whether somebody begins to talk in it."""
        assert chunk.echo is not None
        self._clean = np.concatenate([self._clean, chunk.samples])
        self._heard = np.concatenate([self._heard, chunk.echo.heard])
        began = False
        while len(self._clean) >= self._vad.frame:
            clean, self._clean = np.split(self._clean, [self._vad.frame])
            heard, self._heard = np.split(self._heard, [self._vad.frame])
            began |= self._frame(clean, heard)
        return began

    def _frame(self, clean: Samples, heard: Samples) -> bool:
        voice = self._vad.probability(clean) >= VOICE
        left = _rms(clean)
        if voice and left > LOUD and left > _rms(heard) * 10 ** (LEFT / 20):
            self._voiced += 1
            began = self._voiced == FRAMES and self._quiet >= AGAIN
            if self._voiced >= FRAMES:
                self._quiet = 0
            return began
        self._voiced = 0
        self._quiet += 1
        return False


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
