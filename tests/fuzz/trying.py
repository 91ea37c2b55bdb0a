"""A case is tried: what happened, and whether that may happen.

May: nothing, or an error of ours in a clear sentence. May not: any other error, an end of the
process, taking long, starting a program, reaching for a network, changing a file elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError

CPU_SECONDS = 10.0
"""Of a case: what takes longer hangs. Of the processor's time, which a busy machine does not
lengthen."""
MOST_MEMORY = 8_000_000_000
"""Bytes of address space of a process that tries cases."""


@dataclass(frozen=True)
class Kind:
    """make: draws a case. run: hands it to the program, which may raise `allowed`, and tells what
    was done about it where that must not be. prepare: once, in a folder of its own; what it gives
    goes to both."""

    name: str
    cases: int  # of a hundred thousand
    prepare: Callable[[Path], Any]
    make: Callable[[random.Random, Any], Any]
    run: Callable[[Any, Any], str | None]
    allowed: tuple[type[BaseException], ...] = (AssistantError,)
    explains: bool = True  # what it raises is a sentence for a person
    heavy: bool = False  # models are needed


@dataclass(frozen=True)
class Fault:
    """What must not happen, and with which case: "config 17" under the seed."""

    kind: str
    case: int
    what: str
    where: str = ""


class Hangs(BaseException):
    """Raised in a case that takes too long."""


class Actions:
    """Watches what the interpreter is asked for: programs, networks, files outside of `folder`."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._inside: tuple[str, ...] | None = None
        sys.addaudithook(self._hook)

    @contextlib.contextmanager
    def watched(self, *folders: Path) -> Iterator[list[str]]:
        self.seen = []
        self._inside = tuple(str(folder.resolve()) for folder in folders)
        try:
            yield self.seen
        finally:
            self._inside = None

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        inside = self._inside
        if inside is None:
            return
        if event in _NEVER and not _our_own(event, args):
            self.seen.append(f"{event} {args[:1]!r}"[:200])
        elif event == "open" and _writes(args) and not _within(args[0], inside):
            self.seen.append(f"open to write {args[0]!r}"[:200])
        elif event in _CHANGES and not _place_within(event, args, inside):
            self.seen.append(f"{event} {args[0]!r}"[:200])
        elif event in ("socket.connect", "socket.sendto") and _is_far(args[1]):
            self.seen.append(f"{event} {args[1]!r}"[:200])


_NEVER = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork",
          "socket.getaddrinfo", "pty.spawn", "webbrowser.open"}  # fmt: skip
_CHANGES = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
            "os.truncate", "shutil.rmtree", "shutil.move", "shutil.copyfile"}  # fmt: skip


_COMPACTING = [sys.executable, "-m", "assistant.compacting"]


def _our_own(event: str, args: tuple[Any, ...]) -> bool:
    """A model's small copy is written by a process of ours, whatever the model."""
    return event == "subprocess.Popen" and list(args[1][:3]) == _COMPACTING


_MAKES_SECOND = {"os.symlink", "os.link"}


def _is_far(address: Any) -> bool:
    return isinstance(address, tuple) and address[0] != "127.0.0.1"


def _place_within(event: str, args: tuple[Any, ...], folders: tuple[str, ...]) -> bool:
    """What is changed is the name, not what it points to."""
    path = args[event in _MAKES_SECOND]
    if isinstance(path, int):
        return True
    if event in ("os.remove", "os.rmdir") and args[1] >= 0:  # in a folder that is open
        path = Path(f"/proc/self/fd/{args[1]}").readlink() / os.fsdecode(path)
    return _within(Path(os.fsdecode(path)).absolute().parent, folders)


def _writes(args: tuple[Any, ...]) -> bool:
    _path, mode, flags = args
    if isinstance(mode, str):
        return any(sign in mode for sign in "wax+")
    return bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def _within(path: Any, folders: tuple[str, ...]) -> bool:
    if isinstance(path, int):
        return True
    try:
        whole = os.path.realpath(os.fsdecode(path))
    except (TypeError, ValueError):
        return True  # no path: nothing was opened
    return whole == "/dev/null" or any(whole.startswith(folder) for folder in folders)


def chance_of(kind: str, seed: int, number: int) -> random.Random:
    return random.Random(f"{kind} {seed} {number}")


def attempt(
    kind: Kind, context: Any, seed: int, number: int, actions: Actions, folder: Path
) -> Fault | None:
    """Try one case of a kind."""
    case = kind.make(chance_of(kind.name, seed, number), context)
    before = signal.signal(signal.SIGPROF, _hang)
    began = time.process_time()
    with actions.watched(folder) as seen:
        try:
            signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
            what, where = kind.run(case, context) or "", ""
        except kind.allowed as error:
            what, where = (_unclear(error), _place(error)) if kind.explains else ("", "")
        except Hangs as error:
            what, where = f"hangs: {time.process_time() - began:.1f} s", _place(error)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            what, where = f"{type(error).__name__}: {str(error)[:120]}", _place(error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
    if not what and seen:
        what = f"an action: {seen[0]}"
    return Fault(kind.name, number, what, where) if what else None


def _hang(_number: int, _frame: Any) -> None:
    raise Hangs


def _unclear(error: BaseException) -> str:
    """What is wrong with the sentence of an error; "" when it is one."""
    text = str(error)
    if not text.strip():
        return f"{type(error).__name__} without a word"
    if "Traceback" in text or " object at 0x" in text:
        return f"not for people: {text[:120]!r}"
    if len(text) > 3000:
        return f"{len(text)} characters: {text[:120]!r}"
    if text.rstrip()[-1] not in ".!?)]\"'`":
        return f"no sentence: {text[-80:]!r}"
    return ""


def _place(error: BaseException) -> str:
    """The last line of ours, and the very last one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/assistant/" in f.filename]
    places = [*ours[-1:], *frames[-1:]]
    return " <- ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in places)


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
