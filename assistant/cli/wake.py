"""`assistant wake`: what your room is taken for, and how surely you are heard."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import INTERRUPTED, Family
from assistant.cli.common import settings
from assistant.errors import ConfigError, StorageError

if TYPE_CHECKING:
    from assistant.assemble import Engines
    from assistant.hear.watch import Candidate, Watch
    from assistant.settings import Config
    from assistant.stages import Source, Verdict, WakeVerifier
    from assistant.types import Samples
    from assistant.worker import Worker

PATIENCE = 5.0
"""Seconds in which the word is to be said, each time that `wake test` asks for it."""

_file_option = click.option(
    "--file", type=click.Path(), help="Listen to this sound file instead of the microphone."
)


@click.group(name="wake", cls=Family)
def command() -> None:
    """See what is taken for the wake word in your room, and whether you are heard."""


@command.command(name="watch")
@click.option("--minutes", type=click.FloatRange(min=0.01), default=60.0, show_default=True)
@_file_option
@click.option("--keep", type=click.Path(file_okay=False), help="Store the false alarms here.")
@click.pass_context
def watch(ctx: click.Context, minutes: float, file: str | None, keep: str | None) -> int:
    """Listen while nobody says the wake word, and count what is taken for it.

    Nothing is recorded, but with --keep: then the two seconds of each false alarm, at whichever
    sensitivity, are stored where only you can read them.
    """
    from assistant.hear.watch import accepted_at
    from assistant.types import LOOP_RATE

    config = settings(ctx)
    room = _Room(config, file)
    found: list[Candidate] = []
    click.echo("Do not say the wake word. Ctrl-C ends it and shows the result.")
    with room:
        for candidate in room.candidates(minutes * 60):
            found.append(candidate)
            room.show(_line(candidate))
            if keep and any(accepted_at([candidate], config.wake.word).values()):
                _store(Path(keep), candidate)
    hours = room.ears.heard / LOOP_RATE / 3600
    counted = f"taken for the word in {hours * 60:.1f} minutes"
    _table(config, found, counted, "an hour", lambda n: f"{n / hours:.1f}" if hours else "-")
    return INTERRUPTED if room.interrupted else 0


@command.command(name="test")
@click.option("--times", type=click.IntRange(1, 100), default=5, show_default=True)
@_file_option
@click.pass_context
def test_word(ctx: click.Context, times: int, file: str | None) -> int:
    """Say the wake word some times, and see how often it is heard."""
    config = settings(ctx)
    room = _Room(config, file)
    found: list[Candidate] = []
    with room:
        for number in range(1, times + 1):
            room.show(f'Say "{room.word}" ({number} of {times}).')
            candidate = next(room.candidates(PATIENCE), None)
            room.show("not heard" if candidate is None else _line(candidate))
            found += [candidate] if candidate else []
            if room.interrupted:
                return INTERRUPTED
    _table(config, found, f"heard of {times}", "missed", lambda n: str(times - n))
    return 0


class _Room:
    """The source, both looks at it, and a meter of its level while it is a microphone."""

    def __init__(self, config: Config, file: str | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        from assistant.assemble import Engines

        self._engines = Engines(config)
        self.ears, self.word = _ears(config, self._engines)
        self.interrupted = False
        self._config = config
        self._file = file
        self._open = contextlib.ExitStack()
        self._stop = threading.Event()
        columns = (TextColumn("level"), BarColumn(40), TextColumn("{task.fields[db]:>4.0f} dB"))
        self._meter = Progress(*columns, console=Console(), transient=True, disable=bool(file))
        self._level = self._meter.add_task("level", total=60, db=-60.0)  # the bar spans 60 dB

    def __enter__(self) -> _Room:
        from assistant.cli.signals import on_interrupt

        self._open.enter_context(self._engines)
        self._source = self._open.enter_context(contextlib.closing(self._sound()))
        self._open.enter_context(on_interrupt(self._interrupt))
        self._open.enter_context(self._meter)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def candidates(self, seconds: float) -> Iterator[Candidate]:
        """What the first look reports within the next `seconds` of sound."""
        from assistant.types import LOOP_RATE

        end = self.ears.heard + seconds * LOOP_RATE
        while self.ears.heard < end and not self._stop.is_set():
            chunk = self._source.read()
            if chunk is None:
                return
            self._show_level(chunk.samples)
            candidate = self.ears.process(chunk)
            if candidate is not None:
                yield candidate

    def show(self, line: str) -> None:
        if self._file:
            click.echo(line)
        else:
            self._meter.console.print(line, markup=False, highlight=False)

    def _show_level(self, samples: Samples) -> None:
        from assistant.audio import pcm

        db = max(-60.0, pcm.dbfs(pcm.peak(samples)))
        self._meter.update(self._level, completed=60 + db, db=db)

    def _sound(self) -> Source:
        from assistant.audio.cleaning import cleaned
        from assistant.audio.source import Microphone, WavSource

        audio = self._config.audio
        if self._file:
            file = WavSource(self._file, block_ms=audio.block_ms, trailing_silence=0.5)
            return cleaned(file, audio)
        return cleaned(Microphone(audio.input, audio.block_ms), audio)

    def _interrupt(self) -> None:
        self.interrupted = True
        self._stop.set()


class _SecondLook:
    """The loop's own, asked and waited for."""

    def __init__(self, worker: Worker[WakeVerifier]) -> None:
        self._worker = worker

    def verify(self, samples: Samples, word: str) -> Verdict:
        return self._worker.ask(lambda v: v.verify(samples, word))


