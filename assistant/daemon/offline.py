"""The proof that nothing is sent: real turns, with every network call they make written down.

The kernel tells (strace), not we ourselves; and a second time the same turns run where there is no
network at all (an empty network namespace), so that nothing can even be tried in vain unseen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError

QUESTION = {"en": "What time is it?", "es": "¿Qué hora es?"}
OPEN = {"en": "Why is the sky blue?", "es": "¿Por qué es azul el cielo?"}
_PATIENCE = 600.0  # seconds for one step; tracing slows it down

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_FAMILY = re.compile(r"sa_family=(AF_\w+)")
_UNIX = re.compile(r'sun_path=(@?"[^"]*")')
_RESOLVER = "/run/systemd/resolve/"
"""Sockets of the machine's own resolver: who asks there has it ask on a network."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in a trace of system calls."""

    calls: int  # of the network, whatever their kind
    local: tuple[str, ...]  # Unix sockets that were connected to
    internet: tuple[str, ...]  # calls that reach, or try to reach, anything else
    opened: int  # sockets of internet families, whether they were used or not

    @property
    def clean(self) -> bool:
        return not self.internet


@dataclass(frozen=True, slots=True)
class Step:
    """One command, and how it went."""

    what: str
    where: str  # "traced", "no network"
    code: int
    said: str
    evidence: Evidence | None = None

    @property
    def good(self) -> bool:
        return self.code == 0 and (self.evidence is None or self.evidence.clean)


def read(lines: Iterable[str]) -> Evidence:
    """What a trace by `strace -f -e trace=%network` shows."""
    calls, opened = 0, 0
    local: set[str] = set()
    internet: list[str] = []
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            continue
        calls += 1
        name, rest = found.groups()
        family = _FAMILY.search(rest)
        if name == "socket":
            opened += rest.startswith(("AF_INET", "AF_PACKET"))
        elif family is not None and name in {"connect", "sendto", "sendmsg", "sendmmsg", "bind"}:
            where = _UNIX.search(rest)
            if family.group(1) == "AF_UNIX":
                path = where.group(1).strip('"') if where else ""
                if path.startswith(_RESOLVER):
                    internet.append(line.strip()[:200])
                elif path and name == "connect":
                    local.add(path)
            elif family.group(1) not in {"AF_NETLINK", "AF_UNSPEC"}:  # the kernel, and nobody
                internet.append(line.strip()[:200])
    return Evidence(calls, tuple(sorted(local)), tuple(internet), opened)


@dataclass(frozen=True, slots=True)
class Means:
    """By which it can be shown here: the path of strace, and the command that runs another one
    where no network is; "" and nothing where there is none."""

    tracer: str
    nowhere: Sequence[str]

    @property
    def missing(self) -> Sequence[str]:
        """What is not shown, and how that is mended; a sentence each."""
        found = []
        if not self.tracer:
            found.append("No calls are traced: strace is not installed (apt install strace).")
        if not self.nowhere:
            found.append("Nothing is run without a network: namespaces are not allowed here.")
        return found


def means() -> Means:
    """Raises AssistantError where there is neither."""
    found = Means(shutil.which("strace") or "", _without_network())
    if len(missing := found.missing) > 1:
        raise AssistantError(f"Nothing can be shown here. {' '.join(missing)}")
    return found


def prove(by: Means, given: Sequence[str], language: str, *, thinks: bool) -> Iterator[Step]:
    """Speak a question, hear it, answer it aloud into a file; and an open question where there is a
    language model. Each step is told when it is over.

    given: options of the command line to pass on.
    """
    with tempfile.TemporaryDirectory(prefix="assistant-") as name:
        folder = Path(name)
        for what, arguments in _commands(folder, language, thinks):
            command = [sys.executable, "-P", "-m", "assistant", *given, *arguments]
            if by.tracer:
                yield _traced(by.tracer, what, command, folder / "calls")
            if by.nowhere:
                yield _run(what, "no network", [*by.nowhere, *command])


def _commands(folder: Path, language: str, thinks: bool) -> list[tuple[str, list[str]]]:
    asked, reply = str(folder / "asked.wav"), str(folder / "reply.wav")
    tongue = ["--language", language]
    commands = [
        ("text to speech", ["say", "--out", asked, *tongue, QUESTION[language]]),
        ("speech to speech", ["hear", asked, "--out", reply, *tongue]),
        ("a command", ["ask", "--here", *tongue, QUESTION[language]]),
    ]
    if thinks:
        commands.append(("language model", ["ask", "--here", *tongue, OPEN[language]]))
    return commands


def _traced(tracer: str, what: str, command: Sequence[str], file: Path) -> Step:
    how = ["-f", "-qq", "-e", "trace=%network", "-s", "60", "-o", str(file)]
    step = _run(what, "traced", [tracer, *how, *command])
    with file.open(encoding="utf-8", errors="replace") as lines:
        evidence = read(lines)
    return Step(step.what, step.where, step.code, step.said, evidence)


def _run(what: str, where: str, command: Sequence[str]) -> Step:
    done = subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    said = done.stdout.strip() if done.returncode == 0 else done.stderr.strip()
    return Step(what, where, done.returncode, said)


def _without_network() -> list[str]:
    """The command that runs another one where no network is; empty: that is not allowed here."""
    program = shutil.which("unshare")
    for how in (["-n"], ["-rn"]) if program else ():
        command = [str(program), *how]
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return []
