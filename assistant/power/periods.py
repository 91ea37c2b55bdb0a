"""On and off taking turns, so that what the assistant needs can be told from the machine."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from types import TracebackType


class Periods:
    """Runs a program in every other period, the first one without it. Without a program all is on.

    Leaving the `with` statement ends the program.
    """

    def __init__(self, program: Sequence[str], seconds: float) -> None:
        self._program = list(program)
        self._seconds = seconds
        self._began: float | None = None
        self._running: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Periods:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._end()

    def on(self, now: float) -> bool:
        """Whether this period has the program in it; begins and ends it. `now`: seconds.

        Raises OSError when the program cannot be started."""
        if not self._program:
            return True
        self._began = now if self._began is None else self._began
        wanted = int((now - self._began) / self._seconds) % 2 == 1
        if wanted and (self._running is None or self._running.poll() is not None):
            self._running = subprocess.Popen(
                self._program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
            )
        elif not wanted:
            self._end()
        return wanted

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None and running.poll() is None:
            running.terminate()
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
