"""The brightness of the built-in screen, from the kernel's backlight class.

Files: https://docs.kernel.org/gpu/backlight.html and the kernel's ABI/stable/sysfs-class-backlight:
`brightness` goes from 0 to `max_brightness`; of several kinds for one screen, "firmware" is to be
preferred to "platform", and that to "raw".
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs

LEAST = 5  # percent: many a panel is black below
_KINDS = ("firmware", "platform", "raw")

Ask = Callable[[str, int], None]
"""Sets the backlight of a name to a raw value for us, where we may not write the file."""


@dataclass(frozen=True, slots=True)
class Light:
    """One backlight."""

    path: Path
    value: int  # raw
    full: int  # the largest raw value

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def percent(self) -> int:
        return round(100 * self.value / self.full)

    def raw(self, percent: float) -> int:
        """The raw value for a percentage, never that of a dark screen."""
        return min(max(round(percent * self.full / 100), 1), self.full)

    def moved(self, percent: int) -> int:
        """The raw value so many percent higher or lower: at least a step, where there is one."""
        value = self.raw(min(max(self.percent + percent, LEAST), 100))
        if percent > 0:
            return min(max(value, self.value + 1), self.full)
        least = min(self.value, self.raw(LEAST))
        return max(min(value, self.value - 1), least) if percent else self.value


def find(root: Path) -> list[Light]:
    """The backlights that count, those of the preferred kind; none when there is no screen."""
    found = [light for path in sysfs.devices(root, "backlight") if (light := _light(path))]
    best = min((_rank(light) for light in found), default=0)
    lights = [light for light in found if _rank(light) == best]
    lit = [light for light in lights if sysfs.text(light.path / "device/enabled") != "disabled"]
    return lit or lights


def set_raw(light: Light, value: int, ask: Ask) -> None:
    """Set a backlight by its file or, where that is not ours to write, through `ask`.

    Raises what `ask` raises, or OSError.
    """
    file = light.path / "brightness"
    if os.access(file, os.W_OK):
        file.write_text(str(value), "ascii")
    else:
        ask(light.name, value)


def _rank(light: Light) -> int:
    kind = sysfs.text(light.path / "type")
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _light(path: Path) -> Light | None:
    full, value = sysfs.number(path / "max_brightness"), sysfs.number(path / "brightness")
    if not full or full < 1 or value is None:
        return None
    return Light(path, int(value), int(full))
