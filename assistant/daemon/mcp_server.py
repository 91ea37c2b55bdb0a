"""The MCP server on stdin and stdout, by the protocol's own SDK: asyncio, in its own process."""

from __future__ import annotations

import asyncio
from typing import Any

import mcp_types as mcp
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from assistant import __version__
from assistant.daemon.mcp_tools import Described, Tools

INSTRUCTIONS = (
    "The functions of the user's own device. Each answers in a sentence. What is dangerous is "
    "refused: the user must ask for it and confirm it, by voice or by hand."
)


def server(tools: Tools) -> Server[Any]:
    """One whose calls go to `tools`, one after another, in another thread."""
    turn = asyncio.Lock()

    async def listed(_: Any, __: mcp.PaginatedRequestParams | None) -> mcp.ListToolsResult:
        found = await asyncio.to_thread(tools.listed)
        return mcp.ListToolsResult(tools=[_tool(each) for each in found])

    async def called(_: Any, asked: mcp.CallToolRequestParams) -> mcp.CallToolResult:
        async with turn:
            answer = await asyncio.to_thread(tools.call, asked.name, asked.arguments or {})
        content: list[Any] = [mcp.TextContent(type="text", text=answer.text)]
        return mcp.CallToolResult(content=content, is_error=not answer.ok)

    return Server(
        "assistant",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _tool(described: Described) -> mcp.Tool:
    hints = mcp.ToolAnnotations(
        read_only_hint=described.looks_only,
        destructive_hint=described.dangerous,
        open_world_hint=False,
    )
    return mcp.Tool(
        name=described.name,
        description=described.description,
        input_schema=dict(described.schema),
        annotations=hints,
    )


def serve(tools: Tools) -> None:
    """Until the agent closes our input."""

    async def run() -> None:
        ours = server(tools)
        async with stdio_server() as (incoming, outgoing):
            await ours.run(incoming, outgoing, ours.create_initialization_options())

    asyncio.run(run())
