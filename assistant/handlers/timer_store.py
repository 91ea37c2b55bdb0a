"""Timers on disk: one SQLite file, so that they outlive the program and its end by force.

Each change is one transaction, on the disk before the call returns. A timer keeps the wall-clock
moment at which it is due, so it runs on while the program is off.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant import paths
from assistant.errors import StorageError

State = Literal["running", "paused", "ringing"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS timer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    seconds REAL NOT NULL,                 -- as it was set
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'ringing')),
    due REAL NOT NULL,                     -- seconds since 1970
    remaining REAL NOT NULL DEFAULT 0,     -- seconds, while paused
    rang REAL NOT NULL DEFAULT 0           -- when it was first seen to be due
)
"""
_MISSED_AFTER = 30.0  # seconds: nobody was there to ring it on time


@dataclass(frozen=True, slots=True)
class Timer:
    id: int
    name: str
    language: str
    length: dt.timedelta  # as it was set
    state: State
    due: dt.datetime  # aware, UTC
    paused_with: dt.timedelta  # what is left, while paused
    missed: bool  # it was due while the program was off

    @property
    def key(self) -> str:
        """What its announcement is known by."""
        return f"timer:{self.id}"

    def left(self, now: dt.datetime) -> dt.timedelta:
        """How long it still runs; zero when it rings."""
        if self.state == "paused":
            return self.paused_with
        return max(self.due - now, dt.timedelta(0))


class TimerStore:
    """All timers. Any thread may call; every method raises StorageError when the disk fails.

    The file is opened at the first call, so that a broken one costs the timers, not the program.
    Another process may change it too: its changes are seen, but `on_change` is not called.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_change: Callable[[], object] = lambda: None
        """Called after each change, by the thread that made it: `next_due` may be another now."""
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def add(self, length: dt.timedelta, now: dt.datetime, name: str, language: str) -> Timer:
        seconds = length.total_seconds()
        [timer] = self._write(
            "INSERT INTO timer (name, language, seconds, state, due)"
            " VALUES (?, ?, ?, 'running', ?) RETURNING *",
            (name, language, seconds, now.timestamp() + seconds),
        )
        return timer

    def all(self) -> list[Timer]:
        """Every timer, the soonest first; the paused ones last."""
        return self._read("SELECT * FROM timer ORDER BY state = 'paused', due")

    def ringing(self) -> list[Timer]:
        """Those that were due and that nobody dismissed yet."""
        return self._read("SELECT * FROM timer WHERE state = 'ringing' ORDER BY due")

    def due(self, now: dt.datetime) -> list[Timer]:
        """Those whose time has come since the last call. Each is given once; it rings from now
        on, until dismissed, also after a restart (see `ringing`)."""
        moment = now.timestamp()
        if not self._read("SELECT * FROM timer WHERE state = 'running' AND due <= ?", (moment,)):
            return []
        found = self._write(
            "UPDATE timer SET state = 'ringing', rang = ? WHERE state = 'running' AND due <= ?"
            " RETURNING *",
            (moment, moment),
        )
        return sorted(found, key=lambda timer: timer.due)

    def next_due(self) -> dt.datetime | None:
        """When the next timer will be due: aware, UTC; it may have passed already."""
        found = self._read("SELECT * FROM timer WHERE state = 'running' ORDER BY due LIMIT 1")
        return found[0].due if found else None

    def dismiss(self, id: int) -> bool:
        """Remove a timer, ringing or not; false when there is none of that id."""
        return bool(self._write("DELETE FROM timer WHERE id = ? RETURNING *", (id,)))

    def dismiss_ringing(self) -> list[Timer]:
        """End all that ring."""
        return self._write("DELETE FROM timer WHERE state = 'ringing' RETURNING *")

    def clear(self) -> list[Timer]:
        """Remove all timers, and give what was removed."""
        return self._write("DELETE FROM timer RETURNING *")

    def pause(self, id: int, now: dt.datetime) -> None:
        self._write(
            "UPDATE timer SET state = 'paused', remaining = due - ?"
            " WHERE id = ? AND state = 'running' RETURNING *",
            (now.timestamp(), id),
        )

    def resume(self, id: int, now: dt.datetime) -> None:
        self._write(
            "UPDATE timer SET state = 'running', due = ? + remaining"
            " WHERE id = ? AND state = 'paused' RETURNING *",
            (now.timestamp(), id),
        )

    def extend(self, id: int, by: dt.timedelta, now: dt.datetime) -> Timer | None:
        """Add to what is left, or take from it; one that rings runs again from `now`.

        None when there is no such timer, or less was left than `by` takes.
        """
        seconds = by.total_seconds()
        found = self._write(
            "UPDATE timer SET remaining = iif(state = 'paused', remaining + :by, 0),"
            " due = iif(state = 'ringing', :now, due) + :by,"
            " state = iif(state = 'paused', 'paused', 'running')"
            " WHERE id = :id AND"
            " (CASE state WHEN 'paused' THEN remaining WHEN 'running' THEN due - :now ELSE 0 END)"
            " + :by > 0 RETURNING *",
            {"by": seconds, "now": now.timestamp(), "id": id},
        )
        return found[0] if found else None

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _read(self, query: str, values: tuple[object, ...] = ()) -> list[Timer]:
        with self._opened() as connection, closing(connection.execute(query, values)) as rows:
            return [_timer(row) for row in rows]

    def _write(
        self, query: str, values: tuple[object, ...] | dict[str, object] = ()
    ) -> list[Timer]:
        """Run one statement that returns the rows it changed, as a transaction."""
        with self._opened() as connection, closing(connection.execute(query, values)) as rows:
            changed = [_timer(row) for row in rows]
        if changed:
            self.on_change()
        return changed

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._open()
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                raise StorageError(
                    f"The timers in {self.path} cannot be used: {error}."
                    " Check the disk; a damaged file can be moved away."
                ) from error

    def _open(self) -> sqlite3.Connection:
        paths.private_dir(self.path.parent)
        self.path.touch(paths.OWNER_ONLY)
        # no isolation level: each statement commits by itself, when it is finished
        connection = sqlite3.connect(
            self.path, timeout=5, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # timers are few; power may fail
            connection.execute(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _timer(row: sqlite3.Row) -> Timer:
    return Timer(
        id=row["id"],
        name=row["name"],
        language=row["language"],
        length=dt.timedelta(seconds=row["seconds"]),
        state=row["state"],
        due=dt.datetime.fromtimestamp(row["due"], dt.UTC),
        paused_with=dt.timedelta(seconds=max(row["remaining"], 0)),
        missed=row["state"] == "ringing" and row["rang"] - row["due"] > _MISSED_AFTER,
    )
