"""`assistant forget`: what is kept of the past, erased."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import click

from assistant.caches import ALL, WORDS, erase, erase_caches
from assistant.cli.common import usable

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
KINDS = ("turns", "notes", "lists", "memory", "timers", "phrases")
"""What has a time, by which it can be erased. timers: alarms, reminders, later commands."""
_TOLD_AS = {"lists": "entries of lists", "memory": "memories", "timers": "timers and reminders"}

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
    help="Also what you told it to keep: memory, lists, notes, timers, phrases, exchange rates, the"
    " index of documents, what you allowed of MCP servers.",
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
    is on. Models and settings stay. trace.days and keep.*_days erase by themselves."""
    from assistant import localtime
    from assistant.trace import TraceLog

    wanted = [bool(last), bool(older_than), all_, everything]
    if sum(wanted) != 1:
        raise click.UsageError("Say one of --last, --older-than, --all, --everything.")
    if kinds and not (last or older_than):
        raise click.UsageError("--of goes with --last or --older-than.")
    log = TraceLog(usable(ctx).trace)
    now = localtime.now()
    if last or older_than:
        bound = now - duration(last or older_than or "")
        _by_time(ctx, log.forget, kinds or ("turns",), lambda at: (at >= bound) == bool(last), yes)
        return
    what = "everything that you told it, and all of its history" if everything else "its history"
    if not yes:
        click.confirm(f"Erase {what}?", abort=True)
    if everything:
        erase(_kept())
        _forget_key()
    count = log.forget(lambda _: True)
    erase_caches(ALL)
    click.echo(f"{count} turns are erased, and the caches{', and all else' * everything}.")


class _Store(Protocol):
    """What was told, on disk."""

    def shred(self, which: Which) -> int: ...


def _by_time(
    ctx: click.Context,
    turns: Callable[[Which], int],
    kinds: tuple[str, ...],
    which: Which,
    yes: bool,
) -> None:
    named = KINDS if "all" in kinds else tuple(kind for kind in KINDS if kind in kinds)
    told = [kind for kind in named if kind != "turns"]
    if told and not yes:
        click.confirm(f"Erase what you told it of that time ({', '.join(told)})?", abort=True)
    for kind in named:
        count = turns(which) if kind == "turns" else _shredded(ctx, kind, which, yes)
        click.echo(f"{count} {_TOLD_AS.get(kind, kind)} are erased.")
    if told:
        erase_caches(WORDS)


def _shredded(ctx: click.Context, kind: str, which: Which, yes: bool) -> int:
    """Also under an assistant that runs, which looks at the files again. Entries of lists, timers
    and phrases of before times were kept with them count as of long ago."""
    from assistant import paths
    from assistant.handlers.lists.notebook import Notebook
    from assistant.handlers.registry import taught_store
    from assistant.handlers.timekeeping.due_store import DueStore

    if kind == "phrases":
        return taught_store(usable(ctx)).shred(which)
    file = paths.data_dir() / "assistant.db"
    if kind == "memory":
        return _of_memory(file, which, yes)
    if not file.exists():
        return 0
    if kind == "timers":
        with contextlib.closing(DueStore(file)) as due:
            return due.shred(which)
    with contextlib.closing(Notebook(file)) as book:
        return book.shred_notes(which) if kind == "notes" else book.shred_entries(which)


def _of_memory(file: Path, which: Which, yes: bool) -> int:
    """Where its key is gone, nobody can tell of what time it is: all of it goes, or nothing."""
    from assistant.errors import FunctionError
    from assistant.handlers.built_in import memories
    from assistant.handlers.memory.store import UNREADABLE

    store = memories(file)
    with contextlib.closing(store):
        try:
            return store.shred(which)
        except FunctionError as error:
            if error.code != UNREADABLE:
                raise
        if not yes:
            told = "What it remembers cannot be read, nor when you told it that: its key is gone."
            click.confirm(f"{told} Erase all of it?", abort=True)
        return store.erase_all()


def _kept() -> list[Path]:
    """What the user told. Raises AlreadyRunningError while an assistant holds it open."""
    from assistant import paths
    from assistant.daemon.instance import Instance

    with Instance():  # nobody writes it anew while it goes
        pass
    names = ("assistant.db", "documents.", "memory.", "taught.toml", "rates.json", "tools.json")
    data = paths.data_dir()
    found = [path for name in (*names, "energy.json") for path in sorted(data.glob(f"{name}*"))]
    return [*found, data / ".memory.key.new"]


def _forget_key() -> None:
    """The key of the memory in the system keyring, where there is one. Passwords are settings."""
    from assistant.handlers.memory.keys import SecretService

    with contextlib.suppress(LookupError):
        SecretService().remove()
