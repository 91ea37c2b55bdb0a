"""A microphone in small pieces while we speak, so that who interrupts is noticed sooner.

Large pieces cost less, and for waiting they do. The size of a stream's pieces cannot be changed, so
the device is opened a second time for as long as we speak, and the loop goes on with that stream at
the very sample it has come to: found by what both of them hear. Where the device cannot be opened
twice (a bare ALSA device), all stays as it is.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from assistant.audio.playback import Playback
from assistant.audio.source import Microphone
from assistant.errors import AudioDeviceError
from assistant.settings import Audio
from assistant.stages import Source
from assistant.types import AudioChunk, Samples

BRISK_MS = 16
"""Milliseconds of sound handed on at a time while we speak: a block of the canceller."""
LOOKED_FOR = 1024
"""Samples of the one stream that are looked for in the other: 64 ms."""
MAY_LAG = 512
"""Samples: the quick one may be behind by that at the moment."""
SEARCHED = 32
"""Pieces of the quick stream, 0.5 s, in which they are: it is less than 0.1 s ahead."""
SAME = 0.1
"""Of their energy: what differs at most, where they are found. Two streams of one device hear the
same, but each may be resampled on its way."""
ELSEWHERE, NEAR = 4.0, 8
"""Times more differs everywhere else but so many samples beside it: a tone is the same from one
period to the next, and tells nothing."""
PATIENCE = 30
"""Pieces of the slow stream, 2 s, after which the two are not the same sound."""


class Stream(Source, Protocol):
    """Of a device; see Microphone."""

    def at_hand(self) -> AudioChunk | None: ...
    def rouse(self) -> None: ...


class Brisk:
    """A Source: `slow`, whose count of samples it keeps, and while `wanted` the stream of the same
    device that `open_quick` opens. One thread reads it; opening and closing is done by others."""

    def __init__(
        self, slow: Stream, open_quick: Callable[[], Stream], wanted: Callable[[], bool]
    ) -> None:
        self.lost_samples = 0
        self._slow = slow
        self._open_quick, self._wanted = open_quick, wanted
        self._lock = threading.Lock()  # for `_opened`, `_closed`
        self._opened: Stream | None = None
        self._closed = False
        self._thread: threading.Thread | None = None
        self._refused = False
        self._heard: deque[AudioChunk] = deque(maxlen=SEARCHED)
        self._recent = np.zeros(0, np.int16)  # of the slow one
        self._tries = 0
        self._quick: Stream | None = None  # that is read
        self._ahead = 0  # samples that it counts more than the slow one
        self._lost_before = 0
        self._end = self._slow_end = 0

    def read(self) -> AudioChunk | None:
        """See Source."""
        chunk = self._small() or self._large()
        if chunk is not None:
            self._end = chunk.end
        lost = self._quick.lost_samples if self._quick is not None else 0
        self.lost_samples = self._slow.lost_samples + self._lost_before + lost
        return chunk

    def rouse(self) -> None:
        self._slow.rouse()

    def close(self) -> None:
        """Any thread; who reads meanwhile reads the end."""
        with self._lock:
            self._closed = True
            quick, self._opened = self._opened, None
            thread = self._thread
        if quick is not None:
            quick.close()
        if thread is not None:
            thread.join()
        self._slow.close()

    # -- the slow stream ------------------------------------------------------------------------

    def _large(self) -> AudioChunk | None:
        while (chunk := self._slow.read()) is not None:
            self._slow_end = chunk.end
            known = self._end - chunk.start  # heard by the quick one before
            if known >= len(chunk.samples):
                continue
            if self._wanted():
                self._prepare(chunk)
            else:
                self._drop()
                self._refused = False
            if known > 0:
                return replace(chunk, samples=chunk.samples[known:], start=self._end)
            return chunk
        return None

    def _prepare(self, chunk: AudioChunk) -> None:
        """Open the quick stream; when it is open, find out where it is."""
        with self._lock:
            quick = self._opened
        if quick is None:
            if not self._refused:
                self._begin(self._open)
            return
        self._gather(quick)
        self._recent = np.concatenate([self._recent, chunk.samples])[-LOOKED_FOR - MAY_LAG :]
        if not chunk.samples.any() or len(self._recent) < LOOKED_FOR + MAY_LAG:
            return
        late = _behind(self._recent[:LOOKED_FOR], [c.samples for c in self._heard])
        self._tries += 1
        if late is not None:
            self._quick, self._ahead = quick, self._heard[-1].end - late + MAY_LAG - chunk.end
        elif self._tries >= PATIENCE:
            self._refused = True
            self._drop()

    def _gather(self, quick: Stream) -> None:
        with contextlib.suppress(AudioDeviceError):
            while (piece := quick.at_hand()) is not None:
                self._heard.append(piece)

    def _begin(self, what: Callable[[], object]) -> bool:
        """In a thread, unless one is at it still, or all is closed; then false."""
        with self._lock:
            if self._closed or (self._thread is not None and self._thread.is_alive()):
                return False
            self._thread = threading.Thread(target=what, name="brisk microphone")
            self._thread.start()
            return True

    def _open(self) -> None:
        try:
            quick = self._open_quick()
        except AudioDeviceError:
            self._refused = True
            return
        with self._lock:
            if not self._closed:
                self._opened = quick
                return
        quick.close()

    # -- the quick stream -----------------------------------------------------------------------

    def _small(self) -> AudioChunk | None:
        """Its next piece; None: the slow one is to be read."""
        quick = self._quick
        if quick is None or self._closed:
            return None
        while self._heard:
            if (piece := self._new(self._heard.popleft())) is not None:
                return piece
        while (behind := self._slow.at_hand()) is not None:
            self._slow_end = behind.end
        if not self._wanted() and self._end >= self._slow_end:
            self._drop()
            return None
        try:
            while (chunk := quick.read()) is not None:
                if (piece := self._new(chunk)) is not None:
                    return piece
        except AudioDeviceError:  # what the slow one thinks of the device is what counts
            self._drop()
        return None

    def _new(self, chunk: AudioChunk) -> AudioChunk | None:
        """What is new of it, counted as the slow stream counts."""
        start = chunk.start - self._ahead
        known = max(0, self._end - start)
        if known >= len(chunk.samples):
            return None
        return replace(chunk, samples=chunk.samples[known:], start=start + known)

    def _drop(self) -> None:
        """Close the quick stream; it may take a while, which nobody waits for."""
        if self._quick is not None:
            self._lost_before += self._quick.lost_samples
        with self._lock:
            quick, self._opened = self._opened, None
        self._quick, self._tries = None, 0
        self._heard.clear()
        self._recent = self._recent[:0]
        if quick is not None:
            if self._thread is not None:
                self._thread.join()  # it has opened it
            if not self._begin(quick.close):
                quick.close()


def brisk(microphone: Microphone, playback: Playback, audio: Audio) -> Source:
    """`microphone`, read in small pieces while we speak; itself, where its own are as small."""
    if audio.block_ms <= BRISK_MS:
        return microphone
    return Brisk(microphone, lambda: Microphone(audio.input, BRISK_MS), lambda: playback.sounding)


def _behind(sound: Samples, pieces: list[Samples]) -> int | None:
    """Samples of the pieces behind the place where `sound` ends in them; None: it is not there."""
    within = np.concatenate([np.zeros(0, np.int16), *pieces]).astype(np.float64)
    looked_for = sound.astype(np.float64)
    energy = float(np.sum(looked_for**2))
    if len(within) < len(sound):
        return None
    size = 1 << len(within).bit_length()
    spectrum = np.fft.rfft(within, size) * np.fft.rfft(looked_for, size).conj()
    products = np.fft.irfft(spectrum, size)[: len(within) - len(sound) + 1]
    sums = np.concatenate([[0.0], np.cumsum(within**2)])
    energies = sums[len(sound) :] - sums[: -len(sound)]
    different = energies + energy - 2 * products
    at = int(np.argmin(different))
    elsewhere = np.delete(different, slice(max(0, at - NEAR), at + NEAR + 1))
    other = elsewhere.min(initial=np.inf)
    same = different[at] < min(SAME * energy, other / ELSEWHERE) and other > SAME / 5 * energy
    return len(within) - at - len(sound) if same else None
