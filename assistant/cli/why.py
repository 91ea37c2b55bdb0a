"""`assistant why`: who answered a turn, why, and what it cost, in words."""

from __future__ import annotations

import click

from assistant.cli.common import usable


@click.command()
@click.argument("number", type=click.IntRange(min=1), default=1, metavar="[N]")
@click.option("--language", type=click.Choice(["en", "es"]), help="Instead of that of the turn.")
@click.pass_context
def command(ctx: click.Context, number: int, language: str | None) -> int | None:
    """Why the assistant did or said what it did: the last turn, or the Nth from the last.

    What was said is told only where `trace.transcripts` keeps it.
    """
    from assistant.cli import NOT_UNDERSTOOD
    from assistant.reasons import reasons
    from assistant.trace import TraceLog

    turns = TraceLog(usable(ctx).trace).read(number)
    if len(turns) < number:
        there = f"There are only {len(turns)} turns." if turns else "There are no turns yet."
        click.echo(f"{there} Talk to me first: assistant run", err=True)
        return NOT_UNDERSTOOD
    for sentence in reasons(turns[0], language or turns[0].language):
        click.echo(sentence)
    return None
