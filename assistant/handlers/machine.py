"""The families of the machine itself, each with the part of it that it works on."""

from __future__ import annotations

from pathlib import Path

from assistant.handlers import bluez, logind
from assistant.handlers.battery import Battery
from assistant.handlers.bluetooth import Bluetooth
from assistant.handlers.contract import Family
from assistant.handlers.display import Display
from assistant.handlers.flight_mode import FlightMode
from assistant.handlers.network import Network
from assistant.handlers.power import Power
from assistant.handlers.screen import Screen
from assistant.handlers.system import System
from assistant.handlers.temperature import Temperature


def families(root: Path) -> list[Family]:
    """root: of the file system in which the kernel's files are read."""
    return [
        Battery(root, bluez.batteries),
        Screen(root, logind.set_backlight),
        Display(),
        Power(),
        Temperature(root),
        Network(),
        Bluetooth(),
        FlightMode(),
        System(root),
    ]
