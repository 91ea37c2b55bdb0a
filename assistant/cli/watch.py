"""`assistant watch`: what the running assistant does, live, in the terminal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

BAR = 40
"""Characters of the level's bar."""
LINES = 12
"""Of the conversation."""
QUIETEST = -60.0
"""dBFS at the left end of the bar."""

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
    power: Mapping[str, Any] = field(default_factory=dict)
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
    from rich.text import Text

    colour = COLOURS.get(view.state, "white")
    head = Text.assemble((f" {view.state:10}", f"bold {colour}"), " ", bar(view.level))
    talk = Text()
    for who, text in view.lines:
        talk.append(f"{who:>4}  ", "dim")
        talk.append(f"{text}\n", {"you": "bold", "it": "green"}.get(who, "dim"))
    if view.draft:
        talk.append(f" you  {view.draft} ...\n", "dim italic")
    rest = [Text(f" {line}", style) for line, style in _below(view)]
    return Panel(Group(head, Text(), talk, *rest), title="assistant", subtitle="Ctrl-C ends")


def bar(level: float) -> str:
    """How loud it is (0..1), on a scale of decibels, as a bar of BAR characters."""
    import math

    decibels = 20 * math.log10(level) if level > 0 else QUIETEST
    filled = round(BAR * min(max(1 - decibels / QUIETEST, 0.0), 1.0))
    return "█" * filled + "·" * (BAR - filled)


def _below(view: View) -> list[tuple[str, str]]:
    lines = []
    if view.turn:
        stages = view.turn.get("stages", {})
        times = ", ".join(f"{name} {took:.2f}" for name, took in stages.items() if took >= 0.005)
        first = view.turn.get("first_audio_seconds")
        sound = f", first audio {first:.2f}" if first is not None else ""
        lines.append((f"last turn: {view.turn.get('outcome')}; {times}{sound} s", "dim"))
        if energy := view.turn.get("energy"):
            parts = [f"{k.replace('_', ' ')} {v}" for k, v in energy.items() if _simple(v)]
            lines.append((f"energy: {', '.join(parts)}", "dim"))
    if view.problem:
        lines.append((view.problem, "red"))
    if view.missed:
        lines.append((f"{view.missed} events were missed: this terminal is too slow", "yellow"))
    return lines


def _simple(value: object) -> bool:
    return isinstance(value, int | float | str)


@click.command()
@click.option("--plain", is_flag=True, help="Lines instead of a screen, for logs and pipes.")
def command(plain: bool) -> None:
    """Show what the running assistant does: its state, how loud it is, what is said and heard, what
    each stage took, and the energy of the last turn; until Ctrl-C."""
    from rich.console import Console
    from rich.live import Live

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
        with Live(shown(view), console=console, auto_refresh=False, screen=False) as live:
            drawn = 0.0
            for event in connection.events():
                view.take(event)
                now = time.monotonic()
                if event.get("event") != "level" or now - drawn > 0.1:
                    drawn = now
                    live.update(shown(view), refresh=True)
    click.echo("The assistant has ended.")


def _print(events: Any, view: View) -> None:
    for event in events:
        view.take(event)
        text = event.get("text", "")
        click.echo(f"{view.state:10} {event['event']:13} {text}".rstrip())
        if event["event"] == "idle":
            for line, _ in _below(view):
                click.echo(f"{'':10} {line}")
