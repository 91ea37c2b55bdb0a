"""The schema of one MCP server in the settings; see `handlers.servers`."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class McpSentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a tool is asked for; `help` has an example for each language. confirm: whether it is
    asked first; None: as the server says of it."""

    en: list[str] = []
    es: list[str] = []
    help: dict[str, str] = {}
    confirm: bool | None = None


class McpServer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A program that speaks the Model Context Protocol on stdin and stdout."""

    command: Annotated[list[str], Meta(min_length=1)]
    allow: list[str] = []
    tools: dict[str, McpSentences] = {}
    env: dict[str, str] = {}
    folder: str = ""
    start: Literal["first-use", "start"] = "first-use"
    time_limit: Annotated[float, Meta(gt=0, le=60)] = 8.0
    outside: bool = False
