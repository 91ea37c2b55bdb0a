"""What is to be switched off again after a while, without anybody waiting for it."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable

from assistant.errors import fault

log = logging.getLogger(__name__)


class Ends:
    """One end a name, each in a thread of its own that sleeps until then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[threading.Timer, Callable[[], object]]] = {}

    def after(self, length: dt.timedelta, name: str, end: Callable[[], object]) -> None:
        """Call `end` after so long, instead of what was to come for that name before."""
        self.forget(name)
        timer = threading.Timer(length.total_seconds(), self._reached, (name, end))
        timer.name, timer.daemon = f"end of {name}", True
        with self._lock:
            self._waiting[name] = timer, end
        timer.start()

    def forget(self, name: str) -> None:
        with self._lock:
            timer, _ = self._waiting.pop(name, (None, None))
        if timer is not None:
            timer.cancel()

    def close(self) -> None:
        """The program ends: what was to be switched off is switched off now."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        for timer, end in waiting.values():
            timer.cancel()
            _call(end)

    def _reached(self, name: str, end: Callable[[], object]) -> None:
        with self._lock:
            current = self._waiting.get(name)
            if current is None or current[1] is not end:
                return  # forgotten in the same moment
            del self._waiting[name]
        _call(end)


def _call(end: Callable[[], object]) -> None:
    try:
        end()
    except Exception as error:  # noqa: BLE001  nobody is there to be told
        log.error("a line could not be switched off again: %s", fault(error))
