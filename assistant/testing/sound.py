"""Fakes of what hears and plays sound."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np

from assistant.stages import Verdict
from assistant.types import (
    AudioChunk,
    Samples,
    Speech,
)
from assistant.worker import Cancel


class ScriptedVad:
    """VoiceActivity by loudness: a frame is speech when its peak is over `level`."""

    frame = 512

    def __init__(self, level: int = 1000) -> None:
        self._level = level

    def probability(self, frame: Samples) -> float:
        return 0.95 if np.abs(frame.astype(np.int32)).max() > self._level else 0.02

    def reset(self) -> None:
        pass


class ScriptedWake:
    """WakeDetector that hears its word at given sample positions of the stream."""

    def __init__(self, at: Sequence[int], word: str = "okay nabu") -> None:
        self.word = word
        self._at = list(at)
        self._position = 0

    def process(self, samples: Samples) -> float | None:
        self._position += len(samples)
        if self._at and self._at[0] <= self._position:
            self._at.pop(0)
            return 0.99
        return None

    def reset(self) -> None:
        pass


class ScriptedVerifier:
    """WakeVerifier that gives prepared scores, in order and then the last one again; accepted is
    what is at least `needed`. seconds: how long each look takes."""

    def __init__(self, scores: Sequence[float], needed: float = 0.5, seconds: float = 0) -> None:
        self._scores = list(scores)
        self._needed = needed
        self._seconds = seconds

    def verify(self, samples: Samples, word: str) -> Verdict:
        time.sleep(self._seconds)
        score = self._scores.pop(0) if len(self._scores) > 1 else self._scores[0]
        return Verdict(score >= self._needed, score, f"scripted {score:.2f}")


class ScriptedSource:
    """Source that gives prepared sound in chunks, then ends (or goes on in silence).

    samples: all of the stream. hold: an event to wait for before the stream ends.
    """

    def __init__(
        self, samples: Samples, chunk: int = 480, hold: threading.Event | None = None
    ) -> None:
        self.lost_samples = 0
        self.closed = False
        self._samples = samples
        self._chunk = chunk
        self._position = 0
        self._hold = hold

    def read(self) -> AudioChunk | None:
        if self._position >= len(self._samples):
            if self._hold is not None:
                self._hold.wait(60)
            return None
        piece = self._samples[self._position : self._position + self._chunk]
        start, self._position = self._position, self._position + len(piece)
        return AudioChunk(piece, start, time.monotonic())

    def close(self) -> None:
        self.closed = True


class RecordingSink:
    """Sink that keeps what it is given, and only notes that it was held. `plays` seconds per second
    of sound (0: at once)."""

    def __init__(self, pace: float = 0.0) -> None:
        self.played: list[Speech] = []
        self.stopped = 0
        self.holds: list[str] = []
        self._pace = pace
        self._until = 0.0

    def prepare(self) -> None:
        pass

    def play(self, speech: Speech) -> float:
        now = time.monotonic()
        begins = max(now, self._until)
        self.played.append(speech)
        self._until = begins + speech.seconds * self._pace
        return begins

    def finish(self, cancel: Cancel) -> bool:
        return not cancel.wait(max(0.0, self._until - time.monotonic()))

    def hold(self) -> None:
        self.holds.append("hold")

    def resume(self) -> None:
        self.holds.append("resume")

    def stop(self) -> None:
        self.stopped += 1
        self._until = 0.0

    def close(self) -> None:
        pass
