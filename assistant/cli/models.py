"""`assistant models`: list, pull, verify, remove, update, roll back; and how good they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from assistant import models
from assistant.cli import Family
from assistant.cli.measured import measured
from assistant.errors import ModelError
from assistant.models.catalog import Entry
from assistant.models.install import in_words
from assistant.models.store import Installed

if TYPE_CHECKING:
    from rich.table import Table

    from assistant.models.fetch import Progress

TASKS = {
    "stt": "Speech to text",
    "llm": "Language models",
    "tts": "Voices",
    "embedding": "Sentence embeddings",
}


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Model ids, for the shell."""
    entries = models.load().values()
    return [CompletionItem(e.id, help=e.note) for e in entries if e.id.startswith(incomplete)]


ONE = click.argument("model_id", metavar="ID", shell_complete=_complete)
SOME = click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=_complete)


@click.group(cls=Family)
def command() -> None:
    """List, pull, verify, remove, update, roll back models.

    Only `pull` and `update` open network connections.
    """


@command.command("list")
@click.option("--task", type=click.Choice(list(TASKS)), help="Only models for this.")
@click.option("--language", metavar="CODE", help="Only models for this language: en, es, ...")
@click.option("--installed", "only_installed", is_flag=True, help="Only what is on this machine.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_models(
    task: str | None, language: str | None, only_installed: bool, as_json: bool
) -> None:
    """List the models of the catalog."""
    here = {have.id: have for have in models.installed()}
    entries = [
        entry
        for entry in models.load().values()
        if task in (None, entry.task)
        and (language is None or entry.speaks(language))
        and (entry.id in here or not only_installed)
    ]
    if as_json:
        click.echo(json.dumps([_as_dict(entry, here.get(entry.id)) for entry in entries], indent=1))
    elif entries:
        _print_tables(entries, here)
    else:
        click.echo("No model is like that. `assistant models list` shows all.")


@command.command()
@SOME
@click.option("--embedded", is_flag=True, help="The default models of this program.")
@click.option(
    "--from",
    "sources",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Take it from this wheel, zip, tar, folder or file instead of the network; repeatable.",
)
@click.option("--force", is_flag=True, help="Get it again even if it is here.")
def pull(ids: tuple[str, ...], embedded: bool, sources: tuple[Path, ...], force: bool) -> None:
    """Install models, by download or from files."""
    wanted = list(dict.fromkeys([*ids, *(e.id for e in models.embedded() if embedded)]))
    if not wanted:
        raise click.UsageError("Name a model, or say --embedded for the defaults.")
    if sources and len(wanted) > 1:
        raise click.UsageError("--from gives the files of one model: name only that one.")
    for model_id in wanted:
        models.find(model_id)  # a wrong id stops all before anything is downloaded
    for model_id in wanted:
        before = models.current(model_id)
        with _progress() as progress:
            if sources:
                have = models.install_from(model_id, sources, progress=progress)
            else:
                have = models.pull(model_id, progress=progress, force=force)
        new = have != before or force or bool(sources)
        click.echo(f"{model_id}: {'installed' if new else 'already here'} ({_brief(have)})")


@command.command()
@SOME
def verify(ids: tuple[str, ...]) -> None:
    """Read all files of the installed models and compare their hashes."""
    wrong = []
    for model_id in ids or [have.id for have in models.installed()]:
        problems = models.verify(model_id)
        click.echo("\n".join(problems) if problems else f"{model_id}: good")
        if problems:
            wrong.append(model_id)
    again = [model_id for model_id in wrong if model_id in models.load()]
    if again:
        raise ModelError(f"Get them again with `assistant models pull --force {' '.join(again)}`.")
    if wrong:
        raise ModelError(
            f"The catalog has {' and '.join(wrong)} no more: `assistant models remove`."
        )


@command.command()
@ONE
def remove(model_id: str) -> None:
    """Delete a model from this machine."""
    models.remove(model_id)
    click.echo(f"{model_id}: removed")


@command.command()
@SOME
def update(ids: tuple[str, ...]) -> None:
    """Get newer versions of the installed models, where there are any."""
    known = models.load()
    for model_id in ids or [have.id for have in models.installed()]:
        if not ids and model_id not in known:
            click.echo(f"{model_id}: not in the catalog any more, so it stays as it is")
            continue
        with _progress() as progress:
            new = models.update(model_id, progress=progress)
        click.echo(f"{model_id}: {'updated' if new else 'up to date'}")


@command.command()
@ONE
def rollback(model_id: str) -> None:
    """Go back to the version before the last update."""
    click.echo(f"{model_id}: back to {_brief(models.rollback(model_id))}")


@command.command()
@ONE
def path(model_id: str) -> None:
    """Print where a model is."""
    click.echo(models.locate(model_id))


command.add_command(measured)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; nothing where the output goes into a file."""
    from rich import progress as bars
    from rich.console import Console
    from rich.table import Column

    console = Console(stderr=True)
    screen = bars.Progress(
        bars.TextColumn("{task.description}", markup=False, table_column=Column(ratio=1)),
        bars.BarColumn(bar_width=20),
        bars.DownloadColumn(table_column=Column(no_wrap=True)),
        bars.TimeRemainingColumn(compact=True),
        console=console,
        transient=True,
        disable=not console.is_terminal,
        expand=True,
    )
    with screen:
        tasks: dict[str, bars.TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = screen.add_task(what)
            screen.update(tasks[what], completed=done, total=total or None)

        yield show


def _print_tables(entries: list[Entry], here: dict[str, Installed]) -> None:
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody looks at the edge: cut nothing
    for task, title in TASKS.items():
        rows = [entry for entry in entries if entry.task == task]
        if rows:
            console.print(f"\n[bold]{title}[/] ({task})")
            console.print(_table(task, rows, here, notes=console.width >= 130))
    console.print("\n+ installed   * a default, got by `assistant models pull --embedded`")


def _table(task: str, entries: list[Entry], here: dict[str, Installed], *, notes: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    headings = ["", "model", "languages", "size", "RAM", "tools", "licence", "note"]
    left_out = ({"tools"} if task != "llm" else set()) | ({"note"} if not notes else set())
    headings = [heading for heading in headings if heading not in left_out]
    for heading in headings:
        table.add_column(
            heading,
            no_wrap=heading not in ("licence", "note"),
            justify="right" if heading in ("size", "RAM") else "left",
        )
    for entry in entries:
        cells = {
            "": ("+" if entry.id in here else "") + ("*" if entry.embedded else ""),
            "model": entry.id,
            "languages": _languages(entry),
            "size": in_words(entry.bytes),
            "RAM": in_words(entry.ram_mb * 1_000_000),
            "tools": "yes" if entry.tools else "no",
            "licence": entry.licence,
            "note": entry.note,
        }
        table.add_row(*(Text(cells[heading]) for heading in headings))
    return table


def _languages(entry: Entry) -> str:
    """The first two, and how many more: "en es +6"."""
    more = len(entry.languages) - 2
    return " ".join(entry.languages[:2]) + (f" +{more}" if more > 0 else "")


def _as_dict(entry: Entry, have: Installed | None) -> dict[str, Any]:
    keys = "id task languages licence parameters quantization tools bytes ram_mb embedded note"
    return {key: getattr(entry, key) for key in keys.split()} | {
        "installed": have.version if have else None,
        "source": have.lock.source if have else None,
        "path": str(have.directory) if have else None,
    }


def _brief(have: Installed) -> str:
    return f"version {have.version}, {in_words(have.bytes)}"
