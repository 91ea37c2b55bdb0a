"""The watch from outside: a small process that ends the program in which nothing moves any more.

Native code that hangs while it holds the interpreter's lock stops every thread of Python, so
nothing inside can notice it. This runs as a program of its own, without any library (3.6 MB), and
is told over a pipe, once a second or more, that the threads of the program go on. Who does not
tell, and neither computes nor waits for a processor or a disk, hangs: a start from a slow card,
a busy machine, a suspend or a debugger's stop are no reason to end anybody.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time

LOOK_EVERY = 0.5
"""Seconds between looks at a program that does not tell."""
STILL_FOR = 1.5
"""Seconds for which nothing in it may move then."""
SPENT = 8.0
"""Processor seconds that it may compute then, without touching a page of memory that it had not
before: a library that is loaded, or a model, touches new ones all the time; one that spins does
not."""
WORKS, STARVES = 0.2, 0.6
"""Parts of a look's time for which a thread must compute, or wait for a processor, to count as one
that works: those that wait for the interpreter's lock look at it 200 times a second."""
MOST = 0.6
"""Seconds that one look may add: a machine that slept did not wait that long."""
TELLS = signal.SIGRTMIN + 3
"""Has the program write where each of its threads is, see `guard.tell_where`."""

Threads = dict[int, tuple[str, float, float, int]]
"""By number: its state (proc(5)), seconds computed, seconds waited for a processor, pages."""


class Watch:
    """A pure state machine; times are monotonic seconds."""

    def __init__(self, now: float) -> None:
        self._before: Threads | None = None
        self.told(now)

    def told(self, now: float) -> None:
        """The program goes on."""
        self._looked_at, self._before = now, None
        self._still = self._spent = 0.0

    def look(self, now: float, threads: Threads) -> str:
        """Why the program is to be ended; "" where it is not. After a time without being told."""
        step = min(now - self._looked_at, MOST)
        before, self._before, self._looked_at = self._before, threads, now
        if before is None or any(state in "Tt" for state, *_ in threads.values()):
            self._still = 0.0
            return ""
        working = [n for n in threads if works(before.get(n), threads[n], step)]
        self._still = 0.0 if working else self._still + step
        for number in working:
            was, is_ = before.get(number, threads[number]), threads[number]
            self._spent = 0.0 if is_[3] > was[3] else self._spent + is_[1] - was[1]
        if self._still >= STILL_FOR:
            return f"nothing in it has moved for {self._still:.0f} s"
        return f"it computes for {self._spent:.0f} s, for nothing" if self._spent >= SPENT else ""


def works(
    was: tuple[str, float, float, int] | None, now: tuple[str, float, float, int], step: float
) -> bool:
    """Whether a thread computes, or waits for a processor or a disk; step: seconds since it was."""
    if now[0] == "D" or was is None:
        return True
    return now[1] - was[1] > WORKS * step or now[2] - was[2] > STARVES * step


def threads(process: int) -> Threads:
    """What each thread of a process does. Raises OSError when it has ended."""
    found: Threads = {}
    folder = f"/proc/{process}/task"
    for number in os.listdir(folder):  # noqa: PTH208 - pathlib is 1 MB, and this is a small program
        try:
            words = _text(f"{folder}/{number}/stat").rpartition(")")[2].split()
            pages = int(words[7]) + int(words[9])
            found[int(number)] = (words[0], *_times(f"{folder}/{number}", words), pages)
        except (OSError, ValueError, IndexError):  # it has just ended
            continue
    return found


def _times(folder: str, words: list[str]) -> tuple[float, float]:
    try:
        computed, waited, _ = _text(f"{folder}/schedstat").split()
    except OSError:  # a kernel without them
        return (int(words[11]) + int(words[12])) / 100, 0.0
    return int(computed) / 1e9, int(waited) / 1e9


def _text(path: str) -> str:
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096).decode("utf-8", "replace")
    finally:
        os.close(file)


def main() -> None:
    """Until the program ends, which closes the pipe, our stdin."""
    program, told = os.getppid(), False
    watch = Watch(time.monotonic())
    while os.getppid() == program:
        if select.select([0], [], [], LOOK_EVERY)[0]:
            if not os.read(0, 4096):
                return
            told = True
            watch.told(time.monotonic())
        elif told and (why := watch.look(time.monotonic(), threads(program))):
            _end(program, why)
            return


def _end(program: int, why: str) -> None:
    level = "<2>" if "JOURNAL_STREAM" in os.environ else "CRITICAL "
    line = f"{level}assistant.daemon.watchman: the program hangs, {why}: it is ended\n"
    os.write(2, line.encode())
    os.kill(program, TELLS)
    time.sleep(0.2)
    os.kill(program, signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        main()
    except OSError as error:  # the program has just ended
        sys.exit(error.errno)
