"""Faults of the engines: native code that hangs, crashes or is slow, in our process or apart."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from _faults_room import Broken, Room

HANG = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>
extern int PyGILState_Check(void) __attribute__((weak));
static char marker[4096];
static int ours(void *context) {
    Dl_info found;
#if defined(__x86_64__)
    void *at = (void *)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#else
    void *at = (void *)((ucontext_t *)context)->uc_mcontext.pc;
#endif
    if (!dladdr(at, &found) || !found.dli_fname) return 1;
    const char *name = strrchr(found.dli_fname, '/');
    name = name ? name + 1 : found.dli_fname;
    return strncmp(name, "libc.", 5) && strncmp(name, "ld-", 3) && !strstr(name, "python");
}
static void hang(int number, siginfo_t *info, void *context) {
    int locked = PyGILState_Check && PyGILState_Check();
    if (number == SIGRTMIN + 6 ? !locked : locked || !ours(context)) return;
    close(creat(marker, 0600));
    for (;;)
        if (number != SIGRTMIN + 5) pause();
}
__attribute__((constructor)) static void begin(void) {
    struct sigaction action = {.sa_sigaction = hang, .sa_flags = SA_SIGINFO};
    strncpy(marker, getenv("HANG_MARKER"), sizeof marker - 1);
    sigaction(SIGUSR2, &action, 0);
    sigaction(SIGRTMIN + 5, &action, 0);
    sigaction(SIGRTMIN + 6, &action, 0);
}
"""
"""Native code that waits, or computes, for ever: the thread that gets the signal. Not while it has
Python's lock, unless that is wanted, nor within the C library, whose locks all others need."""
SPIN, LOCKED = signal.SIGRTMIN + 5, signal.SIGRTMIN + 6
HOLDS = """
import gc, os, sys, threading, time

OURS = ("patience", "daemon", "hear.listen", "audio", "understand.route", "current", "actor",
        "handlers.database", "power.turn_meter", "speak.tts")
LOCKS = (type(threading.Lock()), type(threading.RLock()), threading.Condition)

def ours(module):
    return str(module).startswith(tuple(f"assistant.{name}" for name in OURS))

def held():
    for made in gc.get_objects():
        kind = type(made)
        if kind.__name__ == "module" and ours(getattr(made, "__name__", "")):
            yield from ((made.__name__, n, lock) for n, lock in dict(vars(made)).items())
        elif ours(getattr(kind, "__module__", "")) and hasattr(made, "__dict__"):
            yield from ((kind.__qualname__, n, lock) for n, lock in dict(vars(made)).items())

def hold():
    wanted = os.environ["HANG_MARKER"] + "-lock"
    while True:
        time.sleep(0.02)
        if os.path.exists(wanted):
            try:
                hold_one(wanted)
            except RuntimeError:  # what it looked at changed meanwhile: once more
                pass

def hold_one(wanted):
    with open(wanted) as file:
        number, _, only = file.read().partition(" ")
    every = {id(lock): (where, name, lock) for where, name, lock in held()
             if isinstance(lock, LOCKS) and name != "_reloading"}
    # that one may not be there yet
    found = {i: entry for i, entry in every.items() if only in entry[1]} or every
    where, name, lock = sorted(found.values(), key=lambda f: f[:2])[int(number) % len(found)]
    os.unlink(wanted)
    lock.acquire(timeout=2)
    with open(os.environ["HANG_MARKER"], "w") as file:
        file.write(f"{where}.{name}")

if "run" in sys.orig_argv:
    threading.Thread(target=hold, daemon=True).start()
"""
"""Python code that takes one lock of ours, and never opens it: whatever needs it next waits."""
ROOT = Path(__file__).parent.parent
RESTED = 4.5
"""Seconds after which the recognizer has been unloaded, where it is told to keep it for 1 s."""
BUSY_WITHIN = 8.0
"""Seconds in which an engine that is spoken to begins to compute."""


def _apart(room: Room, chance: random.Random) -> int | None:
    for stage in chance.sample(["hear", "speak"], 2):
        if (process := room.engine(stage)) is not None:
            return process
    return None


def crashes_apart(room: Room, chance: random.Random) -> Broken:
    """An engine in a process of its own crashes as native code does."""
    began = time.monotonic()
    if (process := _apart(room, chance)) is not None:
        os.kill(process, chance.choice([signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL]))
    return Broken(began, began)


def hangs_apart(room: Room, chance: random.Random) -> Broken:
    """The same hangs for ever."""
    began = time.monotonic()
    if (process := _apart(room, chance)) is not None:
        os.kill(process, signal.SIGSTOP)
    return Broken(began, began)


