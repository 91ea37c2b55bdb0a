"""What commands share: the settings of this run, and options that several have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from assistant.config import Config, Layered, load

F = TypeVar("F", bound=Callable[..., Any])


def layered_with(ctx: click.Context, overrides: Sequence[str]) -> Layered:
    """The settings, with the layers they came from, and `overrides` of the command on top."""
    file = ctx.obj["file"]
    return load([*ctx.obj["overrides"], *overrides], Path(file) if file else None)


def layered(ctx: click.Context) -> Layered:
    return layered_with(ctx, [])


def settings(ctx: click.Context, language: str | None = None) -> Config:
    """The settings; `language` is the command's own choice of it, if any."""
    return layered_with(ctx, [f"language={language}"] if language else []).config


def language_option(command: F) -> F:
    return click.option(
        "--language", type=click.Choice(["en", "es"]), help="Instead of the setting `language`."
    )(command)
