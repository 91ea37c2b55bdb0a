"""What was taught: by voice, in a file of ours, and by hand, in files of routines.

By voice: `taught.toml` in the data folder, readable by its owner only. By hand: files in
`routines` in the configuration folder, YAML or TOML, each a routine or a list of them:

    say: [movie time, film time]
    do:
      - dim the screen to twenty
      - set the volume to sixty
    language: en                      # may be left out

Files are read again when they have changed, so what another process or an editor writes takes
effect at once. Where `taught.toml` cannot be read, it is set aside as `taught.toml.damaged` before
a new one is written: whoever wrote it by hand may mend it.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

import msgspec
import tomli_w
import yaml

from assistant import paths, written
from assistant.errors import ConfigError, StorageError

MOST_STEPS = 20
MOST_LESSONS = 500
DAMAGED = ".damaged"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A phrase, and the sentences it stands for."""

    phrase: str
    language: str
    steps: tuple[str, ...]
    file: Path | None = None  # the routine's; None: taught by voice
    taught: dt.datetime | None = field(default=None, compare=False)  # aware


class _Routine(msgspec.Struct, forbid_unknown_fields=True):
    say: str | list[str]
    do: str | list[str]
    language: Literal["en", "es"] | None = None
    taught: dt.datetime | None = None


class TaughtStore:
    """Any thread may call. `problems` tells, a sentence each, which files cannot be used.

    default: the language of a routine that names none.
    """

    def __init__(self, path: Path, routines: Path, default: str) -> None:
        self.path = path
        self.routines = routines
        self.problems: list[str] = []
        self._default = default
        self._lock = threading.RLock()
        self._seen: object = None
        self._lessons: list[Lesson] = []
        self._damaged = False

    def lessons(self) -> list[Lesson]:
        """All of them, those taught by voice first. What cannot be read is left out."""
        with self._lock:
            state = [_state(path) for path in [self.path, *self._files()]]
            if state != self._seen:
                self.problems = []
                self._lessons = self._read_voice() + self._read_files()
                self._seen = state
            return list(self._lessons)

    def find(self, phrase: str, language: str) -> Lesson | None:
        return next((each for each in self.lessons() if _same(each, phrase, language)), None)

    def keep(self, phrase: str, language: str, steps: Sequence[str]) -> Lesson | None:
        """Keep a phrase; gives what it meant before. Raises StorageError when the disk fails."""
        with self._lock:
            before = self.find(phrase, language)
            rest = [each for each in self._by_voice() if not _same(each, phrase, language)]
            taught = dt.datetime.now(dt.UTC).replace(microsecond=0)
            self._write([*rest, Lesson(phrase, language, tuple(steps), taught=taught)])
            return before if before and before.file is None else None

    def forget(self, phrase: str, language: str) -> Lesson | None:
        """Forget a phrase that was taught by voice; gives what it meant, None if it was none.
        Raises StorageError when the disk fails."""
        with self._lock:
            gone = [each for each in self._by_voice() if _same(each, phrase, language)]
            if not gone:
                return None
            self._write([each for each in self._by_voice() if each not in gone])
            return gone[0]

    def replace_all(self, lessons: Iterable[Lesson]) -> list[Lesson]:
        """Keep these phrases and no others; gives those there were."""
        with self._lock:
            before = self._by_voice()
            self._write([each for each in lessons if each.file is None])
            return before

    def forget_all(self) -> list[Lesson]:
        """Forget all that was taught by voice, also what cannot be read; gives what can be. Raises
        StorageError when the disk fails."""
        with self._lock:
            before = self._by_voice()
            self._erase(self._unreadable())
            self._write([])
            return before

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        """Erase what was taught by voice at these times; how many. What is of an earlier version
        counts as of long ago, a file that cannot be read as of when it was written."""
        with self._lock:
            before = self._by_voice()
            kept = [each for each in before if not which(_aware(each.taught))]
            old = [path for path in self._unreadable() if which(_written(path))]
            self._erase(old)
            if len(kept) < len(before):
                self._write(kept)
            return len(before) - len(kept) + len(old)

    def _by_voice(self) -> list[Lesson]:
        return [each for each in self.lessons() if each.file is None]

    def _files(self) -> list[Path]:
        found = (self.routines.glob(f"*.{suffix}") for suffix in ("yaml", "yml", "toml"))
        return sorted(path for paths_ in found for path in paths_)

    def _unreadable(self) -> list[Path]:
        set_aside = self.path.parent.glob(f"{self.path.name}{DAMAGED}*")
        return [*([self.path] if self._damaged else []), *sorted(set_aside)]

    def _erase(self, files: Iterable[Path]) -> None:
        for path in files:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(f"{path} cannot be deleted: {error.strerror}.") from error
            self._damaged = self._damaged and path != self.path
            self._seen = None

    def _set_aside(self) -> None:
        """What cannot be read, before it is written over."""
        names = (f"{self.path.name}{DAMAGED}{number or ''}" for number in count())
        free = next(path for name in names if not (path := self.path.with_name(name)).exists())
        self.path.rename(free)
        self._damaged = False

    def _read_voice(self) -> list[Lesson]:
        self._damaged = False
        if not self.path.is_file():
            return []
        try:
            return _lessons(written.toml(self.path.read_text("utf-8")), self._default, None)
        except (OSError, ValueError, ConfigError) as error:
            self._damaged = True
            self.problems.append(
                f"{self.path} cannot be used: {_short(error)}. Mend it, or move it away; when a"
                f" phrase is taught, it is kept as {self.path.name}{DAMAGED}."
            )
            return []

    def _read_files(self) -> list[Lesson]:
        found: list[Lesson] = []
        for path in self._files():
            try:
                text = path.read_text("utf-8")
                data = written.toml(text) if path.suffix == ".toml" else written.yaml(text)
                found += _lessons(data, self._default, path)
            except (OSError, ValueError, yaml.YAMLError, ConfigError) as error:
                self.problems.append(f"{path} cannot be used: {_short(error)}.")
        return found

    def _write(self, lessons: Sequence[Lesson]) -> None:
        """The whole file, or nothing of it."""
        if len(lessons) > MOST_LESSONS:
            raise StorageError(f"More than {MOST_LESSONS} phrases cannot be kept. Forget some.")
        try:
            paths.private_dir(self.path.parent)
            if self._damaged:
                self._set_aside()
            temporary = self.path.with_suffix(".toml.new")
            with os.fdopen(os.open(temporary, _CREATE, paths.OWNER_ONLY), "wb") as file:
                file.write(as_toml(lessons).encode())
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError as error:
            raise StorageError(
                f"{self.path} cannot be written: {error.strerror}. Free some space."
            ) from error
        self._seen = None


