"""Engines of other settings, loaded beside those in use: whole, or not at all."""

import threading
from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from assistant.config import load
from assistant.daemon import reloading
from assistant.daemon.reloading import Plan, beside, room_for_two
from assistant.errors import ConfigError, EngineError

QUICK = ("speak.voice_en=espeak", "route.nearest_en=none", "think.model=none")


def test_what_changed():
    old, new = load().config, load(["stt.beam=2", "bus.serve=false"]).config
    assert old.changed(new) == ("stt", "bus") and old.changed(old) == ()
    assert {"bus"} <= reloading.KEPT and not {"stt", "mcp"} & reloading.KEPT


def test_two_at_a_time_only_where_there_is_room(monkeypatch):
    assert not room_for_two(load(["budget.memory_peak_mb=10"]).config)
    monkeypatch.setattr(reloading, "MARGIN_MB", 1e9)
    assert not room_for_two(load().config)


class Engines:
    def __init__(self):
        self.ended = 0

    def __exit__(self, *_):
        self.ended += 1


def test_what_is_given_up_ends_once():
    engines = Engines()
    plan = Plan(load().config, engines, entered=True)
    plan.give_up()
    plan.give_up()
    not_begun = Plan(load().config, Engines())
    not_begun.give_up()
    assert engines.ended == 1 and not_begun.engines.ended == 0


def test_an_engine_that_takes_too_long_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(reloading, "LOADS_WITHIN", 0.0)
    monkeypatch.setattr(reloading, "Engines", Slow)
    monkeypatch.setattr(reloading, "room_for_two", lambda _: True)
    monkeypatch.setattr(reloading, "warm", lambda *_: [Future()])
    with pytest.raises(EngineError, match="An engine does not load"):
        beside(load().config)
    assert Slow.made.ended == 1


class Slow(Engines):
    def __init__(self, config):
        super().__init__()
        Slow.made = self
        self.stages, self.standing = SimpleNamespace(voices={}), SimpleNamespace(config=config)

    def __enter__(self):
        return self


@pytest.mark.models
def test_they_are_ready_before_they_are_gone_on_with():
    engines, entered = beside(load(QUICK).config)
    try:
        assert entered == room_for_two(load().config)
        assert not entered or engines.stages.transcriber.loaded
    finally:
        if entered:
            engines.__exit__(None, None, None)


@pytest.mark.models
def test_an_engine_that_cannot_be_loaded_changes_nothing():
    """It is refused, and no thread of it is left."""
    if not room_for_two(load().config):
        pytest.skip("this machine has no memory for two")
    before = set(threading.enumerate())
    with pytest.raises(ConfigError):  # told by the thread of the recognizer, when it loads
        beside(load([*QUICK, "stt.remote=8.8.8.8:10700"]).config)
    assert set(threading.enumerate()) <= before
