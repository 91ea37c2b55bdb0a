"""The running program, talked to through its socket; real sound, real engines."""

import json
import os
import signal
import socket
import time

import numpy as np
import pytest

from assistant import paths
from assistant.config import write
from assistant.daemon.bus_calls import INTERFACE, NAME, PATH
from assistant.daemon.client import Connection, DeclinedError, NotRunningError
from assistant.handlers import bus
from assistant.remote import SURE
from assistant.types import LOOP_RATE
from tests.bus import buses  # noqa: F401 - a fixture
from tests.sound import recordings
from tests.speaking import speak

pytestmark = [pytest.mark.sound, pytest.mark.models]

QUICK = ("--set", "speak.voice_en=espeak")


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_service_manager_is_told_and_deafness_is_not_life(
    running, sound, tmp_path, monkeypatch
):
    """Ready when the microphone was tried; alive only while it is read."""
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(tmp_path / "notify"))
    manager.settimeout(60)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "800000")
    one = running(*QUICK, "run")
    got = [manager.recv(100)]
    while got.count(b"WATCHDOG=1") < 5:
        got.append(manager.recv(100))
    assert b"READY=1" in got
    assert one.wait_for("Listening")
    one.process.send_signal(signal.SIGSTOP)  # alive, says the process table
    time.sleep(0.5)
    manager.setblocking(False)
    with pytest.raises(BlockingIOError):
        while True:
            manager.recv(100)
    manager.settimeout(1.0)
    with pytest.raises(TimeoutError):
        manager.recv(100)
    one.process.send_signal(signal.SIGCONT)
    manager.settimeout(60)
    assert manager.recv(100) == b"WATCHDOG=1"
    one.process.send_signal(signal.SIGTERM)
    while manager.recv(100) != b"STOPPING=1":
        pass
    assert one.process.wait(60) == 0
    manager.close()


@pytest.fixture
def quiet(sound):
    """A room that is quiet, as rooms are: a microphone without any noise counts as dead."""
    noise = np.random.default_rng(1).integers(-2, 3, 600 * LOOP_RATE).astype(np.int16)
    sound.speak(noise, wait=False)
    yield
    sound.hush()


@pytest.fixture
def assistant(quiet, running):
    one = running(*QUICK, "run")
    one.wait_for("Listening")
    return one


def test_what_is_asked_for_is_done_and_told(assistant, sound, cli, program):
    status = json.loads(cli("status", "--json").out)
    assert status["state"] == "waiting" and status["process"] == assistant.pid
    assert cli("run").sentence(1).startswith("An assistant is running already (process ")
    with Connection() as listener, sound.recording() as heard:
        listener.request("events")
        done = program("ask", "what is three plus four")
        assert done.code == 0 and "seven" in done.out.lower()
        assert abs(heard.samples).max() < 500, "it answered in text only"
        done = program("ask", "set a timer for three seconds")
        assert (done.code, done.out.strip()) == (0, "Timer set for three seconds.")
        told = []
        for event in listener.events():
            told.append(event)
            if event["event"] == "idle" and event["turn"]["kind"] == "announcement":
                break
        kinds = [event["event"] for event in told]
        assert kinds[:4] == ["heard", "routed", "speaking", "idle"]
        assert "timer" in kinds
        assert program("stop").code == 0
        heard.wait_until_loud()  # it rang
    assert program("ask", "blorp the frobnicator").code in {0, 1, 3}
    assert program("say", "hello there").code == 0
    assert assistant.wait_for("hello there")
    folder = paths.runtime_dir()
    assert assistant.end(signal.SIGTERM)[:2] == (0, "")
    assert list(folder.iterdir()) == []
    with pytest.raises(NotRunningError):
        Connection()
    assert cli("status").sentence(1).startswith("No assistant is running.")


def test_muted_the_device_is_closed_and_the_wake_word_in_vain(assistant, running, sound, cli):
    assert len(recordings()) == 1
    with Connection() as events, sound.recording() as heard:
        events.request("events")
        assert cli("mute").out == "The microphone is closed.\n"
        assert recordings() == []
        assert assistant.wait_for("closed")
        heard.wait_until_loud()  # the tone
    assert cli("status").out.startswith("muted")
    assert cli("listen").sentence(1).startswith("The microphone is muted.")
    sound.speak(speak("Okay Nabu, what time is it?", 1.0))
    assert json.loads(cli("status", "--json").out)["turns"] == 0
    assert assistant.end(signal.SIGKILL)[0] == -signal.SIGKILL
    again = running(*QUICK, "run")  # after a crash: the lock and the socket are in nobody's way
    again.wait_for("Listening")
    again.wait_for("closed")
    assert recordings() == []
    assert cli("unmute").code == 0
    again.wait_for("open")
    wait_for(lambda: len(recordings()) == 1)
    assert cli("status").out.startswith("waiting")


