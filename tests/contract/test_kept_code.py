"""What CTranslate2 makes for each length of speech is not kept for good."""

import ctypes

import numpy as np
import pytest

from assistant import models
from assistant.bench.soaking import _heap
from assistant.heap import give_back
from assistant.hear.whisper import Whisper
from assistant.types import LOOP_RATE
from tests.conftest import REAL_MODELS

pytestmark = pytest.mark.models
MOST_MB = 3.0
"""Of the heap, for sixteen more lengths. Without a bound they take 9 MB and more."""


def test_speech_of_ever_new_lengths_takes_no_more_memory(monkeypatch):
    if not hasattr(ctypes.CDLL(None), "mallinfo2"):
        pytest.skip("the C library does not tell what it holds")
    monkeypatch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    whisper = Whisper(models.locate("whisper-tiny.en"), "int8", 1)
    sound = np.random.default_rng(1).integers(-900, 900, 4 * LOOP_RATE).astype(np.int16)
    held = []
    for tenths in range(10, 36):
        whisper.encode(sound[: tenths * LOOP_RATE // 10], 1.0)
        give_back()
        held.append(_heap()[0])
    assert held[-1] - held[9] < MOST_MB, held
