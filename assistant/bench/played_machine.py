"""A machine whose energy is known to the joule, shown by the files of each kind of meter.

Its idle power, the power of a busy core and that of heat are made up; what its meters tell of it is
what real ones tell: counters that begin again at their limit, a gauge that moves in steps and lags
and drifts, a controller that knows only the power of a moment. So what is told of a day can be
held against what was used.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Kind = Literal["rapl", "battery, energy", "battery, charge", "ina3221", "pi-pmic", "hwmon energy"]
KINDS: tuple[Kind, ...] = (
    *("rapl", "battery, energy", "battery, charge", "ina3221", "pi-pmic", "hwmon energy"),
)
IDLE, CORE, HEAT = 3.0, 5.0, 0.6
"""Watts: of the idle machine, of a busy core, and more of a core as it gets hot."""
_RAPL_LIMIT = 262_143_328_850  # µJ
_GAUGE = 15.0  # seconds between two looks of a battery's controller
_VOLTS = 11.4


class PlayedMachine:
    """`run` lets time go by; `busy`, `times` and `clock` are what a ledger asks for.

    used: joules since the start. stages: joules above the idle machine, by thread.
    """

    def __init__(self, kind: Kind, root: Path, seed: int) -> None:
        self.root = root
        self.used = 0.0
        self.stages: dict[str, float] = {}
        self._kind = kind
        self._chance = random.Random(seed)
        self._now = 1000.0
        self._busy = 0.0
        self._spent: dict[str, float] = {}
        self._watts = IDLE
        self._begun = _RAPL_LIMIT - 50e6  # µJ: the counter is near its limit
        self._gauge_at, self._gauged, self._gauge_watts = self._now, 0.0, IDLE
        self._write("proc/stat", "cpu  0 0 0 0 0 0 0 0 0 0")
        self._show()

    def clock(self) -> float:
        return self._now

    def busy(self) -> float:
        """As the kernel counts it: in hundredths of a second."""
        return round(self._busy, 2)

    def times(self) -> dict[int, tuple[str, float]]:
        return {number: (name, self._spent[name]) for number, name in enumerate(self._spent)}

    def run(self, seconds: float, cores: Mapping[str, float], others: float = 0.0) -> None:
        """cores, others: processors that each of our threads, and other programs, keep busy."""
        load = others + sum(cores.values())
        self._watts = IDLE + CORE * load + HEAT * load**1.5
        self._now += seconds
        self._busy += load * seconds
        self.used += self._watts * seconds
        for name, share in cores.items():
            self._spent[name] = self._spent.get(name, 0.0) + share * seconds
            above = (self._watts - IDLE) * seconds * share / load if load else 0.0
            self.stages[name] = self.stages.get(name, 0.0) + above
        self._show()

    def _show(self) -> None:
        match self._kind:
            case "rapl":
                zone = "sys/class/powercap/intel-rapl:0"
                self._write(f"{zone}/name", "package-0")
                self._write(f"{zone}/max_energy_range_uj", str(_RAPL_LIMIT))
                counted = (self._begun + 1e6 * self.used) % _RAPL_LIMIT
                self._write(f"{zone}/energy_uj", str(round(counted)))
            case "battery, energy" | "battery, charge":
                self._gauge()
            case "ina3221":
                chip = "sys/class/hwmon/hwmon1"
                self._write(f"{chip}/name", "ina3221")
                self._write(f"{chip}/in1_label", "VDD_IN")
                self._write(f"{chip}/in1_input", "5000")
                self._write(f"{chip}/curr1_input", str(round(1000 * self._noisy(0.01) / 5)))
            case "pi-pmic":
                amperes = (self._noisy(0.01) - 0.5879) / 1.1451 / 0.9
                told = f"VDD_CORE_A current(7)={amperes:.8f}A\nVDD_CORE_V volt(15)=0.90000000V"
                self._write("programs/pi-pmic", told)
            case "hwmon energy":
                chip = "sys/class/hwmon/hwmon2"
                self._write(f"{chip}/name", "macsmc")
                self._write(f"{chip}/energy1_input", str(round(1e6 * self.used)))

    def _gauge(self) -> None:
        """In steps of 10 mWh, or of 1 mAh, every fifteen seconds, 1 % too little."""
        if self._now - self._gauge_at >= _GAUGE:
            told = 0.99 * self.used
            self._gauge_watts = (told - self._gauged) / (self._now - self._gauge_at)
            self._gauge_at, self._gauged = self._now, told
        cell, held = "sys/class/power_supply/BAT0", 57 * 3600 - self._gauged
        self._write(f"{cell}/type", "Battery")
        self._write(f"{cell}/status", "Discharging")
        if self._kind == "battery, energy":
            self._write(f"{cell}/energy_now", str(int(held / 36) * 10_000))
            self._write(f"{cell}/power_now", str(round(1e6 * self._gauge_watts)))
        else:
            self._write(f"{cell}/voltage_min_design", str(round(1e6 * _VOLTS)))
            self._write(f"{cell}/voltage_now", str(round(1e6 * _VOLTS)))
            self._write(f"{cell}/charge_now", str(int(held / 3.6 / _VOLTS) * 1000))
            self._write(f"{cell}/current_now", str(round(1e6 * self._gauge_watts / _VOLTS)))

    def _noisy(self, share: float) -> float:
        return self._watts * self._chance.uniform(1 - share, 1 + share)

    def _write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{text}\n", "utf-8")
