"""The watch from outside: who hangs is ended, who is slow is not."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.daemon.watchman import LOOK_EVERY, SPENT, STILL_FOR, Watch, threads

ROOT = Path(__file__).parent.parent.parent


def watched(changes, seconds=30.0):
    """What the watch says of a program that stopped telling, of which in each look its threads
    change so: (state, seconds computed, seconds waited, pages); and after how long."""
    now, watch = 1000.0, Watch(1000.0)
    told = [(state, 0.0, 0.0, 0) for state, *_ in changes]
    while now < 1000.0 + seconds:
        now += LOOK_EVERY
        told = [
            (state, was[1] + computed, was[2] + waited, was[3] + pages)
            for was, (state, computed, waited, pages) in zip(told, changes, strict=True)
        ]
        if why := watch.look(now, dict(enumerate(told))):
            return why, now - 1000.0
    return "", seconds


ASLEEP = ("S", 0.0, 0.0, 0)
WANTS_THE_LOCK = ("S", 0.01, 0.02, 0)
"""A thread that waits for the interpreter's lock wakes up 200 times a second."""


@pytest.mark.parametrize("changes", [[ASLEEP], [ASLEEP, WANTS_THE_LOCK, WANTS_THE_LOCK]])
def test_one_in_which_nothing_moves_is_found_out_in_seconds(changes):
    why, after = watched(changes)
    assert "nothing in it has moved" in why
    assert after <= STILL_FOR + 2 * LOOK_EVERY


@pytest.mark.parametrize(
    "alive",
    [
        ("D", 0.0, 0.0, 0),  # it reads from a slow card
        ("S", 0.4 * LOOK_EVERY, 0.0, 3),  # it loads, and waits in between
        ("R", LOOK_EVERY, 0.0, 40),  # it loads, as fast as it can
        ("R", 0.0, LOOK_EVERY, 0),  # it gets no processor
        ("T", 0.0, 0.0, 0),  # somebody has stopped it
    ],
    ids=["disk", "loads slowly", "loads", "starves", "stopped"],
)
def test_one_that_is_slow_and_lives_is_left_alone(alive):
    assert watched([alive, ASLEEP], seconds=600.0) == ("", 600.0)


def test_one_that_computes_for_nothing_has_longer():
    why, after = watched([("R", LOOK_EVERY, 0.0, 0), ASLEEP])
    assert "for nothing" in why
    assert SPENT <= after <= SPENT + 2 * LOOK_EVERY


def test_a_machine_that_slept_did_not_wait_that_long():
    watch = Watch(0.0)
    for now in (0.5, 3600.0, 3600.5):
        assert not watch.look(now, {1: ("S", 0.0, 0.0, 0)})


def test_who_tells_begins_anew():
    watch, now = Watch(0.0), 0.0
    for _ in range(100):
        now += LOOK_EVERY
        assert not watch.look(now, {1: ("S", 0.0, 0.0, 0)})
        now += LOOK_EVERY
        assert not watch.look(now, {1: ("S", 0.0, 0.0, 0)})
        watch.told(now)


def test_it_sees_the_threads_of_a_process():
    found = threads(1)
    assert 1 in found
    assert found[1][0] in "RSDT"
    with pytest.raises(OSError, match="No such"):
        threads(2**22 + 1)  # no process has this number


PROGRAM = """
import ctypes, sys, threading, time
from assistant.daemon.guard import Guard, Seen

guard = Guard(lambda now: Seen(begun=True), print)
guard.start()
time.sleep(1.5)
{then}
"""


def program(then):
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(then=then)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_program_that_hangs_with_the_lock_of_the_interpreter_is_ended():
    """`PyDLL` keeps the lock during a call, as many a native library does."""
    with program("for _ in range(99): ctypes.PyDLL(None).pause()") as hanging:
        _, told = hanging.communicate(timeout=120)
    assert hanging.returncode == -signal.SIGKILL
    assert "the program hangs, nothing in it has moved" in told
    assert "most recent call first" in told, "where it hangs is written"


def test_one_that_ends_by_itself_takes_the_watch_along():
    with program("print(guard._watchman.pid, flush=True); time.sleep(4)") as ending:
        told, _ = ending.communicate(timeout=120)
    assert ending.returncode == 0
    watchman, until = Path(f"/proc/{told.strip()}"), time.monotonic() + 20
    while watchman.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not watchman.exists()
