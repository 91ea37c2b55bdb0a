"""A queue between two threads of the core, that can be closed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from assistant.patience import LOOK_EVERY
from assistant.worker import Cancel

T = TypeVar("T")


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

    def each(self, look: Callable[[], object]) -> Iterator[T]:
        """The items, until it is closed and empty; while there is none, `look` is called."""
        while True:
            try:
                item = self._items.get(timeout=LOOK_EVERY)
            except queue.Empty:
                look()
                continue
            if item is self._END:
                self._items.put(self._END)
                return
            self._room.release()
            yield item  # type: ignore[misc]  # as below

    def __iter__(self) -> Channel[T]:
        return self

    def __next__(self) -> T:
        item = self._items.get()
        if item is self._END:
            self._items.put(self._END)
            raise StopIteration
        self._room.release()
        return item  # type: ignore[return-value]  # only put() adds items, and it takes a T
