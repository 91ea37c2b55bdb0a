"""The index on disk: one SQLite file of its owner. A document is in it whole, or not at all.

Two processes may have it open: the one that listens, and `assistant docs`. What a search needs in
memory (the vectors) is read again when `generation` says that something has changed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant import paths
from assistant.errors import StorageError
from assistant.think.documents.passages import Passage
from assistant.think.documents.records import File, Row, Stat, embedded_text, file_of
from assistant.think.documents.tables import PRAGMAS, forget, prepare
from assistant.think.documents.words import stems
from assistant.written import shown

_PATIENCE = 10.0  # seconds to wait for another process that writes


def default_path() -> Path:
    return paths.data_dir() / "documents.db"


def told_by(path: Path) -> Path:
    """The file that is touched when a place is added or removed, for who watches."""
    return path.with_suffix(".places")


class Store:
    """A connection to the index; used by one thread. Raises StorageError."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_path()
        self._connection = self._open()

    def close(self) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            paths.private_dir(self.path.parent)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, paths.OWNER_ONLY))
            made = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            with ExitStack() as unless_made:
                unless_made.callback(made.close)
                for pragma in PRAGMAS:
                    made.execute(f"PRAGMA {pragma}")
                prepare(made)
                unless_made.pop_all()
        except (sqlite3.Error, OSError, UnicodeError) as error:
            raise self._failed(error) from error
        return made

    def _failed(self, error: Exception) -> StorageError:
        return StorageError(
            f"The index of the documents {self.path} cannot be used: {shown(str(error))}. Check"
            " the disk; a damaged file can be deleted, and is made again from the documents."
        )

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, after which everybody knows that something is new."""
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute(
                    "INSERT INTO facts VALUES ('generation', 1)"
                    " ON CONFLICT(name) DO UPDATE SET value = value + 1"
                )
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    @contextmanager
    def _as_written(self) -> Iterator[None]:
        """Of values: another than what we wrote is a damaged file."""
        try:
            yield
        except (ValueError, TypeError, AssertionError, OverflowError) as error:
            raise self._failed(error) from error

    def query(self, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(sql, tuple(values)).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    # -- places and files --------------------------------------------------------------------

    def places(self) -> list[Path]:
        return [Path(str(path)) for (path,) in self.query("SELECT path FROM places ORDER BY path")]

    def add_place(self, place: Path) -> None:
        with self._changing() as db:
            db.execute("INSERT OR IGNORE INTO places VALUES (?)", (str(place),))
        self._tell()

    def remove_place(self, place: Path) -> None:
        """It and all that is there leave the index; the documents themselves stay."""
        with self._changing() as db:
            db.execute("DELETE FROM places WHERE path = ?", (str(place),))
            gone = db.execute("SELECT id FROM files WHERE place = ?", (str(place),)).fetchall()
            for (number,) in gone:
                forget(db, number)
        self.scrub()
        self._tell()

    def _tell(self) -> None:
        with suppress(OSError):  # then it is seen a little later
            told_by(self.path).touch(paths.OWNER_ONLY)

    def files(self) -> list[File]:
        rows = self.query(
            "SELECT f.path, f.place, f.title, f.language, f.size, f.mtime, f.digest, f.problem,"
            " f.id, (SELECT count(*) FROM passages p WHERE p.file = f.id) FROM files f"
            " ORDER BY f.path"
        )
        with self._as_written():
            return [file_of(row) for row in rows]

    def put(self, file: File, found: Sequence[Passage]) -> None:
        """Take in a document in the place of what was known of its path."""
        with self._changing() as db:
            old = db.execute("SELECT id FROM files WHERE path = ?", (str(file.path),)).fetchone()
            if old is not None:
                forget(db, old[0])
            number = db.execute(
                "INSERT INTO files (path, place, title, language, size, mtime, digest, problem)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (str(file.path), str(file.place), file.title, file.language, file.stat.size,
                 file.stat.mtime, file.digest, file.problem),
            ).lastrowid  # fmt: skip
            for passage in found:
                row = db.execute(
                    "INSERT INTO passages (file, heading, page, text) VALUES (?, ?, ?, ?)",
                    (number, passage.heading, passage.page, passage.text),
                ).lastrowid
                body = " ".join(stems(passage.text, file.language))
                heading = " ".join(stems(f"{file.title} {passage.heading}", file.language))
                db.execute(
                    "INSERT INTO stems (rowid, heading, body) VALUES (?, ?, ?)",
                    (row, heading, body),
                )

    def touched(self, file: File, stat: Stat) -> None:
        """Its time has changed, its content has not."""
        with self._changing() as db:
            db.execute("UPDATE files SET size = ?, mtime = ? WHERE id = ?",
                       (stat.size, stat.mtime, file.id))  # fmt: skip

    def forget(self, file: File) -> None:
        with self._changing() as db:
            forget(db, file.id)

    def scrub(self) -> None:
        """Have the words of what was removed or replaced leave the disk, too: else they stay in the
        index of words until that is merged, and in the log of changes. A second for a thousand
        documents where something was; nothing else."""
        if not self.query("SELECT 1 FROM facts WHERE name = 'removed'"):
            return
        self.query("INSERT INTO stems (stems) VALUES ('optimize')")
        [(busy, _, _)] = self.query("PRAGMA wal_checkpoint(TRUNCATE)")
        if not busy:  # else another process reads just now, and the next update does it
            self.query("DELETE FROM facts WHERE name = 'removed'")

    # -- vectors -----------------------------------------------------------------------------

    def generation(self) -> int:
        rows = self.query("SELECT value FROM facts WHERE name = 'generation'")
        with self._as_written():
            return int(str(rows[0][0])) if rows else 0

    def embedded_by(self, model: str) -> None:
        """Vectors of another model are of no use beside those of this one: they are dropped."""
        rows = self.query("SELECT value FROM facts WHERE name = 'model'")
        if not rows or rows[0][0] != model:
            with self._changing() as db:
                db.execute("DELETE FROM vectors")
                db.execute("INSERT OR REPLACE INTO facts VALUES ('model', ?)", (model,))

    def without_vector(self, most: int) -> list[tuple[int, str]]:
        """Passages that have none yet, with the text that it is to be made of."""
        rows = self.query(
            "SELECT p.id, f.title, p.heading, p.text FROM passages p JOIN files f ON f.id = p.file"
            " LEFT JOIN vectors v ON v.passage = p.id WHERE v.passage IS NULL LIMIT ?",
            (most,),
        )
        with self._as_written():
            return [(int(str(i)), embedded_text(str(t), str(h), str(x))) for i, t, h, x in rows]

    def vectors_missing(self) -> int:
        [(whole,)] = self.query("SELECT count(*) FROM passages")
        [(made,)] = self.query("SELECT count(*) FROM vectors")
        return int(str(whole)) - int(str(made))

    def put_vectors(self, made: Sequence[tuple[int, bytes]]) -> None:
        """A passage that was removed meanwhile needs none."""
        with self._changing() as db:
            db.executemany(
                "INSERT OR REPLACE INTO vectors SELECT id, ? FROM passages WHERE id = ?",
                [(vector, number) for number, vector in made],
            )

    def vectors(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int8]]:
        """Numbers of passages, ascending, and their vectors, row by row: at 100,000 passages 39 MB,
        and never twice that while they are read."""
        [(count, size)] = self.query("SELECT count(*), max(length(vector)) FROM vectors")
        shape = (int(str(count)), int(str(size or 1)))
        numbers, made = np.zeros(shape[0], np.int64), np.zeros(shape, np.int8)
        try:
            rows = self._connection.execute("SELECT passage, vector FROM vectors ORDER BY passage")
            read = 0  # another process may add or remove some meanwhile
            for read, (number, vector) in zip(range(1, shape[0] + 1), rows, strict=False):
                numbers[read - 1], made[read - 1] = number, np.frombuffer(vector, np.int8)
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            raise self._failed(error) from error
        return numbers[:read], made[:read]

    # -- passages ----------------------------------------------------------------------------

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        if not numbers:
            return []
        wanted = ", ".join(str(int(number)) for number in numbers)
        rows = self.query(
            "SELECT p.id, p.file, p.text, p.heading, p.page, s.heading, s.body FROM passages p"
            f" JOIN stems s ON s.rowid = p.id WHERE p.id IN ({wanted})"
        )
        with self._as_written():
            return [
                Row(int(str(i)), int(str(f)), str(text), str(heading), _page(page),
                    str(named).split(), str(body).split())
                for i, f, text, heading, page, named, body in rows
            ]  # fmt: skip

    def next_passage(self, row: Row) -> Row | None:
        """The one behind it in its document."""
        found = self.query(
            "SELECT min(id) FROM passages WHERE file = ? AND id > ?", (row.file, row.id)
        )
        [(number,)] = found
        return None if number is None else next(iter(self.rows([int(str(number))])), None)


def _page(value: object) -> int | None:
    return None if value is None else int(str(value))
