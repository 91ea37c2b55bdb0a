"""A program that starts itself anew through its keeper: real processes and signals."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.daemon import watchman
from assistant.daemon.keeper import pipe

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
import os, signal, sys, time
sys.path.insert(0, {root!r})
from assistant.daemon.keeper import be_kept, pipe

before = os.getpid()
be_kept()
anew = os.environ.get("ASSISTANT_BACK_OFF", "0")
print(anew, before, os.getppid(), os.getpid(), sys.argv[1:], flush=True)
{then}
"""
HANGS = """
import ctypes
from assistant.daemon.guard import Guard, Seen
guard = Guard(lambda now: Seen(begun=True), print)
guard.start()
time.sleep(1.5)
if anew == "0":
    for _ in range(99):
        ctypes.PyDLL(None).pause()  # it keeps the interpreter's lock
guard.close()
time.sleep(4.0)  # long enough to count as hanging, if it was still watched
"""


@pytest.fixture
def kept(tmp_path):
    """kept("python code"): such a program, which goes on with that."""
    started = []

    def start(then, **options):
        file = tmp_path / "program.py"
        file.write_text(PROGRAM.format(root=str(ROOT), then=then))
        ours = (watchman.KEPT_BY, "NOTIFY_SOCKET", "ASSISTANT_BACK_OFF")
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= options.pop("env", {})
        pipes = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
        started.append(
            subprocess.Popen(
                [sys.executable, str(file), "--quiet", "run"],
                env=environment,
                text=True,
                **{**pipes, **options},
            )
        )
        return started[-1]

    yield start
    for process in started:
        with process:
            process.kill()


def begun(process):
    """Whether it was begun anew, and its number."""
    anew, before, keeper, number, *_ = process.stdout.readline().split()
    assert int(keeper) == process.pid
    assert anew == "1" or int(before) == process.pid
    return anew == "1", int(number)


@contextlib.contextmanager
def patience(process, seconds=120):
    late = threading.Timer(seconds, process.kill)
    late.start()
    yield
    late.cancel()
    late.join()


@pytest.mark.parametrize("code", [0, 3, 130])
def test_it_ends_as_the_program_ends(kept, code):
    process = kept(f"sys.exit({code})")
    told, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (code, "")
    assert told.count("\n") == 1
    assert "['--quiet', 'run']" in told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_is_handed_on(kept, number):
    process = kept(
        f"signal.signal({int(number)}, lambda n, _: sys.exit(n))\n"
        "print('ready', flush=True)\nwhile True: time.sleep(0.05)"
    )
    with patience(process):
        begun(process)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.wait() == number


def test_a_signal_before_anything_else_is_not_lost(kept):
    """While the one forks, and the other loads."""
    for wait in (0.02, 0.05, 0.08, 0.12):
        process = kept("time.sleep(60)")
        time.sleep(wait)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == -signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS])
def test_one_that_crashes_is_begun_anew(kept, number):
    process = kept(f"if anew == '0': os.kill(os.getpid(), {int(number)})\nsys.exit(7)")
    with patience(process):
        again, first = begun(process)
        assert not again
        again, second = begun(process)
        assert again and second != first
        _, err = process.communicate()
    assert process.returncode == 7
    assert f"the program crashed (signal {int(number)})" in err
    assert err.endswith("another one begins\n")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_one_that_somebody_ends_is_not(kept, number):
    process = kept("time.sleep(600)")
    with patience(process):
        _, program = begun(process)
        os.kill(program, number)
        assert process.communicate() == ("", "")
    assert process.returncode == -number


CRASHES = "os.kill(os.getpid(), signal.SIGSEGV)"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_one_that_crashes_when_it_is_told_to_end_has_ended(kept, number):
    process = kept(
        f"signal.signal({int(number)}, lambda *_: {CRASHES})\n"
        "print('ready', flush=True)\nwhile True: time.sleep(0.05)"
    )
    with patience(process):
        begun(process)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        told, err = process.communicate()
    assert (process.returncode, told) == (-signal.SIGSEGV, "")
    assert "another one begins" not in err


def test_one_that_crashes_in_a_reload_that_was_asked_for_is_begun_anew(kept):
    process = kept(
        "if anew == '1': sys.exit(7)\n"
        f"signal.signal(signal.SIGHUP, lambda *_: {CRASHES})\n"
        "print('ready', flush=True)\nwhile True: time.sleep(0.05)",
        stdin=subprocess.DEVNULL,
    )
    with patience(process):
        begun(process)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        assert begun(process)[0]
        assert process.wait() == 7


