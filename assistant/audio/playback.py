"""What we play, on the clock, for who listens meanwhile: the reference of an echo canceller.

A speaker tells each block when it hands it to its device: its echo comes later and never sooner,
whatever the device says of its delay. These times jitter by some milliseconds, and the first
blocks are asked for all at once, so blocks that follow one another are strung together by their
lengths, and the promptest of them tells the time: a canceller can live with a delay, and not with
one that changes.
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
SETTLES = 0.5
"""Seconds in which a device that was opened fills its buffers: its first blocks are asked for late,
compared with those that follow."""
SOONER = 0.01
"""Seconds by which they are, from which on it matters."""
LATE = 0.03
"""Seconds. A block that is asked for so much later than the promptest may have come too late: the
device ran dry, and all that follows sounds later."""
RAN_DRY = 16
"""Blocks in a row that are late, from which on that is sure; by how much, the promptest tells."""
WAIT = 0.1
"""Seconds. A speaker that told nothing for so long is silent."""
TOLD = 4096
"""Blocks that wait for a reader: none reads while the microphone is muted or gone."""


class Playback:
    """One thread tells, another asks; neither waits for the other."""

    def __init__(self) -> None:
        self.doubts = 0
        """Times that something happened after which an echo may come at another time."""
        self._told: deque[tuple[float, Samples, float]] = deque(maxlen=TOLD)
        self._origin: float | None = None  # monotonic seconds of the sample at position 0
        self._begin = 0  # position of the first sample of `_sound`
        self._sound = np.zeros(0, np.int16)
        self._resampler: pcm.PromptResampler | None = None
        self._rate = 0.0  # of the last samples
        self._follows = 0.0  # monotonic seconds at which the next block is asked for, if it follows
        self._told_at = self._settled = 0.0  # monotonic seconds
        self._early = 0.0  # seconds by which whoever asks on and on lags
        self._late: deque[float] = deque([0.0], maxlen=RAN_DRY)  # seconds, of the last blocks
        self._last = -LOOP_RATE * 60  # position of the end of what was not silence
        self._next: int | None = None  # position from which on the reader asks next, while we play

    def tell(self, at: float, samples: Samples, rate: float) -> None:
        """These samples, mono, are handed over at `at` (monotonic seconds)."""
        self._told.append((at, samples, rate))

    def known(self, begin: float, count: int, now: float) -> int:
        """How many of the `count` samples from `begin` on may be asked for at `now`: what is not
        told yet will be in a moment, as long as the speaker asks for sound."""
        self._take_in()
        if self._origin is None or now - self._told_at > WAIT:
            return count
        return max(0, min(count, self._begin + len(self._sound) - self._position(begin)))

    def during(self, begin: float, count: int) -> Samples | None:
        """The `count` samples at LOOP_RATE from `begin` (monotonic seconds) on, silence where there
        is none; None when we have been silent for TAIL by then. To be asked forwards only."""
        self._take_in()
        if self._origin is None:
            return None
        position = self._position(begin)
        if position - self._last > TAIL * LOOP_RATE or position + count < self._begin:
            self._next, self._early = None, 0.0
            return None
        self._next = position + count
        made = np.zeros(count, np.int16)
        first, last = position - self._begin, position - self._begin + count
        piece = self._sound[max(0, first) : max(0, last)]
        made[max(0, -first) : max(0, -first) + len(piece)] = piece
        return made

    def skip(self, count: int) -> None:
        """So many samples of what was recorded were lost before what is asked for next."""
        if self._next is not None:
            self._next += count
            self.doubts += 1

    def _position(self, begin: float) -> int:
        """Whoever asks on and on is given one block after the other, whatever the clock says."""
        assert self._origin is not None
        position = round((begin - self._origin) * LOOP_RATE)
        if self._next is not None and abs(position - self._next) < JOIN * LOOP_RATE:
            return self._next
        return position

    def _take_in(self) -> None:
        while self._told:
            at, samples, rate = self._told.popleft()
            if abs(at - self._follows) > JOIN or rate != self._rate:
                self._start_at(at, rate)
            assert self._resampler is not None  # made for the first samples
            assert self._origin is not None
            self._sooner(self._follows - at)
            self._follows = min(at, self._follows)
            self._later(at - self._follows)
            self._follows += len(samples) / rate
            self._told_at = at
            heard = self._resampler.process(samples)
            self._sound = np.concatenate([self._sound, heard])
            if samples.any():
                self._last = self._begin + len(self._sound)
        beyond = len(self._sound) - round(KEPT * LOOP_RATE)
        if beyond > 0:
            self._sound = self._sound[beyond:]
            self._begin += beyond

    def _sooner(self, seconds: float) -> None:
        """A block is asked for so much sooner than all before it."""
        assert self._origin is not None
        if seconds <= 0:
            return
        self._origin -= seconds
        self._early += seconds
        if self._told_at < self._settled and self._early > SOONER and self._next is not None:
            self._next += round(self._early * LOOP_RATE)
            self._early = 0.0
            self.doubts += 1

    def _later(self, seconds: float) -> None:
        """A block is asked for so much later than the promptest."""
        assert self._origin is not None
        self.doubts += seconds > LATE >= self._late[-1]
        self._late.append(seconds)
        lag = min(self._late)
        if len(self._late) < RAN_DRY or lag < SOONER:
            return
        self._origin += lag
        self._follows += lag
        if self._next is not None:
            self._next -= round(lag * LOOP_RATE)
        self._late = deque([0.0], maxlen=RAN_DRY)
        self.doubts += 1

    def _start_at(self, at: float, rate: float) -> None:
        """What follows does not follow what was before."""
        end = self._begin + len(self._sound)
        position = end if self._origin is None else round((at - self._origin) * LOOP_RATE)
        self._resampler = pcm.PromptResampler(rate)
        self._rate, self._follows, self._settled = rate, at, at + SETTLES
        self._late = deque([0.0], maxlen=RAN_DRY)
        self.doubts += 1
        gap = max(0, position - end)
        self._origin = at - (end + gap) / LOOP_RATE
        if gap > KEPT * LOOP_RATE:
            self._begin += len(self._sound) + gap
            self._sound = self._sound[:0]
        elif gap:
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
