"""A recording of the meter: lines of JSON that survive a restart, with markers and periods.

    {"at": 1764122400.0, "kind": "start", "meter": "rapl", ...}    the recorder begins (again)
    {"at": ..., "kind": "energy", "seconds": 1.0, "joules": 4.2, "error": 0.2, "on": true}
    {"at": ..., "kind": "mark", "text": "moved to battery"}

`on` tells whether the assistant was running; where on and off take turns, its own share can be told
from the machine's. Times are seconds of the wall clock, as those of the trace's turns are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from assistant import paths
from assistant.errors import StorageError
from assistant.power.meter import Meter


@dataclass(frozen=True, slots=True)
class Step:
    """The energy of a stretch of a recording that ended at `at`, seconds of the wall clock."""

    at: float
    seconds: float
    joules: float
    error: float
    on: bool = True

    @property
    def watts(self) -> float:
        return self.joules / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Recording:
    """A whole recording, in order."""

    meter: str
    covers: str
    estimated: bool
    steps: list[Step]
    marks: list[tuple[float, str]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)

    @property
    def joules(self) -> float:
        return sum(step.joules for step in self.steps)

    @property
    def error_share(self) -> float:
        """By how much of itself the meter says that it may be wrong, as a median of the steps: the
        coarseness of a counter is no matter over hours."""
        shares = [step.error / step.joules for step in self.steps if step.joules > 0]
        return median(shares) if shares else 0.0


class Recorder:
    """Writes a recording; an existing one is gone on with."""

    def __init__(self, path: Path, meter: Meter, wall: Callable[[], float]) -> None:
        self._path = path
        self._meter = meter
        self._wall = wall
        sensor = meter.sensor
        self._write(
            kind="start", meter=sensor.name, covers=sensor.covers, estimated=sensor.estimated
        )
        meter.take()

    def step(self, *, on: bool = True) -> Step | None:
        """Write what was used since the last step; None while the meter is silent, or when the
        machine slept: what it used then is nobody's."""
        energy = self._meter.take()
        if energy is None or not energy.whole or energy.error == float("inf"):
            return None
        step = Step(self._wall(), energy.seconds, energy.joules, energy.error, on)
        self._write(
            kind="energy", seconds=round(step.seconds, 4), joules=round(step.joules, 6),
            error=round(step.error, 6), on=on,
        )  # fmt: skip
        return step

    def _write(self, **line: Any) -> None:
        _append(self._path, {"at": round(self._wall(), 3), **line})


def mark(path: Path, text: str, wall: Callable[[], float]) -> None:
    """Write a marker into a recording, which another program may be writing. Raises StorageError,
    also where there is no such recording: a marker alone is none."""
    if not path.exists():
        raise StorageError(f"There is no recording {path} to mark. Begin one first.")
    _append(path, {"at": round(wall(), 3), "kind": "mark", "text": text})


def _append(path: Path, line: dict[str, Any]) -> None:
    data = msgspec.json.encode(line) + b"\n"
    try:
        file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_RDWR, paths.OWNER_ONLY)
        with closing(os.fdopen(file, "ab+")) as out:
            if out.tell() and os.pread(out.fileno(), 1, out.tell() - 1) != b"\n":
                data = b"\n" + data  # the power was cut in the middle of a line
            out.write(data)
    except OSError as error:
        raise StorageError(
            f"The recording {path} cannot be written: {error.strerror}. Free some space, "
            "or name another file."
        ) from error


def read(path: Path) -> Recording:
    """A recording. Damaged lines are passed over. Raises StorageError when there is none in it."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise StorageError(f"The recording {path} cannot be read: {error.strerror}.") from error
    steps: list[Step] = []
    marks: list[tuple[float, str]] = []
    start: dict[str, Any] = {}
    for line in _lines(lines):
        match line:
            case {"kind": "start", "meter": str()}:
                start = start or line
            case {"kind": "mark", "at": float(at), "text": str(text)}:
                marks.append((at, text))
            case {
                "kind": "energy",
                "at": at,
                "seconds": s,
                "joules": j,
                "error": e,
                "on": bool(on),
            }:
                steps.append(Step(float(at), float(s), float(j), float(e), on))
    if not start or not steps:
        raise StorageError(f"{path} holds no recording: make one with `assistant power record`.")
    covers, estimated = str(start.get("covers")), bool(start.get("estimated"))
    return Recording(start["meter"], covers, estimated, steps, marks)


def _lines(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            decoded = msgspec.json.decode(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(decoded, dict):
            yield decoded
