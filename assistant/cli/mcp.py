"""`assistant mcp`: the device functions for local agents."""

from __future__ import annotations

import click

from assistant.cli.common import language_option, settings
from assistant.errors import AssistantError


@click.command()
@language_option
@click.pass_context
def command(ctx: click.Context, language: str | None) -> None:
    """Offer the device functions to an agent on this machine: MCP on stdin and stdout, which the
    agent starts. What is dangerous is refused: only you can have it done.

    It needs: pip install 'assistant[agents]'
    """
    from assistant.assemble import Engines
    from assistant.daemon.mcp_tools import Tools

    try:
        from assistant.daemon.mcp_server import serve
    except ImportError as error:
        raise AssistantError(
            "The MCP library is not installed. Install it with: pip install 'assistant[agents]'"
        ) from error
    with Engines(settings(ctx, language)) as engines:
        engines.ready()
        serve(Tools(engines))
