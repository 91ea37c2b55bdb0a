"""What is told of a day beside what was used, by every kind of meter, and what it costs to tell."""

import pytest

from assistant.bench import attribution
from assistant.bench.attribution import Row, cost, day, figures, share_of_a_core
from assistant.bench.played_machine import KINDS
from assistant.config import load

POWER = load().config.power
COUNTERS = ("rapl", "hwmon energy")


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_adds_up_to_what_was_used(tmp_path, monkeypatch, kind):
    """The sum within 3 %. Whose it was as well as the meter allows: a counter within 3 % for the
    turns and 10 % for the waiting, which is a hundredth of a core; what only knows steps of 10 mWh
    or the power of a moment within 20 %."""
    monkeypatch.setattr(attribution, "TURNS", 90)
    found = day(kind, tmp_path, POWER, 7)
    assert found.told == pytest.approx(found.used, rel=0.03)
    for stage, (told, used) in found.stages.items():
        fine = 0.1 if stage == "waiting" else 0.03
        assert told == pytest.approx(used, rel=fine if kind in COUNTERS else 0.2), stage


def test_it_costs_next_to_nothing():
    """Below 0.5 % of a core, always on, in a program of 24 threads."""
    row = cost(POWER)
    assert 0 < row.look < 0.05 and 0 < row.sample < 0.05
    assert share_of_a_core(row, sampled=False) < 0.001
    assert share_of_a_core(row, sampled=True) < 0.001


def test_figures():
    rows = [
        Row("rapl", 102.0, 100.0, {"think": (9.0, 10.0)}),
        Row("cost", look=0.001, sample=0.0005),
    ]
    named = {figure.name: figure.values["ours"] for figure in figures(rows)}
    assert named["rapl: sum of all shares, off by"] == pytest.approx(2)
    assert named["rapl: think, off by"] == pytest.approx(-10)
    assert named["always on, with a counter"] == pytest.approx(0.005)
    assert named["always on, with a meter of power only"] == pytest.approx(
        0.005 + 840 * 0.0005 / 36
    )
