"""Where sound goes to where there is no speaker: a recording of what one would have played."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.audio.sink import QUEUED_SECONDS
from assistant.types import LOOP_RATE, Samples, Speech
from assistant.worker import Cancel


class WavSink:
    """A Sink that keeps what would be heard, and writes it to `path` (if any) when closed.

    real_time: it plays at the speed of a speaker; pauses are kept, and `stop` drops what a
    speaker would not have played yet. Otherwise all is heard at once, one after the other.
    """

    def __init__(self, path: str | Path | None = None, *, real_time: bool = False) -> None:
        self._path = path
        self._real_time = real_time
        self._changed = threading.Condition()
        self._rate = 0  # of the first that is played; 0 before
        self._heard = np.zeros(0, np.int16)
        self._ends_at = 0.0  # monotonic seconds at which the last sample sounds
        self._stops = 0

    @property
    def heard(self) -> Speech:
        """All that was played so far, at the rate of the first."""
        with self._changed:
            return Speech(self._heard.copy(), self._rate or LOOP_RATE)

    def prepare(self) -> None:
        """Nothing to open."""

    def play(self, speech: Speech) -> float:
        with self._changed:
            stops = self._stops
            self._rate = self._rate or speech.rate
            samples = pcm.resample(speech.samples, speech.rate, self._rate)
            if not self._real_time:
                self._append(samples)
                return time.monotonic()
            full_for = self._ends_at - QUEUED_SECONDS - time.monotonic()
            self._changed.wait_for(lambda: stops != self._stops, max(0.0, full_for))
            now = time.monotonic()
            if stops != self._stops:
                return now
            if self._ends_at and now > self._ends_at:
                self._append(pcm.silence(now - self._ends_at, self._rate))
            starts_at = max(now, self._ends_at)
            self._append(samples)
            self._ends_at = starts_at + len(samples) / self._rate
            return starts_at

    def finish(self, cancel: Cancel) -> bool:
        """Wait for the virtual clock (real_time); false when cancelled or stopped."""
        cancel.on_set(self._wake)
        with self._changed:
            stops = self._stops
            self._changed.wait_for(
                lambda: stops != self._stops or cancel.is_set(),
                max(0.0, self._ends_at - time.monotonic()),
            )
            if stops == self._stops and not cancel.is_set():
                return True
        self.stop()
        return False

    def hold(self) -> None:
        """A recording is not interrupted for a moment."""

    def resume(self) -> None:
        """See `hold`."""

    def stop(self) -> None:
        with self._changed:
            self._stops += 1
            unheard = round((self._ends_at - time.monotonic()) * self._rate)
            if unheard > 0:
                self._heard = pcm.fade_out(self._heard[: len(self._heard) - unheard], self._rate)
                self._ends_at = time.monotonic()
            self._changed.notify_all()

    def close(self) -> None:
        """Write the file. Raises StorageError."""
        self.stop()
        if self._path is not None:
            write_wav(self._path, self.heard)

    def _append(self, samples: Samples) -> None:
        self._heard = np.concatenate([self._heard, samples])

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
