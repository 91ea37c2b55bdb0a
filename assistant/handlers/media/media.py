"""Whatever plays on this machine: pause, go on, next, and what it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Annotated, ClassVar

from assistant.handlers import bus
from assistant.handlers.contract import ByLanguage, Listed, Request, function
from assistant.handlers.media.media_play import MediaPlay
from assistant.handlers.media.media_seek import MediaSeek
from assistant.handlers.media.media_words import RULES
from assistant.handlers.media.players import Track
from assistant.types import Reply

Named = Annotated[str, Listed("players")]
_NEW_TRACK = 0.5  # seconds that a player may take to tell what it plays now


class Media(MediaSeek, MediaPlay):
    """Pause, go on, next, previous; where in a track, in `MediaSeek`; what to play, in
    `MediaPlay`."""

    name = "media"
    topic: ClassVar[ByLanguage] = {
        "en": "[(the|my)] (music|media|player|players|songs|videos)",
        "es": "[(la|el|los)] (música|reproductor|reproductores|canciones|vídeos)",
    }
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    def phrases(self, language: str) -> list[str]:
        return ["En pausa.", "Siguiente."] if language == "es" else ["Paused.", "Next."]

    @function(
        en=[
            "(pause|halt|hold) [(it|that|this|<thing>)] [<on>]",
            "pause [the] {player}",
            "(stop|end) (<thing>|playing) [(it|that|this|<thing>)] [<on>]",
            "(turn|switch|shut) off <thing>",
            "(turn|switch|shut) <thing> off",
            "(take a break from|stop playing) [(it|that|this|<thing>)]",
            "no more music",
        ],
        es=[
            "<pause> <thing> [<on>]",
            "(pausa|pausar|pausá|pause|parar|pon en pausa|ponlo en pausa|páusalo)",
            "(pausa|pausar|pausá|pon en pausa) [(a|el|la)] {player}",
            "(apaga|apagar|apagá|apague|quita|quitar|quitá|corta) <thing>",
            "(deja|para) de (reproducir|tocar|poner) [<thing>]",
            "(deja|para) de sonar <thing>",
            "pon <thing> en pausa",
            "no más música",
        ],
        help={"en": "pause the music", "es": "pausa la música"},
    )
    def pause(self, request: Request, player: Named = "") -> Reply:
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            if not meant.busy:
                raise request.error("Nothing is playing.", "No está sonando nada.")
            meant.tell("Pause" if meant.can("Pause") else "Stop")
        return request.say("Paused.", "En pausa.", undo=self.later(meant, "Play"))

    @function(
        en=["(stop|end) [the] {player}", "stop (playback|playing|the music) completely"],
        es=[
            "(detén|detener|detené|para|parar|pará) [(el|a|la)] {player}",
            "(detén|para) la (música|reproducción) del todo",
        ],
    )
    def stop(self, request: Request, player: Named = "") -> Reply:
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            meant.tell("Stop")
        return request.say("Stopped.", "Detenido.", undo=self.later(meant, "Play"))

    @function(
        en=[
            "(next|skip|pass|another one)",
            "(skip|next) (it|this|that|<thing>|this one|that one)",
            "[(play|go to|skip to|move to|move on to|jump to|proceed to|advance to|go on to"
            "|continue to"
            "|continue with|take me to|switch to|i want|i need|i am needing|give me"
            "|put on|let me hear|can i hear|let us hear|start)] [the] next <one>"
            " [(played|to be played|now|instead)] [<on>]",
            "(skip|skip past|skip over|change|pass|get past) (this|the|that) <one> [<then>]",
            "i do not (want to hear|like|want) (this|that) <one> [(skip it|skip|next|change it"
            "|<then>)]",
            "(i want|i am needing) the next <one> (played|to be played)",
            "(play|put on) (another|a different) <one>",
            "(next|skip) <on>",
            "can i hear the <one> after this one",
            "change (the|this) <one> [it sucks [so bad]]",
        ],
        es=[
            "(siguiente|salta|saltar|saltá|sáltala|sáltalo|pasa|otra)",
            "<skip> [(a|la|el|a la|al|esta|este|esa|ese|de)] [siguiente] <one> [<on>]",
            "<skip> (esto|esta|este|esa)",
            "[(pon|poné|poner|reproduce|reproducir|quiero|ponme|toca|dame|pasa a|ve a|salta a"
            "|escuchar)] (la|el) (siguiente|próxima|próximo) [<one>] [<on>]",
            "(pon|ponme|poné|quiero) (otra|otro) <one>",
            "no me gusta (esta|este|esto) [<one>] (la (siguiente|próxima)|pasa|pásala|sáltala|otra"
            "|cámbiala|cambia)",
            "no me gusta (esta|este) <one>",
            "<skip> [esto] <on>",
        ],
        help={"en": "next song", "es": "siguiente canción"},
    )
    def next(self, request: Request, player: Named = "") -> Reply:
        return self._go(request, player, "Next", "Previous")

    @function(
        en=[
            "(previous|go back|replay|back)",
            "[(play|go to|go back to|skip back to|skip to|back to|return to|i want|replay|repeat"
            "|put on)] [the] (previous|last) <one> [again] [<on>]",
            "(go back|back|previous|rewind) (a|one) <one>",
            "(back one|go back) <one>",
            "(replay|repeat) the (last|previous) <one>",
            "(previous|go back) <on>",
        ],
        es=[
            "(anterior|la anterior|volver|atrás|otra vez la anterior|oír de nuevo)",
            "(oír|escuchar|reproducir|ver) (de nuevo|otra vez|una vez más) [<on>]",
            "[(pon|poné|poner|reproduce|reproducir|vuelve a|volver a|volvé a|ve a|quiero|ponme|toca"
            "|escuchar|oír|ver|regresa a|repite)] [(la|el)] <one> (anterior|previa|previo)"
            " [(de nuevo|otra vez)] [<on>]",
            "[(pon|poné|reproduce|reproducir|vuelve a|volver a|ver|oír|escuchar|ver otra vez"
            "|repite)] [(la|el)] (último|última) (<one>|medio) [(de nuevo|otra vez)] [<on>]",
            "(reproducir|pon|poner|reproduce) [(la|el)] anterior [<on>]",
        ],
        help={"en": "previous song", "es": "canción anterior"},
    )
    def previous(self, request: Request, player: Named = "") -> Reply:
        return self._go(request, player, "Previous", "Next")

    @function(
        en=[
            "(what|which) (song|music|track|tune|album|artist|band|video|podcast|piece) (is|am i)"
            " [(this|that|it|on|playing|hearing|listening to)] [<what_on>]",
            "what (is|am i) (playing|listening to|hearing) [(<what_on>|<on>)]",
            "what is (this|that|the|the current) (song|tune|track|music|piece) [called]"
            " [<what_on>]",
            "what is this",
            "(what is|tell me|name|say|give me|check|i need|i want) [(the|this|that)]"
            " [(name|title)] [of] (the|this|that) [(current|playing)]"
            " (song|track|tune|music|piece|video) [(name|title|artist)] [called] [<what_on>]",
            "(who is|what is) (playing|singing|this by|the artist|the singer|the band|this artist)"
            " [<what_on>]",
            "who (sings|sang|sung|made|plays|is) (this|that|it) [song]",
            "who is (the|this) (artist|singer|band) [of] [(the|this)] [song] [<what_on>]",
            "(tell me|what is) the artist [name] [of this song]",
            "(what|which) (song|track) is (playing|on) <on>",
            "(nice|cool|great|good) song what is it [called]",
            "(give me|tell me) (information|info) (on|about) [the] song <what_on>",
        ],
        es=[
            "qué (canción|música|tema|pista|grupo|disco|álbum|vídeo|video) (es|suena|está sonando"
            "|es esta|es este|es esa|estoy escuchando|se está reproduciendo|hay puesta|escucho)"
            " [ahora]",
            "qué (suena|está sonando|estoy escuchando|se está reproduciendo|escucho) [ahora]",
            "(cómo se llama|dime el nombre de|dime el título de|cuál es el título de|cuál es|dime"
            "|cuál es el nombre de) (la|esta|esa|este) (canción|pista|tema|música)"
            " [(que suena|que está sonando|actual)]",
            "(quién|quiénes) (canta|cantan|toca|tocan|es) [(esto|esta canción|este tema|el artista"
            "|el cantante)]",
            "de quién es (esta canción|esto|este tema)",
            "qué (suena|está sonando|hay) <on>",
        ],
        help={"en": "what song is this", "es": "qué canción es esta"},
        ahead=True,
    )
    def playing(self, request: Request, player: Named = "") -> Reply:
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
        track = meant.track
        if meant.status == "Stopped" and not meant.busy:
            return request.say("Nothing is playing.", "No está sonando nada.")
        if not (track.title or track.artists):
            return request.say("{player} does not tell.", "{player} no lo dice.", player=meant.name)
        said = described(request, track)
        if meant.status == "Paused":
            return request.say("{track}, paused.", "{track}, en pausa.", track=said)
        return request.say("This is {track}.", "Es {track}.", track=said)

    def _go(self, request: Request, player: str, way: str, back: str) -> Reply:
        """To another track; what it is, when the player soon tells."""
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            if not meant.can(f"Go{way}"):
                raise request.error(
                    "{player} has nothing to go to." , "{player} no tiene nada más.",
                    player=meant.name,
                )  # fmt: skip
            properties = "org.freedesktop.DBus.Properties"
            with desktop.signals(
                properties, "PropertiesChanged", service=meant.object.service
            ) as changes:
                meant.tell(way)
                track = _after(changes, meant.track)
        undo = self.later(meant, back)
        if track is None or not track.title:
            return request.say(*_WAYS[way], undo=undo)
        return request.say("{track}.", "{track}.", track=described(request, track), undo=undo)


_WAYS = {"Next": ("Next.", "Siguiente."), "Previous": ("The one before.", "La anterior.")}


def described(request: Request, track: Track) -> str:
    """ "Lady by Kenny Rogers"."""
    if not track.artists:
        return track.title or track.album
    artists = request.say("{artists}", artists=list(track.artists)).text
    return f"{track.title} {request.pick('by', 'de')} {artists}" if track.title else artists


def _after(changes: bus.Signals, before: Track) -> Track | None:
    """The track that a player changes to; None when it does not tell in time."""
    deadline = time.monotonic() + _NEW_TRACK
    while (left := deadline - time.monotonic()) > 0:
        change = changes.next(left)
        if change is None:
            break
        metadata = change.values[1].get("Metadata")
        if metadata and (track := Track.of(metadata)) != before and track.title:
            return track
    return None
