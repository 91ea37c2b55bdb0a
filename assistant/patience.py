"""A thread that is given up when a call takes too long, or does nothing any more.

A function of the device, or of the user, may hang: a server that never answers, a device that
is gone. A native engine may, too: a lock that nobody opens. Nobody can end its thread from
outside. So the call is given up: whoever waits is told, what it gives later is dropped, and
another thread goes on with the calls that come after it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Any

from assistant import threads

LOOK_EVERY = 0.25
"""Seconds between looks at a call that somebody waits for."""
LEAST, DEARER = 1.5, 6.0
"""Processor seconds that a call may always spend; beyond them, so many times as much as the dearest
of the last calls, for its size: who spends more computes for ever, as a thread does that waits for
another one without sleeping."""
REMEMBERED = 8
"""Calls."""
BARREN = 6.0
"""Processor seconds that loading may take without touching a page of memory for the first time: the
weights of a model, and a library, are some thousand pages a second."""
GRAMMAR = "grammar"
"""The stage of the thread that lays out the sentences, for which some wait while they load."""
LOADS, WAITS, DOUBTED = 2.0, 15.0, 0.75
"""Times `still` after which loading hangs, in which all stages are still; the same where it says
that it waits for somebody else; and after which anything does, once an engine was made anew because
one had hung: that may hold a lock of its library, or of ours, for ever.
"""
_MOST = 0.5
"""Seconds that one look may add: a process that was stopped, or a machine that slept, did not wait
that long."""


@dataclass(slots=True)
class Running:
    """A call, and how long it has been on, as far as somebody looked. A pure state machine.

    loading: it loads an engine. waits: for others, without doing anything itself.
    most: processor seconds that it may spend, once it is loaded.
    """

    future: Future[Any]
    limit: float  # seconds
    looked_at: float  # monotonic seconds
    most: float = float("inf")
    loading: bool = False
    waits: bool = False
    barren: float = 0.0
    pages: int = 0
    spent: float = 0.0
    on: float = 0.0
    still: float = 0.0
    worked: float = field(default=-1.0)  # processor seconds at the last look
    begun: float | None = None  # and when it began, or was loaded

    def look(self, now: float, work: threads.Work | None) -> None:
        """work: of the stage's threads; busy also where it loads, and another stage is; None:
        nobody can tell."""
        step = min(now - self.looked_at, _MOST)
        self.looked_at = now
        self.on += step
        moves = work is None or work.busy or work.seconds > self.worked
        self.still = 0.0 if moves else self.still + step
        if work is not None:
            barren = self.loading and not self.waits and work.pages <= self.pages
            self.barren = self.barren + work.seconds - self.worked if barren else 0.0
            self.worked, self.pages = work.seconds, work.pages
            if self.begun is None or self.loading:
                self.begun = work.seconds
            self.spent = work.seconds - self.begun

    @property
    def over(self) -> str:
        """Why it is over its limits; "" while it is not. Its stillness is somebody else's."""
        if self.barren > BARREN:
            return f"no progress of loading in computing for {self.barren:.0f} s"
        if self.spent > self.most:
            return f"no end after computing for {self.spent:.0f} s"
        return f"no answer in {self.limit:g} s" if self.on >= self.limit else ""


_stages = {GRAMMAR}
_telling: set[int] = set()
_here = threading.local()


def telling() -> list[int]:
    """The numbers of the threads that are telling somebody what came of a call."""
    return sorted(_telling)


@contextlib.contextmanager
def waiting() -> Iterator[None]:
    """While inside, the call that this thread is in waits for others, and may be still."""
    thread: OneThread | None = getattr(_here, "thread", None)
    if thread is None:
        yield
        return
    thread.waiting(True)
    try:
        yield
    finally:
        thread.waiting(False)


