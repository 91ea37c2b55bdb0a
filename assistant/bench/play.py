"""Clips played to the running loop in real time, and notes of what it did and when.

One `Play` is a Source, a Sink and a listener to events at once: all three look at the same clock,
so that what the loop says of itself can be checked from outside.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from assistant.hear.listen import Listener
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.stages import Stages
from assistant.types import LOOP_RATE, AudioChunk, Event, Samples, Speech, Turn
from assistant.worker import Cancel

REST = 0.5
"""Seconds of silence between a turn that is over and the next clip."""
UNHEARD = 3.0
"""Seconds after the end of speech in which a turn must have begun to be waited for."""
AT_MOST = 60.0
"""Seconds that a turn is waited for."""


@dataclass(slots=True)
class Take:
    """One playing of a clip. Times are monotonic seconds."""

    samples: Samples
    speech_end: int  # samples into the clip, as the voice activity of the clean clip tells it
    began: float = 0.0
    listening: bool = False
    turns: list[tuple[Turn, float]] = field(default_factory=list)  # each with when it was over
    sounded: float | None = None  # first sound after the end of speech, or before it

    @property
    def speech_ended(self) -> float:
        return self.began + self.speech_end / LOOP_RATE


class Play:
    """Source: the clips in real time, each followed by silence until it was answered.

    Sink: takes no time to speak, and notes when the first sample was handed to it.
    """

    def __init__(self, takes: Sequence[Take], block_ms: int) -> None:
        self.lost_samples = 0
        self._done: queue.SimpleQueue[Take | None] = queue.SimpleQueue()
        self._waiting = list(takes)
        self._block = LOOP_RATE * block_ms // 1000
        self._take: Take | None = None
        self._inside = 0  # samples of the current take that were read, silence included
        self._position = 0
        self._began: float | None = None
        self._closed = threading.Event()

    def answered(self) -> Iterator[Take]:
        """Each take as soon as it is over, until the source is closed."""
        while (take := self._done.get()) is not None:
            yield take

    # -- Source, called by the hear thread -----------------------------------------------------

    def read(self) -> AudioChunk | None:
        now = time.monotonic()
        self._began = now if self._began is None else self._began
        if not self._current(now):
            return None
        samples = self._next()
        start, self._position = self._position, self._position + len(samples)
        # deadlines count from the first read, so that no sleep adds to the next
        there = self._began + self._position / LOOP_RATE
        return (
            None if self._closed.wait(max(0.0, there - now)) else AudioChunk(samples, start, there)
        )

    def _current(self, now: float) -> bool:
        """Whether there is a take to play; goes on to the next when this one is answered."""
        if self._closed.is_set():
            return False
        if self._take is not None and self._over(self._take, now):
            self._done.put(self._take)
            self._take = None
        if self._take is None:
            if not self._waiting:
                return False
            self._take, self._inside = self._waiting.pop(0), 0
            assert self._began is not None
            self._take.began = self._began + self._position / LOOP_RATE
        return True

    def _over(self, take: Take, now: float) -> bool:
        after = now - take.speech_ended
        if after < REST:
            return False
        answered = [over for _, over in take.turns if over >= take.speech_ended]
        if answered:
            return now - answered[-1] >= REST
        return after >= (AT_MOST if take.listening else UNHEARD)

    def _next(self) -> Samples:
        assert self._take is not None
        piece = self._take.samples[self._inside : self._inside + self._block]
        self._inside += self._block
        return np.pad(piece, (0, self._block - len(piece)))

    # -- Sink, called by the turn thread -------------------------------------------------------

    def prepare(self) -> None:
        """Nothing to open."""

    def play(self, speech: Speech) -> float:
        now = time.monotonic()
        if self._take is not None and self._take.sounded is None and len(speech.samples):
            self._take.sounded = now
        return now

    def finish(self, cancel: Cancel) -> bool:
        return not cancel.is_set()

    def hold(self) -> None:
        """Nothing sounds that could be held."""

    def resume(self) -> None:
        """See `hold`."""

    def stop(self) -> None:
        """Nothing sounds that could be stopped."""

    def close(self) -> None:
        self._closed.set()
        self._done.put(None)

    # -- events, from both ---------------------------------------------------------------------

    def note(self, event: Event) -> None:
        take = self._take
        if take is None:
            return
        if event.kind == "listening":
            take.listening = True
        elif event.kind == "idle" and event.turn is not None:
            take.turns.append((event.turn, time.monotonic()))


def played(config: Config, stages: Stages, ears: Listener, takes: Sequence[Take]) -> Iterator[Take]:
    """Play to a running loop; each take as soon as it was answered.

    The loop has a thread of its own, so that an interrupt finds us, and not a turn.
    """
    play = Play(takes, config.audio.block_ms)
    runtime = Runtime(config, stages, ears, lambda: play, play, on_event=play.note)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="loop") as pool:
        running = pool.submit(runtime.run)
        try:
            yield from play.answered()
        finally:
            runtime.stop()
            play.close()
        running.result()
