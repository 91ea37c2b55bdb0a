"""The processes of a program: which they are, and ending them so that they can save their work."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil

from assistant.handlers.desktop.desktop_entry import Entry
from assistant.handlers.desktop.installed import RUNNERS

_SHORTEST = 3  # letters of a name that is compared
_CLOSING = 1.0  # seconds that a program gets before we say that it is still there


def processes(entry: Entry) -> list[psutil.Process]:
    """Those of this user that run the program of an entry."""
    names, arguments = _marks(entry)
    return [process for process in _own() if _is_one(process, names, arguments)]


def running(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of which a process is there."""
    there = [(_basenames(process), _arguments(process)) for process in _own()]
    found = []
    for entry in entries:
        names, arguments = _marks(entry)
        if any(base & names or said & arguments for base, said in there):
            found.append(entry)
    return found


def close(found: Iterable[psutil.Process]) -> bool:
    """Ask processes to end (SIGTERM); whether they have, after a second. Never forced."""
    every = {process.pid: process for process in found}
    roots = [p for p in every.values() if _parent(p) not in every]
    for process in roots:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    return gone(every.values())


def gone(found: Iterable[psutil.Process]) -> bool:
    """Whether they have ended, within a second."""
    _, alive = psutil.wait_procs(list(found), timeout=_CLOSING)
    return not alive


def ours(found: Iterable[psutil.Process]) -> bool:
    """Whether the assistant runs within one of these, as in a terminal: it would end itself."""
    above = {os.getpid(), *(process.pid for process in psutil.Process().parents())}
    return any(process.pid in above for process in found)


def _own() -> Iterator[psutil.Process]:
    for process in psutil.process_iter(["ppid", "exe", "cmdline", "uids", "status"]):
        uids = process.info["uids"]
        if uids and uids.real == os.getuid() and process.info["status"] != psutil.STATUS_ZOMBIE:
            yield process


def _marks(entry: Entry) -> tuple[frozenset[str], frozenset[str]]:
    """What its processes are called, and, where another program runs it, their argument."""
    argv = [word for word in entry.argv() if "=" not in word.partition("/")[0]]
    while argv and Path(argv[0]).name == "env":
        argv = argv[1:]
    if argv and Path(argv[0]).name in RUNNERS:
        plain = [word for word in argv[1:] if not word.startswith("-") and word != "run"]
        return frozenset(), frozenset(Path(word).name for word in plain[:1])
    known = {entry.program, entry.window_class.lower(), entry.id.rpartition(".")[2].lower()}
    return frozenset(name for name in known if len(name) >= _SHORTEST), frozenset()


def _is_one(process: psutil.Process, names: frozenset[str], arguments: frozenset[str]) -> bool:
    return bool(_basenames(process) & names or _arguments(process) & arguments)


def _basenames(process: psutil.Process) -> set[str]:
    said = process.info["cmdline"] or [""]
    return {Path(text).name for text in (process.info["exe"] or "", said[0]) if text}


def _arguments(process: psutil.Process) -> set[str]:
    """Of a process that runs another program: what that may be."""
    said = process.info["cmdline"] or []
    if not _basenames(process) & RUNNERS and not Path(said[0] if said else "").name.startswith(
        "python"
    ):
        return set()
    return {Path(word).name for word in said[1:4] if not word.startswith("-")}


def _parent(process: psutil.Process) -> int:
    return int(process.info["ppid"] or 0)
