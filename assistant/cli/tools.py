"""`assistant tools`: what the MCP servers of the settings offer, looked at and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from assistant.cli.common import settings

if TYPE_CHECKING:
    from assistant.handlers.servers.seen import Tool
    from assistant.server_settings import McpServer

PATIENCE = 60.0
"""Seconds for a server to start; the first start of some fetches what they need."""


@click.command()
@click.pass_context
def command(ctx: click.Context) -> int:
    """Start each MCP server of the settings ([mcp.servers.NAME]), show its tools, and keep what
    they take. Only a tool that was seen here, and is the same when it is called, is ever called;
    and only one that you allow: by `allow`, or by sentences of your own. Exit code 1: one failed.
    """
    from assistant.handlers.servers import seen
    from assistant.handlers.servers.wire import ServerError, Wire

    servers = settings(ctx).mcp.servers
    if not servers:
        click.echo("There are no MCP servers. Name one: [mcp.servers.NAME] command = [...]")
        return 0
    before, failed = seen.read(), False
    kept = {name: list(before.get(name, {}).values()) for name in servers}
    wire = Wire()
    try:
        for name, server in servers.items():
            click.echo(click.style(name, bold=True))
            try:
                kept[name] = found = wire.tools(name, server, PATIENCE)
            except ServerError as error:
                failed = True
                click.echo(f"  {error}.")
                continue
            for line in _lines(server, found, before.get(name, {})):
                click.echo(f"  {line}")
    finally:
        wire.close()
    seen.write(kept)
    return int(failed)


def _lines(server: McpServer, found: list[Tool], before: Mapping[str, Tool]) -> Iterator[str]:
    from assistant.errors import ConfigError
    from assistant.handlers.servers import schema

    for tool in found:
        known = before.get(tool.name)
        marks = ["allowed" if tool.name in {*server.allow, *server.tools} else "not allowed"]
        own = server.tools.get(tool.name)
        asks = tool.careful if own is None or own.confirm is None else own.confirm
        marks += ["asks first"] if asks else []
        marks += ["CHANGED since you looked"] if known is not None and not known.same(tool) else []
        try:
            slots = schema.slots(tool.schema)
            takes = ", ".join(f"{{{n}}}" if s.needed else f"[{{{n}}}]" for n, s in slots.items())
        except ConfigError as error:
            takes = f"cannot be called: {error}"
        yield f"{tool.name[:60]!r:24} {'; '.join(marks)}; {takes or 'takes nothing'}"
        if tool.shown:
            yield f"    {tool.shown}"
    missing = {*server.allow, *server.tools} - {tool.name for tool in found}
    yield from (f"{name!r} is allowed, and not there." for name in sorted(missing))
