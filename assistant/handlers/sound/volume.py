"""The volume of the machine, through PulseAudio or PipeWire."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import pulsectl

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import ByLanguage, Request, function
from assistant.handlers.desktop.installed import Installed
from assistant.handlers.sound import pulse
from assistant.handlers.sound.volume_apps import VolumeOfApps
from assistant.handlers.sound.volume_devices import SoundDevices
from assistant.handlers.sound.volume_ends import Ends, change
from assistant.handlers.sound.volume_mute import Muting
from assistant.handlers.sound.volume_words import RULES
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.types import Reply

_STEP = 10  # percent
_NOTCHES = re.compile(r"\b(notch|step|click|bar|level|punto|paso|nivel)", re.IGNORECASE)


class Volume(Muting, Ends, VolumeOfApps, SoundDevices):
    """Of the speaker; of one program; and where sound comes out and goes in."""

    name = "volume"
    topic: ClassVar[ByLanguage] = {"en": "[the] (volume|sound)", "es": "[el] (volumen|sonido)"}
    rules: ClassVar[Mapping[str, ByLanguage]] = RULES

    def __init__(self, installed: Installed, due: DueStore) -> None:
        """installed: the programs whose names are known. due: where commands for later are."""
        super().__init__(installed)
        self.due = due

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        owner = VolumeOfApps if name == "programs" else SoundDevices
        return owner.listed(self, name, language)

    def phrases(self, language: str) -> list[str]:
        said = "Volumen al {}." if language == "es" else "Volume {}."
        return [said.format(spoken.percent(level, language)) for level in range(0, 101, _STEP)]

    def unavailable(self) -> ByLanguage | None:
        try:
            pulse.ask(lambda server: server.server_info())
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
            "<set> <heard> [(up|down)] to {level}",
            "(turn|crank) (up|down) <vol> to {level}",
            "i (want|need) <vol> (at|to|to be at|set to) [level] {level}",
            "(set|change|adjust|turn) <vol> to level {level}",
            "(set|change|adjust) [the] volume",
        ],
        es=[
            "(pon|ponga|poné|poner|ponme|pongas|ajusta|ajustar|cambia|cambiar|fija|fijar|deja"
            "|dejar|establece"
            "|configura) <vol> (a|al|en|en el) [nivel] {level}",
            "(<up>|<down>) <vol> (a|al|hasta|hasta el) {level}",
            "(súbelo|bájalo|ponlo) (a|al|hasta|hasta el) {level}",
            "(pon|ponme|ponga|ajusta|cambia|regula) [el] volumen",
            "<vol> [(a|al|en|en el)] {level}",
            "<set> <heard> (al|a|hasta|hasta el) {level}",
        ],
        help={"en": "set the volume to fifty percent", "es": "pon el volumen al cincuenta"},
        ahead=True,
    )
    def set(self, request: Request, level: int | None = None) -> Reply:
        if level is None:
            return request.ask("To how much?", "¿A cuánto?", function="volume.set", slot="level")
        if not 0 <= level <= 100:
            raise request.error(
                "The volume goes from zero to one hundred.", "El volumen va de cero a cien."
            )
        return change(request, lambda _: level)

    @function(
        en=[
            "(turn|crank|put|bring|move) <vol> up <some>",
            "(turn|crank|pump|bring) up <vol> <some>",
            "(increase|raise|boost|pump up) <vol> <some>",
            "(turn|crank|bring|make) <heard> (up|<some> louder) <some>",
            "((turn|crank|pump) up|raise|boost) <heard> (<some>|by {by})",
            "(turn|crank|bring|put|take|move) <vol> up [by] <steps>",
            "(increase|raise|boost|turn up) <vol> [by] <steps>",
            "<vol> up [[by] <steps>]",
            "(turn|crank|bring) (it|this|that) up (<some>|[by] <steps>)",
            "(turn|crank|pump|bring) up (it|this|that|your voice) <some>",
            "(raise|increase|boost) (it|this|that) <some>",
            "(louder|volume) please louder",
            "<some> louder",
            "(speak|talk|make it|be|play it|go|make that) <some> louder",
            "(speak up|[(a bit|a little|some)] more (volume|sound)|louder (volume|sound))",
            "i (want|need) <vol> (up|louder|higher|increased|raised|turned up)",
            "i (can not|can hardly|can barely|can not really) hear [(you|it|that|this|anything"
            "|a thing|<heard>)] [(well|very well|properly|clearly|at all|anymore|so well|too"
            " well)]",
            "[(it|that|this|you|your voice|everything|<heard>|<vol>) (is|are)] <too> (quiet|low"
            "|soft|faint|silent)",
            "(up|amplify|strengthen|elevate|make higher) <vol>",
            "[(turn|make|put|set|bring)] <vol> <some> (higher|louder|increase|raise|more)",
            "(raise|increase) your voice",
            "i (can not|could not|can barely|can hardly|am not able to|did not) hear (what you"
            " are saying"
            "|a word|the (words|voice))",
            "(give me|i want|i need) more (volume|sound)",
            "[(it|that|this|you|<heard>) (is|are)] not loud enough",
            "i (want|need) (it|you|that|this|<heard>) [to be] <some> louder",
        ],
        es=[
            "<up> <vol> <some>",
            "<up> <some> (<vol>|<heard>)",
            "<up> <heard> (<some>|[(un|en un|en)] {by})",
            "<up> [(un|en un|en)] {by} <vol>",
            "<up> <vol> [(un|en un|en)] {by}",
            "(súbelo|súbele|sube) <some>",
            "<some> más (alto|fuerte|volumen)",
            "más alto",
            "(habla|hablar|hable|ponlo|suena) <some> más (alto|fuerte)",
            "[casi] no (te|lo|la|se) (oigo|escucho|oye|escucha) [(bien|nada|casi)]",
            "[casi] no (oigo|escucho|se oye|se escucha) [(nada|bien|casi)] [<heard>]",
            "<heard> (está|suena) <too> (bajo|baja|bajito|flojo|floja)",
            "(está|suena|hablas|se oye) <too> (bajo|bajito|flojo)",
            "(un poco de|algo de|quiero|necesito|dame|dale) más (volumen|sonido)",
            "(quiero|necesito) <vol> más (alto|fuerte)",
        ],
        help={"en": "turn it up", "es": "sube el volumen"},
        ahead=True,
    )
    def up(self, request: Request, by: int = _STEP) -> Reply:
        more = _in_percent(by, request)
        return change(request, lambda level: level + more)

    @function(
        en=[
            "(turn|put|bring|move) <vol> down <some>",
            "(turn|bring) down <vol> <some>",
            "(lower|decrease|reduce|drop) <vol> <some>",
            "(turn|bring|make) <heard> (down|<some> (quieter|softer)) <some>",
            "((turn|bring) down|lower|reduce) <heard> (<some>|by {by})",
            "(turn|bring|take|put|move) <vol> down [by] <steps>",
            "(lower|decrease|reduce|turn down|drop) <vol> [by] <steps>",
            "<vol> down [[by] <steps>]",
            "(turn|bring|take) (it|this|that) down (<some>|[by] <steps>)",
            "(lower|reduce|decrease|quiet|soften) (it|this|that) <some>",
            "((dial|take|knock|cut|shut|keep) down <vol>|(dial|take|knock|cut) <vol> down) <some>",
            "lower down <vol>",
            "<some> (quieter|softer)",
            "(speak|talk|make it|be|play it) <some> (quieter|softer|more quietly|less loud) [to"
            " me]",
            "(it|that|this) is <too> (loud|noisy) (in here|here|for me|in this room)",
            "i (want|need|would like) (it|this|that) <some> less loud",
            "less volume",
            "i (want|need) <vol> (down|lower|quieter|softer|decreased|lowered|reduced|turned down)",
            "make <vol> <some> (quieter|softer|lower)",
            "(turn|set|put|bring) <vol> [to] low",
            "lower the tone",
            "lower all volume [on [the] speakers]",
            "not so loud",
            "[(it|that|this|you|your voice|everything|<heard>|<vol>) (is|are)] <too> (loud|high"
            "|noisy)",
            "[(turn|make|put|set|bring)] <vol> <some> (lower|quieter|softer|decrease|less)",
            "((lower|soften) your voice|you are shouting|stop shouting|do not shout|less loud)",
            "((tone|quiet|keep) it|(tone|quiet|slow|keep) (<vol>|<heard>)) down",
            "((quiet down|tone down|quieten|soften) [<vol>]|slow [down] <vol>)",
            "i (want|need) (it|you|that|this|<heard>) [to be] <some> (quieter|softer)",
            "(it|that|this|<heard>) (hurts|is hurting) my ears",
            "(it|that|this|you) [(do|does)] not [(need|have)] [to] be (so|that|this) loud",
            "(cut|reduce|lower|turn down|keep down) the noise",
        ],
        es=[
            "<down> <vol> <some>",
            "<down> <some> (<vol>|<heard>)",
            "<down> <heard> (<some>|[(un|en un|en)] {by})",
            "<down> [(un|en un|en)] {by} <vol>",
            "<down> <vol> [(un|en un|en)] {by}",
            "[[<heard>] (está|suena) <too> (alto|alta|fuerte)] (bájalo|bájale|baja|bájala) <some>",
            "<some> más (bajo|bajito|flojo)",
            "menos volumen",
            "(habla|hablar|hable|ponlo|suena) <some> más (bajo|bajito|flojo)",
            "[<heard>] (está|suena|hablas|se oye) <too> (alto|alta|fuerte)",
            "(no tan (alto|fuerte)|baja la voz|no grites)",
            "(quiero|necesito) <vol> más (bajo|bajito)",
            "menos (sonido|ruido)",
            "(hay|es) (mucho|demasiado) ruido",
        ],
        help={"en": "turn it down", "es": "baja el volumen"},
        ahead=True,
    )
    def down(self, request: Request, by: int = _STEP) -> Reply:
        less = _in_percent(by, request)
        return change(request, lambda level: level - less)

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
            speaker = pulse.speaker(server)
            return pulse.percent(speaker), bool(speaker.mute)

        level, muted = pulse.ask(read)
        words = spoken.percent(level, request.language)
        if muted:
            return request.say(
                "The sound is off; the volume is at {level}.",
                "El sonido está quitado; el volumen está al {level}.",
                level=words,
            )
        return request.say("The volume is at {level}.", "El volumen está al {level}.", level=words)


def _in_percent(by: int, request: Request) -> int:
    """ "Two notches" are twice as much as without a number."""
    return by * _STEP if _NOTCHES.search(request.text) else by
