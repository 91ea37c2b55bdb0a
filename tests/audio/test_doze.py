"""A microphone that is read in larger pieces while nobody speaks: nothing is lost, and it is
cheaper."""

import threading
import time
from contextlib import closing
from itertools import pairwise

import numpy as np
import pytest

from assistant.audio.source import Microphone
from assistant.types import LOOP_RATE

pytestmark = [pytest.mark.sound, pytest.mark.real_time]


def read(microphone, seconds):
    chunks, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        chunks.append(microphone.read())
    return chunks


def test_what_gathers_in_a_doze_comes_as_one_piece_without_a_gap(sound):
    doze = [0.3]
    with closing(Microphone("default", 64, doze=lambda: doze[0])) as microphone:
        microphone.read()
        dozed = read(microphone, 3)
        doze[0] = 0.0
        awake = read(microphone, 1)
    assert np.mean([len(c.samples) for c in dozed]) > 0.25 * LOOP_RATE
    assert max(len(c.samples) for c in awake[2:]) <= round(0.07 * LOOP_RATE)
    chunks = [*dozed, *awake]
    assert all(b.start == a.end for a, b in pairwise(chunks))
    assert microphone.lost_samples == 0


def test_closing_ends_a_doze_at_once(sound):
    microphone = Microphone("default", 64, doze=lambda: 30.0)
    threading.Timer(0.3, microphone.close).start()
    began = time.monotonic()
    while microphone.read() is not None:
        pass
    assert time.monotonic() - began < 10


def test_who_is_roused_reads_at_once_and_loses_nothing(sound):
    with closing(Microphone("default", 64, doze=lambda: 20.0)) as microphone:
        chunks = []
        for _ in range(3):
            threading.Timer(0.3, microphone.rouse).start()
            began = time.monotonic()
            chunks.append(microphone.read())
            assert time.monotonic() - began < 10
    assert all(b.start == a.end for a, b in pairwise(chunks))
