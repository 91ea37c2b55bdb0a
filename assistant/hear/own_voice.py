"""Our own voice, known by what it says: it must not wake us.

The wake word is listened for in what we play as well, where it is clearest. Who is woken by a room
that plays it back at us was woken by ourselves.
"""

from __future__ import annotations

from assistant.stages import WakeDetector
from assistant.types import LOOP_RATE, AudioChunk

AFTER = round(2.0 * LOOP_RATE)
"""Samples after our own voice was taken for the word in which nobody else is: a room gives it back
late, and these models report up to 1.3 s after it, when other words follow."""


class OwnVoice:
    """detector: the wake word's, in a hasty setting: what it reports must be known before the other
    one reports the same."""

    def __init__(self, detector: WakeDetector) -> None:
        self._detector = detector
        self._said_at = -AFTER - 1
        self._listening = False

    def process(self, chunk: AudioChunk) -> None:
        """Take the next chunk, whether or not something is played in it."""
        if chunk.echo is None:
            if self._listening:
                self._detector.reset()
                self._listening = False
            return
        self._listening = True
        if self._detector.process(chunk.echo.played) is not None:
            self._said_at = chunk.end

    def said(self, at: int) -> bool:
        """Whether the wake word that was heard up to sample `at` is likely to be our own."""
        return at - self._said_at <= AFTER
