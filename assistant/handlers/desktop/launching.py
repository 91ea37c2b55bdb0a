"""Starting programs: by their arguments, never through a shell, and on their own.

A program that was started outlives the assistant: it has a session of its own, none of our open
files, and where systemd runs the desktop, a scope of its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import FunctionError
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from assistant.outside import outside

_AT_ONCE = 0.3  # seconds in which a program that cannot run here ends
_SYSTEMD = ("org.freedesktop.systemd1", "/org/freedesktop/systemd1")
_TERMINALS = (
    ("xdg-terminal-exec",),
    ("x-terminal-emulator", "-e"),
    ("gnome-terminal", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "-x"),
    ("xterm", "-e"),
)
_NOT_THERE = {
    "en": "That program is not on this machine.",
    "es": "Ese programa no está en esta máquina.",
}
_FAILED = {
    "en": "It did not start.",
    "es": "No ha arrancado.",
}
NO_SCREEN = {
    "en": "There is no screen here to show it on.",
    "es": "Aquí no hay pantalla donde mostrarlo.",
}

_started: list[subprocess.Popen[bytes]] = []
"""Programs that we started. Those that have ended are let go at the next start."""


def start(argv: Sequence[str], folder: str = "", *, screen: bool = True) -> int:
    """The process id of a program that runs now. screen: it needs one.

    Raises FunctionError when it is not there, or ends at once with a failure.
    """
    if screen and not has_screen():
        raise FunctionError("There is no display.", spoken=NO_SCREEN)
    if not argv or shutil.which(argv[0]) is None:
        raise FunctionError(f"{argv[:1]} is not there.", spoken=_NOT_THERE)
    _started[:] = [process for process in _started if process.poll() is None]
    try:
        process = subprocess.Popen(
            outside(argv),
            cwd=folder if folder and Path(folder).is_dir() else Path.home(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise FunctionError(f"{argv[0]} cannot be started: {error}.", spoken=_FAILED) from error
    _started.append(process)
    _give_scope(process.pid)
    with contextlib.suppress(subprocess.TimeoutExpired):
        if process.wait(_AT_ONCE) != 0:
            raise FunctionError(f"{argv[0]} ended at once.", spoken=_FAILED)
    return process.pid


def in_terminal(argv: Sequence[str]) -> list[str]:
    """The command that runs another one in a terminal; empty when there is none."""
    found = next((t for t in _TERMINALS if shutil.which(t[0])), None)
    return [*found, *argv] if found else []


def has_screen() -> bool:
    """Whether a desktop runs that shows windows."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_file(path: Path) -> None:
    """With the program that the desktop has for it. Raises FunctionError."""
    for opener in (("xdg-open",), ("gio", "open")):
        if shutil.which(opener[0]):
            start([*opener, str(path)])
            return
    raise FunctionError("There is no xdg-open.", spoken=_NOT_THERE)


def _give_scope(pid: int) -> None:
    """Out of the assistant's control group: else it ends when the assistant's service ends."""
    try:
        with bus.session(patience=0.3) as desktop:
            if _SYSTEMD[0] in desktop.names():
                desktop.call(
                    *_SYSTEMD,
                    "org.freedesktop.systemd1.Manager",
                    "StartTransientUnit",
                    "ssa(sv)a(sa(sv))",
                    f"app-assistant-{pid}.scope",
                    "fail",
                    [("PIDs", ("au", [pid])), ("CollectMode", ("s", "inactive-or-failed"))],
                    [],
                )
    except BusError:
        return  # nothing is lost but that
