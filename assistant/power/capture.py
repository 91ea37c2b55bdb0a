"""What the meters and `profile detect` read here, written down so that a test can play the machine.

A line is "path = value"; of a file with several lines their breaks are written as \\n.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from assistant import sysfs
from assistant.errors import StorageError
from assistant.power.reading import SensorError
from assistant.power.sensors import known
from assistant.power.sensors.nvml import Nvml
from assistant.power.sensors.programs import Pmic, Tegrastats
from assistant.settings import Power

_THERMAL = "sys/class/thermal/thermal_zone*"
_HWMON = "sys/class/hwmon/hwmon*"
_CPU = "sys/devices/system/cpu"
_MACHINE = (
    *("proc/device-tree/model", "sys/class/dmi/id/sys_vendor", "sys/class/dmi/id/product_name"),
    *("proc/meminfo", "proc/driver/nvidia/version", "sys/fs/cgroup/memory.max"),
    *(f"{_CPU}/present", f"{_CPU}/cpu*/cpu_capacity", f"{_CPU}/cpu*/cpufreq/cpuinfo_max_freq"),
    *(f"{_THERMAL}/{name}" for name in ("type", "temp", "trip_point_*_type", "trip_point_*_temp")),
    *(f"{_HWMON}/{name}" for name in ("name", "temp*_input", "temp*_max", "temp*_crit")),
)
"""What tells which machine it is, and how hot."""
_THERE = ("dev/nvhost-gpu", "dev/nvgpu", "dev/nvmap")
"""Devices of which only that they are there is written down."""
_NEVER = ("serial", "uuid")


def capture(root: Path, settings: Power, file: Path) -> int:
    """Write "path = value" lines; returns how many. Raises StorageError from the file system.

    hwmon and power_supply are read through their class folders, so no bus address is in a path.
    """
    found = dict(_files(root, settings))
    found |= {name: "(there)" for name in _THERE if (root / name).exists()}
    found |= {f"programs/{name}": text for name, text in _programs(root)}
    lines = ["# Sensor files of a machine, by `assistant power capture-sensors`."]
    lines += [f"{name} = {value}" for name, value in found.items() if value]
    try:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error
    return len(lines) - 1


def _files(root: Path, settings: Power) -> Iterator[tuple[str, str]]:
    patterns = [p for sensor in known(root, settings) for p in sensor.files()]
    for pattern in dict.fromkeys([*_MACHINE, *patterns]):
        for path in sorted(root.glob(pattern)):
            name = str(path.relative_to(root))
            if not any(word in name.lower() for word in _NEVER):
                # of proc/stat all processors together, of proc/meminfo all memory
                yield name, sysfs.text(path).split("\n", 1)[0]


def _programs(root: Path) -> Iterator[tuple[str, str]]:
    for sensor in (Pmic(root), Tegrastats(root)):
        if not sensor.unavailable():
            with contextlib.suppress(SensorError):  # an older Raspberry Pi has no such controller
                yield sensor.name, sensor.output().strip().replace("\n", "\\n")
    if memory := Nvml(root).memory_mb():
        yield "nvml-memory-mb", str(memory)
