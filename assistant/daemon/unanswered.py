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
    """A file that exists while a command is heard and answered, or its speaker is to be asked for
    it again. A crash leaves it there."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.runtime_dir() / "unanswered"
        self._open = False  # a command
        self._owes = False  # of the run before
        self._called_at = 0.0

    def owed(self) -> bool:
        """Whether the run before ended in the middle of a command, just now, or before it had
        asked for one again."""
        with contextlib.suppress(OSError):
            self._owes = 0 <= time.time() - self._file.stat().st_mtime < RECENT
        self._tidy()
        return self._owes

    def asked_again(self) -> None:
        """Whoever was speaking has been told."""
        self._owes = False
        self._tidy()

    def note(self, event: Event) -> None:
        """Some 30 µs: the folder is in memory, where a session has one."""
        with contextlib.suppress(OSError):
            if event.kind in BEGIN:
                self._called_at = time.monotonic()
                if not self._open:
                    self._file.touch(paths.OWNER_ONLY)
                self._open = True
            elif self._open and self._ends(event):
                self._open = False
                self._tidy()

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
        self._open = self._owes = False
        self._tidy()

    def _tidy(self) -> None:
        if not (self._open or self._owes):
            with contextlib.suppress(OSError):
                self._file.unlink(missing_ok=True)
