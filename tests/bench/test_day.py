"""The simulated day, on turns whose costs are known."""

import pytest

from assistant.bench.day import figures
from assistant.bench.simulated_day import HOURS, STATES, UNGATED, Row, simulate
from assistant.config import load
from assistant.power.sensors.estimate import DEFAULT_CORE


def rows(*, question=2.0, cheap=2.0, waiting=0.1):
    """cheap: what a question costs at 40 % and below; at 15 % it is refused."""
    made = [Row(UNGATED, "waiting", 3 * waiting, 30.0)]
    for state in STATES:
        late = state in ("at 40 %", "at 15 %")
        refused = state == "at 15 %"
        made += [
            Row(state, "waiting", waiting, 30.0),
            Row(state, "loading", 3.0, 3.0),
            Row(state, "command", 0.2, 0.2),
            Row(
                state,
                "question",
                0.01 if refused else cheap if late else question,
                1.0,
                not refused,
            ),
        ]
    return made


CONFIG = load().config


def test_a_day_without_a_limit_has_ten_hours_and_adds_up():
    day = simulate(rows(), CONFIG, float("inf"), governed=False)
    assert day.hours == pytest.approx(HOURS)
    assert 130 < day.turns < 270  # 20 an hour
    waiting = HOURS * 3600 * DEFAULT_CORE * 0.1 / 30
    turns = DEFAULT_CORE * (0.2 * (day.turns - 0.25 * day.turns) + 2.0 * 0.25 * day.turns)
    assert waiting + 0.7 * turns < day.joules < waiting + 1.3 * turns + day.turns * DEFAULT_CORE * 3


def test_the_governor_goes_through_its_states_as_the_battery_empties():
    whole = simulate(rows(), CONFIG, float("inf"), governed=False).joules
    day = simulate(rows(cheap=0.5), CONFIG, whole / 2, governed=True)
    assert list(day.states) == ["without", "on battery", "at 40 %", "at 15 %"]
    assert day.refused > 0
    alone = simulate(rows(cheap=0.5), CONFIG, whole / 2, governed=False)
    assert alone.refused == 0 and alone.hours < 0.65 * HOURS
    assert day.turns > alone.turns


def test_where_nothing_is_saved_nothing_is_gained():
    same = [Row(s, k, p, 1.0) for s in STATES for k, p in
            (("waiting", 0.01), ("loading", 0.0), ("command", 0.3), ("question", 0.3))]  # fmt: skip
    half = simulate(same, CONFIG, float("inf"), governed=False).joules / 2
    with_, without = (simulate(same, CONFIG, half, governed=g) for g in (True, False))
    assert with_.turns == without.turns


def test_figures_name_gain_and_loss():
    named = {figure.name: figure.values for figure in figures(rows(cheap=0.5))}
    gated = named["the day, beside the fixed profile with the gate: times the turns"]
    ungated = named["the day, beside the fixed profile without gate: times the turns"]
    assert gated["without"] == ungated["without"] == 1
    assert 1 < gated["governed"] < ungated["governed"] <= 2.3
    assert named["the day, beside the fixed profile with the gate: turns refused"]["governed"] > 0
    assert named["questions answered"] == {
        "without": 100, "on battery": 100, "at 40 %": 100, "at 15 %": 0,
    }  # fmt: skip
    curve = named[
        "the day, beside the fixed profile with the gate: times the turns, by watts of the machine"
    ]
    assert curve["0 W"] == pytest.approx(gated["governed"], rel=0.1)
    assert list(curve.values()) == sorted(curve.values(), reverse=True)
    assert curve["4 W"] == pytest.approx(1, abs=0.05)
    assert figures(rows()[:5]) == []
