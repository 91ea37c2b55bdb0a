"""Meters that the kernel shows as hwmon devices: the INA3221 of Jetson boards, and others.

https://docs.kernel.org/hwmon/sysfs-interface.html: power in µW, energy in µJ, in mV, curr in mA.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant import sysfs
from assistant.power.reading import Counter, Covers, Reading, SensorError

SHARE = 0.03
"""The INA3221 and its shunt: 1 to 2 %; boards state no more."""
_TOTAL = ("VDD_IN", "POM_5V_IN", "VIN_SYS_5V0", "VIN")
"""The rail that feeds all others, by board: Orin Nano and NX, Nano, AGX Orin."""
_PARTS = ("VDD_GPU_SOC", "VDD_CPU_CV", "VDDQ_VDD2_1V8AO")
"""AGX Orin's rails beside VIN_SYS_5V0, which feeds only what they do not."""
_COVERS: Mapping[str, Covers] = {
    "power_meter": "machine",
    "macsmc": "machine",
    "macsmc_hwmon": "machine",
    "fam15h_power": "processor",
}
"""By the driver's name; any other is of a part."""
_SKIPPED = ("ina3221", "ina3221x")


class Ina3221:
    """The rails of a Jetson: the one that feeds all, or the sum of all there are."""

    name = "ina3221"
    covers: Covers = "board"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def unavailable(self) -> str:
        return "" if self.rails() else "There is no INA3221, as Jetson boards have it."

    def read(self) -> Reading:
        rails = self.rails()
        if not rails:
            raise SensorError("The INA3221 gives nothing.")
        parts = [rails[name] for name in _PARTS if name in rails]
        whole = next((rails[name] for name in _TOTAL if name in rails), None)
        if whole is None:
            return Reading(None, sum(rails.values()), SHARE)
        return Reading(None, whole + sum(parts), SHARE)

    def rails(self) -> dict[str, float]:
        """Watts by the name of the rail."""
        found: dict[str, float] = {}
        for path in sysfs.devices(self._root, "hwmon"):
            if sysfs.text(path / "name") in _SKIPPED:
                for channel in (1, 2, 3):
                    label = sysfs.text(path / f"in{channel}_label")
                    volts = sysfs.number(path / f"in{channel}_input")
                    amperes = sysfs.number(path / f"curr{channel}_input")
                    if label and label != "NC" and volts is not None and amperes is not None:
                        found[label] = volts * amperes / 1e6
        return found or self._before_hwmon()

    def files(self) -> list[str]:
        hwmon = [f"in{n}_label in{n}_input curr{n}_input".split() for n in (1, 2, 3)]
        names = ["name", *(name for channel in hwmon for name in channel)]
        folder = "sys/bus/i2c/drivers/ina3221x/*/iio*"
        old = [f"{folder}/{kind}_{n}" for kind in ("rail_name",) for n in range(3)]
        old += [f"{folder}/in_power{n}_input" for n in range(3)]
        return [f"sys/class/hwmon/hwmon*/{name}" for name in names] + old

    def _before_hwmon(self) -> dict[str, float]:
        """Up to L4T 32, as on the Jetson Nano: an IIO device, power in mW."""
        found: dict[str, float] = {}
        for path in sorted((self._root / "sys/bus/i2c/drivers/ina3221x").glob("*/iio*")):
            for channel in range(3):
                label = sysfs.text(path / f"rail_name_{channel}")
                power = sysfs.number(path / f"in_power{channel}_input")
                if label and power is not None:
                    found[label] = power / 1e3
        return found


class Hwmon:
    """Any other device with power or energy: ACPI power meters, Apple's controller, AMD's GPUs."""

    estimated = False

    def __init__(self, root: Path, device: Path) -> None:
        self._root = root
        self._device = device
        self._kind = sysfs.text(device / "name")
        self.name = f"hwmon-{self._kind or device.name}"
        self.covers: Covers = _COVERS.get(self._kind, "part")
        self._counter = Counter(None)

    @staticmethod
    def all(root: Path) -> list[Hwmon]:
        found = [Hwmon(root, path) for path in sysfs.devices(root, "hwmon")]
        return [s for s in found if s._kind not in _SKIPPED and not s.unavailable()]

    def unavailable(self) -> str:
        known = (
            self._watts() is not None or sysfs.number(self._device / "energy1_input") is not None
        )
        return "" if known else f"{self.name} tells no power."

    def read(self) -> Reading:
        energy, watts = sysfs.number(self._device / "energy1_input"), self._watts()
        if energy is None and watts is None:
            raise SensorError(f"{self.name} gives nothing.")
        joules = self._counter.add(energy) / 1e6 if energy is not None else None
        return Reading(joules, watts, 0.05)

    def files(self) -> list[str]:
        names = ("name", "power1_average", "power1_input", "power1_label", "energy1_input")
        return [f"sys/class/hwmon/hwmon*/{name}" for name in names]

    def _watts(self) -> float | None:
        for name in ("power1_average", "power1_input"):
            if (power := sysfs.number(self._device / name)) is not None:
                return power / 1e6
        return None
