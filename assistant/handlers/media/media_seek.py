"""Where in a track, in which order, and how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from assistant.handlers import bus
from assistant.handlers.contract import Request, function
from assistant.handlers.media import players
from assistant.handlers.media.media_choice import MediaChoice, Named
from assistant.handlers.media.players import Player
from assistant.types import Reply

_STEP = dt.timedelta(seconds=30)


class MediaSeek(MediaChoice):
    """Ahead, back, from the start; shuffle and repeat."""

    @function(
        en=[
            "<ahead> [by] {length} [(in|through) <thing>]",
            "<ahead> <thing> [by] {length}",
            "(fast forward|skip ahead|skip forward|jump ahead|go forward) [(a bit|a little)]",
            "skip [the next] {length}",
        ],
        es=[
            "<ahead> [(unos|otros|los próximos)] {length}",
            "<ahead> <thing> (unos|en) {length}",
            "(adelanta|avanza|adelantar|avanzar|adelantá|avanzá|adelántale|adelántalo)"
            " [(un poco|<thing>)]",
            "(adelántale|adelántalo|salta) [(unos|otros)] {length}",
        ],
        help={"en": "skip ahead thirty seconds", "es": "adelanta treinta segundos"},
    )
    def ahead(self, request: Request, length: dt.timedelta = _STEP, player: Named = "") -> Reply:
        return self._seek(request, player, lambda now, _: now + length)

    @function(
        en=[
            "<back> [by] {length} [(in|through) <thing>]",
            "<back> <thing> [by] {length}",
            "(rewind|skip back|jump back|go back) (a bit|a little)",
            "rewind [<thing>]",
        ],
        es=[
            "<back> [(unos|otros|los últimos)] {length}",
            "<back> <thing> (unos|en) {length}",
            "(regresa|regrésale|regrésalo|devuelve|devuélvelo|retrocédele|rebobínalo) [(unos"
            "|otros)]"
            " {length}",
            "(retrocede|rebobina|retroceder|rebobinar|retrocedé|rebobiná)"
            " [(un poco|un poquito|<thing>)]",
        ],
        help={"en": "go back one minute", "es": "retrocede un minuto"},
    )
    def back(self, request: Request, length: dt.timedelta = _STEP, player: Named = "") -> Reply:
        return self._seek(request, player, lambda now, _: now - length)

    @function(
        en=[
            "(go|jump|skip|seek|move) to {length} [(in|into) [(it|<thing>)]]",
            "(go|jump) {length} (in|into) (it|<thing>)",
            "play (it|<thing>) from {length}",
        ],
        es=["(ve|ir|salta|vaya|andá|pasa) (al|a los|a las|a la|a) {length} [de <thing>]"],
    )
    def to(self, request: Request, length: dt.timedelta, player: Named = "") -> Reply:
        return self._seek(request, player, lambda _, __: length)

    @function(
        en=[
            "(start|begin|play) (it|this|that|<thing>) (over|again|from the beginning"
            "|from the start|from the top)",
            "(start over|restart|from the beginning|from the top|play it again)",
            "(<thing>|that one|this one) (again|one more time|once more)",
            "(restart|start over) (it|this|that|<thing>)",
            "(go|jump|skip) [back] to the (beginning|start) [of (it|<thing>)]",
        ],
        es=[
            "(empieza|empezar|empezá|comienza|pon|poné|reproduce) [<thing>]"
            " (de nuevo|otra vez|desde el principio|desde el comienzo|desde cero)",
            "(desde el principio|desde el inicio|ponla (otra vez|de nuevo)|pónmela (otra vez|de"
            " nuevo))",
            "(otra vez|de nuevo|una vez más) <thing>",
            "<thing> (otra vez|de nuevo|una vez más)",
            "(vuelve|volver|volvé) a empezar [<thing>]",
            "(vuelve|ve|volver) al (principio|comienzo|inicio) [de <thing>]",
            "(reinicia|reiniciar|reiniciá) <thing>",
        ],
        help={"en": "start the song over", "es": "pon la canción desde el principio"},
    )
    def restart(self, request: Request, player: Named = "") -> Reply:
        return self._seek(request, player, lambda _, __: dt.timedelta())

    @function(
        en=[
            "how (much|long) is (left|remaining) (of|in|on|for) <thing>",
            "how (much|long) of <thing> is (left|remaining)",
            "how long is <thing>",
            "how far (are we|am i) (in|into|through) <thing>",
        ],
        es=[
            "cuánto (queda|falta|le queda|le falta|dura) [(de|a|para que acabe)] <thing>",
            "por dónde va <thing>",
        ],
        ahead=True,
    )
    def position(self, request: Request, player: Named = "") -> Reply:
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            length = meant.track.length
            if length is None:
                raise request.error(
                    "{player} does not tell how long it is.",
                    "{player} no dice cuánto dura.",
                    player=meant.name,
                )
            now = meant.position()
        return request.say(
            "{left} left of {length}.",
            "Quedan {left} de {length}.",
            left=max(length - now, dt.timedelta()),
            length=length,
        )

    @function(
        en=[
            "(shuffle|shuffle on|mix it up|randomize) [<thing>]",
            "(turn on|switch on|enable|activate|start) (shuffle|shuffling|random) [mode]",
            "(turn|switch) (shuffle|random) [mode] on",
            "(shuffle|mix|mix up) <thing> [of songs]",
            "(play|put) <thing> (in random order|on shuffle|shuffled|randomly)",
            "(google|assistant) shuffle <thing>",
        ],
        es=[
            "(activa|activar|activá|pon|poné|poner|enciende) [el] [(modo|orden|la reproducción)]"
            " (aleatorio|aleatoria|al azar)",
            "(mezcla|mezclar|mezclá|baraja) <thing>",
            "(reproducción|orden|modo) (aleatoria|aleatorio|al azar)",
            "(pon|poné|reproduce|reproducir) <thing> (en modo aleatorio|al azar|en orden aleatorio"
            "|aleatoriamente)",
        ],
        help={"en": "shuffle the music", "es": "mezcla las canciones"},
    )
    def shuffle(self, request: Request, player: Named = "") -> Reply:
        return self._order(request, player, "Shuffle", "b", True, "Shuffled.", "Orden aleatorio.")

    @function(
        en=[
            "(turn off|switch off|disable|deactivate|stop) (shuffle|shuffling|random) [mode]",
            "(turn|switch) (shuffle|random) [mode] off",
            "(shuffle off|no shuffle)",
            "(play|put) <thing> in order",
        ],
        es=[
            "(desactiva|desactivar|desactivá|quita|apaga) [el] [(modo|orden|la reproducción)]"
            " (aleatorio|aleatoria|al azar)",
            "(pon|poné|reproduce) <thing> en orden",
        ],
    )
    def in_order(self, request: Request, player: Named = "") -> Reply:
        return self._order(request, player, "Shuffle", "b", False, "In order.", "En orden.")

    @function(
        en=[
            "(repeat|loop) [(this|the|that)] [current] (song|track|tune|one|episode|video)"
            " [(again|is being played|being played)]",
            "(put|play) (this|the|that) [(song|track|one)] on [a] (repeat|loop)",
            "(repeat|loop) one",
        ],
        es=[
            "(repite|repetir|repetí|repita|pon en bucle) (esta|la|este|el) <one> [actual]"
            " [(en bucle|siempre|sin parar)]",
            "(pon|poné|ponme|ponla|ponlo) [(esta|la|este|el|esto)] [<one>] en (bucle|repetición)",
        ],
        help={"en": "repeat this song", "es": "repite esta canción"},
    )
    def repeat_one(self, request: Request, player: Named = "") -> Reply:
        return self._order(
            request, player, "LoopStatus", "s", "Track",
            "This one again and again.", "Esta, una y otra vez.",
        )  # fmt: skip

    @function(
        en=[
            "(turn on|switch on|enable|activate) (repeat|repeating|loop|looping) [mode]",
            "(turn|switch) (repeat|loop) [mode] on",
            "(repeat|loop) (all|everything|the playlist|the album|my playlist|all songs|this album"
            "|this playlist)",
            "(repeat on|loop on|[put] it on (loop|repeat))",
        ],
        es=[
            "(activa|activar|activá|pon|poné) [(la|el)] [(modo de)] (repetición|bucle|repetir)",
            "(repite|repetir|repetí) (todo|toda la lista|la lista de reproducción|el disco|el álbum"
            "|todas|todas las canciones)",
        ],
    )
    def repeat_all(self, request: Request, player: Named = "") -> Reply:
        return self._order(
            request, player, "LoopStatus", "s", "Playlist",
            "Everything again and again.", "Todo, una y otra vez.",
        )  # fmt: skip

    @function(
        en=[
            "(turn off|switch off|disable|deactivate|stop) (repeat|repeating|loop|looping) [mode]",
            "(turn|switch) (repeat|loop) [mode] off",
            "(repeat off|loop off|no repeat)",
        ],
        es=[
            "(desactiva|desactivar|desactivá|quita|apaga) [(la|el)] [(modo de)]"
            " (repetición|bucle|repetir)",
            "(deja de|no) (repetir|repitas) [<thing>]",
        ],
    )
    def repeat_off(self, request: Request, player: Named = "") -> Reply:
        return self._order(
            request, player, "LoopStatus", "s", "None", "No repeating.", "Sin repetición."
        )

    def _seek(
        self,
        request: Request,
        player: str,
        to: Callable[[dt.timedelta, dt.timedelta | None], dt.timedelta],
    ) -> Reply:
        """To a position that is reckoned from the one now, and from the length of the track."""
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            if not meant.can("Seek"):
                raise request.error(
                    "{player} cannot move within this.",
                    "{player} no puede moverse dentro de esto.",
                    player=meant.name,
                )
            before = meant.position()
            meant.move_to(to(before, meant.track.length))
        return Reply("", request.language, undo=lambda: _move(meant, before))

    def _order(
        self, request: Request, player: str, name: str, signature: str, value: object,
        en: str, es: str,
    ) -> Reply:  # fmt: skip
        with bus.session() as desktop:
            meant = self.meant(desktop, request, player)
            if name not in meant.told:
                raise request.error(
                    "{player} cannot do that.", "{player} no puede hacer eso.", player=meant.name
                )
            meant.object.set(players.PLAYER, name, signature, value)
        before = meant.told[name]
        return request.say(en, es, undo=self.set_later(meant, name, signature, before))


def _move(player: Player, to: dt.timedelta) -> None:
    with bus.session() as desktop:
        for now in players.running(desktop):
            if now.object.service == player.object.service:
                now.move_to(to)
