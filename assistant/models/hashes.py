"""The two hashes that sources of models state."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_blob_id(path: Path) -> str:
    """The name git gives a file's content: SHA-1 over "blob <size>\\0" and the content.

    The hub states it for small files, and the SHA-256 for large ones.
    """
    blob = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            blob.update(block)
    return blob.hexdigest()


def matches(path: Path, stated: str) -> bool:
    """Whether a file has the SHA-256 (64 digits) or the git blob id (40 digits) `stated`."""
    return stated == (sha256(path) if len(stated) == 64 else git_blob_id(path))
