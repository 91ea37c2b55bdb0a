"""`assistant run`, whole, whose microphone is its standard input: for a soak.

    python -m assistant.bench.soaking [SETTING]...

Sound (16 bit, mono, LOOP_RATE) is heard as fast as it comes; while none comes there is silence, at
the speed of sound. It ends when its input does. At SIGUSR1 it gives back to the system what it does
not use, and prints what it holds then, as a line of JSON. It is controlled as any assistant is, by
its socket.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Sequence

import numpy as np

from assistant.config import load
from assistant.daemon.program import Program
from assistant.heap import give_back, one_heap
from assistant.settings import Audio
from assistant.types import LOOP_RATE, AudioChunk


class PipedSound:
    """A Source on a descriptor."""

    def __init__(self, descriptor: int, block_ms: int) -> None:
        self.lost_samples = 0
        self._descriptor = descriptor
        self._seconds = block_ms / 1000
        self._bytes = 2 * round(LOOP_RATE * self._seconds)
        self._held = b""
        self._position = 0

    def read(self) -> AudioChunk | None:
        deadline = time.monotonic() + self._seconds
        while len(self._held) < self._bytes and (left := deadline - time.monotonic()) > 0:
            if select.select([self._descriptor], [], [], left)[0]:
                piece = os.read(self._descriptor, self._bytes - len(self._held))
                if not piece:
                    return None
                self._held += piece
        samples = np.frombuffer(self._held.ljust(self._bytes, b"\0"), np.int16)
        self._held = b""
        start, self._position = self._position, self._position + len(samples)
        return AudioChunk(samples, start, time.monotonic())

    def close(self) -> None:
        """The descriptor is not ours."""


def main(overrides: Sequence[str]) -> None:
    one_heap()
    signals, noted = os.pipe()  # any thread may be interrupted, and the main one may be waiting
    os.set_blocking(noted, False)
    signal.set_wakeup_fd(noted)
    signal.signal(signal.SIGUSR1, lambda *_: None)
    threading.Thread(target=_count, args=(signals,), name="count", daemon=True).start()

    def opened(audio: Audio) -> PipedSound:
        return PipedSound(sys.stdin.fileno(), audio.block_ms)

    program = Program(lambda: load(overrides).config, bool, bool, open_device=opened)
    signal.signal(signal.SIGTERM, lambda *_: program.loop.stop())
    program.run()


def _count(signals: int) -> None:
    while received := os.read(signals, 64):
        if signal.SIGUSR1 not in received:
            continue
        give_back()
        used, free = _heap()
        told = {"python_blocks": sys.getallocatedblocks(), "heap_mb": used, "heap_free_mb": free}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


class _MallInfo(ctypes.Structure):
    """struct mallinfo2 of glibc's malloc.h."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def _heap() -> tuple[float, float]:
    """MB of the C library's heap in use, mapped blocks included, and free: kept for later."""
    try:
        ask = ctypes.CDLL(None).mallinfo2
    except AttributeError:  # another C library
        return 0.0, 0.0
    ask.restype = _MallInfo
    found = ask()
    return (found.uordblks + found.hblkhd) / 1e6, found.fordblks / 1e6


if __name__ == "__main__":
    main(sys.argv[1:])
