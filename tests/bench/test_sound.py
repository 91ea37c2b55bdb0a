"""Noise at a level, rooms, and where speech is."""

import numpy as np
import pytest

from assistant.bench.sound import in_room, loudest, padded, speech_bounds, trimmed, with_noise
from assistant.testing import ScriptedVad
from assistant.types import LOOP_RATE
from tests.bench.conftest import tone
from tests.speaking import noise, silence


def decibels(one, other):
    return 10 * np.log10(loudest(one) / loudest(other))


@pytest.mark.parametrize("snr", [0, 6, 24])
def test_noise_is_as_loud_as_asked_by_the_loudest_frame(snr):
    speech = np.concatenate([silence(1), tone(0.5), silence(1)])  # the pauses do not count
    mixed = with_noise(speech, noise(1.5, 2000), snr, seed=3)
    added = mixed.astype(np.float64) - speech
    assert decibels(speech, added) == pytest.approx(snr, abs=0.1)
    assert len(mixed) == len(speech)


def test_noise_around_the_speech_does_not_count_for_its_level():
    burst = np.concatenate([noise(1, 200), noise(1, 5000), noise(1, 200)])
    speech = tone(0.2)
    for seed in range(9):
        mixed = with_noise(speech, burst, 6, seed, around=0.5).astype(np.float64)
        assert len(mixed) == len(speech) + LOOP_RATE
        added = mixed[LOOP_RATE // 2 : -LOOP_RATE // 2] - speech
        if np.abs(mixed).max() < 32767:  # not turned down
            assert decibels(speech, added) == pytest.approx(6, abs=0.1)
        assert np.abs(mixed[:4000]).any()


def test_the_place_in_the_noise_is_drawn():
    one, same, other = (with_noise(tone(0.5), noise(5), 6, seed=s) for s in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_what_would_clip_is_turned_down_as_a_whole():
    speech = tone(0.5, level=32000)
    mixed = with_noise(speech, tone(0.5, level=1000, pitch=450), 0, seed=1)
    assert 32000 < np.abs(mixed.astype(int)).max() <= 32768
    assert np.mean(np.abs(mixed.astype(int)) >= 32767) < 0.01  # the peaks, and not their flanks


def test_no_noise_and_no_speech():
    assert np.array_equal(with_noise(tone(0.5), silence(0), 6, seed=1), tone(0.5))
    assert np.array_equal(with_noise(silence(0.5), noise(1), 6, seed=1), silence(0.5))
    assert np.array_equal(with_noise(tone(0.1), silence(1), 6, seed=1), tone(0.1))


def test_a_room_delays_and_repeats_but_is_as_loud():
    impulse = silence(0.25)
    impulse[0], impulse[-1] = 20000, 10000
    heard = in_room(tone(0.5), impulse)
    assert len(heard) == len(tone(0.5)) + len(impulse) - 1
    assert decibels(heard, tone(0.5)) == pytest.approx(0, abs=0.1)
    assert np.abs(heard[round(0.6 * LOOP_RATE) :].astype(int)).max() > 2000  # the echo goes on


def test_a_dry_room_changes_nothing():
    impulse = silence(0.01)
    impulse[0] = 12000
    heard = in_room(tone(0.3), impulse)[: len(tone(0.3))]
    assert np.abs(heard.astype(int) - tone(0.3)).max() <= 1


def test_speech_is_from_its_first_stretch_to_its_last_and_clicks_are_none():
    click = tone(0.03)
    sound = np.concatenate(
        [silence(1), click, silence(1), tone(0.5), silence(1), tone(0.5), silence(1), click]
    )
    first, last = speech_bounds(sound, ScriptedVad(), 0.5, shortest=0.2)
    assert first / LOOP_RATE == pytest.approx(2.03, abs=0.04)
    assert last / LOOP_RATE == pytest.approx(4.03, abs=0.04)
    assert speech_bounds(silence(2), ScriptedVad(), 0.5, shortest=0.2) is None


def test_trimming_and_padding():
    sound = np.arange(LOOP_RATE, dtype=np.int16)
    bounds = (4000, 8000)
    assert np.array_equal(trimmed(sound, bounds, 0.1, 0.05), sound[2400:8800])
    assert np.array_equal(trimmed(sound, bounds, 5, 5), sound)
    assert np.array_equal(trimmed(sound, None, 0, 0), sound)
    assert np.array_equal(padded(sound, 0.5, 0.25)[8000:-4000], sound)
