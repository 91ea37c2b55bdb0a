"""The program within a control group of the size of its budget: is it killed, does it lose a turn?

The turns are taken by a process of its own (`inside`), since a group counts a process from its
first page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ROOT = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Outcome:
    """turns: that were begun. lost: that ended in a failure, or in nothing at all. killed: by the
    kernel, for memory. swapped_mb: of the group, at the end.
    peak_mb: the most that the group held, files that were only read included. refused: how often
    the kernel had to take pages back at the limit.
    pss_mb: the most after a turn. rss_peak_mb: the most at any time, what others share included.
    made_of: at what moment how many MB of what (`held`). steps: taken at the end. words: what was
    said about them. answered: open questions, by the language model."""

    turns: int
    lost: int
    killed: bool
    swapped_mb: float
    peak_mb: float
    refused: int
    pss_mb: float
    rss_peak_mb: float
    made_of: Mapping[str, Mapping[str, float]]
    steps: tuple[str, ...]
    words: tuple[str, ...]
    answered: int
    failures: tuple[str, ...] = field(default=())

    def held_mb(self, moment: str) -> float:
        """PSS "after turns", "tidied" or "waiting"."""
        return round(sum(self.made_of.get(moment, {}).values()), 1)


def why_not() -> str:
    """Why no group with a limit can be made here; "" when one can."""
    try:
        with group(1000):
            return ""
    except OSError as error:
        return f"no control group with a limit can be made here: {error.strerror or error}"


@contextmanager
def group(limit_mb: float) -> Iterator[Path]:
    """A control group that may hold so much memory, swap included where that can be limited."""
    old = (_ROOT / "memory").is_dir()
    folder = (_ROOT / "memory" if old else _ROOT) / f"assistant-{os.getpid()}-{time.monotonic_ns()}"
    if not old:
        (_ROOT / "cgroup.subtree_control").write_text("+memory")
    folder.mkdir()
    try:
        resize(folder, limit_mb)
        yield folder
    finally:
        _remove(folder)


def resize(folder: Path, limit_mb: float) -> None:
    """Give a group another limit. That of memory and swap together is never below that of memory:
    they are written in the order that allows. Raises OSError where the group holds more already,
    and cannot give it back."""
    limit = str(round(limit_mb * 1e6))
    both = [folder / "memory.limit_in_bytes", folder / "memory.memsw.limit_in_bytes"]
    files = [file for file in both if file.exists()] or [folder / "memory.max"]
    now = _number(folder, "memory.limit_in_bytes")
    for file in files[::-1] if now and now < limit_mb * 1e6 else files:
        file.write_text(limit)
    if (folder / "memory.swap.max").exists():
        (folder / "memory.swap.max").write_text("0")


def _remove(folder: Path) -> None:
    for _ in range(50):  # a process that has just ended is still counted for a moment
        try:
            folder.rmdir()
        except OSError:
            time.sleep(0.1)
        else:
            return


def run(
    limit_mb: float,
    turns: int,
    sounds: Path,
    settings: Sequence[str],
    on_turn: Callable[[Path, Mapping[str, Any]], object] | None = None,
) -> Outcome:
    """The turns in a process within a group; limit_mb 0: in none. Raises OSError where none can be
    made. on_turn: told the group's folder, and what the process tells after each turn."""
    words = [sys.executable, "-P", "-m", "assistant.bench.inside"]
    words += [str(turns), str(sounds), *settings]
    limited = group(limit_mb) if limit_mb else nullcontext(Path())
    with limited as folder, tempfile.TemporaryFile("w+") as problems:
        command = [*_enter(folder), *words] if limit_mb else words
        nowhere = {"PULSE_SERVER": f"unix:{sounds / 'none'}"}  # "turn it up" turns up nothing
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=problems,
            text=True,
            env={**os.environ, **nowhere},
        ) as running:
            told: dict[str, Any] = {}
            assert running.stdout is not None
            for line in running.stdout:
                if line.startswith("{") and line.endswith("}\n"):
                    told = json.loads(line)
                if on_turn is not None and "turn" in told:
                    on_turn(folder, told)
        problems.seek(0)
        ended = f"exit code {running.returncode} {problems.read()[-300:]}".strip()
        return _outcome(folder, turns, told if "lost" in told else {}, ended, running.returncode)


def _enter(folder: Path) -> list[str]:
    """Before a command: it is in a group from its first page on."""
    return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(folder / "cgroup.procs")]


def _outcome(folder: Path, turns: int, told: Mapping[str, Any], ended: str, code: int) -> Outcome:
    return Outcome(
        turns=turns,
        lost=told.get("lost", turns),
        killed=code == -9 or _counted(folder, "memory.oom_control", "memory.events") > 0,
        swapped_mb=_number(folder, "memory.swap.current") / 1e6 or _swapped(folder),
        peak_mb=_number(folder, "memory.max_usage_in_bytes", "memory.peak") / 1e6,
        refused=round(_number(folder, "memory.failcnt")),
        pss_mb=told.get("pss_mb", 0.0),
        rss_peak_mb=told.get("rss_peak_mb", 0.0),
        made_of=told.get("made_of", {}),
        steps=tuple(told.get("steps", ())),
        words=tuple(told.get("words", ())),
        answered=told.get("answered", 0),
        failures=tuple(told.get("failures", ())) if told else (ended,),
    )


def _counted(folder: Path, *names: str) -> int:
    """How many processes of a group the kernel has ended, for memory."""
    for name in names:
        for line in _lines(folder / name):
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def _swapped(folder: Path) -> float:
    for line in _lines(folder / "memory.stat"):
        if line.startswith("total_swap "):
            return int(line.split()[1]) / 1e6
    return 0.0


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.is_file() else []


def _number(folder: Path, *names: str) -> float:
    for name in names:
        if (folder / name).is_file():
            return float((folder / name).read_text())
    return 0.0
