"""The music and films on this machine: what there is, by its tags or by the names of its files."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import mutagen
import platformdirs
from rapidfuzz import fuzz

from assistant.handlers.desktop.file_index import File, FileIndex, words
from assistant.handlers.desktop.installed import Installed

Kind = Literal["track", "album", "artist", "genre", "playlist", "podcast", "audiobook", "movie", ""]

_SOUND = frozenset(".mp3 .ogg .oga .opus .flac .m4a .m4b .aac .wav .wma .aiff".split())
_FILMS = frozenset(".mp4 .mkv .avi .webm .mov .m4v .mpg .mpeg .ogv".split())
_LISTS = frozenset(".m3u .m3u8 .pls .xspf".split())
_READING = 0.6  # seconds for tags, each time; what is not reached has the name of its file
_MOST_TAGS = 20_000
_MOST_PLAYED = 500
_NEAR = 82  # of 100: what is taken for a name that was heard a little wrong
_LIGHT = frozenset(
    "the a an some any my me of by from music song songs track tracks tune tunes el la los las un"
    " una de del mi mis musica cancion canciones algo algun alguna tema temas".split()
)
# Players that take files, the better ones first; with and without a screen.
_WINDOWS = "rhythmbox strawberry clementine elisa audacious vlc celluloid totem mpv".split()
_BARE: Mapping[str, Sequence[str]] = {
    "mpv": ("--no-video", "--no-terminal", "--"),
    "cvlc": ("--quiet", "--no-video"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A file with what is known of it."""

    file: File
    title: str = ""
    artist: str = ""
    album: str = ""
    genre: str = ""
    number: str = ""  # of the track


class Music:
    """What can be played. roots: the folders; by default those of the user's desktop."""

    def __init__(self, roots: Callable[[], Sequence[Path]] | None = None) -> None:
        everything = _SOUND | _FILMS | _LISTS
        self._index = FileIndex(roots or _folders, everything.__contains__)
        self._tags: OrderedDict[tuple[Path, float], Piece] = OrderedDict()

    def program(self, installed: Installed, named: str = "") -> list[str]:
        """The command that plays files, its arguments without them; empty when there is none."""
        screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        if not screen:
            names = [named] if named in _BARE else list(_BARE)
            found = next((n for n in names if shutil.which(n)), "")
            return [found, *_BARE[found]] if found else []
        entries = {entry.program: entry for entry in installed.entries() if entry.takes_files()}
        wanted = installed.find(named, "en") if named else None
        if wanted is not None and wanted.takes_files():
            return wanted.argv()
        found = next((n for n in _WINDOWS if n in entries and shutil.which(n)), "")
        return entries[found].argv() if found else []

    def find(self, what: str, kind: Kind = "", artist: str = "") -> list[Piece]:
        """What fits best, in the order in which it is to be played; at most some hundreds."""
        pieces = [p for p in map(self._piece, self._wanted(kind)) if not artist or _by(p, artist)]
        if not what:
            return _some(pieces)
        scored = [(_scores(piece, what, kind), piece) for piece in pieces]
        best = max((max(s.values(), default=0) for s, _ in scored), default=0)
        if best < _NEAR:
            return []
        # Of equal scores a title says more than an artist, and that more than a genre.
        field = next(f for f in _FIELDS for s, _ in scored if s.get(f, 0) == best)
        found = [piece for s, piece in scored if s.get(field, 0) == best]
        if field in ("artist", "genre"):
            return _some(found)
        if field == "title":
            return found[:1]
        return sorted(found, key=lambda p: (p.album, _number(p.number), p.file.path))[:_MOST_PLAYED]

    def _wanted(self, kind: Kind) -> list[File]:
        """Files of a kind; tags are read as long as there is time."""
        suffixes = {"movie": _FILMS, "playlist": _LISTS}.get(kind, _SOUND)
        if not kind:
            suffixes = _SOUND | _LISTS
        files = [f for f in self._index.files() if f.path.suffix.lower() in suffixes]
        self._read(files)
        return files

    def _read(self, files: Sequence[File]) -> None:
        deadline = time.monotonic() + _READING
        for file in files:
            if time.monotonic() > deadline:
                break
            key = (file.path, file.changed)
            if key not in self._tags and file.path.suffix.lower() in _SOUND:
                self._tags[key] = _tagged(file)
        while len(self._tags) > _MOST_TAGS:
            self._tags.popitem(last=False)

    def _piece(self, file: File) -> Piece:
        return self._tags.get((file.path, file.changed)) or Piece(file)


_FIELDS = ("title", "name", "album", "artist", "folder", "genre")


def _scores(piece: Piece, what: str, kind: Kind) -> dict[str, float]:
    """How well each field fits, of 100."""
    path = piece.file.path
    fields = {
        "title": piece.title,
        "name": " ".join(piece.file.words),
        "album": piece.album,
        "artist": piece.artist,
        "folder": path.parent.name,
        "genre": piece.genre,
    }
    only: Mapping[str, tuple[str, ...]] = {
        "track": ("title", "name"),
        "album": ("album", "folder"),
        "artist": ("artist", "folder"),
        "genre": ("genre", "folder"),
        "playlist": ("name",),
        "movie": ("name", "folder"),
    }
    wanted = only.get(kind, _FIELDS)
    return {name: _alike(what, fields[name]) for name in wanted if fields[name]}


def _alike(said: str, known: str) -> float:
    """100 for the same words; less where there are others beside them; else by their letters."""
    wanted, there = _content(said), _content(known)
    if not wanted or not there:
        return 0
    if wanted == there:
        return 100
    if set(wanted) <= set(there):
        return 88 + 10 * len(wanted) / len(there)
    return min(fuzz.ratio(" ".join(wanted), " ".join(there)), 95)


def _content(text: str) -> list[str]:
    """Its words without those that say little, unless it has no others."""
    every = list(words(text))
    return [word for word in every if word not in _LIGHT] or every


def _by(piece: Piece, artist: str) -> bool:
    path = piece.file.path
    known = (piece.artist, path.parent.name, path.parent.parent.name, " ".join(piece.file.words))
    return any(_alike(artist, text) >= _NEAR for text in known)


def _some(pieces: list[Piece]) -> list[Piece]:
    """In no order, as nobody asked for one."""
    return random.sample(pieces, min(len(pieces), _MOST_PLAYED))


def _number(text: str) -> int:
    digits = text.partition("/")[0]
    return int(digits) if digits.isdigit() and digits.isascii() else 0


def _tagged(file: File) -> Piece:
    """What a file says of itself; only its name when it is damaged."""
    try:
        tags = mutagen.File(file.path, easy=True)
    except Exception:  # noqa: BLE001  whatever a damaged file makes the library raise
        tags = None
    told = {key: _first(tags, key) for key in ("title", "artist", "album", "genre", "tracknumber")}
    return Piece(
        file, told["title"], told["artist"], told["album"], told["genre"], told["tracknumber"]
    )


def _first(tags: Any, key: str) -> str:
    values = tags.get(key) if tags is not None else None
    return str(values[0]) if isinstance(values, list) and values else ""


def _folders() -> list[Path]:
    """Where the desktop keeps music and films; platformdirs reads user-dirs.dirs."""
    dirs = platformdirs.PlatformDirs()
    return [Path(dirs.user_music_dir), Path(dirs.user_videos_dir)]
