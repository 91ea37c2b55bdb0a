"""The key of what is remembered: in the system keyring where there is one, else in a file that only
the owner can read.

A key in a file beside the data protects a copy of the data alone (a backup, a stolen disk image
without that file), not the account itself; the keyring opens with the user's login.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Protocol

from assistant import paths

KEY_BYTES = 32
Place = Literal["keyring", "file"]


class Keyring(Protocol):
    def get(self) -> bytes | None:
        """The key; None when the keyring holds none. Raises LookupError where there is no keyring,
        or it is locked."""

    def put(self, key: bytes) -> None:
        """Keep the key. Raises LookupError as `get`."""


class SecretService:
    """The freedesktop keyring (GNOME Keyring, KWallet, KeePassXC), over the session bus. A locked
    one is left locked: a window that asks for a password is no answer to something said."""

    _LABEL = "assistant: what I was told to remember"

    def __init__(self, purpose: str = "memory", label: str = _LABEL) -> None:
        self._marks = {"application": "assistant", "purpose": purpose}
        self._label = label

    def get(self) -> bytes | None:
        secret = self.secret()
        return bytes.fromhex(secret) if secret is not None else None

    def put(self, key: bytes) -> None:
        self.keep(key.hex())

    def secret(self) -> str | None:
        """A text that is kept; None when there is none. Raises LookupError."""
        with self._collection() as collection:
            for item in collection.search_items(self._marks):
                return str(item.get_secret().decode("utf-8"))
            return None

    def keep(self, secret: str) -> None:
        """In the place of what was kept. Raises LookupError."""
        with self._collection() as collection:
            collection.create_item(self._label, self._marks, secret.encode(), replace=True)

    def remove(self) -> None:
        """Raises LookupError where there is no keyring."""
        with self._collection() as collection:
            for item in list(collection.search_items(self._marks)):
                item.delete()

    @contextlib.contextmanager
    def _collection(self) -> Iterator[Any]:
        """The user's own keyring, open. Whatever fails on the way is a LookupError."""
        import secretstorage

        try:
            connection = secretstorage.dbus_init()
        except Exception as error:
            raise LookupError(f"no keyring: {type(error).__name__}") from error
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked():
                raise LookupError("the keyring is locked")
            yield collection
        except LookupError:
            raise
        except Exception as error:
            raise LookupError(f"the keyring does not answer: {type(error).__name__}") from error
        finally:
            connection.close()


class KeyFile:
    """A file of the owner's. Raises OSError when the disk fails."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self) -> bytes | None:
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return raw if len(raw) == KEY_BYTES else None

    def put(self, key: bytes) -> None:
        paths.private_dir(self.path.parent)
        new = self.path.with_name(f".{self.path.name}.new")
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
        handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, paths.OWNER_ONLY)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


class Keys:
    """Where the key is looked for, and made."""

    def __init__(self, keyring: Keyring, file: KeyFile) -> None:
        self._keyring = keyring
        self._file = file

    def new(self) -> tuple[bytes, Place]:
        """A key for what is yet to be remembered: one that is there already is taken again.
        Raises OSError when it cannot be kept."""
        try:
            key = self._keyring.get()
            if key is None:
                key = secrets.token_bytes(KEY_BYTES)
                self._keyring.put(key)
            return key, "keyring"
        except LookupError:
            key = self._file.get() or secrets.token_bytes(KEY_BYTES)
            self._file.put(key)
            return key, "file"

    def find(self, place: Place) -> bytes | None:
        """The key that was kept there; None when it is gone. Raises LookupError for a keyring that
        cannot be opened, and OSError."""
        return self._keyring.get() if place == "keyring" else self._file.get()
