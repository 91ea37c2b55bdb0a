"""The tools of servers as the user has looked at them (`assistant tools`): a file of the owner.

A server that later says something else of a tool is not believed: its tool is not called until the
user has looked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from assistant import paths
from assistant.errors import StorageError

MOST_BYTES = 4_000_000
_LONGEST_SHOWN = 300


class Tool(msgspec.Struct, frozen=True):
    """What a server says of one of its tools. None: it says nothing of that."""

    name: str
    schema: dict[str, Any] = {}
    description: str = ""
    read_only: bool | None = None
    destructive: bool | None = None

    @property
    def careful(self) -> bool:
        """Whether it may destroy something, which the protocol supposes of a silent one."""
        return not self.read_only and self.destructive is not False

    def same(self, other: Tool) -> bool:
        """Whether it takes the same, and is as harmless."""
        return (self.name, self.schema, self.careful) == (other.name, other.schema, other.careful)

    @property
    def shown(self) -> str:
        """Its description for a screen: one line, without what a terminal would obey."""
        text = "".join(c if c.isprintable() else " " for c in self.description)
        return " ".join(text.split())[:_LONGEST_SHOWN]


_Kept = dict[str, list[Tool]]


def file() -> Path:
    return paths.data_dir() / "tools.json"


def read(path: Path | None = None) -> Mapping[str, Mapping[str, Tool]]:
    """By server and name. A file that is none counts as empty: then nothing is called."""
    path = path or file()
    try:
        if path.stat().st_size > MOST_BYTES:
            return {}
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return {}
    return {server: {tool.name: tool for tool in tools} for server, tools in kept.items()}


def write(servers: Mapping[str, Sequence[Tool]], path: Path | None = None) -> None:
    """Keep what these servers say, in the place of all that was kept. Raises StorageError."""
    path = path or file()
    new = path.with_name(f"{path.name}.new")
    try:
        paths.private_dir(path.parent)
        new.touch(paths.OWNER_ONLY)
        new.write_bytes(msgspec.json.encode({name: list(tools) for name, tools in servers.items()}))
        new.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error
