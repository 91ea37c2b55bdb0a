"""`assistant tune`: measure the candidates on this machine, and write what is the fastest."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli.common import settings
from assistant.config import write


@click.command()
@click.option(
    "--rounds",
    default=3,
    show_default=True,
    type=click.IntRange(min=1),
    help="How often each hears all commands.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written.")
@click.pass_context
def command(ctx: click.Context, rounds: int, dry_run: bool) -> None:
    """Find the fastest settings within the budgets of this machine; takes a few minutes.

    Leave the machine alone meanwhile. What was tried is shown; what is best goes into your settings
    file (`assistant config path`).
    """
    from assistant.power.fitting import limit
    from assistant.power.machine import look
    from assistant.tuning import Tried, tune

    config = settings(ctx)
    machine = look(Path(config.power.root), config.power)
    most = limit(config, machine.memory_mb)
    click.echo(f"{most} MB are for the program; {machine.cores} cores.")
    click.echo(f"{'tried':44} {'s':>7} {'core s':>7} {'~J':>6} {'heard':>6} {'MB':>5}")

    def tell(one: Tried) -> None:
        what = ", ".join(one.candidate.settings)
        heard = f"{100 * one.right:.0f} %" if one.right is not None else ""
        memory = str(one.candidate.memory_mb or "")
        line = f"{what:44} {one.seconds:7.3f} {one.processor:7.3f} {one.joules:6.2f}"
        click.echo(f"{line} {heard:>6} {memory:>5}  {one.left_out}".rstrip())

    found = tune(config, rounds, tell, most, machine.cores)
    if not found:
        click.echo("Nothing of it keeps the budgets of the profile: nothing is changed.")
        return
    for key, value in found.items():
        click.echo(f"{key} = {json.dumps(value)}")
    if dry_run:
        return
    file = ctx.obj["file"]
    click.echo(f"Written into {write(found, Path(file) if file else None)}.")