_CREATE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def as_toml(lessons: Iterable[Lesson]) -> str:
    """A file of routines."""
    routines = [
        {"say": each.phrase, "do": list(each.steps), "language": each.language}
        | ({"taught": each.taught} if each.taught else {})
        for each in lessons
    ]
    return tomli_w.dumps({"routine": routines})


def _lessons(data: Any, default: str, file: Path | None) -> list[Lesson]:
    """Raises ConfigError for what is no routine."""
    if isinstance(data, dict) and set(data) == {"routine"}:
        data = data["routine"]
    if not data:
        return []
    try:
        routines = msgspec.convert(data if isinstance(data, list) else [data], list[_Routine])
    except msgspec.ValidationError as error:
        raise ConfigError(f"{error}") from error
    found: list[Lesson] = []
    for routine in routines:
        phrases = [routine.say] if isinstance(routine.say, str) else routine.say
        steps = [routine.do] if isinstance(routine.do, str) else routine.do
        if not all(text.strip() for text in [*phrases, *steps]) or not phrases or not steps:
            raise ConfigError("`say` and `do` must hold sentences")
        if len(steps) > MOST_STEPS:
            raise ConfigError(f"a routine may have {MOST_STEPS} steps")
        about = routine.language or default, tuple(steps), file, routine.taught
        found += [Lesson(phrase, *about) for phrase in phrases]
    return found


def _aware(moment: dt.datetime | None) -> dt.datetime:
    return (moment or dt.datetime.fromtimestamp(0, dt.UTC)).astimezone()


def _written(path: Path) -> dt.datetime:
    """When; long ago for what is gone meanwhile."""
    try:
        written_at = path.stat().st_mtime
    except OSError:
        written_at = 0.0
    return dt.datetime.fromtimestamp(written_at, dt.UTC).astimezone()


def _same(lesson: Lesson, phrase: str, language: str) -> bool:
    return lesson.language == language and _plain(lesson.phrase) == _plain(phrase)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _state(path: Path) -> tuple[Path, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return path, status.st_mtime_ns, status.st_size


def _short(error: Exception) -> str:
    return written.shown(" ".join(str(error).split()).rstrip("."))
