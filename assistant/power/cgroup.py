"""What the control group of this process may take of memory, and what of that is left.

Both versions: https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max, memory.current,
memory.stat) and cgroup-v1/memory.html (memory.limit_in_bytes and so on). A group within a group has
the least that any of them allows. In a container the path that the kernel tells may not be there:
then the group that is mounted is ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs

_UNLIMITED = 1 << 60  # version 1 writes a number near 2 ** 63 for no limit


@dataclass(frozen=True, slots=True)
class _Files:
    root: str
    limit: str
    used: str


_V2 = _Files("sys/fs/cgroup", "memory.max", "memory.current")
_V1 = _Files("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes")


def limit_mb(root: Path) -> float | None:
    """Megabytes; None where nothing limits us."""
    return min((limit for limit, _ in _groups(root)), default=None)


def free_mb(root: Path) -> float | None:
    """Megabytes until the limit, what the kernel can take back (page cache) counted as free."""
    return min((limit - used for limit, used in _groups(root)), default=None)


def _groups(root: Path) -> Iterator[tuple[float, float]]:
    """Limit and unreclaimable use of each group that we are in and that has a limit, MB."""
    for files, path in _own(root):
        top = root / files.root
        folder = top / path.lstrip("/")
        if not (folder / files.used).exists():
            folder = top
        for group in (folder, *folder.parents):
            if not group.is_relative_to(top):
                break
            limit, used = sysfs.number(group / files.limit), sysfs.number(group / files.used)
            if limit is not None and used is not None and limit < _UNLIMITED:
                yield limit / 1e6, max(used - _reclaimable(group), 0.0) / 1e6


def _own(root: Path) -> Iterator[tuple[_Files, str]]:
    """The hierarchies that count our memory, and our path in each."""
    for line in sysfs.text(root / "proc/self/cgroup").splitlines():
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if "memory" in controllers.split(","):
            yield _V1, path
        elif not controllers:
            yield _V2, path


def _reclaimable(group: Path) -> float:
    """Bytes of files that are in memory only because they were read."""
    found = {}
    for line in sysfs.text(group / "memory.stat").splitlines():
        name, _, value = line.partition(" ")
        if value.isdigit():
            found[name.removeprefix("total_")] = float(value)  # with the groups below, in version 1
    return found.get("inactive_file", 0.0) + found.get("active_file", 0.0)
