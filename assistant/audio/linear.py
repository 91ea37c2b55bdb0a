"""A linear echo canceller: the room's answer to what we play is learned, and subtracted.

A partitioned-block Kalman filter in the frequency domain (Kuech, Mabande, Enzner: State-space
architecture of the partitioned-block-based acoustic echo controller, 2014). How fast it learns is
decided for each frequency by how much is still unknown there and by how loud everything else is, so
it needs no detector of people who talk meanwhile. It takes less away than WebRTC's canceller, whose
suppression of what is left takes away other voices as well.

What it learns is believed only when it was seen to take something away (two filters, one that
learns and one that is used: Ochiai, Araseki, Ogihara, Echo canceler with two echo path models,
1977), and what is left is never louder than what was heard: where no echo comes back, or at another
time than before, the sound goes through as it is.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.types import LOOP_RATE, Samples

BLOCK = 256
"""Samples: 16 ms; a chunk of 64 ms is whole blocks. With less it costs more and learns as fast."""
PARTS = 30
"""Blocks of the answer that are learned: 0.48 s, with what passes before the speaker sounds."""
KEPT = 0.9992
"""Of the answer, from one block to the next: somebody may walk about."""
FALLS = 0.08
"""An answer is expected to fall by e to this from one block to the next, twice that in decibels."""
SMOOTH = 0.75
"""Of the loudness of everything else, from one block to the next."""
SCALE = np.float32(1 / 32_768)
AUDIBLE = 0.001
"""Root mean square of an echo (0..1, -60 dBFS) that is one."""
RELEARN = 0.02
"""Of the answer's power: what is unknown of it when it was to be found again."""

SLOW = 0.85
"""Of the powers that are compared, from one block to the next: over 0.1 s."""
BETTER, IN_A_ROW = 0.8, 5
"""What is left by one filter, of what the other leaves (1 dB), for so many blocks."""
PROVEN = 0.6
"""Of what was heard: when less is left (2.2 dB), there is an echo, and it is known."""
GOOD = 0.4
"""Of what was heard (4 dB): when less is left, it comes at the same time as before."""
LOST = 0.9
"""When more is left while an echo should be heard, it does not."""
SEARCH = 20
"""Blocks with an echo in them in which it is looked for at another time: 0.32 s."""
ANEW = 100
"""Blocks with an echo in them for which it is learned, when nothing is left of what was known."""
TALKS = 25
"""Blocks for which somebody may be so loud that nothing seems to be taken away: it is noticed by
then that somebody talks."""
REACH = round(0.3 * LOOP_RATE)
"""Samples by which it may come sooner or later: a speaker that ran dry, or is opened again, has
another delay, and tells it wrongly."""

Spectra = npt.NDArray[np.complex64]
Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Powers:
    """What was heard and what each filter leaves of it, smoothed."""

    heard: float = 0.0
    used: float = 0.0
    learning: float = 0.0

    def take(self, heard: Floats, used: Floats, learning: Floats) -> None:
        self.heard = SLOW * self.heard + (1 - SLOW) * _power(heard)
        self.used = SLOW * self.used + (1 - SLOW) * _power(used)
        self.learning = SLOW * self.learning + (1 - SLOW) * _power(learning)


