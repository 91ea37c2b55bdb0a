"""The files below some folders, in memory: found once, looked at again where a folder changed.

Hidden files are left out, and so is whatever a symbolic link leads to: it may be anywhere.
"""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 1.0
"""For one walk. What it does not reach is found by the next one, which goes on from there."""
_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class File:
    path: Path
    changed: float  # seconds since the epoch
    words: tuple[str, ...]  # of its name, without its suffix


@dataclass(slots=True)
class _Folder:
    changed: int  # nanoseconds
    files: list[File]
    folders: list[str]


class FileIndex:
    """roots: the folders; wanted: whether a suffix (".mp3", in small letters) is of interest."""

    def __init__(
        self,
        roots: Callable[[], Sequence[Path]],
        wanted: Callable[[str], bool],
        seconds: float = SECONDS,
    ) -> None:
        self._roots = roots
        self._wanted = wanted
        self._seconds = seconds
        self._folders: dict[str, _Folder] = {}

    def files(self) -> list[File]:
        """All files as they are now, as far as the time reaches."""
        deadline = time.monotonic() + self._seconds
        todo = [str(root) for root in self._roots()]
        met: dict[str, _Folder] = {}
        found: list[File] = []
        while todo and len(found) < _MOST_FILES:
            path = todo.pop()
            folder = self._folder(path, late=time.monotonic() > deadline)
            if path in met or folder is None:
                continue
            met[path] = folder
            found += folder.files
            todo += folder.folders
        self._folders = {**self._folders, **met} if todo else met
        return found

    def _folder(self, path: str, *, late: bool) -> _Folder | None:
        """As it is now; as it was, when it is late or nothing has changed."""
        known = self._folders.get(path)
        if late:
            return known
        try:
            changed = os.stat(path).st_mtime_ns  # noqa: PTH116  ten times as fast as Path
            if known is None or known.changed != changed:
                known = _Folder(changed, *self._read(path))
        except OSError:  # gone, or not ours to read
            return None
        return known

    def _read(self, path: str) -> tuple[list[File], list[str]]:
        files, folders = [], []
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    name, suffix = os.path.splitext(entry.name)  # noqa: PTH122
                    if self._wanted(suffix.lower()):
                        at = entry.stat(follow_symlinks=False).st_mtime
                        files.append(File(Path(entry.path), at, tuple(words(name))))
        return files, folders


def words(text: str) -> Iterator[str]:
    """ "2024-05_InvoiceACME(final)": 2024, 05, invoice, acme, final; without accents."""
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", text)
    letters = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return iter(re.findall(r"[^\W_]+", plain))
