"""What of the load would make room for us, and what would not."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from assistant.apart.process import Process
from assistant.handlers.desktop import launching
from assistant.power.load import Load, giving_way, tree
from tests.machines import write


class Computer:
    """Two cores, whose times are set in seconds."""

    def __init__(self, root):
        self.root = root
        self.now = 0.0
        self.user = self.nice = 0.0
        self.load = Load(root, lambda: self.now, cores=2)
        self.look()

    def process(self, pid, seconds, *, policy=0, nice=0):
        numbers = ["0"] * 39
        numbers[11], numbers[16], numbers[38] = str(round(100 * seconds)), str(nice), str(policy)
        write(self.root, f"proc/{pid}/stat", f"{pid} (some (odd) name) S {' '.join(numbers[1:])}")

    def look(self, seconds=10.0, user=0.0, nice=0.0):
        self.now += seconds
        self.user, self.nice = self.user + user, self.nice + nice
        times = [round(100 * t) for t in (self.user, self.nice, 0, 2 * self.now)]
        write(self.root, "proc/stat", f"cpu  {' '.join(map(str, times))} 0 0 0 0 0 0")
        return self.load.share()


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path)


def test_work_of_others_is_load(computer):
    assert computer.look(user=18.0) == pytest.approx(0.9)
    assert computer.look(user=2.0) == pytest.approx(0.1)


def test_nice_work_is_none(computer):
    assert computer.look(nice=18.0, user=1.0) == pytest.approx(0.05)


def test_our_own_work_is_none_and_that_of_our_children_neither(computer):
    me = os.getpid()
    write(computer.root, f"proc/{me}/task/{me}/children", "777")
    computer.process(me, 0)
    computer.process(777, 0)
    assert computer.look(user=0.0) == 0
    computer.process(me, 10)
    computer.process(777, 6)
    assert computer.look(user=18.0) == pytest.approx(0.1)


def test_work_of_the_idle_class_is_none_from_the_second_look_on(computer):
    computer.process(5, 100, policy=5)
    computer.process(6, 100)
    assert computer.look(user=18.0) == pytest.approx(0.9)  # it is looked at more closely now
    computer.process(5, 116, policy=5)
    assert computer.look(user=18.0) == pytest.approx(0.1)
    computer.process(7, 15, policy=5)  # a new one, and the other has ended
    (computer.root / "proc/5/stat").unlink()
    assert computer.look(user=18.0) == pytest.approx(0.15)


def test_one_that_is_nice_and_of_the_idle_class_is_taken_off_once(computer):
    computer.process(5, 0, policy=5, nice=19)
    computer.look(user=18.0)
    computer.process(5, 10, policy=5, nice=19)
    assert computer.look(user=18.0, nice=10.0) == pytest.approx(0.9)


def test_what_the_kernel_does_not_tell_is_not_known(tmp_path):
    assert Load(tmp_path, lambda: 0.0).share() is None
    write(tmp_path, "proc/stat", "cpu  nonsense")
    assert Load(tmp_path, lambda: 0.0).share() is None


def test_a_real_process_of_the_idle_class_is_seen(tmp_path):
    code = "import os, time; os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))\n"
    code += "print(flush=True); end = time.process_time() + 0.2\n"
    code += "while time.process_time() < end: pass\nprint(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() and process.stdout.readline()
        try:
            assert process.pid in tree(Path("/"), os.getpid())
            found = giving_way(Path("/"))
            assert found[process.pid] >= 0.15
            assert os.getpid() not in found or os.sched_getscheduler(0) == os.SCHED_IDLE
        finally:
            process.kill()


def test_what_the_user_had_opened_is_not_ours_and_an_engine_is(tmp_path):
    opened = launching.start(["sleep", "60"], screen=False)
    engine = Process("hear", partial(Path, "engine"))
    try:
        ours = tree(Path("/"), os.getpid())
        assert engine.pid in ours
        assert opened not in ours
    finally:
        engine.close()
        os.kill(opened, signal.SIGKILL)
        for process in launching._started:
            process.wait()
        launching._started.clear()
