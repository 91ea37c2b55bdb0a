"""Silence, and the sound back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pulsectl

from assistant.handlers.contract import Family, Request, function
from assistant.handlers.sound import pulse
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.types import Reply

_AN_HOUR = dt.timedelta(hours=1)
_LONGEST = dt.timedelta(days=1)


class Muting(Family):
    """The part of `Volume` that turns the sound off and on; its rules are there. due: where it is
    kept that the sound comes back."""

    due: DueStore

    @function(
        en=[
            "(mute|silence) [(yourself|<vol>|[the] speaker|[the] speakers|everything|it|all"
            "|the music)]",
            "mute (sound|audio) (from|on|of) [the] (speaker|speakers)",
            "(touch|press|hit|push) [the] mute [button]",
            "(set|turn on|switch on|use|put on|go on|do) mute [<a_while>]",
            "(mute|silence) (your|the|my|this) (settings|setting|system|device|laptop|computer"
            "|output"
            "|phone|notifications)",
            "(stop|cut|end) <vol>",
            "(turn|switch|shut) off <vol>",
            "(turn|switch|shut) <vol> off",
            "sound off",
            "mute (all|your) (responses|answers|sounds)",
            "[(mute|silence|be muted|stay muted|mute yourself)] <a_while>",
            "(go|go into|go to|switch to|change to|activate|enable|enter|put it in) [(the|your)]"
            " (silent|mute|quiet|silence) [mode]",
            "[(turn on|set)] (silent|mute|quiet|silence|muted) mode",
            "(go|stay|be) on mute",
            "(put|set|turn|switch|keep|place) (yourself|it|this|<vol>|<heard>|everything) (on"
            "|to|in)"
            " (mute|silent|silence|quiet)",
            "(no|no more|cut the|kill the) (sound|sounds|audio|volume)",
            "(turn|switch|shut) (off the|the) speakers [off]",
        ],
        es=[
            "(silencia|silencie|silenciar|silenciá|enmudece|mutea) [(<vol>|el altavoz|los altavoces"
            "|todo|la música|la reproducción|el reproductor)] [de aquí]",
            "(quita|quite|quitar|quitá|apaga|apagar|corta) <vol> [de aquí]",
            "(pon|ponte|ponlo|poné) [en] silencio [(la música|el reproductor|todo)]",
            "(sin sonido|sin volumen|modo silencioso|modo silencio)",
            "(activa|activar|pon|poner|pasa a) [el] modo (silencio|silencioso)",
            "(no quiero|que no haya|corta el) (sonido|ruido)",
            "(silencio|mudo) (un rato|un momento|hasta nuevo aviso|hasta que te diga|por ahora)",
        ],
        help={"en": "mute the sound", "es": "quita el sonido"},
    )
    def mute(self, request: Request) -> Reply:
        undo = _switch(muted=True)
        return Reply("", request.language, undo=undo)  # a reply would not be heard

    @function(
        en=[
            "(mute|silence) [(yourself|<vol>|[(the|my)] speaker|[(the|my)] speakers|everything|it"
            "|all|the"
            " music)] (for|during) [the next] ({length}|hour)",
            "(be|keep|stay|go|remain) (quiet|silent|muted|mute|on mute|still) (for|during) [the"
            " next]"
            " ({length}|hour)",
            "(turn|switch|shut) (off <vol>|<vol> off) (for|during) [the next] ({length}|hour)",
            "(no (sound|talking|noise)|shut up|do not (talk|speak|make a sound)) (for|during)"
            " [the next] ({length}|hour)",
        ],
        es=[
            "(silencia|silencie|silenciar|silenciá|enmudece|mutea|silencio|quita <vol>|apaga <vol>)"
            " [(<vol>|todo|la música|los altavoces)] (durante|por) [(los|las|la) (próximos|próximas"
            "|próxima)] ({length}|hora)",
            "(guarda silencio|cállate|quédate callado|no hables|no hagas ruido) (durante|por)"
            " ({length}|hora)",
        ],
        help={"en": "mute the sound for ten minutes", "es": "silencia durante diez minutos"},
    )
    def mute_for(self, request: Request, length: dt.timedelta = _AN_HOUR) -> Reply:
        """The sound comes back as by a command for later, so that it outlives the program."""
        if not dt.timedelta(seconds=1) <= length <= _LONGEST:
            raise request.error(
                "I can be mute for a second to a day.",
                "Puedo estar en silencio desde un segundo hasta un día.",
            )
        back = request.pick("turn the sound back on", "activa el sonido")
        unmute = _switch(muted=True)
        later = self.due.add(self.due.after("command", length, request.now, back, request.language))

        def undo() -> None:
            self.due.remove([later])
            unmute()

        return Reply("", request.language, undo=undo)  # a reply would not be heard

    @function(
        en=[
            "unmute [(yourself|<vol>|the speaker|the speakers|everything|it|the music)]",
            "(turn|switch) [back] on <vol>",
            "(turn|switch) <vol> [back] on [again]",
            "(sound|audio) [back] on",
        ],
        es=[
            "(activa|activar|enciende|pon|devuelve|reactiva|vuelve a poner) (el sonido|el audio)",
            "(quita el silencio|desmutea|quitar el silencio)",
        ],
        help={"en": "turn the sound back on", "es": "activa el sonido"},
    )
    def unmute(self, request: Request) -> Reply:
        undo = _switch(muted=False)
        return request.say("The sound is on.", "El sonido está activado.", undo=undo)


def _switch(*, muted: bool) -> Callable[[], None]:
    """Turn the sound on or off; what is returned takes that back."""
    before: list[tuple[str, pulse.Loudness]] = []

    def switch(server: pulsectl.Pulse) -> None:
        speaker = pulse.speaker(server)
        before.append((speaker.name, pulse.loudness(speaker)))
        server.mute(speaker, muted)

    pulse.ask(switch)
    return lambda: give_back(before)


def give_back(before: list[tuple[str, pulse.Loudness]]) -> None:
    """To the speaker that was changed, even if another one is used by now."""

    def give_back(server: pulsectl.Pulse) -> None:
        for name, loudness in before:
            pulse.set_loudness(server, server.get_sink_by_name(name), loudness)

    pulse.ask(give_back)