class OneThread:
    """Calls one after another in one thread, each for at most its limit.

    A call that takes longer fails with TimeoutError as soon as somebody looks (`give_up`). Its
    thread is a daemon: it never keeps the program from ending.

    limit: seconds, of a call that names none.
    still: seconds for which the threads of that name may neither compute nor wait for a processor
        or a disk, while a call is on; None: as long as they like. That is no time limit: a call
        that is slow, on a machine that is busy, is not given up, nor is one that loads from a slow
        disk, or waits for a stage that does.
    given_up: called after that, by whoever looked.
    """

    def __init__(
        self,
        name: str,
        limit: float,
        still: float | None = None,
        given_up: Callable[[], object] = bool,
    ) -> None:
        self._name = name
        _stages.add(name)
        self._limit = limit
        self._still = still
        self._given_up = given_up
        self.look_every = min(LOOK_EVERY, limit / 4, (still or limit) / 4)
        self._calls: SimpleQueue[tuple[Running, Callable[[], Any], float | None] | None]
        self._calls = SimpleQueue()
        self._costs: deque[float] = deque(maxlen=REMEMBERED)  # processor seconds for a size of 1
        self.doubted = False
        """Whether an engine hung and was made anew, which has not answered yet."""
        self.spins = False
        """Whether one that was given up computed, and does so ever since."""
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._running: Running | None = None
        self._closed = False

    def submit(
        self, call: Callable[[], Any], limit: float | None = None, size: float | None = None
    ) -> Future[Any]:
        """Queue a call. size: of its work, in any unit; a call that has one, and spends much more
        for its size than those before, is given up, too. Raises RuntimeError after `shutdown`."""
        self.give_up()
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError(f"the thread {self._name!r} takes no more calls")
            running = Running(future, limit or self._limit, time.monotonic())
            self._calls.put((running, call, size))
            if self._thread is None:
                self._start()
        return future

    def loading(self, now: bool) -> None:
        """Told by the call that is on."""
        with self._lock:
            if (running := self._running) is not None and self.mine():
                running.look(time.monotonic(), self._work_of())
                running.loading = now

    def waiting(self, now: bool) -> None:
        """The same, see `waiting`."""
        with self._lock:
            if (running := self._running) is not None and self.mine():
                running.look(time.monotonic(), self._work_of())
                running.waits = now

    def mine(self) -> bool:
        """Whether the caller is the thread that does the calls; one that was given up is not."""
        return self._thread is threading.current_thread()

    def give_up(self) -> bool:
        """Give up the call that is on, when it takes too long; true: it was."""
        with self._lock:
            running = self._running
            if running is None:
                return False
            running.look(time.monotonic(), self._work_of())
            why = running.over
            if self._still is not None and running.still >= (limit := self._still_for(running)):
                why = f"no sign of life for {limit:g} s"
            if not why:
                return False
            self.spins = self.spins or running.spent > running.most
            self._running = None
            if self._still is not None:
                threads.lost(self._name)
            self._start()
        running.future.set_exception(TimeoutError(why))
        self._given_up()
        return True

    def no_more(self) -> None:
        """Take no more calls: the thread ends after those that are queued. Waits for nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._calls.put(None)

    def join(self, seconds: float) -> None:
        """Wait for the end of the thread, at most so long."""
        if (thread := self._thread) is not None:
            thread.join(seconds)

    def shutdown(self) -> None:
        """End the thread after the calls that are queued; each of them has its time."""
        self.no_more()
        while (thread := self._thread) is not None and thread.is_alive():
            thread.join(self.look_every)
            self.give_up()

    def _still_for(self, running: Running) -> float:
        times = DOUBTED if self.doubted else LOADS if running.loading else 1.0
        times = WAITS if running.waits else times
        return times * (self._still or 0.0)

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        threads.named(self._name)
        _here.thread = self
        while (call := self._calls.get()) is not None:
            running, function, size = call
            future = running.future
            if not future.set_running_or_notify_cancel():
                continue
            with self._lock:
                self._begin(running, size)
            result, error = None, None
            try:
                result = function()
            except BaseException as raised:  # noqa: BLE001 - raised again to whoever asked
                error = raised
            with self._lock:
                if not self.mine():
                    return  # given up meanwhile: another thread goes on
                self._end(running, size)
            _telling.add(threading.get_native_id())
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)
            _telling.discard(threading.get_native_id())
            del call, running, future, function, result, error  # may hold what is to be freed

    def _begin(self, running: Running, size: float | None) -> None:
        running.looked_at = time.monotonic()
        if size is not None and self._still is not None:
            running.look(running.looked_at, self._work_of())
            if self._costs:
                running.most = max(LEAST, DEARER * max(self._costs) * (1 + size))
        self._running = running

    def _end(self, running: Running, size: float | None) -> None:
        self._running = None
        if size is not None and self._still is not None:
            running.look(time.monotonic(), self._work_of())
            self._costs.append(running.spent / (1 + size))

    def _work_of(self) -> threads.Work | None:
        if self._still is None:
            return None
        own = threads.work(self._name)
        if own is None or self._running is None or not self._running.loading:
            return own
        any_ = threads.work(
            *_stages, but_me=True
        )  # who loads may wait for another who imports the same
        return replace(own, busy=own.busy or (any_ is not None and any_.busy))
