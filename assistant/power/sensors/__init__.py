"""All meters that the program knows, the best first."""

from __future__ import annotations

import time
from pathlib import Path

from assistant.power.reading import EnergySensor
from assistant.power.sensors.battery import Battery
from assistant.power.sensors.estimate import Estimate
from assistant.power.sensors.hwmon import Hwmon, Ina3221
from assistant.power.sensors.nvml import Nvml
from assistant.power.sensors.programs import Pmic, Program, Tegrastats
from assistant.power.sensors.rapl import PerfRapl, Rapl
from assistant.power.sensors.upower import UPower
from assistant.settings import Power

_ORDER = ("machine", "battery", "board", "processor", "graphics", "part")


def known(root: Path, settings: Power) -> list[EnergySensor]:
    """Every meter, whether it works here or not; what measures most of the machine first."""
    found: list[EnergySensor] = [
        Program(settings.meter, settings.meter_unit),
        Battery(root),
        UPower(root),
        Ina3221(root),
        Tegrastats(root),
        Pmic(root),
        *Hwmon.all(root),
        Rapl(root),
        PerfRapl(root),
        Nvml(),
    ]
    found.sort(key=lambda sensor: _ORDER.index(sensor.covers))
    return [*found, Estimate(root, time.monotonic, settings.idle_watts, settings.core_watts)]


def best(root: Path, settings: Power) -> EnergySensor:
    """The one to use: the first that works; the estimate in the end."""
    sensors = known(root, settings)
    return next((sensor for sensor in sensors if not sensor.unavailable()), sensors[-1])
