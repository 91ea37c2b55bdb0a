"""What is done to a recording before it is heard: noise at a level, a room, silence around it.

Pure. Sound is int16 at LOOP_RATE, shape (n,).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.audio import pcm
from assistant.hear.endpoint import HYSTERESIS
from assistant.stages import VoiceActivity
from assistant.types import LOOP_RATE, Samples

FRAME = 2048
"""Samples. Levels are compared by the loudest frame of this length (128 ms), as Picovoice's
speech-to-intent benchmark does: pauses in a recording then do not count as speech."""

LEAD, TAIL = 0.4, 0.3
"""Seconds before and after the speech that both sides get to hear, as the ears cut it."""

Floats = npt.NDArray[np.float64]


def loudest(samples: Samples | Floats) -> float:
    """Energy of the loudest FRAME (of the whole, if it is shorter)."""
    if len(samples) < FRAME:
        return float(np.sum(np.square(samples, dtype=np.float64)))
    whole = len(samples) - len(samples) % FRAME
    frames = np.square(samples[:whole], dtype=np.float64).reshape(-1, FRAME)
    return float(frames.sum(axis=1).max())


def with_noise(
    speech: Samples, noise: Samples, snr: float, seed: int, around: float = 0.0
) -> Samples:
    """`speech` in a piece of `noise` (from a place that the seed chooses), `snr` dB below it.

    around: seconds for which the noise goes on before and after; they do not count for its level.
    The speech keeps its level, or both are turned down together where they would clip.
    """
    whole = padded(speech, around, around)
    if not len(noise) or not loudest(speech):
        return whole
    repeated = np.tile(noise, -(-len(whole) // len(noise)) + 1)
    start = int(np.random.default_rng(seed).integers(0, len(repeated) - len(whole) + 1))
    piece = repeated[start : start + len(whole)].astype(np.float64)
    before = (len(whole) - len(speech)) // 2
    level = loudest(piece[before : before + len(speech)])
    scale = np.sqrt(loudest(speech) / (level * 10 ** (snr / 10))) if level else 0.0
    return _fitted(whole.astype(np.float64) + scale * piece)


def in_room(speech: Samples, impulse: Samples) -> Samples:
    """`speech` as it arrives after the room with that impulse response, at the level it had."""
    size = len(speech) + len(impulse) - 1
    length = 1 << (size - 1).bit_length()
    spectrum = np.fft.rfft(speech.astype(np.float64), length)
    heard: Floats = np.fft.irfft(spectrum * np.fft.rfft(impulse.astype(np.float64), length), length)
    level = loudest(heard[:size])
    return _fitted(heard[:size] * (np.sqrt(loudest(speech) / level) if level else 0.0))


def padded(samples: Samples, before: float, after: float) -> Samples:
    """With seconds of silence around it."""
    return np.concatenate([pcm.silence(before, LOOP_RATE), samples, pcm.silence(after, LOOP_RATE)])


def speech_bounds(
    samples: Samples, vad: VoiceActivity, threshold: float, shortest: float
) -> tuple[int, int] | None:
    """Where speech begins and ends, or None: the first and the last sample of those stretches of
    speech that are at least `shortest` seconds long (anything shorter is a click)."""
    vad.reset()
    runs: list[list[int]] = []
    speaking = False
    for start in range(0, len(samples) - vad.frame + 1, vad.frame):
        floor = threshold - (HYSTERESIS if speaking else 0)
        now = vad.probability(samples[start : start + vad.frame]) >= floor
        if now and speaking:
            runs[-1][1] = start + vad.frame
        elif now:
            runs.append([start, start + vad.frame])
        speaking = now
    long = [run for run in runs if run[1] - run[0] >= shortest * LOOP_RATE]
    return (long[0][0], long[-1][1]) if long else None


def trimmed(
    samples: Samples, bounds: tuple[int, int] | None, before: float, after: float
) -> Samples:
    """The speech with `before` and `after` seconds around it; all, when there is none."""
    if bounds is None:
        return samples
    first = max(0, bounds[0] - round(before * LOOP_RATE))
    return samples[first : bounds[1] + round(after * LOOP_RATE)]


def _fitted(values: Floats) -> Samples:
    peak = float(np.abs(values).max(initial=0.0))
    return pcm.to_int16(values / max(pcm.FULL_SCALE, peak))
