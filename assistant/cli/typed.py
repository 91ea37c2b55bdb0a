"""Typed turns, which `ask` and `chat` share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from assistant.assemble import Engines
from assistant.cli.signals import on_interrupt
from assistant.errors import StorageError
from assistant.settings import Config
from assistant.stages import Sink
from assistant.think.memory import Conversation
from assistant.trace import TraceLog
from assistant.turn import run_turn
from assistant.types import Event, Turn, Typed
from assistant.worker import Cancel


@contextmanager
def speaker(config: Config, wanted: bool) -> Iterator[Sink | None]:
    """The speaker of the settings, or None when nothing is to be said aloud."""
    if not wanted:
        yield None
        return
    from assistant.audio.sink import Speaker

    sink = Speaker(config.audio.output, config.audio.gain)
    try:
        sink.prepare()
        yield sink
    finally:
        sink.close()


def answer(
    engines: Engines,
    text: str,
    sink: Sink | None,
    conversation: Conversation | None = None,
    *,
    show: bool = True,
) -> Turn:
    """One turn; its clauses are printed as they come. Ctrl-C cancels it."""

    places: list[str] = []

    def print_clause(event: Event) -> None:
        if show and event.kind == "saying":
            click.echo(f"{event.text} ", nl=False)
        elif show and event.kind == "source" and event.text:
            places.append(event.text)
        elif show and event.turn and event.turn.reply_text:
            click.echo("".join(f"\n({place})" for place in places))

    config = engines.config
    # a terminal of another encoding gives halves of characters, which nothing can write down
    text = text.encode("utf-8", "replace").decode("utf-8")
    typed = Typed(text, "" if len(config.languages) > 1 else config.languages[0])
    conversation = conversation or Conversation(config.think.history)
    cancel = Cancel()
    with on_interrupt(cancel.set):
        turn = run_turn(typed, engines.stages, sink, cancel, conversation, print_clause)
    try:
        TraceLog(config.trace).write(turn.trace)
    except StorageError as error:  # the answer was given all the same
        click.echo(f"({error})", err=True)
    if show and turn.trace.error:
        click.echo(f"({turn.trace.error})", err=True)
    return turn


def on_terminal() -> bool:
    """Whether a person can answer what is asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def read_line() -> str | None:
    """What is typed after "> "; None at its end (Ctrl-D, Ctrl-C)."""
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return None
