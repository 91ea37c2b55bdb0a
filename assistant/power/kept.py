"""What stays known of energy between runs: that of each day, and what the idle machine needs.

A small JSON file of the owner; deleting it loses only these figures. No words, no times of day.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from assistant import paths
from assistant.settings import Power

DAYS = 60
"""Days that are kept."""


class Day(msgspec.Struct):
    """Seconds that were measured, and joules: ours in turns and in waiting, and of all.

    whole: whether the meter saw the whole machine, and not only its processor.
    """

    turns: int = 0
    seconds: float = 0.0
    in_turns: float = 0.0
    waiting: float = 0.0
    all: float = 0.0
    error: float = 0.0
    estimated: bool = False
    whole: bool = True

    @property
    def ours(self) -> float:
        return self.in_turns + self.waiting

    @property
    def error_share(self) -> float:
        """By how much of itself it may be wrong."""
        return self.error / self.all if self.all else 1.0


class Kept(msgspec.Struct):
    """days: by date (ISO 8601). idle, core: watts of the idle machine, and more of a busy core, by
    the meter's name."""

    days: dict[str, Day] = {}
    idle: dict[str, float] = {}
    core: dict[str, float] = {}


_OF_ALL = ("meter", "battery", "upower", "ina3221", "tegrastats", "pi-pmic")
"""Meters of the whole machine, by their names."""


def calibrated(settings: Power, known: Kept) -> Power:
    """The settings with what a meter of the whole machine has taught in an earlier run, for the
    estimate where none works: of a laptop on the mains, when it ran on battery."""
    if settings.idle_watts or settings.core_watts:
        return settings
    name = next((n for n in _OF_ALL if known.idle.get(n) and known.core.get(n)), None)
    if name is None:
        return settings
    return msgspec.structs.replace(
        settings, idle_watts=known.idle[name], core_watts=known.core[name]
    )


def file() -> Path:
    return paths.data_dir() / "energy.json"


def read(path: Path | None = None) -> Kept:
    """What is kept; nothing where it is missing or damaged."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        return msgspec.json.decode((path or file()).read_bytes(), type=Kept)
    return Kept()


def days() -> Mapping[str, Day]:
    return read().days


def add(kept: Kept, day: dt.date, used: Day) -> None:
    """Add what was used to that of a day; old days go."""
    sum_ = kept.days.setdefault(day.isoformat(), Day())
    sum_.turns += used.turns
    sum_.seconds += used.seconds
    sum_.in_turns += used.in_turns
    sum_.waiting += used.waiting
    sum_.all += used.all
    sum_.error += used.error
    sum_.whole = sum_.whole and used.whole
    sum_.estimated = sum_.estimated or used.estimated
    for old in sorted(kept.days)[:-DAYS]:
        del kept.days[old]


def write(kept: Kept, path: Path | None = None) -> None:
    """A full disk is no reason to stop: the figures are then of this run only."""
    target = path or file()
    temporary = target.with_suffix(".new")
    with contextlib.suppress(OSError):
        paths.private_dir(target.parent)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, paths.OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as out:
            out.write(msgspec.json.encode(kept))
        temporary.replace(target)
