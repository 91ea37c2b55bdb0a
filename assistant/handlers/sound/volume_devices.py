"""Where sound comes out, and the microphone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pulsectl

from assistant import spoken
from assistant.errors import FunctionError
from assistant.handlers.contract import Family, Listed, Request, function
from assistant.handlers.sound import pulse, pulse_outputs
from assistant.handlers.sound.pulse_outputs import Output
from assistant.types import Reply

_KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "(headphone|headphones|headset|earphones|earbuds|ear phones|head phones)": "headphones",
        "[(internal|built in|laptop|computer)] (speaker|speakers|loudspeakers)": "speakers",
        "(hdmi|display port|displayport|tv|television|monitor|screen)": "hdmi",
        "bluetooth [(speaker|speakers|headphones|headset|device)]": "bluetooth",
        "usb [(speaker|speakers|headphones|headset|device|sound card)]": "usb",
    },
    "es": {
        "(auricular|auriculares|cascos|audífonos|casco)": "headphones",
        "(altavoz|altavoces|parlante|parlantes|bocina|bocinas) [(internos|internas|del portátil"
        "|externos)]": "speakers",
        "(hdmi|display port|displayport|tele|televisor|televisión|monitor|pantalla)": "hdmi",
        "[(altavoz|auriculares|parlante|cascos)] bluetooth": "bluetooth",
        "[(altavoz|auriculares|tarjeta)] usb": "usb",
    },
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "headphones": {"en": "headphones", "es": "auriculares"},
    "speakers": {"en": "speakers", "es": "altavoces"},
    "hdmi": {"en": "HDMI", "es": "HDMI"},
    "bluetooth": {"en": "Bluetooth", "es": "Bluetooth"},
    "usb": {"en": "USB", "es": "USB"},
}

Kind = Annotated[str, Listed("outputs")]
Name = Annotated[str, 5]


class SoundDevices(Family):
    """Outputs by their kind or name, and whether the microphone hears."""

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        return _KINDS.get(language, {})

    @function(
        en=[
            "(switch|change|move|send|route|put|direct) [<sound>] (to|over to|onto) [(the|my)]"
            " {output}",
            "(switch|change|move|send|route|put|direct|play) (it|<sound>) (on|to|through)"
            " [(the|my)] {output}",
            "use [(the|my)] {output} [(output|for [the] sound|for audio|as output|instead)]",
            "(play|output) (<sound>|everything) (through|on|over|from|to) [(the|my)] {output}",
            "(set|change|make) (the|my) (<output>) [to] [(the|my)] {output}",
            "(switch|change|set) [(the|my)] <output> to [(the|my)] {name}",
            "use [the] {name} <output>",
        ],
        es=[
            "(cambia|cambiar|cambie|cambiá|pasa|pasar|pasá|manda|mandar|envía|enviar|pon|poner|poné)"
            " [<sound>] (a|al|a los|a la|a las|por|por los|por la|por el|en|en los|en la|en el)"
            " [(mis|mi)] {output}",
            "(usa|usar|use|usá|utiliza|utilizar) [(el|la|los|las|mis|mi)] {output}"
            " [(para el sonido|como salida)]",
            "(usa|usar|use|usá|utiliza) la salida [(de|del)] {output}",
            "(suena|reproduce|que suene) por [(el|la|los|las|mis|mi)] {output}",
            "(cambia|cambiar|pon|poner) <output> (a|al|a los|a la|en) {output}",
            "(cambia|cambiar|usa|usar) <output> (a|al|a los|a la|en|de) {name}",
        ],
        help={"en": "switch to the headphones", "es": "cambia a los auriculares"},
        ahead=True,
    )
    def output(self, request: Request, output: Kind = "", name: Name = "") -> Reply:
        places, fit = pulse.ask(lambda server: _places(server, output or name))
        called = _NAMES.get(output, {}).get(request.language, output or name)
        if not fit:
            raise _not_there(request, called, places)
        best = fit[0]
        if best.active and len(fit) == 1:
            return request.say(
                "The sound comes from {place} already.", "El sonido ya sale por {place}.",
                place=best.label,
            )  # fmt: skip
        before = next((place for place in places if place.active), None)
        return request.say(
            "The sound comes from {place}.",
            "El sonido sale por {place}.",
            then=lambda: pulse.ask(lambda server: pulse_outputs.choose(server, best)),
            undo=(lambda: pulse.ask(lambda server: pulse_outputs.choose(server, before)))
            if before
            else None,
            place=best.label,
        )

    @function(
        en=[
            "(what|which) (speakers|outputs|sound outputs|audio outputs|sound devices|audio devices"
            "|output devices) (are there|do i have|are available|can i use|are connected)",
            "(list|show|show me|tell me) [all] [(the|my)] (speakers|outputs|sound outputs"
            "|audio outputs|sound devices|audio devices|output devices)",
            "(what|which) (speaker|output|<output>) (is in use|are you using|is it|am i using"
            "|is used)",
            "where does the sound come (out|from)",
        ],
        es=[
            "qué (altavoces|salidas|salidas de audio|salidas de sonido|dispositivos de sonido"
            "|dispositivos de audio|parlantes|bocinas) (hay|tengo|están conectados|puedo usar)",
            "(lista|muestra|dime|enumera) (los|las|mis) (altavoces|salidas|salidas de audio"
            "|salidas de sonido|dispositivos de sonido|dispositivos de audio|parlantes|bocinas)",
            "por dónde sale el sonido",
            "qué (salida|altavoz) (se usa|estás usando|está en uso|usas)",
        ],
        help={"en": "what speakers are there", "es": "qué altavoces hay"},
        ahead=True,
    )
    def outputs(self, request: Request) -> Reply:
        places, _ = pulse.ask(lambda server: _places(server, ""))
        there = [place.label for place in places if place.plugged and place.sink]
        now = next((place.label for place in places if place.active), "")
        if len(there) < 2:
            return request.say("There is only {place}.", "Solo hay {place}.", place=there or now)
        return request.say(
            "There are {places}. Now it is {now}.",
            "Hay {places}. Ahora es {now}.",
            places=there,
            now=now or request.pick("none", "ninguno"),
        )

    @function(
        en=[
            "(mute|turn off|switch off|disable|shut off|silence) <mic>",
            "(turn|switch) <mic> off",
            "(stop listening to me|do not listen to me any more|stop listening completely)",
        ],
        es=[
            "(silencia|silenciar|silencie|silenciá|apaga|apagar|apague|apagá|desactiva|desactivar"
            "|mutea|desconecta|quita) <mic>",
            "(deja de escucharme|no me escuches más)",
        ],
        help={"en": "mute the microphone", "es": "silencia el micrófono"},
        ahead=True,
    )
    def mute_microphone(self, request: Request) -> Reply:
        pulse.ask(pulse.microphone)
        return request.say(
            "I mute the microphone. Then I cannot hear you, until it is turned on by hand.",
            "Silencio el micrófono. No podré oírte hasta que se active a mano.",
            then=lambda: pulse.ask(lambda s: s.mute(pulse.microphone(s), True)),
            undo=lambda: pulse.ask(lambda s: s.mute(pulse.microphone(s), False)),
        )

    @function(
        en=[
            "(unmute|turn on|switch on|enable) <mic>",
            "(turn|switch) <mic> [back] on",
        ],
        es=["(activa|activar|active|activá|enciende|reactiva|conecta|desmutea) <mic>"],
    )
    def unmute_microphone(self, request: Request) -> Reply:
        pulse.ask(lambda s: s.mute(pulse.microphone(s), False))
        return request.say(
            "The microphone is on.",
            "El micrófono está activado.",
            undo=lambda: pulse.ask(lambda s: s.mute(pulse.microphone(s), True)),
        )

    @function(
        en=[
            "is <mic> (on|off|muted|working|listening)",
            "(what is|tell me) <mic> (level|volume)",
            "how loud is <mic>",
        ],
        es=[
            "está <mic> (encendido|apagado|silenciado|activado|conectado)",
            "está (encendido|apagado|silenciado|activado|conectado) <mic>",
            "(está|funciona) <mic>",
            "a qué nivel está <mic>",
        ],
        ahead=True,
    )
    def microphone(self, request: Request) -> Reply:
        def read(server: pulsectl.Pulse) -> tuple[int, bool]:
            source = pulse.microphone(server)
            return pulse.percent(source), bool(source.mute)

        level, muted = pulse.ask(read)
        if muted:
            return request.say("The microphone is muted.", "El micrófono está silenciado.")
        return request.say(
            "The microphone is on, at {level}.",
            "El micrófono está activado, al {level}.",
            level=spoken.percent(level, request.language),
        )

    @function(
        en=[
            "(set|turn|put|change|adjust) <mic> [(level|volume|gain)] [(up|down)] (to|at) {level}",
            "<mic> (level|volume|gain) [(to|at)] {level}",
        ],
        es=[
            "(pon|poner|poné|sube|baja|ajusta) [(el volumen|el nivel) del] <mic> (a|al|en|hasta)"
            " {level}",
            "(pon|poner|poné|sube|baja|ajusta) (el volumen|el nivel) <mic> (a|al|en|hasta) {level}",
        ],
        ahead=True,
    )
    def set_microphone(self, request: Request, level: int) -> Reply:
        if not 0 < level <= 100:
            raise request.error(
                "The microphone goes from one to one hundred. To turn it off, say: mute the"
                " microphone.",
                "El micrófono va de uno a cien. Para apagarlo, di: silencia el micrófono.",
            )
        before = pulse.ask(lambda server: pulse.loudness(pulse.microphone(server)))
        return request.say(
            "Microphone {level}.",
            "Micrófono al {level}.",
            then=lambda: pulse.ask(lambda s: pulse.set_level(s, pulse.microphone(s), level)),
            undo=lambda: pulse.ask(lambda s: pulse.set_loudness(s, pulse.microphone(s), before)),
            level=spoken.percent(level, request.language),
        )


def _places(server: pulsectl.Pulse, said: str) -> tuple[list[Output], list[Output]]:
    """All outputs, and those that were meant."""
    default = server.server_info().default_sink_name
    places = pulse_outputs.outputs(server.sink_list(), server.card_list(), default)
    return places, pulse_outputs.meant(places, said)


def _not_there(request: Request, called: str, places: list[Output]) -> FunctionError:
    there = [place.label for place in places if place.plugged and place.sink]
    return request.error(
        "I find no {called} here. There is {there}.",
        "No encuentro {called}. Hay {there}.",
        called=called,
        there=there or request.pick("no output", "ninguna salida"),
    )
