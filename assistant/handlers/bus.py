"""D-Bus, blocking and with an end: how functions talk to the services of the machine.

    with bus.session() as desktop:
        player = desktop.object("org.mpris.MediaPlayer2.vlc", "/org/mpris/MediaPlayer2")
        player.get("org.mpris.MediaPlayer2.Player", "Metadata")     {"xesam:title": "Lady", ...}
        player.call("org.mpris.MediaPlayer2.Player", "Seek", "x", 30_000_000)

A connection is made for each `with` (a millisecond), so a daemon that was restarted is no matter,
and no thread shares one. All that happens within a `with` shares its patience. Values come without
their variants; a variant that is sent is a pair of signature and value: ("b", True).
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageFlag,
    message_bus,
    new_method_call,
)
from jeepney.low_level import Message
from jeepney.wrappers import unwrap_msg

from assistant.handlers.bus_wire import (
    BusError,
    Connection,
    clear_errors,
    connect,
    read_values,
)

PATIENCE = 1.5
"""Seconds for all that is asked within one `with`. A healthy service answers in milliseconds."""

_SYSTEM = "unix:path=/var/run/dbus/system_bus_socket"  # where the specification puts it
_DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_PROPERTIES = "org.freedesktop.DBus.Properties"


@dataclass(frozen=True, slots=True)
class Signal:
    """What a service told on its own."""

    path: str
    interface: str
    member: str
    values: tuple[Any, ...]


class Bus:
    """A connection, for one `with`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def own_name(self) -> str:
        """Our unique name, ":1.42"."""
        return str(self._connection.unique_name)

    def object(self, service: str, path: str) -> Object:
        return Object(self, service, path)

    def names(self, prefix: str = "") -> list[str]:
        """The well-known names that are taken now, sorted."""
        found = self.call(*_DAEMON, "ListNames")[0]
        return sorted(n for n in found if n.startswith(prefix) and not n.startswith(":"))

    def has(self, name: str) -> bool:
        """Whether a service is there, or would be started when it is called."""
        if self.call(*_DAEMON, "NameHasOwner", "s", name)[0]:
            return True
        return name in self.call(*_DAEMON, "ListActivatableNames")[0]

    def process(self, name: str) -> int:
        """The process id of who owns a name."""
        return int(self.call(*_DAEMON, "GetConnectionUnixProcessID", "s", name)[0])

    def call(
        self,
        service: str,
        path: str,
        interface: str,
        method: str,
        signature: str = "",
        *values: Any,
        start: bool = True,
        seconds: float | None = None,
    ) -> tuple[Any, ...]:
        """What a method returns.

        start: start the service where it is not running.
        seconds: to wait at most for this one, where others are still to be asked.

        Raises BusError: no such service, access denied, no answer in time, or a refusal.
        """
        try:
            to = DBusAddress(path, bus_name=service, interface=interface)
            message = new_method_call(to, method, signature or None, values)
        except (ValueError, TypeError) as error:
            raise BusError("refused", f"{service} {path} cannot be addressed: {error}") from error
        if not start:
            message.header.flags |= MessageFlag.no_auto_start
        where = f"{interface}.{method} of {service}"
        with clear_errors(where):
            reply = self._connection.send_and_get_reply(message, timeout=seconds)
            unwrap_msg(reply)  # raises what the service answers as an error
            return read_values(reply)

    @contextlib.contextmanager
    def signals(
        self, interface: str, member: str, *, service: str = "", path: str = ""
    ) -> Iterator[Signals]:
        """The signals that come from now on, whoever sends them or only a service or object.

        Subscribe before asking for what is answered by a signal.
        """
        wanted = {"interface": interface, "member": member}
        if path:
            wanted["path"] = path
        ours = MatchRule(type="signal", **wanted)  # messages carry the sender's unique name
        rule = MatchRule(type="signal", sender=service, **wanted) if service else ours
        with clear_errors(f"the signal {interface}.{member}"):
            unwrap_msg(self._connection.send_and_get_reply(message_bus.AddMatch(rule)))
        heard: deque[Message] = deque()
        with self._connection.filter(ours, queue=heard):
            yield Signals(self._connection, heard)


class Object:
    """An object of a service, such as a player or a network device."""

    def __init__(self, bus: Bus, service: str, path: str) -> None:
        self._bus = bus
        self.service = service
        self.path = path

    def call(
        self,
        interface: str,
        method: str,
        signature: str = "",
        *values: Any,
        start: bool = True,
        seconds: float | None = None,
    ) -> tuple[Any, ...]:
        """See Bus.call."""
        to = (self.service, self.path, interface, method, signature)
        return self._bus.call(*to, *values, start=start, seconds=seconds)

    def get(self, interface: str, name: str) -> Any:
        return self.call(_PROPERTIES, "Get", "ss", interface, name)[0]

    def get_all(self, interface: str, seconds: float | None = None) -> dict[str, Any]:
        """Every property, by name."""
        answer = self.call(_PROPERTIES, "GetAll", "s", interface, seconds=seconds)
        found: dict[str, Any] = answer[0]
        return found

    def set(self, interface: str, name: str, signature: str, value: Any) -> None:
        self.call(_PROPERTIES, "Set", "ssv", interface, name, (signature, value))


class Signals:
    """The signals that a subscription hears."""

    def __init__(self, connection: Connection, heard: deque[Message]) -> None:
        self._connection = connection
        self._heard = heard

    def next(self, seconds: float) -> Signal | None:
        """The next one; None when none comes in so many seconds."""
        try:
            message = self._connection.recv_until_filtered(self._heard, timeout=seconds)
        except TimeoutError:
            return None
        except OSError as error:
            raise BusError("no answer", f"The message bus is gone: {error}.") from error
        fields = message.header.fields
        path, interface = fields[HeaderFields.path], fields[HeaderFields.interface]
        return Signal(path, interface, fields[HeaderFields.member], read_values(message))


@contextlib.contextmanager
def session(patience: float = PATIENCE) -> Iterator[Bus]:
    """The bus of the user's desktop. Raises BusError when there is none."""
    with _open(session_address(), "session", patience) as opened:
        yield opened


def session_address() -> str:
    """Where the bus of the user's desktop is; "" where nothing tells."""
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if not address and runtime:  # where systemd has it, for a program it did not start
        address = f"unix:path={runtime}/bus"
    return address


@contextlib.contextmanager
def system(patience: float = PATIENCE) -> Iterator[Bus]:
    """The bus of the machine. Raises BusError when there is none."""
    address = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or _SYSTEM
    with _open(address, "system", patience) as opened:
        yield opened


@contextlib.contextmanager
def _open(address: str, which: str, patience: float) -> Iterator[Bus]:
    with contextlib.closing(connect(address, which, patience)) as connection:
        yield Bus(connection)
