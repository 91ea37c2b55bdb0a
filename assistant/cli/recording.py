"""The loop of `assistant power record`."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from assistant.errors import AssistantError
from assistant.power.meter import Meter
from assistant.power.periods import Periods
from assistant.power.reading import EnergySensor
from assistant.power.recording import Recorder
from assistant.power.sensors import best, known
from assistant.settings import Power

_SAMPLED = 1.0
"""Seconds between looks at a meter that knows only power."""


def record(
    settings: Power,
    file: Path,
    program: Sequence[str],
    name: str | None,
    *,
    hours: float,
    every: float,
    period: float,
) -> None:
    """Until the hours are over (0: never), or Ctrl-C. every: seconds; period: minutes.

    Raises AssistantError for a meter that is not there, StorageError from the file system.
    """
    sensor = _named(settings, name) if name else best(Path(settings.root), settings)
    meter = Meter(sensor, time.monotonic, lambda: time.clock_gettime(time.CLOCK_BOOTTIME))
    recorder = Recorder(file, meter, time.time)
    note = ", an estimate" if sensor.estimated else ""
    click.echo(
        f"Recording {sensor.name} ({sensor.covers}{note}) into {file}. Ctrl-C ends it.", err=True
    )
    until = time.monotonic() + hours * 3600 if hours else float("inf")
    told = _Told(sensor)
    try:
        with Periods(program, period * 60) as periods:
            while (left := until - time.monotonic()) > 0:
                on = periods.on(time.monotonic())
                _wait(min(every, left), meter)
                step = recorder.step(on=on)
                told.look(step.joules if step else None, step.seconds if step else 0.0)
    except KeyboardInterrupt:
        pass  # that is how it ends
    except OSError as error:
        raise AssistantError(f"{' '.join(program)} cannot be started: {error.strerror}.") from error
    told.end(file)


def _named(settings: Power, name: str) -> EnergySensor:
    sensors = {sensor.name: sensor for sensor in known(Path(settings.root), settings)}
    if name not in sensors:
        raise AssistantError(f"There is no meter {name!r}. There are: {', '.join(sensors)}.")
    if why := sensors[name].unavailable():
        raise AssistantError(f"{name}: {why}")
    return sensors[name]


def _wait(seconds: float, meter: Meter) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _SAMPLED))
        if left > _SAMPLED:
            meter.sample()


class _Told:
    """What is said meanwhile: that the meter is silent, once each time, and the mean at the end."""

    def __init__(self, sensor: EnergySensor) -> None:
        self._sensor = sensor
        self._silent = False
        self._joules = self._seconds = 0.0

    def look(self, joules: float | None, seconds: float) -> None:
        if joules is None and not self._silent:
            why = self._sensor.unavailable() or f"{self._sensor.name} gives nothing."
            click.echo(f"{why} Nothing is recorded until it does.", err=True)
        self._silent = joules is None
        self._joules += joules or 0.0
        self._seconds += seconds

    def end(self, file: Path) -> None:
        if self._seconds:
            watts, hours = self._joules / self._seconds, self._seconds / 3600
            click.echo(
                f"{watts:.2f} W for {hours:.2f} h. See: assistant power report {file}", err=True
            )
