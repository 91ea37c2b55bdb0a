"""`assistant docs`: the documents that questions are answered from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import NOT_UNDERSTOOD, Family
from assistant.cli.common import language_option, settings

if TYPE_CHECKING:
    from assistant.stages import Quote
    from assistant.think.documents.index import Progress
    from assistant.think.documents.library import Library
    from assistant.think.documents.store import Store

PLACE = click.Path(path_type=Path)


@click.group(cls=Family)
def command() -> None:
    """Documents that questions are answered from: Markdown, text, PDF, HTML, DOCX, EPUB.

    They stay where they are; what is kept of them is an index that only you can read. While the
    assistant runs, it follows their changes by itself.
    """


@command.command()
@click.argument("places", nargs=-1, required=True, type=PLACE)
@click.pass_context
def add(ctx: click.Context, places: tuple[Path, ...]) -> int:
    """Take in folders, with all below them, or single files.

    It may be interrupted at any time, and is gone on with by the next `docs update`.
    """
    from assistant.errors import ConfigError
    from assistant.think.documents.extract import supported
    from assistant.think.documents.library import place_of

    found = [place_of(place) for place in places]
    for place in found:
        if place.is_file() and not supported(place):
            raise ConfigError(f"{place} is of a kind that is not read. See: assistant docs --help")
    with _store() as store:
        for place in found:
            store.add_place(place)
        return _update(ctx, store)


@command.command()
@click.argument("places", nargs=-1, required=True, type=PLACE)
def remove(places: tuple[Path, ...]) -> None:
    """Forget folders or files that were added. The documents themselves are not touched."""
    from assistant.errors import ConfigError

    with _store() as store:
        known = {str(place): place for place in store.places()}
        for place in places:
            if str(place) not in known and str(place.expanduser().resolve()) not in known:
                added = ", ".join(known) or "nothing"
                raise ConfigError(f"{place} was not added. What was: {added}.")
            store.remove_place(place if str(place) in known else place.expanduser().resolve())
            click.echo(f"Forgotten: {place}")


@command.command()
@click.pass_context
def update(ctx: click.Context) -> int:
    """Look for new, changed and deleted documents now."""
    with _store() as store:
        return _update(ctx, store)


@command.command("list")
def list_() -> None:
    """Every document, and what could not be read."""
    with _store() as store:
        files = store.files()
        for file in files:
            if file.problem:
                click.echo(f"{file.path}: not read. {file.problem}", err=True)
            else:
                language = file.language or "--"
                click.echo(f"{language}  {file.passages:5}  {file.title}  ({file.path})")
        if not files:
            click.echo("Nothing yet. Add a folder: assistant docs add FOLDER", err=True)


@command.command()
def status() -> None:
    """What was added, how much that is, and whether all of it can be searched."""
    with _store() as store:
        files = store.files()
        for place in store.places():
            gone = "" if place.exists() else "  (not there at the moment; what it held is kept)"
            click.echo(f"{place}{gone}")
        missing = store.vectors_missing()
        size = sum(p.stat().st_size for p in store.path.parent.glob(f"{store.path.name}*"))
        click.echo(
            f"{sum(not f.problem for f in files)} documents, {sum(f.passages for f in files)}"
            f" passages, {size / 1e6:.1f} MB; {sum(bool(f.problem) for f in files)} not read"
        )
        if missing:
            click.echo(f"{missing} passages are found by their words only, until `docs update`")


@command.command()
@click.argument("text", nargs=-1, required=True)
@language_option
@click.pass_context
def search(ctx: click.Context, text: tuple[str, ...], language: str | None) -> int:
    """The best passages about TEXT."""
    config = settings(ctx, language)
    with _library(ctx) as library:
        found = library.search(" ".join(text), config.languages[0])
    for quote in found:
        _show(quote)
    if not found:
        click.echo("Your documents hold nothing about that.", err=True)
    return 0 if found else NOT_UNDERSTOOD


@command.command()
@click.argument("question", nargs=-1, required=True)
@language_option
@click.pass_context
def ask(ctx: click.Context, question: tuple[str, ...], language: str | None) -> int:
    """Answer a question from the documents alone. Exit code 3: they do not know."""
    from assistant.shelf import UNKNOWN

    spoken = settings(ctx, language).languages[0]
    with _library(ctx) as library:
        quote = library.answer(" ".join(question), spoken)
    if quote is None:
        click.echo(UNKNOWN[spoken])
        return NOT_UNDERSTOOD
    _show(quote)
    return 0


def _show(quote: Quote) -> None:
    click.echo(f"{quote.source}: {quote.text}\n({quote.place})")


@contextmanager
def _store() -> Iterator[Store]:
    from assistant.think.documents.store import Store

    store = Store()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _library(ctx: click.Context) -> Iterator[Library]:
    from assistant import models
    from assistant.think.documents.library import Library

    model = settings(ctx).documents.embedding
    with _store() as store:
        if model == "none" or not models.current(model):
            yield Library(store)
        else:
            from assistant.embedding import OnnxEmbedder

            yield Library(store, OnnxEmbedder(models.locate(model)).embed)


def _update(ctx: click.Context, store: Store) -> int:
    """Exit code 1 when some documents could not be read."""
    from assistant import models
    from assistant.think.documents import index

    model = settings(ctx).documents.embedding
    with bars() as progress:
        changes = index.update(store, progress)
        if model != "none" and models.current(model) and store.vectors_missing():
            from assistant.embedding import OnnxEmbedder

            embedder = OnnxEmbedder(models.locate(model))
            index.embed(store, embedder.name, embedder.embed, progress)
    for path, why in changes.problems:
        click.echo(f"{path}: {why}", err=True)
    click.echo(
        f"Read {changes.read}, unchanged {changes.unchanged}, not readable {len(changes.problems)},"
        f" gone {changes.removed}; {changes.passages} new passages."
    )
    if model != "none" and not models.current(model):
        click.echo(
            f"The model {model} is not here: words are found, what is said in other words is not."
            f" Fetch it with: assistant models pull {model}",
            err=True,
        )
    return 1 if changes.problems else 0


@contextmanager
def bars() -> Iterator[Progress]:
    """A bar for reading and one for embedding; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    names = {"read": "Reading documents", "embed": "Finding out what they mean"}
    console = Console(stderr=True)
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, object] = {}

        def progress(what: str, done: int, whole: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(names[what], total=whole)
            bars.update(tasks[what], completed=done, total=whole)  # type: ignore[arg-type]

        yield progress
