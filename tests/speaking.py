"""A voice for tests of the ears: Piper's, never from its cache, so that no two renderings are
alike."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable

import numpy as np
import pytest

from assistant import models
from assistant.audio import pcm
from assistant.speak.tts import EspeakVoice, PiperVoice
from assistant.types import LOOP_RATE, Samples

Spoken = Callable[..., Samples]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * LOOP_RATE), np.int16)


def noise(seconds: float, level: float = 300, seed: int = 0) -> Samples:
    """White noise; `level` is its standard deviation."""
    shape = round(seconds * LOOP_RATE)
    return (np.random.default_rng(seed).standard_normal(shape) * level).astype(np.int16)


@functools.cache
def _voice(language: str, pace: float) -> PiperVoice | EspeakVoice:
    if language != "en":
        return EspeakVoice(language, pace=pace)
    with tempfile.TemporaryDirectory() as cache, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", cache)
        return PiperVoice(models.locate("piper-en_us-joe-medium"), "en", pace=pace)


def speak(*parts: str | float, language: str = "en", pace: float = 1.0) -> Samples:
    """speak("Okay Nabu.", 0.2, "What time is it?"): numbers are seconds of silence."""
    pieces = [silence(0)]
    for part in parts:
        if isinstance(part, str):
            speech = _voice(language, pace).synthesize(part)
            pieces.append(pcm.resample(speech.samples, speech.rate, LOOP_RATE))
        else:
            pieces.append(silence(part))
    return np.concatenate(pieces)
