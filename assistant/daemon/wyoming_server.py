"""The Wyoming server: asyncio, in a thread of its own, off unless the settings name a service.

Wyoming knows no passwords, so only this machine and private networks can ever reach it.
"""

from __future__ import annotations

import asyncio
import logging
import threading

from assistant.daemon.wyoming_peer import WyomingPeer
from assistant.daemon.wyoming_services import Services
from assistant.errors import AssistantError, ConfigError
from assistant.neighbours import near
from assistant.threads import named
from assistant.wyoming_frames import LONGEST_LINE

log = logging.getLogger(__name__)

MOST_PEERS = 8


class WyomingServer:
    """Listens from `start` to `close`."""

    def __init__(self, services: Services, host: str, port: int) -> None:
        """Raises ConfigError for an address that others than neighbours could reach."""
        if not near(host):
            raise ConfigError(
                f"wyoming.host: {host} is not an address of this machine or of a private network. "
                "Wyoming knows no passwords: choose 127.0.0.1, or this machine's own 192.168... ."
            )
        self._services, self._host, self._port = services, host, port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening = threading.Event()
        self._failure: OSError | None = None
        self._end: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="wyoming")
        self.port = port
        """That it listens at; of use where 0 was asked for."""

    def start(self) -> None:
        """Raises AssistantError when it cannot listen."""
        self._thread.start()
        self._listening.wait()
        if self._failure is not None:
            self._thread.join()
            raise AssistantError(
                f"The Wyoming server cannot listen at {self._host}:{self._port}: "
                f"{self._failure.strerror}. Choose another wyoming.port."
            )

    def close(self) -> None:
        """Let all peers go."""
        if self._loop is not None and self._end is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._end.set)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        named("wyoming")
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        try:
            server = await asyncio.start_server(
                self._connected, self._host, self._port, limit=LONGEST_LINE
            )
        except OSError as error:
            self._failure = error
            self._listening.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        try:
            await self._end.wait()
        finally:
            server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        address = str((writer.get_extra_info("peername") or ("",))[0])
        try:
            if near(address) and len(self._tasks) < MOST_PEERS:
                self._tasks.add(task)
                await WyomingPeer(self._services, reader, writer).run()
        except (AssistantError, asyncio.CancelledError):
            pass  # there is no loop just now, or the server ends
        finally:
            self._tasks.discard(task)
            writer.close()
