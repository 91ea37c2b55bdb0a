"""Engines are given back when nobody speaks, and are there again when somebody does."""

from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.config import load
from assistant.errors import ModelError
from assistant.rest import Rest, render_ahead, warm
from assistant.stages import Stages
from assistant.testing import FakeActor, FakeRouter, FakeThinker, FakeTranscriber, FakeVoice
from assistant.worker import Worker


@pytest.fixture
def stages():
    workers = Worker("stt", lambda: FakeTranscriber([])), Worker("tts", FakeVoice)
    actor = Worker("act", lambda: FakeActor({}))
    yield Stages(workers[0], FakeRouter({}), actor, None, {"en": workers[1]}, lambda _: [])
    for worker in (*workers, actor):
        worker.close()


def loaded(stages):
    """Which are loaded, once all that was asked for is done."""
    workers = [stages.transcriber, stages.voices["en"]]
    for worker in workers:
        worker._thread.submit(lambda: None).result()
    return [worker.loaded for worker in workers]


def resting(stages, seconds):
    config = load([f"memory.idle_unload={seconds}"]).config
    for future in warm(stages, config):
        future.result()
    return Rest(stages, config)


def test_after_a_while_without_use_all_is_unloaded(stages):
    rest = resting(stages, 10)
    rest.used(100.0)
    rest.idle(109.9)
    assert loaded(stages) == [True, True]
    rest.idle(110.1)
    assert loaded(stages) == [False, False]


def test_the_time_counts_from_the_last_use(stages):
    rest = resting(stages, 10)
    for now in (100.0, 108.0):
        rest.used(now)
    rest.idle(117.0)
    assert loaded(stages) == [True, True]


def test_who_never_spoke_is_not_waited_for_longer(stages):
    rest = resting(stages, 10)
    rest.idle(100.0)
    rest.idle(111.0)
    assert loaded(stages) == [False, False]


def test_whoever_speaks_finds_all_loaded(stages):
    rest = resting(stages, 10)
    rest.idle(100.0)
    rest.idle(111.0)
    rest.used(200.0)
    assert loaded(stages) == [True, True]


def test_what_is_loaded_while_nobody_speaks_is_unloaded_again(stages):
    rest = resting(stages, 10)
    rest.idle(100.0)
    rest.idle(111.0)
    stages.transcriber.warm().result()
    rest.idle(125.0)
    assert loaded(stages) == [True, False]  # it is not looked at all the time
    rest.idle(142.0)
    assert loaded(stages) == [False, False]


def test_zero_keeps_them(stages):
    rest = resting(stages, 0)
    rest.used(0.0)
    rest.idle(1e9)
    assert loaded(stages) == [True, True]


def test_all_phrases_are_rendered_and_a_sentence_comes_between():
    voice = FakeVoice()
    with closing(Worker("tts", lambda: voice)) as worker:
        gate = worker.start(lambda v: worker.start(lambda v: v.synthesize("Now!")) and None)
        render_ahead(worker, ["one", "two", "three"])
        gate.result()
        while len(voice.said) < 4:
            worker.start(lambda v: None).result()
    assert voice.said.index("Now!") < voice.said.index("three")
    assert sorted(voice.said) == ["Now!", "one", "three", "two"]


def test_a_voice_that_does_not_load_ends_it():
    def broken():
        raise ModelError("no voice")

    worker = Worker("tts", broken)
    render_ahead(worker, ["one", "two"])
    worker.close()


def test_the_program_may_end_meanwhile():
    voice = FakeVoice()
    worker = Worker("tts", lambda: voice)
    render_ahead(worker, [str(n) for n in range(1000)])
    worker.close()
    assert len(voice.said) < 1000


def test_where_memory_gets_short_the_language_model_goes_first(stages, monkeypatch):
    free = [1e9]
    monkeypatch.setattr(
        "assistant.rest.psutil.virtual_memory", lambda: SimpleNamespace(available=free[0])
    )
    thinker = Worker("think", lambda: FakeThinker(["so"]))
    thinker.warm().result()
    rest = resting(replace(stages, thinkers=(thinker,)), 0)
    with closing(thinker):
        rest.idle(100.0)
        free[0] = 50e6
        rest.idle(101.0)  # looked at a moment ago
        thinker._thread.submit(lambda: None).result()
        assert thinker.loaded
        rest.idle(110.0)
        thinker._thread.submit(lambda: None).result()
        assert not thinker.loaded
        assert loaded(stages) == [True, True]


def test_what_a_turn_left_behind_is_given_back_once(stages):
    done = []
    rest = Rest(stages, load().config, tidy=lambda: done.append(1))
    for second in range(20):  # what loading left behind
        rest.idle(100.0 + second)
    assert loaded(stages) == [False, False]  # nothing was loaded for it
    assert len(done) == 1
    rest.used(120.0)
    rest.idle(122.0)
    loaded(stages)
    assert len(done) == 1  # the person may go on
    rest.idle(124.0)
    rest.idle(125.0)
    loaded(stages)
    assert len(done) == 2
