"""`assistant events`: what happens, for programs that show it, and one line of it for bars."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from assistant.cli.watch import View
    from assistant.daemon.client import Connection

OFF = "off"
"""The state of an assistant that does not run."""
AGAIN_AFTER = 2.0
"""Seconds between looks for one that does."""
LONGEST = 80
"""Characters of what was said, in a line."""

_SIGNS = {
    OFF: "",
    "starting": "◌",
    "waiting": "○",
    "awake": "●",
    "listening": "●",
    "thinking": "…",
    "speaking": "▶",
    "ringing": "♪",
    "muted": "✕",
    "degraded": "!",
}
_COLOURS = {
    "awake": "#3daee9",
    "listening": "#3daee9",
    "thinking": "#b48ead",
    "speaking": "#a3be8c",
    "ringing": "#ebcb8b",
    "muted": "#bf616a",
    "degraded": "#d08770",
}


def waybar(state: str, words: str, problem: str) -> str:
    """`custom/` module with return-type json; its texts are Pango's markup."""
    text = f"{_SIGNS.get(state, '')} {words}".strip()
    line = {"text": html.escape(text), "alt": state, "class": state}
    return json.dumps({**line, "tooltip": html.escape(problem or state)}, ensure_ascii=False)


def i3blocks(state: str, words: str, problem: str) -> str:
    """`interval=persist` with `format=json`; i3bar takes it, too."""
    sign = _SIGNS.get(state, "")
    line = {"full_text": f"{sign} {words or problem}".strip(), "short_text": sign}
    colour = {"color": _COLOURS[state]} if state in _COLOURS else {}
    return json.dumps({**line, **colour}, ensure_ascii=False)


def polybar(state: str, words: str, problem: str) -> str:
    """`custom/script` with `tail = true`; "%{" would begin one of its own words."""
    text = f"{_SIGNS.get(state, '')} {words or problem}".strip().replace("%{", "% {")
    return f"%{{F{_COLOURS[state]}}}{text}%{{F-}}" if state in _COLOURS else text


def plain(state: str, words: str, problem: str) -> str:
    return f"{state} {words or problem}".strip()


FORMATS: Mapping[str, Callable[[str, str, str], str]] = {
    "waybar": waybar,
    "i3blocks": i3blocks,
    "polybar": polybar,
    "plain": plain,
}


@click.command("events")
@click.option("--level", is_flag=True, help="Also how loud it is, ten times a second.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", *FORMATS]),
    default="json",
    show_default=True,
    help="json: each event; others: one line for a status bar, anew when it changes.",
)
@click.option("--words", is_flag=True, help="In a status bar, also what is heard and answered.")
@click.argument("kinds", nargs=-1)
def command(level: bool, form: str, words: bool, kinds: tuple[str, ...]) -> None:
    """Print what happens, one JSON object a line, until Ctrl-C: for status bars and LEDs.

    KINDS: only these: waking, listening, partial, heard, thinking, speaking, timer, idle,
    degraded, muted and others; all when none is named.

    A line for a status bar also says when no assistant runs, and waits for the next one.
    """
    from assistant.daemon.client import Connection
    from assistant.daemon.protocol import WIRE_KINDS

    if form != "json":
        if kinds or level:
            raise click.UsageError("A status bar shows all kinds of events, and no level.")
        for line in lines(FORMATS[form], words=words):
            click.echo(line)
        return
    for kind in kinds:
        if kind not in WIRE_KINDS.values():
            known = ", ".join(WIRE_KINDS.values())
            raise click.BadParameter(f"There is no kind {kind!r}. There are: {known}.")
    with Connection() as connection:
        connection.request("events", kinds=list(kinds), level=level)
        for event in connection.events():
            click.echo(json.dumps(event, ensure_ascii=False))


def lines(
    form: Callable[[str, str, str], str], *, words: bool, again_after: float = AGAIN_AFTER
) -> Iterator[str]:
    """The lines of a bar, each another than the one before; for ever."""
    from assistant.daemon.client import NotRunningError

    before = ""
    while True:
        try:
            for line in _of_one(form, words):
                if line != before:
                    yield line
                before = line
        except NotRunningError:
            pass
        if (line := form(OFF, "", "")) != before:
            yield line
            before = line
        time.sleep(again_after)


def _of_one(form: Callable[[str, str, str], str], words: bool) -> Iterator[str]:
    """Of the assistant that runs, until it ends."""
    from assistant.daemon.client import Connection

    with Connection() as connection:
        view = _begun(connection)
        connection.request("events")
        yield form(view.state, "", view.problem)
        for event in connection.events():
            view.take(event)
            yield form(view.state, _said(view, event) if words else "", view.problem)


def _begun(connection: Connection) -> View:
    from assistant.cli.watch import View

    status = connection.request("status")
    state, problem = str(status["state"]), str(status["problem"])
    return View(state=state, problem=problem, muted=bool(status["muted"]))


def _said(view: View, event: Mapping[str, Any]) -> str:
    """What is being heard, or answered."""
    if event.get("event") in {"heard", "speaking", "timer"}:
        return " ".join(str(event.get("text", "")).split())[:LONGEST]
    return " ".join(view.draft.split())[:LONGEST]


__all__ = ["command"]
