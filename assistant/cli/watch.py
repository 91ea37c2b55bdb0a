"""`assistant watch`: what the running assistant does, live, in the terminal."""

from __future__ import annotations

import contextlib
import math
import queue
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.common import settings

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from assistant.daemon.client import Connection
    from assistant.settings import Power

BAR = 40
"""Characters of the level's bar."""
LINES = 12
"""Of the conversation."""
QUIETEST = -60.0
"""dBFS at the left end of the bar."""
USAGE_EVERY = 1.0
"""Seconds between looks at what it takes."""

STATES = {
    "ready": "waiting",
    "waking": "awake",
    "listening": "listening",
    "nothing_said": "waiting",
    "transcribing": "thinking",
    "heard": "thinking",
    "thinking": "thinking",
    "speaking": "speaking",
    "timer": "ringing",
    "idle": "waiting",
    "muted": "muted",
    "unmuted": "waiting",
    "degraded": "degraded",
}
COLOURS = {"listening": "cyan", "speaking": "green", "muted": "yellow", "degraded": "red"}


@dataclass
class View:
    """What is shown, made of events; knows nothing of the terminal."""

    state: str = "starting"
    muted: bool = False
    problem: str = ""
    level: float = 0.0
    draft: str = ""
    lines: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=LINES))
    turn: Mapping[str, Any] = field(default_factory=dict)
    now: str = ""  # what it takes
    missed: int = 0

    def take(self, event: Mapping[str, Any]) -> None:
        kind, text = str(event.get("event")), str(event.get("text", ""))
        if kind == "level":
            self.level = float(event.get("level", 0.0))
            return
        if kind in {"muted", "unmuted"}:
            self.muted = kind == "muted"
        self.state = STATES.get(kind, self.state)
        if self.muted and self.state == "waiting":  # what rings is over, and it is still closed
            self.state = "muted"
        self.problem = text if kind == "degraded" else "" if kind == "ready" else self.problem
        self.draft = text if kind == "partial" else "" if kind in {"heard", "idle"} else self.draft
        match kind:
            case "heard":
                self.lines.append(("you", text or "(no words)"))
            case "speaking":
                self.lines.append(("it", text))
            case "routed" | "source" | "reloaded":
                self.lines.append(("", text))
            case "idle":
                self.turn = event.get("turn", {})
            case "missed":
                self.missed += int(event.get("count", 0))


