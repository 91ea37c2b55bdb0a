"""How busy other programs keep the processors, with what would make room for us left out.

Work that was started with a lower priority (`nice`, the scheduler's idle class: updates, backups,
indexing) gives way as soon as we want a processor. It is no reason to do less.
Files: proc(5), of /proc/stat the times of all processors, of /proc/PID/stat those of a process.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from assistant import sysfs

TICKS = 100.0
"""USER_HZ: of all Linux of today."""
LOOK_CLOSER = 0.3
"""Share of all processors from which on it is found out how much of it gives way: to read every
process takes 20 µs each."""
_IDLE_CLASS = 5  # SCHED_IDLE of linux/sched.h
_SESSION, _UTIME, _STIME, _NICE, _POLICY = 3, 11, 12, 16, 38  # of /proc/PID/stat, after the name

Processes = dict[int, float]
"""Processor seconds by process."""


class Load:
    """Told the time at each look. root: of the file system. clock: seconds."""

    def __init__(self, root: Path, clock: Callable[[], float], cores: int | None = None) -> None:
        self._root = root
        self._clock = clock
        self._cores = cores or os.cpu_count() or 1
        self._last: tuple[float, float, float, Processes | None] | None = None

    def share(self) -> float | None:
        """Of all processors (0..1) what others used since the last look that would not give way to
        us; None at the first look, and where the kernel does not tell."""
        busy = _busy(self._root)
        if busy is None:
            return None
        now = self._clock()
        if self._last is not None and now - self._last[0] < 1.0:
            return None
        ours = sum(spent(self._root, pid) for pid in tree(self._root, os.getpid()))
        last = self._last
        self._last = (now, busy, ours, None)
        if last is None:
            return None
        seconds = now - last[0]
        others = (busy - last[1]) - (ours - last[2])
        if others > LOOK_CLOSER * seconds * self._cores:
            yielding = giving_way(self._root)
            self._last = (now, busy, ours, yielding)
            others -= _more(last[3], yielding)
        return min(max(others / seconds / self._cores, 0.0), 1.0)


def giving_way(root: Path) -> Processes:
    """The processes of the idle class. Those with a nice value are counted by the kernel apart."""
    found = {}
    for pid in _processes(root):
        words = _words(root, pid)
        if len(words) > _POLICY and words[_POLICY] == str(_IDLE_CLASS) and int(words[_NICE]) <= 0:
            found[pid] = (int(words[_UTIME]) + int(words[_STIME])) / TICKS
    return found


def spent(root: Path, pid: int) -> float:
    """Processor seconds of a process without a nice value; 0 for one that is gone or has one, whose
    time is not in the sum that it would be taken from."""
    words = _words(root, pid)
    if len(words) <= _POLICY or int(words[_NICE]) > 0:
        return 0.0
    return (int(words[_UTIME]) + int(words[_STIME])) / TICKS


def tree(root: Path, pid: int) -> list[int]:
    """A process and its children, theirs too; but none that has a session of its own, as programs
    have that the user had opened: what they need is his. The kernel lists them for each thread;
    asking every process of the machine for its parent, as psutil does, takes ten times as long."""
    found, session = [pid], _words(root, pid)[_SESSION : _SESSION + 1]
    for task in (root / f"proc/{pid}/task").glob("*"):
        for child in map(int, sysfs.text(task / "children").split()):
            if _words(root, child)[_SESSION : _SESSION + 1] == session:
                found += tree(root, child)
    return found


def _busy(root: Path) -> float | None:
    """Seconds that all processors together have worked since the start, but for nice work."""
    words = sysfs.text(root / "proc/stat").split("\n", 1)[0].split()
    try:
        # user nice system idle iowait irq softirq steal (guest time is part of user time)
        times = [float(word) for word in words[1:9]]
    except ValueError:
        return None
    return (sum(times) - times[1] - times[3] - times[4]) / TICKS if len(times) >= 5 else None


def _more(before: Processes | None, now: Processes) -> float:
    """What these processes used since the last look; nothing where that did not look at them."""
    if before is None:
        return 0.0
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in now.items())


def _processes(root: Path) -> Iterator[int]:
    try:
        paths = list((root / "proc").iterdir())
    except OSError:
        return
    yield from (int(path.name) for path in paths if path.name.isdigit())


def _words(root: Path, pid: int) -> list[str]:
    return sysfs.text(root / f"proc/{pid}/stat").rpartition(")")[2].split()
