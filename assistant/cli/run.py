"""`assistant run`: the loop, live."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.common import require_models, settings
from assistant.cli.signals import on_interrupt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.manner import Manner
    from assistant.runtime import Runtime
    from assistant.settings import Config
    from assistant.types import Event


@click.command()
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(ctx: click.Context, quiet: bool) -> None:
    """Listen for the wake word, answer, and ring timers, until stopped (Ctrl-C).

    With --set wake.word=push-to-talk, Enter starts listening; while it speaks, Enter interrupts.
    """
    from rich.console import Console

    from assistant.cli.show import Display, only_problems

    config = settings(ctx)
    show = only_problems if quiet else Display(Console(), waiting_for(config))
    running: list[Runtime] = []
    if config.wake.word == "push-to-talk":
        _listen_on_enter(running)
    language: str | None = config.language
    while language is not None:  # "speak Spanish" goes on with other engines
        config = settings(ctx, language)
        with live(config, show) as (runtime, manner), on_interrupt(runtime.stop):
            running[:] = [runtime]
            runtime.run()
            language = manner.wanted


@contextmanager
def live(config: Config, on_event: Callable[[Event], object]) -> Iterator[tuple[Runtime, Manner]]:
    """The loop on the microphone and the speaker of the settings, its engines being loaded; and
    how it speaks: it ends when another language is wanted.

    A model for hearing or speaking that does not load ends the loop, and is raised afterwards.
    """
    from assistant.assemble import Engines, alarms, listener
    from assistant.audio.sink import Speaker
    from assistant.audio.source import Microphone
    from assistant.governing import governing
    from assistant.heap import one_heap
    from assistant.power.ledger import turn_meter
    from assistant.rest import Rest, warm
    from assistant.runtime import Runtime
    from assistant.trace import TraceLog

    one_heap()
    ears = listener(config)
    require_models(config)
    sink = Speaker(config.audio.output, config.audio.gain)
    with (
        Engines(config) as engines,
        closing(turn_meter(config.power)) as meter,
        governing(config, engines.stages, engines.standing) as governor,
    ):

        def shown(event: Event) -> None:
            on_event(event)
            if event.kind == "idle" and engines.manner.wanted is not None:
                runtime.stop()

        runtime = Runtime(
            config,
            engines.stages,
            ears,
            lambda: Microphone(config.audio.input, config.audio.block_ms, doze=lambda: ears.doze),
            sink,
            alarms=alarms(engines),
            trace=TraceLog(config.trace),
            meter=meter,
            rest=Rest(engines.stages, config, governor, ears.change),
            half_duplex=config.wake.word == "none",
            on_event=shown,
        )
        # without the last, a language model, only open questions fail
        needed = warm(engines.stages, engines.standing.config)[: 1 + len(engines.stages.voices)]
        for loading in needed:
            loading.add_done_callback(lambda done: runtime.stop() if done.exception() else None)
        with closing(sink), closing(engines.shelf.watcher()) as watcher:
            watcher.start()
            yield runtime, engines.manner
        for loading in needed:
            if loading.done():
                loading.result()


def waiting_for(config: Config) -> str:
    """What starts a command, for the screen."""
    word = config.wake.word
    match word:
        case "none":
            return "Say a command."
        case "push-to-talk":
            return "Press Enter and speak."
    return f'Say "{word.replace("_", " ")}" and a command.'


def _listen_on_enter(running: list[Runtime]) -> None:
    """running: the loop of the moment."""

    def read() -> None:
        # not through sys.stdin, whose lock would be held when the program ends
        with contextlib.suppress(OSError, ValueError):
            keyboard = sys.stdin.fileno()
            while pressed := os.read(keyboard, 1024):
                if b"\n" in pressed and running:
                    running[0].listen()

    # a daemon, because reading the keyboard cannot be interrupted
    threading.Thread(target=read, name="keyboard", daemon=True).start()
