"""Our own voice out of the microphone's sound: WebRTC's echo canceller, with what we play for its
reference.

It works only while something is played and for a moment after it: at all other times the sound goes
through as it is, sample for sample, and costs nothing. Where the library is not installed the sound
stays as it is, and still carries what was played, so that the ears can tell our own voice by that.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from assistant.audio import pcm
from assistant.audio.playback import Playback, Recorded
from assistant.settings import Audio
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Echo, Samples

FRAME = LOOP_RATE // 100
"""Samples that WebRTC takes at a time: 10 ms."""
LEAD = 0.02
"""Seconds by which the canceller hears the reference before its echo can arrive: it finds delays of
up to half a second by itself, and none below zero."""
LOUD = 100.0
"""Root mean square, in steps of int16, from which on an echo is one."""
ENOUGH, SECONDS = 10.0, 0.4
"""The canceller has found the room when it took that many decibels away, for that many seconds."""


class Canceller(Protocol):
    def process(self, heard: Samples, played: Samples) -> Samples:
        """What was heard, without what was played. Both are whole FRAMEs, and as long."""


class WebRtc:
    """1 % of a core while it works; 23 MB. Raises ImportError without the library."""

    def __init__(self) -> None:
        from livekit.rtc import AudioFrame, AudioProcessingModule

        self._frame: Any = AudioFrame
        self._module = AudioProcessingModule(echo_cancellation=True)

    def process(self, heard: Samples, played: Samples) -> Samples:
        made = []
        for at in range(0, len(heard), FRAME):
            self._module.process_reverse_stream(self._of(played[at : at + FRAME]))
            self._module.set_stream_delay_ms(round(LEAD * 1000))
            frame = self._of(heard[at : at + FRAME])
            self._module.process_stream(frame)
            made.append(np.frombuffer(bytes(frame.data), np.int16))
        return np.concatenate(made)

    def _of(self, samples: Samples) -> Any:
        return self._frame(bytearray(samples.tobytes()), LOOP_RATE, 1, FRAME)


def without_echo(source: Source, playback: Playback, audio: Audio) -> Source:
    """`source`, with what is played taken out of it as the settings want it."""
    there = importlib.util.find_spec("livekit") is not None
    wanted = audio.echo_cancellation == "auto" and there
    by_server = audio.echo_cancellation == "server"
    return Duplex(source, playback, WebRtc if wanted else None, removed=by_server)


class Duplex:
    """A Source that knows what is played meanwhile.

    load: makes the canceller, in a thread of its own at the first sound that is played (0.3 s);
    until it is there the echo stays. None: there is none.
    removed: somebody else has removed the echo already.
    """

    def __init__(
        self,
        source: Source,
        playback: Playback,
        load: Callable[[], Canceller] | None,
        *,
        removed: bool = False,
    ) -> None:
        self.lost_samples = 0
        self._source = source
        self._playback = playback
        self._load = load
        self._canceller: Canceller | None = None
        self._loading: threading.Thread | None = None
        self._recorded = Recorded()
        self._rest = np.zeros(0, np.int16)
        self._end = 0
        self._removed = removed
        self._silenced = 0  # samples of echo that were taken away well

    def read(self) -> AudioChunk | None:
        """See Source. What is less than a frame waits for the next chunk while something plays."""
        while (chunk := self._source.read()) is not None:
            self.lost_samples = self._source.lost_samples
            if chunk.start != self._end:  # sound was lost: what waits belongs to what was before
                self._rest = self._rest[:0]
            self._end = chunk.end
            begin = self._recorded.begin(chunk) - len(self._rest) / LOOP_RATE
            start = chunk.start - len(self._rest)
            samples = np.concatenate([self._rest, chunk.samples])
            whole = len(samples) // FRAME * FRAME
            played = self._playback.during(begin + LEAD, whole)
            if played is None:
                self._rest = samples[:0]
                return replace(chunk, samples=samples, start=start)
            self._rest = samples[whole:]
            if whole:
                return self._without(AudioChunk(samples[:whole], start, chunk.time), played)
        return None

    def close(self) -> None:
        self._source.close()
        if self._loading is not None:
            self._loading.join()

    def _without(self, chunk: AudioChunk, played: Samples) -> AudioChunk:
        heard = clean = chunk.samples
        if self._canceller is not None:
            clean = self._canceller.process(heard, played)
            self._learn(heard, clean, played)
        elif self._load is not None and self._loading is None:
            self._loading = threading.Thread(target=self._make, args=(self._load,), name="echo")
            self._loading.start()
        return replace(chunk, samples=clean, echo=Echo(played, heard, self._removed))

    def _make(self, load: Callable[[], Canceller]) -> None:
        try:
            self._canceller = load()
        except (ImportError, OSError):  # a broken installation: the guard of the ears is left
            self._load = None

    def _learn(self, heard: Samples, clean: Samples, played: Samples) -> None:
        """Whether it has found the room, and what is left can be believed."""
        if self._removed or pcm.rms(played) * pcm.FULL_SCALE < LOUD:
            return
        loud, left = pcm.rms(heard) * pcm.FULL_SCALE, pcm.rms(clean) * pcm.FULL_SCALE
        if loud > LOUD and left * 10 ** (ENOUGH / 20) < loud:
            self._silenced += len(heard)
            self._removed = self._silenced >= SECONDS * LOOP_RATE
