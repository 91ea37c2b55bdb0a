"""Which player is meant, and whether there is any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from assistant.errors import FunctionError
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from assistant.handlers.contract import ByLanguage, Family, Listed, Request
from assistant.handlers.desktop.installed import Installed, names_of, sounding
from assistant.handlers.media import players
from assistant.handlers.media.music import Music
from assistant.handlers.media.players import Player

Named = Annotated[str, Listed("players")]

_NO_PLAYER = {
    "en": "No media player is running.",
    "es": "No hay ningún reproductor en marcha.",
}


class MediaChoice(Family):
    """The player that plays, or was used last, or was named."""

    def __init__(self, installed: Installed | None = None, music: Music | None = None) -> None:
        """installed: programs whose names are known; music: what there is to play."""
        self.installed = installed or Installed()
        self.music = music or Music()
        self._last = ""  # the player that was used last, by its name on the bus

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        return sounding(self.installed, language)

    def unavailable(self) -> ByLanguage | None:
        """Without a bus no player can be reached; without a player there must be one to start."""
        try:
            with bus.session() as desktop:
                if desktop.names(players.PREFIX):
                    return None
        except BusError as error:
            return {"en": error.speech("en"), "es": error.speech("es")}
        return None if self.music.program(self.installed) else _NO_PLAYER

    def meant(self, desktop: bus.Bus, request: Request, name: str) -> Player:
        """The player that somebody means. Raises FunctionError when there is none."""
        there = players.running(desktop)
        if name:
            there = players.named(there, names_of(self.installed, name))
        player = players.preferred(there, self._last)
        if player is None:
            raise self.none(request, name)
        self._last = player.object.service
        return player

    def none(self, request: Request, name: str) -> FunctionError:
        """To be raised: there is no player, or none of that name."""
        if name:
            return request.error(
                "{name} is not playing anything.",
                "{name} no está reproduciendo nada.",
                name=name[:1].upper() + name[1:],
            )
        return request.error(_NO_PLAYER["en"], _NO_PLAYER["es"])

    def later(self, player: Player, method: str) -> Callable[[], None]:
        """To be called when "undo" is said."""

        def tell() -> None:
            with bus.session() as desktop:
                desktop.object(player.object.service, players.PATH).call(players.PLAYER, method)

        return tell

    def set_later(
        self, player: Player, property: str, signature: str, value: Any
    ) -> Callable[[], None]:
        """The same for a property."""

        def give_back() -> None:
            with bus.session() as desktop:
                service = desktop.object(player.object.service, players.PATH)
                service.set(players.PLAYER, property, signature, value)

        return give_back
