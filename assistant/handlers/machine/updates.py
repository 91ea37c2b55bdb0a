"""How many updates wait, by what the package manager knows already: nothing is fetched."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant import sysfs

_PATIENCE = 30.0  # seconds: apt takes 2 on a laptop, and more on a small board
_NOTIFIER = "var/lib/update-notifier/updates-available"
_COUNT = re.compile(r"^\s*(\d+) updates? can be", re.MULTILINE)
_SECURITY = re.compile(r"^\s*(\d+) .*security", re.MULTILINE)


class TooSlow(Exception):  # noqa: N818  a value of this module, not a breakage
    """The package manager takes too long."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Updates that wait; `security`: how many of them close a hole, where that is known."""

    count: int
    security: int = 0


def waiting(root: Path) -> Waiting | None:
    """What is there to update; None when no package manager can tell.

    Raises TooSlow.
    """
    if (told := notified(sysfs.text(root / _NOTIFIER))) is not None:
        return told
    for manager in _MANAGERS:
        if shutil.which(manager.command[0]) and (output := _run(manager)) is not None:
            return manager.read(output)
    return None


def restart_needed(root: Path) -> bool:
    """Whether an update that was made takes effect only after a restart."""
    return (root / "var/run/reboot-required").exists()


def notified(text: str) -> Waiting | None:
    """What Ubuntu's update-notifier has written for whoever logs in."""
    if not (count := _COUNT.search(text)):
        return None
    security = _SECURITY.search(text)
    return Waiting(int(count[1]), int(security[1]) if security else 0)


def simulated(output: str) -> Waiting:
    """What `apt-get --simulate upgrade` writes: a line "Inst package [old] (new source)" each."""
    lines = [line for line in output.splitlines() if line.startswith("Inst ")]
    return Waiting(len(lines), sum("security" in line.lower() for line in lines))


def listed(output: str) -> Waiting:
    """What dnf and pacman write: a line for each update; dnf's end at an empty one."""
    lines = output.strip().split("\n\n")[0].splitlines()
    return Waiting(sum(len(line.split()) >= 3 for line in lines))


@dataclass(frozen=True, slots=True)
class _Manager:
    command: tuple[str, ...]
    fine: tuple[int, ...]  # with which it ends when all is well
    read: Callable[[str], Waiting]


_MANAGERS = (
    _Manager(
        ("apt-get", "--simulate", "-qq", "-o", "Debug::NoLocking=1", "upgrade"), (0,), simulated
    ),
    _Manager(("dnf", "--cacheonly", "--quiet", "check-update"), (0, 100), listed),  # 100: there are
    _Manager(("pacman", "-Qu"), (0, 1), listed),  # 1: there are none
)


def _run(manager: _Manager) -> str | None:
    """Its output in English; None when it fails."""
    try:
        done = subprocess.run(
            manager.command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    except OSError:
        return None
    return done.stdout if done.returncode in manager.fine else None