def _ears(config: Config, engines: Engines) -> tuple[Watch, str]:
    """Both looks for the wake word of the settings, and the word as it is said."""
    from assistant.assemble import decode
    from assistant.hear.wake import load_wake
    from assistant.hear.watch import Watch

    detector = load_wake(config.wake, decode)
    worker = engines.stages.verifier
    if detector is None or worker is None:
        raise ConfigError(
            f"wake.word is {config.wake.word!r}: there is no word to listen for. Choose one with "
            "--set wake.word=okay_nabu"
        )
    return Watch(detector, _SecondLook(worker)), detector.word


def _line(candidate: Candidate) -> str:
    """A candidate, in a line: when, and what each look made of it."""
    minutes, seconds = divmod(candidate.at, 60)
    verdict = candidate.verdict
    second = f"second look {verdict.score:.2f} ({verdict.reason})" if verdict else "no second look"
    taken = "accepted" if candidate.accepted else "rejected"
    when = f"{int(minutes):3d}:{seconds:04.1f}"
    return f"{when}  {taken}: first look {candidate.first:.2f}, {second}"


def _table(
    config: Config, found: Sequence[Candidate], counted: str, extra: str, of: Callable[[int], str]
) -> None:
    from rich.console import Console
    from rich.table import Table

    from assistant.hear.watch import accepted_at

    table = Table("sensitivity", counted, extra)
    table.add_row("(first look alone)", str(len(found)), of(len(found)))
    for name, count in accepted_at(found, config.wake.word).items():
        mark = " (yours)" if name == config.wake.sensitivity else ""
        table.add_row(name + mark, str(count), of(count))
    Console().print(table, markup=False)


def _store(folder: Path, candidate: Candidate) -> None:
    """Write the sound of a candidate into `folder`, for its owner only."""
    from assistant import paths
    from assistant.audio.files import write_wav
    from assistant.types import LOOP_RATE, Speech

    try:
        paths.private_dir(folder)
    except OSError as error:
        raise StorageError(f"{folder} cannot be written to: {error.strerror}.") from error
    before = os.umask(0o077)
    try:
        write_wav(folder / f"{candidate.at:08.1f}s.wav", Speech(candidate.samples, LOOP_RATE))
    finally:
        os.umask(before)
