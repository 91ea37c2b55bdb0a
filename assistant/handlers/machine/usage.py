"""How busy the machine is, measured with psutil, and how its amounts are said."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from assistant import spoken

_LOOK = 0.4  # seconds between two looks at a counter
_NOT_DISKS = frozenset({"squashfs", "iso9660", "udf", "overlay", "tmpfs", "ramfs", "erofs"})
_UNITS = ("bytes", "kilobytes", "megabytes", "gigabytes", "terabytes", "petabytes")
_INTERNET = 2  # AF_INET, whose module is for whoever opens connections


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system: its name for the ear, and bytes."""

    name: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes that came in and went out, of all network devices but the machine's own loop."""

    received: float
    sent: float


@dataclass(frozen=True, slots=True)
class Program:
    """All processes of a name: percent of all cores, and bytes of memory."""

    name: str
    busy: float
    memory: int


def amount(size: float, language: str, *, thousand: int = 1000) -> str:
    """Bytes for the ear: "eight point two gigabytes". thousand: 1024 as memory is counted."""
    power = 0
    while size >= thousand * 0.9995 and power < len(_UNITS) - 1:
        size /= thousand
        power += 1
    return f"{_figure(size, language)} {_unit(power, _figure_of(size))}"


def amount_of(part: float, whole: float, language: str, *, thousand: int = 1000) -> tuple[str, str]:
    """Two amounts; the unit is said once where it is the same: "eight gigabytes", "sixteen"."""
    first = amount(part, language, thousand=thousand)
    second = amount(whole, language, thousand=thousand)
    figure, _, unit = second.rpartition(" ")
    return first, figure if first.endswith(unit) else second


def _figure_of(size: float) -> float:
    return round(size) if size >= 10 else round(size, 1)


def _figure(size: float, language: str) -> str:
    figure = _figure_of(size)
    if language == "es" and figure == 1:
        return "un"
    return spoken.number(figure, language)


def _unit(power: int, figure: float) -> str:
    return _UNITS[power].removesuffix("s") if figure == 1 else _UNITS[power]


def processor() -> float:
    """Percent of all cores that is used, over a moment."""
    return float(psutil.cpu_percent(interval=_LOOK))


def memory() -> tuple[int, int]:
    """Bytes that programs could still have, and all."""
    found = psutil.virtual_memory()
    return found.available, found.total


def disks() -> list[Disk]:
    """The file systems on disks, the root first, each device once; those for booting left out."""
    mounts = {"/": "/"}
    for part in sorted(psutil.disk_partitions(), key=lambda part: len(part.mountpoint)):
        boots = part.mountpoint.startswith(("/boot", "/efi", "/snap", "/etc", "/usr"))
        if part.fstype not in _NOT_DISKS and not boots and Path(part.mountpoint).is_dir():
            if part.device not in mounts.values() and part.mountpoint != "/":
                mounts[part.mountpoint] = part.device
            elif part.mountpoint == "/":
                mounts["/"] = part.device
    return list(_usages(mounts))


def _usages(mounts: Mapping[str, str]) -> Iterable[Disk]:
    for mount in mounts:
        try:
            found = psutil.disk_usage(mount)
        except OSError:  # not ours to look at, or gone
            continue
        yield Disk(Path(mount).name, found.free, found.total)


def traffic() -> Traffic:
    """Since the machine started."""
    found = psutil.net_io_counters(pernic=True, nowrap=False)
    real = [counters for name, counters in found.items() if name != "lo"]
    return Traffic(sum(c.bytes_recv for c in real), sum(c.bytes_sent for c in real))


def traffic_now() -> Traffic:
    """A second, over a moment."""
    first, start = traffic(), time.monotonic()
    time.sleep(_LOOK)
    second, seconds = traffic(), time.monotonic() - start
    return Traffic(
        max(second.received - first.received, 0) / seconds,
        max(second.sent - first.sent, 0) / seconds,
    )


def uptime() -> dt.timedelta:
    """Since the machine started, its sleep included; a clock that was set does not change it."""
    return dt.timedelta(seconds=time.clock_gettime(time.CLOCK_BOOTTIME))


def programs() -> list[Program]:
    """The programs that run, the busiest over a moment first; ourselves left out."""
    ours = os.getpid()
    seen = [p for p in psutil.process_iter(["name", "memory_info"]) if p.pid not in (0, ours)]
    for process in seen:
        _busy(process)
    time.sleep(_LOOK)
    busy: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for process in seen:
        name = process.info["name"] or "?"
        busy[name] += _busy(process)  # type: ignore[assignment]  # a share, not a count
        memory_info = process.info["memory_info"]
        held[name] += memory_info.rss if memory_info else 0
    cores = psutil.cpu_count() or 1
    return [Program(name, share / cores, held[name]) for name, share in busy.most_common()]


def _busy(process: Any) -> float:
    """Percent of one core since the last look; 0 for one that has ended meanwhile."""
    try:
        return float(process.cpu_percent(None))
    except psutil.Error:
        return 0.0


def addresses() -> list[str]:
    """The IPv4 addresses by which others reach this machine."""
    up = {name for name, found in psutil.net_if_stats().items() if found.isup}
    return [
        address.address
        for name, found in psutil.net_if_addrs().items()
        if name in up and not name.startswith(("lo", "docker", "veth", "br-", "virbr"))
        for address in found
        if address.family == _INTERNET and not address.address.startswith("127.")
    ]
