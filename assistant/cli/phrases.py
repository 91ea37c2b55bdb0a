"""`assistant phrases`: what was taught, listed, exported, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli import Family
from assistant.cli.common import settings

if TYPE_CHECKING:
    from assistant.handlers.own.taught_store import TaughtStore


@click.group(cls=Family)
def command() -> None:
    """What you taught it: "when I say movie time, turn it up".

    Routines can also be written by hand, as files in the folder `routines` beside the settings.
    """


@command.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """Every phrase, and what it stands for."""
    store = _store(ctx)
    for lesson in store.lessons():
        where = f"  ({lesson.file.name})" if lesson.file else ""
        click.echo(f"{lesson.language}  {lesson.phrase}: {'; '.join(lesson.steps)}{where}")
    for problem in store.problems:
        click.echo(problem, err=True)
    if not store.lessons() and not store.problems:
        click.echo('Nothing yet. Say, for example: "when I say movie time, turn it up".', err=True)


@command.command()
@click.pass_context
def export(ctx: click.Context) -> None:
    """Print all of it, as a file that the folder `routines` takes."""
    from assistant.handlers.own.taught_store import as_toml

    click.echo(as_toml(_store(ctx).lessons()), nl=False)


@command.command()
@click.argument("phrase", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Forget every phrase taught by voice.")
@click.pass_context
def forget(ctx: click.Context, phrase: tuple[str, ...], everything: bool) -> int:
    """Forget a phrase that was taught by voice, in every language."""
    store = _store(ctx)
    text = " ".join(phrase)
    if everything == bool(text):
        raise click.UsageError("Give a phrase, or --all.")
    if everything:
        click.echo(f"Forgotten: {len(store.replace_all(()))}.")
        return 0
    gone = [lesson for language in ("en", "es") if (lesson := store.forget(text, language))]
    if not gone:
        click.echo(f"Nobody taught me {text!r}. See: assistant phrases list", err=True)
        return 1
    click.echo(f"Forgotten: {gone[0].phrase}.")
    return 0


def _store(ctx: click.Context) -> TaughtStore:
    from assistant.handlers.registry import taught_store

    return taught_store(settings(ctx))