def shown(view: View) -> RenderableType:
    """The view for rich."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    colour = COLOURS.get(view.state, "white")
    level = "microphone closed" if view.muted else bar(view.level)
    head = Text.assemble((f"{view.state:10}", f"bold {colour}"), " ", (level, "dim"), no_wrap=True)
    talk = Table.grid(padding=(0, 2))
    talk.add_column(justify="right", style="dim", width=3)
    talk.add_column(overflow="fold")
    for who, text in view.lines:
        talk.add_row(who, Text(text, {"you": "bold", "it": "green"}.get(who, "dim")))
    if view.draft:
        talk.add_row("you", Text(f"{view.draft} ...", "dim italic"))
    if not view.lines and not view.draft:
        talk.add_row("", Text("Nothing was said yet.", "dim"))
    rest = Table.grid(padding=(0, 2))
    rest.add_column(style="dim", width=9)
    rest.add_column(overflow="fold")
    for name, text, style in _below(view):
        rest.add_row(name, Text(text, style))
    body = Group(head, Text(), talk, Text(), rest) if rest.rows else Group(head, Text(), talk)
    return Panel(body, title="assistant", subtitle="Ctrl-C ends", padding=(0, 1))


def bar(level: float) -> str:
    """How loud it is (0..1), on a scale of decibels, as a bar of BAR characters and a number."""
    decibels = 20 * math.log10(level) if level > 0 else QUIETEST
    filled = round(BAR * min(max(1 - decibels / QUIETEST, 0.0), 1.0))
    return f"{'█' * filled}{'·' * (BAR - filled)} {max(decibels, QUIETEST):4.0f} dB"


def _below(view: View) -> Iterator[tuple[str, str, str]]:
    """What stands under the conversation: its name, its text, its style."""
    if view.turn:
        yield "last turn", _times(view.turn), ""
        if energy := _energy(view.turn.get("energy") or {}):
            yield "energy", energy, ""
    if view.now:
        yield "now", view.now, ""
    if view.problem:
        yield "problem", view.problem, "red"
    if view.missed:
        yield "missed", f"{view.missed} events: this terminal is too slow", "yellow"


def _times(turn: Mapping[str, Any]) -> str:
    stages = turn.get("stages", {})
    parts = [f"{name} {took:.2f}" for name, took in stages.items() if took >= 0.005]
    first = turn.get("first_audio_seconds")
    parts += [f"first audio {first:.2f}"] if first is not None else []
    told = str(turn.get("outcome"))
    if error := turn.get("error"):
        told += f" ({error})"
    return f"{told}: {', '.join(parts)} s" if parts else told


def _energy(energy: Mapping[str, Any]) -> str:
    """What the turn took, which stages took most of it, and what waiting for it took."""
    if "joules" not in energy:
        return ""
    about = "about " if energy.get("estimated") else ""
    told = f"{about}{energy['joules']:.1f} J +- {energy.get('error', 0.0):.1f}"
    stages = sorted((energy.get("stages") or {}).items(), key=lambda s: -s[1])
    most = [f"{name} {joules:.1f}" for name, joules in stages[:3] if joules >= 0.05]
    told += f" ({', '.join(most)})" if most else ""
    waited = energy.get("waited") or {}
    if waited.get("seconds", 0.0) >= 1.0:
        told += f"; waiting before it {waited['joules'] / waited['seconds']:.2f} W"
    return told


class Usage:
    """What a process takes, and what the machine does, by the meter of the settings."""

    def __init__(self, process: int, power: Power) -> None:
        import psutil

        from assistant.power.meter import Meter
        from assistant.power.sensors import best

        self._meter = Meter(best(Path(power.root), power), time.monotonic, time.monotonic)
        self._process: psutil.Process | None = None
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(process)
            self._process.cpu_percent()  # since this call
        self._meter.take()

    def line(self) -> str:
        """Since the last call."""
        import psutil

        parts = []
        with contextlib.suppress(psutil.Error):  # it has just ended
            if self._process is not None:
                parts.append(f"{self._process.cpu_percent():.0f} % of a core")
                parts.append(f"{self._process.memory_info().rss / 1e6:.0f} MB")
        energy = self._meter.take()
        if energy is not None and energy.seconds and math.isfinite(energy.error):
            about = "about " if self._meter.sensor.estimated else ""
            watts = f"{about}{energy.joules / energy.seconds:.1f} W"
            parts.append(f"{self._meter.sensor.covers} {watts} ({self._meter.sensor.name})")
        return ", ".join(parts)


@click.command()
@click.option("--plain", is_flag=True, help="Lines instead of a screen, for logs and pipes.")
@click.pass_context
def command(ctx: click.Context, plain: bool) -> None:
    """Show what the running assistant does: its state, how loud it is, what is said and heard, what
    each stage took, the energy of the last turn, and what it takes just now; until Ctrl-C."""
    from rich.console import Console

    from assistant.daemon.client import Connection

    view, console = View(), Console()
    with Connection() as connection:
        status = connection.request("status")
        view.state, view.problem = str(status["state"]), str(status["problem"])
        view.turn, view.muted = status["last_turn"] or {}, bool(status["muted"])
        plain = plain or not console.is_terminal
        connection.request("events", level=not plain)
        if plain:
            _print(connection.events(), view)
            return
        usage = Usage(int(status["process"]), settings(ctx).power)
        _live(connection, view, usage, console)
    click.echo("The assistant has ended.")


def _live(connection: Connection, view: View, usage: Usage, console: Console) -> None:
    """Draw until it ends: at each event, and now and then without one, as while it is muted."""
    from rich.live import Live

    told: queue.SimpleQueue[Mapping[str, Any] | None] = queue.SimpleQueue()

    def read() -> None:
        for event in connection.events():
            told.put(event)
        told.put(None)

    reader = threading.Thread(target=read, name="events", daemon=True)
    reader.start()
    drawn = looked = 0.0
    with Live(shown(view), console=console, auto_refresh=False, screen=True) as live:
        while True:
            event: Mapping[str, Any] | None = {"event": ""}
            with contextlib.suppress(queue.Empty):
                event = told.get(timeout=USAGE_EVERY)
            if event is None:
                return
            view.take(event)
            now = time.monotonic()
            if now - looked >= USAGE_EVERY:
                looked, view.now = now, usage.line()
            if event["event"] != "level" or now - drawn > 0.1:
                drawn = now
                live.update(shown(view), refresh=True)


def _print(events: Any, view: View) -> None:
    for event in events:
        view.take(event)
        text = event.get("text", "")
        click.echo(f"{view.state:10} {event['event']:13} {text}".rstrip())
        if event["event"] == "idle":
            for name, line, _ in _below(view):
                click.echo(f"{'':10} {name:13} {line}")
