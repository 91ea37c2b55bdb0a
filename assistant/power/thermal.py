"""Temperatures and fans, from the kernel's hwmon and thermal classes.

Files and units: https://docs.kernel.org/hwmon/sysfs-interface.html (temperatures in 1/1000 °C,
fans in revolutions per minute, pwm from 0 to 255) and its ABI/testing/sysfs-class-thermal.
A Jetson tells its fan's speed in a file `rpm` of its tachometer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant import sysfs

Part = Literal["processor", "graphics", "disk", "machine"]

_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("processor", re.compile(r"coretemp|k10temp|zenpower|x86_pkg_temp|(cpu|soc|tj)\d*[-_]?therm"
                             r"|^(cpu|soc)$|bcm\d+_thermal")),
    ("graphics", re.compile(r"amdgpu|radeon|nouveau|gpu\d*[-_]?therm|^gpu$")),
    ("disk", re.compile(r"nvme|drivetemp")),
    ("machine", re.compile(r"acpitz|thinkpad|dell|asus|board|ambient")),
)  # fmt: skip
_COLDEST, _HOTTEST = -40, 150  # °C; what is off or broken says less or more
_CONSTANT = "PMIC-Die"  # a Jetson Nano's says 100 °C always


@dataclass(frozen=True, slots=True)
class Heat:
    """The temperature of a part, in °C, and the lowest one of those at which its sensors tell that
    it is slowed down or turned off."""

    part: Part
    celsius: float
    limit: float | None


@dataclass(frozen=True, slots=True)
class Fan:
    """One fan: its speed in revolutions per minute, or how much of its power it gets."""

    rpm: int | None
    percent: int | None = None

    @property
    def turns(self) -> bool:
        return bool(self.rpm if self.rpm is not None else self.percent)


def temperatures(root: Path) -> list[Heat]:
    """The hottest sensor of each part that has one, the processor first."""
    found = [*_hwmon(root), *_zones(root)]
    return [
        Heat(part, max(heat.celsius for heat in of_part), min(limits, default=None))
        for part, _ in _PARTS
        if (of_part := [heat for heat in found if heat.part == part])
        for limits in [[heat.limit for heat in of_part if heat.limit is not None]]
    ]


def fans(root: Path) -> list[Fan]:
    """All fans; where only the power of one is known, that."""
    turning, driven = [], []
    for path in sysfs.devices(root, "hwmon"):
        speeds = [sysfs.number(file) for file in _numbered(path, "fan*_input")]
        speeds.append(sysfs.number(path / "rpm"))
        turning += [Fan(round(speed)) for speed in speeds if speed is not None]
        powers = [sysfs.number(file) for file in _numbered(path, "pwm?")]
        driven += [Fan(None, round(power / 2.55)) for power in powers if power is not None]
    return turning or driven


def _hwmon(root: Path) -> Iterator[Heat]:
    """The first sensor of each device: that of the whole chip, where there are several."""
    for path in sysfs.devices(root, "hwmon"):
        part = _part(sysfs.text(path / "name"))
        for file in _numbered(path, "temp*_input")[:1]:
            stem = file.name.removesuffix("_input")
            # coretemp's max is where fans are to be at their fastest, often 20 K below its limit
            told = sysfs.number(path / f"{stem}_crit") or sysfs.number(path / f"{stem}_max")
            yield from _heat(part, sysfs.number(file), [told])


def _zones(root: Path) -> Iterator[Heat]:
    for path in sysfs.devices(root, "thermal"):
        kind = sysfs.text(path / "type")
        if path.name.startswith("thermal_zone") and kind != _CONSTANT:
            limits = [
                sysfs.number(file.with_name(file.name.replace("_type", "_temp")))
                for file in _numbered(path, "trip_point_*_type")
                if sysfs.text(file) in ("critical", "hot")
            ]
            yield from _heat(_part(kind), sysfs.number(path / "temp"), limits)


def _heat(part: Part | None, value: float | None, limits: list[float | None]) -> Iterator[Heat]:
    if part is None or value is None or not _COLDEST <= value / 1000 <= _HOTTEST:
        return
    sane = [limit / 1000 for limit in limits if limit and 50_000 <= limit <= 1000 * _HOTTEST]
    yield Heat(part, value / 1000, min(sane, default=None))


def _part(name: str) -> Part | None:
    return next((part for part, names in _PARTS if names.search(name.lower())), None)


def _numbered(path: Path, pattern: str) -> list[Path]:
    """Files in the order of their number: temp2_input before temp10_input."""
    return sorted(path.glob(pattern), key=lambda file: (len(file.name), file.name))
