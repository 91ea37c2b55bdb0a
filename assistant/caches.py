"""What lies in the cache folder: all of it is made again where it is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from assistant import paths

WORDS = ("grammar", "examples")
"""Made of sentences of the functions, and so of names that the user gave: of lists, of phrases that
were taught, of timers. Those of before a change are kept for a while, too."""
ALL = (
    *WORDS,
    *("speech", "prefixes", "embeddings", "onnx", "compact", "bench", "playing.m3u8"),
)


def erase_caches(names: Iterable[str]) -> None:
    """Also under a program that uses them: what it has open stays there for it alone."""
    erase(paths.cache_dir() / name for name in names)


def erase(found: Iterable[Path]) -> None:
    """Files, and folders with all that is in them; links are cut. What is gone is no matter."""
    for path in found:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
