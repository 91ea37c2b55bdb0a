"""Meters that a program reads: the Raspberry Pi's PMIC, Jetson's tegrastats, one of the user's.

A program is a list of arguments that no shell ever sees. Its output is only searched for numbers.
Of a machine that was recorded, what they printed is a file below `programs`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from assistant import sysfs
from assistant.power.reading import Counter, Covers, Reading, SensorError

PATIENCE = 2.0
"""Seconds that a program may take."""
_RAIL = re.compile(r"(\w+?)_([AV]) (?:current|volt)\(\d+\)=([\d.]+)[AV]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_TEGRA = re.compile(r"\b(VDD_IN|POM_5V_IN) (\d+)(?:mW)?/\d+")
_WITH_PMIC = ("Raspberry Pi 5", "Compute Module 5")
_LONGEST = 100_000  # characters of an output that are looked at


class Program:
    """A program named by the user (`power.meter`), for a USB or smart-plug meter: the first number
    it prints is watts, or joules or watt hours that never fall."""

    name = "meter"
    covers: Covers = "machine"
    estimated = False

    def __init__(self, command: Sequence[str], unit: Literal["W", "J", "Wh"]) -> None:
        self._command = list(command)
        self._unit = unit
        self._counter = Counter(None)

    def unavailable(self) -> str:
        if not self._command:
            return "No meter is named. Set power.meter to a program that prints watts."
        if shutil.which(self._command[0]) is None:
            return f"There is no program {self._command[0]!r}, which power.meter names."
        return ""

    def read(self) -> Reading:
        number = _NUMBER.search(_output(self._command))
        if number is None:
            raise SensorError(f"{self._command[0]} printed no number.")
        value = float(number[0])
        if self._unit == "W":
            return Reading(None, value, 0.02)
        joules = value * (3600 if self._unit == "Wh" else 1)
        return Reading(self._counter.add(joules), None, 0.02)

    def files(self) -> list[str]:
        return []


class Pmic:
    """The power controller of the Raspberry Pi 5 (`vcgencmd pmic_read_adc`).

    The sum of its rails leaves out what the controller and the 5 V rail lose. Fitted by users
    against meters at the plug (github.com/jfikar/RPi5-power): 1.1451 times the sum, and 0.5879 W.
    """

    name = "pi-pmic"
    covers: Covers = "board"
    estimated = False
    command = ("vcgencmd", "pmic_read_adc")

    def __init__(self, root: Path) -> None:
        self._here = root == Path("/")
        self._recorded = recorded(root, self.name)

    def unavailable(self) -> str:
        if not self._here:
            return "" if self._recorded.exists() else "vcgencmd was not recorded."
        if shutil.which(self.command[0]) is None:
            return "There is no vcgencmd, as a Raspberry Pi has it."
        new = any(name in sysfs.board(Path("/")) for name in _WITH_PMIC)
        return "" if new else "Only the Raspberry Pi 5 has a controller that tells its power."

    def read(self) -> Reading:
        return Reading(None, pmic_watts(self.output()), 0.15)

    def output(self) -> str:
        """What it prints. Raises SensorError."""
        return _output(self.command) if self._here else sysfs.text(self._recorded)

    def files(self) -> list[str]:
        return []


class Tegrastats:
    """NVIDIA's program on Jetson boards, where the INA3221 is not shown as files."""

    name = "tegrastats"
    covers: Covers = "board"
    estimated = False

    def __init__(self, root: Path) -> None:
        self._here = root == Path("/")
        self._recorded = recorded(root, self.name)

    def unavailable(self) -> str:
        if not self._here:
            return "" if self._recorded.exists() else "tegrastats was not recorded."
        there = shutil.which("tegrastats")
        return "" if there else "There is no tegrastats, as Jetson boards have it."

    def read(self) -> Reading:
        return Reading(None, tegra_watts(self.output()), 0.05)

    def output(self) -> str:
        """A line of it. Raises SensorError."""
        if not self._here:
            return sysfs.text(self._recorded)
        try:
            with subprocess.Popen(
                ["tegrastats", "--interval", "100"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                text=True, errors="replace",
            ) as running:  # fmt: skip
                assert running.stdout is not None
                line = running.stdout.readline(4096)
                running.terminate()
        except OSError as error:
            raise SensorError("tegrastats does not answer.") from error
        return line

    def files(self) -> list[str]:
        return []


def recorded(root: Path, name: str) -> Path:
    """Where a recorded machine holds what the program of a meter printed."""
    return root / "programs" / name


def pmic_watts(text: str) -> float:
    """Watts of a Raspberry Pi 5, from the output of `vcgencmd pmic_read_adc`."""
    rails: dict[str, dict[str, float]] = {}
    for name, kind, value in _RAIL.findall(text[:_LONGEST]):
        rails.setdefault(name, {})[kind] = float(value)
    whole = [rail["A"] * rail["V"] for rail in rails.values() if len(rail) == 2]
    if not whole:
        raise SensorError("vcgencmd tells no rails: only the Raspberry Pi 5 has such a controller.")
    return 1.1451 * sum(whole) + 0.5879


def tegra_watts(line: str) -> float:
    """Watts of a Jetson, from a line of `tegrastats`."""
    found = _TEGRA.search(line)
    if found is None:
        raise SensorError("tegrastats tells no input power.")
    return int(found[2]) / 1e3


def _output(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SensorError(f"{command[0]} does not answer.") from error
    if done.returncode:
        raise SensorError(f"{command[0]} failed with {done.returncode}.")
    return done.stdout[:_LONGEST]
