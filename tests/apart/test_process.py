"""An engine in a process of its own: called, cancelled, crashed, hung, ended."""

import contextlib
import os
import re
import signal
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

import assistant
from assistant import threads
from assistant.apart.process import Process
from assistant.errors import EngineError, ModelError
from assistant.types import Utterance
from assistant.worker import Cancel, Worker
from tests.apart.echo import Echo, broken


def gone(pid):
    deadline = time.monotonic() + 5
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not psutil.pid_exists(pid)


@pytest.fixture
def process():
    made = Process("hear", Echo, {"asked": str.upper})
    yield made
    made.close()
    assert gone(made.pid)


def test_calls_go_there_and_back(process):
    assert process.call("twice", 21) == 42
    assert process.call("process") == process.pid != os.getpid()
    sound = np.arange(50_000, dtype=np.int16)
    back = process.call("heard", Utterance(sound, "silence", 0.0))
    assert np.array_equal(back, sound[::-1])
    assert process.call("answered", "of us") == "OF US"


def test_errors_are_raised_here_as_they_are_there(process):
    with pytest.raises(ModelError) as raised:
        process.call("fail", ModelError("gone", code="c", spoken={"en": "Gone."}))
    assert (str(raised.value), raised.value.code, raised.value.speech("en")) == (
        "gone",
        "c",
        "Gone.",
    )
    with pytest.raises(RuntimeError, match="ValueError in echo") as other:
        process.call("fail", ValueError("words of the user"))
    assert "words" not in str(other.value)
    assert process.call("twice", 1) == 2


def test_what_cannot_be_made_is_told_and_leaves_no_process():
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(ModelError) as raised:
        Process("hear", broken)
    assert raised.value.speech("en") == "It is broken."
    assert {child.pid for child in psutil.Process().children()} <= before


def test_a_call_is_cancelled_while_it_computes(process):
    cancel, said = Cancel(), []

    def on_text(text):
        said.append(time.monotonic())
        if len(said) == 20:
            cancel.set()

    assert process.call("count", says={"on_text": on_text}, cancel=cancel) == "cancelled"
    assert 20 <= len(said) < 500
    assert process.call("twice", 2) == 4
    cancel.set()  # of a call that is over: nobody minds
    assert process.call("twice", 3) == 6


def test_it_imports_nothing_from_the_current_folder(tmp_path, monkeypatch):
    """Where somebody keeps programs of his own, named as some of Python's are."""
    (tmp_path / "bisect.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with contextlib.closing(Process("hear", Echo)) as process:
        assert process.call("twice", 21) == 42


def test_no_program_of_ours_does():
    found = 0
    for file in Path(assistant.__file__).parent.rglob("*.py"):
        for arguments in re.findall(r"sys\.executable, (\"[^\])]*)", file.read_text()):
            found += 1
            assert '"-P"' in arguments or '"-I"' in arguments, (file, arguments)
    assert found >= 8


def test_its_processor_time_counts_as_that_of_its_stage(process):
    before = threads.work("hear")
    process.call("heard", Utterance(np.zeros(2_000_000, np.int16), "silence", 0.0))
    after = threads.work("hear")
    assert after.seconds > before.seconds
    assert "hear" in {stage for stage, _ in threads.times().values()}


def test_one_that_crashes_is_made_anew_and_the_call_is_answered(tmp_path):
    worker = Worker("hear", Held)
    first = worker.ask(lambda held: held.process.pid)
    assert worker.run(lambda h: h.process.call("crash", str(tmp_path / "once")), Cancel()) == (
        "survived"
    )
    assert worker.ask(lambda held: held.process.pid) != first
    assert gone(first)
    worker.close()


def test_one_that_crashes_is_an_error_with_words(tmp_path):
    with pytest.raises(EngineError, match="by signal 11") as raised:
        Process("hear", Echo).call("crash", str(tmp_path / "once"))
    assert raised.value.speech("es")


def test_one_that_hangs_is_ended_and_the_call_is_answered(tmp_path):
    worker = Worker("hear", Held, still=0.5)
    first = worker.ask(lambda held: held.process.pid)
    began = time.monotonic()
    once = str(tmp_path / "once")
    assert worker.run(lambda h: h.process.call("hang", once), Cancel()) == "awake"
    assert time.monotonic() - began < 10
    assert gone(first)
    assert worker.given_up == 0  # nothing stays behind
    worker.close()


def test_one_that_was_stopped_is_ended_too():
    worker = Worker("hear", Held, still=0.5)
    first = worker.ask(lambda held: held.process.pid)
    os.kill(first, signal.SIGSTOP)
    assert worker.run(lambda h: h.process.call("twice", 4), Cancel()) == 8
    assert gone(first)
    worker.close()


def test_unloading_ends_the_process_and_the_next_call_starts_another():
    worker = Worker("hear", Held)
    first = worker.ask(lambda held: held.process.pid)
    worker.done(worker.unload())
    assert gone(first)
    assert worker.ask(lambda h: h.process.call("twice", 5)) == 10
    worker.close()


class Held:
    """As an engine of the stages holds its process."""

    def __init__(self):
        self.process = Process("hear", Echo, {"asked": str.upper})

    def close(self):
        self.process.close()

    def kill(self):
        self.process.kill()
        return True
