"""A turn as it happens, line by line, and its times afterwards, for people."""

from __future__ import annotations

import logging
from dataclasses import replace

import click
import msgspec
from rich.console import Console
from rich.control import Control
from rich.markup import escape
from rich.segment import ControlType
from rich.table import Table
from rich.text import Text

from assistant.daemon.logs import with_level
from assistant.types import Event, Turn, TurnTrace

_CLEAR_LINE = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


class Display:
    """Prints events. Called from several threads; rich keeps lines whole."""

    def __init__(self, console: Console, waiting_for: str) -> None:
        self._console = console
        self._waiting_for = waiting_for
        self._drafted = False

    def __call__(self, event: Event) -> None:
        line = self._line(event)
        if self._drafted and (line or event.kind == "partial"):
            self._drafted = False
            self._console.control(_CLEAR_LINE)
        if event.kind == "partial":
            self._draft(event.text)
        elif line:
            # a terminal wraps by itself, and a pipe wants whole lines
            self._console.print(line, soft_wrap=True, highlight=False, emoji=False)

    def _draft(self, text: str) -> None:
        """What was said so far, until the next line takes its place. Only on a terminal."""
        if self._console.is_terminal:
            line = Text(f"   you  {text} ...", style="dim")
            self._console.print(line, end="", no_wrap=True, overflow="ellipsis")
            self._drafted = True

    def _line(self, event: Event) -> str:
        text = escape(event.text)
        match event.kind:
            case "ready":
                return f"[green]Listening.[/] {escape(self._waiting_for)}"
            case "awake":
                return f"[bold cyan]{text}?[/]"
            case "nothing said":
                return "[dim]Nobody spoke.[/]"
            case "heard":
                return f"   you  [bold]{text}[/]" if text else "   you  [dim](no words)[/]"
            case "routed":
                return f"        [dim]-> {text}[/]"
            case "saying" | "announcing":
                return f"    it  [green]{text}[/]" if event.kind == "saying" else ""
            case "source" if text:
                return f"        [dim]{text}[/]"
            case "degraded":
                return f"[yellow]{text}[/]"
            case "muted":
                return "[yellow]The microphone is closed.[/] Open it with: assistant unmute"
            case "unmuted":
                return "[green]The microphone is open.[/]"
            case "reloaded":
                return f"[dim]Settings taken in: {text}[/]"
            case "idle" if event.turn is not None and (times := summary(event.turn.trace)):
                return f"        [dim]{escape(times)}[/]"
        return ""


def only_problems(event: Event) -> None:
    """Shows nothing but what does not work, for programs and the quiet."""
    if event.kind == "degraded":
        click.echo(with_level(event.text, logging.ERROR), err=True)


def turn_json(turn: Turn) -> bytes:
    """A turn for programs: what was heard, decided and answered, and its trace.

    The words are in it, whatever the settings of the trace say: whoever asks for this output
    has just given them.
    """
    said = turn.transcript.text if turn.transcript else ""
    return msgspec.json.encode(replace(turn.trace, transcript=said, reply=turn.reply_text))


def summary(trace: TurnTrace) -> str:
    """The times of a turn in one line."""
    spans: dict[str, float] = {}
    for span in trace.spans:
        spans[span.stage] = spans.get(span.stage, 0.0) + span.seconds
    parts = [f"{stage} {seconds:.2f}" for stage, seconds in spans.items() if seconds >= 0.005]
    if trace.first_audio_seconds is not None:
        parts.append(f"first audio {trace.first_audio_seconds:.2f}")
    times = f"{', '.join(parts)} s" if parts else ""
    if trace.outcome == "answered":
        return times
    why = trace.error or trace.route.get("reason", "")
    return f"{trace.outcome}: {why.rstrip('.')}. {times}".rstrip()


def turn_table(trace: TurnTrace) -> Table:
    """Every stage of a turn."""
    first = trace.first_audio_seconds
    table = Table(
        title=f"{trace.started}  {trace.kind}  {trace.outcome}"
        + (f"  first audio {first:.2f} s" if first is not None else ""),
        title_justify="left",
    )
    table.add_column("stage")
    table.add_column("start s", justify="right")
    table.add_column("took s", justify="right")
    table.add_column("x real time", justify="right")
    table.add_column("detail")
    for span in trace.spans:
        factor = f"{span.real_time_factor:.2f}" if span.real_time_factor is not None else ""
        detail = ", ".join(f"{k}={v}" for k, v in span.detail.items() if v not in ("", None))
        table.add_row(
            span.stage, f"{span.start:.2f}", f"{span.seconds:.3f}", factor, escape(detail)
        )
    return table