def test_one_that_hangs_when_it_is_told_to_end_is_ended_for_good(kept):
    process = kept(
        "signal.signal(signal.SIGRTMIN + 3, signal.SIG_IGN)\n"
        "def hang(*_):\n    os.write(pipe(), b'+')\n    time.sleep(600)\n"
        "signal.signal(signal.SIGTERM, hang)\n"
        "print('ready', flush=True)\nwhile True: time.sleep(0.05)"
    )
    with patience(process):
        begun(process)
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        told, err = process.communicate()
    assert (process.returncode, told) == (-signal.SIGKILL, "")
    assert err.count("the program hangs") == 1 and "another one begins" not in err


def test_who_ends_the_keeper_ends_the_program(kept):
    process = kept("time.sleep(600)")
    with patience(process):
        _, program = begun(process)
        process.kill()
        assert process.stdout.read() == ""  # nobody has it open any more
    assert not Path(f"/proc/{program}/fd/1").exists()


def test_one_that_hangs_is_ended_and_begun_anew_and_ends_when_it_wants(kept):
    process = kept(HANGS)
    with patience(process):
        assert begun(process)[0] is False
        assert begun(process)[0] is True
        _, err = process.communicate()
    assert process.returncode == 0
    assert err.count("the program hangs, nothing in it has moved") == 1
    assert err.count("another one begins") == 1


def test_one_that_begins_in_its_own_place_stays_kept_and_may_wait_first(kept):
    process = kept(
        "from assistant.daemon.guard import Guard, Seen, begin_anew\n"
        "if anew == '1': time.sleep(4); print(pipe(), flush=True); sys.exit()\n"
        "guard = Guard(lambda now: Seen(begun=True), print)\n"
        "guard.start(); time.sleep(0.5)\n"
        "begin_anew('it hangs', kept=False)"
    )
    with patience(process):
        _, first = begun(process)
        again, second = begun(process)
        assert again and second == first
        told, err = process.communicate()
    assert process.returncode == 0
    assert told.strip().isdecimal()
    assert "the program hangs" not in err


def test_ctrl_c_at_the_terminal_is_told_once():
    code = PROGRAM.format(
        root=str(ROOT),
        then="got = []\nsignal.signal(signal.SIGINT, lambda *_: got.append(1))\n"
        "print('ready', flush=True)\n"
        "while not got: time.sleep(0.05)\ntime.sleep(1.0)\nprint('got', len(got), flush=True)",
    )
    process, terminal = pty.fork()
    if process == 0:
        os.environ.pop("NOTIFY_SOCKET", None)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.execv(sys.executable, [sys.executable, "-c", code])
    shown = b""
    with os.fdopen(terminal, "r+b", buffering=0) as screen:
        while b"ready" not in shown:
            shown += screen.read(1000)
        screen.write(b"\x03")
        with contextlib.suppress(OSError):  # as it ends
            while data := screen.read(1000):
                shown += data
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"got 1" in shown


ALONE = """
import os, signal, sys
sys.executable = "/no/such/python"
from assistant.daemon.keeper import be_kept, pipe

before, blocked = os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, [])
be_kept()
same = blocked == signal.pthread_sigmask(signal.SIG_BLOCK, [])
print(pipe(), os.getpid() == before, same, os.path.exists(f"/proc/{before}/task/{before}/children")
      and open(f"/proc/{before}/task/{before}/children").read().split())
"""


def test_where_there_can_be_no_keeper_it_goes_on_alone(home):
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "True", "True", "[]"]


FORKS = """
import os, sys
import assistant.daemon.keeper as keeper

def fork():
    print(len(os.listdir("/proc/self/task")), "numpy" in sys.modules)
    sys.exit()

keeper.be_kept = fork
sys.argv = ["assistant", "run"]
from assistant.cli import program
program()
"""


def test_the_program_forks_before_it_has_a_thread_or_much_memory(home):
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]


def test_a_service_manager_keeps_it_already(kept, tmp_path):
    process = kept("print(os.getpid() == before)", env={"NOTIFY_SOCKET": str(tmp_path / "none")})
    assert "True" in process.communicate(timeout=60)[0]


@pytest.mark.parametrize(
    ("told", "expected"), [("7:5", 5), ("8:5", None), ("7:", None), ("7", None), ("", None)]
)
def test_the_pipe_is_that_of_the_parent(told, expected):
    """A program that was started by the program is not kept by its keeper."""
    assert pipe({watchman.KEPT_BY: told}, parent=7) == expected
