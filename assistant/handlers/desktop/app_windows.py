"""Bringing a program to the front, and closing its windows, where the desktop lets anybody do so.

On X11 through wmctrl; elsewhere the program itself is asked, over D-Bus. Wayland lets no program
touch the windows of another one.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from assistant.handlers.desktop.desktop_entry import Entry
from assistant.handlers.media import players

_APPLICATION = "org.freedesktop.Application"
_PATIENCE = 1.0  # seconds


def activate(entry: Entry) -> bool:
    """Let a program that D-Bus knows start, or come to the front; whether it could be asked."""
    if not entry.activatable:
        return False
    path = "/" + entry.id.replace(".", "/").replace("-", "_")
    try:
        with bus.session() as desktop:
            if not desktop.has(entry.id):
                return False
            desktop.call(entry.id, path, _APPLICATION, "Activate", "a{sv}", {})
    except BusError:
        return False
    return True


def to_front(entry: Entry) -> bool:
    """Whether a program that runs could be brought to the front."""
    return _by_window(entry, "-a") or _if_running(entry) or _as_player(entry)


def close_windows(entry: Entry) -> bool:
    """Close its windows as a click would, so that it can ask what to do with unsaved work."""
    return _by_window(entry, "-c")


def _by_window(entry: Entry, what: str) -> bool:
    """wmctrl finds a window by its class, or by its title."""
    if not os.environ.get("DISPLAY") or shutil.which("wmctrl") is None:
        return False
    for name in filter(None, (entry.window_class, entry.program)):
        try:
            done = subprocess.run(
                ["wmctrl", "-x", what, name],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode == 0:
            return True
    return False


def _if_running(entry: Entry) -> bool:
    """Programs with one instance come to the front when they are activated again."""
    try:
        with bus.session() as desktop:
            if entry.id not in desktop.names():
                return False
    except BusError:
        return False
    return activate(entry)


def _as_player(entry: Entry) -> bool:
    try:
        with bus.session() as desktop:
            for player in players.named(players.running(desktop), [entry.name, entry.program]):
                if player.object.get(players.ROOT, "CanRaise"):
                    player.object.call(players.ROOT, "Raise")
                    return True
    except BusError:
        return False
    return False
