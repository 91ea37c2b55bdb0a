"""What was found, for people (tables) and for programs (JSON)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import msgspec
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from assistant.bench import machine
from assistant.bench.run import Report, Section
from assistant.bench.scoring import Figure
from assistant.bench.stock import OURS, STOCK
from assistant.errors import StorageError


def show(report: Report, console: Console) -> None:
    """One table for each measure; what could not be measured in a line."""
    console.print(f"[bold]{machine.headline(report.machine)}[/]")
    for section in report.sections:
        if section.figures:
            console.print(_table(section))
        if section.note:
            console.print(f"[dim]{section.name}: {section.note}[/]")


MANY = 4
LONG = 16
"""So many columns, with names of more letters, do not fit: the table is laid on its side."""


def _table(section: Section) -> Table:
    names = list(dict.fromkeys(name for figure in section.figures for name in figure.values))
    if len(names) >= MANY and any(len(name) > LONG for name in names):
        return _on_its_side(section, names)
    compared = OURS in names and STOCK in names
    table = Table(title=f"\n{section.title}", title_justify="left", title_style="bold", box=SIMPLE)
    table.add_column("measure")
    for name in names:
        table.add_column(name, justify="right", style="bold" if name == OURS else "")
    if compared:
        table.add_column("ratio", justify="right")
    table.add_column("measured on", style="dim")
    for figure in section.figures:
        values = [_number(figure.values.get(name)) for name in names]
        ratio = [_ratio(figure)] if compared else []
        unit = f", {figure.unit}" if figure.unit else ""
        table.add_row(f"{figure.name}{unit}", *values, *ratio, figure.detail)
    return table


def _on_its_side(section: Section, names: list[str]) -> Table:
    """A line for each of what is compared; what the figures were measured on stands below."""
    table = Table(title=f"\n{section.title}", title_justify="left", title_style="bold", box=SIMPLE)
    table.padding, table.pad_edge = (0, 1, 0, 0), False
    table.add_column("", no_wrap=True)
    for figure in section.figures:
        table.add_column(
            f"{figure.name}{f', {figure.unit}' if figure.unit else ''}", justify="right"
        )
    for name in names:
        table.add_row(name, *(_number(figure.values.get(name)) for figure in section.figures))
    known = dict.fromkeys(f"{f.name}: {f.detail}" for f in section.figures if f.detail)
    table.caption, table.caption_justify = "; ".join(known), "left"
    return table


def _number(value: float | None) -> str:
    """Three figures that count; "-" where nothing could be measured."""
    if value is None:
        return "-"
    if value == 0 or (float(value).is_integer() and abs(value) < 1e6):
        return f"{value:.0f}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 3)}f}"


def _ratio(figure: Figure) -> str:
    """How many times as long stock takes; rates and counts are not divided."""
    ours, stock = figure.values.get(OURS), figure.values.get(STOCK)
    return f"{stock / ours:.1f}" if figure.unit == "s" and ours and stock else ""


def to_json(report: Report) -> bytes:
    return msgspec.json.format(msgspec.json.encode(report, enc_hook=_plain), indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def write(report: Report, folder: Path) -> list[Path]:
    """Write report.json, report.txt and the pictures into `folder`; their paths.

    Raises StorageError, and ConfigError when what draws the pictures is missing.
    """
    from assistant.bench import pictures

    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in (("report.json", to_json(report)), ("report.txt", as_text(report))):
            (folder / name).write_bytes(content)
            written.append(folder / name)
        return written + pictures.draw(report.sections, machine.headline(report.machine), folder)
    except OSError as error:
        raise StorageError(
            f"{folder} cannot be written: {error.strerror}. Free some space, or use another place."
        ) from error


def as_text(report: Report, width: int = 140) -> bytes:
    console = Console(width=width, no_color=True, force_terminal=False)
    with console.capture() as captured:
        show(report, console)
    return captured.get().encode()
