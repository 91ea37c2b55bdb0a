"""BlueZ over D-Bus: https://github.com/bluez/bluez/tree/master/doc (org.bluez.Adapter, .Device)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.handlers import bus
from assistant.handlers.bus import Bus
from assistant.handlers.bus_wire import BusError

_NAME = "org.bluez"
_ADAPTER = f"{_NAME}.Adapter1"
_DEVICE = f"{_NAME}.Device1"
_BATTERY = f"{_NAME}.Battery1"
_OBJECTS = "org.freedesktop.DBus.ObjectManager"
_TIME_TO_CONNECT = 15.0  # seconds: a headset that sleeps takes some


@dataclass(frozen=True, slots=True)
class Device:
    """What has been paired with the machine, or is near."""

    path: str
    name: str
    icon: str  # the kind, by the names of icons: "audio-headset", "input-mouse"; may be ""
    paired: bool
    connected: bool
    battery: int | None  # percent


def running() -> bool:
    """Whether BlueZ is there with an adapter. Never raises."""
    try:
        with connect() as radio:
            return bool(radio.adapters)
    except BusError:
        return False


@contextlib.contextmanager
def connect(patience: float = bus.PATIENCE) -> Iterator[Radio]:
    with bus.system(patience) as machine:
        yield Radio(machine)


@contextlib.contextmanager
def connect_patiently() -> Iterator[Radio]:
    """For connecting to a device, which may have to wake up first."""
    with connect(_TIME_TO_CONNECT) as radio:
        yield radio


class Radio:
    """The adapters and devices as they are at the beginning of a `with`."""

    def __init__(self, machine: Bus) -> None:
        self._machine = machine
        found: Mapping[str, Mapping[str, Any]] = {}
        if machine.has(_NAME):
            found = machine.call(_NAME, "/", _OBJECTS, "GetManagedObjects")[0]
        self.adapters = [path for path, parts in found.items() if _ADAPTER in parts]
        self.on = any(found[path][_ADAPTER].get("Powered") for path in self.adapters)
        self.devices = [_device(path, parts) for path, parts in found.items() if _DEVICE in parts]

    def switch(self, on: bool) -> None:
        """All adapters: with two, a headset may be with either."""
        for path in self.adapters:
            self._machine.object(_NAME, path).set(_ADAPTER, "Powered", "b", on)

    def join(self, device: Device) -> None:
        self._machine.object(_NAME, device.path).call(_DEVICE, "Connect")

    def leave(self, device: Device) -> None:
        self._machine.object(_NAME, device.path).call(_DEVICE, "Disconnect")


def batteries() -> list[tuple[str, int]]:
    """The name and percentage of each connected device that tells its charge. Never raises."""
    try:
        with connect() as radio:
            return [(d.name, d.battery) for d in radio.devices
                    if d.connected and d.battery is not None]  # fmt: skip
    except BusError:
        return []


def _device(path: str, parts: Mapping[str, Any]) -> Device:
    values = parts[_DEVICE]
    name = values.get("Alias") or values.get("Name") or values.get("Address") or path
    percent = parts.get(_BATTERY, {}).get("Percentage")
    return Device(
        path,
        str(name),
        str(values.get("Icon", "")),
        bool(values.get("Paired")),
        bool(values.get("Connected")),
        int(percent) if percent is not None else None,
    )
