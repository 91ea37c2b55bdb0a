"""NetworkManager over D-Bus: https://networkmanager.dev/docs/api/latest/spec.html."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.handlers import bus
from assistant.handlers.bus import Bus, Object
from assistant.handlers.bus_wire import BusError

_NAME = "org.freedesktop.NetworkManager"
_ROOT = "/org/freedesktop/NetworkManager"
_DEVICE = f"{_NAME}.Device"
_WIRELESS = f"{_DEVICE}.Wireless"
_ACTIVE = f"{_NAME}.Connection.Active"
_SETTINGS = f"{_NAME}.Settings"
_SAVED = f"{_SETTINGS}.Connection"
_ETHERNET_DEVICE, _WIFI_DEVICE, _MODEM = 1, 2, 8  # NMDeviceType
_CONNECTED = 50  # NMState: from here on, at least to a network of its own
_ACTIVATED = 100  # NMDeviceState, and NMActiveConnectionState is 2
_KNOWN_KINDS = {"802-11-wireless": "wifi", "802-3-ethernet": "wire", "gsm": "mobile"}
_PORTAL, _LIMITED, _FULL = 2, 3, 4  # NMConnectivityState
_NOTHING = "/"  # the path that stands for no object


@dataclass(frozen=True, slots=True)
class Link:
    """The wireless network that a device is connected to; its signal in percent."""

    name: str
    signal: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A network that the machine knows how to join."""

    path: str
    name: str  # of the network, or of the settings where it has none of its own
    kind: str  # "wifi", "wire", "mobile", or NetworkManager's word for it


def running() -> bool:
    """Whether NetworkManager is there. Never raises."""
    try:
        with bus.system() as machine:
            return machine.has(_NAME)
    except BusError:
        return False


@contextlib.contextmanager
def connect() -> Iterator[Manager]:
    with bus.system() as machine:
        yield Manager(machine)


class Manager:
    """For one `with`."""

    def __init__(self, machine: Bus) -> None:
        self._machine = machine
        self._manager = self._object(_ROOT)

    def wifi(self) -> bool:
        """Whether the wireless radios are switched on, if there are any."""
        return bool(self._manager.get(_NAME, "WirelessEnabled"))

    def wifi_allowed(self) -> bool:
        """Whether the key or switch on the machine lets them be on."""
        return bool(self._manager.get(_NAME, "WirelessHardwareEnabled"))

    def set_wifi(self, on: bool) -> None:
        self._manager.set(_NAME, "WirelessEnabled", "b", on)

    def set_mobile(self, on: bool) -> None:
        self._manager.set(_NAME, "WwanEnabled", "b", on)

    def mobile(self) -> bool:
        """Whether modems are switched on, if there are any."""
        return bool(self._manager.get(_NAME, "WwanEnabled"))

    def has_wifi(self) -> bool:
        return bool(self._devices(_WIFI_DEVICE))

    def has_mobile(self) -> bool:
        return bool(self._devices(_MODEM))

    def connected(self) -> bool:
        """Whether there is a connection of any kind."""
        return int(self._manager.get(_NAME, "State")) >= _CONNECTED

    def link(self) -> Link | None:
        """The wireless network that is used; None when there is none."""
        for device in self._devices(_WIFI_DEVICE):
            point = device.get(_WIRELESS, "ActiveAccessPoint")
            if point != _NOTHING:
                return self._point(point)
            if (name := self._name_of(device)) is not None:
                return Link(name, None)
        return None

    def wired(self) -> bool:
        """Whether a cable is connected and used."""
        devices = self._devices(_ETHERNET_DEVICE)
        return any(device.get(_DEVICE, "State") == _ACTIVATED for device in devices)

    def online(self) -> str:
        """ "full", "portal" (a sign-in page stands before it), "limited", "none", "unknown": by
        what NetworkManager found out last; nothing is sent."""
        words = {0: "unknown", _PORTAL: "portal", _LIMITED: "limited", _FULL: "full"}
        return words.get(self._manager.get(_NAME, "Connectivity"), "none")

    def around(self) -> list[Link]:
        """The wireless networks that can be heard, the strongest first, each once."""
        found: dict[str, Link] = {}
        for device in self._devices(_WIFI_DEVICE):
            for path in device.get(_WIRELESS, "AccessPoints"):
                point = self._point(path)
                best = found.get(point.name)
                if point.name and (best is None or (point.signal or 0) > (best.signal or 0)):
                    found[point.name] = point
        return sorted(found.values(), key=lambda link: -(link.signal or 0))

    def saved(self) -> list[Saved]:
        settings = self._object(f"{_ROOT}/Settings")
        [paths] = settings.call(_SETTINGS, "ListConnections")
        found = []
        for path in paths:
            values = self._object(path).call(_SAVED, "GetSettings")[0]
            kind = str(values["connection"]["type"])
            name = (
                _text(values.get("802-11-wireless", {}).get("ssid")) or values["connection"]["id"]
            )
            found.append(Saved(path, str(name), _KNOWN_KINDS.get(kind, kind)))
        return found

    def join(self, network: Saved) -> None:
        self._manager.call(_NAME, "ActivateConnection", "ooo", network.path, _NOTHING, _NOTHING)

    def leave(self) -> str | None:
        """Disconnect from the wireless network, and give the path of its settings."""
        for device in self._devices(_WIFI_DEVICE):
            active = device.get(_DEVICE, "ActiveConnection")
            if active != _NOTHING:
                path = self._object(active).get(_ACTIVE, "Connection")
                self._manager.call(_NAME, "DeactivateConnection", "o", active)
                return str(path)
        return None

    def _name_of(self, device: Object) -> str | None:
        """Of the connection of a device, while its access point is not known yet."""
        active = device.get(_DEVICE, "ActiveConnection")
        return None if active == _NOTHING else str(self._object(active).get(_ACTIVE, "Id"))

    def _devices(self, kind: int) -> list[Object]:
        [paths] = self._manager.call(_NAME, "GetDevices")
        devices = [self._object(path) for path in paths]
        return [device for device in devices if device.get(_DEVICE, "DeviceType") == kind]

    def _point(self, path: str) -> Link:
        values = self._object(path).get_all(f"{_NAME}.AccessPoint")
        return Link(_text(values.get("Ssid")), int(values.get("Strength", 0)))

    def _object(self, path: str) -> Object:
        return self._machine.object(_NAME, path)


def _text(name: Any) -> str:
    """A network's name is bytes, in whatever encoding its owner liked."""
    return bytes(name or ()).decode("utf-8", errors="replace")
