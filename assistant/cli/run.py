"""`assistant run`: the loop, live."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.common import settings
from assistant.cli.signals import on_interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.config import Config
    from assistant.runtime import Runtime
    from assistant.types import Event


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(ctx: click.Context, quiet: bool) -> None:
    """Listen for the wake word, answer, and ring timers, until stopped (Ctrl-C).

    With --set wake.word=push-to-talk, Enter starts listening; while it speaks, Enter interrupts.
    """
    from rich.console import Console

    from assistant.cli.show import Display

    config = settings(ctx)
    display = Display(Console(), waiting_for(config))
    with (
        live(config, (lambda _: None) if quiet else display) as runtime,
        on_interrupt(runtime.stop),
    ):
        if config.wake.word == "push-to-talk":
            _listen_on_enter(runtime)
        runtime.run()


@contextmanager
def live(config: Config, on_event: Callable[[Event], object]) -> Iterator[Runtime]:
    """The loop on the microphone and the speaker of the settings, its engines being loaded."""
    from assistant.assemble import Engines, alarms, listener
    from assistant.audio.sink import Speaker
    from assistant.audio.source import Microphone
    from assistant.runtime import Runtime, warm
    from assistant.trace import TraceLog

    sink = Speaker(config.audio.output, config.audio.gain)
    with Engines(config) as engines:
        warm(engines.stages, config)
        try:
            yield Runtime(
                config,
                engines.stages,
                listener(config),
                lambda: Microphone(config.audio.input, config.audio.block_ms),
                sink,
                alarms=alarms(engines),
                trace=TraceLog(config.trace),
                half_duplex=config.wake.word == "none",
                on_event=on_event,
            )
        finally:
            sink.close()


def waiting_for(config: Config) -> str:
    """What starts a command, for the screen."""
    word = config.wake.word
    match word:
        case "none":
            return "Say a command."
        case "push-to-talk":
            return "Press Enter and speak."
    return f'Say "{word.replace("_", " ")}" and a command.'


def _listen_on_enter(runtime: Runtime) -> None:
    def read() -> None:
        for _ in sys.stdin:
            runtime.listen()

    # a daemon, because reading the keyboard cannot be interrupted
    threading.Thread(target=read, name="keyboard", daemon=True).start()
