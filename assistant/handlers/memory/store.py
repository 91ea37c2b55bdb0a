"""What is remembered, on disk: each thing encrypted, each change a transaction.

A row is a random id and a box (AES-256-GCM, the id as associated data), so that rows cannot be
exchanged; beside them stands where the key is, and a box that tells whether it is the right one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assistant.errors import FunctionError, StorageError
from assistant.handlers.database import Database
from assistant.handlers.memory.keys import Keys, Place

if TYPE_CHECKING:  # most people's assistant is told nothing for days; it takes 1.5 MB
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes
_CHECK = b"assistant memory 1"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS memory (id TEXT PRIMARY KEY, box BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS key (place TEXT NOT NULL, box BLOB NOT NULL)",
)
UNREADABLE = "unreadable"
"""Code of the error where nobody will ever read it; a keyring that is closed may open again."""
_LOCKED = {
    "en": "What you told me is locked: the system keyring cannot be opened at the moment.",
    "es": "Lo que me dijiste está cerrado: ahora no se puede abrir el llavero del sistema.",
}
_GONE = {
    "en": "I cannot read what you told me: its key is gone.",
    "es": "No puedo leer lo que me dijiste: falta su clave.",
}


@dataclass(frozen=True, slots=True)
class Memory:
    text: str  # as it was said
    told: dt.datetime  # aware
    language: str
    id: str = ""


class MemoryStore:
    """Any thread may call. Every method raises StorageError when the disk fails, and, but for
    `erase_all`, FunctionError when the key cannot be had, or opens nothing of what is there."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self.path = path
        self._keys = keys
        self._database = Database(path, "What I was told to remember", _prepare)
        self._lock = threading.Lock()
        self._cipher: AESGCM | None = None
        self._known: dict[str, Memory] | None = None
        self._version = -1
        self.place: Place | None = None
        """Where the key is; None until it was needed."""

    def all(self) -> list[Memory]:
        """The latest first; without a row that is damaged. Where nothing was ever told, no file is
        made."""
        with self._lock:
            return sorted(self._read().values(), key=lambda m: m.told, reverse=True)

    def keep(self, memory: Memory) -> Memory:
        """Store it: a new one, or one as it was."""
        kept = Memory(memory.text, memory.told, memory.language, memory.id or uuid.uuid4().hex)
        with self._lock:
            known = self._read()
            box = self._sealed(msgspec.json.encode(kept), kept.id)
            with self._database.changing() as connection:
                connection.execute("INSERT OR REPLACE INTO memory VALUES (?, ?)", (kept.id, box))
            known[kept.id] = kept
        return kept

    def forget(self, memories: Iterable[Memory]) -> None:
        """Delete them; their bytes are overwritten in the file."""
        with self._lock:
            known = self._read()
            ids = [memory.id for memory in memories]
            with self._database.changing() as connection:
                connection.executemany("DELETE FROM memory WHERE id = ?", [(i,) for i in ids])
            self._off_the_log()
            for each in ids:
                known.pop(each, None)

    def erase_all(self) -> int:
        """Delete everything, also what cannot be read, and begin anew; how many there were."""
        with self._lock:
            if not self.path.exists():
                return 0
            with self._database.changing() as connection:
                count = connection.execute("DELETE FROM memory").rowcount
                connection.execute("DELETE FROM key")
            self._off_the_log()
            self._known = self._cipher = self.place = None
        return count

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        """Forget what was told at these times; how many. Where nothing was ever told, no file is
        made."""
        gone = [memory for memory in self.all() if which(memory.told)]
        if gone:
            self.forget(gone)
        return len(gone)

    def close(self) -> None:
        self._database.close()

    # -- with the lock held -------------------------------------------------------------------

    def _off_the_log(self) -> None:
        """What was deleted is in no file any more."""
        with self._database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _read(self) -> dict[str, Memory]:
        if not self.path.exists():
            return {}
        with self._database.reading() as connection:
            # another process may have forgotten something: what it changed has another number
            [version] = connection.execute("PRAGMA data_version").fetchone()
            if self._known is not None and version == self._version:
                return self._known
            rows = connection.execute("SELECT id, box FROM memory").fetchall()
            key = connection.execute("SELECT box FROM key").fetchone()
            if self._cipher and (key is None or not _fits(self._cipher, key["box"])):
                self._cipher = None  # all was erased by another process: what is there now is new
        found: dict[str, Memory] = {}
        for id, box in rows:
            # a row that is damaged costs that one; msgspec's errors are ValueErrors
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                found[id] = msgspec.json.decode(self._opened(box, id), type=Memory)
        if rows and not found:
            raise FunctionError(_GONE["en"], code=UNREADABLE, spoken=_GONE)
        self._version, self._known = version, found
        return found

    def _sealed(self, text: bytes, id: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._key().encrypt(nonce, text, id.encode())

    def _opened(self, box: bytes, id: str) -> bytes:
        return _decrypted(self._key(), box, id.encode())

    def _key(self) -> AESGCM:
        if self._cipher is None:
            try:
                self._cipher = self._find_key()
            except LookupError as error:
                raise FunctionError(_LOCKED["en"], spoken=_LOCKED) from error
            except OSError as error:
                raise StorageError(f"The key of {self.path} cannot be kept: {error}.") from error
        return self._cipher

    def _find_key(self) -> AESGCM:
        """The key that the file was made with; a new one for a new file."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        with self._database.reading() as connection:
            row = connection.execute("SELECT place, box FROM key").fetchone()
        if row is not None:
            key = self._keys.find(row["place"])
            cipher = AESGCM(key) if key is not None else None
            if cipher is None or not _fits(cipher, row["box"]):
                raise FunctionError(_GONE["en"], code=UNREADABLE, spoken=_GONE)
            self.place = row["place"]
            return cipher
        key, self.place = self._keys.new()
        cipher = AESGCM(key)
        nonce = os.urandom(_NONCE)
        box = nonce + cipher.encrypt(nonce, _CHECK, None)
        with self._database.changing() as connection:
            connection.execute("INSERT INTO key VALUES (?, ?)", (self.place, box))
        return cipher


def _fits(cipher: AESGCM, box: bytes) -> bool:
    try:
        return _decrypted(cipher, box, None) == _CHECK
    except (ValueError, TypeError):  # no box at all
        return False


def _decrypted(cipher: AESGCM, box: bytes, about: bytes | None) -> bytes:
    """Raises ValueError for a box that was not made with this key, for the same thing."""
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(box[:_NONCE], box[_NONCE:], about)
    except InvalidTag as error:
        raise ValueError("a box of another key") from error


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA secure_delete = ON")
    for statement in _SCHEMA:
        connection.execute(statement)
