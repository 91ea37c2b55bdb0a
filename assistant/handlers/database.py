"""The user's things on disk: one SQLite file, which outlives the program and its end by force.

Each change is one transaction, on the disk before the call returns.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import paths
from assistant.errors import StorageError
from assistant.written import shown

_DAMAGE = (ValueError, TypeError, OverflowError, IndexError)
"""What a value that we never wrote makes of whoever reads its row."""
_PATIENCE = 5  # seconds to wait for another process that writes


class Database:
    """A connection that any thread may use. Every use raises StorageError when the disk fails.

    The file is opened at the first use, so that a broken one costs what is in it, not the program.
    """

    def __init__(
        self, path: Path, what: str, prepare: Callable[[sqlite3.Connection], object]
    ) -> None:
        """what: "The timers", for the error. prepare: makes the tables that are not there yet."""
        self.path = path
        self._what = what
        self._prepare = prepare
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except (sqlite3.Error, OSError, *_DAMAGE) as error:
                raise StorageError(
                    f"{self._what} in {self.path} cannot be used: {shown(str(error))}."
                    " Check the disk; a damaged file can be moved away."
                ) from error

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of what is done in it, or nothing."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has ended it already
                    connection.execute("ROLLBACK")
                raise

    def shred(self) -> None:
        """No page of the file, nor of its log, holds any more what was deleted."""
        with self.reading() as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open(self) -> sqlite3.Connection:
        paths.private_dir(self.path.parent)
        self.path.touch(paths.OWNER_ONLY)
        # no isolation level: transactions begin and end where it is written here
        connection = sqlite3.connect(
            self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # changes are few; power may fail
            connection.execute("BEGIN IMMEDIATE")
            self._prepare(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection
