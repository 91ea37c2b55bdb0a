"""`assistant hear`: a sound file through the whole loop."""

from __future__ import annotations

import threading
from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import INTERRUPTED, NOT_UNDERSTOOD
from assistant.cli.common import exit_code, language_option, layered_with, require_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.settings import Config
    from assistant.stages import Sink, Source
    from assistant.types import Event, Turn


class _Turns:
    """Collects the turns of a file, and shows them as they happen."""

    def __init__(self, show: Callable[[Event], object]) -> None:
        self.turns: list[Turn] = []
        self._show = show

    def __call__(self, event: Event) -> None:
        if event.kind == "idle" and event.turn is not None:
            self.turns.append(event.turn)
        if event.kind != "ready":
            self._show(event)


@click.command()
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Each turn and its trace, as JSON lines.")
@click.option("--speak", is_flag=True, help="Say the replies aloud.")
@click.option("--out", type=click.Path(dir_okay=False), help="Write the replies to this WAV file.")
@click.option("--wake", is_flag=True, help="Expect the wake word before each command.")
@click.option("--real-time", is_flag=True, help="As slowly as it was recorded.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    file: str,
    as_json: bool,
    speak: bool,
    out: str | None,
    wake: bool,
    real_time: bool,
    language: str | None,
) -> int:
    """Take FILE, any sound file, through the whole loop: listen, understand, act, answer.

    Without --wake every utterance in it is a command. Exit code 3: no command was understood.
    """
    from rich.console import Console

    from assistant.audio.cleaning import cleaned
    from assistant.audio.source import WavSource
    from assistant.cli.show import Display, only_problems, turn_json

    changes = [f"language={language}"] if language else []
    config = layered_with(ctx, changes if wake else [*changes, "wake.word=none"]).config
    tail = config.endpoint.trailing_silence + 0.5
    block = config.audio.block_ms
    sound = WavSource(Path(file), block_ms=block, real_time=real_time, trailing_silence=tail)
    source = cleaned(sound, config.audio)
    turns = _Turns(only_problems if as_json else Display(Console(), ""))
    sink = _sink(config, speak, out)
    interrupted = _listen(config, source, sink, turns, patient=not real_time)
    if as_json:
        for turn in turns.turns:
            click.echo(turn_json(turn))
    elif not turns.turns:
        click.echo("The wake word was not heard." if wake else "Nobody spoke.", err=True)
    return INTERRUPTED if interrupted else _exit_code(turns.turns)


def _sink(config: Config, speak: bool, out: str | None) -> Sink:
    from assistant.audio.sink import Speaker
    from assistant.audio.wav_sink import WavSink

    if speak:
        return Speaker(config.audio.output, config.audio.gain)
    return WavSink(Path(out) if out else None)


def _listen(
    config: Config,
    source: Source,
    sink: Sink,
    on_event: Callable[[Event], object],
    *,
    patient: bool,
) -> bool:
    """The loop, from the first sample of `source` to its last; true when it was interrupted."""
    from assistant.assemble import Engines, listener
    from assistant.cli.signals import on_interrupt
    from assistant.rest import warm
    from assistant.runtime import Runtime
    from assistant.trace import TraceLog

    require_models(config)
    interrupted = threading.Event()
    with Engines(config) as engines:
        loading = warm(engines.stages, config, render=False)
        runtime = Runtime(
            config,
            engines.stages,
            listener(config),
            lambda: source,
            sink,
            trace=TraceLog(config.trace),
            patient=patient,
            on_event=on_event,
        )

        def interrupt() -> None:
            interrupted.set()
            runtime.stop()

        try:
            with on_interrupt(interrupt):
                # a file can wait, and nobody wants the loading in its times
                while wait(loading, timeout=0.1).not_done and not interrupted.is_set():
                    pass
                runtime.run()
        finally:
            sink.close()
    return interrupted.is_set()


def _exit_code(turns: list[Turn]) -> int:
    """The first failure counts; what was only not understood does not, beside an answer."""
    failures = [exit_code(turn) for turn in turns if turn.outcome == "failed"]
    if failures:
        return failures[0]
    return 0 if any(turn.outcome == "answered" for turn in turns) else NOT_UNDERSTOOD
