"""`assistant bench`: how fast and how right it is, here and on one's own recordings."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import INTERRUPTED
from assistant.cli.common import require_models, settings
from assistant.config import load, user_file
from assistant.errors import ConfigError
from assistant.settings import Config

if TYPE_CHECKING:
    from rich.progress import TaskID

    from assistant.bench.plan import Plan
    from assistant.bench.run import Progress, Report

MEASURES = {
    "words": "word error rate, and compute time of a transcription",
    "intents": "commands of your own grammar understood: intent and slots",
    "noise": "the same in noise, from 6 to 24 dB",
    "wake": "wake word missed in quiet, noise and rooms; false alarms",
    "duplex": "woken by its own voice in rooms; people who talk over it",
    "invented": "words and commands heard in noise, music and others' talk",
    "latency": "end of speech to the first sound of the reply, in real time",
    "process": "start, waiting for the wake word, memory",
    "requests": "requests of all kinds, by other people's intents: right, asked, wrong",
    "routing": "time to find out what is meant, as the user's sentences grow in number",
    "home": "sentences to a smart home, labelled with Home Assistant's intents",
    "values": "numbers, dates, times and units in sentences (numbers_dates_units.jsonl)",
    "documents": "questions to documents: found, read out, known not to be there",
    "volume": "a search among 10,000 and 100,000 passages: time, disk, memory",
    "answers": "open questions: to the first sound of the answer, and its parts",
    "models": "the language models: a hundred questions, speed, memory, quantization",
    "calls": "functions that a language model has called: right, wrong, none, asked first",
    "engine": "reading the kept beginning of a prompt; ending a cancelled answer",
    "day": "a simulated day on battery, with the governor and without",
    "attribution": "what is told of energy beside what was used, by each kind of meter; its cost",
    "memory": "what the whole assistant and the smallest one hold, and of what it is made",
    "budgets": "each device profile in a control group of its memory budget, 200 turns (root)",
}
"""What the help says of each; `bench.run` has the measures themselves, and is slow to import."""
NO_SOUNDS = {"answers", "models", "calls", "engine", "day", "attribution", "memory", "budgets"}
"""Measures that take no recordings."""
PLACE = click.Path(path_type=Path)


_HELP = """Measure how fast and how right it is, beside stock faster-whisper.

\b
{measures}

Without a MEASURE, or with `all`: every one that the data allows. Without --data: on
commands in the assistant's own voice. The folders and labels are described in the README.

