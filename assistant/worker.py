"""Threads of the core: a cancel signal, a bounded channel, and the one thread that owns an engine.

Native engines (CTranslate2, llama.cpp, onnxruntime) are each touched by one thread, and none
of them can be interrupted in the middle of a call. So a turn never calls an engine itself: it
asks the engine's worker and waits for the result *or* for its own cancellation, whichever
comes first. A cancelled turn is therefore over at once, and the worker drops the late result.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from assistant import threads
from assistant.patience import OneThread

T = TypeVar("T")
R = TypeVar("R")
E_co = TypeVar("E_co", covariant=True)  # a worker of a WhisperTranscriber is one of a Transcriber


class Cancel:
    """The only signal that goes upstream: it is born and dies with one turn."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], object]] = []

    def set(self) -> None:
        """Cancel the turn. Whoever waits is woken now."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def is_set(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, at most `seconds`; true as soon as the turn is cancelled."""
        return self._event.wait(seconds)

    def on_set(self, callback: Callable[[], object]) -> None:
        """Call `callback` when cancelled (at once if that was before)."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()


class Channel(Generic[T]):
    """A bounded queue that can be closed. Iterating ends when it is closed and empty."""

    _END = object()

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._items: queue.Queue[object] = queue.Queue()
        self._room = threading.Semaphore(size)
        self._closed = threading.Event()

    def put(self, item: T, cancel: Cancel | None = None) -> bool:
        """Add `item`, waiting for room; false when the channel was closed or the turn cancelled."""
        if cancel is not None:
            cancel.on_set(self.close)
        self._room.acquire()
        if self._closed.is_set():
            self._room.release()
            return False
        self._items.put(item)
        return True

    def waits(self) -> bool:
        """Whether there is something to read."""
        return not self._items.empty()

    def close(self) -> None:
        """No more items. Writers that wait for room are let go."""
        if not self._closed.is_set():
            self._closed.set()
            self._items.put(self._END)
            self._room.release(self._size)

    def __iter__(self) -> Channel[T]:
        return self

    def __next__(self) -> T:
        item = self._items.get()
        if item is self._END:
            self._items.put(self._END)
            raise StopIteration
        self._room.release()
        return item  # type: ignore[return-value]  # only put() adds items, and it takes a T


def result_of(future: Future[R], cancel: Cancel) -> R | None:
    """The result of a call that was started, or None as soon as the turn is cancelled."""
    over = threading.Event()
    future.add_done_callback(lambda _: over.set())
    cancel.on_set(over.set)
    over.wait()
    return None if cancel.is_set() else future.result()


class Worker(Generic[E_co]):
    """The thread that loads, calls and unloads one engine.

    The engine is loaded at the first call, or ahead of it by `warm`. An error while loading
    or calling is raised to whoever asked, and the next call tries again.

    patience: seconds that a call may take; `run` raises TimeoutError for one that takes longer,
        and the next call goes to a thread of its own. None waits for ever, as a native engine
        that is touched by one thread demands.
    """

    def __init__(
        self, name: str, load: Callable[[], E_co], *, patience: float | None = None
    ) -> None:
        self.name = name
        self._load = load
        self._engine: E_co | None = None
        self._impatient = OneThread(name, patience) if patience is not None else None
        self._thread: Executor = self._impatient or ThreadPoolExecutor(
            max_workers=1, thread_name_prefix=name, initializer=threads.named, initargs=(name,)
        )

    @property
    def loaded(self) -> bool:
        return self._engine is not None

    def start(self, call: Callable[[E_co], R]) -> Future[R]:
        """Queue `call` with the engine, loading it first when needed."""
        return self._thread.submit(lambda: call(self._get()))

    def run(self, call: Callable[[E_co], R], cancel: Cancel) -> R | None:
        """The result of `call`, or None as soon as the turn is cancelled.

        Raises what the call raises, and TimeoutError when it takes too long.
        """
        future = self.start(call)
        over = threading.Event()
        future.add_done_callback(lambda _: over.set())
        cancel.on_set(over.set)
        if self._impatient is None:
            over.wait()
        else:
            while not over.wait(self._impatient.left()):
                self._impatient.give_up()
        if cancel.is_set():
            future.cancel()
            return None
        return future.result()

    def warm(self) -> Future[None]:
        """Load the engine now, so that the first call need not wait for it."""
        return self.start(_loaded)

    def after(self, call: Callable[[], object]) -> Future[object]:
        """Do something in the engine's thread once it has nothing else to do; loads nothing."""
        return self._thread.submit(call)

    def unload(self) -> Future[None]:
        """Free the engine's memory; the next call loads it again."""
        return self._thread.submit(self._drop)

    def close(self) -> None:
        """Unload and end the thread, after the call that is under way."""
        self._thread.submit(self._drop)
        self._thread.shutdown(wait=True, cancel_futures=False)

    def _get(self) -> E_co:
        if self._engine is None:
            self._engine = self._load()
        return self._engine

    def _drop(self) -> None:
        close = getattr(self._engine, "close", None)
        self._engine = None
        if close is not None:
            close()


def _loaded(_engine: object) -> None:
    """Nothing more to do: the worker loads the engine before it calls."""
