"""What the models are told of the device, and which of them are told anything."""

import datetime as dt
from contextlib import contextmanager

import pytest

from assistant import config, minds
from assistant.assemble import Engines
from assistant.power.standing import with_steps
from assistant.think.slm import LlamaThinker
from assistant.types import Intent
from tests.bus import no_buses  # noqa: F401 - a fixture


@contextmanager
def engines_of(*settings):
    """Without the thread that lays out the grammar: no sentence is understood here."""
    made = Engines(config.load(["trace.enabled=false", *settings]).config)
    try:
        yield made
    finally:
        made.__exit__()


SMALL = "smollm2-135m-instruct-q4_1"


def test_who_is_told_facts():
    """By the settings, else those that the catalog holds for able to choose functions."""
    settings = config.load([]).config
    assert not minds.informed(settings, SMALL)
    assert minds.informed(settings, "qwen2.5-1.5b-instruct-q4_k_m")
    assert not minds.informed(settings, "no-such-model")
    assert minds.informed(config.load(["think.facts=true"]).config, SMALL)


def test_who_may_call_functions():
    able = "qwen2.5-1.5b-instruct-q4_k_m"
    settings = config.load([]).config
    assert minds.can_call(settings, able) and minds.able(settings, able).calls
    assert not minds.can_call(settings, SMALL)
    assert not minds.can_call(config.load(["route.tools=false"]).config, able)
    assert not minds.can_call(settings, "no-such-model")


def test_facts_are_what_the_functions_tell(no_buses):  # noqa: F811
    with engines_of("think.facts=true") as engines:
        start = Intent("timers.start", {"length": dt.timedelta(minutes=10)}, "templates", 1.0, "")
        engines.functions.act(start, "set a ten minute timer", "en")
        now, *others = engines.stages.facts("en")
        assert now.startswith("It is ")
        assert any("ten minute" in fact for fact in others)


def test_a_small_model_is_told_none():
    with engines_of() as engines:
        assert engines.stages.facts("en") == []


def test_without_a_model_there_is_nobody_to_tell():
    settings = config.load(["think.model=none", "think.larger=none"]).config
    assert minds.thinkers(settings, lambda _: "") == {}


def test_a_larger_one_that_is_not_installed_is_left_out():
    settings = config.load(["think.larger=qwen2.5-1.5b-instruct-q4_k_m"]).config
    workers = minds.thinkers(settings, lambda _: "")
    assert list(workers) == [SMALL]
    for worker in workers.values():
        worker.close()


@pytest.mark.models
def test_what_it_is_told_is_the_same_at_every_start():
    """Else the beginning of the prompt would have to be evaluated at each."""
    from assistant import models

    settings = config.load([]).config.think
    prefixes = []
    for _ in range(2):
        with engines_of("think.facts=true") as engines:
            told = engines._about("en")
        thinker = LlamaThinker(models.locate(SMALL), settings, lambda _, told=told: told)
        prefixes.append(thinker.prefix("en"))
        thinker.close()
    assert prefixes[0] == prefixes[1]
    assert len(prefixes[0]) > 100


def test_a_step_puts_another_model_in_the_place_of_the_first():
    """Both have a thread of their own; only that of the moment is asked, and the other one, chosen
    just before, is found all the same."""
    big = "qwen2.5-1.5b-instruct-q4_k_m"
    settings = [f"think.model={big}", f'governor.battery_low=["think.model={SMALL}"]']
    user = config.load(settings).config
    low = with_steps(user, ["battery_low"])
    moment = [user]
    workers = minds.thinkers(user, lambda _: "")
    used = minds.InUse(workers, lambda: moment[0])
    try:
        assert list(workers) == [big, SMALL]
        assert list(used) == [big] and SMALL not in used and len(used) == 1
        moment[0] = low
        assert list(used) == [SMALL] and big not in used
        assert used[big] is workers[big]
    finally:
        for worker in workers.values():
            worker.close()
