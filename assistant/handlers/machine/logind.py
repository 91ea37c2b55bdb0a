"""What systemd's logind does for us: sessions, power, and files that only root may write.

Its interface: https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html.
elogind, on machines without systemd, has the same one.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import Literal

from assistant.errors import FunctionError
from assistant.handlers import bus
from assistant.handlers.bus import Bus, Object
from assistant.handlers.bus_wire import BusError

Action = Literal["PowerOff", "Reboot", "Suspend", "Hibernate"]

_NAME = "org.freedesktop.login1"
_MANAGER = f"{_NAME}.Manager"
_SESSION = f"{_NAME}.Session"
_SCHEDULED = {"PowerOff": "poweroff", "Reboot": "reboot"}
_UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"
_SOON = dt.timedelta(minutes=1)
"""What is wanted so soon may as well be done at once."""
_NOT_LATER = {
    "en": "This machine can only be ended at once, not at a time. Say it again when you want it.",
    "es": "Esta máquina solo puede apagarse o reiniciarse al momento, no a una hora. Vuelve a"
    " decírmelo entonces.",
}
_NO_SESSION = {
    "en": "I am not part of a desktop session, so I cannot do that.",
    "es": "No formo parte de ninguna sesión de escritorio, así que no puedo hacerlo.",
}


def running() -> bool:
    """Whether there is a logind. Never raises."""
    try:
        with bus.system() as machine:
            return machine.has(_NAME)
    except BusError:
        return False


def can(action: Action) -> str:
    """ "yes"; "na": the machine cannot; "no": we may not; "challenge": with a password only."""
    with bus.system() as machine:
        return str(_manager(machine).call(_MANAGER, f"Can{action}")[0])


def blocker(what: Literal["shutdown", "sleep"]) -> tuple[str, str] | None:
    """The program that does not want the machine to end or sleep now, and why."""
    with bus.system() as machine:
        [found] = _manager(machine).call(_MANAGER, "ListInhibitors")
    for kinds, who, why, mode, *_ in found:
        if mode == "block" and what in kinds.split(":"):
            return str(who), str(why)
    return None


def sleep(action: Action) -> None:
    """Suspend or hibernate now, without asking for a password."""
    with bus.system() as machine:
        _manager(machine).call(_MANAGER, action, "b", False)


def end(action: Action, at: dt.datetime, now: dt.datetime) -> None:
    """Power off or reboot at a time; where logind cannot wait, at once what is wanted soon.

    Raises FunctionError where it is wanted later than that."""
    with bus.system() as machine:
        manager = _manager(machine)
        microseconds = round(at.timestamp() * 1_000_000)
        try:
            manager.call(_MANAGER, "ScheduleShutdown", "st", _SCHEDULED[action], microseconds)
        except BusError as error:
            if error.name != _UNKNOWN:
                raise
            if at - now > _SOON:
                raise FunctionError(_NOT_LATER["en"], spoken=_NOT_LATER) from error
            manager.call(_MANAGER, action, "b", False)


def scheduled() -> tuple[Literal["poweroff", "reboot"], dt.datetime] | None:
    """What will end the machine, and when (aware, UTC)."""
    with bus.system() as machine:
        kind, microseconds = _manager(machine).get(_MANAGER, "ScheduledShutdown")
    if not microseconds:
        return None
    at = dt.datetime.fromtimestamp(microseconds / 1_000_000, dt.UTC)
    return ("reboot" if kind == "reboot" else "poweroff"), at


def cancel() -> bool:
    """Take back what `end` was asked for; whether there was something."""
    with bus.system() as machine:
        return bool(_manager(machine).call(_MANAGER, "CancelScheduledShutdown")[0])


def lock() -> None:
    with bus.system() as machine:
        name, _ = _session(machine)
        _manager(machine).call(_MANAGER, "LockSession", "s", name)


def log_out() -> None:
    with bus.system() as machine:
        name, _ = _session(machine)
        _manager(machine).call(_MANAGER, "TerminateSession", "s", name)


def set_backlight(name: str, value: int) -> None:
    """Set the raw value of a backlight, for whoever sits at the machine: needs no root."""
    with bus.system() as machine:
        _, path = _session(machine)
        session = machine.object(_NAME, path)
        session.call(_SESSION, "SetBrightness", "ssu", "backlight", name, value)


def _manager(machine: Bus) -> Object:
    return machine.object(_NAME, "/org/freedesktop/login1")


def _session(machine: Bus) -> tuple[str, str]:
    """The id and the object of the session that is ours: the one we were started in, else one
    with a screen. Raises FunctionError when there is none."""
    [found] = _manager(machine).call(_MANAGER, "ListSessions")
    ours = [(name, path, seat) for name, user, _, seat, path in found if user == os.getuid()]
    started_in = os.environ.get("XDG_SESSION_ID")
    ours.sort(key=lambda session: (session[0] != started_in, not session[2]))
    if not ours:
        raise FunctionError(_NO_SESSION["en"], spoken=_NO_SESSION)
    name, path, _ = ours[0]
    return str(name), str(path)
