"""A microphone that gives sound in which nothing is."""

import numpy as np

from assistant.daemon.stillness import LONGEST, Stillness
from assistant.types import LOOP_RATE

NOISE = np.random.default_rng(0).integers(-3, 4, LOOP_RATE // 10).astype(np.int16)


def take(stillness, seconds, value=0):
    """What it said, each with the second in which it did."""
    tenth = np.full(LOOP_RATE // 10, value, np.int16)
    said = [(n / 10, stillness.take(tenth)) for n in range(round(seconds * 10))]
    return [(at, what) for at, what in said if what]


def test_a_quiet_room_is_not_still():
    stillness = Stillness()
    assert [stillness.take(NOISE) for _ in range(200)] == [""] * 200
    assert not stillness.deaf


def test_one_value_is_told_within_seconds_and_tried_ever_less_often():
    stillness = Stillness()
    stillness.take(NOISE)
    said = take(stillness, 100, value=-7)
    assert [what for _, what in said] == ["dead", "still", "still"]
    assert [round(at) for at, _ in said] == [10, 30, 70]
    assert stillness.deaf
    said = take(stillness, 3 * LONGEST, value=-7)
    assert np.diff([at for at, _ in said]).max() <= LONGEST


def test_sound_again_is_told_once():
    stillness = Stillness()
    stillness.take(NOISE)
    take(stillness, 11)
    assert [stillness.take(NOISE) for _ in range(3)] == ["sound", "", ""]
    assert not stillness.deaf
    assert take(stillness, 11)[0][1] == "dead"


def test_one_that_never_gave_sound_is_told_but_no_new_start_would_help():
    stillness = Stillness()
    assert take(stillness, 11)[0][1] == "dead"
    assert not stillness.deaf
