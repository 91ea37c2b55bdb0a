"""Media players, whichever they are, through MPRIS.

https://specifications.freedesktop.org/mpris-spec/latest/ (positions and lengths in microseconds)
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote

from rapidfuzz import fuzz

from assistant.handlers.bus import Bus, Object
from assistant.handlers.bus_wire import BusError

PREFIX = "org.mpris.MediaPlayer2."
PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"

Status = Literal["Playing", "Paused", "Stopped"]
_ORDER: Mapping[str, int] = {"Playing": 0, "Paused": 1, "Stopped": 2}
_NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_PATIENCE = 0.3  # seconds for one player, so that one that hangs leaves time for the others
_ALIKE = 85  # of 100, for a name that was heard a little wrong


@dataclass(frozen=True, slots=True)
class Track:
    """What a player plays. Empty where it does not tell."""

    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    length: dt.timedelta | None = None
    id: str = ""

    @staticmethod
    def of(metadata: Mapping[str, Any]) -> Track:
        """Players differ in what they fill in, and in its types."""
        title = _text(metadata.get("xesam:title"))
        url = _text(metadata.get("xesam:url"))
        artists = metadata.get("xesam:artist") or metadata.get("xesam:albumArtist") or ()
        artists = [artists] if isinstance(artists, str) else artists
        length = metadata.get("mpris:length")
        return Track(
            _as_title(title or unquote(url.split("?")[0].rpartition("/")[2])),
            tuple(name for name in map(_text, artists) if name),
            _text(metadata.get("xesam:album")),
            dt.timedelta(microseconds=length) if isinstance(length, int) and length > 0 else None,
            _text(metadata.get("mpris:trackid")),
        )


@dataclass(frozen=True, slots=True)
class Player:
    """A player that runs, as it was when it was asked."""

    object: Object
    name: str  # as it calls itself: "VLC media player"
    entry: str  # its desktop entry, when it tells
    status: Status
    track: Track
    told: Mapping[str, Any]  # all properties of its Player interface
    schemes: tuple[str, ...] = ()  # of what it can open: "file", "http"

    @property
    def service(self) -> str:
        """Its name on the bus, without the instance: "vlc"."""
        return self.object.service.removeprefix(PREFIX).split(".")[0]

    @property
    def busy(self) -> bool:
        """Whether it plays. mpv calls itself stopped when it was idle before it got a file."""
        return self.status == "Playing" or (self.status == "Stopped" and bool(self.track.title))

    def can(self, what: str) -> bool:
        """One of the "Can..." properties; what a player does not tell, it may be able to do."""
        return bool(self.told.get(f"Can{what}", True))

    def tell(self, method: str, signature: str = "", *values: Any) -> None:
        self.object.call(PLAYER, method, signature, *values)

    def position(self) -> dt.timedelta:
        """Asked anew: no player announces it."""
        return dt.timedelta(microseconds=int(self.object.get(PLAYER, "Position")))

    def move_to(self, position: dt.timedelta) -> None:
        """Within the track. Some players have no track to name, and take only steps."""
        position = max(position, dt.timedelta())
        if self.track.length is not None:
            position = min(position, self.track.length)
        if self.track.id.startswith("/") and self.track.id != _NO_TRACK:
            self.tell("SetPosition", "ox", self.track.id, round(position / _MICROSECOND))
        else:
            self.tell("Seek", "x", round((position - self.position()) / _MICROSECOND))


_MICROSECOND = dt.timedelta(microseconds=1)


def running(bus: Bus) -> list[Player]:
    """Every player that answers, those that play first. One that hangs is left out."""
    found = []
    for name in bus.names(PREFIX):
        if not name.endswith(".playerctld"):  # stands for one of the others
            try:
                found.append(_ask(bus.object(name, PATH)))
            except BusError:
                continue
    return sorted(found, key=lambda player: _ORDER[player.status])


def _ask(player: Object) -> Player:
    told = player.get_all(PLAYER, _PATIENCE)
    root = player.get_all(ROOT, _PATIENCE)
    status: Status = told.get("PlaybackStatus", "Stopped")
    metadata = told.get("Metadata")
    return Player(
        player,
        _text(root.get("Identity")) or player.service.removeprefix(PREFIX),
        _text(root.get("DesktopEntry")),
        status if status in _ORDER else "Stopped",
        Track.of(metadata if isinstance(metadata, Mapping) else {}),
        told,
        tuple(map(_text, root.get("SupportedUriSchemes") or ())),
    )


def named(players: Iterable[Player], names: Sequence[str]) -> list[Player]:
    """The players that go by one of these names."""
    wanted = [" ".join(_words(name)) for name in names if _words(name)]
    return [player for player in players if any(_goes_by(player, name) for name in wanted)]


def _goes_by(player: Player, name: str) -> bool:
    for text in (player.name, player.service, player.entry):
        known = " ".join(_words(text))
        if f" {name} " in f" {known} " or fuzz.ratio(name, known) >= _ALIKE:
            return True
    return False


def preferred(players: Sequence[Player], last: str) -> Player | None:
    """The one that plays, else the one that was used last, else one that is paused."""
    if not players:
        return None
    playing = [player for player in players if player.busy]
    used = [player for player in playing or players if player.object.service == last]
    return (used or playing or list(players))[0]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _as_title(text: str) -> str:
    """The name of a file is no title: "02_Lady.mp3" is "02 Lady"."""
    if re.search(r"\.\w{2,4}$", text) and " ." not in text:
        text = text.rpartition(".")[0].replace("_", " ")
    return text


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
