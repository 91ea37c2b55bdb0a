"""Arithmetic on samples: pure functions, and a resampler that keeps its state.

Sound is mono int16, shape (n,), unless said otherwise; rates are in hertz. Levels are
relative to full scale: 1.0, or 0 dBFS, is the largest value a sample can have.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import soxr

from assistant.types import LOOP_RATE, Samples, Speech

FULL_SCALE = 32_768
SILENT_DBFS = -120.0
"""What `dbfs` says of digital silence, below the -90 dBFS of the smallest int16 step."""

FADE_SECONDS = 0.008
"""Long enough to hide the click of a cut, short enough not to be heard as a fade."""


def to_float(samples: Samples) -> npt.NDArray[np.float32]:
    """int16 to float32 in [-1, 1)."""
    return samples.astype(np.float32) / np.float32(FULL_SCALE)


def to_int16(values: npt.NDArray[np.floating]) -> Samples:
    """Floats to int16: clipped at full scale, never wrapped; NaN becomes silence."""
    scaled = np.rint(np.nan_to_num(values, posinf=1.0, neginf=-1.0) * FULL_SCALE)
    samples: Samples = np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return samples


def mono(frames: npt.NDArray[np.int16]) -> Samples:
    """The mean of all channels. frames: shape (n, channels), or (n,) which is mono already."""
    if frames.ndim == 1:
        return frames
    if frames.shape[1] == 1:
        return frames[:, 0]
    mean: Samples = np.rint(frames.mean(axis=1)).astype(np.int16)
    return mean


class Resampler:
    """Changes the rate of a stream that comes in pieces of any size.

    What comes out lags what went in by the length of the filter (`delay`), until `flush`.
    """

    def __init__(self, source_rate: float, target_rate: float = LOOP_RATE) -> None:
        self._target_rate = target_rate
        self._stream = (
            None
            if source_rate == target_rate
            else soxr.ResampleStream(source_rate, target_rate, 1, dtype="int16", quality="HQ")
        )

    @property
    def delay(self) -> float:
        """Seconds of sound that went in and did not come out yet."""
        return 0.0 if self._stream is None else float(self._stream.delay()) / self._target_rate

    def process(self, samples: Samples) -> Samples:
        return self._step(samples, last=False)

    def flush(self) -> Samples:
        """The rest, at the end of the stream. No `process` may follow."""
        return self._step(np.zeros(0, np.int16), last=True)

    def _step(self, samples: Samples, last: bool) -> Samples:
        if self._stream is None:
            return samples
        result: Samples = self._stream.resample_chunk(np.ascontiguousarray(samples), last=last)
        return result


class PromptResampler:
    """Changes the rate of a stream that comes in pieces of any size, and lags by 1 ms only, where
    `Resampler` lags by up to 40: for what must be known at once, and need not be beautiful (what
    is within 1 kHz of half the lower rate is softened, or folded at -40 dB and less)."""

    CROSSINGS = 12
    """Zeros of the sinc function on either side."""
    PHASES = 512
    """Places between two samples for which it is known."""

    def __init__(self, source_rate: float, target_rate: float = LOOP_RATE) -> None:
        self._step = source_rate / target_rate
        cut = 0.94 * min(1.0, target_rate / source_rate)
        self._half = half = int(np.ceil(self.CROSSINGS / cut))
        times = np.arange(1 - half, half + 1) - np.arange(self.PHASES)[:, np.newaxis] / self.PHASES
        table = np.sinc(cut * times) * np.cos(np.pi * times / 2 / (half + 1)) ** 2
        self._table = (table / table.sum(axis=1, keepdims=True)).astype(np.float32)
        self._kept = np.zeros(half, np.float32)
        self._next = float(half)  # where in what is kept, and what follows, the next sample lies

    def process(self, samples: Samples) -> Samples:
        if self._step == 1:
            return samples
        sound = np.concatenate([self._kept, samples.astype(np.float32)])
        count = max(0, int(np.floor((len(sound) - 1 - self._half - self._next) / self._step)) + 1)
        places = np.rint((self._next + self._step * np.arange(count)) * self.PHASES).astype(int)
        whole, phase = np.divmod(places, self.PHASES)
        windows = np.lib.stride_tricks.sliding_window_view(sound, 2 * self._half)
        made = np.einsum("ij,ij->i", windows[whole - self._half + 1], self._table[phase])
        self._next += count * self._step
        done = max(0, int(self._next) - self._half)
        self._kept, self._next = sound[done:], self._next - done
        result: Samples = np.clip(np.rint(made), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        return result


def resample(samples: Samples, source_rate: float, target_rate: float) -> Samples:
    """All of `samples` at another rate."""
    if source_rate == target_rate or not len(samples):
        return samples
    result: Samples = soxr.resample(samples, source_rate, target_rate, quality="HQ")
    return result


def rms(samples: Samples) -> float:
    """Root of the mean square, 0..1; a sine at full scale has 0.707."""
    if not len(samples):
        return 0.0
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) / FULL_SCALE


def peak(samples: Samples) -> float:
    """The largest magnitude, 0..1."""
    if not len(samples):
        return 0.0
    # not abs(): that of -32768 does not fit into int16
    return max(int(samples.max()), -int(samples.min())) / FULL_SCALE


def dbfs(level: float) -> float:
    """A level (0..1) in decibels relative to full scale, at least SILENT_DBFS."""
    return max(SILENT_DBFS, 20 * float(np.log10(level))) if level > 0 else SILENT_DBFS


def gain(samples: Samples, factor: float) -> Samples:
    """`samples` times `factor`, or as much of it as fits without clipping."""
    loudest = peak(samples)
    factor = min(factor, 1 / loudest) if loudest else factor
    return samples if factor == 1 else to_int16(to_float(samples) * np.float32(factor))


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.int16)


def fade_out(samples: Samples, rate: float, seconds: float = FADE_SECONDS) -> Samples:
    """A copy whose last `seconds` fall to zero along half a cosine."""
    count = min(len(samples), round(seconds * rate))
    if not count:
        return samples.copy()
    ramp = (1 + np.cos(np.linspace(0, np.pi, count, dtype=np.float32))) / 2
    faded = np.rint(samples[len(samples) - count :] * ramp).astype(np.int16)
    return np.concatenate([samples[: len(samples) - count], faded])


def fade_in(samples: Samples, rate: float, seconds: float = FADE_SECONDS) -> Samples:
    """A copy whose first `seconds` rise from zero."""
    return fade_out(samples[::-1], rate, seconds)[::-1]


def concatenate(pieces: Iterable[Speech]) -> Speech:
    """One after the other, at the rate of the first; of none, an empty Speech at LOOP_RATE."""
    speeches = list(pieces)
    if not speeches:
        return Speech(np.zeros(0, np.int16), LOOP_RATE)
    rate = speeches[0].rate
    return Speech(np.concatenate([resample(s.samples, s.rate, rate) for s in speeches]), rate)
