"""`assistant understand`: what is made of a sentence, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from assistant.cli import NOT_UNDERSTOOD
from assistant.cli.common import language_option, settings

if TYPE_CHECKING:
    from assistant.types import Route
    from assistant.understand.route import Look


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--all", "to_the_end", is_flag=True, help="Also the steps after the one that decides."
)
@click.option("--json", "as_json", is_flag=True, help="The same, for programs.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    text: tuple[str, ...],
    to_the_end: bool,
    as_json: bool,
    language: str | None,
) -> int:
    """Show what TEXT is taken for, and why: every step, up to the one that decides.

    Nothing is done. Exit code 3: no function is meant.
    """
    from assistant.assemble import Engines
    from assistant.dialogue.splitting import split
    from assistant.types import Choice, Intent, Several
    from assistant.which_language import language_of

    config = settings(ctx, language)
    said = " ".join(text)
    with Engines(config) as engines:
        router = engines.stages.router
        spoken = language_of(said, config.languages, router, config.languages[0])
        looks = engines.looks(said, spoken, to_the_end=to_the_end)
        route = next(look.finding.route for look in looks if look.finding.route is not None)
        if parts := split(said, spoken, router):  # the steps are those of the whole sentence
            route = Several(parts, "several commands, each understood by itself")
    if as_json:
        import msgspec

        shown = {"text": said, "language": spoken}
        steps = [_as_row(look) for look in looks]
        body = {**shown, "steps": steps, "route": _as_object(route)}
        click.echo(msgspec.json.format(msgspec.json.encode(body, enc_hook=str), indent=1))
    else:
        _show(looks, route)
    return 0 if isinstance(route, Intent | Several | Choice) else NOT_UNDERSTOOD


def _show(looks: list[Look], route: Route) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE)
    for name in ("step", "decides", "score", "ms", "because"):
        table.add_column(name, justify="right" if name in ("score", "ms") else "left")
    for look in looks:
        row = _as_row(look)
        score = "" if row["score"] is None else f"{row['score']:.2f}"
        decides = row["decides"] or "-"
        table.add_row(look.step, decides, score, f"{row['ms']:.1f}", row["reason"])
    console = Console(markup=False)
    console.print(table)
    for line in _in_lines(route):
        console.print(line)


def _as_row(look: Look) -> dict[str, Any]:
    found = look.finding
    return {
        "step": look.step,
        "decides": type(found.route).__name__.lower() if found.route else None,
        "score": None if found.score is None else round(found.score, 3),
        "ms": round(look.seconds * 1000, 2),
        "reason": found.reason,
    }


def _as_object(route: Route) -> dict[str, Any]:
    from assistant.types import Choice, Intent, Several

    kind: dict[str, Any] = {"kind": type(route).__name__.lower()}
    match route:
        case Intent():
            return {**kind, "function": route.function, "slots": _plain(route.slots)}
        case Several():
            return {**kind, "of": [_as_object(intent) for intent in route.intents]}
        case Choice():
            return {**kind, "of": [_as_object(intent) for intent in route.options]}
        case _:
            return {**kind, "reason": route.reason}


def _in_lines(route: Route) -> list[str]:
    from assistant.types import Choice, Intent, Several

    match route:
        case Intent():
            slots = [f"{name} = {value}" for name, value in _plain(route.slots).items()]
            return [f"{route.function}({', '.join(slots)})"]
        case Several():
            lines = [line for intent in route.intents for line in _in_lines(intent)]
            return [f"{route.reason}:", *lines]
        case Choice():
            lines = [line for intent in route.options for line in _in_lines(intent)]
            return ["asks which one is meant:", *lines]
        case _:
            return [f"{type(route).__name__.lower()}: {route.reason}"]


def _plain(slots: Any) -> dict[str, Any]:
    """Values as JSON has them: lengths of time, dates and the like as text."""
    known = (str, int, float, bool, type(None))
    return {k: v if isinstance(v, known) else str(v) for k, v in dict(slots).items()}
