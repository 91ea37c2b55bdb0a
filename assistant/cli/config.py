"""`assistant config`: every setting, its value, and the layer that set it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.common import layered
from assistant.config import load, parse_value, user_file, value_of, write


@click.group(invoke_without_command=True)
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
    rows = {key: (value_of(settings.config, key), settings.origin[key]) for key in keys}
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
    click.echo(f"{key} = {json.dumps(value_of(load(file=path).config, key))} in {path}")


@command.command()
@click.option("--remove", is_flag=True, help="Take it out of the keyring again.")
def secret(remove: bool) -> None:
    """Put the password of the home's broker into the system keyring (home.password_file =
    "keyring"). It is asked for, and never shown."""
    from assistant.errors import AssistantError
    from assistant.handlers.home.broker import KEYRING, PURPOSE
    from assistant.handlers.memory.keys import SecretService

    keyring = SecretService(PURPOSE, "assistant: the password of the broker of the home")
    try:
        if remove:
            keyring.remove()
            click.echo("It is removed.")
            return
        keyring.keep(click.prompt("Password of the broker", hide_input=True))
    except LookupError as error:
        raise AssistantError(f"{error}. Use a file: home.password_file.".capitalize()) from error
    write({"home.password_file": KEYRING})
    click.echo('It is kept. home.password_file is "keyring" now.')


@command.command()
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print where your own settings file is (it need not exist)."""
    click.echo(ctx.obj["file"] or user_file())
