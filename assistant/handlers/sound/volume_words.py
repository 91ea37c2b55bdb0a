"""Pieces of what is said about sound, for the templates of `volume`."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.handlers.contract import ByLanguage

RULES: Mapping[str, ByLanguage] = {
    "en": {
        "vol": "[(the|your|my)] [(speaker|speakers|system|master|music|audio|sound)]"
        " (volume|volume level|sound level|sound|audio)"
        " [(of|on|for) (the|your|my) (music|speaker|speakers|computer|laptop|device|system)]",
        "heard": "[(the|this|that|my)] (music|song|songs|track|movie|film|video|radio|player"
        "|podcast|speaker|speakers|playback|noise)",
        "of": "[the] (volume|sound|audio) (of|for|on|in|from) [(the|my)]",
        "set": "(set|change|turn|put|adjust|make|bring|raise|lower|increase|decrease|reduce"
        "|turn up|turn down)",
        "sound": "[(the|my|all)] (sound|audio|music|output|volume)",
        "output": "[(audio|sound|default)] (output|output device|speaker|audio device"
        "|sound device|sound card)",
        "mic": "[(the|your|my)] (microphone|mic|mike|microphones)",
        "some": "[(a bit|a little|a little bit|some|a lot|slightly|some more|a notch|much|a tad|a"
        " touch"
        "|even|a bit more|a little more|a few notches|considerably)]",
        "steps": "{by} [(notch|notches|step|steps|level|levels|click|clicks|point|points|bars)]",
        "too": "[(way|much|far|a bit|a little|so|just)] too",
        "a_while": "(for (a while|a bit|now|a moment|some time|the moment|a little while|the"
        " night|me)"
        "|until (i say so|i tell you|i say otherwise|further notice|said otherwise|told otherwise"
        "|i unmute you|later))",
    },
    "es": {
        "vol": "[(el|tu|mi|del|al)] (volumen|sonido|audio|nivel de volumen)"
        " [(de la música|del altavoz|de los altavoces|del ordenador|del sistema|del equipo"
        "|de la computadora)]",
        "heard": "[(la|el|esta|este|mi)] (música|canción|canciones|pista|película|peli|vídeo|video"
        "|radio|reproductor|podcast|altavoz|altavoces|reproducción)",
        "of": "(el|al|del) (volumen|sonido|audio) (de|del|de la|en|a|al) [(la|el)]",
        "set": "(<up>|<down>|pon|ponga|poné|poner|ponme|ajusta|ajustar|cambia|cambiar|fija|deja"
        "|configura)",
        "sound": "(el|la|todo el) (sonido|audio|música|salida|volumen)",
        "output": "(la|el) (salida|salida de audio|salida de sonido|dispositivo de audio"
        "|dispositivo de sonido|dispositivo de salida|altavoz)",
        "mic": "[(el|tu|mi|los|del)] (micrófono|micro|micrófonos)",
        "some": "[(un poco|un poquito|algo|mucho|bastante|un poco más|más|un pelín)]",
        "too": "(muy|demasiado|un poco|tan)",
        "up": "(sube|suba|subí|subile|aumente|subir|súbele|subas|aumenta|aumentar|aumentá"
        "|incrementa|incrementar|eleva)",
        "down": "(baja|baje|bajá|bajale|reduzca|bajar|bájale|bajes|reduce|reducir|reducí|disminuye"
        "|disminuir)",
    },
}
