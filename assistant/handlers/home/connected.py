"""From settings to a home."""

from __future__ import annotations

from pathlib import Path

from assistant import paths
from assistant.errors import ConfigError
from assistant.handlers.home.broker import NoLink
from assistant.handlers.home.family import Home
from assistant.handlers.home.house import House
from assistant.handlers.home.own_names import NO_NAMES, OwnNames, read_names
from assistant.settings import HomeSettings


def connected_home(settings: HomeSettings, problems: list[str]) -> Home:
    """The home, connected to its broker if one is set. What cannot be used goes into `problems`."""
    house = House(_names(settings, problems))
    return Home(house, NoLink(), settings)


def _names(settings: HomeSettings, problems: list[str]) -> OwnNames:
    folder = paths.config_dir()
    places = (
        [Path(settings.names).expanduser()]
        if settings.names
        else [folder / f"home{suffix}" for suffix in (".toml", ".yaml", ".yml")]
    )
    path = next((p for p in places if p.is_file()), None)
    if path is None:
        if settings.names:
            problems.append(f"home.names: there is no file {places[0]}.")
        return NO_NAMES
    try:
        return read_names(path)
    except ConfigError as error:
        problems.append(str(error))
        return NO_NAMES
