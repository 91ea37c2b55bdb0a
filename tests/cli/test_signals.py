"""Ctrl-C and SIGTERM reach a program that waits."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from assistant.cli.run import hung_up
from assistant.cli.signals import on_interrupt
from assistant.config import load
from assistant.daemon.program import Program
from assistant.errors import EngineError


def test_a_signal_wakes_whoever_waits_whenever_it_comes():
    """Also when it comes just as the main thread begins to wait for a lock: a handler written in
    Python is then not run before something else wakes that thread."""
    for attempt in range(100):
        stop = threading.Event()
        with on_interrupt(stop.set):
            sender = subprocess.Popen(["kill", "-TERM", str(os.getpid())])
            time.sleep(attempt / 50_000)
            assert stop.wait(60)
            sender.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_each_of_them_and_no_other(number):
    called = []
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    try:
        with on_interrupt(lambda: called.append(threading.current_thread())):
            os.kill(os.getpid(), signal.SIGUSR1)
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert len(called) in {1, 2}  # the kernel may put two alike together
    assert threading.main_thread() not in called


def test_afterwards_all_is_as_before():
    handlers = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)]
    files = len(list(Path("/proc/self/fd").iterdir()))
    with on_interrupt(lambda: None), on_interrupt(lambda: None):
        pass
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)] == handlers
    assert len(list(Path("/proc/self/fd").iterdir())) == files
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)


def test_the_inner_one_is_asked():
    called = []
    with on_interrupt(lambda: called.append("outer")):
        with on_interrupt(lambda: called.append("inner")):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
    assert called == ["inner", "outer"]


def test_one_that_another_thread_gets_is_taken_at_once():
    """As the system may choose after a SIGCONT; the main thread sleeps at a lock meanwhile."""
    stop, over = threading.Event(), threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    with on_interrupt(stop.set):
        sender = threading.Timer(0.2, lambda: signal.pthread_kill(other.ident, signal.SIGTERM))
        sender.start()
        begun = time.monotonic()
        assert stop.wait(120)
        assert time.monotonic() - begun < 60
        sender.join()
    over.set()
    other.join()


def test_an_outer_one_for_another_signal_is_asked_too():
    called, told = [], threading.Event()

    def outer():
        called.append("outer")
        told.set()

    with on_interrupt(outer), on_interrupt(lambda: called.append("inner"), [signal.SIGHUP]):
        os.kill(os.getpid(), signal.SIGTERM)
        assert told.wait(60)
    assert called == ["outer"]


def test_one_whose_callback_fails_does_not_keep_the_next_from_being_heard(caplog):
    failed, stop = threading.Event(), threading.Event()

    def fails():
        failed.set()
        raise ValueError("inside")

    with on_interrupt(stop.set), on_interrupt(fails, [signal.SIGHUP]):
        os.kill(os.getpid(), signal.SIGHUP)
        assert failed.wait(60)
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.wait(60)
    assert "a signal's callback failed" in caplog.text


def test_a_reload_by_sighup_does_not_hold_up_the_end(monkeypatch):
    """As in `run`, without a terminal: the reload may take more than a minute."""
    monkeypatch.setattr("sys.stdin", None)
    began, ended, stop = threading.Event(), threading.Event(), threading.Event()
    program = Program(lambda: load().config, lambda _: None, lambda _: None)

    def reload():
        began.set()
        assert ended.wait(60)
        raise EngineError("it does not load")

    program.loop.reload = reload
    with on_interrupt(stop.set), on_interrupt(hung_up(program), [signal.SIGHUP]):
        os.kill(os.getpid(), signal.SIGHUP)
        assert began.wait(60)
        os.kill(os.getpid(), signal.SIGTERM)
        held_up = not stop.wait(20)
        ended.set()
    program._control.close()
    assert not held_up
    assert "it does not load" in program._control.status()["problem"]
