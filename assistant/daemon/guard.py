"""Who watches the watching: a thread that takes none of our locks, and ends a program that hangs.

The ears look after the engines, and whoever waits for an engine does. But the ears themselves may
wait for a lock that a hanging stage holds, or the turns' thread may. No thread of the loop waits
for longer than some seconds without waking up, so one that does not is stuck, and with it the
program: it is ended, and another one begins. Whoever was speaking is asked to say it again.
And while this thread goes on, it tells so to the `watchman` outside.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from assistant import threads
from assistant.daemon import keeper, watchman
from assistant.daemon.back_off import WANTED
from assistant.errors import EngineError

log = logging.getLogger(__name__)

LOOK_EVERY, AT_REST = 0.25, 1.0
"""Seconds between looks, while something is done, and else."""
KNOCK_EVERY = 1.0
STUCK_FOR, BY_SOUND = 1.75, 8.0
"""Seconds without waking up after which a thread of the loop is stuck; the second while a call of
the sound library is on, which has a patience of its own. Nobody else waits for longer than a second
at a time."""
STDERR = 2
START_WITHIN = 10.0
"""Seconds for which nothing may move before the microphone is tried for the first time."""


class Still:
    """For how long a thread has not moved, as far as somebody looked. A pure state machine."""

    def __init__(self) -> None:
        self._looked_at = 0.0
        self.before: tuple[int, ...] = ()
        self.seconds = 0.0

    def look(self, now: float, moves: tuple[int, ...], awake: bool) -> float:
        """moves: a count of what it has done (`moves_of`). awake: it does something now, or need
        do nothing."""
        step = min(now - self._looked_at, 2 * LOOK_EVERY)  # a machine that slept did not wait
        self._looked_at = now
        self.seconds = 0.0 if awake or moves != self.before else self.seconds + step
        self.before = moves
        return self.seconds


def moves_of(
    thread: int, before: tuple[int, ...] = (), awake: bool = False
) -> tuple[tuple[int, ...], bool]:
    """Nanoseconds that a thread of ours has computed; and whether it is awake though it has not
    moved since `before`: it waits for a processor or a disk. 10 µs where it has moved."""
    folder = f"/proc/self/task/{thread}"
    with contextlib.suppress(OSError, IndexError, ValueError):
        moves = (int(_text(f"{folder}/schedstat").split()[0]),)
        if moves == before and not awake:
            awake = _text(f"{folder}/stat").rpartition(")")[2].split()[0] != "S"
        return moves, awake
    return (), True  # not Linux, or it has just ended


def still_for(still: Still, now: float, thread: int, awake: bool = False) -> float:
    """Seconds for which a thread has not moved."""
    return still.look(now, *moves_of(thread, still.before, awake))


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - three times as fast
        return file.read()


@dataclass(frozen=True, slots=True)
class Seen:
    """What the guard sees of the program. begun: the ears came by.
    turn: the turns' thread is doing something. busy: somebody speaks, or is answered. hopeless: an
    engine hangs again at once. by_sound: a call of the sound library is on. ears, turns, alarms,
    told: the numbers of threads; 0: it is not there. The last one is an engine's, that tells
    somebody what came of a call: nobody waits for it then."""

    begun: bool = False
    turn: bool = False
    busy: bool = False
    hopeless: bool = False
    by_sound: bool = False
    ears: int = 0
    turns: int = 0
    alarms: int = 0
    told: int = 0


class Guard:
    """seen: tells what is seen now; it must not wait. ends: called with the reason, once. knocks:
    takes the locks that whoever asks for something needs, by a thread that looks whether it can.
    """

    def __init__(
        self,
        seen: Callable[[float], Seen],
        ends: Callable[[str], object],
        knocks: Callable[[], object] = bool,
    ) -> None:
        self._seen, self._ends, self._knocks = seen, ends, knocks
        self._last = Seen()
        self._ears, self._turn, self._start = Still(), Still(), Still()
        self._alarms, self._door, self._told = Still(), Still(), Still()
        self._closing = threading.Event()
        self._watchman = Watchman()
        self._thread = threading.Thread(target=self._run, name="guard", daemon=True)
        self._knocker = threading.Thread(target=self._knock, name="knock", daemon=True)

    def start(self) -> None:
        tell_where()
        self._knocker.start()
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        for thread in (self._thread, self._knocker):
            thread.join(AT_REST)
        self._watchman.close()

    def look(self, now: float) -> str:
        """Why the program is to end; "" where it is not."""
        seen = self._last = self._seen(now)
        if seen.hopeless:
            return "an engine hangs for good"
        patience = BY_SOUND if seen.by_sound else STUCK_FOR
        if not seen.begun:
            return "it does not begin" if self._begins(now) >= START_WITHIN else ""
        if still_for(self._ears, now, seen.ears) >= patience:
            return "the ears are stuck"
        if still_for(self._alarms, now, seen.alarms) >= STUCK_FOR:
            return "what rings is stuck"
        if still_for(self._door, now, self._knocker.native_id or 0) >= STUCK_FOR:
            return "nobody can ask for anything"
        turn = still_for(self._turn, now, seen.turns, not seen.turn) >= patience
        told = still_for(self._told, now, seen.told, not seen.told) >= patience
        if (turn or told) and not self._works(seen.ears):
            return "a turn is stuck" if turn else "who was told of a result is stuck"
        return ""

    def _begins(self, now: float) -> float:
        return still_for(self._start, now, os.getpid(), self._works(0))

    def _works(self, ears: int) -> bool:
        """Whether any thread but the ears computes: whoever is waited for."""
        before = watchman.threads(os.getpid())
        self._closing.wait(LOOK_EVERY)
        after = watchman.threads(os.getpid())
        others = set(after) - {ears, threading.get_native_id()}
        return any(watchman.works(before.get(n), after[n], LOOK_EVERY) for n in others)

    def _knock(self) -> None:
        threads.named("guard")
        while not self._closing.wait(KNOCK_EVERY):
            self._knocks()

    def _run(self) -> None:
        threads.named("guard")
        while not self._closing.is_set():
            now = time.monotonic()
            if why := self.look(now):
                self._ends(why)
                return
            rests = self._last.begun and not self._last.busy
            self._watchman.tell(rests)
            self._closing.wait(AT_REST if rests else LOOK_EVERY)


class Watchman:
    """The process of `watchman`: our parent where it keeps us, else a child, started when it is
    told something, and again when it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe = keeper.pipe()
        self._kept = self._pipe is not None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def tell(self, rests: bool) -> None:
        """We go on, or have nothing to do. Waits for nothing."""
        if not self._kept and (self._process is None or self._process.poll() is not None):
            self.close()
            self._start()
        if self._pipe is not None:
            with contextlib.suppress(OSError):  # it has just ended, or is behind
                os.write(self._pipe, watchman.RESTING if rests else watchman.WORKING)

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", watchman.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C at the terminal is for us
        )
        assert self._process.stdin is not None
        self._pipe = self._process.stdin.fileno()
        os.set_blocking(self._pipe, False)

    def close(self) -> None:
        """We shall not go on; and it does not end us for that."""
        process, self._process = self._process, None
        pipe, self._pipe = self._pipe, None
        if process is not None and process.stdin is not None:
            process.stdin.close()
            process.wait()
        elif pipe is not None:
            os.close(pipe)


def tell_where() -> None:
    """From now on the `watchman` can have it written where each thread is, whatever they do: names
    of functions, and no word that was said."""
    with contextlib.suppress(AttributeError, OSError, RuntimeError, ValueError):
        faulthandler.register(watchman.TELLS, file=STDERR, all_threads=True)


def begin_anew(why: str, *, kept: bool) -> NoReturn:
    """End this process, whatever its threads do, and have another one begin: by the service manager
    where we are kept by one, else in our place, with the same arguments."""
    log.critical("%s: this process ends, another one begins", why)
    with contextlib.suppress(AttributeError, OSError, RuntimeError, ValueError):
        faulthandler.dump_traceback(STDERR, all_threads=True)
    threads.kill_children()
    if not kept:
        with contextlib.suppress(OSError):
            if (pipe := keeper.pipe()) is not None:  # what begins may wait first
                os.write(pipe, watchman.PAUSES)
            again = [sys.executable, *sys.orig_argv[1:]]
            os.execve(sys.executable, again, {**os.environ, WANTED: "1"})
    os._exit(EngineError.exit_code)
