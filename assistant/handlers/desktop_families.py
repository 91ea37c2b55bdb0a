"""The families of the desktop: sound, players, programs, files, the screen's picture."""

from __future__ import annotations

from assistant.handlers.apps import Apps
from assistant.handlers.contract import Family
from assistant.handlers.files import Files
from assistant.handlers.installed import Installed
from assistant.handlers.media import Media
from assistant.handlers.screenshot import Screenshot
from assistant.handlers.volume import Volume


def families() -> list[Family]:
    """They share what is known of the programs that are installed."""
    programs = Installed()
    return [Volume(programs), Media(programs), Apps(programs), Files(), Screenshot()]
