"""What a process that was killed, or ran out of memory or power, was still writing.

Every file that is kept is written beside its place, and moved there when it is whole. What never
was is taken for nothing; but it would lie there for good, and a model that is being rewritten has
tens of megabytes.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from assistant import paths

DAY = 86_400.0
"""Seconds after which nobody is still writing it."""
_BEGINS, _ENDS = ("tmp", ".new-", ".models-"), (".new",)


def sweep(now: float | None = None) -> list[Path]:
    """Remove it from the caches; gives what was removed. now: seconds since 1970. What cannot be
    removed, or is gone already, is left alone. Takes under a millisecond where there is nothing."""
    oldest = (time.time() if now is None else now) - DAY
    removed = []
    for path in _unfinished(paths.cache_dir()):
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime > oldest:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
            removed.append(path)
    return removed


def _unfinished(caches: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for cache in [each for each in caches.iterdir() if each.is_dir()]:
            for path in [*cache.iterdir()]:
                if path.name.startswith(_BEGINS) or path.name.endswith(_ENDS):
                    yield path
