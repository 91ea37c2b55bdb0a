"""`assistant forget`: what is kept of the past, erased."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import click

from assistant.cli.common import settings

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: str) -> timedelta:
    """Of "90m", "2h", "7d", "3w". Raises click.BadParameter."""
    found = re.fullmatch(r"(\d{1,6})\s*([mhdw])", text.strip().lower())
    if found is None:
        raise click.BadParameter(f"{text!r} is no length of time: write 90m, 2h, 7d or 3w.")
    return timedelta(**{_UNITS[found.group(2)]: int(found.group(1))})


@click.command()
@click.option("--last", metavar="TIME", help="The turns of the last 90m, 2h, 7d, 3w.")
@click.option("--older-than", metavar="TIME", help="All turns but those of the last 7d, 3w.")
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
    log = TraceLog(settings(ctx).trace)
    now = localtime.now()
    if last or older_than:
        bound = now - duration(last or older_than or "")
        count = log.forget(lambda at: (at >= bound) == bool(last))
        click.echo(f"{count} turns are erased.")
        return
    what = "everything that you told it, and all of its history" if everything else "its history"
    if not yes:
        click.confirm(f"Erase {what}?", abort=True)
    if everything:
        _erase(_kept())
    count = log.forget(lambda _: True)
    _erase(_cached())
    click.echo(f"{count} turns are erased, and the caches{', and all else' * everything}.")


def _kept() -> list[Path]:
    """What the user told. Raises AlreadyRunningError while an assistant holds it open."""
    from assistant import paths
    from assistant.daemon.instance import Instance

    with Instance():  # nobody writes it anew while it goes
        pass
    names = ("assistant.db", "documents.db", "taught.toml")
    data = paths.data_dir()
    return [path for name in names for path in sorted(data.glob(f"{name}*"))]


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
