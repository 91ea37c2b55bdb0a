"""Every family that the program brings along, each with what it works on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from assistant import paths
from assistant.errors import ConfigError
from assistant.handlers.calculation.calculation import Calculation
from assistant.handlers.contract import Family
from assistant.handlers.desktop.apps import Apps
from assistant.handlers.desktop.files import Files
from assistant.handlers.desktop.installed import Installed
from assistant.handlers.desktop.screenshot import Screenshot
from assistant.handlers.documents import Documents
from assistant.handlers.home import connected_home
from assistant.handlers.lists.dictation import Dictation
from assistant.handlers.lists.lists import Lists
from assistant.handlers.lists.notebook import Notebook
from assistant.handlers.lists.notes import Notes
from assistant.handlers.machine import bluez, gpio, logind
from assistant.handlers.machine.battery import Battery
from assistant.handlers.machine.bluetooth import Bluetooth
from assistant.handlers.machine.board import Board
from assistant.handlers.machine.board_lines import NamedLine, read_lines
from assistant.handlers.machine.display import Display
from assistant.handlers.machine.energy import Energy
from assistant.handlers.machine.flight_mode import FlightMode
from assistant.handlers.machine.network import Network
from assistant.handlers.machine.power import Power
from assistant.handlers.machine.screen import Screen
from assistant.handlers.machine.system import System
from assistant.handlers.machine.temperature import Temperature
from assistant.handlers.media.media import Media
from assistant.handlers.memory.keys import KeyFile, Keys, SecretService
from assistant.handlers.memory.memory import Memory
from assistant.handlers.memory.store import MemoryStore
from assistant.handlers.sound.volume import Volume
from assistant.handlers.speech import Speech
from assistant.handlers.timekeeping.alarms import Alarms
from assistant.handlers.timekeeping.clock import Clock
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.handlers.timekeeping.later import Later
from assistant.handlers.timekeeping.reminders import Reminders
from assistant.handlers.timekeeping.timers import Timers
from assistant.settings import Config


def built_in(
    config: Config,
    database: Path,
    root: Path,
    now: Callable[[], dt.datetime],
    problems: list[str],
) -> list[Family]:
    """The families in the order in which their sentences are preferred.

    root: of the file system in which the kernel's files are read.
    now: the aware local time.
    problems: takes a sentence for a file of the user that cannot be used.
    """
    due, book, programs = DueStore(database), Notebook(database), Installed()
    return [
        Clock(),
        Timers(due, now),
        Alarms(due, now),
        Reminders(due, now),
        Later(due, now),
        Lists(book),
        Notes(book),
        Dictation(),
        Memory(memories(database)),
        Volume(programs, due),
        Media(programs),
        Apps(programs),
        Files(),
        Screenshot(),
        Documents(),
        Energy(root),
        Battery(root, bluez.batteries),
        Screen(root, logind.set_backlight),
        Display(),
        Power(),
        Temperature(root),
        Network(),
        Bluetooth(),
        FlightMode(),
        System(root),
        Board(_lines(config, problems), gpio.Libgpiod(), installed=gpio.installed()),
        Calculation(database.with_name("rates.json")),
        Speech(),
        connected_home(config.home, problems),
    ]


def memories(database: Path) -> MemoryStore:
    """What was told to be remembered, beside the other things of the user."""
    keys = Keys(SecretService(), KeyFile(database.with_name("memory.key")))
    return MemoryStore(database.with_name("memory.db"), keys)


def _lines(config: Config, problems: list[str]) -> list[NamedLine]:
    """The pins that the user named."""
    setting = config.board.lines
    path = Path(setting).expanduser() if setting else paths.config_dir() / "board.toml"
    if not setting and not path.exists():
        return []
    try:
        return read_lines(path)
    except ConfigError as error:
        problems.append(str(error))
        return []
