"""Pieces of what is said to a media player, for the templates of `media`."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.handlers.contract import ByLanguage

_EN_THING = (
    "(music|song|songs|track|tracks|tune|tunes|audio|video|movie|film|playback|playlist|album"
    "|podcast|audiobook|audio book|book|radio|show|episode|media|player|media player|stream)"
)
_ES_THING = (
    "(música|canción|canciones|pista|pistas|tema|temas|audio|vídeo|video|película|peli"
    "|reproducción|lista|lista de reproducción|álbum|disco|podcast|audiolibro|radio|serie|episodio"
    "|capítulo|reproductor|elemento|medio)"
)

RULES: Mapping[str, ByLanguage] = {
    "en": {
        "thing": f"[(the|this|that|my|these)] [(current|playing)] {_EN_THING}"
        " [(playing|that is playing)]",
        "one": "(song|track|tune|one|episode|video|chapter|item|piece|podcast)",
        "on": "(on|in|with|from|of) [the] {player} [player]",
        "play": "(play|play me|play us|start playing|put on|i want to listen to|listen to"
        "|i wish to listen to|i like to listen to|i am in the mood to listen to"
        "|i feel like listening to|can i listen to|go and play|find and play|queue up|next play"
        "|after this play|after this song play|want to listen to|are you able to play"
        "|start the song|start play|start to play|start playing me|shuffle and play|find me and"
        " play"
        "|queue|add to the queue|how about playing|i would love to listen to|i want you to play)",
        "hear": "(<play>|let me hear|let us hear|i want to hear|i need to hear|can i hear"
        "|want to hear|time to hear|time to hear me|i am in the mood for)",
        "by_player": "(on|in|with|using|through) [the] {player} [player]",
        "then": "[(and|to)] [(just|go|skip|move|then)] [(play|to|listen to|on to)]"
        " [the] (next <one>|next|what comes next|another one) [instead]",
        "back": "(go back|skip back|jump back|rewind|back up|move back|step back|go backwards"
        "|go backward|skip backwards|skip backward|wind back)",
        "ahead": "(skip ahead|skip forward|skip forwards|go forward|go forwards|jump ahead"
        "|jump forward|fast forward|move forward|move ahead|go ahead|forward|advance|skip)",
        "what_on": "(right now|now|playing|playing now|playing right now|currently playing|on now"
        "|that is playing|that is playing now|that is on|that is on now|on the speaker"
        "|on the speaker now|on the speaker right now|that is playing right now)",
    },
    "es": {
        "thing": f"[(el|la|las|los|esta|este|mi|a la|al|a)] [última] {_ES_THING}"
        " [(actual|que suena)]",
        "one": "(canción|pista|tema|elemento|pieza|episodio|capítulo|vídeo|video)",
        "on": "(en|de|del|con) [(el|la)] [reproductor] {player}",
        "back": "(retrocede|retroceder|rebobina|rebobinar|retrocedé|rebobiná|vuelve atrás"
        "|volver atrás|atrasa|echa atrás|ve atrás|volvé atrás|retroceda|salta atrás"
        "|salta hacia atrás)",
        "ahead": "(adelanta|adelantar|adelantá|avanza|avanzar|avanzá|adelante|salta|salta adelante"
        "|salta hacia adelante|ve adelante|adelante|avance)",
        "play": "(reproduce|reproducir|reproducí|reproduzca|toca|tócame|tocá|quiero escuchar"
        "|quiero oír|me apetece escuchar|hazme escuchar|busca y reproduce|déjame oír"
        "|déjame escuchar)",
        "put": "(pon|ponme|poné|poneme|poner|ponga|ponnos|<play>)",
        "by_player": "(en|con) [(el|la)] [reproductor] {player}",
        "resume": "(reanuda|reanudar|reanudá|reanude|continúa|continua|continuar|continuá|continúe"
        "|sigue con|seguir con|seguí con|retoma|retomar|vuelve a poner|reproduce|reproducir"
        "|reproducí|reproduzca|dale play a)",
        "pause": "(pausa|pausar|pausá|pause|pon en pausa|poner en pausa|poné en pausa|detén|detener"
        "|detené|detenga|para|parar|pará|pare|interrumpe)",
        "skip": "(salta|saltar|saltá|salte|sáltate|pasa|pasar|pasá|pase|cambia|cambiar|cambiá"
        "|siguiente|ve|omite|omitir)",
    },
}
