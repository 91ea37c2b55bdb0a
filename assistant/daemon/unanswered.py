"""Who was speaking to us when the program crashed is asked to say it again by the next start."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from assistant import paths
from assistant.types import Event

RECENT = 60.0
"""Seconds: whoever spoke longer ago has given up on it."""
BEGIN = {"awake", "listening"}
BY_CALL = 1.0
"""Seconds: a turn that is cancelled so shortly after a call was cancelled by it."""


class Unanswered:
    """A file that exists while a command is heard and answered. A crash leaves it there."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.runtime_dir() / "unanswered"
        self._there = False
        self._called_at = 0.0

    def owed(self) -> bool:
        """Whether the run before ended in the middle of a command, just now. Asked once."""
        try:
            age = time.time() - self._file.stat().st_mtime
            self._file.unlink()
        except OSError:
            return False
        return 0 <= age < RECENT

    def note(self, event: Event) -> None:
        """Some 30 µs: the folder is in memory, where a session has one."""
        with contextlib.suppress(OSError):
            if event.kind in BEGIN:
                self._called_at = time.monotonic()
                if not self._there:
                    self._file.touch(paths.OWNER_ONLY)
                self._there = True
            elif self._there and self._ends(event):
                self._there = False
                self._file.unlink(missing_ok=True)

    def _ends(self, event: Event) -> bool:
        """Whether nothing is owed any more. What rings meanwhile, and a turn that gave way to this
        very call, end too."""
        turn = event.turn
        if event.kind != "idle" or turn is None:
            return event.kind in {"idle", "nothing said"}
        cut_off = turn.outcome == "cancelled" and time.monotonic() - self._called_at < BY_CALL
        return turn.trace.kind != "announcement" and not cut_off

    def close(self) -> None:
        """The program ends as it should."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
