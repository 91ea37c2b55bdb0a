"""The copy of a sentence model whose weights stay small in memory (`compacting.py` writes it).

It is written by a process of its own, since the tool for it takes 80 MB.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import psutil

from assistant import onnx, paths
from assistant.power import cgroup

NEEDED_MB = 600.0
"""Megabytes that must be free to write it: in a control group of 500 it was killed, with all of
us."""
PATIENCE = 120.0
"""Seconds; it takes two on a laptop."""


def compact(model: Path) -> Path:
    """The copy of a model with small weights, written if there is none yet; the model itself where
    such a copy cannot be made, or is not worth it on this processor."""
    folder = paths.cache_dir() / "compact" / f"{model.parent.parent.name}-{onnx.made_of(model)}"
    if not folder.is_dir() and _room():
        command = [sys.executable, "-P", "-m", "assistant.compacting", str(model), str(folder)]
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    copy = folder / model.name
    return copy if copy.is_file() else model


def _room() -> bool:
    """Whether the memory that we may use holds the tool as well: else another time."""
    limited = cgroup.free_mb(Path("/"))
    free: float = psutil.virtual_memory().available / 1e6
    return min(free, free if limited is None else limited) >= NEEDED_MB
