"""Lists and notes on disk, in the file in which the timers are, each change a transaction.

What is removed is given back to the caller, who can put it back: nothing is lost by a word that
was misheard.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.handlers.database import Database

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS list (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
    """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    added TEXT
)
""",
    """
CREATE VIRTUAL TABLE IF NOT EXISTS note USING fts5 (
    text, written UNINDEXED, language UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
)
""",
)


_LITTLE = frozenset(
    "the a an my of to in on at for and is el la los las un una mi mis de del en y al".split()
)
"""Words that tell nothing about a note."""


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    done: bool = False
    id: int = 0  # 0: not stored yet


@dataclass(frozen=True, slots=True)
class NamedList:
    name: str
    entries: tuple[Entry, ...] = ()
    id: int = 0

    @property
    def open(self) -> list[Entry]:
        """What is not checked off yet."""
        return [entry for entry in self.entries if not entry.done]


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    written: dt.datetime  # aware
    language: str
    id: int = 0


class Notebook:
    """All lists and notes. Any thread may call; every method raises StorageError when the disk
    fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path, "The lists and notes", _prepare)

    # -- lists --------------------------------------------------------------------------------

    def lists(self) -> list[NamedList]:
        """In the order in which they were made."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, name FROM list ORDER BY id").fetchall()
            return [NamedList(name, _entries(connection, id), id) for id, name in rows]

    def names(self) -> list[str]:
        with self._database.reading() as connection:
            return [name for (name,) in connection.execute("SELECT name FROM list ORDER BY id")]

    def create(self, name: str) -> NamedList:
        with self._database.changing() as connection:
            made = connection.execute("INSERT INTO list (name) VALUES (?)", (name,))
            return NamedList(name, (), made.lastrowid or 0)

    def add(self, name: str, texts: Sequence[str]) -> list[Entry]:
        """Add to the list of that very name, which is made if need be."""
        with self._database.changing() as connection:
            found = connection.execute("SELECT id FROM list WHERE name = ?", (name,)).fetchone()
            into = (
                found[0]
                if found
                else connection.execute("INSERT INTO list (name) VALUES (?)", (name,)).lastrowid
            )
            query, now = "INSERT INTO entry (list, text, added) VALUES (?, ?, ?)", _now()
            return [
                Entry(t, False, connection.execute(query, (into, t, now)).lastrowid or 0)
                for t in texts
            ]

    def remove(self, entries: Iterable[Entry]) -> None:
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM entry WHERE id = ?", [(e.id,) for e in entries])

    def check(self, entries: Iterable[Entry], done: bool = True) -> None:
        with self._database.changing() as connection:
            connection.executemany(
                "UPDATE entry SET done = ? WHERE id = ?", [(done, e.id) for e in entries]
            )

    def put(self, which: NamedList) -> None:
        """A list as it was, with its entries: what takes a removal back."""
        with self._database.changing() as connection:
            connection.execute("INSERT OR IGNORE INTO list VALUES (?, ?)", (which.id, which.name))
            connection.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)",
                [(e.id, which.id, e.text, e.done, _now()) for e in which.entries],
            )

    def delete(self, which: NamedList) -> None:
        with self._database.changing() as connection:
            connection.execute("DELETE FROM list WHERE id = ?", (which.id,))

    # -- notes --------------------------------------------------------------------------------

    def notes(self) -> list[Note]:
        """All of them, the latest first."""
        return self._notes("SELECT rowid, * FROM note ORDER BY rowid DESC")

    def find(self, words: str) -> list[Note]:
        """The notes that hold these words, or their beginnings; the best first, of equal ones the
        latest."""
        said = [word for word in words.split() if any(map(str.isalnum, word))]
        stems = [_stem(w) for w in said if w.lower() not in _LITTLE] or [_stem(w) for w in said]
        if not stems:
            return []
        wanted = " AND ".join(f'"{stem}" *' for stem in stems)
        return self._notes(
            "SELECT rowid, * FROM note WHERE note MATCH ? ORDER BY rank, rowid DESC", (wanted,)
        )

    def write(self, note: Note) -> Note:
        """Store a note: a new one, or one as it was."""
        with self._database.changing() as connection:
            made = connection.execute(
                "INSERT INTO note (rowid, text, written, language) VALUES (?, ?, ?, ?)",
                (note.id or None, note.text, note.written.isoformat(), note.language),
            )
            return Note(note.text, note.written, note.language, made.lastrowid or 0)

    def erase(self, notes: Iterable[Note]) -> None:
        with self._database.changing() as connection:
            connection.executemany("DELETE FROM note WHERE rowid = ?", [(n.id,) for n in notes])

    # -- for good -----------------------------------------------------------------------------

    def shred_notes(self, which: Callable[[dt.datetime], bool]) -> int:
        """Erase the notes of these times, so that the file does not hold them either; how many."""
        with self._database.changing() as connection:
            rows = connection.execute("SELECT rowid, written FROM note").fetchall()
            gone = [(id,) for id, written in rows if which(dt.datetime.fromisoformat(written))]
            connection.executemany("DELETE FROM note WHERE rowid = ?", gone)
            connection.execute("INSERT INTO note (note) VALUES ('optimize')")
        self._database.shred()
        return len(gone)

    def shred_entries(self, which: Callable[[dt.datetime], bool]) -> int:
        """The same with entries of lists; those without a time are of long ago."""
        long_ago = dt.datetime.fromtimestamp(0, dt.UTC)
        with self._database.changing() as connection:
            rows = connection.execute("SELECT id, added FROM entry").fetchall()
            gone = [
                (id,)
                for id, added in rows
                if which(dt.datetime.fromisoformat(added) if added else long_ago)
            ]
            connection.executemany("DELETE FROM entry WHERE id = ?", gone)
        self._database.shred()
        return len(gone)

    def close(self) -> None:
        self._database.close()

    def _notes(self, query: str, values: tuple[object, ...] = ()) -> list[Note]:
        with self._database.reading() as connection:
            return [
                Note(text, dt.datetime.fromisoformat(written), language, id)
                for id, text, written, language in connection.execute(query, values).fetchall()
            ]


def _prepare(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA:
        connection.execute(statement)
    if not any(row[1] == "added" for row in connection.execute("PRAGMA table_info(entry)")):
        connection.execute("ALTER TABLE entry ADD COLUMN added TEXT")  # of an earlier version


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _entries(connection: sqlite3.Connection, of: int) -> tuple[Entry, ...]:
    query = "SELECT id, text, done FROM entry WHERE list = ? ORDER BY id"
    return tuple(Entry(t, bool(done), id) for id, t, done in connection.execute(query, (of,)))


def _stem(word: str) -> str:
    """The beginning of a word, without its plural; quotes doubled, as FTS5 wants them."""
    plain = word.strip(".,;:!?¿¡'\"").replace('"', '""')
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") else plain
