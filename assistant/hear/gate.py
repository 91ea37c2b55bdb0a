"""A gate before the wake word: nothing looks for a word in a quiet room.

Loudness costs a hundredth of what a wake-word model does. While nothing is louder than the room,
sound is only kept; when something is, the model hears the last second of it first, so that the
beginning of a word is not lost, soft as it may be."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from assistant.stages import WakeDetector
from assistant.types import LOOP_RATE, Samples

FRAME = 256
"""Samples (16 ms) of which the loudness is taken."""
SPAN, SPANS = round(0.5 * LOOP_RATE), 8
"""Samples of a stretch whose softest frame is remembered, and the number of stretches: the room is
as loud as the softest frame of the last four seconds. Speech has softer ones all the time."""
HOLD = round(1.2 * LOOP_RATE)
"""Samples for which the gate stays open after the last loud frame: these models report their word
up to 0.3 s after its end."""
KEPT = round(1.0 * LOOP_RATE)
"""Samples that are heard again when the gate opens."""
_SOFTEST = 1.0  # mean square of the softest room that can be told from silence, in steps of int16


class Gate:
    """Whether something is louder than the room. A pure state machine on samples.

    Both the sound as it is and its differences are looked at: a voice that drowns in the rumble of
    a motor stands out in the second."""

    def __init__(self, decibels: float) -> None:
        """decibels: above the room; 0 is always open."""
        self.decibels = decibels
        self.reset()

    def reset(self) -> None:
        """Forget the room: open until it is known again."""
        self._softest: deque[npt.NDArray[np.float32]] = deque(maxlen=SPANS)
        self._span: npt.NDArray[np.float32] | None = None
        self._heard = 0  # samples of the stretch
        self._rest = np.zeros(0, np.float32)
        self._open = HOLD  # samples until it closes

    @property
    def is_open(self) -> bool:
        return not self.decibels or self._open > 0

    def process(self, samples: Samples) -> bool:
        """Take the next samples, of any number; whether it is open at their end, or was in them."""
        if not self.decibels:
            return True
        was = self.is_open
        self._open = max(self._open - len(samples), 0)
        levels = self._levels(samples)
        if len(levels):
            room = self._room(levels)
            factor = np.float32(10 ** (self.decibels / 10))
            loud = np.flatnonzero((levels > room * factor).any(axis=1))
            if len(loud):
                since = (len(levels) - 1 - int(loud[-1])) * FRAME
                self._open = max(self._open, HOLD - since)
        return was or self.is_open

    def _levels(self, samples: Samples) -> npt.NDArray[np.float32]:
        """Mean squares of each frame and of its differences, shape (frames, 2)."""
        sound = np.concatenate([self._rest, samples.astype(np.float32)])
        whole = len(sound) - len(sound) % FRAME
        self._rest = sound[whole:]
        frames = sound[:whole].reshape(-1, FRAME)
        steps = np.diff(frames, axis=1)
        levels: npt.NDArray[np.float32] = np.stack(
            [np.einsum("ij,ij->i", x, x) / FRAME for x in (frames, steps)], axis=1
        )  # fmt: skip
        return levels

    def _room(self, levels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How loud the room is, in both; with the frames that were just heard."""
        softest = levels.min(axis=0)
        self._span = softest if self._span is None else np.minimum(self._span, softest)
        self._heard += len(levels) * FRAME
        known = np.min([*self._softest, self._span], axis=0)
        if self._heard >= SPAN:
            self._softest.append(self._span)
            self._span, self._heard = None, 0
        room: npt.NDArray[np.float32] = np.maximum(known, np.float32(_SOFTEST))
        return room


class GatedWake:
    """A WakeDetector behind a gate. Its scores and reports are those of the detector."""

    def __init__(self, detector: WakeDetector, gate: Gate) -> None:
        self.word = detector.word
        self.gate = gate
        self._detector = detector
        self._kept: deque[Samples] = deque()

    @property
    def waits(self) -> bool:
        """Whether nothing is loud enough to be listened to."""
        return not self.gate.is_open

    def process(self, samples: Samples) -> float | None:
        if self.gate.process(samples):
            sound = np.concatenate([*self._kept, samples]) if self._kept else samples
            self._kept.clear()
            return self._detector.process(sound)
        self._kept.append(samples)
        while sum(map(len, self._kept)) - len(self._kept[0]) >= KEPT:
            self._kept.popleft()
        return None

    def reset(self) -> None:
        self._kept.clear()
        self.gate.reset()
        self._detector.reset()

    def close(self) -> None:
        """Free what a native detector holds."""
        close = getattr(self._detector, "close", None)
        if close is not None:
            close()