Ctrl-C ends it, and shows what was measured until then.
""".format(measures="\n".join(f"{name:<11} {what}" for name, what in MEASURES.items()))


@click.command(help=_HELP)
@click.argument("measures", nargs=-1, type=click.Choice([*MEASURES, "all"]), metavar="[MEASURE]...")
@click.option("--data", type=PLACE, help="Recordings with labels, in folders below this one.")
@click.option("--grammar", type=PLACE, help="The user's sentences that labelled intents are of.")
@click.option("--noise", type=PLACE, help="A sound file of noise. Else one found in the data.")
@click.option("--rooms", type=PLACE, help="A folder of impulse responses. Else the data's `rooms`.")
@click.option("--clips", type=click.IntRange(min=1), help="At most so many of each folder.")
@click.option("--seed", default=7, show_default=True, help="Draws the clips and the noise.")
@click.option("--gguf", type=PLACE, multiple=True, help="This model file, too (`models`, `calls`).")
@click.option("--quantize", default="", help="Measure the smallest model in these: Q8_0,Q2_K,...")
@click.option("--beside", type=PLACE, help="Other text beside the documents (`documents`).")
@click.option("--no-stock", is_flag=True, help="Do not measure stock faster-whisper beside it.")
@click.option("--runs", default=5, show_default=True, help="Of the program, for `process`.")
@click.option("--out", type=PLACE, help="Write report.json, report.txt and pictures there.")
@click.option("--json", "as_json", is_flag=True, help="Every single measurement, for programs.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    measures: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    from assistant.bench.run import check, run
    from assistant.bench.subject import at_home
    from assistant.think.table import table_file

    wanted = [name for name in measures if name != "all"]
    require_models(settings(ctx))
    configure, options = _settings(ctx)  # the user's, before the home changes
    table = table_file()
    given["beside"] = _beside(given["beside"], configure([]))
    with at_home() as home:
        plan = _plan(home, configure, options, wanted, **given)
        check(plan, wanted)
        with _progress() as progress, _terminated_like_interrupted():
            report = run(plan, wanted or list(MEASURES), progress)
    _hand_over(report, out, as_json)
    _keep(report, table)
    return INTERRUPTED if report.interrupted else 0


def _beside(folder: Path | None, config: Config) -> Path | None:
    """The index of the other text, made before anything is measured. It may take a while, and is
    gone on with when it was broken off."""
    from assistant.bench.beside import prepare
    from assistant.cli.docs import bars

    if folder is None:
        return None
    with bars() as progress:
        return prepare(folder, config.documents.embedding, progress)


def _keep(report: Report, table: Path) -> None:
    """What was found out about the installed models is what the assistant decides from."""
    from assistant.bench.models import MEASURE, measured
    from assistant.think.table import write

    rows = [row for s in report.sections if s.name == MEASURE.name for row in s.rows]
    if found := measured(rows):
        click.echo(f"Written: {write(found, table)}", err=True)


def _hand_over(report: Report, out: Path | None, as_json: bool) -> None:
    from rich.console import Console

    from assistant.bench import report as reports

    if as_json:
        click.echo(reports.to_json(report))
    else:
        reports.show(report, Console())
    if out is not None:
        for path in reports.write(report, out):
            click.echo(f"Written: {path}", err=True)


def _settings(ctx: click.Context) -> tuple[Callable[[Sequence[str]], Config], tuple[str, ...]]:
    """The user's settings, with changes on top; and the options that give a process the same."""
    overrides = ctx.obj["overrides"]
    named = Path(ctx.obj["file"]) if ctx.obj["file"] else user_file()
    file = named.resolve() if named.is_file() else None
    options = [part for override in overrides for part in ("--set", override)]
    if file is not None:
        options += ["--config", str(file)]
    return lambda changes: load([*overrides, *changes], file).config, tuple(options)


def _plan(
    home: Path,
    configure: Callable[[Sequence[str]], Config],
    options: tuple[str, ...],
    wanted: Sequence[str],
    *,
    data: Path | None,
    grammar: Path | None,
    noise: Path | None,
    rooms: Path | None,
    clips: int | None,
    seed: int,
    no_stock: bool,
    runs: int,
    gguf: tuple[Path, ...],
    quantize: str,
    beside: Path | None,
) -> Plan:
    """Raises ConfigError and AudioFileError for what cannot be measured with."""
    from assistant.bench.clips import Recordings, find
    from assistant.bench.plan import Plan
    from assistant.bench.spoken import speak_commands

    if grammar is not None and not grammar.is_file():
        raise ConfigError(f"There is no file {grammar}. Check its name.")
    silent = bool(wanted) and set(wanted) <= NO_SOUNDS
    root = data if data or silent else speak_commands(configure([]), home / "spoken")
    return Plan(
        find(root, noise, rooms) if root else Recordings((), None, ()),
        configure,
        home,
        grammar=grammar,
        clips=clips,
        seed=seed,
        stock=not no_stock,
        runs=runs,
        options=options,
        data=data,
        gguf=tuple(file.resolve() for file in gguf),
        quantize=tuple(name for name in quantize.split(",") if name),
        beside=beside,
    )


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """A run that a timeout ends keeps what it has measured, as with Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar for each measure; a line, where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bars, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        "{task.description}",
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(name: str, done: int, whole: int) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=whole)
                if not console.is_terminal:
                    click.echo(f"{name} ({whole})", err=True)
            bars.update(tasks[name], completed=done)

        yield progress
