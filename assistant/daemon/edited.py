"""The user's settings, looked at while we run: what is edited is taken in."""

from __future__ import annotations

import time
from pathlib import Path

LOOK_EVERY = 1.0
"""Seconds. A look costs 2 µs, and is made when the microphone is read: it wakes no processor."""

Stamp = tuple[int, int, int] | None
"""Of a file: inode, size, time of its last change in nanoseconds; None: there is none."""


class Edited:
    """Used by one thread. Two looks in a row must see the same: an editor may write bit by bit."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._taken = self._last = self._stamp()
        self._looked_at = time.monotonic()
        self._again = False

    def look(self, now: float) -> bool:
        """Whether it has changed since it was last taken in. now: monotonic seconds."""
        if now - self._looked_at < LOOK_EVERY:
            return False
        self._looked_at = now
        before, self._last = self._last, self._stamp()
        if self._last != before or (self._last == self._taken and not self._again):
            return False
        self._taken, self._again = self._last, False
        return True

    def again(self) -> None:
        """It could not be taken in when it was to be. Any thread."""
        self._again = True

    def _stamp(self) -> Stamp:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns
