"""`assistant power`: what the machine uses, and what of it is ours."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import Family
from assistant.cli.common import settings
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.power.recording import Recording
    from assistant.types import TurnTrace


@click.group(cls=Family)
def command() -> None:
    """What the machine uses, and what of it is ours."""


@command.command()
@click.option("--seconds", default=1.0, show_default=True, help="Time over which to measure.")
@click.pass_context
def now(ctx: click.Context, seconds: float) -> None:
    """Every meter: what it says, how sure that is, or why it says nothing."""
    from assistant.power import kept
    from assistant.power.meter import Meter
    from assistant.power.sensors import best, known

    power = kept.calibrated(settings(ctx).power, kept.read())
    root = Path(power.root)
    sensors, used = known(root, power), best(root, power).name
    works = [s for s in sensors if not s.unavailable()]
    meters = [Meter(sensor, time.monotonic, time.monotonic) for sensor in works]
    for meter in meters:
        meter.take()
    time.sleep(seconds)
    for meter in meters:
        sensor, energy = meter.sensor, meter.take()
        what = f"{'*' if sensor.name == used else ' '} {sensor.name:16} {sensor.covers:10}"
        if energy is None or not energy.seconds or energy.error == float("inf"):
            click.echo(f"{what} gives nothing at the moment")
            continue
        watts, error = energy.joules / energy.seconds, energy.error / energy.seconds
        note = "  (an estimate)" if sensor.estimated else ""
        click.echo(f"{what} {watts:8.2f} W  +- {error:.2f}{note}")
    for sensor in sensors:
        if sensor not in works:
            click.echo(f"  {sensor.name:16} {sensor.covers:10} -- {sensor.unavailable()}")
    click.echo("* is the one that turns are measured by.")


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("program", nargs=-1, type=click.UNPROCESSED)
@click.option("--hours", default=0.0, help="End after so many; otherwise with Ctrl-C.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between looks.")
@click.option("--meter", "name", help="One of `assistant power now`; else the best that works.")
@click.option("--mark", "text", help="Only write a marker into a recording, and end.")
@click.option("--period", default=10.0, show_default=True, help="Minutes of each period.")
@click.pass_context
def record(
    ctx: click.Context,
    file: Path,
    program: tuple[str, ...],
    hours: float,
    every: float,
    name: str | None,
    text: str | None,
    period: float,
) -> None:
    """Record a meter into FILE, for hours; an existing FILE is gone on with.

    Each line is written at once: a power cut loses one look at most. A PROGRAM is started in every
    other period, so that its share can be told from the machine's:

    \b
        assistant power record day.jsonl --hours 6 -- assistant run
    """
    from assistant.cli.recording import record as recorded
    from assistant.power import kept
    from assistant.power.recording import mark

    if text is not None:
        mark(file, text, time.time)
        return
    if every <= 0 or period <= 0 or hours < 0:
        raise click.UsageError("--every and --period are more than 0, and --hours is not less.")
    power = kept.calibrated(settings(ctx).power, kept.read())
    recorded(power, file, program, name, hours=hours, every=every, period=period)


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--csv", "as_csv", is_flag=True, help="Every step, as CSV.")
@click.option("--json", "as_json", is_flag=True, help="The figures, as JSON.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw it (.png).")
@click.option("--battery-wh", default=0.0, help="Capacity, if the battery does not tell it.")
@click.pass_context
def report(
    ctx: click.Context,
    file: Path,
    as_csv: bool,
    as_json: bool,
    picture: Path | None,
    battery_wh: float,
) -> None:
    """What a recording tells: power, our share, energy by stage, hours of battery."""
    import json

    from assistant.power.recording import read

    recording = read(file)
    if as_csv:
        click.echo("at,seconds,joules,watts,error,on")
        for s in recording.steps:
            click.echo(f"{s.at},{s.seconds},{s.joules},{s.watts:.4f},{s.error},{int(s.on)}")
        return
    turns = _turns(ctx, recording)
    figures = _figures(ctx, recording, turns, battery_wh)
    if picture is not None:
        from assistant.power.pictures import draw

        draw(recording, turns, figures, picture)
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        click.echo(f"{name:40} {_shown(value)}")


@command.command()
@click.argument("a", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("b", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_context
def compare(ctx: click.Context, a: Path, b: Path, as_json: bool) -> None:
    """Whether recording B needs more than recording A, or whether that is noise."""
    import json

    from assistant.power import statistics
    from assistant.power.figures import shown
    from assistant.power.recording import read

    first, second = read(a), read(b)
    if first.meter != second.meter:
        raise AssistantError(
            f"{a} was measured by {first.meter} and {b} by {second.meter}: these two cannot be "
            "compared. Record both with one meter (--meter)."
        )
    found = {"power, W": statistics.compare(first, second)}
    own = statistics.compare_own(first, second)
    if own is not None:
        found["ours (on - off), W"] = own
    turns = statistics.compare_turns(_turns(ctx, first), _turns(ctx, second))
    if turns is not None:
        found["a command, J"] = turns
    if as_json:
        click.echo(json.dumps({k: {**shown(v), "sure": v.sure} for k, v in found.items()}))
        return
    for name, difference in found.items():
        verdict = "more than noise" if difference.sure else "not more than noise"
        click.echo(f"B - A, {name}: {_shown(shown(difference))}: {verdict}")


@command.command()
@click.option("--battery-wh", default=0.0, help="What is left, if the battery does not tell it.")
@click.option("--last", default=200, show_default=True, help="Turns of the trace to learn from.")
@click.pass_context
def budget(ctx: click.Context, battery_wh: float, last: int) -> None:
    """How many commands until the battery is empty, if nothing else were done with it."""
    from assistant.power.sensors.battery import left
    from assistant.power.statistics import per_command
    from assistant.trace import TraceLog

    config = settings(ctx)
    held = battery_wh * 3600 or left(Path(config.power.root))
    if not held:
        raise AssistantError("No battery tells what it holds. Name it with --battery-wh.")
    turns = TraceLog(config.trace).read(last)
    each = per_command(turns)
    if each is None or each.value <= 0:
        raise AssistantError("No turn was measured yet. Talk to me first: assistant run.")
    estimated = any(turn.energy.get("estimated") for turn in turns)
    low, high = max(each.low, 1e-9), each.high
    click.echo(
        f"{held / 3600:.1f} Wh are left; a command takes {each.value:.2f} J "
        f"({max(each.low, 0):.2f} to {each.high:.2f}): {held / each.value:,.0f} commands "
        f"({held / high:,.0f} to {held / low:,.0f})" + (", by an estimate." if estimated else ".")
    )
    if lasts := _as_lately(held):
        click.echo(lasts)


def _as_lately(held: float) -> str:
    """How long that lasts with all else that runs, as measured in the last days."""
    from assistant.power import kept
    from assistant.power.statistics import USES

    days = [day for _, day in sorted(kept.days().items())[-7:] if day.whole]
    seconds, joules = sum(day.seconds for day in days), sum(day.all for day in days)
    if seconds < 600 or joules <= 0:
        return ""
    hours, rate = held / 3600 / (joules / seconds), USES["normal"]
    note = ", by an estimate" if any(day.estimated for day in days) else ""
    return (
        f"With all that the machine does, {joules / seconds:.1f} W in the last days{note}, it "
        f"lasts {hours:.1f} h: {hours * rate:,.0f} commands at {rate:g} an hour."
    )


@command.command()
@click.pass_context
def steps(ctx: click.Context) -> None:
    """What the machine is like now, and what the governor does with less, step by step."""
    from assistant.cli.steps import shown

    for line in shown(settings(ctx)):
        click.echo(line)


@command.command("capture-sensors")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def capture_sensors(ctx: click.Context, file: Path) -> None:
    """Write the files that the meters read on this machine into FILE, for a bug report or a test.

    Sensor files only; no serial numbers, names or anything of yours.
    """
    from assistant.power.capture import capture

    config = settings(ctx)
    count = capture(Path(config.power.root), config.power, file)
    click.echo(f"{count} values in {file}. Look at it before you send it.")


def _figures(
    ctx: click.Context, recording: Recording, turns: Sequence[TurnTrace], battery_wh: float
) -> dict[str, Any]:
    from assistant.power.figures import of_recording
    from assistant.power.sensors.battery import full

    config = settings(ctx)
    held = battery_wh * 3600 or full(Path(config.power.root)) or 0.0
    return of_recording(recording, turns, held, config.budget)


def _turns(ctx: click.Context, recording: Recording) -> list[TurnTrace]:
    """The turns of the trace that fell into the recording."""
    import datetime as dt

    from assistant.trace import TraceLog

    begin = recording.steps[0].at - recording.steps[0].seconds
    end = recording.steps[-1].at
    turns = TraceLog(settings(ctx).trace).read(100_000)
    return [t for t in turns if begin <= dt.datetime.fromisoformat(t.started).timestamp() <= end]


def _shown(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    low, high = value["low"], value["high"]
    if low is None or high is None:
        return f"{value['value']:.3f} (too little was measured to say how sure)"
    return f"{value['value']:.3f} ({low:.3f} to {high:.3f})"
