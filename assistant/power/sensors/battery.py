"""The batteries of the machine, as meters of all that runs on them."""

from __future__ import annotations

from pathlib import Path

from assistant import sysfs
from assistant.power.reading import Covers, Reading, SensorError

SHARE = 0.05
"""Fuel gauges are good to a few percent (TI bq40z50: 1 % current, drivers average and lag)."""
STEP = 36.0
"""Joules, 10 mWh: the steps in which most laptops count."""
_MICRO = 1e-6


class Battery:
    """Counts down `energy_now`, or `charge_now` by the voltage; `power_now`, or current by voltage,
    is what it gives at the moment. Only while it empties: a charger hides what is used."""

    name = "battery"
    covers: Covers = "battery"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last: dict[str, float] = {}
        self._total = 0.0

    def unavailable(self) -> str:
        cells = self._cells()
        if not cells:
            return "There is no battery."
        if not self._discharging(cells):
            return "The battery is not being used: the machine is plugged in."
        known = any(_watts(c) is not None or _joules(c) is not None for c in cells)
        return "" if known else "The battery tells neither energy nor power, only its percentage."

    def read(self) -> Reading:
        cells = self._cells()
        if not self._discharging(cells):
            self._last = {}
            raise SensorError("The machine is plugged in.")
        for cell in cells:
            held = _joules(cell)
            if held is not None:
                # what it holds may rise a little as the gauge corrects itself: taken back later
                self._total += self._last.get(cell.name, held) - held
                self._last[cell.name] = held
        watts = [w for cell in cells if (w := _watts(cell)) is not None]
        joules = max(self._total, 0.0) if self._last else None
        return Reading(joules, sum(watts) if watts else None, SHARE, STEP)

    def files(self) -> list[str]:
        names = "type scope present status online capacity energy_now energy_full charge_now"
        names += " charge_full voltage_now voltage_min_design power_now current_now"
        return [f"sys/class/power_supply/*/{name}" for name in names.split()]

    def _cells(self) -> list[Path]:
        return [path for path in sysfs.devices(self._root, "power_supply") if _is_battery(path)]

    def _discharging(self, cells: list[Path]) -> bool:
        return any(sysfs.text(cell / "status") == "Discharging" for cell in cells)


def left(root: Path) -> float | None:
    """Joules that all batteries still hold; None when they do not tell."""
    held = [_joules(p) for p in sysfs.devices(root, "power_supply") if _is_battery(p)]
    known = [joules for joules in held if joules is not None]
    return sum(known) if known and len(known) == len(held) else None


def full(root: Path) -> float | None:
    """Joules that all batteries hold when they are full; None when they do not tell."""
    cells = [p for p in sysfs.devices(root, "power_supply") if _is_battery(p)]
    known = [j for cell in cells if (j := _joules(cell, "full")) is not None]
    return sum(known) if known and len(known) == len(cells) else None


def _is_battery(path: Path) -> bool:
    of_a_device = sysfs.text(path / "scope") == "Device"  # a mouse
    there = sysfs.text(path / "present") != "0"
    return sysfs.text(path / "type") == "Battery" and not of_a_device and there


def _joules(cell: Path, when: str = "now") -> float | None:
    energy = sysfs.number(cell / f"energy_{when}")  # µWh
    if energy is not None:
        return energy * _MICRO * 3600
    charge = sysfs.number(cell / f"charge_{when}")  # µAh
    # the design voltage: the present one falls and rises with the load
    volts = sysfs.number(cell / "voltage_min_design") or sysfs.number(cell / "voltage_now")
    return charge * volts * _MICRO * _MICRO * 3600 if charge is not None and volts else None


def _watts(cell: Path) -> float | None:
    power = sysfs.number(cell / "power_now")
    if power is not None:
        return abs(power) * _MICRO
    current, volts = sysfs.number(cell / "current_now"), sysfs.number(cell / "voltage_now")
    return abs(current) * volts * _MICRO * _MICRO if current is not None and volts else None
