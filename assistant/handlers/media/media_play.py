"""Playing: going on with what was paused, and what is asked for by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from assistant import paths
from assistant.handlers import bus
from assistant.handlers.bus_wire import BusError
from assistant.handlers.contract import Request, function
from assistant.handlers.desktop import launching
from assistant.handlers.desktop.installed import names_of
from assistant.handlers.media import players
from assistant.handlers.media.media_choice import MediaChoice, Named
from assistant.handlers.media.music import Kind, Piece
from assistant.handlers.media.players import Player
from assistant.types import Reply

_KINDS: Mapping[str, Kind] = {
    "(song|track|tune)": "track",
    "songs": "",
    "(album|record|cd)": "album",
    "(artist|band|group|singer|musician)": "artist",
    "(playlist|play list|list)": "playlist",
    "podcast": "podcast",
    "(audiobook|audio book|book)": "audiobook",
    "(movie|film|video|show|series)": "movie",
    "genre": "genre",
    "(canción|pista|tema)": "track",
    "(álbum|disco)": "album",
    "(artista|grupo|banda|cantante)": "artist",
    "(lista|lista de reproducción|lista de canciones)": "playlist",
    "audiolibro": "audiobook",
    "(película|peli|vídeo|serie)": "movie",
    "género": "genre",
}
_OPENS_FILES = frozenset("file http https ftp sftp smb".split())

Sort = Annotated[str, _KINDS]
What = Annotated[str, 10]
Who = Annotated[str, 6]
_MOODS = (
    "(tranquila|tranquilo|relajante|relajada|suave|alegre|romántica|movida|movido|clásica|lenta"
    "|instrumental|ambiental|animada|infantil|navideña|vieja|triste|electrónica)"
)
_GENRES = (
    "(cumbia|cumbias|salsa|bachata|merengue|reguetón|reggaetón|tango|boleros|rancheras|corridos"
    "|flamenco|jazz|rock|pop|rap|trap|blues|reggae|samba|folclore|norteñas|mariachi|villancicos"
    "|ópera)"
)
Style = Annotated[str, {"es": {_MOODS: None, _GENRES: None}}]
"""Kinds of music that Spanish asks for right after "pon", which turns on many other things."""


class MediaPlay(MediaChoice):
    """Go on, or play something."""

    @function(
        en=[
            "(play|resume|continue|unpause|start|keep playing|carry on|go on playing|hit play"
            "|press play|play it|continue playing|play on)",
            "(resume|continue|unpause|restart playing|keep playing|go on with|carry on with"
            "|continue playing|start|start playing|put on|play|play back|let me hear"
            "|continue with|resume playing) (it|<thing>) [<on>]",
            "(play|resume|continue|unpause) (<on>|[the] {player})",
            "(play|put on|turn on|start|run) (some|any|a little|a bit of|my|the|a|more|great)"
            " (music|songs|tunes|song|tune|something)",
            "(play|put on) (something|anything|whatever) [you (like|want)]",
            "(put|get|switch|turn) (some|any|a little|a bit of|the|my) (music|songs|tunes)"
            " (on|going)",
            "[[i] (want|wish|like|need) to] (hear|listen to) (some|any|my|great)"
            " (music|songs|song|tunes|something)",
            "(music|radio) [on]",
            "(turn|switch) (on the|on my|on) (radio|music)",
            "(play|run|start|listen to|put on) [(the|some|my|all|all the|all my)] (music|songs"
            "|tunes)"
            " (from|in|on|of|off) [(the|this|that|my|the current)] (playlist|play list|library"
            "|album"
            "|collection|phone|computer|laptop|folder|music folder)",
            "(listen to|play|hear) (this|that|the current|the same) <one> [now]",
            "(continue|play|go on with|start) [(the|my|this|that)] (last|recent|recently"
            "|previously)"
            " [(played|heard|paused|used|added)] <thing>",
            "(start|resume|continue|go on) (reading|listening to|playing|with) [(the|my|this|that)]"
            " (book|audiobook|audio book|podcast|playlist|music|song|album) [please]",
            "(open|start|launch) [(the|my)] (playlist|play list|music player|media player)",
        ],
        es=[
            "(reproducir|reproduce|play|continúa|continuar|continua|reanuda|reanudar|reanudá"
            "|continuá|sigue reproduciendo|dale al play|sigue sonando)",
            "<resume> <thing> [<on>]",
            "<resume> [(a|el|la|en)] {player}",
            "(pon|ponme|poné|poneme|ponga|poner|reproduce|toca|tocá|quiero escuchar|quiero oír)"
            " [(algo de|un poco de|alguna|mi|la|una)] (música|canciones|canción)",
            "(pon|ponme|poné) algo",
            "música [por favor]",
        ],
        help={"en": "play some music", "es": "pon música"},
    )
    def resume(self, request: Request, player: Named = "") -> Reply:
        with bus.session() as desktop:
            there = players.running(desktop)
            if player:
                there = players.named(there, names_of(self.installed, player))
            ready = [p for p in there if p.status != "Stopped" or p.track.title]
            meant = players.preferred(ready, self._last)
            if meant is not None:
                return self._go_on(request, meant)
        if player:
            raise self.none(request, player)
        return self._start(request, self.music.find(""), "", "")

    @function(
        en=[
            "<play> {what} [<by_player>]",
            "<hear> some {what}",
            "<hear> {what} (by|from) {artist} [<by_player>]",
            "<hear> [(the|a|some|my)] {sort} [(called|named|titled|by|of)] {what} [<by_player>]",
            "<hear> [(the|a|some|my)] {sort} {what} by {artist}",
            "<hear> [(some|any|a few)] (music|songs|tunes|a song) (by|from|of) {artist}",
            "<play> (something|anything) (by|from|of) {artist}",
            "<hear> [(my|the|a|some|any)] {what} (music|songs|{sort})",
            "(resume|continue|start|start reading) [(the|my|an)] {sort} {what}",
            "resume [playing] {what}",
            "<hear> all [(the|of the|my)] (music|songs|tunes) (by|from|of) {artist}",
            "(start|continue|resume) (reading|listening to) [(the|my|that|this)] {what} {sort}",
            "put {what} (music|songs|{sort}) on",
        ],
        es=[
            "<play> {what} [<by_player>]",
            "<put> {what} <by_player>",
            "<put> (el|la|los|las|un|una|mi) {sort} [(llamada|llamado|de|titulada)] {what}"
            " [<by_player>]",
            "<play> {sort} [(llamada|llamado|de|titulada)] {what} [<by_player>]",
            "<put> (algo|música|canciones|algo de música|alguna canción|una canción)"
            " (de|del grupo) {artist}",
            "<put> [(el|la)] {sort} {what} de {artist}",
            "<put> {what} {sort} [<by_player>]",
            "(pon|ponme|poner|ponga|ponnos) [(algo|algo de|un poco de|una|unas|unos|un)] [(música"
            "|canciones|canción)]"
            " [(más|muy|bien)] {style}",
            "<put> (música|canciones|algo) para {what} [<by_player>]",
        ],
        help={"en": "play some jazz", "es": "pon algo de jazz"},
    )
    def play(
        self,
        request: Request,
        what: What = "",
        sort: Sort = "",
        artist: Who = "",
        player: Named = "",
        style: Style = "",
    ) -> Reply:
        what = what or style
        kind: Kind = sort  # type: ignore[assignment]  # the values of _KINDS
        found = self.music.find(what, kind, artist)
        if not found and artist:  # "stand by me": the title has a "by" of its own
            found = self.music.find(f"{what} {request.pick('by', 'de')} {artist}", kind)
        if not found:
            raise request.error(
                "I find no {what} in your music.",
                "No encuentro {what} en tu música.",
                what=" ".join(filter(None, (what, artist))) or "that",
            )
        return self._start(request, found, what or artist, player)

    def _go_on(self, request: Request, meant: Player) -> Reply:
        self._last = meant.object.service
        if meant.status == "Playing":
            return request.say("It is playing.", "Ya está sonando.")
        meant.tell("Play")
        return Reply("", request.language, undo=self.later(meant, "Pause"))

    def _start(self, request: Request, pieces: Sequence[Piece], what: str, named: str) -> Reply:
        """With a player that runs and takes files, else with one that is started for it."""
        if not pieces:
            raise request.error(
                "I find no music in your music folder.",
                "No encuentro música en tu carpeta de música.",
            )
        file = pieces[0].file.path if len(pieces) == 1 else _playlist(pieces)
        said = request.say("Playing {what}.", "Suena {what}.", what=_called(request, pieces, what))
        with bus.session() as desktop:
            there = players.running(desktop)
            for other in there:
                if other.busy:
                    other.tell("Pause" if other.can("Pause") else "Stop")
            if named:
                there = players.named(there, names_of(self.installed, named))
            takers = [player for player in there if _OPENS_FILES & set(player.schemes)]
            taker = players.preferred(takers, self._last)
            if taker is not None:
                return self._open(said, taker, file)
        command = self.music.program(self.installed, named)
        if not command:
            raise request.error(
                "There is no program here that plays music.",
                "Aquí no hay ningún programa que reproduzca música.",
            )
        launching.start([*command, str(file)], screen=False)
        return said

    def _open(self, said: Reply, player: Player, file: Path) -> Reply:
        self._last = player.object.service
        player.tell("OpenUri", "s", file.as_uri())
        try:
            player.tell("Play")  # one that was paused stays so with some
        except BusError:
            return said  # it plays as it is
        return said


def _called(request: Request, pieces: Sequence[Piece], what: str) -> str:
    """What will be heard, as its tags have it; else as it was asked for."""
    if len(pieces) > 1:
        return what or request.pick("your music", "tu música")
    piece = pieces[0]
    title = piece.title or piece.file.path.stem
    by = request.pick("by", "de")
    return f"{title} {by} {piece.artist}" if piece.artist else title


def _playlist(pieces: Sequence[Piece]) -> Path:
    """A list that every player reads. A name with a line break in it would add lines to it."""
    lines = [text for piece in pieces if (text := str(piece.file.path)).isprintable()]
    path = paths.private_dir(paths.cache_dir()) / "playing.m3u8"
    path.touch(paths.OWNER_ONLY)
    path.write_text("\n".join(["#EXTM3U", *lines, ""]), "utf-8")
    return path
