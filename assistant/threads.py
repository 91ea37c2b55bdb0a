"""Threads by the stage that they work for, and the processor time of each.

Linux gives a new thread the name of the one that starts it. So a name that is set once at the top
of a stage's thread is that of all threads which its engine starts, whatever its library.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_PR_SET_NAME = 15  # of linux/prctl.h
_LOST = "lost"

Times = dict[int, tuple[str, float]]
"""By thread its stage and its processor time in seconds."""

_children: dict[int, str] = {}  # process -> stage
_worked: dict[str, float] = {}  # stage -> seconds
_cores: dict[str, frozenset[int]] = {}  # stage -> those that it may use


@dataclass(frozen=True, slots=True)
class Work:
    """What the threads of a stage do. busy: one of them computes at this moment, or waits for a
    processor or a disk. seconds: their processor time so far. pages: of memory that they touched
    for the first time, as whoever loads something does all the time."""

    seconds: float
    busy: bool
    pages: int = 0


def worked(stage: str) -> float:
    """Seconds that the engine of a stage has worked so far, on whatever processor: where that is a
    graphics card, the processor's own time tells little."""
    return _worked.get(stage, 0.0)


def works(stage: str, seconds: float) -> None:
    """The engine of a stage has worked for so long."""
    _worked[stage] = _worked.get(stage, 0.0) + seconds


def child(process: int, stage: str) -> None:
    """A process of ours works for this stage, with all its threads; until `no_child`."""
    _children[process] = stage


def no_child(process: int) -> None:
    _children.pop(process, None)


def kill_children() -> None:
    """End them at once: we end, and they work for nobody else."""
    for process in list(_children):
        with contextlib.suppress(OSError):  # it has just ended
            os.kill(process, signal.SIGKILL)
        no_child(process)


def work(*stages: str, but_me: bool = False) -> Work | None:
    """What stages do, by the first 15 letters of their names; None where that is not told. but_me:
    without the thread that asks, which of course is doing something."""
    me = str(threading.get_native_id()) if but_me else ""
    wanted = {stage[:15] for stage in stages}
    seconds, pages, busy, any_ = 0.0, 0, False, False
    for folder, task, of in _tasks():
        with contextlib.suppress(OSError, ValueError, IndexError):  # it has just ended
            if task != me and (of or _text(folder, task, "comm").strip()) in wanted:
                any_ = True
                seconds += _seconds(folder, task)
                words = _text(folder, task, "stat").rpartition(")")[2].split()
                busy = busy or words[0] in {"R", "D"}
                pages += int(words[7]) + int(words[9])
    return Work(seconds, busy, pages) if any_ else None


def lost(stage: str) -> None:
    """The threads of a stage that are there now do nothing for it any more: their engine hangs."""
    for folder, task, of in _tasks():
        with contextlib.suppress(OSError):  # it has just ended
            if not of and _text(folder, task, "comm").strip() == stage[:15]:
                Path(folder, task, "comm").write_text(_LOST)


def pin(cores: Mapping[str, frozenset[int]]) -> None:
    """Threads that are named from now on stay on these cores, by stage, and those they start."""
    _cores.clear()
    _cores.update(cores)


def named(stage: str) -> None:
    """The calling thread, and those that it will start, work for this stage (15 letters)."""
    if stage in _cores:
        with contextlib.suppress(OSError):  # the core was taken away meanwhile: use any
            os.sched_setaffinity(0, _cores[stage])
    with contextlib.suppress(AttributeError, OSError):  # not Linux: all counts as one
        ctypes.CDLL(None).prctl(_PR_SET_NAME, stage.encode()[:15], 0, 0, 0)


def times() -> Times:
    """The processor time of each thread of this process, and of its children that work for a
    stage. Takes 20 µs a thread."""
    main = os.getpid()
    found: Times = {}
    for folder, task, stage in _tasks():
        with contextlib.suppress(OSError, ValueError, IndexError):  # it has just ended
            number = int(task)
            name = "turn" if number == main else stage or _text(folder, task, "comm").strip()
            found[number] = name, _seconds(folder, task)
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


def _tasks() -> Iterator[tuple[str, str, str]]:
    """Folder, number and stage ("" for one that its name tells) of each thread."""
    for process, stage in [(os.getpid(), ""), *_children.copy().items()]:
        folder = f"/proc/{process}/task"
        with contextlib.suppress(OSError):
            yield from ((folder, task, stage) for task in os.listdir(folder))  # noqa: PTH208


def _seconds(folder: str, task: str) -> float:
    """In nanoseconds where the kernel counts them, else in hundredths of a second."""
    with contextlib.suppress(OSError):
        return int(_text(folder, task, "schedstat").split()[0]) / 1e9
    words = _text(folder, task, "stat").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def _text(folder: str, task: str, name: str) -> str:
    file = os.open(f"{folder}/{task}/{name}", os.O_RDONLY)
    try:
        return os.read(file, 512).decode("utf-8", "replace")
    finally:
        os.close(file)
