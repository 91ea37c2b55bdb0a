"""What is played, told late, early and at once, for who listens meanwhile."""

import numpy as np
import pytest

from assistant.audio.playback import TAIL, Playback
from assistant.types import LOOP_RATE

STEP = 200
"""Samples of a block: 12.5 ms, as PortAudio asks a sound server's devices for them."""
SECONDS = STEP / LOOP_RATE


def tell(playback, count, at=0.0, first=0, late=lambda number: 0.0):
    """Blocks of a sound in which each sample is its own number, from the one of `first` on."""
    for number in range(first, first + count):
        samples = np.arange(number * STEP, (number + 1) * STEP).astype(np.int16) + 1
        playback.tell(at + number * SECONDS + late(number), samples, LOOP_RATE)


def test_nothing_is_played_at_first_and_nothing_after_a_while():
    playback = Playback()
    assert playback.during(0.0, 100) is None
    tell(playback, 8, at=10.0)
    assert playback.during(10.0, 300)[0] == 1
    assert playback.during(10.1 + TAIL + 0.1, 300) is None


def test_what_is_not_told_yet_is_waited_for_unless_the_speaker_is_silent():
    playback = Playback()
    tell(playback, 4, at=10.0)
    assert playback.known(10.0, 1000, now=10.05) == 800
    assert playback.known(10.0, 1000, now=10.3) == 1000
    assert playback.during(10.0, 1000)[-1] == 0


def test_a_device_that_fills_its_buffers_first_is_timed_by_its_promptest_block():
    playback = Playback()
    tell(playback, 40, at=10.0, late=lambda number: 0.05 * max(0, 4 - number) / 4)
    heard = playback.during(10.0 + 20 * SECONDS, STEP)
    assert abs(int(heard[0]) - 20 * STEP) <= 2


def test_jitter_changes_nothing():
    draw = np.random.default_rng(1)
    playback = Playback()
    tell(playback, 200, at=10.0, late=lambda number: float(draw.uniform(0, 0.02)))
    for number in range(100, 150):
        heard = playback.during(10.0 + number * SECONDS, STEP)
        assert np.all(np.diff(heard) == 1)
        assert int(heard[0]) == pytest.approx(number * STEP, abs=20)
    assert playback.doubts == 1  # when it began


def test_a_device_that_ran_dry_is_later_from_then_on():
    playback = Playback()
    tell(playback, 100, at=10.0)
    before = playback.during(10.0 + 90 * SECONDS, STEP)
    assert int(before[0]) == 90 * STEP + 1
    doubts = playback.doubts
    tell(playback, 100, at=10.0, first=100, late=lambda _: 0.05)
    assert playback.known(10.0 + 120 * SECONDS, STEP, now=10.0 + 120 * SECONDS) == STEP
    after = playback.during(10.0 + 120 * SECONDS, STEP)
    assert playback.doubts > doubts
    assert int(after[0]) == pytest.approx(120 * STEP - 0.05 * LOOP_RATE, abs=2)


def test_sound_that_a_microphone_lost_is_left_out():
    playback = Playback()
    tell(playback, 100, at=10.0)
    assert playback.during(10.0, STEP)[0] == 1
    playback.skip(1000)
    assert playback.during(10.0 + (STEP + 1000) / LOOP_RATE, STEP)[0] == STEP + 1001
