"""Batteries and chargers, from the kernel's power_supply class.

Files and units: https://docs.kernel.org/power/power_supply_class.html (energy in µWh, power in
µW, charge in µAh, current in µA, capacity in percent).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant import sysfs

Flow = Literal["charging", "discharging", "full", "idle"]

_LONGEST = dt.timedelta(days=3)  # a longer estimate comes from a rate near zero
_LEVELS = frozenset({"critical", "low", "normal", "high", "full"})

Level = int | str
"""Percent, or one of the kernel's words, where a device knows no better: many a mouse."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One battery. `now`, `full`, `design` and `rate` share a unit: µWh and µW, or µAh and µA."""

    flow: Flow
    capacity: float | None  # percent, as the driver says it
    now: float | None
    full: float | None
    rate: float | None  # per hour, without sign
    design: float | None = None  # what it held when it was new
    cycles: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """All batteries together."""

    percent: int
    flow: Flow
    time: dt.timedelta | None  # until full or empty, when the numbers tell
    plugged: bool | None = None  # whether a charger is connected, when one can be seen
    health: int | None = None  # percent of what it held when it was new
    cycles: int | None = None  # charge cycles of the battery that has seen the most


def read(root: Path) -> Charge | None:
    """The state of all system batteries below `root`; None when there is none."""
    found = [_cell(path) for path in sysfs.devices(root, "power_supply") if _is_battery(path)]
    cells = [cell for cell in found if cell is not None]
    return _together(cells, _plugged(root)) if cells else None


def peripherals(root: Path) -> list[tuple[str, Level]]:
    """The name and the charge of each mouse, keyboard or headset that tells its charge."""
    return list(_peripherals(root))


def _peripherals(root: Path) -> Iterator[tuple[str, Level]]:
    for path in sysfs.devices(root, "power_supply"):
        if sysfs.text(path / "type") == "Battery" and sysfs.text(path / "scope") == "Device":
            name = sysfs.text(path / "model_name") or path.name
            percent, word = sysfs.number(path / "capacity"), sysfs.text(path / "capacity_level")
            if percent is not None:
                yield name, round(min(max(percent, 0), 100))
            elif word.lower() in _LEVELS:
                yield name, word.lower()


def _is_battery(path: Path) -> bool:
    """A battery of the machine itself: not a mains plug, not that of a mouse."""
    present = sysfs.text(path / "present") != "0"
    of_a_device = sysfs.text(path / "scope") == "Device"
    return sysfs.text(path / "type") == "Battery" and not of_a_device and present


def _plugged(root: Path) -> bool | None:
    """Whether any mains or USB supply is online; None when the machine shows none."""
    online = [
        sysfs.text(path / "online")
        for path in sysfs.devices(root, "power_supply")
        if sysfs.text(path / "type") in ("Mains", "USB", "Wireless")
        and sysfs.text(path / "scope") != "Device"
    ]
    known = [value not in ("", "0") for value in online if value]
    return any(known) if known else None


def _cell(path: Path) -> Cell | None:
    status = sysfs.text(path / "status").lower()
    flows: dict[str, Flow] = {"charging": "charging", "discharging": "discharging", "full": "full"}
    kind, rate = ("energy", "power") if (path / "energy_now").exists() else ("charge", "current")
    now, full = sysfs.number(path / f"{kind}_now"), sysfs.number(path / f"{kind}_full")
    flow, capacity = flows.get(status, "idle"), sysfs.number(path / "capacity")
    speed, cycles = sysfs.number(path / f"{rate}_now"), sysfs.number(path / "cycle_count")
    if capacity is None and (now is None or not full):
        return None
    return Cell(
        flow,
        capacity,
        now,
        full,
        abs(speed) if speed is not None else None,
        sysfs.number(path / f"{kind}_full_design"),
        int(cycles) if cycles else None,  # drivers that do not count say 0
    )


def _together(cells: Sequence[Cell], plugged: bool | None) -> Charge:
    """Percent by what they hold where all tell that, else the mean of what they say."""
    held = [(c.now, c.full) for c in cells if c.now is not None and c.full]
    single = cells[0].capacity if len(cells) == 1 else None
    if single is not None:
        percent = single  # as the desktop shows it
    elif len(held) == len(cells):
        percent = 100 * sum(now for now, _ in held) / sum(full for _, full in held)
    else:
        percent = sum(_percent(cell) for cell in cells) / len(cells)
    flows = {cell.flow for cell in cells}
    flow: Flow = "idle"
    if "charging" in flows or "discharging" in flows:
        flow = "charging" if "charging" in flows else "discharging"
    elif flows == {"full"}:
        flow = "full"
    whole = round(min(max(percent, 0), 100))
    cycles = max((cell.cycles for cell in cells if cell.cycles), default=None)
    return Charge(whole, flow, _time(cells, flow), plugged, _health(cells), cycles)


def _health(cells: Sequence[Cell]) -> int | None:
    """A new battery may hold a little more than it was built for: never over 100."""
    known = [(c.full, c.design) for c in cells if c.full and c.design]
    if len(known) != len(cells):
        return None
    return min(round(100 * sum(f for f, _ in known) / sum(d for _, d in known)), 100)


def _percent(cell: Cell) -> float:
    if cell.capacity is not None:
        return cell.capacity
    return 100 * (cell.now or 0) / (cell.full or 1)


def _time(cells: Sequence[Cell], flow: Flow) -> dt.timedelta | None:
    """How long until full or empty at the present rate, to five minutes; None when unknown."""
    rate = sum(cell.rate or 0 for cell in cells)
    known = [(c.now, c.full) for c in cells if c.now is not None and c.full]
    if flow not in ("charging", "discharging") or not rate or len(known) != len(cells):
        return None
    todo = sum(full - now if flow == "charging" else now for now, full in known)
    length = dt.timedelta(hours=max(todo, 0) / rate)
    step = dt.timedelta(minutes=5 if length > dt.timedelta(minutes=20) else 1)
    length = max(round(length / step) * step, dt.timedelta(minutes=1))
    return length if length <= _LONGEST else None
