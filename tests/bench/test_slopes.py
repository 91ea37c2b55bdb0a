"""Growth is found in noise, and noise is not taken for growth."""

import random

import pytest

from assistant.bench.slopes import slope


def samples(grows, noise, count=400, seed=1):
    chance = random.Random(seed)
    xs = [float(n) for n in range(count)]
    return xs, [100 + grows * x + chance.gauss(0, noise) for x in xs]


def test_a_slope_within_its_bounds():
    found = slope(*samples(0.01, 2.0))
    assert found.low < 0.01 < found.high and found.grows
    assert found.slope == pytest.approx(0.01, rel=0.2)


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_no_growth_though_a_few_samples_are_wild(seed):
    xs, ys = samples(0, 1.0, seed=seed)
    ys[::37] = [9_000.0] * len(ys[::37])
    found = slope(xs, ys)
    assert found.low < 0.002 and abs(found.slope) < 0.002


def test_flat_is_flat_and_too_little_is_nothing():
    flat = slope([1.0, 2.0, 3.0, 4.0], [5.0] * 4)
    assert (flat.slope, flat.low, flat.high) == (0.0, 0.0, 0.0)
    assert slope([1.0, 2.0], [1.0, 2.0]) is None
    assert slope([1.0] * 9, [1.0] * 9) is None


def test_by_another_unit():
    found = slope(*samples(0.01, 0.0)).times(1000)
    assert found.slope == pytest.approx(10) and found.span == pytest.approx(0.393, abs=0.01)
