"""`assistant service`: started with the session, watched over, kept from what it needs not."""

from __future__ import annotations

import click

from assistant.cli import Family
from assistant.cli.common import settings


@click.group("service", cls=Family)
def command() -> None:
    """Run the assistant as a service of systemd: started with your session, and again when it
    fails; a loop that is alive but reads no sound counts as failed."""


@command.command("install")
@click.option("--no-start", is_flag=True, help="Only from the next session on.")
@click.option("--print", "show", is_flag=True, help="Print the unit instead.")
@click.pass_context
def install(ctx: click.Context, no_start: bool, show: bool) -> None:
    """Write the unit for the settings of now, and start it.

    It has no network at all, unless a broker of your home (home.broker) is set, or wyoming.serve.
    Run this again when these, or the profile, have changed.
    """
    from assistant.daemon import manager
    from assistant.daemon.unit import reaches, unit, unit_file

    config = settings(ctx)
    if show:
        click.echo(unit(config, manager.version()), nl=False)
        return
    manager.install(config, start=not no_start)
    network = {"none": "no network", "loopback": "this machine only", "private": "your own network"}
    click.echo(f"{unit_file()} is written. It reaches: {network[reaches(config)]}.")


@command.command("status")
def status() -> int:
    """What systemd says of it. Exit code as `systemctl status`: 3 when it does not run."""
    from assistant.daemon import manager
    from assistant.daemon.unit import NAME

    done = manager.systemctl("status", NAME, check=False)
    click.echo(done.stdout or done.stderr, nl=False)
    return done.returncode


@command.command("logs")
@click.option("-n", "--lines", default=50, show_default=True, help="How many of the last.")
@click.option("-f", "--follow", is_flag=True, help="And those to come.")
def logs(lines: int, follow: bool) -> None:
    """Its lines in the journal. What was said is in none of them."""
    from assistant.daemon import manager

    manager.follow_logs(lines, follow=follow)


@command.command("uninstall")
def uninstall() -> None:
    """Stop it, and remove the unit. Your settings and data stay."""
    from assistant.daemon import manager

    gone = manager.uninstall()
    click.echo("The service is removed." if gone else "There is no service.")
