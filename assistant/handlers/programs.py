"""Runs a program of the user: no shell, no input, a limit of time and of what is read from it."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.handlers.contract import Request
from assistant.outside import outside

MOST_OUTPUT = 600  # characters that are spoken
_MOST_READ = 65_536  # bytes


def run(argv: Sequence[str], seconds: float, request: Request) -> str:
    """What it printed, on one line. Raises FunctionError when it fails or takes too long; then it
    is ended, with all that it has started."""
    name = Path(argv[0]).name
    deadline = time.monotonic() + seconds
    try:
        program = subprocess.Popen(
            outside(argv, seconds=seconds),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path.home(),
            start_new_session=True,
        )
    except OSError as error:
        raise request.error(
            "{name} cannot be started.", "No se puede iniciar {name}.", name=name
        ) from error
    with program:
        assert program.stdout is not None
        output = _read(program.stdout.fileno(), deadline)
        program.stdout.close()  # who prints on for ever ends by that
        try:
            code = program.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            _end(program)
            raise request.error(
                "{name} takes too long. I ended it.", "{name} tarda demasiado. Lo he parado.",
                name=name,
            ) from error  # fmt: skip
    cut_off = len(output) >= _MOST_READ  # then it may complain of the pipe, in its own way
    if code not in (0, -signal.SIGPIPE) and not cut_off:
        raise request.error(
            "{name} failed, with code {code}.", "{name} ha fallado, con el código {code}.",
            name=name, code=code,
        )  # fmt: skip
    return " ".join(output.decode("utf-8", "replace").split())[:MOST_OUTPUT]


def _read(pipe: int, deadline: float) -> bytes:
    """What comes until the end, the deadline, or too much of it."""
    output = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while len(output) < _MOST_READ and (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                break
            piece = os.read(pipe, _MOST_READ)
            if not piece:
                break
            output += piece
    return output


def _end(program: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)
    program.wait()
