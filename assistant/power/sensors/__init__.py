"""All meters that the program knows, the best first."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from assistant.power.reading import EnergySensor, SensorError
from assistant.power.sensors.battery import Battery
from assistant.power.sensors.estimate import Estimate
from assistant.power.sensors.hwmon import Hwmon, Ina3221
from assistant.power.sensors.nvml import Nvml
from assistant.power.sensors.programs import Pmic, Program, Tegrastats
from assistant.power.sensors.rapl import PerfRapl, Rapl
from assistant.power.sensors.together import Together
from assistant.power.sensors.upower import UPower
from assistant.settings import Power

_ORDER = ("machine", "battery", "board", "processor", "graphics", "part")


def known(root: Path, settings: Power) -> list[EnergySensor]:
    """Every meter, whether it works here or not; what measures most of the machine first."""
    rapl, perf, nvml = Rapl(root), PerfRapl(root), Nvml(root)
    found: list[EnergySensor] = [
        Program(settings.meter, settings.meter_unit),
        Battery(root),
        UPower(root),
        Ina3221(root),
        Tegrastats(root),
        Pmic(root),
        *Hwmon.all(root),
        Together(rapl, nvml),
        Together(perf, nvml),
        rapl,
        perf,
        nvml,
    ]
    found.sort(key=lambda sensor: _ORDER.index(sensor.covers))
    return [*found, Estimate(root, time.monotonic, settings.idle_watts, settings.core_watts)]


def candidates(root: Path, settings: Power) -> list[EnergySensor]:
    """Those that see what we do, the best first: a graphics card or a disk alone tells nothing of
    it. The last is the estimate."""
    return [s for s in known(root, settings) if s.covers not in ("graphics", "part")]


def best(root: Path, settings: Power) -> EnergySensor:
    """The one to use: the first that works; the estimate in the end."""
    sensors = candidates(root, settings)
    return next((sensor for sensor in sensors if _works(sensor)), sensors[-1])


def _works(sensor: EnergySensor) -> bool:
    """Some find out only by reading that they give nothing."""
    if sensor.unavailable():
        return False
    with contextlib.suppress(SensorError):
        sensor.read()
        return True
    return False
