"""Our own voice out of the microphone's sound, with what we play for the reference.

The canceller works only while something is played and for a moment after it: at all other times
the sound goes through as it is, and costs nothing. It is a linear one (`linear.py`), which does
other voices no harm. WebRTC's suppresses what is left of an echo, and other voices with it (of
eight calls 12 dB below our own voice 1 was recognised, by the linear one 8); and to tell whether
anybody else talks, it added nothing to what the linear one leaves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from assistant.audio import pcm
from assistant.audio.linear import BLOCK, LinearCanceller
from assistant.audio.playback import Playback, Recorded
from assistant.settings import Audio
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Echo, Samples

HELD, EARLY = round(0.1 * LOOP_RATE), 0.036
"""While something plays, the last samples wait for what was played meanwhile to be told, so many at
most. It is taken so many seconds earlier, which are below what any device buffers, so that
there is seldom anything to wait for."""
LOUD = 100.0
"""Root mean square, in steps of int16, from which on a sound is one: of what we play, and of what
is left of it."""
STILL, GONE = 0.9, 0.4
"""Of an echo: when more is left, for so many seconds, the room is not known any more."""
LESS, SECONDS = 0.32, 0.8
"""The room is known when less than this was left of an echo (-10 dB), for so many seconds."""


class Linear(Protocol):
    def process(self, heard: Samples, played: Samples) -> Samples:
        """What was heard, without what was played. Both are whole BLOCKs, and as long."""

    @property
    def ready(self) -> bool:
        """Whether what it knows of the echo holds at the moment."""

    def begin(self) -> None:
        """We play again, after a silence."""

    def check(self) -> None:
        """The echo may come at another time from now on."""


def without_echo(source: Source, playback: Playback, audio: Audio) -> Source:
    """`source`, with what is played taken out of it as the settings want it."""
    if audio.echo_cancellation != "auto":
        return Duplex(source, playback, None, removed=audio.echo_cancellation == "server")
    return Duplex(source, playback, LinearCanceller())


class Duplex:
    """A Source that knows what is played meanwhile.

    linear: None takes nothing away; the ears still know what is played.
    removed: somebody else has removed the echo already.
    """

    def __init__(
        self,
        source: Source,
        playback: Playback,
        linear: Linear | None,
        *,
        removed: bool = False,
    ) -> None:
        self.lost_samples = 0
        self._source = source
        self._playback = playback
        self._linear = linear
        self._recorded = Recorded()
        self._rest = np.zeros(0, np.int16)
        self._end = 0
        self._doubts = 0  # of the playback
        self._removed = removed  # by somebody else
        self._playing = False
        self._lost = 0  # samples in a row of which nothing was taken away
        self._silenced = 0  # samples of which nothing is left to speak of

    def read(self) -> AudioChunk | None:
        """See Source. What is less than a block waits for the next chunk while something plays."""
        while (chunk := self._source.read()) is not None:
            self.lost_samples = self._source.lost_samples
            if chunk.start != self._end:  # sound was lost: what waits belongs to what was before
                self._rest = self._rest[:0]
                self._playback.skip(chunk.start - self._end)
            self._end = chunk.end
            start = chunk.start - len(self._rest)
            begin = self._recorded.begin(chunk) - len(self._rest) / LOOP_RATE - EARLY
            samples = np.concatenate([self._rest, chunk.samples])
            known = self._playback.known(begin, len(samples), chunk.time)
            whole = max(known, len(samples) - HELD) // BLOCK * BLOCK
            played = self._playback.during(begin, whole)
            if played is None:
                self._playing, self._rest = False, samples[:0]
                return replace(chunk, samples=samples, start=start)
            self._rest = samples[whole:]
            if whole:
                return self._without(AudioChunk(samples[:whole], start, chunk.time), played)
        return None

    def close(self) -> None:
        self._source.close()

    def _without(self, chunk: AudioChunk, played: Samples) -> AudioChunk:
        heard = left = chunk.samples
        removed = self._removed
        if self._linear is not None:
            if not self._playing:
                self._linear.begin()
            elif self._doubts != self._playback.doubts:
                self._linear.check()
            self._doubts = self._playback.doubts
            left = self._linear.process(heard, played)
            removed = self._known(played, heard, left) and self._linear.ready
        self._playing = True
        return replace(chunk, samples=left, echo=Echo(played, heard, removed))

    def _known(self, played: Samples, heard: Samples, left: Samples) -> bool:
        """Whether what is left can be believed: nearly nothing was, or nothing ever comes back."""
        if pcm.rms(played) * pcm.FULL_SCALE > LOUD:
            loud, rest = (pcm.rms(each) * pcm.FULL_SCALE for each in (heard, left))
            if rest < max(loud * LESS, LOUD):
                self._silenced += len(heard)
            self._lost = self._lost + len(heard) if rest > max(loud * STILL, LOUD) else 0
            if self._lost > GONE * LOOP_RATE:
                self._silenced = 0
        return self._silenced >= SECONDS * LOOP_RATE