def slow(room: Room, chance: random.Random) -> Broken:
    """An engine computes at a quarter of its speed for a while: it is waited for."""
    began, process = time.monotonic(), _apart(room, chance)
    until = began + chance.uniform(1.0, 5.0)
    room.speak(room.into)
    while process is not None and time.monotonic() < until:
        with room.stopped(process):
            time.sleep(0.15)
        time.sleep(0.05)
    alive = process is None or Path(f"/proc/{process}").exists()
    return Broken(began, time.monotonic(), wrong=[] if alive else ["it was given up"])


# -- in our own process ---------------------------------------------------------------------------


@contextlib.contextmanager
def can_hang(folder: Path) -> Iterator[dict[str, str]]:
    """HANG, in the program."""
    source, library = folder / "hang.c", folder / "hang.so"
    source.write_text(HANG)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    (folder / "holds").mkdir()
    (folder / "holds" / "sitecustomize.py").write_text(HOLDS)
    yield {
        "LD_PRELOAD": str(library),
        "HANG_MARKER": str(folder / "hung"),
        "PYTHONPATH": os.pathsep.join([str(folder / "holds"), str(ROOT)]),
    }


def _computing(room: Room) -> tuple[int, int] | None:
    """The process, and a thread of the recognizer that computes at this moment."""
    process = room.pid
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):
            if (task / "comm").read_text().strip() != "hear":
                continue
            if (task / "stat").read_text().rpartition(")")[2].split()[0] == "R":
                return process, int(task.name)
    return None


def _while_it_computes(room: Room, number: int) -> bool:
    """Send a signal to a thread of the recognizer in the middle of its work; false: it never was,
    in time. A thread that goes on after it is sent it again."""
    until, hung = time.monotonic() + BUSY_WITHIN, room.folder / "hung"
    hung.unlink(missing_ok=True)
    starts = room.starts
    while time.monotonic() < until:
        if room.starts > starts:  # it has ended of it, which took a while
            return True
        with contextlib.suppress(OSError):
            if (found := _computing(room)) is not None:
                process, thread = found
                ctypes.CDLL(None).tgkill(process, thread, number)
                time.sleep(0.002)
                if hung.exists() or not Path(f"/proc/{process}/task/{thread}").exists():
                    return True
        time.sleep(0.001)
    return False


def _spoken_to(room: Room, number: int) -> Broken:
    _have_it_known(room)
    done = False
    for _ in range(3):  # what was said before may be over
        if room.speaking_since is None:
            room.speak(room.into)
        if done := _while_it_computes(room, number):
            break
        room.what_became_of_it()
    now = time.monotonic()
    return Broken(now, now, wrong=[] if done else ["the recognizer never computed"])


def _have_it_known(room: Room) -> None:
    ready = [at for at, event in room.since(0.0) if event["event"] == "ready"]
    if not room.event({"idle"}, ready[-1]):  # started just now: what it spends is not known yet
        room.answered_after(time.monotonic(), room.into)


def hangs_within(room: Room, chance: random.Random) -> Broken:
    """The recognizer waits or computes for ever in native code, in our process."""
    return _spoken_to(room, chance.choice([signal.SIGUSR2, SPIN]))


def hangs_locked(room: Room, chance: random.Random) -> Broken:
    """The recognizer hangs while it has the interpreter's lock: nothing of Python runs any more."""
    return _spoken_to(room, LOCKED)


def hangs_with_ours(room: Room, chance: random.Random) -> Broken:
    """Somebody hangs while he holds a lock of ours, and a command is said: that of the voice's
    library, or any other one."""
    _have_it_known(room)
    hung, wanted = room.folder / "hung", room.folder / "hung-lock"
    hung.unlink(missing_ok=True)
    if room.speaking_since is None:
        room.speak(room.into)
    time.sleep(chance.uniform(0, 2.0))
    which = f"{chance.randrange(10**6)} {chance.choice(['', '', '_ESPEAK_LOCK'])}"
    wanted.with_suffix(".new").write_text(which)
    wanted.with_suffix(".new").rename(wanted)
    until = time.monotonic() + BUSY_WITHIN
    while not hung.exists() and time.monotonic() < until:
        time.sleep(0.005)
    began = time.monotonic()
    time.sleep(0.01)
    held = hung.read_text() if hung.exists() else ""
    return Broken(began, began, wrong=[] if held else ["no lock was taken"], note=held)


def hangs_loading(room: Room, chance: random.Random) -> Broken:
    """The recognizer waits for ever while its model is loaded: when it is needed again after it had
    rested, or at the start."""
    if room.speaking_since is not None:
        room.what_became_of_it()
    if chance.random() < 0.5:
        time.sleep(RESTED)
        room.speak(room.into)
    else:
        os.kill(room.pid, signal.SIGKILL)
    done = _while_it_computes(room, signal.SIGUSR2)
    now = time.monotonic()
    return Broken(now, now, wrong=[] if done else ["the recognizer never computed"])


def crashes_within(room: Room, chance: random.Random) -> Broken:
    """It crashes there, and takes the whole program along."""
    return _spoken_to(room, chance.choice([signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS]))
