"""The volume of the machine, through PulseAudio or PipeWire."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

import pulsectl

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Family, Request, function
from assistant.types import Reply

T = TypeVar("T")

_PATIENCE = 1.5  # seconds; a healthy server answers in milliseconds
_STEP = 10  # percent
_NO_SERVER = {
    "en": "There is no sound server on this machine.",
    "es": "No hay ningún servidor de sonido en esta máquina.",
}
_NO_SPEAKER = {
    "en": "There is no speaker to set.",
    "es": "No hay ningún altavoz que ajustar.",
}


class Volume(Family):
    name = "volume"
    topic: ClassVar[ByLanguage] = {"en": "[the] (volume|sound)", "es": "[el] (volumen|sonido)"}
    rules: ClassVar[Mapping[str, ByLanguage]] = {
        "en": {
            "vol": "[(the|your|my)] [(speaker|speakers|system|master|music|audio|sound)]"
            " (volume|volume level|sound level|sound|audio)"
            " [(of|on|for) (the|your|my) (music|speaker|speakers|computer|laptop|device|system)]",
            "some": "[(a bit|a little|a little bit|some|a lot|slightly|some more|a notch)]",
        },
        "es": {
            "vol": "[(el|tu|mi|del|al)] (volumen|sonido|audio|nivel de volumen)"
            " [(de la música|del altavoz|de los altavoces|del ordenador|del sistema|del equipo"
            "|de la computadora)]",
            "some": "[(un poco|un poquito|algo|mucho|bastante|un poco más|más|un pelín)]",
            "up": "(sube|suba|subí|aumente|subir|súbele|subas|aumenta|aumentar|incrementa"
            "|incrementar|eleva)",
            "down": "(baja|baje|reduzca|bajar|bájale|bajes|reduce|reducir|disminuye|disminuir)",
        },
    }

    def phrases(self, language: str) -> list[str]:
        said = "Volumen al {}." if language == "es" else "Volume {}."
        return [said.format(spoken.percent(level, language)) for level in range(0, 101, _STEP)]

    def unavailable(self) -> ByLanguage | None:
        try:
            _ask(lambda server: server.server_info())
        except FunctionError as error:
            return {"en": error.speech("en"), "es": error.speech("es")}
        return None

    @function(
        en=[
            "(set|change|turn|put|adjust|make|bring|raise|lower|increase|decrease|reduce|turn up"
            "|turn down|drop|crank) <vol> [(up|down)] (to|at) {level}",
            "(set|change|turn|put|adjust|make) <vol> {level}",
            "(set|turn|bring|put|crank) it (up|down) to {level}",
            "<vol> [(to|at)] {level}",
            "(turn|crank) (up|down) <vol> to {level}",
        ],
        es=[
            "(pon|ponga|poné|poner|ponme|pongas|ajusta|ajustar|cambia|cambiar|fija|fijar|deja"
            "|dejar|establece"
            "|configura) <vol> (a|al|en|en el) [nivel] {level}",
            "(<up>|<down>) <vol> (a|al|hasta|hasta el) {level}",
            "(súbelo|bájalo|ponlo) (a|al|hasta|hasta el) {level}",
            "<vol> [(a|al|en|en el)] {level}",
        ],
        help={"en": "set the volume to fifty percent", "es": "pon el volumen al cincuenta"},
        ahead=True,
    )
    def set(self, request: Request, level: int) -> Reply:
        if not 0 <= level <= 100:
            raise request.error(
                "The volume goes from zero to one hundred.", "El volumen va de cero a cien."
            )
        return _change(request, lambda _: level)

    @function(
        en=[
            "(turn|crank|put|bring|move) <vol> up <some>",
            "(turn|crank|pump|bring) up <vol> <some>",
            "(increase|raise|boost|pump up) <vol> <some>",
            "(turn|crank|bring) <vol> up by {by}",
            "(increase|raise|boost|turn up) <vol> by {by}",
            "<vol> up [[by] {by}]",
            "(turn|crank|bring) it up <some>",
            "turn it up by {by}",
            "<some> louder",
            "(speak|talk|make it|be|play it|go|make that) <some> louder",
            "(speak up|more volume)",
            "(i can not hear you|i can hardly hear you|it is too quiet|too quiet|you are too"
            " quiet)",
        ],
        es=[
            "<up> <vol> <some>",
            "<up> <some> <vol>",
            "<up> [(un|en un|en)] {by} <vol>",
            "<up> <vol> [(un|en un|en)] {by}",
            "(súbelo|súbele|sube) <some>",
            "<some> más (alto|fuerte|volumen)",
            "más alto",
            "(habla|hablar|hable|ponlo|suena) <some> más (alto|fuerte)",
            "no te (oigo|escucho) [bien]",
        ],
        help={"en": "turn it up", "es": "sube el volumen"},
        ahead=True,
    )
    def up(self, request: Request, by: int = _STEP) -> Reply:
        return _change(request, lambda level: level + by)

    @function(
        en=[
            "(turn|put|bring|move) <vol> down <some>",
            "(turn|bring) down <vol> <some>",
            "(lower|decrease|reduce|drop) <vol> <some>",
            "(turn|bring) <vol> down by {by}",
            "(lower|decrease|reduce|turn down|drop) <vol> by {by}",
            "<vol> down [[by] {by}]",
            "(turn|bring) it down <some>",
            "turn it down by {by}",
            "<some> (quieter|softer)",
            "(speak|talk|make it|be|play it) <some> (quieter|softer|more quietly|less loud)",
            "less volume",
            "not so loud",
            "(it is too loud|too loud|you are too loud|that is too loud)",
        ],
        es=[
            "<down> <vol> <some>",
            "<down> <some> <vol>",
            "<down> [(un|en un|en)] {by} <vol>",
            "<down> <vol> [(un|en un|en)] {by}",
            "(bájalo|bájale|baja) <some>",
            "<some> más (bajo|bajito|flojo)",
            "menos volumen",
            "(habla|hablar|hable|ponlo|suena) <some> más (bajo|bajito|flojo)",
            "(está|suena|hablas) (muy|demasiado) (alto|fuerte)",
        ],
        help={"en": "turn it down", "es": "baja el volumen"},
        ahead=True,
    )
    def down(self, request: Request, by: int = _STEP) -> Reply:
        return _change(request, lambda level: level - by)

    @function(
        en=[
            "(set|turn|put|crank|bring) <vol> [up] [to] [(the|its|full|all the way)]"
            " (max|maximum|full|loudest|highest|loudest setting)",
            "(max|maximum|full) <vol>",
            "(turn it|turn <vol>) (all the way|fully) up",
            "as loud as (possible|you can)",
        ],
        es=[
            "(pon|poner|<up>) <vol> (al|a tope|al máximo|a lo máximo|a todo) [(máximo|tope"
            "|volumen)]",
            "(a todo volumen|volumen máximo|volumen a tope|a tope|volumen al máximo)",
        ],
        ahead=True,
    )
    def full(self, request: Request) -> Reply:
        return _change(request, lambda _: 100)

    @function(
        en=[
            "mute [(yourself|<vol>|the speaker|the speakers|everything|it|the music)]",
            "(turn|switch|shut) off <vol>",
            "(turn|switch|shut) <vol> off",
            "sound off",
        ],
        es=[
            "(silencia|silencie|silenciar|enmudece|mutea) [(<vol>|el altavoz|los altavoces|todo"
            "|la música)]",
            "(quita|quitar|apaga|apagar|corta) <vol>",
            "(pon|ponte|ponlo) en silencio",
            "sin sonido",
        ],
        help={"en": "mute the sound", "es": "quita el sonido"},
    )
    def mute(self, request: Request) -> Reply:
        _ask(lambda server: server.mute(_speaker(server), True))
        return Reply("", request.language)  # a reply would not be heard

    @function(
        en=[
            "unmute [(yourself|<vol>|the speaker|the speakers|everything|it|the music)]",
            "(turn|switch) [back] on <vol>",
            "(turn|switch) <vol> [back] on [again]",
            "(sound on|sound back on)",
        ],
        es=[
            "(activa|activar|enciende|pon|devuelve|reactiva|vuelve a poner) (el sonido|el audio)",
            "(quita el silencio|desmutea|quitar el silencio)",
        ],
        help={"en": "turn the sound back on", "es": "activa el sonido"},
    )
    def unmute(self, request: Request) -> Reply:
        _ask(lambda server: server.mute(_speaker(server), False))
        return request.say("The sound is on.", "El sonido está activado.")

    @function(
        en=[
            "what is <vol> [(at|level|set to|now|level now)]",
            "(what volume|what volume level) (are you at|is it|are we at|is it at|is it set to)",
            "how loud (are you|is it|is <vol>)",
            "(tell me|check|show me|say|get) <vol>",
            "volume level",
            "is <vol> (on|off|muted)",
            "are you muted",
        ],
        es=[
            "(cuál es|dime|qué tal está|cómo está) <vol>",
            "(a qué|en qué|qué) (volumen|nivel) (está|estás|hay|tienes|de volumen hay)",
            "a cuánto está <vol>",
            "(qué nivel de volumen hay|nivel de volumen)",
            "está [<vol>] (silenciado|quitado|activado)",
        ],
        help={"en": "what is the volume", "es": "a qué volumen está"},
        ahead=True,
    )
    def level(self, request: Request) -> Reply:
        def read(server: pulsectl.Pulse) -> tuple[int, bool]:
            speaker = _speaker(server)
            return _percent(speaker), bool(speaker.mute)

        level, muted = _ask(read)
        words = spoken.percent(level, request.language)
        if muted:
            return request.say(
                "The sound is off; the volume is at {level}.",
                "El sonido está quitado; el volumen está al {level}.",
                level=words,
            )
        return request.say("The volume is at {level}.", "El volumen está al {level}.", level=words)


def _change(request: Request, new: Callable[[int], int]) -> Reply:
    """The volume will be what `new` makes of it, at most 100 %, and unmuted."""
    now = _ask(lambda server: _percent(_speaker(server)))
    level = min(max(new(now), 0), 100)

    def change(server: pulsectl.Pulse) -> None:
        speaker = _speaker(server)
        server.volume_set_all_chans(speaker, level / 100)
        server.mute(speaker, False)

    words = spoken.percent(level, request.language)
    return request.say(
        "Volume {level}.", "Volumen al {level}.", then=lambda: _ask(change), level=words
    )


def _speaker(server: pulsectl.Pulse) -> pulsectl.PulseSinkInfo:
    try:
        return server.get_sink_by_name(server.server_info().default_sink_name)
    except pulsectl.PulseIndexError as error:
        raise FunctionError("The sound server has no output.", spoken=_NO_SPEAKER) from error


def _percent(speaker: pulsectl.PulseSinkInfo) -> int:
    level: float = speaker.volume.value_flat
    return round(level * 100)


def _ask(call: Callable[[pulsectl.Pulse], T]) -> T:
    """The result of `call` with a fresh connection, so that a restarted server is no matter.

    It runs in a thread of its own: the library waits for ever on a server that hangs.
    Raises FunctionError when there is no server, or it does not answer in time.
    """
    answers: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            with pulsectl.Pulse("assistant", connect=False) as server:
                server.connect(autospawn=False)
                answers.append(call(server))
        except Exception as error:  # noqa: BLE001  raised again below, in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name="volume", daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    if errors and not isinstance(errors[0], pulsectl.PulseError):
        raise errors[0]
    if not answers:
        raise FunctionError("The sound server does not answer.", spoken=_NO_SERVER)
    return answers[0]
