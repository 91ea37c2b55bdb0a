"""The gate before the wake word: when it opens, and that nothing is lost behind it."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from assistant.hear.gate import HOLD, KEPT, Gate, GatedWake
from assistant.types import LOOP_RATE

BLOCK = 1024


def hiss(seconds, level, seed=1):
    made = np.random.default_rng(seed).normal(0, level, round(seconds * LOOP_RATE))
    return made.clip(-32768, 32767).astype(np.int16)


def tone(seconds, level):
    t = np.arange(round(seconds * LOOP_RATE)) / LOOP_RATE
    return (level * np.sin(2 * np.pi * 300 * t)).astype(np.int16)


class Heard:
    """A detector that keeps what it is given."""

    word = "hello"

    def __init__(self):
        self.pieces = []
        self.resets = 0

    def process(self, samples):
        self.pieces.append(samples)

    def reset(self):
        self.resets += 1


def opened(gate, sound, block=BLOCK):
    """Share of the blocks at whose end it is open."""
    blocks = [sound[i : i + block] for i in range(0, len(sound), block)]
    return sum(gate.process(part) and gate.is_open for part in blocks) / len(blocks)


@pytest.mark.parametrize("level", [0, 0.4, 3, 40, 900])
def test_it_closes_in_a_steady_room_however_loud(level):
    gate = Gate(4.0)
    opened(gate, hiss(5, level))
    assert opened(gate, hiss(20, level, 2)) == 0


def test_what_is_louder_opens_it_and_it_stays_open_for_a_while():
    gate = Gate(4.0)
    opened(gate, hiss(5, 20))
    gate.process(tone(0.064, 100) + hiss(0.064, 20))
    assert gate.is_open
    assert opened(gate, hiss(HOLD / LOOP_RATE - 0.1, 20)) == 1
    assert opened(gate, hiss(3, 20)) < 0.1


def test_a_fan_that_begins_is_soon_a_part_of_the_room_and_a_voice_is_not():
    gate = Gate(4.0)
    opened(gate, hiss(5, 20))
    assert opened(gate, hiss(3, 200)) == 1
    opened(gate, hiss(3, 200))
    assert opened(gate, hiss(20, 200)) < 0.2
    talk = [part for _ in range(100) for part in (tone(0.2, 900), hiss(0.1, 200))]
    assert opened(gate, np.concatenate(talk)) > 0.95


def test_a_voice_in_a_deep_rumble_opens_it_by_its_differences():
    t = np.arange(8 * LOOP_RATE) / LOOP_RATE
    rumble = (3000 * np.sin(2 * np.pi * 40 * t)).astype(np.int16)
    gate = Gate(4.0)
    opened(gate, rumble)
    voice = (300 * np.sin(2 * np.pi * 2000 * t[:LOOP_RATE])).astype(np.int16)
    assert opened(gate, rumble[:LOOP_RATE] + voice) == 1


def test_without_decibels_it_is_always_open():
    gate = Gate(0.0)
    assert opened(gate, np.zeros(LOOP_RATE * 5, np.int16)) == 1
    assert gate.is_open


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=60), st.integers(0, 3))
def test_nothing_is_lost_doubled_or_out_of_order(sizes, seed):
    """What the detector gets before a gap ends, and after it begins, is the stream itself."""
    rng = np.random.default_rng(seed)
    stream = np.arange(sum(sizes)) % 30_000
    loud = rng.random(len(sizes)) < 0.2
    heard = Heard()

    class Told(Gate):
        def process(self, samples):
            return loud[self.n] or not self.decibels

    gate = Told(4.0)
    gated = GatedWake(heard, gate)
    position, ends = 0, [0]
    for n, size in enumerate(sizes):
        gate.n = n
        gated.process(stream[position : position + size])
        position += size
        if loud[n]:
            piece = heard.pieces[-1]
            start = position - len(piece)
            assert np.array_equal(piece, stream[start:position])
            assert start >= ends[-1]  # nothing twice
            assert start == ends[-1] or len(piece) - size >= KEPT  # the last second, at least
            ends.append(position)
    assert len(heard.pieces) == sum(loud)


def test_a_stream_that_was_interrupted_is_begun_anew():
    heard = Heard()
    gated = GatedWake(heard, Gate(4.0))
    for _ in range(100):
        gated.process(np.zeros(BLOCK, np.int16))
    assert gated.waits
    gated.reset()
    assert heard.resets == 1 and not gated.waits
