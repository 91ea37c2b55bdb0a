"""The files by which the kernel tells what the machine is doing: one short value each.

All of them are read below a root, "/" on a real machine, so that tests point at recorded trees.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_LONGEST = 4096  # bytes: sysfs gives at most a page


def text(path: Path) -> str:
    """The value of a file, or "": drivers leave files out, and some cannot be read for a while."""
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", errors="replace").strip("\0 \n\t")
    except OSError:
        return ""


def number(path: Path) -> float | None:
    """The value as a number; None when there is none."""
    try:
        return float(text(path))
    except ValueError:
        return None


def devices(root: Path, group: str) -> Iterator[Path]:
    """The folders of a class of devices ("backlight"), in the order of their names."""
    try:
        yield from sorted((root / "sys/class" / group).iterdir())
    except OSError:
        return


def board(root: Path) -> str:
    """What a board calls itself; "" for a computer without a device tree."""
    names = ("proc/device-tree/model", "sys/firmware/devicetree/base/model")
    return next((found for name in names if (found := text(root / name))), "")
