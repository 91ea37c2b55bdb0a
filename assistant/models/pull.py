"""Getting models: from the network, or from files that somebody carried here."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.errors import DownloadError, ModelError
from assistant.models import archives, fetch, store
from assistant.models.catalog import Entry, find
from assistant.models.fetch import Progress, RemoteFile, Revision
from assistant.models.hashes import matches
from assistant.models.install import check_space, empty_files, install, staging
from assistant.models.store import Installed


def _quiet(what: str, done: int, total: int) -> None:
    """Show no progress."""


def pull(model_id: str, *, progress: Progress = _quiet, force: bool = False) -> Installed:
    """Install a model from its source, unless it is here already; returns its current version.

    force: get it again even if it is here.
    An interrupted pull leaves the version that is here, and goes on when called again.
    Raises DownloadError, ModelError (a file that is not what the catalog says), StorageError.
    """
    entry = find(model_id)
    have = store.current(model_id)
    if have and not force and _is_good(entry, have):
        return have
    with store.changing(model_id, waiting=lambda: progress("waiting for another pull", 0, 0)):
        have = store.current(model_id)  # the other pull may have brought it
        if have and not force and _is_good(entry, have):
            return have
        if entry.wheels:
            return _from_wheels(entry, progress)
        return _from_hub(entry, _listing(entry), progress)


def update(model_id: str, *, progress: Progress = _quiet) -> bool:
    """Install what the source has now; false when that is what is here already.

    The version before stays for `rollback`. Raises like `pull`, and ModelError when the model
    is not installed.
    """
    entry = find(model_id)
    before = store.required(model_id)
    if entry.wheels or not entry.hub:
        return pull(model_id, progress=progress) != before
    with store.changing(model_id):
        at = _listing(entry)
        if at.commit == before.lock.revision and not store.damage(before):
            return False
        wanted = _wanted(entry, at)
        if all(_has(before, name, remote) for name, remote in wanted.items()):
            return False
        _from_hub(entry, at, progress)
        return True


def install_from(
    model_id: str, sources: Sequence[Path], *, progress: Progress = _quiet
) -> Installed:
    """Install a model from wheels, zips, tars, folders or bare files, without a network.

    sources: all that is needed for the model; its files are found in them by name.
    Raises ModelError when something is missing, damaged, or not what the catalog says.
    """
    entry = find(model_id)
    with store.changing(model_id, waiting=lambda: progress("waiting for another pull", 0, 0)):
        return _unpack(entry, sources, "file", progress)


def _is_good(entry: Entry, have: Installed) -> bool:
    """Whether a version is whole and, where the catalog pins hashes, the pinned one."""
    pinned = {file.name: file.sha256 for file in entry.files}
    locked = {file.name: file.sha256 for file in have.lock.files}
    same = pinned.keys() == locked.keys() and all(
        sha256 in (None, locked[name]) for name, sha256 in pinned.items()
    )
    return same and not store.damage(have)


def _from_wheels(entry: Entry, progress: Progress) -> Installed:
    empty_files(entry.id)  # of an attempt that was interrupted: they would count as no space
    folder = staging(entry.id) / "wheels"
    wanted = [fetch.wheel_in(folder, wheel) for wheel in entry.wheels]
    _keep_only([path for path in wanted if path], folder.glob("*.whl"))
    here = sum(path.stat().st_size for path in wanted if path)
    check_space(entry.id, sum(wheel.bytes for wheel in entry.wheels) - here + entry.bytes)
    paths = [fetch.wheel(wheel, folder, progress) for wheel in entry.wheels]
    source = " ".join(f"wheel:{wheel.package}=={wheel.version}" for wheel in entry.wheels)
    return _unpack(entry, paths, source, progress)


def _unpack(entry: Entry, sources: Sequence[Path], source: str, progress: Progress) -> Installed:
    with archives.opened(entry, sources) as shelves:
        planned = archives.plan(entry, shelves)
        total = sum(member.size for members in planned.values() for member in members)
        files = empty_files(entry.id)
        check_space(entry.id, total)
        archives.write(planned, files, lambda done: progress("unpacking", done, total))
    return install(entry, files, source=source)


def _listing(entry: Entry) -> Revision:
    if not entry.hub:
        raise ModelError(
            f"The catalog has no source for {entry.id}. Give its files: "
            f"`assistant models pull {entry.id} --from FILE`.",
            code="no_source",
        )
    return fetch.listing(entry.hub, entry.revision)


def _wanted(entry: Entry, at: Revision) -> dict[str, RemoteFile]:
    """By file name of the catalog, the file of the repository."""
    paths = {file.name: file.path or file.name for file in entry.files}
    missing = [path for path in paths.values() if path not in at.files]
    if missing:
        raise DownloadError(
            f"{at.repository} has no file {', '.join(missing)} (any more). Look there for its "
            f"new name, and put the model into your own catalog."
        )
    return {name: at.files[path] for name, path in paths.items()}


def _from_hub(entry: Entry, at: Revision, progress: Progress) -> Installed:
    wanted = _wanted(entry, at)
    folder = staging(entry.id)
    # the digest in the name keeps parts of different revisions apart
    parts = {name: folder / f"{name}.{file.digest[:12]}" for name, file in wanted.items()}
    _take_back(wanted, parts, folder / "files")
    _keep_only(parts.values(), folder.iterdir())
    here = sum(part.stat().st_size for part in parts.values() if part.exists())
    check_space(entry.id, sum(file.bytes for file in wanted.values()) - here)
    for name, file in wanted.items():
        fetch.hub_file(at, file, parts[name], progress)
    files = empty_files(entry.id)
    for name, part in parts.items():
        part.rename(files / name)
    digests = {name: file.digest for name, file in wanted.items()}
    return install(entry, files, source=f"hub:{at.repository}", revision=at.commit, digests=digests)


def _take_back(wanted: Mapping[str, RemoteFile], parts: Mapping[str, Path], files: Path) -> None:
    """Files that an attempt had brought whole, which was interrupted while they were checked, are
    parts again. They have no digest in their names, so it is looked at."""
    for name, part in parts.items():
        file = files / name
        if not part.exists() and file.is_file() and matches(file, wanted[name].digest):
            file.rename(part)


def _keep_only(wanted: Iterable[Path], there: Iterable[Path]) -> None:
    """What another revision has left takes space, and is of no use."""
    for path in set(there) - set(wanted):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _has(have: Installed, name: str, remote: RemoteFile) -> bool:
    path = have.directory / name
    return path.is_file() and matches(path, remote.digest)
