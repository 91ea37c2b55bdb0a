"""The log of turns on disk: JSON lines, rotated by size, erased by age or on demand."""

from __future__ import annotations

import contextlib
import fcntl
import glob
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from assistant import localtime, paths
from assistant.errors import StorageError
from assistant.kept_settings import Trace as TraceSettings
from assistant.masking import mask
from assistant.people import People
from assistant.types import TurnTrace

APPEND = os.O_APPEND | os.O_CREAT | os.O_WRONLY
REPLACE = os.O_TRUNC | os.O_CREAT | os.O_WRONLY
_NEW = ".new"  # of a file that is being written anew
_ENDING = re.compile(r"(?:\.(?P<number>\d{1,6}))?(?P<new>\.new)?")


def trace_file() -> Path:
    return paths.state_dir() / "trace.jsonl"


class TraceLog:
    """Turns as JSON lines in a file of the owner, rotated by size."""

    def __init__(self, settings: TraceSettings, path: Path | None = None) -> None:
        self._settings = settings
        self._path = path or trace_file()
        self._cleared: date | None = None
        self._people: People | None = None  # only where words are kept

    def write(self, trace: TurnTrace) -> None:
        """Append a turn. Raises StorageError when that is not possible (disk full)."""
        if not self._settings.enabled:
            return
        if not self._settings.transcripts:
            trace = replace(trace, transcript="", reply="")
        elif self._settings.mask:
            trace = replace(trace, transcript=self._masked(trace.transcript))
            trace = replace(trace, reply=self._masked(trace.reply))
        line = msgspec.json.encode(trace) + b"\n"
        try:
            paths.private_dir(self._path.parent)
            self.forget_old()
            with self._locked():
                self._rotate(len(line))
                with os.fdopen(os.open(self._path, APPEND, paths.OWNER_ONLY), "ab") as file:
                    file.write(line)
        except OSError as error:
            raise StorageError(
                f"The trace {self._path} cannot be written: {error.strerror}. Free some space, "
                "or turn it off with --set trace.enabled=false."
            ) from error

    def _masked(self, text: str) -> str:
        if self._people is None:
            self._people = People(self._settings)
        return mask(text, self._people.learn())

    def forget(self, which: Callable[[datetime], bool]) -> int:
        """Erase the turns that began at a time of which `which` is true, and damaged lines; gives
        how many. Raises StorageError when a file cannot be written anew."""
        erased = 0
        try:
            if not self._path.parent.is_dir():
                return 0
            with self._locked():
                for path in self._all().values():
                    erased += _without(path, which)
        except OSError as error:
            raise StorageError(
                f"The trace {self._path} cannot be written anew: {error.strerror}. Nothing of it "
                "is lost; free some space."
            ) from error
        return erased

    def forget_old(self) -> None:
        """Once a day, what is older than the user wants it kept. Raises StorageError."""
        today = localtime.now()
        if not self._settings.days or self._cleared == today.date():
            return
        self._cleared = today.date()
        bound = today - timedelta(days=self._settings.days)
        self.forget(lambda at: at < bound)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Nobody else, of whatever process, changes the files meanwhile."""
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)  # and with it the lock

    def _rotate(self, more: int) -> None:
        limit = self._settings.max_mb * 1e6
        if not self._path.exists() or self._path.stat().st_size + more <= limit:
            return
        for number in range(self._settings.files - 1, 0, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))
        if self._settings.files == 1:
            self._path.unlink()
        for number, path in self._all().items():  # those of a time when more were kept
            if number >= self._settings.files:
                path.unlink()

    def _all(self) -> dict[int, Path]:
        """The files that are there, by number, however many are to be kept. What is left of a
        killed rewrite is deleted."""
        found = {}
        for path in self._path.parent.glob(f"{glob.escape(self._path.name)}*"):
            ending = _ENDING.fullmatch(path.name[len(self._path.name) :])
            if ending is not None and ending["new"]:
                path.unlink()
            elif ending is not None:
                found[int(ending["number"] or 0)] = path
        return found

    def _numbered(self, number: int) -> Path:
        return self._path if number == 0 else self._path.with_name(f"{self._path.name}.{number}")

    def read(self, last: int) -> list[TurnTrace]:
        """The `last` turns, oldest first. A damaged line (power cut) is passed over.

        Raises StorageError when the file cannot be read.
        """
        turns: list[TurnTrace] = []
        for number in range(self._settings.files):
            path = self._numbered(number)
            if len(turns) >= last or not path.exists():
                break
            try:
                lines = path.read_bytes().splitlines()
            except OSError as error:
                raise StorageError(f"The trace {path} cannot be read: {error.strerror}.") from error
            turns = [turn for line in lines if (turn := _decode(line))] + turns
        return turns[-last:]


def _decode(line: bytes) -> TurnTrace | None:
    try:
        return msgspec.json.decode(line, type=TurnTrace)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, not a turn
        return None


def _without(path: Path, which: Callable[[datetime], bool]) -> int:
    """Write a file anew without some turns; gives how many there were."""
    if not path.is_file():  # what is no file has no end either
        return 0
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if (turn := _decode(line)) and not which(_began(turn))]
    if len(kept) < len(lines):
        new = path.with_name(f"{path.name}{_NEW}")
        with os.fdopen(os.open(new, REPLACE, paths.OWNER_ONLY), "wb") as file:
            file.writelines(kept)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    return len(lines) - len(kept)


def _began(turn: TurnTrace) -> datetime:
    """When a turn began; at the beginning of time where that cannot be read."""
    with contextlib.suppress(ValueError):
        began = datetime.fromisoformat(turn.started)
        return began if began.tzinfo else began.astimezone()
    return datetime.fromtimestamp(0).astimezone()


class Recorder:
    """Writes down the turns of one loop, each with the sound that was lost since the last."""

    def __init__(self, log: TraceLog | None) -> None:
        self._log = log
        self._lost = 0

    def write(self, trace: TurnTrace, lost_samples: int) -> str:
        """lost_samples: of the source, so far. What is wrong in one sentence, "" for nothing."""
        since, self._lost = max(0, lost_samples - self._lost), lost_samples
        try:
            if self._log is not None:
                self._log.write(replace(trace, lost_samples=since))
        except StorageError as error:
            return str(error)
        return ""
