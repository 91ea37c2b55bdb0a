"""`assistant run` as a service manager and a person at a terminal meet it."""

import os
import pty
import select
import signal
import sys
import time

import pytest

from assistant import paths
from assistant.config import write
from tests.sound import recordings
from tests.speaking import speak

pytestmark = [pytest.mark.sound, pytest.mark.models]

# small and quick to load, for tests of something else
QUICK = ("--set", "speak.voice_en=espeak")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_a_signal_ends_it(running, number):
    assistant = running(*QUICK, "run")
    assert assistant.wait_for("Listening") == 'Listening. Say "okay nabu" and a command.'
    time.sleep(1.0)  # its engines are loaded by now
    assert assistant.end(number) == (0, "", [])


def test_a_signal_while_it_loads(running):
    assistant = running("run")
    assistant.wait_for("Listening")
    # at the very first start a voice is prepared, and native code is not interrupted
    assert assistant.end(signal.SIGTERM) == (0, "", [])


@pytest.mark.real_time
def test_a_signal_while_it_answers(running, sound):
    assistant = running(*QUICK, "--set", "wake.word=none", "run")
    assistant.wait_for("Listening. Say a command.")
    time.sleep(0.5)
    sound.speak(speak(0.5, "What can you do?", 1.2))
    assistant.wait_for("it  ")
    code, err, _ = assistant.end(signal.SIGTERM)
    assert (code, err) == (0, "")


def test_a_hangup_has_a_program_without_a_terminal_take_in_its_settings(running):
    """As other inits than systemd ask for it."""
    assistant = running(*QUICK, "run")
    assistant.wait_for("Listening")
    write({"endpoint.follow_up": 6.0})
    assistant.process.send_signal(signal.SIGHUP)
    assert assistant.wait_for("taken in") == "Settings taken in: endpoint"
    (paths.config_dir() / "config.toml").write_text("{")
    assistant.process.send_signal(signal.SIGHUP)
    assert select.select([assistant.process.stderr], [], [], 60)[0]
    code, err, _ = assistant.end(signal.SIGTERM)
    assert code == 0 and err.startswith("ERROR") and "is not valid TOML" in err


def test_a_terminal_that_is_closed_ends_it_and_nothing_is_left(sound):
    process, terminal = pty.fork()
    if process == 0:
        command = [sys.executable, "-m", "assistant", *QUICK, "run"]
        os.execv(command[0], command)
    shown = b""
    while b"Listening" not in shown:
        shown += os.read(terminal, 1000)
    assert len(list(paths.runtime_dir().iterdir())) == 2
    time.sleep(1.0)
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert list(paths.runtime_dir().iterdir()) == []


@pytest.mark.real_time
def test_push_to_talk(running, sound):
    """Enter, and then a command. The open keyboard does not keep it from ending."""
    assistant = running(*QUICK, "--set", "wake.word=push-to-talk", "run")
    assistant.wait_for("Listening. Press Enter and speak.")
    time.sleep(0.5)
    assistant.process.stdin.write("\n")
    assistant.process.stdin.flush()
    time.sleep(0.3)
    sound.speak(speak("What time is it?", 1.0))
    assert assistant.wait_for("you") == "you  What time is it?"
    assert assistant.wait_for("it  ").startswith("it  It's ")
    assistant.wait_for("first audio")
    assert assistant.end(signal.SIGINT)[:2] == (0, "")


def test_quiet_prints_nothing(running):
    assistant = running(*QUICK, "run", "--quiet")
    assistant.wait_to_be_ended()
    assert assistant.end(signal.SIGTERM) == (0, "", [])


def test_a_timer_rings(running, sound, program):
    """Also one that another process has set."""
    assistant = running(*QUICK, "run")
    assistant.wait_for("Listening")
    with sound.recording() as heard:
        program("ask", "--here", "set an egg timer for two seconds")
        assistant.wait_for("egg")
        heard.wait_until_loud()
    assert assistant.end(signal.SIGTERM)[:2] == (0, "")


@pytest.mark.parametrize(
    ("model", "file"), [("whisper-tiny.en", "model.bin"), ("piper-en_us-joe-medium", "*.onnx")]
)
def test_a_damaged_model_ends_it(running, spoiled, model, file):
    """It cannot hear, or cannot answer: a service manager should know."""
    spoiled(model, file)
    code, err, _ = running("run").end()
    assert code == 4
    assert err.startswith("assistant: ") and err.count("\n") == 1
    assert "assistant models" in err


def test_without_a_microphone(running, silent_machine):
    code, err, rest = running("run").end()
    assert (code, rest) == (5, [])
    assert err.startswith("assistant: No ") and err.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("audio.input=webcam", "No microphone is 'webcam'."),
        ("audio.output=9", "No speaker is '9'."),
    ],
)
def test_an_unknown_device(cli, sound, setting, sentence):
    assert cli("--set", setting, "run").sentence(5).startswith(sentence)


def test_answers_aloud(cli, sound):
    with sound.recording() as heard:
        done = cli(*QUICK, "ask", "--speak", "what time is it")
        heard.wait_until_loud()
    assert (done.code, done.err) == (0, "")


@pytest.mark.real_time
def test_what_is_said_while_it_starts_is_answered(running, sound, home, tmp_path):
    """A function of the user's takes its time to load; the microphone is open by then."""
    folder, said = home / "config" / "functions", tmp_path / "said"
    folder.mkdir(parents=True)
    waits = f"while not pathlib.Path({str(said)!r}).exists(): time.sleep(0.05)\n"
    (folder / "slow.py").write_text(f"import pathlib, time\n{waits}")
    assistant = running(*QUICK, "run")
    while not recordings():
        time.sleep(0.02)
    sound.speak(speak("Okay Nabu.", 0.2, "What time is it?", 0.5))
    assert assistant.lines.empty(), "it is not that far yet"
    said.touch()
    assistant.wait_for("Listening")
    assert assistant.wait_for("you") == "you  What time is it?"
    assert assistant.end(signal.SIGINT)[:2] == (0, "")
