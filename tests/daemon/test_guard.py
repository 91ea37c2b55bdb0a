"""The watch from inside: a thread of the loop that is stuck ends the program, which begins anew."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.audio.portaudio import PATIENCE
from assistant.daemon.guard import BY_SOUND, STUCK_FOR, Guard, Seen, Still, moves_of
from assistant.patience import OneThread, telling

ROOT = Path(__file__).parent.parent.parent


def test_a_thread_that_wakes_up_now_and_then_is_not_still():
    still, now = Still(), 100.0
    for number in range(100):
        now += 0.25
        assert still.look(now, (number // 8, 0), awake=False) <= 2.0
    for _ in range(20):
        now += 0.25
        still.look(now, (99, 0), awake=False)
    assert still.seconds >= STUCK_FOR
    assert still.look(now + 0.25, (99, 0), awake=True) == 0.0


def test_a_machine_that_slept_did_not_wait_that_long():
    still = Still()
    still.look(1.0, (1,), awake=False)
    assert still.look(4000.0, (1,), awake=False) <= 1.0


@pytest.fixture
def stuck():
    """A thread that waits for a lock that nobody opens, and one that looks now and then."""
    lock, over = threading.Lock(), threading.Event()
    lock.acquire()

    def looks():
        while not over.wait(0.05):
            pass

    made = [threading.Thread(target=lock.acquire), threading.Thread(target=looks)]
    for thread in made:
        thread.start()
    time.sleep(0.2)
    yield [thread.native_id for thread in made]
    over.set()
    lock.release()
    for thread in made:
        thread.join()


def test_one_that_waits_for_a_lock_does_not_move(stuck):
    waits, looks = stuck
    before = moves_of(waits), moves_of(looks)
    time.sleep(0.5)
    assert moves_of(waits, before[0][0]) == before[0]
    assert not before[0][1]
    assert moves_of(looks)[0] != before[1][0]
    assert moves_of(waits, awake=True)[1]
    assert moves_of(2**22 + 1) == ((), True), "one that has ended is not stuck"


def after(seen, seconds, pause=0.0):
    """What a guard says that sees this for so long. pause: real seconds between its looks."""
    guard = Guard(lambda _: seen, print)
    said, now = "", 1000.0
    while not said and now < 1000.0 + seconds:
        now += 0.25
        said = guard.look(now)
        time.sleep(pause)
    return said


@pytest.mark.parametrize(
    ("role", "reason"),
    [("ears", "the ears are stuck"), ("alarms", "what rings is stuck")],
)
def test_a_thread_of_the_loop_that_is_stuck_is_found_out(role, reason, stuck):
    waits, looks = stuck
    assert after(Seen(begun=True, **{role: waits}), STUCK_FOR + 1) == reason
    assert after(Seen(begun=True, **{role: looks}), 2 * STUCK_FOR, 0.1) == ""


def test_a_lock_that_whoever_asks_for_something_needs_is_tried(stuck):
    lock, ended = threading.Lock(), threading.Event()
    told = []

    def ends(why):
        told.append(why)
        ended.set()

    guard = Guard(lambda _: Seen(begun=True), ends, lambda: lock.acquire() and lock.release())
    guard.start()
    assert not ended.wait(STUCK_FOR + 2.0)
    lock.acquire()
    assert ended.wait(60)
    assert told == ["nobody can ask for anything"]
    lock.release()
    guard.close()


def test_a_turn_is_stuck_only_where_one_is_on_and_nobody_works_for_it(stuck):
    waits, _ = stuck
    assert after(Seen(begun=True, turns=waits), 3 * STUCK_FOR) == ""
    assert after(Seen(begun=True, turns=waits, turn=True), STUCK_FOR + 1) == "a turn is stuck"
    over = threading.Event()

    def works():
        while not over.is_set():
            sum(range(1000))

    worker = threading.Thread(target=works)
    worker.start()
    try:
        assert after(Seen(begun=True, turns=waits, turn=True), STUCK_FOR + 1) == ""
    finally:
        over.set()
        worker.join()


def test_whoever_is_told_of_a_result_and_never_comes_back_is_found_out(stuck):
    """The thread is an engine's, so no call is on, and nobody waits for it."""
    _, looks = stuck
    thread = OneThread("engine", 5.0)
    lock, told = threading.Lock(), threading.Event()
    lock.acquire()
    try:
        asked = thread.submit(told.wait)
        asked.add_done_callback(lambda _: lock.acquire())
        assert telling() == []
        told.set()
        asked.result(60)
        while not telling():
            time.sleep(0.01)
        [stands] = telling()
        assert after(Seen(begun=True, told=stands), STUCK_FOR + 1) != ""
        assert after(Seen(begun=True, told=looks), 2 * STUCK_FOR, 0.1) == ""
    finally:
        lock.release()
        thread.shutdown()
    assert telling() == []


def test_a_sound_server_that_answers_nobody_is_waited_for(stuck):
    waits, _ = stuck
    assert after(Seen(begun=True, ears=waits, by_sound=True), BY_SOUND - 1) == ""
    assert after(Seen(begun=True, ears=waits, by_sound=True), BY_SOUND + 1) != ""
    assert STUCK_FOR < PATIENCE < BY_SOUND


def test_engines_that_hang_at_once_are_hopeless():
    assert "hangs for good" in after(Seen(begun=True, hopeless=True), 1.0)


ANEW = """
import os, sys
from assistant.daemon.back_off import WANTED
from assistant.daemon.guard import begin_anew

print(os.getpid(), os.environ.get(WANTED, "first"), sys.argv[1:], flush=True)
if WANTED not in os.environ:
    begin_anew("it hangs", kept={kept})
"""


@pytest.mark.parametrize("kept", [True, False])
def test_another_one_begins(kept, tmp_path):
    """By who keeps us, or else in our place: with the same number, and the same arguments."""
    program = tmp_path / "program.py"
    program.write_text(ANEW.format(kept=kept))
    environment = {k: v for k, v in os.environ.items() if k != "ASSISTANT_BACK_OFF"}
    done = subprocess.run(
        [sys.executable, str(program), "run", "--quiet"],
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    first, *then = done.stdout.splitlines()
    assert "it hangs: this process ends, another one begins" in done.stderr
    assert done.returncode == (1 if kept else 0)
    assert then == ([] if kept else [first.replace("first", "1")])
