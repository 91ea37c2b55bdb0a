"""`assistant lists` and `assistant notes`: what was said to be kept, as text."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import Family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.handlers.lists.notebook import NamedList, Note, Notebook

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
)
_OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, readable by you only; else it is printed.",
)


_MASKED = click.option(
    "--masked", is_flag=True, help="With numbers, addresses and names masked, to show to others."
)


@click.group(cls=Family)
def lists() -> None:
    """Your lists: for shopping, of things to do, and others."""


@lists.command("export")
@_FORMAT
@_OUTPUT
@_MASKED
@click.pass_context
def export_lists(ctx: click.Context, form: str, output: Path | None, masked: bool) -> None:
    """Write out every list."""
    _write(_shown(ctx, lists_as(form, _book().lists()), masked), output, "There are no lists yet.")


@click.group(cls=Family)
def notes() -> None:
    """Your notes."""


@notes.command("export")
@_FORMAT
@_OUTPUT
@_MASKED
@click.pass_context
def export_notes(ctx: click.Context, form: str, output: Path | None, masked: bool) -> None:
    """Write out every note, the oldest first."""
    text = notes_as(form, _book().notes()[::-1])
    _write(_shown(ctx, text, masked), output, "There are no notes yet.")


def _shown(ctx: click.Context, text: str, masked: bool) -> str:
    from assistant.cli.common import settings
    from assistant.masking import mask
    from assistant.people import People

    return mask(text, People(settings(ctx).trace).learn()) if masked else text


def lists_as(form: str, lists: Sequence[NamedList]) -> str:
    head, open_, done = ("## ", "- [ ] ", "- [x] ") if form == "markdown" else ("", "  ", "  x ")
    parts = [
        "\n".join(
            [f"{head}{each.name}"]
            + ([""] if form == "markdown" else [])
            + [f"{done if entry.done else open_}{_line(entry.text)}" for entry in each.entries]
        )
        for each in lists
    ]
    return "\n\n".join(parts)


def notes_as(form: str, notes: Sequence[Note]) -> str:
    if form == "markdown":
        return "\n\n".join(f"## {n.written:%Y-%m-%d %H:%M}\n\n{_line(n.text)}" for n in notes)
    return "\n".join(f"{note.written:%Y-%m-%d %H:%M}  {_line(note.text)}" for note in notes)


def _line(text: str) -> str:
    return " ".join(text.split())


def _book() -> Notebook:
    from assistant import paths
    from assistant.handlers.lists.notebook import Notebook

    return Notebook(paths.data_dir() / "assistant.db")


def _write(text: str, output: Path | None, nothing: str) -> None:
    """nothing: what is told beside it where there is no text."""
    if not text:
        click.echo(nothing, err=True)
    if output is None:
        click.echo(text, nl=bool(text))
        return
    from assistant import paths
    from assistant.errors import StorageError

    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, paths.OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):  # it may have been there, for all to read
                os.fchmod(handle, paths.OWNER_ONLY)
            file.write(text + "\n" if text else "")
    except OSError as error:
        raise StorageError(f"{output} cannot be written: {error.strerror}.") from error
