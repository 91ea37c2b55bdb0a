"""One server: its process, asked through the protocol's own SDK. asyncio, of one thread alone."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import AssistantError, fault
from assistant.handlers.secrets import KEYRING, of_server, secret
from assistant.handlers.servers.seen import Tool
from assistant.outside import outside
from assistant.server_settings import McpServer

if TYPE_CHECKING:
    from mcp import Client

T = TypeVar("T")
log = logging.getLogger(__name__)

ENDS_WITHIN = 3.0
"""Seconds for a server to end, when the program does."""
MOST_PAGES = 50
LONGEST = 600
"""Characters of an answer; nobody listens to more."""
_YEAR = 365.0 * 86_400


class ServerError(Exception):
    """kind: "missing" (no SDK), "start", "time", "gone" (while it worked), "changed", "refused"."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    ok: bool


class Link:
    """A process, while there is one."""

    def __init__(self, name: str, server: McpServer) -> None:
        self._name, self._server = name, server
        self._ready: asyncio.Future[Client] | None = None
        self._gone = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._found: Mapping[str, Tool] = {}

    async def start_quietly(self) -> None:
        try:
            await self.tools()
        except ServerError as error:
            log.warning("the MCP server %s: %s", self._name, error)

    async def tools(self) -> list[Tool]:
        found: list[Tool] = []
        client = await self._client()
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            page = await self._safely(client.list_tools(cursor=cursor))
            found += [_tool(each) for each in page.tools]
            cursor = page.next_cursor
            if not cursor:
                break
        self._found = {tool.name: tool for tool in found}
        return found

    async def call(self, tool: Tool, arguments: Mapping[str, Any]) -> Answer:
        client = await self._client()
        if not self._found:  # once for each process
            await self.tools()
        now = self._found.get(tool.name)
        if now is None or not now.same(tool):
            raise ServerError("changed", f"{tool.name} is not what it was when it was looked at")
        result = await self._safely(client.call_tool(tool.name, dict(arguments)))
        texts = [part.text for part in result.content if part.type == "text"]
        text = " ".join(" ".join(texts)[: 10 * LONGEST].split())
        printable = "".join(c for c in text if c.isprintable())
        return Answer(_cut(printable), not result.is_error)

    def give_up(self) -> None:
        """It did not answer in time: the next call starts it anew."""
        if self._task is not None and self._ready is not None and not self._ready.done():
            self._task.cancel()
        self._gone.set()

    async def end(self) -> None:
        self._gone.set()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=ENDS_WITHIN)
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=ENDS_WITHIN)

    async def _client(self) -> Client:
        """Connected to a process that lives: started now, if need be."""
        if self._task is None or self._task.done() or self._gone.is_set():
            if self._task is not None:
                await asyncio.wait({self._task})
            self._gone, self._found = asyncio.Event(), {}
            self._ready = asyncio.get_running_loop().create_future()
            self._task = asyncio.create_task(self._live(self._ready, self._gone))
        assert self._ready is not None
        return await asyncio.shield(self._ready)

    async def _live(self, ready: asyncio.Future[Client], gone: asyncio.Event) -> None:
        """The life of a process: from its start to its death, or our end."""
        from mcp import Client

        try:
            known = await asyncio.to_thread(_environment, self._name, self._server)
            async with Client(_Transport(self._server, known, gone)) as client:
                ready.set_result(client)
                await gone.wait()
        except Exception as error:  # noqa: BLE001  of a program that anybody wrote
            if not ready.done():
                ready.set_exception(ServerError("start", _why_not(error)))
                ready.exception()  # looked at, if nobody waits any more
        finally:
            gone.set()
            if not ready.done():
                ready.cancel()

    async def _safely(self, asked: Coroutine[Any, Any, T]) -> T:
        try:
            return await asked
        except Exception as error:  # of a program that anybody wrote, and of the SDK
            if self._gone.is_set():
                raise ServerError("gone", "it has ended meanwhile") from error
            raise ServerError("refused", f"it refuses that: {fault(error)}") from error


class _Transport:
    """The SDK's own, with what it does not tell: `gone` is set when the process ends."""

    def __init__(self, server: McpServer, known: dict[str, str], gone: asyncio.Event) -> None:
        self._context = _connected(server, known, gone)

    async def __aenter__(self) -> Any:
        return await self._context.__aenter__()

    async def __aexit__(self, *error: Any) -> bool | None:
        return await self._context.__aexit__(*error)


@asynccontextmanager
async def _connected(
    server: McpServer, known: dict[str, str], gone: asyncio.Event
) -> AsyncIterator[Any]:
    import anyio
    from mcp import StdioServerParameters
    from mcp.client.stdio import stdio_client

    program, *rest = _command(server)
    how = StdioServerParameters(
        command=program,
        args=rest,
        env={**known, **_session(server)},
        cwd=server.folder or None,
        encoding_error_handler="replace",
    )
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  what it complains of
        async with (
            stdio_client(how, nowhere) as (incoming, outgoing),
            anyio.create_task_group() as g,
        ):
            put, get = anyio.create_memory_object_stream[Any](0)

            async def pass_on() -> None:
                async with put:
                    async for message in incoming:
                        await put.send(message)
                gone.set()

            g.start_soon(pass_on)
            try:
                yield get, outgoing
            finally:
                get.close()
                g.cancel_scope.cancel()


def _why_not(error: BaseException) -> str:
    """Ours is a sentence for the user; of another program's nobody knows what is in it."""
    if isinstance(error, AssistantError):
        return str(error).rstrip(".")
    return f"it does not start: {fault(error)}"


def _command(server: McpServer) -> list[str]:
    command = list(server.command)
    if server.outside:
        command = outside(command, seconds=_YEAR, keep=server.env)
    return command


def _environment(name: str, server: McpServer) -> dict[str, str]:
    """The variables of the settings; those that are in the keyring, from there. Raises
    ConfigError."""
    return {
        variable: value if value != KEYRING else secret(of_server(name, variable), _place(name))
        for variable, value in server.env.items()
    }


def _place(name: str) -> str:
    return f"mcp.servers.{name}.env"


def _session(server: McpServer) -> dict[str, str]:
    """What is needed to reach the service manager, for a server that is started by it."""
    names = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS") if server.outside else ()
    return {name: os.environ[name] for name in names if name in os.environ}


def _tool(told: Any) -> Tool:
    hints = told.annotations
    return Tool(
        name=str(told.name),
        schema=dict(told.input_schema or {}),
        description=str(told.description or "")[:10_000],
        read_only=hints.read_only_hint if hints is not None else None,
        destructive=hints.destructive_hint if hints is not None else None,
    )


def _cut(text: str) -> str:
    """At the end of a sentence, if there is one in the second half."""
    if len(text) <= LONGEST:
        return text
    head = text[:LONGEST]
    end = max(head.rfind(sign) for sign in (". ", "! ", "? "))
    return head[: end + 1] if end > LONGEST // 2 else head
