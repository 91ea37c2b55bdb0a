"""Threads by the stage that they work for, and the processor time of each.

Linux gives a new thread the name of the one that starts it. So a name that is set once at the top
of a stage's thread is that of all threads which its engine starts, whatever its library.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

_PR_SET_NAME = 15  # of linux/prctl.h
_TASKS = Path("/proc/self/task")

Times = dict[int, tuple[str, float]]
"""By thread its stage and its processor time in seconds."""


def named(stage: str) -> None:
    """The calling thread, and those that it will start, work for this stage (15 letters)."""
    with contextlib.suppress(AttributeError, OSError):  # not Linux: all counts as one
        ctypes.CDLL(None).prctl(_PR_SET_NAME, stage.encode()[:15], 0, 0, 0)


def times() -> Times:
    """The processor time of each thread of this process. Takes 20 µs a thread."""
    main = os.getpid()
    found: Times = {}
    try:
        tasks = [path.name for path in _TASKS.iterdir()]
    except OSError:
        return found
    for task in tasks:
        with contextlib.suppress(OSError, ValueError, IndexError):  # it has just ended
            number = int(task)
            found[number] = "turn" if number == main else _name(task), _seconds(task)
    return found


def spent(before: Times, after: Times) -> dict[str, float]:
    """Seconds of each stage from one look to the next. A thread that ended between them is in
    neither; a number that was given to another thread meanwhile counts from nothing."""
    found: dict[str, float] = {}
    for task, (stage, seconds) in after.items():
        was = before.get(task, (stage, 0.0))
        more = seconds - was[1] if was[0] == stage and seconds >= was[1] else seconds
        if more > 0:
            found[stage] = found.get(stage, 0.0) + more
    return found


def _name(task: str) -> str:
    return _text(task, "comm").strip()


def _seconds(task: str) -> float:
    """In nanoseconds where the kernel counts them, else in hundredths of a second."""
    with contextlib.suppress(OSError):
        return int(_text(task, "schedstat").split()[0]) / 1e9
    words = _text(task, "stat").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def _text(task: str, name: str) -> str:
    file = os.open(f"{_TASKS}/{task}/{name}", os.O_RDONLY)
    try:
        return os.read(file, 512).decode("utf-8", "replace")
    finally:
        os.close(file)
