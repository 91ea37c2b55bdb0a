"""`assistant models measured`: what is known of the language models here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.think.table import Measured

_HEADINGS = ("model", "right", "answer", "first token", "tokens/s", "loading", "memory", "energy",
             "measured")  # fmt: skip


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def measured(as_json: bool) -> None:
    """The language models here: how good, how fast, how large, what an answer costs.

    This is what it is decided from who answers. `assistant bench models` measures it.
    """
    rows = [_known(model, row) for model, row in _here()]
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    elif rows:
        _show(rows)
    else:
        click.echo("No language model is here. See: assistant models list --task llm", err=True)
    if any(row["measured"] is None for row in rows):
        click.echo("What was not measured here: assistant bench models", err=True)


def _here() -> list[tuple[str, Measured | None]]:
    """The installed language models, each with what was measured of this very version."""
    from assistant import models
    from assistant.think.table import read

    known = {(row.id, row.version): row for row in read()}
    catalog = models.load()
    return [
        (have.id, known.get((have.id, have.version)))
        for have in models.installed()
        if have.id in catalog and catalog[have.id].task == "llm"
    ]


def _known(model: str, row: Measured | None) -> dict[str, Any]:
    """quality: right and asked, by language and kind of question; from the catalog where nothing
    was measured. Times in seconds, memory in MB, joules of an answer."""
    from assistant import models

    if row is None:
        entry = models.find(model)
        quality = {key: list(pair) for key, pair in entry.quality.items()}
        empty = dict.fromkeys(
            ("first_token_seconds", "answer_seconds", "tokens_per_second", "load_seconds", "joules",
             "measured")
        )  # fmt: skip
        return {"id": model, "quality": quality, "ram_mb": entry.ram_mb, **empty}
    fields = {name: getattr(row, name) for name in row.__struct_fields__ if name != "version"}
    return fields | {"quality": {key: list(pair) for key, pair in row.quality.items()}}


def _show(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in _HEADINGS:
        table.add_column(heading, justify="left" if heading in ("model", "right") else "right")
    for row in rows:
        cells = (
            row["id"],
            _quality(row["quality"]),
            _number(row["answer_seconds"], "{:.2f} s"),
            _number(row["first_token_seconds"], "{:.2f} s"),
            _number(row["tokens_per_second"], "{:.0f}"),
            _number(row["load_seconds"], "{:.1f} s"),
            _number(row["ram_mb"], "{:.0f} MB"),
            _number(row["joules"], "{:.1f} J"),
            (row["measured"] or "no")[:10],
        )
        table.add_row(*map(Text, cells))
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)  # nobody looks at the edge: cut nothing
    console.print(table)


def _quality(known: dict[str, list[int]]) -> str:
    """By language: "en 42 of 70"; its kinds of question are in the JSON."""
    told = [f"{key} {right} of {asked}" for key, (right, asked) in known.items() if " " not in key]
    return ", ".join(told) or "?"


def _number(value: float | None, form: str) -> str:
    return form.format(value) if value is not None else "?"
