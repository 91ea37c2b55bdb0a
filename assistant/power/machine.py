"""What this machine is, by the kernel's files below a root, and the profile that fits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs
from assistant.power.sensors import best, known
from assistant.power.sensors.nvml import Nvml
from assistant.settings import Power

_BOARDS = (
    ("jetson agx orin", "jetson-agx-orin"),
    ("orin", "jetson-orin-nano"),
    ("jetson", "jetson-nano"),
    ("raspberry pi 5", "raspberry-pi-5"),
    ("raspberry pi compute module 5", "raspberry-pi-5"),
    ("raspberry pi 4", "raspberry-pi-4"),
    ("raspberry pi compute module 4", "raspberry-pi-4"),
    ("raspberry pi zero 2", "raspberry-pi-zero-2w"),
    ("raspberry pi 3", "raspberry-pi-zero-2w"),
    ("raspberry pi compute module 3", "raspberry-pi-zero-2w"),
)
"""What the board calls itself in its device tree, in small letters, and its profile. "raspberry pi
5" is the 500 as well, "raspberry pi 4" the 400; Jetsons before Orin have the old CUDA of the
Nano."""
_LIKE_A_BOARD = "raspberry-pi-5"
"""For small boards that nobody made a profile for: no battery, four cores and more."""
LEAST = {"raspberry-pi-4": 1500, "raspberry-pi-5": 3000, "jetson-nano": 3000}
"""MB of memory that a profile needs; with less it is "minimal"."""
_SMALL = 3000  # MB
_CARD, _BESIDE_CARD = 5500, 8000
"""MB that a graphics card and its machine need for the model of `laptop-cuda`: a card of 6 GB tells
a little less."""
_GRAPHICS = ("proc/driver/nvidia/version", "dev/nvhost-gpu", "dev/nvgpu", "dev/nvmap")
"""Of a card in a computer; of Jetson boards, by generation."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What was found. memory_mb: all there is. graphics: an NVIDIA card (or a Jetson's), with
    graphics_mb of memory of its own; 0 where that is not known. meter: the best one here; meters:
    all that work."""

    board: str
    cores: int
    memory_mb: int
    graphics: bool
    battery: bool
    on_battery: bool
    meter: str
    graphics_mb: int = 0
    meters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    profile: str
    reasons: list[str]


def look(root: Path, settings: Power) -> Machine:
    supplies = [
        path
        for path in sysfs.devices(root, "power_supply")
        if sysfs.text(path / "type") == "Battery"
        and sysfs.text(path / "scope") != "Device"
        and sysfs.text(path / "present") != "0"
    ]
    meters = tuple(sensor.name for sensor in known(root, settings) if not sensor.unavailable())
    return Machine(
        board=sysfs.board(root),
        cores=_cores(sysfs.text(root / "sys/devices/system/cpu/present")),
        memory_mb=_memory(root),
        graphics=any((root / name).exists() for name in _GRAPHICS),
        battery=bool(supplies),
        on_battery=any(sysfs.text(path / "status") == "Discharging" for path in supplies),
        meter=best(root, settings).name,
        graphics_mb=Nvml(root).memory_mb(),
        meters=meters,
    )


def propose(machine: Machine) -> Proposal:
    """The profile that fits, and why, each reason a sentence."""
    memory = f"It has {machine.memory_mb} MB of memory."
    name = next((profile for part, profile in _BOARDS if part in machine.board.lower()), None)
    if name is not None:
        reasons = [f"The board calls itself “{machine.board}”.", memory]
        if machine.memory_mb >= LEAST.get(name, 0):
            return Proposal(name, reasons)
        short = f"The profile {name} needs {LEAST[name]} MB."
        return Proposal("minimal", [*reasons, short])
    stranger = [f"There is no profile for a “{machine.board}”."] * bool(machine.board)
    if machine.memory_mb < _SMALL or machine.cores < 2:
        cores = _counted(machine.cores)
        needed = f"Others need {_SMALL} MB and two cores."
        return Proposal("minimal", [*stranger, memory, cores, needed])
    if stranger and not machine.battery:
        return Proposal(_LIKE_A_BOARD, [*stranger, memory, "That of a Raspberry Pi is near."])
    found = _of_a_computer(machine, memory)
    return Proposal(found.profile, [*stranger, *found.reasons])


def _of_a_computer(machine: Machine, memory: str) -> Proposal:
    if machine.on_battery:
        return Proposal("laptop-battery", ["It runs on battery.", memory])
    plugged = "It has a battery, and is plugged in." if machine.battery else "It has no battery."
    reasons = [plugged, memory, _counted(machine.cores)]
    if not machine.graphics:
        return Proposal("laptop", reasons)
    known = machine.graphics_mb
    size = f"with {known} MB of its own" if known else "which does not tell its memory here"
    card = f"There is an NVIDIA card, {size}; laptop-cuda is for {_CARD} MB and more"
    if machine.memory_mb < _BESIDE_CARD:
        return Proposal("laptop", [*reasons, f"{card}, and {_BESIDE_CARD} MB beside it."])
    if known and known < _CARD:
        return Proposal("laptop", [*reasons, f"{card}."])
    return Proposal("laptop-cuda", [f"{card}.", *reasons])


def _counted(cores: int) -> str:
    return "It has one core." if cores == 1 else f"It has {cores} cores."


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
