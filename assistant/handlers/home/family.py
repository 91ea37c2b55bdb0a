"""The smart home: lights, switches, covers, climate, locks, scenes, by name and by room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from assistant.handlers.contract import ByLanguage
from assistant.handlers.home.air import Air
from assistant.handlers.home.broker import Link
from assistant.handlers.home.doing import GONE
from assistant.handlers.home.house import House
from assistant.handlers.home.lights import Lights
from assistant.handlers.home.names import listed
from assistant.handlers.home.openings import Openings
from assistant.handlers.home.questions import Questions
from assistant.handlers.home.robots import Robots
from assistant.handlers.home.rules import RULES
from assistant.handlers.home.switching import Switching
from assistant.settings import HomeSettings

_NO_HOME = {
    "en": "I am not connected to a home. Name its broker in the setting home.broker.",
    "es": "No estoy conectado a una casa. Pon su servidor en el ajuste home.broker.",
}


class Home(Switching, Lights, Air, Openings, Robots, Questions):
    name = "home"
    topic: ClassVar[ByLanguage] = {
        "en": "[the] (home|house|smart home|lights|blinds|heating)",
        "es": "[la] (casa|casa inteligente|luces|persianas|calefacción)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    def __init__(self, house: House, link: Link, settings: HomeSettings) -> None:
        self.house = house
        self.link = link
        self.room = settings.room
        self.patience = settings.patience
        self._configured = bool(settings.broker)

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        return listed(self.house, name, language)

    def renamed(self) -> None:
        """Devices have come or gone, or are called otherwise."""
        self.changed()

    def unavailable(self) -> ByLanguage | None:
        if not self._configured:
            return _NO_HOME
        return None if self.link.connected else GONE

    def close(self) -> None:
        self.link.close()
