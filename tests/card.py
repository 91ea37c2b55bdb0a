"""A sound card in a room, in time of its own: it plays and records in one step, when it is read.

On a busy machine a real server's sound breaks up, and then a test says nothing of the assistant.
Here whoever reads late finds no gap: the card waits for him, and catches nothing up. It never runs
ahead of the clock, and only as far as the test lets it: while that does something else, nothing is
heard.

    card = Card(impulse)              is a Source and a Sink
    card.on_the_clock(source)         what was made of the Source, with the times of the clock
    card.go_on()                      lets one more block be read
    card.talk(samples)                somebody says this, from the next block on
    card.position, card.played        samples so far, and what was played in them
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from assistant.audio import pcm
from assistant.audio.playback import Playback
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Samples, Speech
from assistant.worker import Cancel
from tests.room import BLOCK as STEP, Answer

BLOCK = 6 * STEP
BUFFERED = 5 * STEP
"""Samples, 50 ms, between what is told and what sounds."""


class OnTheClock:
    """A Source, each chunk of it so many seconds later."""

    lost_samples = 0

    def __init__(self, source: Source, late: Callable[[], float]) -> None:
        self._source, self._late = source, late

    def read(self) -> AudioChunk | None:
        chunk = self._source.read()
        return chunk and replace(chunk, time=chunk.time + self._late())

    def close(self) -> None:
        self._source.close()


class Card:
    def __init__(self, impulse: object) -> None:
        self.lost_samples = 0
        self.playback = Playback()
        self.position = 0
        self._began, self._waited = time.monotonic(), 0.0  # seconds, for who reads late
        self._late = 0.0  # the same, but none while something sounds: its end was told
        self._allowed = 0  # samples
        self.told: list[tuple[int, str]] = []  # position, and what the speaker was told
        self._played: list[Samples] = []
        self._answer = Answer(np.zeros(1) if impulse is None else np.asarray(impulse))
        self._hiss = np.random.default_rng(1)
        self._changed = threading.Condition()
        self._queue = np.zeros(0, np.int16)
        self._buffer = np.zeros(BUFFERED, np.int16)
        self._voice = np.zeros(0, np.int16)
        self._held = self._closed = False
        self._stops = 0

    @property
    def played(self) -> Samples:
        return np.concatenate([np.zeros(0, np.int16), *self._played])

    def talk(self, samples: Samples) -> int:
        """The position at which the first of the samples is heard."""
        with self._changed:
            self._voice = samples
            return self.position

    def go_on(self) -> None:
        """Returns when the next block is read, or after a moment."""
        with self._changed:
            self._allowed = self.position + BLOCK
            self._changed.notify_all()
            self._changed.wait_for(lambda: self.position >= self._allowed, 0.1)

    # -- the microphone -------------------------------------------------------------------------

    def read(self) -> AudioChunk | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.position < self._allowed)
        there = self._began + (self.position + BLOCK) / LOOP_RATE
        self._waited = max(self._waited, time.monotonic() - there)
        time.sleep(max(0.0, there + self._waited - time.monotonic()))
        with self._changed:
            if self._closed:
                return None
            if not (len(self._queue) or self._buffer.any()):
                self._late = self._waited
            start, self.position = self.position, self.position + BLOCK
            count = 0 if self._held else min(BLOCK, len(self._queue))
            new = np.pad(self._queue[:count], (0, BLOCK - count))
            self._queue = self._queue[count:]
            sounds = np.concatenate([self._buffer, new])
            self._buffer = sounds[BLOCK:]
            person, self._voice = self._voice[:BLOCK], self._voice[BLOCK:]
            self._changed.notify_all()
        self.playback.tell(self._began + start / LOOP_RATE, new, LOOP_RATE)
        self._played.append(sounds[:BLOCK])
        heard = self._room(sounds[:BLOCK])
        heard[: len(person)] += person
        return AudioChunk(pcm.to_int16(heard / pcm.FULL_SCALE), start, there)

    def on_the_clock(self, source: Source) -> Source:
        """The times of the card itself, by which what is played is found in what is heard, know
        nothing of how long it waited."""
        return OnTheClock(source, lambda: self._late)

    def _room(self, sounds: Samples) -> np.ndarray:
        steps = [self._answer.process(piece.astype(float)) for piece in np.split(sounds, 6)]
        return np.concatenate(steps) + self._hiss.standard_normal(BLOCK) * 8

    # -- the speaker ----------------------------------------------------------------------------

    def prepare(self) -> None:
        """It is always open."""

    def play(self, speech: Speech) -> float:
        with self._changed:
            starts = self.position + BUFFERED + len(self._queue)
            self._queue = np.concatenate(
                [self._queue, pcm.resample(speech.samples, speech.rate, LOOP_RATE)]
            )
            return self._began + self._late + starts / LOOP_RATE

    def finish(self, cancel: Cancel) -> bool:
        with self._changed:
            stops = self._stops
            while len(self._queue) and not cancel.is_set() and stops == self._stops:
                self._changed.wait(0.05)
            end = self.position + BUFFERED
            while self.position < end and not (cancel.is_set() or self._closed):
                self._changed.wait(0.05)
            stopped = cancel.is_set() or stops != self._stops
        if stopped:
            self.stop()
        return not stopped

    def hold(self) -> None:
        self._tell("hold")

    def resume(self) -> None:
        self._tell("resume")

    def stop(self) -> None:
        self._tell("stop")

    def _tell(self, what: str) -> None:
        with self._changed:
            self.told.append((self.position, what))
            self._held = what == "hold"
            if what == "stop":
                self._queue = self._queue[:0]
                self._stops += 1
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
