"""The governor at work on scripted engines: what it changes, loads anew, gives back and says."""

from contextlib import closing

import pytest

from assistant.config import load
from assistant.governing import CLOSE, EVERY, Governing, governing
from assistant.hear.gate import Gate, GatedWake
from assistant.hear.listen import Listener
from assistant.power.governor import Conditions, Governor
from assistant.power.ladder import RUNGS, Ladder, Memory
from assistant.power.standing import Standing
from assistant.rest import Rest
from assistant.stages import Stages
from assistant.testing import (
    FakeActor,
    FakeRouter,
    FakeThinker,
    FakeTranscriber,
    FakeVoice,
    ScriptedVad,
    ScriptedWake,
)
from assistant.worker import Worker
from tests.machines import unpack, write


class Machine:
    """A machine whose conditions are set, and engines that note with which settings they load."""

    def __init__(self, *settings):
        self.config = load(settings).config
        self.standing = Standing(self.config)
        self.loaded = []
        self.found = Conditions(on_battery=False, charge=100.0)
        self.now = 0.0
        hear = Worker("hear", self._loading("hear", lambda: FakeTranscriber([])))
        voice = Worker("speak", self._loading("speak", FakeVoice))
        self.thinker = Worker("think", self._loading("think", lambda: FakeThinker(["so"])))
        self.embedder = Worker("embed", self._loading("embed", FakeVoice))
        self.actor = Worker("act", lambda: FakeActor({}))
        self.stages = Stages(
            hear, FakeRouter({}), self.actor, self.thinker, {"en": voice}, lambda _: [],
            embedders=(self.embedder,), thinkers=(self.thinker,),
        )  # fmt: skip
        self.engines = [hear, voice, self.thinker, self.embedder]
        ladder = Ladder(RUNGS)
        self.governing = Governing(
            self.stages, self.standing, Governor(self.config.governor, ladder),
            lambda: self.found, lambda: self.now,
        )  # fmt: skip
        self.rest = Rest(self.stages, self.config, self.governing)

    def _loading(self, name, make):
        def load():
            config = self.standing.config
            self.loaded.append((name, config.stt.threads, config.think.max_tokens))
            return make()

        return load

    def spend(self, seconds, **found):
        """Time goes by, look by look, with conditions that stay."""
        self.found = Conditions(**found)
        for _ in range(round(seconds / 2)):
            self.now += 2
            self.rest.idle(self.now)
            self.settle()

    def settle(self):
        for worker in (self.governing._worker, *self.engines):
            worker._thread.submit(lambda: None).result()

    def close(self):
        self.governing.close()
        for worker in (*self.engines, self.actor):
            worker.close()


@pytest.fixture
def machine():
    with closing(Machine()) as made:
        for worker in made.engines:
            worker.warm().result()
        made.loaded.clear()
        yield made


def test_heat_loads_what_uses_fewer_threads_and_nothing_else(machine):
    machine.spend(60, celsius=95)
    assert sorted(machine.loaded) == [("hear", 1, 40), ("think", 1, 40)]
    machine.spend(200, celsius=50)
    assert sorted(machine.loaded[2:]) == [("hear", 0, 80), ("think", 0, 80)]
    assert machine.standing.config == machine.config


def test_what_is_not_loaded_stays_so(machine):
    for worker in machine.engines:
        worker.unload().result()
    machine.spend(60, celsius=95)
    assert machine.loaded == []
    machine.stages.transcriber.warm().result()
    assert machine.loaded == [("hear", 1, 40)]


def test_another_language_model_is_loaded_at_the_next_question(machine):
    small = load(['governor.battery_low=["think.larger=none"]', "think.larger=some"])
    with closing(Machine()) as other:
        other.standing.user = other.standing.config = small.config
        other.thinker.warm().result()
        other.spend(100, on_battery=True, charge=30)
        assert not other.thinker.loaded and other.standing.config.think.larger == "none"
        assert "a smaller model" in other.rest.word().reply.text


