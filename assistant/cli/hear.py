"""`assistant hear`: a sound file through the whole loop."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import click

from assistant.cli import NOT_UNDERSTOOD
from assistant.cli.common import language_option, layered_with
from assistant.types import Event, Turn


@dataclass
class _Turns:
    """Collects the turns of a file, and shows them as they happen."""

    show: bool
    turns: list[Turn] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if event.kind == "idle" and event.turn is not None:
            self.turns.append(event.turn)
        if self.show:
            from rich.console import Console

            from assistant.cli.show import Display

            Display(Console(), "")(event) if event.kind != "ready" else None


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
    from assistant.assemble import Engines, listener
    from assistant.audio.sink import Speaker, WavSink
    from assistant.audio.source import WavSource
    from assistant.cli.signals import on_interrupt
    from assistant.runtime import Runtime, warm
    from assistant.trace import TraceLog

    changes = [f"language={language}"] if language else []
    config = layered_with(ctx, changes if wake else [*changes, "wake.word=none"]).config
    block = config.audio.block_ms
    tail = config.endpoint.trailing_silence + 0.5
    source = WavSource(Path(file), block_ms=block, real_time=real_time, trailing_silence=tail)
    sink = (
        Speaker(config.audio.output, config.audio.gain)
        if speak
        else WavSink(Path(out) if out else None)
    )
    collected = _Turns(show=not as_json)
    with Engines(config) as engines:
        warm(engines.stages, config)
        runtime = Runtime(
            config,
            engines.stages,
            listener(config),
            lambda: source,
            sink,
            trace=TraceLog(config.trace),
            on_event=collected,
        )
        try:
            with on_interrupt(runtime.stop):
                runtime.run()
        finally:
            sink.close()
    if as_json:
        from assistant.cli.show import turn_json

        for turn in collected.turns:
            click.echo(turn_json(turn))
    if not collected.turns and not as_json:
        click.echo("Nobody spoke." if not wake else "The wake word was not heard.", err=True)
    return _exit_code(collected.turns)


def _exit_code(turns: list[Turn]) -> int:
    outcomes = {turn.outcome for turn in turns}
    if "failed" in outcomes:
        return 1
    return 0 if "answered" in outcomes else NOT_UNDERSTOOD
