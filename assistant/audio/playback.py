"""What we play, on the clock, for who listens meanwhile: the reference of an echo canceller.

A speaker tells each block that it hands to its device, and when that sounds. These times jitter by
some milliseconds, so blocks that follow one another are strung together by their lengths: a
canceller can live with a delay, and not with one that changes.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from assistant.audio import pcm
from assistant.types import LOOP_RATE, AudioChunk, Samples

KEPT = 4.0
"""Seconds that are remembered: a microphone may be read late, when the processor is busy."""
TAIL = 0.6
"""Seconds for which a room, and what lies between us and the speaker, may still sound."""
JOIN = 0.04
"""Seconds. Blocks less than this apart follow one another."""


class Playback:
    """One thread tells, another asks; neither waits for the other."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, Samples, float]] = deque()
        self._epoch: float | None = None  # monotonic seconds of the sample at position 0
        self._begin = 0  # position of the first sample of `_sound`
        self._sound = np.zeros(0, np.int16)
        self._resampler = pcm.Resampler(LOOP_RATE)
        self._rate = 0.0
        self._follows = 0.0  # monotonic seconds at which the next block sounds, if it follows
        self._last = -LOOP_RATE * 60  # position of the end of what was not silence
        self._next: int | None = None  # position from which on the reader asks next, while we play

    def tell(self, at: float, samples: Samples, rate: float) -> None:
        """These samples, mono, sound from `at` (monotonic seconds) on."""
        self._told.append((at, samples, rate))

    def during(self, begin: float, count: int) -> Samples | None:
        """The `count` samples at LOOP_RATE from `begin` (monotonic seconds) on, silence where there
        is none; None when we have been silent for TAIL by then. To be asked forwards only."""
        self._take_in()
        if self._epoch is None:
            return None
        position = round((begin - self._epoch) * LOOP_RATE)
        if self._next is not None and abs(position - self._next) < JOIN * LOOP_RATE:
            position = self._next
        if position - self._last > TAIL * LOOP_RATE or position + count < self._begin:
            self._next = None
            return None
        self._next = position + count
        made = np.zeros(count, np.int16)
        first, last = position - self._begin, position - self._begin + count
        piece = self._sound[max(0, first) : max(0, last)]
        made[max(0, -first) : max(0, -first) + len(piece)] = piece
        return made

    def _take_in(self) -> None:
        while self._told:
            at, samples, rate = self._told.popleft()
            if abs(at - self._follows) > JOIN or rate != self._rate:
                self._start_at(at, rate)
            self._follows += len(samples) / rate
            heard = self._resampler.process(samples)
            self._sound = np.concatenate([self._sound, heard])
            if samples.any():
                self._last = self._begin + len(self._sound)
        beyond = len(self._sound) - round(KEPT * LOOP_RATE)
        if beyond > 0:
            self._sound = self._sound[beyond:]
            self._begin += beyond

    def _start_at(self, at: float, rate: float) -> None:
        """What follows does not follow what was before."""
        if self._epoch is None:
            self._epoch = at
        self._resampler = pcm.Resampler(rate)
        self._rate, self._follows = rate, at
        gap = round((at - self._epoch) * LOOP_RATE) - self._begin - len(self._sound)
        if gap > KEPT * LOOP_RATE:
            self._begin += len(self._sound) + gap
            self._sound = self._sound[:0]
        elif gap > 0:
            self._sound = np.concatenate([self._sound, np.zeros(gap, np.int16)])


class Recorded:
    """When the chunks of a source were recorded: their times come late, and never early, so the
    promptest of them tells."""

    DRIFT = 0.0002
    """Seconds a chunk: two clocks differ by less."""

    def __init__(self) -> None:
        self._origin: float | None = None  # monotonic seconds of sample 0
        self._end = 0

    def begin(self, chunk: AudioChunk) -> float:
        """Monotonic seconds at which the first sample of `chunk` was there."""
        origin = chunk.time - chunk.end / LOOP_RATE
        late = 0.0 if self._origin is None else origin - self._origin
        if self._origin is None or chunk.start != self._end or abs(late) > 1.0:
            self._origin = origin
        else:
            self._origin = min(self._origin + self.DRIFT, origin)
        self._end = chunk.end
        return self._origin + chunk.start / LOOP_RATE
