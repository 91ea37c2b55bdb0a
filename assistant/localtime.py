"""The time here, in a zone that knows its daylight saving: adding a day to it is right.

The zone is looked up each time, because a machine that travels may be given another one.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Ticks:
    """A clock that nobody sets: it runs on while the machine is suspended."""

    boot: str  # which start of the machine it counts from; "" where that is not known
    seconds: float


def now() -> dt.datetime:
    """The aware local time."""
    return dt.datetime.now(dt.UTC).astimezone(zone())


def zone() -> dt.tzinfo | None:
    """The zone of the TZ variable or of /etc/localtime; None, the present offset, if unnamed."""
    return _zone(os.environ.get("TZ") or _linked())


def ticks() -> Ticks:
    return Ticks(_boot(), time.clock_gettime(time.CLOCK_BOOTTIME))


def _linked() -> str:
    return os.path.realpath("/etc/localtime").rpartition("/zoneinfo/")[2]


@lru_cache(maxsize=8)
def _zone(name: str) -> dt.tzinfo | None:
    try:
        return ZoneInfo(name.removeprefix(":"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _boot() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
