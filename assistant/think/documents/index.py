"""Brings the index to what is on disk: new, changed and deleted documents, then their vectors.

Each document is one transaction. A run that was killed is gone on with by the next one: what is
in the index already is not read again.
"""

from __future__ import annotations

import hashlib
import os
import stat as modes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.embedding import LONGEST_PASSAGE, Vectors
from assistant.think.documents.blocks import UnreadableError
from assistant.think.documents.extract import read, supported
from assistant.think.documents.passages import passages
from assistant.think.documents.records import File, Stat
from assistant.think.documents.store import Store
from assistant.think.documents.words import language_of

Embed = Callable[[list[str], int], Vectors]
"""Vectors of texts, of their first so many tokens."""
SCALE = 254.0
"""Vectors are kept as 8-bit integers: no number of a vector of length 1 and 384 numbers is over a
half, and a cosine differs by 0.002 at most."""
BATCH = 8
"""Passages that are embedded at a time: 0.2 s, in which whoever else needs the model waits."""
_LANGUAGE_OF = 20_000  # characters
_GENERIC = frozenset({"untitled", "document", "documento", "microsoft word", "index", "readme"})


@dataclass(slots=True)
class Changes:
    """What an update did."""

    read: int = 0
    failed: int = 0  # that could not be read, and were not known for it
    unchanged: int = 0
    removed: int = 0
    passages: int = 0
    problems: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.read or self.failed or self.removed)


Progress = Callable[[str, int, int], object]
"""Told ("read" or "embed", done so far, in all)."""


def update(
    store: Store,
    progress: Progress = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> Changes:
    """Read what is new or changed in every place, and forget what is gone."""
    changes = Changes()
    known = {file.path: file for file in store.files()}
    places = store.places()
    closed: list[Path] = []  # what may hold documents, and cannot be looked into

    def unread(error: OSError) -> None:
        path = Path(str(error.filename))
        if path not in closed:
            closed.append(path)
            changes.problems.append((path, f"It cannot be opened: {error.strerror}."))

    there = {path: place for place in reversed(places) for path in documents(place, unread)}
    for done, (path, place) in enumerate(there.items()):
        if stop():
            return changes
        progress("read", done, len(there))
        _take(store, path, place, known.get(path), changes)
    for path, file in known.items():
        # a place that is not there at all (a disk that is not mounted) keeps what it had
        gone = path not in there and not any(path.is_relative_to(each) for each in closed)
        if gone and (file.place not in places or file.place.exists()):
            store.forget(file)
            changes.removed += 1
    store.scrub()
    progress("read", len(there), len(there))
    return changes


def documents(place: Path, unread: Callable[[OSError], object] = lambda _: None) -> Iterator[Path]:
    """The documents of a folder, or the one that it is. Hidden ones are left out, and links are
    not followed out of it. unread: told of what is there, and cannot be looked into."""
    if _is_file(place, unread):
        yield place
        return

    def failed(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):  # gone meanwhile
            unread(error)

    try:
        whole = place.resolve()
    except (OSError, ValueError, RuntimeError):  # no name that a folder can have
        return
    for folder, folders, names in os.walk(place, onerror=failed):
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for name in sorted(names):
            path = Path(folder) / name
            if name[0] in ".~" or not supported(path) or not _is_file(path, unread):
                continue
            if not path.is_symlink() or path.resolve().is_relative_to(whole):
                yield path


def _is_file(path: Path, unread: Callable[[OSError], object]) -> bool:
    try:
        return modes.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        unread(error)
        return False


def _take(store: Store, path: Path, place: Path, old: File | None, changes: Changes) -> None:
    try:
        str(path).encode()
        found = path.stat()
        stat = Stat(found.st_size, found.st_mtime_ns)
        if old is not None and old.stat == stat:
            changes.unchanged += 1
            if old.problem:
                changes.problems.append((path, old.problem))
            return
        digest = _digest(path)
    except UnicodeEncodeError:
        changes.problems.append((path, "Its name is not UTF-8. Rename it."))
        return
    except OSError as error:
        why = f"It cannot be opened: {error.strerror}."
        changes.problems.append((path, why))
        return
    if old is not None and old.digest == digest:
        store.touched(old, stat)
        changes.unchanged += 1
        return
    try:
        content = read(path)
    except UnreadableError as error:
        changes.failed += 1
        store.put(File(path, place, _title("", path), "", stat, digest, str(error)), [])
        changes.problems.append((path, str(error)))
        return
    made = list(passages(content.blocks))
    language = language_of(" ".join(p.text for p in made)[:_LANGUAGE_OF])
    store.put(File(path, place, _title(content.title, path), language, stat, digest), made)
    changes.read += 1
    changes.passages += len(made)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest()


def _title(given: str, path: Path) -> str:
    """What a document is called: by its own title, where that is one."""
    name = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    plain = given.lower()
    if not given or len(given) > 80 or any(plain.startswith(word) for word in _GENERIC):
        return name or path.name
    if Path(given).suffix.lower() in (".doc", ".docx", ".pdf", ".indd", ".tex", ".txt"):
        return name
    return given


def embed(
    store: Store,
    model: str,
    vectors: Embed,
    progress: Progress = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Make the vectors that are missing; how many were made."""
    store.embedded_by(model)
    whole, done = store.vectors_missing(), 0
    while not stop():
        some = store.without_vector(BATCH)
        if not some:
            break
        made = vectors([text for _, text in some], LONGEST_PASSAGE)
        store.put_vectors([(n, packed(v)) for (n, _), v in zip(some, made, strict=True)])
        done += len(some)
        progress("embed", done, max(whole, done))
    return done


def packed(vector: Vectors) -> bytes:
    return bytes(np.clip(np.rint(vector * SCALE), -127, 127).astype(np.int8).tobytes())
