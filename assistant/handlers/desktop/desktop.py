"""What only the desktop can do to the screen: warm its colours at night, and turn it off.

GNOME: the setting that its own switch sets, and the property of its display server
(https://gitlab.gnome.org/GNOME/mutter, org.gnome.Mutter.DisplayConfig). KDE: the shortcuts that its
own keys have (org.kde.kglobalaccel), because an inhibition ends with the connection that asked.
"""

from __future__ import annotations

import subprocess
from typing import Protocol

from assistant.errors import FunctionError
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError

_PATIENCE = 3.0  # seconds
_COLOR = "org.gnome.SettingsDaemon.Color"
_SCHEMA = "org.gnome.settings-daemon.plugins.color"
_KEY = "night-light-enabled"
_DISPLAY = "org.gnome.Mutter.DisplayConfig"
_OFF = 3  # PowerSaveMode, as DPMS counts
_KWIN = "org.kde.KWin"
_SHORTCUTS = "org.kde.kglobalaccel"
_COMPONENT = "org.kde.kglobalaccel.Component"
_KDE_NIGHT = (  # object and interface: of Plasma 6, and of 5
    ("/org/kde/KWin/NightLight", "org.kde.KWin.NightLight"),
    ("/ColorCorrect", "org.kde.kwin.ColorCorrect"),
)
_NOT_SET_UP = {
    "en": "The night light is not set up on this desktop. Turn it on once in the system settings.",
    "es": "La luz nocturna no está configurada en este escritorio. Actívala una vez en los ajustes"
    " del sistema.",
}


class Desktop(Protocol):
    def night_light(self) -> bool:
        """Whether it is on. Raises FunctionError."""

    def set_night_light(self, on: bool) -> None: ...

    def screen_off(self) -> None:
        """Until a key is pressed or the mouse moved."""


def find() -> Desktop | None:
    """The desktop that runs, if it is one that we can talk to. Never raises."""
    try:
        with bus.session() as desktop:
            names = set(desktop.names("org."))
    except BusError:
        return None
    if _COLOR in names:
        return Gnome()
    return Kde() if {_KWIN, _SHORTCUTS} <= names else None


class Gnome:
    def night_light(self) -> bool:
        return _settings("get", _SCHEMA, _KEY) == "true"

    def set_night_light(self, on: bool) -> None:
        _settings("set", _SCHEMA, _KEY, "true" if on else "false")

    def screen_off(self) -> None:
        with bus.session() as desktop:
            screens = desktop.object(_DISPLAY, "/org/gnome/Mutter/DisplayConfig")
            screens.set(_DISPLAY, "PowerSaveMode", "i", _OFF)


class Kde:
    def night_light(self) -> bool:
        """On, and not paused."""
        with bus.session() as desktop:
            for path, interface in _KDE_NIGHT:
                try:
                    found = desktop.object(_KWIN, path).get_all(interface)
                except BusError as error:
                    if error.kind == "refused":  # the object of another release
                        continue
                    raise
                if not found.get("enabled"):
                    break
                return not found.get("inhibited")
        raise FunctionError(_NOT_SET_UP["en"], spoken=_NOT_SET_UP)

    def set_night_light(self, on: bool) -> None:
        if self.night_light() != on:
            _press("/component/kwin", "Toggle Night Color")

    def screen_off(self) -> None:
        _press("/component/org_kde_powerdevil", "Turn Off Screen")


def _press(component: str, shortcut: str) -> None:
    with bus.session() as desktop:
        desktop.call(_SHORTCUTS, component, _COMPONENT, "invokeShortcut", "s", shortcut)


def _settings(*arguments: str) -> str:
    """What `gsettings` says. Raises FunctionError when it does not know the setting."""
    try:
        done = subprocess.run(
            ["gsettings", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise FunctionError(_NOT_SET_UP["en"], spoken=_NOT_SET_UP) from error
    return done.stdout.strip()
