"""The turn that is on, for whoever wants to end it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.worker import Cancel


class Current:
    """At most one turn at a time; `cancel` and `close` may be called by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancel: Cancel | None = None
        self._closed = False

    @contextmanager
    def on(self, cancel: Cancel) -> Iterator[None]:
        """While inside, the turn of `cancel` is on; it is over at once when all is."""
        with self._lock:
            self._cancel = cancel
            closed = self._closed
        if closed:
            cancel.set()
        try:
            yield
        finally:
            with self._lock:
                self._cancel = None

    def cancel(self) -> bool:
        """End the turn that is on; false: there is none."""
        with self._lock:
            cancel = self._cancel
        if cancel is not None:
            cancel.set()
        return cancel is not None

    def close(self) -> None:
        """No turn will be on for longer than it takes to end it."""
        with self._lock:
            self._closed = True
