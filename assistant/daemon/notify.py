"""What the service manager is told (sd_notify(3)): ready, alive, ending. Silent without one."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping

from assistant.daemon import local


class Notifier:
    """send: as `local.send_datagram`. Called by the thread of the ears, so it never waits."""

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        send: Callable[[str, bytes], None] = local.send_datagram,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        given = os.environ if environment is None else environment
        self._address = given.get("NOTIFY_SOCKET", "")
        self._every = _watchdog_seconds(given) / 4
        self._send, self._now = send, now
        self._fed_at = float("-inf")

    @property
    def there(self) -> bool:
        """Whether a service manager listens."""
        return bool(self._address)

    def ready(self) -> None:
        """It listens."""
        self._tell("READY=1")

    def status(self, sentence: str) -> None:
        """One line, for `systemctl status`."""
        self._tell(f"STATUS={sentence.splitlines()[0] if sentence else ''}")

    def alive(self) -> None:
        """Sound has just been read, or its device tried: called often, told as often as is asked
        for. A loop that runs but reads no sound does not come here, and so counts as dead."""
        if self._every and self._now() - self._fed_at >= self._every:
            self._fed_at = self._now()
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    def _tell(self, message: str) -> None:
        if self._address:
            with contextlib.suppress(OSError):  # the manager is gone, or reads nothing: go on
                self._send(self._address, message.encode())


def _watchdog_seconds(environment: Mapping[str, str]) -> float:
    """How long the manager waits for a sign of life; 0: it does not."""
    try:
        for_us = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        return max(0.0, int(environment["WATCHDOG_USEC"]) / 1e6) if for_us else 0.0
    except (KeyError, ValueError):
        return 0.0
