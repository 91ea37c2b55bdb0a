"""`assistant config`: every setting, its value, and the layer that set it."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from assistant.cli import Family
from assistant.cli.common import layered
from assistant.config import load, parse_value, user_file, value_of, write


@click.group(cls=Family, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show every setting and where it came from; check; set."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@command.command()
@click.argument("prefix", default="")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def show(ctx: click.Context, prefix: str, as_json: bool) -> None:
    """Show the settings (those that begin with PREFIX) with their origin."""
    settings = layered(ctx)
    keys = [key for key in settings.origin if key.startswith(prefix)]
    if not keys:
        raise click.BadParameter(_none_begins(prefix, settings.origin))
    config = settings.config
    rows = {key: (_shown(key, value_of(config, key)), settings.origin[key]) for key in keys}
    if as_json:
        click.echo(json.dumps({k: {"value": v, "from": o} for k, (v, o) in rows.items()}, indent=2))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("setting", "value", "from")
    for key, (value, origin) in rows.items():
        shown = json.dumps(value, ensure_ascii=False)
        style = "" if origin == "base" else "bold"
        table.add_row(key, escape(shown), escape(origin), style=style)
    Console().print(table)


def _none_begins(prefix: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(prefix, {*known, *(k.split(".")[0] for k in known)}, n=1)
    return f"No setting begins with {prefix!r}." + (f" Did you mean {close[0]}?" if close else "")


def _shown(key: str, value: Any) -> Any:
    """What a server is started with may be a password: it is for no screen."""
    secret = key.startswith("mcp.servers.") and ".env." in key and value != "keyring"
    return "(not shown)" if secret else value


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Say whether the settings are valid."""
    layered(ctx)
    where = ctx.obj["file"] or user_file()
    click.echo(f"The settings are valid ({where}).")


@command.command(name="set")
@click.argument("key")
@click.argument("value")
@click.pass_context
def set_(ctx: click.Context, key: str, value: str) -> None:
    """Set KEY ("stt.beam") to VALUE in your own settings file."""
    file = ctx.obj["file"]
    path = write({key: parse_value(value)}, Path(file) if file else None)
    shown = json.dumps(_shown(key, value_of(load(file=path).config, key)))
    click.echo(f"{key} = {shown} in {path}")


@command.command()
@click.argument("name", default="broker")
@click.option("--remove", is_flag=True, help="Take it out of the keyring again.")
@click.pass_context
def secret(ctx: click.Context, name: str, remove: bool) -> None:
    """Put what is secret into the system keyring, and have the setting say so. It is asked for, and
    never shown.

    NAME: "broker", the password of the home's broker; or "mcp.SERVER.VARIABLE", a variable that an
    MCP server is started with.
    """
    from assistant.errors import AssistantError
    from assistant.handlers.secrets import KEYRING, keyring

    key = _setting(ctx, name)
    try:
        if remove:
            keyring(name).remove()
            click.echo("It is removed.")
            return
        keyring(name).keep(_asked(name))
    except LookupError as error:
        why = str(error)
        raise AssistantError(f"{why[0].upper()}{why[1:]}. Log in to your session.") from error
    file = ctx.obj["file"]
    write({key: KEYRING}, Path(file) if file else None)
    click.echo(f'It is kept. {key} is "{KEYRING}" now.')


def _asked(name: str) -> str:
    """Typed unseen; or the first line of what is piped in, from a password manager say."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Secret of {name}", hide_input=True))
    given = sys.stdin.readline().rstrip("\n")
    if not given:
        raise click.UsageError("There is nothing on the standard input.")
    return given


def _setting(ctx: click.Context, name: str) -> str:
    """That of a secret. Raises click.BadParameter for one that there is not."""
    if name == "broker":
        return "home.password_file"
    kind, _, rest = name.partition(".")
    server, _, variable = rest.partition(".")
    servers = layered(ctx).config.mcp.servers
    if kind != "mcp" or not variable:
        raise click.BadParameter(f"{name!r} is neither broker nor mcp.SERVER.VARIABLE.")
    if server not in servers:
        known = ", ".join(servers) or "none"
        raise click.BadParameter(f"There is no MCP server {server!r}. There are: {known}.")
    return f"mcp.servers.{server}.env.{variable}"


@command.command()
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print where your own settings file is (it need not exist)."""
    click.echo(ctx.obj["file"] or user_file())
