"""`assistant trace`: what happened in recent turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli.common import usable
from assistant.masking import NOBODY, Known, mask

if TYPE_CHECKING:
    from assistant.types import TurnTrace


@click.command()
@click.option(
    "--last", default=10, show_default=True, type=click.IntRange(min=1), help="How many turns."
)
@click.option("--full", is_flag=True, help="Every stage of each turn.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines, for programs.")
@click.pass_context
def command(ctx: click.Context, last: int, full: bool, as_json: bool) -> None:
    """Recent turns: stages, times, decisions, and who made them."""
    import msgspec
    from rich.console import Console

    from assistant.cli.show import summary, turn_table
    from assistant.trace import TraceLog

    trace = usable(ctx).trace
    turns = TraceLog(trace).read(last)
    if trace.mask:  # also what was written when it was off
        from assistant.people import People

        names = People(trace).learn() if any(turn.transcript for turn in turns) else NOBODY
        turns = [_masked(turn, names) for turn in turns]
    if as_json:
        for turn in turns:
            click.echo(msgspec.json.encode(turn))
        return
    if not turns:
        click.echo("There are no turns yet. Talk to me first: assistant run", err=True)
    console = Console()
    for turn in turns:
        if full:
            console.print(turn_table(turn))
            continue
        decision = turn.route.get("function") or turn.route["kind"]
        click.echo(f"{_when(turn.started)}  {turn.outcome:9} {decision:22} {summary(turn)}")
        if turn.transcript or turn.reply:
            click.echo(f"    {turn.transcript!r} -> {turn.reply!r}")


def _when(started: str) -> str:
    """The time of a turn as the clock on the wall had it, to the second."""
    from datetime import datetime

    try:
        return f"{datetime.fromisoformat(started).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:  # of a damaged line
        return started


def _masked(turn: TurnTrace, names: Known) -> TurnTrace:
    from dataclasses import replace

    return replace(turn, transcript=mask(turn.transcript, names), reply=mask(turn.reply, names))
