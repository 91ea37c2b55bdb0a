"""`assistant forget`: what is kept of the past, erased."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import settings

if TYPE_CHECKING:
    from assistant.handlers.lists.notebook import Notebook

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
KINDS = ("turns", "notes", "lists", "memory")
"""What has a time, by which it can be erased."""

Which = Callable[[datetime], bool]


def duration(text: str) -> timedelta:
    """Of "90m", "2h", "7d", "3w". Raises click.BadParameter."""
    found = re.fullmatch(r"(\d{1,6})\s*([mhdw])", text.strip().lower())
    if found is None:
        raise click.BadParameter(f"{text!r} is no length of time: write 90m, 2h, 7d or 3w.")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


@click.command()
@click.option("--last", metavar="TIME", help="What is of the last 90m, 2h, 7d, 3w.")
@click.option("--older-than", metavar="TIME", help="All but what is of the last 7d, 3w.")
@click.option(
    "--of",
    "kinds",
    multiple=True,
    type=click.Choice([*KINDS, "all"]),
    help="With a time: of what; turns, where nothing is named. May be given several times.",
)
@click.option("--all", "all_", is_flag=True, help="All turns, and all that was cached.")
@click.option(
    "--everything",
    is_flag=True,
    help="Also what you told it to keep: memory, lists, notes, timers, phrases, documents' index.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(
    ctx: click.Context,
    last: str | None,
    older_than: str | None,
    kinds: tuple[str, ...],
    all_: bool,
    everything: bool,
    yes: bool,
) -> None:
    """Erase what is kept of the past. Sound is never kept; the words only where trace.transcripts
    is on. Models and settings stay. trace.days erases turns by themselves."""
    from assistant import localtime
    from assistant.trace import TraceLog

    wanted = [bool(last), bool(older_than), all_, everything]
    if sum(wanted) != 1:
        raise click.UsageError("Say one of --last, --older-than, --all, --everything.")
    if kinds and not (last or older_than):
        raise click.UsageError("--of goes with --last or --older-than.")
    log = TraceLog(settings(ctx).trace)
    now = localtime.now()
    if last or older_than:
        bound = now - duration(last or older_than or "")
        _by_time(log.forget, kinds or ("turns",), lambda at: (at >= bound) == bool(last), yes)
        return
    what = "everything that you told it, and all of its history" if everything else "its history"
    if not yes:
        click.confirm(f"Erase {what}?", abort=True)
    if everything:
        _erase(_kept())
        _forget_key()
    count = log.forget(lambda _: True)
    _erase(_cached())
    click.echo(f"{count} turns are erased, and the caches{', and all else' * everything}.")


def _by_time(
    turns: Callable[[Which], int], kinds: tuple[str, ...], which: Which, yes: bool
) -> None:
    named = KINDS if "all" in kinds else tuple(kind for kind in KINDS if kind in kinds)
    told = [kind for kind in named if kind != "turns"]
    if told and not yes:
        click.confirm(f"Erase what you told it of that time ({', '.join(told)})?", abort=True)
    erase = {"turns": turns, "notes": _notes, "lists": _entries, "memory": _memories}
    for kind in named:
        what = {"lists": "entries of lists", "memory": "memories"}.get(kind, kind)
        click.echo(f"{erase[kind](which)} {what} are erased.")


def _notes(which: Which) -> int:
    from assistant import paths
    from assistant.handlers.lists.notebook import Notebook

    book = Notebook(paths.data_dir() / "assistant.db")
    return _closed(book, lambda: book.shred_notes(which))


def _entries(which: Which) -> int:
    """Those of before times were kept with them count as of long ago."""
    from assistant import paths
    from assistant.handlers.lists.notebook import Notebook

    book = Notebook(paths.data_dir() / "assistant.db")
    return _closed(book, lambda: book.shred_entries(which))


def _closed(book: Notebook, erase: Callable[[], int]) -> int:
    try:
        return erase() if book.path.exists() else 0
    finally:
        book.close()


def _memories(which: Which) -> int:
    """Not under an assistant that runs, which would still know them."""
    from assistant import paths
    from assistant.daemon.instance import Instance
    from assistant.handlers.built_in import memories

    store = memories(paths.data_dir() / "assistant.db")
    try:
        if not store.path.exists():
            return 0
        with Instance():
            found = [memory for memory in store.all() if which(memory.told)]
            store.forget(found)
            return len(found)
    finally:
        store.close()


def _kept() -> list[Path]:
    """What the user told. Raises AlreadyRunningError while an assistant holds it open."""
    from assistant import paths
    from assistant.daemon.instance import Instance

    with Instance():  # nobody writes it anew while it goes
        pass
    names = ("assistant.db", "documents.db", "memory.db", "memory.key", "taught.toml", "rates.json")
    data = paths.data_dir()
    found = [path for name in (*names, "energy.json") for path in sorted(data.glob(f"{name}*"))]
    return [*found, data / ".memory.key.new"]


def _forget_key() -> None:
    """The key of the memory in the system keyring, where there is one."""
    from assistant.handlers.memory.keys import SecretService

    with contextlib.suppress(LookupError):
        SecretService().remove()


def _cached() -> list[Path]:
    """What is made again when it is missing."""
    from assistant import paths

    names = ("speech", "prefixes", "embeddings", "grammar", "examples", "onnx", "playing.m3u8")
    return [paths.cache_dir() / name for name in names]


def _erase(found: list[Path]) -> None:
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
