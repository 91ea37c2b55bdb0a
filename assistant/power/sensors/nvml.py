"""NVIDIA graphics cards, by their own library (`pip install nvidia-ml-py`, optional)."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from assistant import sysfs
from assistant.power.reading import Counter, Covers, Reading, SensorError
from assistant.power.sensors.programs import recorded

SHARE = 0.05
"""NVIDIA states 5 % for the power of its cards."""


class Nvml:
    """All cards together: energy where the card counts it (Volta and later), else power."""

    name = "nvml"
    covers: Covers = "graphics"
    estimated = False

    def __init__(self, root: Path, library: Any = None) -> None:
        """library: pynvml, or what stands for it in a test; None imports it."""
        self._root = root
        self._counter = Counter(None)
        self._cards: list[Any] = []
        self._why = ""
        if root != Path("/"):
            self._why = "NVIDIA's library can only be asked on the machine itself."
            return
        try:
            self._nvml = library or importlib.import_module("pynvml")
            self._nvml.nvmlInit()
            count = self._nvml.nvmlDeviceGetCount()
            self._cards = [self._nvml.nvmlDeviceGetHandleByIndex(n) for n in range(count)]
            self._why = "" if self._cards else "There is no NVIDIA card."
        except ImportError:
            self._why = "nvidia-ml-py is not installed; needed for NVIDIA cards only."
        except Exception as error:  # noqa: BLE001 - NVML's errors derive from nothing narrower
            self._why = f"NVIDIA's library does not answer: {error}."

    def unavailable(self) -> str:
        return self._why

    def read(self) -> Reading:
        nvml = self._nvml
        try:
            watts = sum(nvml.nvmlDeviceGetPowerUsage(card) for card in self._cards) / 1e3
        except Exception as error:
            raise SensorError(f"NVIDIA's library does not answer: {error}.") from error
        try:
            used = sum(nvml.nvmlDeviceGetTotalEnergyConsumption(card) for card in self._cards) / 1e3
        except Exception:  # noqa: BLE001 - an older card: power only
            return Reading(None, watts, SHARE)
        return Reading(self._counter.add(used), watts, SHARE)

    def memory_mb(self) -> int:
        """Of the largest card; 0 where nobody tells."""
        if self._root != Path("/"):
            return round(sysfs.number(recorded(self._root, "nvml-memory-mb")) or 0)
        try:
            sizes = [self._nvml.nvmlDeviceGetMemoryInfo(card).total for card in self._cards]
        except Exception:  # noqa: BLE001 - as above
            return 0
        return round(max(sizes, default=0) / 1e6)

    def files(self) -> list[str]:
        return []
