"""What commands share: the settings of this run."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.config import Config, Layered, load


def layered(ctx: click.Context) -> Layered:
    """The settings, with the layers they came from."""
    file = ctx.obj["file"]
    return load(ctx.obj["overrides"], Path(file) if file else None)


def settings(ctx: click.Context) -> Config:
    return layered(ctx).config
