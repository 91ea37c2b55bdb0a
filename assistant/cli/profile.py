"""`assistant profile`: which device profile, what it is for, and what fits this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant import paths
from assistant.cli import Family
from assistant.cli.common import layered, layered_with, settings
from assistant.config import load, profiles, write

if TYPE_CHECKING:
    from assistant.power.machine import Machine


@click.group(cls=Family)
def command() -> None:
    """Device profiles: list, show, use, detect, fit."""


@command.command(name="list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """Every profile and what it is for; the one in use has a star."""
    used = settings(ctx).profile
    for name in profiles():
        star = "*" if name == used else " "
        click.echo(f"{star} {name:22} {_purpose(name)}")


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """What NAME changes of base.toml, and its budget."""
    found = load([f"profile={json.dumps(name)}"])
    click.echo(f"# {_purpose(name)}")
    from assistant.config import value_of

    for key, origin in found.origin.items():
        if origin == f"profile {name}":
            click.echo(f"{key} = {json.dumps(value_of(found.config, key))}")


@command.command()
@click.argument("name")
@click.pass_context
def use(ctx: click.Context, name: str) -> None:
    """Use NAME from now on ("none": base.toml as it is)."""
    file = ctx.obj["file"]
    path = write({"profile": name}, Path(file) if file else None)
    click.echo(f"profile = {json.dumps(name)} in {path}")
    missing = _missing(ctx)
    if missing:
        click.echo("Missing: assistant models pull " + " ".join(missing))


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def detect(ctx: click.Context, as_json: bool) -> None:
    """Look at this machine, and propose a profile with reasons. Nothing is changed."""
    from dataclasses import asdict

    from assistant.power.machine import look, propose

    config = settings(ctx)
    machine = look(Path(config.power.root), config.power)
    found = propose(machine)
    if as_json:
        click.echo(json.dumps({"machine": asdict(machine), **asdict(found)}, indent=2))
        return
    for name, value in _described(machine):
        click.echo(f"{name:12} {value}")
    click.echo(f"\nProposed: {found.profile}")
    for reason in found.reasons:
        click.echo(f"  {reason}")
    click.echo(f"Use it with: assistant profile use {found.profile}")


@command.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="Models that do not fit, too.")
@click.pass_context
def fit(ctx: click.Context, name: str | None, everything: bool) -> None:
    """What each model would need here with profile NAME, before anything is loaded."""
    from assistant.models import catalog
    from assistant.power.fitting import chosen, fits, limit, needed
    from assistant.power.machine import look

    config = layered_with(ctx, [f"profile={json.dumps(name)}"] if name else []).config
    machine = look(Path(config.power.root), config.power)
    most = limit(config, machine.memory_mb)
    whole = needed(chosen(config))
    verdict = "fits" if whole <= most else "does not fit"
    click.echo(f"The machine has {machine.memory_mb} MB; {most} MB are for the program.")
    click.echo(f"With {', '.join(chosen(config)) or 'no models'}: {whole} MB, which {verdict}.")
    for key, value in _budget(config.budget).items():
        click.echo(f"  budget: {key} {value:g}")
    click.echo(f"\n{'model':46} {'task':10} {'program, MB':>11}")
    for row in fits(config, catalog.load().values(), most):
        if row.fits or row.chosen or everything:
            marks = ["chosen"] * row.chosen + ["installed"] * row.installed
            marks += ["does not fit"] * (not row.fits)
            click.echo(
                f"{row.model:46} {row.task:10} {row.needs_mb:11} {', '.join(marks)}".rstrip()
            )


def _described(machine: Machine) -> Iterator[tuple[str, str]]:
    memory = f", {machine.graphics_mb} MB" if machine.graphics_mb else ""
    supply = "in use" if machine.on_battery else "plugged in"
    measuring = [name for name in machine.meters if name != "estimate"]
    yield "board", machine.board or "a computer without a device tree"
    yield "processor", f"{machine.cores} cores"
    yield "memory", f"{machine.memory_mb} MB"
    yield "graphics", f"NVIDIA{memory}" if machine.graphics else "none that a model can use"
    yield "battery", supply if machine.battery else "none"
    yield "meters", ", ".join(measuring) or "none: energy is estimated"


def _budget(budget: object) -> dict[str, float]:
    """What is limited, with its unit in its name."""
    from assistant.settings import Budget

    assert isinstance(budget, Budget)
    limits = {
        "MB waiting": budget.memory_idle_mb,
        "MB at most": budget.memory_peak_mb,
        "W waiting": budget.watts_idle,
        "J a command": budget.joules_per_command,
        "s to first sound": budget.first_audio_seconds,
    }
    return {name: value for name, value in limits.items() if value}


def _purpose(name: str) -> str:
    """The comment that a profile begins with, up to its first full stop."""
    if name == "none":
        return "base.toml as it is."
    path = paths.shipped("device_profiles") / f"{name}.toml"
    lines = path.read_text("utf-8").splitlines()
    comment = [line.removeprefix("#").strip() for line in lines[:4] if line.startswith("#")]
    return " ".join(comment).partition(". ")[0].rstrip(".") + "."


def _missing(ctx: click.Context) -> list[str]:
    from assistant import models
    from assistant.power.fitting import chosen

    return [name for name in chosen(layered(ctx).config) if models.current(name) is None]
