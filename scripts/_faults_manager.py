"""The service manager of the room: what the unit promises of restarts and of the watchdog."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.daemon.unit import WATCHDOG_SECONDS

RESTART_AFTER = 0.1
"""Seconds, as in the unit (RestartSec)."""


class Watchdog:
    """Ends a program that gives no sign of life, as systemd does. path: of its socket."""

    def __init__(self, path: Path) -> None:
        self.env = {
            "NOTIFY_SOCKET": str(path),
            "WATCHDOG_USEC": str(int(WATCHDOG_SECONDS * 1e6)),
        }
        self.ended = 0
        """Programs that were ended for that."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.settimeout(0.5)
        self._process: subprocess.Popen[bytes] | None = None
        self._alive_at = time.monotonic()
        self._paused = False
        self._closing = False
        self._thread = threading.Thread(target=self._listen, name="watchdog")
        self._thread.start()

    def follow(self, process: subprocess.Popen[bytes] | None) -> None:
        """The program that is watched from now on, once it is ready."""
        self._alive_at = float("inf")
        self._process = process

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Its clock stands still, as it does while a machine sleeps."""
        self._paused = True
        try:
            yield
        finally:
            self._alive_at = max(self._alive_at, time.monotonic())
            self._paused = False

    def close(self) -> None:
        self._closing = True
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while not self._closing:
            with contextlib.suppress(TimeoutError):
                told = self._socket.recv(4096)
                if b"WATCHDOG=1" in told or b"READY=1" in told:
                    self._alive_at = time.monotonic()
            late = time.monotonic() - self._alive_at > WATCHDOG_SECONDS
            if late and not self._paused and (process := self._process) is not None:
                self.ended += 1
                self._alive_at = float("inf")
                process.kill()
