"""From files in a staging folder to the current version of a model.

Everything here is called while the model's lock is held (`store.changing`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import ModelError, StorageError
from assistant.models import store
from assistant.models.catalog import Entry, File
from assistant.models.hashes import git_blob_id, sha256
from assistant.models.store import Installed, Lock, LockedFile, Pointer


def staging(model_id: str) -> Path:
    """The folder a new version is put together in. It outlives an interruption."""
    folder = store.folder_of(model_id) / ".staging"
    folder.mkdir(exist_ok=True)
    return folder


def empty_files(model_id: str) -> Path:
    """A new, empty folder in the staging folder, for the files to be installed."""
    files = staging(model_id) / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    return files


def check_space(model_id: str, needed: int) -> None:
    """Raise StorageError when fewer than `needed` bytes are free for a model."""
    free = shutil.disk_usage(store.folder_of(model_id)).free
    if needed > free:
        raise StorageError(
            f"{model_id} needs {in_words(needed)} in {store.models_dir()}, and {in_words(free)} "
            f"are free. Free {in_words(needed - free)} more, or set ASSISTANT_MODELS to a folder "
            "on another disk.",
            code="disk_full",
        )


def install(
    entry: Entry,
    files: Path,
    *,
    source: str,
    revision: str = "",
    digests: Mapping[str, str] | None = None,
) -> Installed:
    """Check the files of a model and make them its current version.

    files: the folder that holds them; it is moved away.
    digests: by file name, the hash the source states: a SHA-256, or a git blob id.
    Raises ModelError when a file is not what the catalog or the source says: nothing is
    installed then, the current version stays, and the file is deleted, so that the next
    attempt gets it anew.
    """
    _put_back(entry.id)
    stated = digests or {}
    locked = [_checked(entry, file, files, stated.get(file.name)) for file in entry.files]
    lock = Lock(source, revision, tuple(locked))
    store.write_json(files / store.LOCK, lock)
    version = _content_version(lock)
    target = store.folder_of(entry.id) / version
    _replace(target, files)
    old = store.pointer(entry.id)
    previous = None
    if old:
        previous = old.previous if old.current == version else old.current
    store.point(entry.id, Pointer(version, previous))
    _prune(entry.id, keep={version, previous})
    return Installed(entry.id, version, target, lock)


def in_words(count: int) -> str:
    """A number of bytes for people: "98 MB", "4.7 GB"."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.3g} MB"


def _checked(entry: Entry, file: File, files: Path, stated: str | None) -> LockedFile:
    path = files / file.name
    actual = sha256(path)
    as_stated = git_blob_id(path) if stated and len(stated) == 40 else actual
    if actual != (file.sha256 or actual) or as_stated != (stated or as_stated):
        path.unlink()
        raise ModelError(
            f"The file {file.name} of {entry.id} is not the expected one: its hash differs. "
            "Nothing was installed. Try again; if this repeats, do not trust the source.",
            code="wrong_hash",
        )
    _reach_the_disk(path)
    return LockedFile(file.name, path.stat().st_size, actual)


def _reach_the_disk(path: Path) -> None:
    """A power cut after the rename must not leave an empty file of the right name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _content_version(lock: Lock) -> str:
    lines = sorted(f"{file.name} {file.sha256}\n" for file in lock.files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]


def _replace(target: Path, files: Path) -> None:
    """What is there is damaged, or the previous version: what is checked now is better. It goes
    only when that is in its place."""
    aside = store.aside(target)
    if target.exists():
        shutil.rmtree(aside, ignore_errors=True)
        target.rename(aside)
    try:
        files.rename(target)
    except BaseException:
        if aside.exists() and not target.exists():
            aside.rename(target)
        raise


def _put_back(model_id: str) -> None:
    """What a power cut left set aside."""
    for aside in store.folder_of(model_id).glob(f"{store.ASIDE}*"):
        version = aside.with_name(aside.name.removeprefix(store.ASIDE))
        if not version.exists():
            aside.rename(version)


def _prune(model_id: str, keep: set[str | None]) -> None:
    for path in store.folder_of(model_id).iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path)
