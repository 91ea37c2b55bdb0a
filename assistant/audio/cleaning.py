"""Noise suppression and automatic gain, by WebRTC's audio processing. Off unless it is wanted.

Neither is of use to the recognizer on our noise curve (see hear/README.md): suppression costs
orders that were right without it, gain changes nothing. They are for rooms and microphones that
nobody measured; `assistant hear FILE` with and without them tells what they do for a recording.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from assistant.errors import ConfigError
from assistant.settings import Audio
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Samples

FRAME = LOOP_RATE // 100
"""Samples that WebRTC takes at a time: 10 ms."""
SUPPRESSION = 2
"""Of four steps: steady noise becomes 12 dB softer."""


def check(audio: Audio) -> None:
    """Raises ConfigError when the settings want a library that is not installed."""
    if _wanted(audio):
        _processor()


def _wanted(audio: Audio) -> bool:
    return audio.noise_suppression or audio.auto_gain


def _processor() -> Any:
    """WebRTC's class. Raises ConfigError."""
    try:
        from webrtc_noise_gain import AudioProcessor
    except ImportError:
        raise ConfigError(
            "Noise suppression and automatic gain need a package:"
            " pip install 'assistant[clean]'. Or set audio.noise_suppression and"
            " audio.auto_gain to false."
        ) from None
    return AudioProcessor


def cleaned(source: Source, audio: Audio) -> Source:
    """`source` as the settings want it: itself, if they want nothing.

    Raises ConfigError when the library is not installed.
    """
    if not _wanted(audio):
        return source
    return Cleaned(source, suppress=audio.noise_suppression, gain=audio.auto_gain)


class Cleaned:
    """A Source whose sound has gone through WebRTC: 0.4 % of a core. What is less than a frame
    waits for the next chunk, so it is late by 10 ms at most; positions stay those of the source."""

    def __init__(self, source: Source, *, suppress: bool, gain: bool) -> None:
        try:
            made = _processor()
        except ConfigError:
            source.close()
            raise
        processor: Any = made(int(gain), SUPPRESSION if suppress else 0)
        self._process = processor.Process10ms
        self._source = source
        self._rest = np.zeros(0, np.int16)
        self._end = -1  # of what was read last, in samples of the source
        self.lost_samples = 0

    def read(self) -> AudioChunk | None:
        """See Source."""
        while (chunk := self._source.read()) is not None:
            self.lost_samples = self._source.lost_samples
            if chunk.start != self._end:  # sound was lost: what waits belongs to what was before
                self._rest = self._rest[:0]
            start = chunk.start - len(self._rest)
            samples = np.concatenate([self._rest, chunk.samples])
            self._end = chunk.start + len(chunk.samples)
            whole = len(samples) // FRAME * FRAME
            self._rest = samples[whole:]
            if whole:
                return AudioChunk(self._clean(samples[:whole]), start, chunk.time, chunk.echo)
        return None

    def close(self) -> None:
        self._source.close()

    def _clean(self, samples: Samples) -> Samples:
        made = []
        for at in range(0, len(samples), FRAME):
            cleaned = self._process(samples[at : at + FRAME].tobytes())
            made.append(np.frombuffer(cleaned.audio, np.int16))
        return np.concatenate(made)
