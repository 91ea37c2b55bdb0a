"""How people talk about timers: the pieces of their sentences, and how we name a timer back."""

from __future__ import annotations

import datetime as dt

from assistant import spoken
from assistant.handlers.timekeeping.due_items import DueItem

RULES = {
    "en": {
        "timer": "(timer|countdown|count down)",
        "timers": "(timers|countdowns)",
        "set": "(set|set up|start|create|make|add|begin|give|put on|run|launch|i want|i need|get)",
        "a": "(a|an|the|my|another|one more|a new|new|a second|one)",
        "the": "(the|my|a|an|that|this|our)",
        "which": "({lasting}|{name})",
        "called": "(called|named|labeled|labelled|titled|for|with the name) [(the|my|a)]",
        "cancel": "(cancel|stop|delete|remove|clear|kill|end|turn off|switch off|shut off|disable"
        "|get rid of|dismiss|silence|abort|forget|quit|drop|scratch|finish|shut up|forget about)",
        "how_much": "(how much [more|longer] [time]|how long|how many (minutes|seconds|hours))"
        " [(is|are|is there|are there|do i have|have i got|does it have|has|is still|does)]",
        "left": "(left|remaining|to go|still left|remain)",
        "ends": "(ends|goes off|rings|finishes|is done|is up|is over|is finished|expires|runs out)",
        "end": "(end|go off|ring|finish|done|up|over|finished|expire|run out|ready|going off"
        "|ending)",
        "more": "(increase|extend|lengthen|prolong)",
        "alert": "(tell me|let me know|alert me|warn me|notify me|give me a shout|shout|buzz me"
        "|beep)",
        "up": "(up|over|gone|passed|gone by|done)",
        "cooked": "(done|ready|cooked|finished|baked|boiled)",
        "its": "(the|my|our)",
        "less": "(decrease|reduce|shorten|lower|cut)",
    },
    "es": {
        "timer": "(temporizador|cronómetro|cuenta atrás|cuenta regresiva|minutero|timer)",
        "timers": "(temporizadores|cronómetros|cuentas atrás|timers)",
        "set": "(pon|ponme|ponga|póngame|pone|poneme|poner|ponerme|pones|pongas|inicia|iniciar"
        "|inicies|inicie|crea|crear|crees|cree"
        "|comienza|comenzar|empieza|empezar|activa|activar|active|programa|programar|programes"
        "|programe|configura"
        "|configurar|ajusta|ajustar|fija|fijar|haz|hazme|hacer|necesito|arranca|arrancar|añade"
        "|añadir|agrega|agregar|dame|ajuste|configure|establece|establecer|lanza|lanzar)",
        "a": "(un|una|el|la|mi|otro|otra|un nuevo|una nueva|nuevo|nueva)",
        "the": "(el|la|mi|un|una|ese|este|esa|esta)",
        "of": "(de|para|en|dentro de|a|por|con|que dure|durante)",
        "which": "([(de|del|para|en|llamado|llamada|con nombre)] [(el|la|los|las)] {name}"
        "|[(de|para)] {lasting})",
        "called": "(para|llamado|llamada|con nombre|con el nombre|que se llame|de)"
        " [(el|la|los|las|mi|un|una)]",
        "tell": "(dime|dígame|decime|lista|listar|enumera|muestra|muéstrame|enséñame|lee|léeme"
        "|dame|cuáles son)",
        "cancel": "(cancela|cancele|elimine|borre|quite|desactive|apague|anule|cancelar|canceles"
        "|elimina|eliminar|borra|borrar|quita|quitar|desactiva"
        "|desactivar|apaga|apagar|anula|anular|termina|terminar)",
        "how_much": "(cuánto [tiempo] [(me|le)] (queda|falta|resta)|qué queda|tiempo restante"
        "|cuántos minutos [(me|le)] (quedan|faltan))",
        "add": "(añade|añada|agregue|sume|añadir|añádele|agrega|agregar|agrégale|suma|sumar"
        "|súmale|ponle|dale)",
        "more": "(aumenta|aumente|incremente|alargue|extienda|aumentar|incrementa|incrementar"
        "|alarga|alargar|extiende|extender|prolonga"
        "|prolongar|amplía|ampliar)",
        "give": "(ponle|dale|déjale|dejale|añádele|agrégale|súmale|échale|póngale|dele|ponles|dales"
        "|déjales|<add>)",
        "take": "(quita|quite|reste|quitar|quítale|resta|restar|réstale|descuenta|descontar|saca"
        "|sácale)",
        "less": "(reduce|reduzca|acorte|reducir|acorta|acortar|disminuye|disminuir|recorta)",
        "its": "(el|la|los|las|mi|mis)",
        "cooked": "(listo|lista|listos|listas|hecho|hecha|hechos|hechas|cocido|cocidos|cocida"
        "|cocidas)",
        "are": "(esté|estén|está|están|estará|estarán)",
        "to_it": "(a|al|a la|a los|a las|para|para el|para la|para los|para las)",
        "when_over": "(cuando|en cuanto) (pasen|hayan pasado|se cumplan|acaben|terminen)",
        "alert": "(avísame|avisame|avíseme|dime|dígame|decime|alértame|me avisas)",
        "pause": "(pausa|pause|detenga|pare|pausar|detén|detener|para|parar|congela|suspende|haz"
        " una pausa en"
        "|pon en pausa|poner en pausa)",
        "resume": "(reanuda|reanude|continúe|reanudar|continúa|continuar|sigue con|seguir con"
        "|continúa con|reactiva"
        "|reactivar|retoma|retomar)",
    },
}

_ARTICLES = {
    "en": ("the", "my", "a", "an", "some", "our"),
    "es": ("el", "la", "los", "las", "un", "una", "mi", "mis", "de", "del", "para"),
}


def clean(name: str, language: str) -> str:
    """A name as it was said, without the articles before it."""
    words = name.split()
    while words and words[0] in _ARTICLES.get(language, ()):
        words.pop(0)
    return " ".join(words)


def title(timer: DueItem, language: str) -> str:
    """ "your pasta timer", "your ten minute timer", "tu temporizador de diez minutos"."""
    name = timer.text or spoken.duration(timer.length, language, adjective=True)
    return f"tu temporizador de {name}" if language == "es" else f"your {name} timer"


def state(timer: DueItem, now: dt.datetime, language: str) -> str:
    """One clause: what the timer does at the moment."""
    name = title(timer, language)
    left = timer.left(now)
    if left >= dt.timedelta(hours=1):
        left = dt.timedelta(minutes=round(left / dt.timedelta(minutes=1)))
    words = spoken.duration(left, language)
    if timer.state == "ringing":
        return f"{name} está sonando" if language == "es" else f"{name} is ringing"
    if timer.state == "paused":
        return (
            f"{name} está en pausa, a falta de {words}"
            if language == "es"
            else f"{name} is paused, with {words} left"
        )
    if left < dt.timedelta(seconds=1):  # it rings in a moment, or as soon as somebody listens
        return f"{name} ha terminado" if language == "es" else f"{name} is done"
    if language == "es":
        return f"{name} termina dentro de {words}"
    return f"{name} has {words} left"
