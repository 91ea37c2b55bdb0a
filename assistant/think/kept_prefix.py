"""The evaluated beginning of the prompt, on disk: read in milliseconds instead of evaluated again.

A file holds the state that llama.cpp made of certain tokens with a certain model. Its name is the
key of all that the state depends on; its content begins with that key and a digest of the rest. A
file that is cut off, damaged, of another model or not ours alone is left unread, and replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant import paths

SHORTEST = 8  # tokens: fewer are evaluated as fast
_MOST_FILES = 8  # a language, and a model, and the prefix before the last change
_MAGIC = b"prefix1\n"
_DIGEST = 32  # bytes


class KeptPrefixes:
    """Of one model. fingerprint: of the model and its parameters (`Llama.fingerprint`)."""

    def __init__(self, fingerprint: str, folder: Path | None = None) -> None:
        self._fingerprint = fingerprint
        self._folder = folder or paths.cache_dir() / "prefixes"

    def read(self, tokens: Sequence[int]) -> bytes | None:
        """The state of `tokens`; None when there is none that can be trusted."""
        key = self._key(tokens)
        try:
            with (self._folder / key).open("rb") as file:
                if not _ours_alone(os.fstat(file.fileno())):
                    return None
                raw = file.read()
        except OSError:
            return None
        head = _MAGIC + key.encode()
        state = raw[len(head) + _DIGEST :]
        whole = raw.startswith(head) and raw[len(head) :][:_DIGEST] == _digest(state)
        return state if whole and state else None

    def write(self, tokens: Sequence[int], state: bytes) -> None:
        """Keep a state; a disk that is full or cannot be written to is no matter."""
        key = self._key(tokens)
        with contextlib.suppress(OSError):
            paths.private_dir(self._folder)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")  # for the owner only
            try:
                with os.fdopen(handle, "wb") as file:
                    file.writelines((_MAGIC, key.encode(), _digest(state), state))
                Path(name).replace(self._folder / key)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._thin_out()

    def _key(self, tokens: Sequence[int]) -> str:
        text = f"{self._fingerprint} {' '.join(map(str, tokens))}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def _thin_out(self) -> None:
        """Only the latest few are of use."""
        files = sorted(self._folder.iterdir(), key=lambda f: f.lstat().st_mtime_ns, reverse=True)
        for file in files[_MOST_FILES:]:
            file.unlink(missing_ok=True)


def _digest(state: bytes) -> bytes:
    return hashlib.blake2b(state, digest_size=_DIGEST).digest()


def _ours_alone(file: os.stat_result) -> bool:
    """A file that somebody else can write may hold anything, and llama.cpp reads it unchecked."""
    others_write = file.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return file.st_uid == os.geteuid() and not others_write
