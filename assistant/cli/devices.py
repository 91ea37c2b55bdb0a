"""`assistant devices`: list microphones and speakers, and try them out."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from assistant.cli import Family
from assistant.cli.common import settings
from assistant.errors import AudioDeviceError

if TYPE_CHECKING:
    from assistant.types import Speech


@click.group(name="devices", cls=Family, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List and test microphones and speakers."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_devices)


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def list_devices(as_json: bool = False) -> None:
    """List all devices: number, name, channels, rate, which is the default."""
    from assistant.audio.devices import devices

    known = devices()
    if as_json:
        click.echo(json.dumps([asdict(device) for device in known], indent=2, ensure_ascii=False))
        return
    if not known:
        raise AudioDeviceError(
            "There is no sound device. Plug one in, and check that the sound server runs: "
            "pactl info",
            code="no_device",
        )
    from rich.console import Console
    from rich.table import Table

    table = Table("Number", "Name", "System", "Microphone", "Speaker", "Rate")
    for device in known:
        table.add_row(
            str(device.index),
            device.name,
            device.host_api,
            _ability(device.inputs, device.default_input),
            _ability(device.outputs, device.default_output),
            f"{device.rate:.0f} Hz",
        )
    Console().print(table, markup=False)


@command.command(name="test")
@click.option("--seconds", type=click.FloatRange(0.5, 60), default=3.0, show_default=True)
@click.option("--device", help="Microphone: number, name or part of a name.")
@click.option("--output", help="Speaker: number, name or part of a name.")
@click.option("--playback/--no-playback", default=True, help="Play the recording back.")
@click.pass_context
def test_devices(
    ctx: click.Context, seconds: float, device: str | None, output: str | None, playback: bool
) -> int:
    """Record with a level meter, say how good the recording is, and play it back."""
    from assistant.audio.devices import judge

    audio = settings(ctx).audio
    recorded = _record(device or audio.input, audio.block_ms, seconds)
    verdict = judge(recorded)
    click.echo(f"{verdict.sentence} Peak {verdict.peak:.0f} dBFS, speech {verdict.level:.0f} dBFS.")
    if verdict.state == "silent":
        return AudioDeviceError.exit_code
    if playback:
        _play(output or audio.output, audio.gain, recorded)
    return 0


def _record(device: str | int, block_ms: int, seconds: float) -> Speech:
    from contextlib import closing

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from assistant.audio import pcm
    from assistant.audio.source import Microphone, record

    columns = (
        TextColumn("{task.description}"),
        BarColumn(40),
        TextColumn("{task.fields[db]:>4.0f} dB"),
    )
    with closing(Microphone(device, block_ms)) as microphone:
        click.echo(f"Speak for {seconds:g} seconds into {microphone.name!r}.")
        with Progress(*columns, console=Console(), transient=True) as meter:
            # The bar spans 60 dB, the range from a silent room to full scale.
            bar = meter.add_task("level", total=60, db=-60.0)

            def show(peak: float) -> None:
                db = max(-60.0, pcm.dbfs(peak))
                meter.update(bar, completed=60 + db, db=db)

            return record(microphone, seconds, show)


def _play(device: str | int, gain: float, recorded: Speech) -> None:
    from contextlib import closing

    from assistant.audio.sink import Speaker
    from assistant.worker import Cancel

    with closing(Speaker(device, gain)) as speaker:
        click.echo("This is what was heard.")
        speaker.play(recorded)
        speaker.finish(Cancel())


def _ability(channels: int, is_default: bool) -> str:
    if not channels:
        return "-"
    return f"{channels} ch, default" if is_default else f"{channels} ch"
