"""What this machine is, by the kernel's files below a root, and the profile that fits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs
from assistant.power.sensors import best
from assistant.settings import Power

_BOARDS = (
    ("jetson agx orin", "jetson-agx-orin"),
    ("orin", "jetson-orin-nano"),
    ("jetson nano", "jetson-nano"),
    ("raspberry pi 5", "raspberry-pi-5"),
    ("raspberry pi compute module 5", "raspberry-pi-5"),
    ("raspberry pi 4", "raspberry-pi-4"),
    ("raspberry pi 400", "raspberry-pi-4"),
    ("raspberry pi compute module 4", "raspberry-pi-4"),
    ("raspberry pi zero 2", "raspberry-pi-zero-2w"),
    ("raspberry pi 3", "raspberry-pi-zero-2w"),
)
"""What the board calls itself in its device tree, in small letters, and its profile."""
LEAST = {"raspberry-pi-4": 1500, "raspberry-pi-5": 3000, "jetson-nano": 3000}
"""MB of memory that a profile needs; with less it is "minimal"."""
_SMALL = 3000  # MB


@dataclass(frozen=True, slots=True)
class Machine:
    """What was found. memory_mb: all there is. graphics: an NVIDIA card (or a Jetson's)."""

    board: str
    cores: int
    memory_mb: int
    graphics: bool
    battery: bool
    on_battery: bool
    meter: str


@dataclass(frozen=True, slots=True)
class Proposal:
    profile: str
    reasons: list[str]


def look(root: Path, settings: Power) -> Machine:
    supplies = [
        path
        for path in sysfs.devices(root, "power_supply")
        if sysfs.text(path / "type") == "Battery" and sysfs.text(path / "scope") != "Device"
    ]
    return Machine(
        board=sysfs.text(root / "proc/device-tree/model"),
        cores=_cores(sysfs.text(root / "sys/devices/system/cpu/present")),
        memory_mb=_memory(root),
        graphics=(root / "proc/driver/nvidia/version").exists()
        or (root / "dev/nvhost-gpu").exists(),
        battery=bool(supplies),
        on_battery=any(sysfs.text(path / "status") == "Discharging" for path in supplies),
        meter=best(root, settings).name,
    )


def propose(machine: Machine) -> Proposal:
    """The profile that fits, and why, each reason a sentence."""
    memory = f"It has {machine.memory_mb} MB of memory."
    board = machine.board.lower()
    name = next((profile for part, profile in _BOARDS if part in board), None)
    if name is not None:
        reasons = [f"The board calls itself “{machine.board}”.", memory]
        if machine.memory_mb >= LEAST.get(name, 0):
            return Proposal(name, reasons)
        short = f"The profile {name} needs {LEAST[name]} MB."
        return Proposal("minimal", [*reasons, short])
    if machine.memory_mb < _SMALL or machine.cores < 2:
        cores = f"It has {machine.cores} cores."
        return Proposal("minimal", [memory, cores, f"Others need {_SMALL} MB and two cores."])
    if machine.on_battery:
        return Proposal("laptop-battery", ["It runs on battery.", memory])
    if machine.graphics and machine.memory_mb >= 8000:
        return Proposal("laptop-cuda", ["There is an NVIDIA card.", memory])
    plugged = "It has a battery, and is plugged in." if machine.battery else "It has no battery."
    return Proposal("laptop", [plugged, memory, f"It has {machine.cores} cores."])


def _cores(text: str) -> int:
    """Of a list of ranges: "0-3,6"."""
    found = 0
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", text):
        found += int(last or first) - int(first) + 1
    return found or 1


def _memory(root: Path) -> int:
    """MB, of /proc/meminfo, or of the cgroup of a container if that is less."""
    whole = re.search(r"MemTotal:\s+(\d+) kB", sysfs.text(root / "proc/meminfo"))
    limit = sysfs.number(root / "sys/fs/cgroup/memory.max")
    found = [int(whole[1]) / 1000] if whole else []
    found += [limit / 1e6] if limit else []
    return round(min(found)) if found else 0
