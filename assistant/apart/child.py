"""What runs in the process of an engine: makes it, calls it as it is told to, ends with its parent.

Two threads: one reads what the parent says, so that a call can be cancelled while it computes; the
main one makes the calls.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from assistant import threads
from assistant.errors import AssistantError, fault
from assistant.heap import one_heap
from assistant.worker import Cancel

_SOONER = 300
"""Added to the process's score for the kernel, which ends somebody when memory is used up: better
an engine, which is started again, than the assistant."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first message. make: gives the engine; a function of a module, perhaps with arguments.
    asks: names of functions of the parent that `make` is given."""

    stage: str
    make: Callable[..., object]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """says: names of arguments that are functions of the parent, which answer nothing."""

    number: int
    method: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    says: tuple[str, ...]
    cancellable: bool


@dataclass(frozen=True, slots=True)
class Cancelled:
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """By the child: a function of the parent is called, whose answer is waited for."""

    name: str
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """By the child: the same, and nothing is waited for."""

    name: str
    args: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Of a call, or of what was asked. error: raised instead."""

    value: Any = None
    error: BaseException | None = None


def main() -> None:
    """The program: its argument is the descriptor of the socket."""
    one_heap()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(_SOONER))
    Child(Connection(int(sys.argv[1]))).run()


class Child:
    """connection: to the parent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._calls: SimpleQueue[tuple[Call, Cancel]] = SimpleQueue()
        self._told: SimpleQueue[Answer] = SimpleQueue()
        self._current: tuple[int, Cancel] | None = None

    def run(self) -> None:
        """Until the parent closes its end, or ends."""
        start: Start = self._connection.recv()
        threads.named(start.stage)
        threading.Thread(target=self._read, name="parent", daemon=True).start()
        try:
            engine = start.make(**{name: self._asking(name) for name in start.asks})
        except Exception as error:  # noqa: BLE001 - raised again by the parent
            self._send(Answer(error=_portable(error)))
            return
        self._send(Answer())
        while True:
            call, cancel = self._calls.get()
            self._send(self._made(engine, call, cancel))

    def _made(self, engine: object, call: Call, cancel: Cancel) -> Answer:
        given = dict(call.kwargs) | {name: self._saying(name) for name in call.says}
        if call.cancellable:
            given["cancel"] = cancel
        try:
            return Answer(getattr(engine, call.method)(*call.args, **given))
        except Exception as error:  # noqa: BLE001 - raised again by the parent
            return Answer(error=_portable(error))

    def _read(self) -> None:
        """What the parent says; ends the process with it, whatever the engine does."""
        try:
            while True:
                match self._connection.recv():
                    case Call() as call:
                        cancel = Cancel()
                        self._current = call.number, cancel
                        self._calls.put((call, cancel))
                    case Cancelled(number):
                        if self._current is not None and self._current[0] == number:
                            self._current[1].set()
                    case Answer() as answer:
                        self._told.put(answer)
        finally:
            os._exit(0)

    def _asking(self, name: str) -> Callable[..., Any]:
        def ask(*args: object) -> Any:
            self._send(Asked(name, args))
            told = self._told.get()
            if told.error is not None:
                raise told.error
            return told.value

        return ask

    def _saying(self, name: str) -> Callable[..., None]:
        return lambda *args: self._send(Said(name, args))

    def _send(self, message: object) -> None:
        with self._sending:
            self._connection.send(message)


def _portable(error: BaseException) -> BaseException:
    """Of others' errors only what they are: some cannot be pickled, and their text may hold what
    was said."""
    return error if isinstance(error, AssistantError) else RuntimeError(fault(error))
