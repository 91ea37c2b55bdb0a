"""A linear echo canceller: the room's answer to what we play is learned, and subtracted.

A partitioned-block Kalman filter in the frequency domain (Kuech, Mabande, Enzner: State-space
architecture of the partitioned-block-based acoustic echo controller, 2014). How fast it learns is
decided for each frequency by how much is still unknown there and by how loud everything else is, so
it needs no detector of people who talk meanwhile. It takes less away than WebRTC's canceller, whose
suppression of what is left takes away other voices as well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.types import LOOP_RATE, Samples

BLOCK = 320
"""Samples: 20 ms. With 160 it costs twice as much and learns as fast."""
PARTS = 24
"""Blocks of the answer that are learned: 0.48 s, with what passes before the speaker sounds."""
KEPT = 0.999
"""Of the answer, from one block to the next: somebody may walk about."""
FALLS = 0.1
"""An answer is expected to fall by e to this from one block to the next, twice that in decibels."""
SMOOTH = 0.7
"""Of the loudness of everything else, from one block to the next."""
SCALE = np.float32(1 / 32_768)
ALIGN = round(0.05 * LOOP_RATE)
"""Samples by which an echo may come sooner or later than when we played the last time: a speaker
that is opened again has another delay, and tells it wrongly."""
ALIGN_OVER = 20
"""Blocks with an echo in them from which that is found out: 0.4 s."""
ALIKE = 0.2
"""Correlation from which on it is believed."""
AUDIBLE = 0.003
"""Root mean square of an echo (0..1, -50 dBFS) that is one."""
RELEARN = 0.02
"""Of the answer's power: what is unknown of it after that."""

Spectra = npt.NDArray[np.complex64]
Floats = npt.NDArray[np.float32]


class LinearCanceller:
    """1.3 % of a core while it works. What it has learned stays: a room is the same tomorrow."""

    def __init__(self) -> None:
        bins = BLOCK + 1
        falling = np.exp(-FALLS * np.arange(PARTS, dtype=np.float32))[:, np.newaxis]
        self._answer: Spectra = np.zeros((PARTS, bins), np.complex64)
        self._unknown = np.repeat(falling, bins, axis=1)  # variance of what is not learned yet
        self._spectra: Spectra = np.zeros((PARTS, bins), np.complex64)
        self._before = np.zeros(BLOCK, np.float32)
        self._others = np.zeros(bins, np.float32)
        self._compared: list[tuple[Floats, Floats]] | None = None
        self._learned = False

    @property
    def ready(self) -> bool:
        """Whether it takes the echo away: not in the first moment of a new sound."""
        return self._compared is None

    def begin(self) -> None:
        """We play again, after a silence."""
        self._spectra[:] = 0
        self._before[:] = 0
        self._compared = [] if self._learned else None

    def process(self, heard: Samples, played: Samples) -> Samples:
        """What is left of `heard` without the echo of `played`; both as long, in whole BLOCKs."""
        made = [
            self._block(heard[at : at + BLOCK], played[at : at + BLOCK])
            for at in range(0, len(heard), BLOCK)
        ]
        left = np.rint(np.concatenate(made) / SCALE)
        samples: Samples = np.clip(left, -32_768, 32_767).astype(np.int16)
        return samples

    def _block(self, heard: Samples, played: Samples) -> Floats:
        new = played.astype(np.float32) * SCALE
        self._spectra[1:] = self._spectra[:-1]
        self._spectra[0] = np.fft.rfft(np.concatenate([self._before, new]))
        self._before = new
        echo = np.fft.irfft((self._answer * self._spectra).sum(axis=0))[BLOCK:].astype(np.float32)
        sound = heard.astype(np.float32) * SCALE
        if self._compared is not None:
            self._align(self._compared, sound, echo)
            return sound
        self._learn(sound - echo)
        return sound - echo

    def _align(self, compared: list[tuple[Floats, Floats]], sound: Floats, echo: Floats) -> None:
        """Compare what was heard with what was expected, and find out how late it comes."""
        compared.append((sound, echo))
        if sum(float(np.sqrt(np.mean(e**2))) > AUDIBLE for _, e in compared) < ALIGN_OVER:
            return
        late = delay(*(np.concatenate(each) for each in zip(*compared, strict=True)))
        self._compared = None
        if late:
            answer = np.fft.irfft(self._answer, axis=1)[:, :BLOCK].reshape(-1)
            moved = np.zeros_like(answer)
            moved[max(0, late) : len(answer) + min(0, late)] = answer[
                max(0, -late) : len(answer) - max(0, late)
            ]
            parts = np.pad(moved.reshape(PARTS, BLOCK), ((0, 0), (0, BLOCK)))
            self._answer = np.fft.rfft(parts, axis=1).astype(np.complex64)
        power = (np.abs(self._answer) ** 2).mean(axis=1, keepdims=True)
        self._unknown = np.maximum(self._unknown, RELEARN * power).astype(np.float32)

    def _learn(self, left: Floats) -> None:
        self._learned = True
        error = np.fft.rfft(np.concatenate([np.zeros(BLOCK, np.float32), left]))
        loud = (np.abs(error) ** 2).astype(np.float32)
        self._others = SMOOTH * self._others + (1 - SMOOTH) * loud
        power = np.abs(self._spectra) ** 2
        expected = 0.5 * (self._unknown * power).sum(axis=0) + np.maximum(self._others, loud)
        step = self._unknown / (expected + np.float32(1e-8))
        change = np.fft.irfft(step * self._spectra.conj() * error, axis=1)
        change[:, BLOCK:] = 0  # what would wrap around is no answer of a room
        self._unknown *= KEPT * (1 - 0.5 * step * power)
        self._unknown += (1 - KEPT) * np.abs(self._answer) ** 2
        self._answer += np.fft.rfft(change, axis=1).astype(np.complex64)


def delay(heard: Floats, expected: Floats) -> int:
    """Samples by which `expected` comes late in `heard` (negative: early), ALIGN at most; 0 where
    the one is not to be found in the other."""
    size = 1 << (len(heard) + ALIGN).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.fft.rfft(expected, size).conj()
    products = np.fft.irfft(spectrum, size)
    near = np.concatenate([products[-ALIGN:], products[: ALIGN + 1]])
    best = int(np.argmax(near))
    norm = float(np.linalg.norm(heard) * np.linalg.norm(expected))
    return best - ALIGN if norm and near[best] > ALIKE * norm else 0
