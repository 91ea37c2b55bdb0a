"""Whether somebody talks while we do: a state machine on frames, fed with sound without our echo.

What is left of an echo can sound like a voice. But where somebody else talks, little is taken away;
where only we do, nearly all.
"""

from __future__ import annotations

import numpy as np

from assistant.stages import VoiceActivity
from assistant.types import AudioChunk, Samples

VOICE = 0.6
"""Probability of speech from which on a frame counts."""
LEFT = 0.4
"""More than this must be left of what was heard, when the echo is taken out (-8 dB)."""
KEPT = 0.15
"""And more than this of that, when all is suppressed that resembles the echo."""
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
        self._frames: list[Samples] = [np.zeros(0, np.int16)] * 3
        self._voiced = 0
        self._quiet = AGAIN

    def process(self, chunk: AudioChunk) -> bool:
        """Take the next chunk in which we play something; whether somebody begins to talk in it."""
        assert chunk.echo is not None
        new = (chunk.echo.others, chunk.samples, chunk.echo.heard)
        waiting = [np.concatenate(pair) for pair in zip(self._frames, new, strict=True)]
        size = self._vad.frame
        whole = len(waiting[0]) // size * size
        self._frames = [each[whole:] for each in waiting]
        began = False
        for at in range(0, whole, size):
            began |= self._frame(*(each[at : at + size] for each in waiting))
        return began

    def _frame(self, others: Samples, left: Samples, heard: Samples) -> bool:
        loud = _rms(left)
        voice = self._vad.probability(left) >= VOICE and _rms(others) > loud * KEPT
        if voice and loud > LOUD and loud > _rms(heard) * LEFT:
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