@pytest.mark.real_time
def test_settings_are_taken_in_and_bad_ones_refused(assistant, sound, cli):
    before = recordings()
    assert cli("reload").out == "Nothing has changed.\n"
    write({"endpoint.follow_up": 6.0})
    assert cli("reload").out.startswith("Changed: endpoint (")
    write({"speak.pace": 1.3, "language": "auto"})
    assert cli("reload").out.startswith("Changed: language, speak (")
    assert json.loads(cli("status", "--json").out)["language"] == "auto"
    file = paths.config_dir() / "config.toml"
    good = file.read_text()
    for bad, sentence in [
        ("language = 3", "language: "),
        ("[wake]\nword = 'nothing_such'", "nothing_such"),
        ("[audio]\ninput = 'webcam'", "webcam"),
        ("[stt]\nmodel_en = 'whisper-nothing'", "whisper-nothing"),
        ("{", "is not valid TOML"),
    ]:
        file.write_text(bad)
        refused = cli("reload").sentence(1)
        assert sentence in refused, refused
    file.write_text(good)
    assert json.loads(cli("status", "--json").out)["language"] == "auto"
    assert recordings() == before, "the microphone was never let go"
    with Connection() as connection:
        told = connection.request("ask", text="qué hora es", language="es")
        assert told["reply"].startswith(("Son las", "Es la"))
        with pytest.raises(DeclinedError):
            connection.request("say", text="x" * 3000)
    sound.speak(speak("Okay Nabu, what time is it?", 1.0))
    assert assistant.wait_for("it  It's ")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_weak_machine_hears_by_a_stronger_one_and_by_itself_when_it_is_gone(
    quiet, running, program, wav, tmp_path
):
    """Two programs, each with a home of its own, that only know each other's address."""
    port = free_port()
    serve = ("--set", 'wyoming.serve=["stt"]', "--set", f"wyoming.port={port}")
    strong = running(*QUICK, *serve, "run")
    strong.wait_for("Listening")
    ask = ("--set", f"stt.remote=127.0.0.1:{port}", "hear", "--json", wav("What time is it?", 1.0))
    env = {"ASSISTANT_HOME": str(tmp_path / "weak")}

    def heard():
        done = program(*QUICK, *ask, env=env)
        assert done.code == 0, done.err
        turn = json.loads(done.out)
        [first] = [s for s in turn["spans"] if s["stage"] == "transcribe"][:1]
        return turn["transcript"], first["detail"]["confidence"], done.err

    text, confidence, err = heard()
    assert text.lower().startswith("what time is it") and (confidence, err) == (SURE, "")
    strong.end(signal.SIGTERM)
    text, confidence, err = heard()
    assert text.lower().startswith("what time is it") and confidence != SURE
    assert "the other machine does not hear" in err


def test_settings_that_are_edited_are_taken_in_by_themselves(assistant):
    with Connection() as listener:
        listener.request("events")
        events = listener.events()

        def edited(text, kind):
            paths.private_dir(paths.config_dir())
            (paths.config_dir() / "config.toml").write_text(text)
            return next(e for e in events if e["event"] == kind)

        assert edited("[endpoint]\nfollow_up = 6.0\n", "reloaded")["text"] == "endpoint"
        refused = edited("[endpoint]\nfollow_up = 'long'\n", "degraded")
        assert "follow_up" in refused["text"]
        edited("[endpoint]\nfollow_up = 6.0\n", "ready")  # as it still is
    assert assistant.process.poll() is None


@pytest.mark.real_time
def test_who_was_speaking_when_it_crashed_is_asked_to_say_it_again(assistant, running, sound):
    with Connection() as listener:
        listener.request("events")
        sound.speak(speak("Okay Nabu, what time is it?", 1.0), wait=False)
        next(event for event in listener.events() if event["event"] == "waking")
    assert assistant.end(signal.SIGKILL)[0] == -signal.SIGKILL
    sound.wait()
    again = running(*QUICK, "run")
    again.wait_for("say that again")
    assert again.end(signal.SIGTERM)[0] == 0
    third = running(*QUICK, "run")
    third.wait_for("Listening")
    code, _, rest = third.end(signal.SIGTERM)
    assert code == 0 and not any("say that again" in line for line in rest)


def test_one_that_crashes_without_a_service_manager_is_started_anew(assistant, cli, sound):
    """What was set is kept, whoever was speaking is told, and it ends as ever."""
    assert cli("ask", "set a timer for one hour").code == 0
    with Connection() as listener:
        listener.request("events")
        sound.speak(speak("Okay Nabu, what time is it?", 1.0), wait=False)
        next(event for event in listener.events() if event["event"] == "waking")
    before = assistant.pid
    os.kill(before, signal.SIGSEGV)
    sound.wait()
    assistant.wait_for_all({"Listening", "say that again"})
    assert json.loads(cli("status", "--json").out)["process"] == assistant.pid != before
    assert "minutes" in cli("ask", "how long is left on the timer").out
    code, err, _ = assistant.end(signal.SIGTERM)
    assert code == 0 and "the program crashed (signal 11)" in err


def test_a_program_on_the_session_bus_can_ask_and_not_confirm(buses, running, sound):  # noqa: F811
    one = running(*QUICK, "--set", 'functions.confirm=["timers.start"]', "run")
    one.wait_for("Listening")
    buses.session.wait_for(NAME)
    with bus.session(patience=60) as desktop:
        program = desktop.object(NAME, PATH)
        [status] = program.call(INTERFACE, "Status")
        assert status["process"] == one.pid and status["state"] == "waiting"
        ask = (INTERFACE, "Ask", "ssb")
        [reply] = program.call(*ask, "set a timer for ten minutes", "", False)
        assert reply.endswith("?"), "it is asked first"
        program.call(*ask, "yes", "", False)
        [reply] = program.call(*ask, "what timers are there", "", False)
        assert "no timer" in reply.lower(), reply
        assert program.call(INTERFACE, "Listen") == ()
        assert program.call(INTERFACE, "Stop") == ()
        assert program.call(INTERFACE, "Mute") == ()
        one.wait_for("closed")
        assert recordings() == []
    assert one.end(signal.SIGTERM)[0] == 0
