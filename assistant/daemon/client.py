"""The other end of the control socket, for the command line and for other programs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from assistant.daemon import local
from assistant.daemon.instance import socket_path
from assistant.daemon.protocol import VERSION, encode
from assistant.errors import AssistantError

PATIENCE = 5.0
"""Seconds that a running assistant may take to accept us."""


class NotRunningError(AssistantError):
    """There is nobody to talk to."""


class DeclinedError(AssistantError):
    """The assistant says no, and why."""


class Connection:
    """A conversation with the running assistant. Use it in a `with` statement.

    Raises NotRunningError, here or later, when there is none (any more).
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._socket = local.connected(path or socket_path(), PATIENCE)
            self._lines = self._socket.makefile("rb")
            with contextlib.ExitStack() as unless_greeted:
                unless_greeted.callback(self.close)
                self._greeted()
                unless_greeted.pop_all()
        except OSError as error:
            raise NotRunningError(
                "No assistant is running. Start one with: assistant run"
            ) from error
        self._socket.settimeout(None)

    def _greeted(self) -> None:
        hello = self._next()
        if hello.get("v") != VERSION or "hello" not in hello:
            raise NotRunningError(
                str(hello.get("error", "It speaks another protocol. Restart it."))
            )

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Also ends `events` in another thread."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(2)
        self._lines.close()
        self._socket.close()

    def request(self, do: str, **fields: Any) -> dict[str, Any]:
        """Ask for something, and wait for the reply. Raises DeclinedError when it is refused."""
        given = {name: value for name, value in fields.items() if value is not None}
        try:
            self._socket.sendall(encode({"do": do, "id": 1, **given}))
            while (message := self._next()).get("id") != 1:
                pass
        except OSError as error:
            raise NotRunningError("The assistant has ended.") from error
        if not message.get("ok"):
            raise DeclinedError(
                str(message.get("error", "refused")), code=str(message.get("code", ""))
            )
        return message

    def events(self) -> Iterator[dict[str, Any]]:
        """What happens, after a request for "events"; ends when the assistant does."""
        with contextlib.suppress(OSError, NotRunningError, ValueError):
            while True:
                message = self._next()
                if "event" in message:
                    yield message

    def _next(self) -> dict[str, Any]:
        line = self._lines.readline()
        if not line:
            raise NotRunningError("The assistant has ended.")
        try:
            message = msgspec.json.decode(line)
        except (ValueError, RecursionError) as error:
            raise NotRunningError("It speaks another protocol. Restart it.") from error
        return message if isinstance(message, dict) else {}


def running() -> Connection | None:
    """A connection, where an assistant runs."""
    try:
        return Connection()
    except NotRunningError:
        return None
