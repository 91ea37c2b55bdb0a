"""The titles of the documents, known at any moment without waiting for a search or for the disk."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path


class Catalog:
    """Reads the titles again when the file of the index has changed. Used by any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[float, ...] | None = None
        self._titles: tuple[str, ...] = ()
        self._listeners: list[Callable[[], object]] = []

    def on_change(self, listener: Callable[[], object]) -> None:
        self._listeners.append(listener)

    def changed(self) -> None:
        """Told when there are other documents than before."""
        for listener in self._listeners:
            listener()

    def titles(self) -> Sequence[str]:
        """Of the documents that can be read, each once. A millisecond where nothing changed;
        empty where the index cannot be read, which whoever searches is told."""
        seen = tuple(
            _written(p) for p in (self._path, self._path.with_name(f"{self._path.name}-wal"))
        )
        if seen != self._seen:
            self._titles = self._read()
            self._seen = seen
        return self._titles

    def _read(self) -> tuple[str, ...]:
        if not self._path.exists():
            return ()
        try:
            db = sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True)
            with contextlib.closing(db):
                rows = db.execute("SELECT title FROM files WHERE problem = '' ORDER BY path")
                return tuple(dict.fromkeys(str(title) for (title,) in rows))
        except sqlite3.Error:
            return ()


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
