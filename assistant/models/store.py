"""Where models are kept, and which version of each is the current one.

    <models_dir>/<id>/<version>/    the files, and lock.json: their sizes and SHA-256
    <models_dir>/<id>/current.json  the current version, and the one before it, for `rollback`
    <models_dir>/<id>/.staging/     a download that is under way, or was interrupted
    <models_dir>/<id>/.old-VERSION  a version that is being replaced by itself
    <models_dir>/.locks/<id>        held by whoever changes the model

A version is named by its content: the first 12 digits of the SHA-256 over the names and hashes
of its files. A new version is put together aside, checked, renamed into place, and only then
pointed at; so at every moment the current version is whole, or there is none.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from assistant import paths
from assistant.errors import ModelError, StorageError
from assistant.models.catalog import find, load
from assistant.models.hashes import sha256

LOCK = "lock.json"
POINTER = "current.json"
ASIDE = ".old-"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_Version = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{12}\Z")]


class LockedFile(msgspec.Struct, frozen=True):
    name: str
    bytes: int
    sha256: str


class Lock(msgspec.Struct, frozen=True):
    """What a version consists of and where it came from."""

    source: str  # "hub:owner/name", "wheel:package==1.0", "file"
    revision: str  # the hub's commit; empty for other sources
    files: tuple[LockedFile, ...]


class Pointer(msgspec.Struct, frozen=True):
    current: _Version
    previous: _Version | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """A version of a model on this machine."""

    id: str
    version: str
    directory: Path
    lock: Lock

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.lock.files)


def models_dir() -> Path:
    """$ASSISTANT_MODELS, or `models` in the user's data folder."""
    named = os.environ.get("ASSISTANT_MODELS")
    return Path(named).expanduser() if named else paths.data_dir() / "models"


def locate(model_id: str) -> Path:
    """The path an engine opens: a folder (Whisper, embeddings) or the `main` file of the model.

    Only looks at sizes, so it costs nothing; `verify` reads the files.
    Raises ModelError, naming the command that helps, when the model is missing or damaged.
    """
    have = required(model_id)
    main = find(model_id).main
    path = have.directory / main if main else have.directory
    problem = damage(have) or ("" if path.exists() else f"{main} of {model_id} is missing.")
    if problem:
        raise ModelError(
            f"{problem} Get it again with `assistant models pull {model_id}`.", code="damaged"
        )
    return path


def current(model_id: str) -> Installed | None:
    """The current version of a model, or None."""
    versions = pointer(model_id)
    return version_of(model_id, versions.current) if versions else None


def installed() -> list[Installed]:
    """The current versions of all models on this machine, in the order of their ids."""
    root = models_dir()
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    found = (current(name) for name in names if _ID.fullmatch(name))
    return [have for have in found if have]


def damage(have: Installed) -> str:
    """A sentence on the first file that is missing or has another size, or nothing."""
    for file in have.lock.files:
        try:
            size = (have.directory / file.name).stat().st_size
        except OSError:
            return f"The file {file.name} of the model {have.id} is missing."
        if size != file.bytes:
            return (
                f"The file {file.name} of the model {have.id} is damaged: "
                f"{size:,} bytes instead of {file.bytes:,}."
            )
    return ""


def verify(model_id: str) -> list[str]:
    """Read every file of a model and compare its SHA-256: a sentence on each that is wrong.

    Raises ModelError when the model is not installed.
    """
    have = current(model_id) or required(model_id)
    if problem := damage(have):
        return [problem]
    entry = load().get(model_id)  # None: it has left the catalog since
    pinned = {file.name: file.sha256 for file in entry.files if file.sha256} if entry else {}
    problems = []
    for file in have.lock.files:
        digest = sha256(have.directory / file.name)
        if digest != file.sha256:
            problems.append(f"The file {file.name} of the model {model_id} is damaged.")
        elif digest != pinned.get(file.name, digest):
            problems.append(f"The file {file.name} of {model_id} is not the one of the catalog.")
    return problems


