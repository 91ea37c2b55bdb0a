"""`assistant run`: the loop, live."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.common import require_models, settings
from assistant.cli.signals import on_interrupt

if TYPE_CHECKING:
    from assistant.daemon.early import EarlyMicrophone
    from assistant.daemon.loop import Loop
    from assistant.settings import Config


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(ctx: click.Context, quiet: bool) -> None:
    """Listen for the wake word, answer, and ring timers, until stopped (Ctrl-C).

    With --set wake.word=push-to-talk, Enter starts listening; while it speaks, Enter interrupts.
    `assistant status`, `mute`, `reload` and others talk to it while it runs.
    """
    from assistant.daemon import logs
    from assistant.heap import one_heap

    config = settings(ctx)
    logs.begin(masked=config.trace.mask, names=config.trace.names)
    one_heap()
    from assistant.daemon.early import early_microphone

    with early_microphone(config.audio) as early:
        _run(ctx, config, early, quiet)


def _run(ctx: click.Context, config: Config, early: EarlyMicrophone | None, quiet: bool) -> None:
    """The rest of the program is loaded here, while the microphone is being opened."""
    from rich.console import Console

    from assistant.cli.show import Display, only_problems
    from assistant.config import user_file
    from assistant.daemon.program import Program

    show = only_problems if quiet else Display(Console(), waiting_for(config))
    file = Path(ctx.obj["file"]) if ctx.obj["file"] else user_file()
    program = Program(lambda: settings(ctx), show, require_models, early, edited=file)
    if config.wake.word == "push-to-talk":
        _listen_on_enter(program.loop)
    with on_interrupt(program.loop.stop):
        program.run()


def waiting_for(config: Config) -> str:
    """What starts a command, for the screen."""
    word = config.wake.word
    match word:
        case "none":
            return "Say a command."
        case "push-to-talk":
            return "Press Enter and speak."
    return f'Say "{word.replace("_", " ")}" and a command.'


def _listen_on_enter(loop: Loop) -> None:
    from assistant.errors import AssistantError

    def read() -> None:
        # not through sys.stdin, whose lock would be held when the program ends
        with contextlib.suppress(OSError, ValueError):
            keyboard = sys.stdin.fileno()
            while pressed := os.read(keyboard, 1024):
                if b"\n" in pressed:
                    with contextlib.suppress(AssistantError):  # it starts, or ends
                        loop.listen()

    # a daemon, because reading the keyboard cannot be interrupted
    threading.Thread(target=read, name="keyboard", daemon=True).start()
