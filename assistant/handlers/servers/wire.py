"""The servers of the settings, each called from any thread, with an end to all that is asked.

A server is started when it is needed for the first time, and again when it has died. The SDK is
loaded then, too: it takes 50 MB, and a second.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import CancelledError
from importlib.util import find_spec
from typing import Any, TypeVar

from assistant.errors import fault
from assistant.handlers.servers.link import ENDS_WITHIN, Answer, Link, ServerError
from assistant.handlers.servers.seen import Tool
from assistant.server_settings import McpServer
from assistant.threads import named

__all__ = ["Answer", "ServerError", "Wire", "installed"]

T = TypeVar("T")
log = logging.getLogger(__name__)


def installed() -> bool:
    return find_spec("mcp") is not None


class Wire:
    """Any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._links: dict[str, Link] = {}

    def tools(self, name: str, server: McpServer, seconds: float) -> list[Tool]:
        """What a server offers. Raises ServerError."""
        return self._run(lambda link: link.tools(), name, server, seconds)

    def call(
        self,
        name: str,
        server: McpServer,
        tool: Tool,
        arguments: Mapping[str, Any],
        seconds: float,
    ) -> Answer:
        """What a tool answers. Raises ServerError, also when it is not the tool that was seen."""
        return self._run(lambda link: link.call(tool, arguments), name, server, seconds)

    def begin(self, name: str, server: McpServer) -> None:
        """Start a server already; how that went is told by the first call."""
        loop = self._begun()
        asyncio.run_coroutine_threadsafe(self._link(name, server).start_quietly(), loop)

    def close(self) -> None:
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        ending = asyncio.run_coroutine_threadsafe(self._end(), loop)
        try:
            ending.result(ENDS_WITHIN + 3)
        except Exception as error:  # noqa: BLE001  we end, whatever they do
            log.warning("a server does not end: %s", fault(error))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()

    def _run(
        self,
        what: Callable[[Link], Coroutine[Any, Any, T]],
        name: str,
        server: McpServer,
        seconds: float,
    ) -> T:
        loop, link = self._begun(), self._link(name, server)

        async def bounded() -> T:
            try:
                return await asyncio.wait_for(what(link), seconds)
            except TimeoutError:
                link.give_up()
                raise

        future = asyncio.run_coroutine_threadsafe(bounded(), loop)
        try:
            return future.result(seconds + 1)
        except TimeoutError as error:
            future.cancel()
            raise ServerError("time", f"{name} does not answer") from error
        except CancelledError as error:  # the program ends
            raise ServerError("gone", f"{name} has ended") from error

    def _begun(self) -> asyncio.AbstractEventLoop:
        if not installed():
            raise ServerError("missing", "the MCP library is not installed")
        with self._lock:
            if self._loop is None:
                self._loop = loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_serve, args=(loop,), name="servers")
                self._thread.start()
            return self._loop

    def _link(self, name: str, server: McpServer) -> Link:
        with self._lock:
            return self._links.setdefault(name, Link(name, server))

    async def _end(self) -> None:
        await asyncio.gather(*(link.end() for link in self._links.values()))


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    named("servers")
    # its complaints hold what came over the wire
    logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