def remove(model_id: str) -> None:
    """Delete all versions of a model. Raises ModelError when there is nothing to delete."""
    folder = folder_of(model_id)
    if not folder.is_dir():
        find(model_id)  # an unknown id deserves the better sentence
        raise ModelError(f"The model {model_id} is not installed.", code="missing")
    with changing(model_id):
        # first out of sight, whole: an interruption never leaves half a model to be located
        (folder / POINTER).unlink(missing_ok=True)
        shutil.rmtree(folder)


def rollback(model_id: str) -> Installed:
    """Make the version before the current one current again; a second call undoes it.

    Raises ModelError when there is no whole previous version.
    """
    required(model_id)
    with changing(model_id):
        versions = pointer(model_id)
        name = versions.previous if versions else None
        previous = version_of(model_id, name) if name else None
        if not versions or not previous or damage(previous):
            raise ModelError(
                f"There is no earlier version of {model_id} to go back to.", code="no_previous"
            )
        point(model_id, Pointer(previous.version, versions.current))
    return previous


@contextlib.contextmanager
def changing(model_id: str, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold the model's lock, so that two processes never change it at once.

    `waiting` is called when another process holds it. What the file system refuses is raised
    as StorageError.
    """
    folder = folder_of(model_id)
    with storage_errors(folder):
        locks = models_dir() / ".locks"
        locks.mkdir(parents=True, exist_ok=True)
        with (locks / model_id).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(lock, fcntl.LOCK_EX)
            folder.mkdir(exist_ok=True)
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    folder.rmdir()  # only if nothing came into it


@contextlib.contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what the file system refuses below `path` into a StorageError."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise StorageError(
            f"Cannot write {where}: {error.strerror or error}. Free some space, correct the "
            "permissions, or set ASSISTANT_MODELS to another folder."
        ) from error


def required(model_id: str) -> Installed:
    """The current version. Raises ModelError, saying how to get it, when there is none."""
    find(model_id)  # raises, with a suggestion, when there is no such model
    have = current(model_id)
    if have is None:
        raise ModelError(
            f"The model {model_id} is not installed. "
            f"Get it with `assistant models pull {model_id}`.",
            code="missing",
        )
    return have


def folder_of(model_id: str) -> Path:
    """Where the versions of a model are. Raises ModelError for what cannot be an id."""
    if not _ID.fullmatch(model_id):
        find(model_id)  # raises, with a suggestion
        raise ModelError(f"{model_id!r} is not the id of a model.", code="unknown_model")
    return models_dir() / model_id


def pointer(model_id: str) -> Pointer | None:
    """Which versions of a model are current and previous, or None."""
    try:
        return msgspec.json.decode((folder_of(model_id) / POINTER).read_bytes(), type=Pointer)
    except (OSError, ValueError, RecursionError):
        return None


def point(model_id: str, versions: Pointer) -> None:
    """Replace the pointer, in one step."""
    folder = folder_of(model_id)
    write_json(folder / f"{POINTER}.new", versions)
    (folder / f"{POINTER}.new").replace(folder / POINTER)


def version_of(model_id: str, version: str) -> Installed | None:
    """A version by its name, or None."""
    there = folder_of(model_id) / version
    for directory in (there, aside(there)):
        with contextlib.suppress(OSError, ValueError, RecursionError):
            lock = msgspec.json.decode((directory / LOCK).read_bytes(), type=Lock)
            return Installed(model_id, version, directory, lock)
    return None


def aside(directory: Path) -> Path:
    """Where a version waits while it is replaced by itself; a power cut may leave it there."""
    return directory.with_name(f"{ASIDE}{directory.name}")


def write_json(path: Path, data: msgspec.Struct) -> None:
    """Write `data`, through to the disk."""
    with path.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(data)))
        file.flush()
        os.fsync(file.fileno())
