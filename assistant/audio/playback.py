"""What we play, on the clock, for who listens meanwhile: the reference of an echo canceller.

A speaker tells each block when it hands it to its device: its echo comes later and never sooner,
whatever the device says of its delay. These times jitter by some milliseconds, so blocks that
follow one another are strung together by their lengths: a canceller can live with a delay, and not
with one that changes.
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
JOIN = 0.12
"""Seconds. Blocks less than this apart follow one another."""


SETTLED = 0.005
"""Seconds of that which do no harm."""
TOLD = 4096
"""Blocks that wait for a reader: none reads while the microphone is muted or gone."""


class Playback:
    """One thread tells, another asks; neither waits for the other."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, Samples, float]] = deque(maxlen=TOLD)
        self._epoch: float | None = None  # monotonic seconds of the sample at position 0
        self._begin = 0  # position of the first sample of `_sound`
        self._sound = np.zeros(0, np.int16)
        self._resampler: pcm.Resampler | None = None
        self._rate = 0.0  # of the last samples
        self._follows = 0.0  # monotonic seconds at which the next block sounds, if it follows
        self._early = 0.0  # seconds by which blocks come before they follow (below zero)
        self._last = -LOOP_RATE * 60  # position of the end of what was not silence
        self._next: int | None = None  # position from which on the reader asks next, while we play

    def tell(self, at: float, samples: Samples, rate: float) -> None:
        """These samples, mono, are handed over at `at` (monotonic seconds)."""
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

    def close(self) -> None:
        """Free what is not Python's."""
        self._resampler, self._rate = None, 0.0

    def _take_in(self) -> None:
        while self._told:
            at, samples, rate = self._told.popleft()
            if abs(at - self._follows) > JOIN or rate != self._rate:
                self._start_at(at, rate)
            self._early = min(self._early, at - self._follows)
            if self._early < -SETTLED and not samples.any():
                self._move_back()
            self._follows += len(samples) / rate
            assert self._resampler is not None  # made for the first samples
            heard = self._resampler.process(samples)
            self._sound = np.concatenate([self._sound, heard])
            if samples.any():
                self._last = self._begin + len(self._sound)
        beyond = len(self._sound) - round(KEPT * LOOP_RATE)
        if beyond > 0:
            self._sound = self._sound[beyond:]
            self._begin += beyond

    def _move_back(self) -> None:
        """A device that was filled late, and then at once, is handed its blocks sooner than they
        were strung together: the promptest tells. Done in silence, so that nothing is lost."""
        silent = min(self._begin + len(self._sound) - self._last, len(self._sound))
        back = min(round(-self._early * LOOP_RATE), silent)
        self._sound = self._sound[: len(self._sound) - back]
        self._follows -= back / LOOP_RATE
        self._early += back / LOOP_RATE

    def _start_at(self, at: float, rate: float) -> None:
        """What follows does not follow what was before."""
        if self._epoch is None:
            self._epoch = at
        self._resampler = pcm.Resampler(rate)
        self._rate, self._follows, self._early = rate, at, 0.0
        gap = round((at - self._epoch) * LOOP_RATE) - self._begin - len(self._sound)
        if gap > KEPT * LOOP_RATE:
            self._begin += len(self._sound) + gap
            self._sound = self._sound[:0]
        elif gap > 0:
            self._sound = np.concatenate([self._sound, np.zeros(gap, np.int16)])


class Recorded:
    """When the chunks of a source were recorded: their times come late, and never early, so the
    promptest of the last ones tells. (The first ones of a stream come all at once.)"""

    LAST = 32
    """Chunks: 2 s."""

    def __init__(self) -> None:
        self._origins: deque[float] = deque(maxlen=self.LAST)  # monotonic seconds of sample 0
        self._end = 0

    def begin(self, chunk: AudioChunk) -> float:
        """Monotonic seconds at which the first sample of `chunk` was there."""
        if chunk.start != self._end:
            self._origins.clear()
        self._end = chunk.end
        self._origins.append(chunk.time - chunk.end / LOOP_RATE)
        return min(self._origins) + chunk.start / LOOP_RATE
