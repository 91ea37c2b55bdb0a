"""A thread that is given up when a call takes too long.

A function of the device, or of the user, may hang: a server that never answers, a device that
is gone. Nobody can end its thread from outside. So the call is given up: whoever waits is told,
what it gives later is dropped, and another thread goes on with the calls that come after it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from typing import Any

from assistant.threads import named


class OneThread(Executor):
    """Calls one after another in one thread, each for at most `patience` seconds.

    A call that takes longer fails with TimeoutError as soon as somebody looks (`give_up`). Its
    thread is a daemon: it never keeps the program from ending.
    """

    def __init__(self, name: str, patience: float) -> None:
        self._name = name
        self._patience = patience
        self._calls: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._running: tuple[Future[Any], float] | None = None  # and when it began
        self._closed = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.give_up()
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError(f"the thread {self._name!r} takes no more calls")
            self._calls.put((future, partial(fn, *args, **kwargs)))
            if self._thread is None:
                self._start()
        return future

    def left(self) -> float:
        """Seconds after which it is worth while to look again whether a call takes too long."""
        with self._lock:
            began = self._running[1] if self._running else time.monotonic()
        return max(0.0, began + self._patience - time.monotonic()) + 0.005

    def give_up(self) -> None:
        """Give up the call that is on, when it takes too long."""
        with self._lock:
            running = self._running
            if running is None or time.monotonic() - running[1] < self._patience:
                return
            self._running = None
            self._start()
        running[0].set_exception(TimeoutError(f"no answer in {self._patience:g} s"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the thread after the calls that are queued; each of them has its time."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._calls.put(None)
        while wait and (thread := self._thread) is not None and thread.is_alive():
            thread.join(self.left())
            self.give_up()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        named(self._name)
        while (call := self._calls.get()) is not None:
            future, function = call
            if not future.set_running_or_notify_cancel():
                continue
            with self._lock:
                self._running = future, time.monotonic()
            result, error = None, None
            try:
                result = function()
            except BaseException as raised:  # noqa: BLE001 - raised again to whoever asked
                error = raised
            with self._lock:
                if self._thread is not threading.current_thread():
                    return  # given up meanwhile: another thread goes on
                self._running = None
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(result)
            del call, future, function, result, error  # may hold what should be freed by now
