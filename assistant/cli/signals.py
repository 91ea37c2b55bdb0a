"""Ctrl-C, a service manager's SIGTERM, and the SIGHUP of a terminal that is closed."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

log = logging.getLogger(__name__)

ENDS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def on_interrupt(
    callback: Callable[[], object], numbers: Sequence[signal.Signals] = ENDS
) -> Iterator[None]:
    """While inside, these signals call `callback` instead of ending the program. One that is
    ignored, as `nohup` has it, stays so. For the main thread. The callback must not take long: the
    signals that come meanwhile wait for it, those of an outer `on_interrupt` too.

    It is called by a thread that waits at a pipe from the beginning: a handler interrupts the very
    code that holds the locks which the callback wants. Into the pipe it is not a handler of ours
    that writes, but Python's own in C (`signal.set_wakeup_fd`): ours runs when the main thread is
    woken, and a signal that the system gives to another thread, as it may after a SIGCONT, does
    not wake it.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    wanted = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    outer = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def wait() -> None:
        while got := os.read(reader, 64):
            for number in got:
                if number in wanted:
                    _call(callback)
                elif outer >= 0:
                    os.write(outer, bytes([number]))

    waiting = threading.Thread(target=wait, name="interrupt")
    waiting.start()
    before = {number: signal.signal(number, lambda *_: None) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(outer)
        os.close(writer)  # the end of the pipe ends the thread
        waiting.join()
        os.close(reader)


def _call(callback: Callable[[], object]) -> None:
    """Whatever fails in it, the next signal is heard."""
    try:
        callback()
    except Exception:
        log.exception("a signal's callback failed")
