"""`assistant power`: what the machine uses, and what of it is ours."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.common import settings
from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.power.recording import Recording
    from assistant.power.statistics import Interval


@click.group()
def command() -> None:
    """What the machine uses, and what of it is ours."""


@command.command()
@click.option("--seconds", default=1.0, show_default=True, help="Time over which to measure.")
@click.pass_context
def now(ctx: click.Context, seconds: float) -> None:
    """Every meter: what it says, how sure that is, or why it says nothing."""
    from assistant.power.meter import Meter
    from assistant.power.sensors import known

    config = settings(ctx)
    sensors = known(Path(config.power.root), config.power)
    works = [s for s in sensors if not s.unavailable()]
    meters = [Meter(sensor, time.monotonic, time.monotonic) for sensor in works]
    for meter in meters:
        meter.take()
    time.sleep(seconds)
    for meter in meters:
        sensor, energy = meter.sensor, meter.take()
        what = f"{sensor.name:16} {sensor.covers:10}"
        if energy is None or not energy.seconds or energy.error == float("inf"):
            click.echo(f"{what} gives nothing at the moment")
            continue
        watts, error = energy.joules / energy.seconds, energy.error / energy.seconds
        note = "  (an estimate)" if sensor.estimated else ""
        click.echo(f"{what} {watts:8.2f} W  +- {error:.2f}{note}")
    for sensor in sensors:
        if sensor not in works:
            click.echo(f"{sensor.name:16} {sensor.covers:10} -- {sensor.unavailable()}")


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--hours", default=0.0, help="End after so many; otherwise with Ctrl-C.")
@click.option("--every", default=5.0, show_default=True, help="Seconds between looks.")
@click.option("--mark", "text", help="Only write a marker into a recording, and end.")
@click.option(
    "--with", "program", multiple=True, metavar="WORD", help="Run it in every other period."
)
@click.option("--period", default=10.0, show_default=True, help="Minutes of each period.")
@click.pass_context
def record(
    ctx: click.Context,
    file: Path,
    hours: float,
    every: float,
    text: str | None,
    program: tuple[str, ...],
    period: float,
) -> None:
    """Record the best meter into FILE, for hours; an existing FILE is gone on with.

    Each line is written at once: a power cut loses one look at most.
    """
    from assistant.power.meter import Meter
    from assistant.power.periods import Periods
    from assistant.power.recording import Recorder
    from assistant.power.sensors import best

    config = settings(ctx)
    sensor = best(Path(config.power.root), config.power)
    meter = Meter(sensor, time.monotonic, lambda: time.clock_gettime(time.CLOCK_BOOTTIME))
    recorder = Recorder(file, meter, time.time)
    if text is not None:
        recorder.mark(text)
        return
    click.echo(f"Recording {sensor.name} ({sensor.covers}) into {file}. Ctrl-C ends it.", err=True)
    until = time.monotonic() + hours * 3600 if hours else float("inf")
    with Periods(list(program), period * 60) as periods:
        while (left := until - time.monotonic()) > 0:
            on = periods.on(time.monotonic())
            time.sleep(min(every, left))
            recorder.step(on=on)


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
    figures = _figures(ctx, recording, battery_wh)
    if picture is not None:
        from assistant.power.pictures import draw

        draw(recording, _turns(ctx, recording), figures, picture)
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        click.echo(f"{name:40} {_shown(value)}")


@command.command()
@click.argument("a", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("b", type=click.Path(dir_okay=False, path_type=Path))
def compare(a: Path, b: Path) -> None:
    """Whether recording B needs more than recording A, or whether that is noise."""
    from assistant.power.recording import read
    from assistant.power.statistics import compare as difference

    first, second = read(a), read(b)
    if first.meter != second.meter:
        raise AssistantError(
            f"{a} was measured by {first.meter} and {b} by {second.meter}: these two cannot be "
            "compared. Record both with one meter."
        )
    found = difference(first, second)
    verdict = "more than noise" if found.sure else "not more than noise"
    click.echo(f"B - A: {_shown(_interval(found))} W: {verdict}")


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


def _figures(ctx: click.Context, recording: Recording, battery_wh: float) -> dict[str, Any]:
    from assistant.power import statistics
    from assistant.power.sensors.battery import full

    config = settings(ctx)
    turns = _turns(ctx, recording)
    watts = statistics.mean(statistics.blocks(recording.steps))
    figures: dict[str, Any] = {
        "meter": recording.meter + (" (an estimate)" if recording.estimated else ""),
        "measures": recording.covers,
        "hours": round(recording.seconds / 3600, 3),
        "energy, J": round(recording.joules, 1),
        "power, W": _interval(watts),
        "turns": len(turns),
    }
    if (own := statistics.own_share(recording)) is not None:
        figures["ours (on - off), W"] = _interval(own)
    each = statistics.per_command(turns)
    if each is not None:
        figures["a command, J"] = _interval(each)
        stages = statistics.by_stage(turns).items()
        figures |= {f"  {stage}, J": round(joules, 2) for stage, joules in stages}
    held = battery_wh * 3600 or full(Path(config.power.root))
    if held:
        cost = each or statistics.Interval(0.0, 0.0, 0.0)
        waiting = statistics.waiting(recording, turns)
        for use, lasts in statistics.hours(held, waiting, cost).items():
            figures[f"battery, {use} use, h"] = _interval(lasts)
    return figures


def _turns(ctx: click.Context, recording: Recording) -> list[Any]:
    """The turns of the trace that fell into the recording."""
    import datetime as dt

    from assistant.trace import TraceLog

    begin = recording.steps[0].at - recording.steps[0].seconds
    end = recording.steps[-1].at
    turns = TraceLog(settings(ctx).trace).read(100_000)
    return [t for t in turns if begin <= dt.datetime.fromisoformat(t.started).timestamp() <= end]


def _interval(found: Interval) -> dict[str, float | None]:
    """For JSON, which knows no infinity."""
    ends = {"value": found.value, "low": found.low, "high": found.high}
    return {k: round(v, 4) if abs(v) < float("inf") else None for k, v in ends.items()}


def _shown(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    low, high = value["low"], value["high"]
    if low is None or high is None:
        return f"{value['value']:.3f} (too little was measured to say how sure)"
    return f"{value['value']:.3f} ({low:.3f} to {high:.3f})"
