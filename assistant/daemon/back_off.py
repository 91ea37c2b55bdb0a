"""Longer and longer between one start and the next, while each of them fails.

systemd can do that itself from version 254 on (`RestartSteps`); before, the program waits here,
with next to nothing loaded.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from assistant import paths

WANTED = "ASSISTANT_BACK_OFF"
"""Set by our unit where systemd cannot."""
FIRST, LONGEST = 2.0, 60.0
"""Seconds that are waited after the second failure in a row, and at most; each time it is twice as
long. After the first nothing is."""
SETTLED = 120.0
"""Seconds after which a start counts as one that went well, however it ended."""


class _Start(msgspec.Struct):
    """failures: in a row, before it. at: seconds since the machine was started."""

    failures: int
    at: float


class BackOff:
    """`begin` at the start, `end` where the program ends as it should: a start without an end has
    failed. now: seconds since the machine was started, its sleep included."""

    def __init__(self, file: Path | None = None, now: Callable[[], float] | None = None) -> None:
        self._file = file or paths.state_dir() / "start.json"
        self._now = now or (lambda: time.clock_gettime(time.CLOCK_BOOTTIME))

    def begin(self) -> float:
        """The seconds to wait before anything is done."""
        last, now = self._last(), self._now()
        # of another start of the machine, whose clock began anew, it may tell anything
        failed = last is not None and 0 <= now - last.at < SETTLED
        failures = last.failures + 1 if last is not None and failed else 0
        wait = 0.0 if failures < 2 else min(FIRST * 2.0 ** (failures - 2), LONGEST)
        self._write(_Start(min(failures, 100), now + wait))
        return wait

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _last(self) -> _Start | None:
        with contextlib.suppress(OSError, ValueError, RecursionError):
            return msgspec.json.decode(self._file.read_bytes(), type=_Start)
        return None

    def _write(self, start: _Start) -> None:
        with contextlib.suppress(OSError):  # then it is waited no longer than systemd does
            paths.private_dir(self._file.parent)
            self._file.touch(paths.OWNER_ONLY)
            self._file.write_bytes(msgspec.json.encode(start))


@contextlib.contextmanager
def backing_off() -> Iterator[None]:
    """Around all that the program does, where our unit asks for it."""
    if os.environ.get(WANTED) != "1":
        yield
        return
    starts = BackOff()
    time.sleep(starts.begin())
    yield
    starts.end()
