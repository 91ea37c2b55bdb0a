"""The files that the meters read here, written down so that a test can play the machine."""

from __future__ import annotations

from pathlib import Path

from assistant import sysfs
from assistant.errors import StorageError
from assistant.power.sensors import known
from assistant.settings import Power

_ALWAYS = ("proc/device-tree/model",)
_NEVER = ("serial", "uuid")


def capture(root: Path, settings: Power, file: Path) -> int:
    """Write "path = value" lines; returns how many. Raises StorageError from the file system.

    hwmon and power_supply are read through their class folders, so no bus address is in a path.
    """
    patterns = [p for sensor in known(root, settings) for p in sensor.files()]
    found: dict[str, str] = {}
    for pattern in dict.fromkeys([*_ALWAYS, *patterns]):
        for path in sorted(root.glob(pattern)):
            name = str(path.relative_to(root))
            value = sysfs.text(path).split("\n", 1)[0]  # of proc/stat, all processors together
            if value and not any(word in name.lower() for word in _NEVER):
                found[name] = value
    lines = ["# Sensor files of a machine, by `assistant power capture-sensors`."]
    lines += [f"{name} = {value}" for name, value in found.items()]
    try:
        file.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error
    return len(found)