class LinearCanceller:
    """2 % of a core while it works. What it has learned stays: a room is the same tomorrow."""

    def __init__(self) -> None:
        bins = BLOCK + 1
        falling = np.exp(-FALLS * np.arange(PARTS, dtype=np.float32))[:, np.newaxis]
        self._answer: Spectra = np.zeros((PARTS, bins), np.complex64)  # the one that learns
        self._used: Spectra = self._answer.copy()
        self._nothing_known = np.repeat(falling, bins, axis=1)
        self._unknown = self._nothing_known.copy()  # variance of what is not learned yet
        self._spectra: Spectra = np.zeros((PARTS, bins), np.complex64)
        self._before = np.zeros(BLOCK, np.float32)
        self._others = np.zeros(bins, np.float32)
        self._powers = _Powers()
        self._compared: deque[tuple[Floats, Floats]] = deque(maxlen=2 * SEARCH)
        self._proven = False  # some echo was taken away
        self._checking = False  # whether it comes at the time that is known; nothing is learned
        self._doubtful = False  # until it was seen to do so
        self._audible = self._inaudible = self._good = self._lost = 0  # blocks
        self._better = self._worse = 0
        self._anew = 0  # audible blocks until it may be learned anew once more
        self._taken = False  # what was given out last was without the echo

    @property
    def ready(self) -> bool:
        """Whether what it knows of the echo holds at the moment."""
        return not self._doubtful and self._lost < TALKS

    def begin(self) -> None:
        """We play again, after a silence."""
        self._spectra[:] = 0
        self._before[:] = 0
        self._powers = _Powers()
        self.check()

    def check(self) -> None:
        """The echo may come at another time from now on."""
        self._compared.clear()
        self._checking = self._doubtful = self._proven
        self._audible = self._good = self._lost = self._inaudible = 0

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
        sound = heard.astype(np.float32) * SCALE
        echo = self._echo(self._used)
        left, tried = sound - echo, sound - self._echo(self._answer)
        self._powers.take(sound, left, tried)
        self._choose()
        if self._proven:
            self._watch(sound, echo)
        if not self._checking:
            self._learn(tried)
        return self._quieter(sound, left)

    def _echo(self, answer: Spectra) -> Floats:
        sound = np.fft.irfft((answer * self._spectra).sum(axis=0))[BLOCK:]
        return sound.astype(np.float32)

    def _choose(self) -> None:
        """The filter that learns takes the other's place when it takes more away; when it has gone
        astray, it begins again from there."""
        now = self._powers
        shows = now.learning < PROVEN * now.heard or now.used > now.heard
        self._better = self._better + 1 if shows and now.learning < BETTER * now.used else 0
        astray = self._proven and now.used < BETTER * now.learning
        self._worse = self._worse + 1 if astray else 0
        if self._better >= IN_A_ROW:
            self._proven |= now.learning < PROVEN * now.heard
            self._used = self._answer.copy()
            self._powers.used, self._better = now.learning, 0
        elif self._worse >= IN_A_ROW:
            self._answer = self._used.copy()
            self._powers.learning, self._worse = now.used, 0

    def _quieter(self, sound: Floats, left: Floats) -> Floats:
        """What is left, or the sound as it was where that is softer; never with a click."""
        takes = self._powers.used <= self._powers.heard and _power(left) <= _power(sound)
        first, last = (left if self._taken else sound), (left if takes else sound)
        self._taken = takes
        if first is last:
            return last
        rising = np.linspace(0, 1, BLOCK, dtype=np.float32)
        faded: Floats = first * (1 - rising) + last * rising
        return faded

    def _watch(self, sound: Floats, echo: Floats) -> None:
        """Whether the echo still comes at the time that is known; else it is looked for."""
        self._compared.append((sound, echo))
        if _power(echo) < AUDIBLE**2:
            self._inaudible += bool(self._before.any())
            self._doubtful &= self._inaudible < 2 * SEARCH  # no echo is known that could be wrong
            return
        self._audible += 1
        self._anew = max(0, self._anew - 1)
        now = self._powers
        self._good = self._good + 1 if now.used < GOOD * now.heard else 0
        self._lost = self._lost + 1 if now.used > LOST * now.heard else 0
        if self._good >= IN_A_ROW:
            self._checking = self._doubtful = False
        elif self._audible >= SEARCH and (self._checking or self._lost >= SEARCH):
            late = delay(*(np.concatenate(each) for each in zip(*self._compared, strict=True)))
            if late:
                self._move(late)
            elif self._lost >= SEARCH and not self._anew:
                self._answer, self._anew = np.zeros_like(self._answer), ANEW
                self._unknown = self._nothing_known.copy()
            self._checking, self._audible = False, 0

    def _move(self, late: int) -> None:
        answer = np.fft.irfft(self._used, axis=1)[:, :BLOCK].reshape(-1)
        moved = np.zeros_like(answer)
        moved[max(0, late) : len(answer) + min(0, late)] = answer[
            max(0, -late) : len(answer) - max(0, late)
        ]
        parts = np.pad(moved.reshape(PARTS, BLOCK), ((0, 0), (0, BLOCK)))
        self._used = np.fft.rfft(parts, axis=1).astype(np.complex64)
        self._answer = self._used.copy()
        power = (np.abs(self._answer) ** 2).mean(axis=1, keepdims=True)
        self._unknown = np.maximum(self._unknown, RELEARN * power).astype(np.float32)
        self._lost, self._powers = 0, _Powers()
        self._compared.clear()

    def _learn(self, left: Floats) -> None:
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
    """Samples by which `expected` comes late in `heard` (negative: early), REACH at most; 0 where
    it takes nothing away at any other time: the one is not in the other, or somebody talks."""
    size = 1 << (len(heard) + REACH).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.fft.rfft(expected, size).conj()
    products = np.fft.irfft(spectrum, size)
    near = np.concatenate([products[-REACH:], products[: REACH + 1]])
    late = int(np.argmax(near)) - REACH
    moved = np.zeros_like(expected)
    moved[max(0, late) : len(moved) + min(0, late)] = expected[
        max(0, -late) : len(moved) - max(0, late)
    ]
    return late if _power(heard - moved) < PROVEN * _power(heard) else 0


def _power(sound: Floats) -> float:
    return float(np.mean(np.square(sound)))
