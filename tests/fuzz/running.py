"""Cases by the thousand, in processes of their own: one that ends its process, or never ends, is
told like any other fault, and the next process goes on after it."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from assistant import models
from tests.fuzz import kept, media, others, wire, written
from tests.fuzz.trying import CPU_SECONDS, Actions, Fault, Kind, attempt, limit_memory

KINDS: Sequence[Kind] = (*wire.KINDS, *written.KINDS, *kept.KINDS, *media.KINDS, *others.KINDS)
LONGEST = 12 * CPU_SECONDS
"""Seconds of the processor after which a process that says nothing is ended: its case holds on to
it in a library."""


@dataclass
class Tried:
    """What came of the cases of a kind."""

    kind: str
    cases: int = 0
    refused: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


def child(name: str, seed: int, first: int, count: int, told: Connection) -> None:
    """Try cases, telling of each before and of each fault after it."""
    limit_memory()
    logging.disable(logging.CRITICAL)
    kind = next(kind for kind in KINDS if kind.name == name)
    actions = Actions()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place)
        os.environ["ASSISTANT_MODELS"] = str(models.models_dir())  # those of the user
        os.environ["ASSISTANT_HOME"] = str(folder / "home")
        (folder / "cases").mkdir()
        context = kind.prepare(folder / "cases")
        for number in range(first, first + count):
            told.send(number)
            if (fault := attempt(kind, context, seed, number, actions, folder)) is not None:
                told.send(json.dumps(asdict(fault)))
    told.send(None)
    told.close()
    os._exit(0)  # what a case left running does not matter


def run(kind: Kind, seed: int, count: int, first: int = 0) -> Tried:
    found, number, began = Tried(kind.name), first, time.monotonic()
    end = first + count
    while number < end:
        ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(
            target=child, args=(kind.name, seed, number, end - number, theirs)
        )
        process.start()
        theirs.close()
        last, ended = _follow(ours, process, found)
        process.join(20)
        if process.is_alive():
            process.kill()
            process.join()
        if not ended:
            if last is None:
                found.faults.append(Fault(kind.name, number, "cannot be prepared"))
                return found
            what = "hangs" if process.exitcode == -9 else f"ends the process ({process.exitcode})"
            found.faults.append(Fault(kind.name, last, what))
        number = end if ended else (last or number) + 1
        ours.close()
    found.cases, found.seconds = count, time.monotonic() - began
    return found


def _follow(ours: Connection, process: object, found: Tried) -> tuple[int | None, bool]:
    """(the last case that was begun, whether all were tried)."""
    last: int | None = None
    while True:
        used = _processor(process.pid)  # type: ignore[attr-defined]
        while not ours.poll(5):
            if _processor(process.pid) - used > LONGEST:  # type: ignore[attr-defined]
                process.kill()  # type: ignore[attr-defined]
                return last, False
        try:
            told = ours.recv()
        except EOFError:
            return last, False
        if told is None:
            return last, True
        if isinstance(told, int):
            last = told
        else:
            found.faults.append(Fault(**json.loads(told)))


def _processor(pid: int) -> float:
    """Seconds that a process has used so far."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
