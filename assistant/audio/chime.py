"""Short tones, made of sines: nothing to install, nothing to license.

Notes follow equal temperament with A4 = 440 Hz. Each swells in 8 ms and dies away
exponentially, as a struck bar does, so that no click begins or ends it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.audio import pcm
from assistant.types import Samples, Speech

RATE = 22_050
LOUDNESS = 0.25
"""Peak, of full scale: below a voice, which peaks near 0.7."""


def wake() -> Speech:
    """We listen: a short rising fourth, 0.13 s.

    High, so that our own ears do not take it for somebody speaking: through five rooms, Silero's
    probability of speech stays at 0.17 or less (an octave lower it reached 0.60).
    """
    return _tones([(81, 0.0), (86, 0.05)], seconds=0.13)


def done() -> Speech:
    """Understood, nothing to say: one soft note."""
    return _tones([(74, 0.0)], seconds=0.18)


def error() -> Speech:
    """It failed: a falling third (as for `wake`: 0.07 or less)."""
    return _tones([(82, 0.0), (79, 0.12)], seconds=0.35)


def muted() -> Speech:
    """The microphone is closed: a falling fifth, 0.3 s."""
    return _tones([(81, 0.0), (74, 0.1)], seconds=0.3)


def unmuted() -> Speech:
    """It is open again: the same, rising."""
    return _tones([(74, 0.0), (81, 0.1)], seconds=0.3)


def alarm() -> Speech:
    """A timer is due: three quick triads and a pause, 1.5 s, to be repeated."""
    triad = [(76, 0.0), (79, 0.08), (84, 0.16)]
    notes = [(note, at + beat * 0.36) for beat in range(3) for note, at in triad]
    return _tones(notes, seconds=1.5)


def _tones(notes: Sequence[tuple[int, float]], seconds: float) -> Speech:
    """notes: (MIDI number, start in seconds)."""
    mixed = np.zeros(round(seconds * RATE), np.float32)
    for number, start in notes:
        first = round(start * RATE)
        mixed[first:] += _note(number, len(mixed) - first)
    mixed *= LOUDNESS / np.abs(mixed).max()
    samples: Samples = pcm.fade_out(pcm.to_int16(mixed), RATE, 0.02)
    return Speech(samples, RATE)


def _note(number: int, count: int) -> npt.NDArray[np.float32]:
    hertz = 440 * 2 ** ((number - 69) / 12)
    time = np.arange(count, dtype=np.float32) / RATE
    wave = np.sin(2 * np.pi * hertz * time) + 0.2 * np.sin(4 * np.pi * hertz * time)
    envelope = np.minimum(time / 0.008, 1) * np.exp(-time / 0.09)
    note: npt.NDArray[np.float32] = (wave * envelope).astype(np.float32)
    return note
