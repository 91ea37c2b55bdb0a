"""What the memory of a program is made of: its pages by what they hold."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from assistant.power.load import tree

_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+ *(.*)")
_CODE = re.compile(r"\.so(\.|$)|/python[\d.]*$")


def held(process: int | None = None) -> dict[str, float]:
    """MB (PSS) of a process and its children, or of this one, by kind.

    files: mapped, and never written to: models, weights, tables; the system may drop them, and
    processes share them. code: of libraries, with their data. heap: the C library's. own:
    everything else, the engines' numbers and Python's objects among it.
    """
    found = {"files": 0.0, "code": 0.0, "heap": 0.0, "own": 0.0}
    for pid in tree(Path("/"), process or os.getpid()):
        with contextlib.suppress(OSError):  # it has just ended
            for name, size in _mappings(Path(f"/proc/{pid}/smaps").read_text("utf-8", "replace")):
                found[_kind(name)] += size / 1000
    return {kind: round(size, 1) for kind, size in found.items()}


def copied_mb(file: Path) -> tuple[float, float]:
    """Of a file that this process maps: MB of it in memory, and MB of that which are a copy of its
    own, and no longer the file's."""
    resident, own, ours = 0.0, 0.0, False
    for line in Path("/proc/self/smaps").read_text("utf-8", "replace").splitlines():
        if mapping := _MAPPING.match(line):
            ours = mapping[1] == str(file)
        elif ours and line.startswith("Rss:"):
            resident += int(line.split()[1]) / 1000
        elif ours and line.startswith("Anonymous:"):
            own += int(line.split()[1]) / 1000
    return resident, own


def _mappings(smaps: str) -> list[tuple[str, int]]:
    """The file, or the kernel's name, of each mapping, and its PSS in kB."""
    found, name = [], ""
    for line in smaps.splitlines():
        if mapping := _MAPPING.match(line):
            name = mapping[1]
        elif line.startswith("Pss:"):
            found.append((name, int(line.split()[1])))
    return found


def _kind(name: str) -> str:
    if name == "[heap]":
        return "heap"
    if not name.startswith("/") or name.startswith("/dev/"):
        return "own"
    return "code" if _CODE.search(name) else "files"