def test_an_empty_battery_rests_the_model_and_says_so_once(machine):
    machine.spend(100, on_battery=True, charge=10)
    assert not machine.thinker.loaded and not machine.standing.answers
    word = machine.rest.word()
    assert "the battery is at only ten percent" in word.reply.text
    assert machine.rest.word() is None
    machine.spend(100, on_battery=False, charge=11)
    assert machine.standing.answers
    machine.spend(100, on_battery=True, charge=10)
    assert not machine.standing.answers and machine.rest.word() is None


def test_short_memory_lets_go_step_by_step_and_looks_more_often(machine):
    short = Memory(used=980, budget=1000, free=5000, least_free=150)
    machine.spend(4, memory=short)
    assert machine.governing._every == CLOSE
    assert not machine.embedder.loaded and machine.thinker.loaded
    machine.spend(4, memory=short)
    assert not machine.thinker.loaded
    assert "memory is short" in machine.rest.word().reply.text
    assert machine.stages.voices["en"].loaded
    machine.spend(EVERY, memory=Memory(500, 1000, 5000, 150))
    assert machine.governing._every == EVERY


def test_short_memory_has_the_voice_keep_less_and_later_more_again(machine):
    voice = machine.stages.voices["en"]
    kept = []
    voice.ask(lambda v: setattr(v, "keep", kept.append))
    short = Memory(used=980, budget=1000, free=5000, least_free=150)
    machine.spend(4, memory=short)
    assert kept == [1.0]
    for _ in range(10):
        machine.rest.used(machine.now)  # else it is unloaded meanwhile
        machine.spend(20, memory=Memory(500, 1000, 5000, 150))
    assert kept == [1.0, 8.0]


def test_idle_engines_stay_longer_on_battery_as_the_step_says():
    for step, stays in (("1800", True), ("60", False)):
        with closing(Machine(f'governor.battery=["memory.idle_unload={step}"]')) as machine:
            for worker in machine.engines:
                worker.warm().result()
            machine.spend(200, on_battery=False)
            assert machine.stages.transcriber.loaded
            machine.spend(200, on_battery=True, charge=80.0)
            assert machine.stages.transcriber.loaded == stays


def test_a_person_pins_a_step(machine):
    machine.governing.pin(True)
    assert [t.step for t in machine.standing.taken] == ["battery_low"]
    assert machine.rest.word() is None  # they asked for it
    machine.governing.pin(False)
    assert machine.standing.taken == ()


def test_the_ears_are_told_how_soundly_to_doze():
    config = load().config
    ears = Listener(config, GatedWake(ScriptedWake([]), Gate(4.0)), ScriptedVad())
    assert ears.doze == 0  # the room is not known yet
    ears._wake_detector.gate._open = 0
    assert ears.doze == pytest.approx(0.256)
    with closing(Machine()) as machine:
        machine.rest = Rest(machine.stages, machine.config, machine.governing, ears.change)
        machine.spend(100, on_battery=True, charge=80)
        assert ears.doze == pytest.approx(0.384)
    ears.open(3.0)
    assert ears.doze == 0


def test_a_recorded_laptop_on_battery_is_governed_from_the_start(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    write(root, "sys/class/power_supply/BAT0/capacity", "9")
    config = load([f"power.root={root}"]).config
    with closing(Machine()) as machine:
        standing = Standing(config)
        with governing(config, machine.stages, standing) as made:
            for now in range(0, 100, 10):
                made.tick(1e6 + now)
                made._worker._thread.submit(lambda: None).result()
            assert [t.step for t in standing.taken] == ["battery", "battery_low", "battery_empty"]
            assert standing.conditions.charge == 9


def test_it_can_be_turned_off():
    with closing(Machine()) as machine:
        config = load(["governor.enabled=false"]).config
        with governing(config, machine.stages, Standing(config)) as made:
            assert made is None
