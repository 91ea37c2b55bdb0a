"""The processor's own energy counters (RAPL), of Intel and AMD.

powercap: https://docs.kernel.org/power/powercap/powercap.html. The counters may be read by root
only since CVE-2020-8694; the perf event gives the same numbers to whoever may use system-wide
events.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs
from assistant.power.reading import Counter, Covers, Reading, SensorError

SHARE = 0.05
"""RAPL is a model in the processor since Haswell measured by it; comparisons with external meters
(Khan and others 2018, doi:10.1145/3177754) differ by a few percent and depend on the load."""
_PERF_EVENT_OPEN = {"x86_64": 298}
_ATTR_SIZE = 64  # PERF_ATTR_SIZE_VER0


@dataclass(frozen=True, slots=True)
class _Zone:
    path: Path
    counter: Counter


class Rapl:
    """Package and memory domains, or the whole platform where the machine has that domain."""

    name = "rapl"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._zones = [
            _Zone(path / "energy_uj", Counter(sysfs.number(path / "max_energy_range_uj")))
            for path in _domains(root)
        ]
        whole = any(sysfs.text(zone.path.parent / "name") == "psys" for zone in self._zones)
        self.covers: Covers = "board" if whole else "processor"

    def unavailable(self) -> str:
        if not self._zones:
            return "The kernel shows no RAPL domains."
        if not all(os.access(zone.path, os.R_OK) for zone in self._zones):
            return (
                "The RAPL counters may be read by root only. Allow it with a udev rule, or use"
                " perf: sysctl kernel.perf_event_paranoid=0."
            )
        known = all(sysfs.number(zone.path) is not None for zone in self._zones)
        return "" if known else "The RAPL counters give no numbers."

    def read(self) -> Reading:
        joules = 0.0
        for zone in self._zones:
            value = sysfs.number(zone.path)
            if value is None:
                raise SensorError("A RAPL counter gives nothing.")
            joules += zone.counter.add(value) / 1e6
        return Reading(joules, None, SHARE, 0.001)

    def files(self) -> list[str]:
        zones = ("intel-rapl:*", "intel-rapl:*/intel-rapl:*")
        names = ("name", "energy_uj", "max_energy_range_uj")
        return [f"sys/class/powercap/{zone}/{name}" for zone in zones for name in names]


def _domains(root: Path) -> list[Path]:
    """psys holds all others; without it the packages and their memory. Cores are a part."""
    found: dict[str, list[Path]] = {"psys": [], "package": [], "dram": []}
    for path in sysfs.devices(root, "powercap"):
        if path.name.startswith("intel-rapl:"):  # "intel-rapl-mmio" has the same counters again
            kind = sysfs.text(path / "name").partition("-")[0]
            inside = [p for p in sorted(path.glob("intel-rapl:*")) if kind == "package"]
            if kind in found and (path / "energy_uj").exists():
                found[kind].append(path)
            found["dram"] += [p for p in inside if sysfs.text(p / "name") == "dram"]
    drams = {path.name: path for path in found["dram"]}  # the class lists them flat as well
    return found["psys"] or found["package"] + list(drams.values())


class PerfRapl:
    """The same counters as a perf event, where powercap is for root only."""

    name = "rapl-perf"
    covers: Covers = "processor"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._folder = root / "sys/bus/event_source/devices/power"
        self._files: list[int] = []
        self._why = self._open(root)

    def unavailable(self) -> str:
        return self._why

    def read(self) -> Reading:
        try:
            counts = [struct.unpack("Q", os.read(file, 8))[0] for file in self._files]
        except (OSError, struct.error) as error:
            raise SensorError(f"The perf event cannot be read: {error}.") from error
        return Reading(sum(counts) * self._scale, None, SHARE, self._scale)

    def files(self) -> list[str]:
        names = ("type", "cpumask", "events/energy-pkg", "events/energy-pkg.scale")
        own = [f"sys/bus/event_source/devices/power/{name}" for name in names]
        return [*own, "proc/sys/kernel/perf_event_paranoid"]

    def close(self) -> None:
        for file in self._files:
            os.close(file)
        self._files = []

    def _open(self, root: Path) -> str:
        kind = sysfs.number(self._folder / "type")
        event = sysfs.text(self._folder / "events/energy-pkg").partition("event=")[2]
        scale = sysfs.number(self._folder / "events/energy-pkg.scale")
        if kind is None or not event or not scale:
            return "The kernel has no perf event for the energy of the processor."
        if root != Path("/"):
            return "A perf event can only be opened on the machine itself."
        if platform.machine() not in _PERF_EVENT_OPEN:
            return f"RAPL events are known on x86-64 only, not on {platform.machine()}."
        self._scale = scale
        for cpu in sysfs.text(self._folder / "cpumask").split(","):
            file = _perf_event(int(kind), int(event, 16), int(cpu or 0))
            if file < 0:
                self.close()
                level = sysfs.text(root / "proc/sys/kernel/perf_event_paranoid") or "unknown"
                return f"The kernel allows no system-wide event (perf_event_paranoid is {level})."
            self._files.append(file)
        return ""


def _perf_event(kind: int, config: int, cpu: int) -> int:
    """The file of a counter of one processor and all programs; -1 when it is refused."""
    attributes = struct.pack("<IIQ", kind, _ATTR_SIZE, config).ljust(_ATTR_SIZE, b"\0")
    call = ctypes.CDLL(None, use_errno=True).syscall
    return int(call(_PERF_EVENT_OPEN["x86_64"], attributes, -1, cpu, -1, 0))
