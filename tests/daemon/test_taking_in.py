"""Settings that are taken in while the loop runs, and what it refuses."""

import socket
import sys
from contextlib import closing
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.config import load
from assistant.daemon import reloading
from assistant.daemon.ears import Ears
from assistant.daemon.edited import LOOK_EVERY, Edited
from assistant.daemon.loop import Loop, _Round
from assistant.daemon.program import Program
from assistant.daemon.reloading import Reloaded
from assistant.errands import MOST, Errand
from assistant.errors import AssistantError, ConfigError, EngineError
from assistant.testing import ScriptedSource
from assistant.types import LOOP_RATE, Event, Typed

BEFORE = load().config


class Held:
    """A runtime that keeps what it is given to do."""

    def __init__(self):
        self.taken, self.stopped = [], 0

    def take(self, errand):
        self.taken.append(errand)

    def stop(self):
        self.stopped += 1


class Running:
    """A loop in the middle of a round."""

    def __init__(self, folder, engines=None):
        self.settings, self.events, self.runtime = BEFORE, [], Held()
        self.sound = ScriptedSource(np.zeros(LOOP_RATE, np.int16))
        self.ears = Ears(lambda _: self.sound, kept=folder / "muted")
        self.loop = Loop(lambda: self.settings, self.ears, self.events.append, lambda _: None)
        self.engines = engines
        self.begin(BEFORE)
        self.ears.open(BEFORE.audio)

    def begin(self, config):
        self.loop._attach(_Round(config, self.engines, None, self.runtime))


@pytest.fixture
def running(tmp_path):
    return Running(tmp_path)


@pytest.mark.parametrize("key", ["noise_suppression", "auto_gain"])
def test_a_library_that_is_missing_is_found_out_before_anything_is_ended(running, key, monkeypatch):
    monkeypatch.setitem(sys.modules, "webrtc_noise_gain", None)
    running.settings = load([f"audio.{key}=true"]).config
    with pytest.raises(ConfigError, match=r"assistant\[clean\]"):
        running.loop.reload()
    assert running.runtime.taken == [] and running.runtime.stopped == 0
    assert running.loop.config == BEFORE
    assert running.ears.read() is not None


def test_and_at_the_start_before_anything_is_loaded(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "webrtc_noise_gain", None)
    wanted = load(["audio.auto_gain=true"]).config
    ears = Ears(lambda _: None, kept=tmp_path / "muted")
    with pytest.raises(ConfigError, match=r"assistant\[clean\]"):
        Loop(lambda: wanted, ears, print, lambda _: None).run()


# -- going on with others -------------------------------------------------------------------------


def test_another_language_keeps_what_was_taken_in_since_the_start(running, monkeypatch):
    made = []
    monkeypatch.setattr("assistant.daemon.loop.Engines", made.append)
    engines = SimpleNamespace(config=BEFORE, manner=SimpleNamespace(wanted="es"))
    since = load(["endpoint.follow_up=6.0"]).config
    running.begin(since)
    running.loop._tell(Event("idle"), engines)
    plan = running.loop._next
    assert (plan.config.language, plan.config.endpoint) == ("es", since.endpoint)
    assert made == [plan.config] and running.runtime.stopped == 1


def test_a_reload_that_another_language_forestalls_is_told_so(running, monkeypatch):
    """It was to be gone on with, and the loop went on with the other language instead."""
    monkeypatch.setattr(reloading, "check_sound", lambda _: None)
    running.settings = load(["endpoint.follow_up=6.0"]).config

    def ends(errand):
        errand.done.cancel()
        running.begin(load(["language=es"]).config)

    monkeypatch.setattr("assistant.daemon.loop.listener", lambda _: None)
    running.runtime.take = ends
    with pytest.raises(AssistantError) as refused:
        running.loop.reload()
    assert refused.value.code == "not_now"
    assert [event.kind for event in running.events] == []


# -- errands --------------------------------------------------------------------------------------


def test_one_program_cannot_ask_for_so_much_that_others_wait(running):
    for _ in range(MOST):
        running.loop.take(Errand(Typed("what time is it", "en")))
    with pytest.raises(AssistantError, match="Wait for the replies") as refused:
        running.loop.take(Errand(Typed("what time is it", "en")))
    assert refused.value.code == "busy"
    assert len(running.runtime.taken) == MOST
    running.loop.take(Errand(print), ours=True)  # as a reload, or the sound of muting
    for errand in running.runtime.taken[:2]:
        errand.done.set_result(None)
    running.loop.take(Errand(Typed("what time is it", "en")))


# -- what is told ---------------------------------------------------------------------------------


@pytest.fixture
def program():
    made = Program(lambda: BEFORE, lambda _: None, lambda _: None)
    yield made
    made._beside.close()
    made._control.close()


def refuses(error):
    def reload():
        raise error

    return reload


def problem(program):
    """What `status` shows, once the microphone is open."""
    program._tell(Event("ready"))
    return program._control.status()["problem"]


def test_a_refusal_is_over_when_the_settings_are_as_before(program):
    program.loop.reload = refuses(ConfigError("follow_up is no number."))
    program._take_in()
    assert "follow_up is no number." in problem(program)
    program.loop.reload = lambda: Reloaded((), 0.0)
    program._take_in()
    assert program._control.status()["problem"] == problem(program) == ""
    assert program._control.status()["state"] == "waiting"


def test_and_when_somebody_else_had_them_taken_in(program):
    program.loop.reload = refuses(ConfigError("no model"))
    program._take_in()
    program._tell(Event("reloaded", "stt"))  # `assistant reload`, with the model installed
    assert problem(program) == ""


@pytest.mark.parametrize("error", [EngineError("it is too large."), ValueError("words of a user")])
def test_a_refusal_is_told_whatever_the_engine_says(program, error, caplog):
    program.loop.reload = refuses(error)
    program._take_in()
    told = problem(program)
    assert told.startswith("The settings were edited, and are not taken in: ")
    assert ("it is too large." if isinstance(error, EngineError) else "ValueError") in told
    assert "words" not in told
    assert "the settings are not taken in" in caplog.text


def test_what_is_edited_between_two_loops_is_taken_in_by_the_next(program, tmp_path):
    file = tmp_path / "config.toml"
    edited = program._edited = Edited(file)

    def look():
        return edited.look(edited._looked_at + LOOK_EVERY)

    file.write_text("language = 'es'")
    assert [look(), look(), look()] == [False, True, False]
    program._take_in()  # there is none just now
    assert problem(program) == ""
    assert [look(), look()] == [True, False]


def test_what_does_not_work_beside_the_voice_is_told_until_it_does(program):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        wanted = ['wyoming.serve=["tts"]', f"wyoming.port={port}"]
        program._begins(load(wanted).config)
        assert str(port) in problem(program)
        program._begins(load([*wanted, "endpoint.follow_up=6.0"]).config)
        assert str(port) in problem(program)
        program.loop.reload = refuses(ConfigError("a typo"))
        program._take_in()
        assert "a typo" in problem(program)
        program.loop.reload = lambda: Reloaded((), 0.0)
        program._take_in()
        assert str(port) in problem(program)
        program._begins(BEFORE)
        assert problem(program) == ""
