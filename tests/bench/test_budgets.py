"""Which profiles can be run here, with what in the place of what is not here, and what is told."""

import pytest

from assistant import models
from assistant.bench import budgets, memory
from assistant.bench.within import Outcome
from assistant.config import load, profiles

OUTCOME = Outcome(
    turns=200, lost=1, killed=False, swapped_mb=0.0, peak_mb=330.4, refused=3, pss_mb=210.5,
    rss_peak_mb=290.1, made_of={"waiting": {"files": 2.5, "own": 90.0}}, steps=("caches",),
    words=(), answered=0,
)  # fmt: skip


def test_every_profile_states_a_budget_and_is_measured():
    assert set(budgets.measured()) == set(profiles())


@pytest.mark.models
@pytest.mark.parametrize("profile", profiles())
def test_each_can_be_run_with_the_embedded_models(profile):
    stand_ins = budgets._stand_ins(load([f'profile="{profile}"']).config)
    config = load([f'profile="{profile}"', *stand_ins]).config
    assert not budgets._lacks(config)
    assert config.think.gpu_layers == 0
    assert config.budget == load([f'profile="{profile}"']).config.budget


def test_what_stands_in_is_told(monkeypatch):
    monkeypatch.setattr(models, "current", lambda _: None)
    config = load(['profile="laptop-cuda"']).config
    stand_ins = budgets._stand_ins(config)
    assert stand_ins == ["think.gpu_layers=0", "think.model=smollm2-135m-instruct-q4_1"]
    assert budgets._stand_ins(load(["profile=minimal"]).config) == []
    row = budgets.Row("laptop-cuda", 4500.0, 130.0, 3100, OUTCOME, tuple(stand_ins))
    lost, most, peak, waiting = budgets.figures([row])
    assert "with think.gpu_layers=0, think.model=" in lost.detail
    assert "200 turns in 4500 MB, not killed, steps caches" in lost.detail
    assert list(lost.values.values()) == [1.0]
    assert list(most.values.values()) == [210.5] and "3100 expected" in most.detail
    assert list(peak.values.values()) == [290.1] and "330" in peak.detail
    assert list(waiting.values.values()) == [92.5]


def test_a_profile_that_cannot_be_run_says_why(monkeypatch):
    monkeypatch.setattr(models, "current", lambda _: None)
    note = budgets._lacks(load(["profile=minimal"]).config)
    [figure] = budgets.figures([budgets.Row("minimal", 340.0, 130.0, 210, None, (), note)])
    assert note == "not installed: whisper-tiny.en"
    assert list(figure.values.values()) == [None] and figure.detail == note


def test_what_is_held_is_told_by_kind():
    made_of = {
        "after turns": {"files": 100.0, "own": 300.0},
        "tidied": {"files": 10.0, "own": 250.0},
        "waiting": {"files": 1.0, "own": 80.0},
    }
    rows = [memory.Row("minimal", 0, most, 420.0, made_of) for most in (400.0, 410.0, 430.0)]
    told = {figure.name: (list(figure.values.values()), figure.detail)
            for figure in memory.figures(rows)}  # fmt: skip
    assert told["the profile `minimal`: PSS after a turn, at most"] == (
        [410.0], "3 runs; 0 turns lost",
    )  # fmt: skip
    assert told["the profile `minimal`: PSS waiting"] == ([81.0], "3 runs; files 1, own 80")
    assert not any("every engine" in name for name in told)
