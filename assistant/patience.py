"""A thread that is given up when a call takes too long, or does nothing any more.

A function of the device, or of the user, may hang: a server that never answers, a device that
is gone. A native engine may, too: a lock that nobody opens. Nobody can end its thread from
outside. So the call is given up: whoever waits is told, what it gives later is dropped, and
another thread goes on with the calls that come after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from assistant import threads

LOOK_EVERY = 0.25
"""Seconds between looks at a call that somebody waits for."""
_MOST = 1.0
"""Seconds that one look may add: a process that was stopped, or a machine that slept, did not wait
that long."""


@dataclass(slots=True)
class Running:
    """A call, and how long it has been on, as far as somebody looked. A pure state machine.

    loading: it only prepares: it may wait for others without doing anything itself.
    """

    future: Future[Any]
    limit: float  # seconds
    looked_at: float  # monotonic seconds
    loading: bool = False
    on: float = 0.0
    still: float = 0.0
    worked: float = field(default=-1.0)  # processor seconds at the last look

    def look(self, now: float, work: threads.Work | None) -> None:
        """work: of the stage's threads; None: nobody can tell."""
        step = min(now - self.looked_at, _MOST)
        self.looked_at = now
        self.on += step
        moves = work is None or self.loading or work.busy or work.seconds > self.worked
        self.still = 0.0 if moves else self.still + step
        if work is not None:
            self.worked = work.seconds


class OneThread:
    """Calls one after another in one thread, each for at most its limit.

    A call that takes longer fails with TimeoutError as soon as somebody looks (`give_up`). Its
    thread is a daemon: it never keeps the program from ending.

    limit: seconds, of a call that names none.
    still: seconds for which the threads of that name may neither compute nor wait for a processor
        or a disk, while a call is on; None: as long as they like. That is no time limit: a call
        that is slow, on a machine that is busy, is not given up.
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
        self._limit = limit
        self._still = still
        self._given_up = given_up
        self.look_every = min(LOOK_EVERY, limit / 4, (still or limit) / 4)
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any], float] | None] = (
            SimpleQueue()
        )
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._running: Running | None = None
        self._closed = False

    def submit(self, call: Callable[[], Any], limit: float | None = None) -> Future[Any]:
        """Queue a call. Raises RuntimeError after `shutdown`."""
        self.give_up()
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError(f"the thread {self._name!r} takes no more calls")
            self._calls.put((future, call, limit or self._limit))
            if self._thread is None:
                self._start()
        return future

    def loading(self, now: bool) -> None:
        """Told by the call that is on."""
        with self._lock:
            if self._running is not None and self.mine():
                self._running.loading = now

    def mine(self) -> bool:
        """Whether the caller is the thread that does the calls; one that was given up is not."""
        return self._thread is threading.current_thread()

    def give_up(self) -> bool:
        """Give up the call that is on, when it takes too long; true: it was."""
        with self._lock:
            running = self._running
            if running is None:
                return False
            still = self._still
            work = threads.work(self._name) if still is not None else None
            running.look(time.monotonic(), work)
            hangs = still is not None and running.still >= still
            if running.on < running.limit and not hangs:
                return False
            self._running = None
            self._start()
        why = f"no sign of life for {still:g} s" if hangs else f"no answer in {running.limit:g} s"
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

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        threads.named(self._name)
        while (call := self._calls.get()) is not None:
            future, function, limit = call
            if not future.set_running_or_notify_cancel():
                continue
            with self._lock:
                self._running = Running(future, limit, time.monotonic())
            result, error = None, None
            try:
                result = function()
            except BaseException as raised:  # noqa: BLE001 - raised again to whoever asked
                error = raised
            with self._lock:
                if not self.mine():
                    return  # given up meanwhile: another thread goes on
                self._running = None
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)
            del call, future, function, result, error  # may hold what should be freed by now
