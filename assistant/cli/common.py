"""What commands share: the settings of this run, and options that several have."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assistant.cli import INTERRUPTED, NOT_UNDERSTOOD
from assistant.config import Layered, load
from assistant.errors import AssistantError, ConfigError
from assistant.settings import Config

if TYPE_CHECKING:
    from assistant.types import Turn

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


def usable(ctx: click.Context) -> Config:
    """The settings, or the defaults where they cannot be used, which is told: what is kept can be
    looked at, and erased, all the same."""
    try:
        return settings(ctx)
    except ConfigError as error:
        click.echo(f"assistant: {error} Until then the defaults are used.", err=True)
        return load(file=Path(os.devnull)).config


def changed(ctx: click.Context) -> bool:
    """Whether this run has settings of its own, so that a running assistant cannot do it."""
    return bool(ctx.obj["overrides"] or ctx.obj["file"])


def language_option(command: F) -> F:
    return click.option(
        "--language", type=click.Choice(["en", "es"]), help="Instead of the setting `language`."
    )(command)


def require_models(config: Config) -> None:
    """Raise ModelError for a model without which nothing can be heard or said.

    The language model is not one of them: without it, only open questions fail.
    """
    from assistant import models
    from assistant.speak.voices import ESPEAK

    voices = [config.speak.voice(language) for language in config.languages]
    for name in (config.stt.model(config.language), *voices):
        if name != ESPEAK:
            models.locate(name)


def exit_code(turn: Turn) -> int:
    """How a turn ended, for scripts."""
    match turn.outcome:
        case "answered":
            return 0
        case "unheard":
            return NOT_UNDERSTOOD
        case "cancelled":
            return INTERRUPTED
    return turn.failure.exit_code if isinstance(turn.failure, AssistantError) else 1
