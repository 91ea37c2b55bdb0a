"""The families of the machine itself, each with the part of it that it works on."""

from __future__ import annotations

from pathlib import Path

from assistant import paths
from assistant.errors import ConfigError
from assistant.handlers import bluez, gpio, logind
from assistant.handlers.battery import Battery
from assistant.handlers.bluetooth import Bluetooth
from assistant.handlers.board import Board
from assistant.handlers.board_lines import NamedLine, read_lines
from assistant.handlers.contract import Family
from assistant.handlers.display import Display
from assistant.handlers.flight_mode import FlightMode
from assistant.handlers.gpio import Libgpiod
from assistant.handlers.network import Network
from assistant.handlers.power import Power
from assistant.handlers.screen import Screen
from assistant.handlers.system import System
from assistant.handlers.temperature import Temperature
from assistant.settings import Config


def families(root: Path, config: Config, problems: list[str]) -> list[Family]:
    """root: of the file system in which the kernel's files are read.
    problems: takes a sentence for a file of the user that cannot be used."""
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
        Board(_lines(config.board.lines, problems), Libgpiod(), installed=gpio.installed()),
    ]


def _lines(setting: str, problems: list[str]) -> list[NamedLine]:
    path = Path(setting).expanduser() if setting else paths.config_dir() / "board.toml"
    if not setting and not path.exists():
        return []
    try:
        return read_lines(path)
    except ConfigError as error:
        problems.append(str(error))
        return []
