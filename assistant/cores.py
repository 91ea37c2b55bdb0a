"""Which cores of the processor a stage runs on, where they are not all alike (big.LITTLE).

What waits for a wake word costs least on a small core; what somebody waits for is done soonest on
a big one. On a processor whose cores are all alike, "big" and "little" are all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant import sysfs
from assistant.errors import ConfigError

_CPUS = "sys/devices/system/cpu"


def chosen(wanted: Mapping[str, str], root: Path = Path("/")) -> dict[str, frozenset[int]]:
    """The cores of each stage, by their numbers, for those that are not left to the kernel.

    wanted: by stage "", "big", "little", or numbers as the kernel writes them ("0-3,6").
    root: below which sysfs is read.
    Raises ConfigError for what cannot be read, and for a core that this process may not use.
    """
    return {stage: _cores(stage, text, root) for stage, text in wanted.items() if text}


def _cores(stage: str, text: str, root: Path) -> frozenset[int]:
    here = os.sched_getaffinity(0)
    if text in {"big", "little"}:
        strengths = {core: _strength(root / _CPUS / f"cpu{core}") for core in here}
        best = max(strengths.values()) if text == "big" else min(strengths.values())
        return frozenset(core for core, strength in strengths.items() if strength == best)
    try:
        numbers = frozenset(_numbers(text))
    except ValueError:
        raise ConfigError(
            f"cores.{stage}: {text!r} names no cores. Write big, little, or numbers such as 0-3,6."
        ) from None
    if missing := numbers - here:
        raise ConfigError(
            f"cores.{stage}: there is no core {min(missing)} to use here; there are "
            f"{', '.join(map(str, sorted(here)))}."
        )
    return numbers


def _numbers(text: str) -> Iterator[int]:
    """Raises ValueError."""
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        begin = int(first)
        end = int(last) if dash else begin
        if not 0 <= begin <= end < 4096:  # as many as Linux can have; no endless list
            raise ValueError(part)
        yield from range(begin, end + 1)


def _strength(folder: Path) -> float:
    """What the kernel knows of how much a core can do: its capacity (arm64, riscv, new kernels on
    x86), else its highest frequency in kHz; 0 where it tells neither, as of cores all alike."""
    told = sysfs.number(folder / "cpu_capacity")
    if told is None:
        told = sysfs.number(folder / "cpufreq/cpuinfo_max_freq")
    return told or 0.0
