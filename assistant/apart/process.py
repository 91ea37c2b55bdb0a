"""A process for an engine, from the side of whoever calls it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from multiprocessing import Pipe
from typing import Any

from assistant import threads
from assistant.apart.child import Answer, Asked, Call, Cancelled, Said, Start
from assistant.errors import EngineError, fault
from assistant.worker import Cancel

_PROGRAM = "from assistant.apart.child import main; main()"
END_WITHIN = 2.0
"""Seconds in which a process ends that is told to; then it is ended by force."""


class Process:
    """Started, and its engine made, when this is made. Used by one thread, but for `kill`.

    stage: whose work it does ("hear"). make: gives the engine there; it is pickled, as a function
    of a module with its arguments. asks: functions of ours that it is given, each as the argument
    of that name; they are called by the thread that waits for a call.
    Raises what `make` raises, and EngineError when the process ends.
    """

    def __init__(
        self,
        stage: str,
        make: Callable[..., object],
        asks: Mapping[str, Callable[..., Any]] | None = None,
    ) -> None:
        self._stage = stage
        self._asks = dict(asks or {})
        self._sending = threading.Lock()
        self._number = 0
        self._connection, theirs = Pipe()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                process_group=0,  # Ctrl-C at the terminal is for us
            )
        threads.child(self._child.pid, stage)
        try:
            self._send(Start(stage, make, tuple(self._asks)))
            self._result({})
        except BaseException:
            self.kill()
            raise

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def ended(self) -> bool:
        """Whether it has crashed, or was ended."""
        return self._child.poll() is not None

    def call(
        self,
        method: str,
        *args: object,
        cancel: Cancel | None = None,
        says: Mapping[str, Callable[..., object]] | None = None,
        **kwargs: object,
    ) -> Any:
        """The result of a method of the engine. Raises what it raises, and EngineError when its
        process ends. cancel, says: arguments that are not sent: a signal, and functions of ours
        that are told something."""
        self._number += 1
        number, told = self._number, dict(says or {})
        self._send(Call(number, method, args, kwargs, tuple(told), cancel is not None))
        if cancel is not None:
            cancel.on_set(lambda: self._cancel(number))
        return self._result(told)

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        try:
            self._child.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
        threads.no_child(self.pid)

    def kill(self) -> None:
        """End it at once, whatever it does; a call that is on raises. Any thread may do so."""
        threads.no_child(self.pid)
        self._child.kill()
        self._child.wait()

    def _result(self, told: Mapping[str, Callable[..., object]]) -> Any:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError) as error:
                raise self._gone() from error
            match message:
                case Said(name, args):
                    told[name](*args)
                case Asked(name, args):
                    self._send(self._answered(name, args))
                case Answer() as answer:
                    if answer.error is not None:
                        raise answer.error
                    return answer.value

    def _answered(self, name: str, args: tuple[Any, ...]) -> Answer:
        try:
            return Answer(self._asks[name](*args))
        except Exception as error:  # noqa: BLE001 - raised again where it was asked
            return Answer(error=RuntimeError(fault(error)))

    def _cancel(self, number: int) -> None:
        with contextlib.suppress(EngineError):  # whoever waits for the call finds out
            if self._number == number:
                self._send(Cancelled(number))

    def _send(self, message: object) -> None:
        with self._sending:
            try:
                self._connection.send(message)
            except (OSError, ValueError) as error:
                raise self._gone() from error

    def _gone(self) -> EngineError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(END_WITHIN)
        how = self._child.returncode
        told = f"by signal {-how}" if how is not None and how < 0 else f"with code {how}"
        return EngineError(f"The process of {self._stage!r} has ended {told}.")
