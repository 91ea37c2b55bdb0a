"""Ctrl-C, and a service manager's SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def on_interrupt(callback: Callable[[], object]) -> Iterator[None]:
    """While inside, these signals call `callback` instead of ending the program.

    It is called in a thread of its own: a handler interrupts the very code that holds the
    locks which the callback wants.
    """

    def handle(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=callback, name="interrupt").start()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
