"""Ctrl-C, a service manager's SIGTERM, and the SIGHUP of a terminal that is closed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

ENDS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_interrupt(
    callback: Callable[[], object], numbers: Sequence[signal.Signals] = ENDS
) -> Iterator[None]:
    """While inside, these signals call `callback` instead of ending the program. One that is
    ignored, as `nohup` has it, stays so.

    It is called by a thread that waits at a pipe from the beginning. A handler interrupts the
    very code that holds the locks which the callback wants, or which starting a thread wants,
    so all that it does itself is write one byte.
    """
    reader, writer = os.pipe()

    def wait() -> None:
        while os.read(reader, 1):
            callback()

    def handle(_number: int, _frame: FrameType | None) -> None:
        os.write(writer, b"!")

    waiting = threading.Thread(target=wait, name="interrupt")
    waiting.start()
    wanted = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(writer)  # the end of the pipe ends the thread
        waiting.join()
        os.close(reader)
