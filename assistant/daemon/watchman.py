"""The watch from outside: a small process that ends the program in which nothing moves any more.

Native code that hangs while it holds the interpreter's lock stops every thread of Python, so
nothing inside can notice it. This runs as a program of its own, without any library (3.6 MB), and
is told over a pipe, at least once a second, that the threads of the program go on. Who does not
tell, and neither computes nor waits for a processor or a disk, hangs: a start from a slow card,
a busy machine, a suspend or a debugger's stop are no reason to end anybody.

It is a child of a program that a service manager starts anew, and of any other one the parent,
which starts it anew itself (`keeper`).
"""

from __future__ import annotations

import fcntl
import os
import resource
import select
import signal
import sys
import time

LOOK_EVERY, AT_REST = 0.25, 1.25
"""Seconds between looks at a program that does not tell; and until the first one, where it has said
that it has nothing to do. A little more than the times at which it tells."""
STILL_FOR = 1.0
"""Seconds for which nothing in it may move then."""
SPENT = 8.0
"""Processor seconds that it may compute then, without touching a page of memory that it had not
before: a library that is loaded, or a model, touches new ones all the time; one that spins does
not."""
WORKS, STARVES = 0.2, 0.6
"""Parts of a look's time for which a thread must compute, or wait for a processor, to count as one
that works: those that wait for the interpreter's lock look at it 200 times a second."""
MOST = 0.3
"""Seconds that one look may add: a machine that slept did not wait that long."""
TELLS = signal.SIGRTMIN + 3
"""Has the program write where each of its threads is, see `guard.tell_where`."""

KEPT_BY = "ASSISTANT_KEPT_BY"
"""Tells the program its parent, and the pipe: "PROCESS:DESCRIPTOR"."""
WORKING, RESTING, PAUSES = b"+", b".", b"-"
"""What a program tells: it does something; it has nothing to do; it does not tell for a while."""
AT_THE_TERMINAL = {signal.SIGINT, signal.SIGQUIT}
"""Which a terminal sends to all of its foreground, the program included."""
SI_KERNEL = 128
"""Sent by the kernel, and by no process (asm-generic/siginfo.h)."""
SIGNALS = {signal.SIGCHLD, signal.SIGIO, signal.SIGTERM, signal.SIGHUP, *AT_THE_TERMINAL}
"""Which a keeper waits for: the first two tell it something, the others it hands on."""
CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}
"""With which native code ends; whoever sends another one wants the program to end."""

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


class Tells:
    """What the program tells over a pipe, and what is to be done where it does not."""

    def __init__(self, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self._pipe = pipe
        self.ended = False
        self._told, self._now = PAUSES, False
        self._watch = Watch(0.0)

    def read(self, now: float) -> None:
        """Whatever was told since the last time."""
        self._now = False
        while not self.ended:
            try:
                told = os.read(self._pipe, 4096)
            except BlockingIOError:
                return
            self.ended = not told
            self._told, self._now = told[-1:] or PAUSES, True
            self._watch.told(now)

    @property
    def patience(self) -> float:
        """Seconds until the next look."""
        return AT_REST if self._now and self._told == RESTING else LOOK_EVERY

    def look(self, now: float, program: int) -> str:
        """Why the program is to be ended; "" where it is not."""
        if self._told == PAUSES or self._now:
            return ""
        return self._watch.look(now, threads(program))


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
    """As a child: until the program ends, which closes the pipe, our stdin."""
    program = os.getppid()
    tells = Tells(0)
    while os.getppid() == program:
        select.select([0], [], [], tells.patience)
        tells.read(time.monotonic())
        if tells.ended:
            return
        if why := tells.look(time.monotonic(), program):
            _end(program, why)
            return


def keep(program: int, pipe: int, command: list[str]) -> None:
    """As a parent: start it again whenever it hangs or crashes; end as it ends, and with it when
    it was told to, however it ends then."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    terminal = os.isatty(0)  # before it is closed
    while True:
        status, why, told = _follow(program, pipe, terminal)
        os.close(pipe)
        if not why and os.WIFSIGNALED(status) and os.WTERMSIG(status) in CRASHES:
            why = f"the program crashed (signal {os.WTERMSIG(status)})"
            _say(why)
        if told or not why:
            _end_as(status)
        _say("another one begins")
        program, pipe = _begin(command)


def _follow(program: int, pipe: int, terminal: bool) -> tuple[int, str, bool]:
    """The status with which it ended, why we ended it, if we did, and whether it was told to end.

    terminal: it has one, which a SIGHUP closes; without, a program that sends it wants a reload.
    """
    tells, why, told = Tells(pipe), "", False
    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_NONBLOCK | os.O_ASYNC)  # SIGIO when it is told something
    while True:
        got = signal.sigtimedwait(SIGNALS, tells.patience)
        if got is None or got.si_signo in {signal.SIGCHLD, signal.SIGIO}:
            if (status := _ended(program)) is not None:
                return status, why, told
        else:
            by_kernel = got.si_code == SI_KERNEL
            told = told or got.si_signo != signal.SIGHUP or by_kernel or terminal
            if got.si_signo not in AT_THE_TERMINAL or not by_kernel:
                os.kill(program, got.si_signo)
        tells.read(time.monotonic())
        if not why and (why := tells.look(time.monotonic(), program)):
            _end(program, why)


def _ended(program: int) -> int | None:
    """The first process of a container is given all that others leave: they are let go, too."""
    while True:
        process, status = os.waitpid(-1, os.WNOHANG)
        if process in {program, 0}:
            return status if process else None


def _begin(command: list[str]) -> tuple[int, int]:
    """It waits longer and longer, should it end at once each time: `back_off`."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    os.set_inheritable(writes, True)
    told = {"ASSISTANT_BACK_OFF": "1", KEPT_BY: f"{os.getpid()}:{writes}"}
    program = os.posix_spawn(command[0], command, {**os.environ, **told}, setsigmask=[])
    os.close(writes)
    return program, reads


def _end_as(status: int) -> None:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if number != signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [number])
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status))


def _end(program: int, why: str) -> None:
    _say(f"the program hangs, {why}: it is ended")
    os.kill(program, TELLS)
    time.sleep(0.2)
    os.kill(program, signal.SIGKILL)


def _say(what: str) -> None:
    level = "<2>" if "JOURNAL_STREAM" in os.environ else "CRITICAL "
    try:  # noqa: SIM105 - contextlib is 1 MB
        os.write(2, f"{level}assistant.daemon.watchman: {what}\n".encode())
    except OSError:  # a terminal that is closed
        pass


if __name__ == "__main__":
    try:
        if len(sys.argv) > 1:
            keep(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        main()
    except OSError as error:  # the program has just ended
        sys.exit(error.errno)
