"""What the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stat:
    """What tells whether a file has changed without reading it."""

    size: int
    mtime: int  # nanoseconds


@dataclass(frozen=True, slots=True)
class File:
    """A document in the index, or one that could not be read."""

    path: Path
    place: Path  # that was added, and of which it is a part
    title: str
    language: str  # "" when it is neither English nor Spanish
    stat: Stat
    digest: bytes
    problem: str = ""  # why it could not be read, as a sentence
    id: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with where it stands."""

    id: int
    file: int
    text: str
    heading: str
    page: int | None
    heading_stems: Sequence[str]
    stems: Sequence[str]


def embedded_text(title: str, heading: str, text: str) -> str:
    """What a passage's vector is made of."""
    named = heading if heading.startswith(title) else f"{title}. {heading}".rstrip(". ")
    return f"{named}. {text}"


def file_of(row: Sequence[object]) -> File:
    """Of a row of the index. Raises ValueError or AssertionError for one that we never wrote."""
    path, place, title, language, size, mtime, digest, problem, number, count = row
    stat = Stat(int(str(size)), int(str(mtime)))
    assert isinstance(digest, bytes)
    return File(
        Path(str(path)), Path(str(place)), str(title), str(language), stat, digest,
        str(problem), int(str(number)), int(str(count)),
    )  # fmt: skip
