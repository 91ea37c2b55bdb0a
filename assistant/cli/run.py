"""`assistant run`: the loop, live."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from assistant.cli.common import require_models, settings
from assistant.cli.signals import on_interrupt
from assistant.errors import AssistantError, AudioDeviceError

if TYPE_CHECKING:
    from assistant.daemon.early import EarlyMicrophone
    from assistant.daemon.loop import Loop
    from assistant.daemon.program import Program
    from assistant.people import People
    from assistant.settings import Config


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(ctx: click.Context, quiet: bool) -> None:
    """Listen for the wake word, answer, and ring timers, until stopped (Ctrl-C).

    With --set wake.word=push-to-talk, Enter starts listening; while it speaks, Enter interrupts.
    `assistant status`, `mute`, `reload` and others talk to it while it runs. SIGTERM and SIGINT end
    it; SIGHUP ends it with its terminal, and without one has it take in its settings.
    """
    from assistant.daemon import logs
    from assistant.daemon.keeper import be_kept
    from assistant.heap import one_heap
    from assistant.people import People

    config = settings(ctx)
    if ctx.obj["alone"]:
        be_kept()
    people = People(config.trace)
    logs.begin(masked=config.trace.mask, names=lambda: people.known)
    one_heap()
    from assistant.daemon.back_off import backing_off
    from assistant.daemon.early import early_microphone

    program: Program | None = None
    try:
        with backing_off(), early_microphone(config.audio) as early:
            program = _program(ctx, config, early, people, quiet)
            _run(program, config)
    except AssistantError as error:
        if isinstance(error, AudioDeviceError) and sys.stdin is not None and sys.stdin.isatty():
            click.echo("Without sound you can type with it: assistant chat", err=True)
        if program is None or not program.loop.left:
            raise
        click.echo(f"assistant: {error}", err=True)
        _leave(error.exit_code)
    _leave(0)


def _leave(code: int) -> NoReturn:
    """All is written, closed and given back that others or the next start would miss. What is left
    is memory, and libraries that would be taken apart piece by piece: a second and more."""
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def _program(
    ctx: click.Context,
    config: Config,
    early: EarlyMicrophone | None,
    people: People,
    quiet: bool,
) -> Program:
    """The rest of the program is loaded here, while the microphone is being opened."""
    from rich.console import Console

    from assistant.cli.show import Display, only_problems
    from assistant.config import user_file
    from assistant.daemon.program import Program

    show = only_problems if quiet else Display(Console(), waiting_for(config))
    file = Path(ctx.obj["file"]) if ctx.obj["file"] else user_file()
    return Program(
        lambda: settings(ctx),
        show,
        require_models,
        early,
        people=people,
        leaves=True,
        edited=file,
    )


def _run(program: Program, config: Config) -> None:
    if config.wake.word == "push-to-talk":
        _listen_on_enter(program.loop)
    with on_interrupt(program.loop.stop), on_interrupt(hung_up(program), [signal.SIGHUP]):
        program.run()


def hung_up(program: Program) -> Callable[[], object]:
    """What SIGHUP means: its terminal is closed, so it ends; where there is none, as under an init
    that is not systemd, that it shall take in its settings."""
    if sys.stdin is not None and sys.stdin.isatty():
        return program.loop.stop
    return program.take_in


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
