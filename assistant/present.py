"""What is asked about this device or this moment, in words that no function has: answered by the
function that looks, never by a model, which would make it up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.stages import Known
from assistant.types import Intent, Origin, Reply

Look = Callable[[Intent, str, str], "Reply | None"]
"""What a function tells, without changing anything; None where it is not here."""

_TOPICS: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        (
            "clock.time",
            r"^(?!.*\b(in|at|of|when|since|ago|until|was)\b).*\b((what|have|got|know|tell|"
            r"read)\b.*\bthe (exact |current |right )?time|how late is it)\b",
        ),
        (
            "clock.date",
            r"^(?!.*\b(in|at|was|were|will|born|until)\b)(what|which|whats|do you know|"
            r"can you|could you|tell)\b.*\b(the date|day (is it|of the week|do we have|are we)"
            r"|is today|date (is it|do we))\b",
        ),
        (
            "battery.level",
            r"^(?=.*\b(you|your|left|this|my|the (laptop|computer|device|machine))\b)"
            r"(?=.*\b(battery|juice|charged?|charge level)\b)(how|what|is|are|do|will|have)"
            r"\b.*\b(much|full|left|level|percent\w*|low|empty|enough|charged)\b",
        ),
        (
            "timers.listing",
            r"^(?=.*\btimers?\b)(how|what|which|is|are|does|do|when|did)\b.*\b(left|running|"
            r"run|still|going|remain\w*|over|done|end)\b",
        ),
        (
            "alarms.next",
            r"^(when|what time|at what time|is|are|do|did)\b.*\b(alarms?|wak(e|ing) me|(i|we)"
            r" (have to|need to|must|supposed to) (get|be) up|get me up)\b",
        ),
        (
            "volume.level",
            r"^how loud (are you|is (it|the (sound|music|volume)|this)|do you)\b",
        ),
    ),
    "es": (
        (
            "clock.time",
            r"^(?!.*\b(en|cuando|desde|era|hace)\b).*\b((qué|sabes|dime|tienes)\b.*\b(la )"
            r"?hora (es|tenemos|tienes|será)|(sabes|dime|tienes|decirme) (qué|la) hora|"
            r"cómo de tarde es)\b",
        ),
        (
            "clock.date",
            r"^(?!.*\b(en|fue|era|nació)\b).*\b(qué|cuál|sabes|dime)\b.*\b((la )?fecha (es|"
            r"de hoy|tenemos)|día (es|tenemos|de la semana)|a qué (día )?estamos)\b",
        ),
        (
            "battery.level",
            r"^(?=.*\b(te|tu|tienes|queda|este|esta|mi|el (portátil|ordenador|equipo))\b)"
            r"(?=.*\b(batería|carga|pila|cargad[oa])\b)(cuánt\w*|qué|cómo|está|estás|hay|te|"
            r"queda|tienes)\b.*\b(queda|carga|cargad[oa]|batería|nivel|llen[oa]|suficiente|"
            r"baja)\b",
        ),
        (
            "timers.listing",
            r"^(?=.*\btemporizador(es)?\b)(cuánt\w*|qué|cuál\w*|cuándo|hay|está|sigue|va)"
            r"\b.*\b(queda|falta|corr\w*|march\w*|sigue|activ\w*|acab\w*|termin\w*|hay)\b",
        ),
        (
            "alarms.next",
            r"^(cuándo|a qué hora|qué hora|hay|tengo)\b.*\b(alarmas?|despertador|"
            r"me despiertas|me despertarás|levantarme|me tengo que levantar)\b",
        ),
        (
            "volume.level",
            r"^(cómo de (alto|fuerte)|a qué volumen) (suenas|estás|está|hablas|suena)\b",
        ),
    ),
}
_WHO_ARE_YOU = {
    "en": r"^(whats|what is|do you have|tell me|have you got) (a |your )?(own )?name$"
    r"|^who are you$|^what are you called$|^what (do|should|can) i call you$|^what are you$",
    "es": r"^(cómo te llamas|cuál es tu nombre|dime tu nombre|quién eres|qué eres|tienes nombre"
    r"|cómo (puedo|debo) llamarte|cómo se llama usted|quién es usted|quién sos)$",
}
_WHO_AM_I = {
    "en": r"^(whats|what is|do you know|tell me|do you remember|say) my name$|^who (am i|i am)$"
    r"|^what (am i called|my name is)$|^do you know who i am$",
    "es": r"^(cómo me llamo|cuál es mi nombre|(sabes|recuerdas|dime) (mi nombre|cómo me llamo|quién"
    r" soy)|quién soy( yo)?)$",
}
_WHO = "memory.my_name"
_KEPT_SECRET = {
    "en": r"^(whats|what is|what was|which is|do you know|tell me|give me|say|read me)\b"
    r"(?=.*\b(the|my|our|his|her|their|wifi|wi fi)\b).*\b("
    r"passwords?|passphrase|passcode|pin( number| code)?|(lock|safe) combination|(my|our|the|door"
    r"|gate|alarm|security|access|entry|garage|lock|safe|bank|card|phone|wifi) code)"
    r"( (for|of|to|on) (the |my |our )?\w+( \w+)?)?$",
    "es": r"^(cuál es|cuáles son|cuál era|sabes|dime|dame|recuerdas)\b.*\b(contraseñas?"
    r"|(mi|nuestra) clave|clave (del?|de la) (wifi|wi fi|banco|tarjeta|alarma|puerta|teléfono"
    r"|móvil|ordenador)|pin|código (del?|de la) (alarma|puerta|garaje|portal|caja|tarjeta"
    r"|teléfono|móvil|seguridad))( (del?|de la|de mi|para) (la |el |mi )?\w+( \w+)?)?$",
}
"""What nobody knows but the user: a model would make it up."""
_UNTOLD = {"en": "You have not told me that.", "es": "Eso no me lo has dicho."}
_NAMED = {
    "en": "I am the assistant on this device, and you call me {name}.",
    "es": "Soy el asistente de este aparato, y me llamas {name}.",
}
_NAMELESS = {
    "en": "I am the assistant on this device. I have no name.",
    "es": "Soy el asistente de este aparato. No tengo nombre.",
}
_NOBODY = {
    "en": "You have not told me your name.",
    "es": "No me has dicho cómo te llamas.",
}
_COURTESY = {
    "en": r"^((hey|so|and|please|ok|okay|well|tell me|can you tell me|could you tell me"
    r"|do you know) )+(?=(what|how|when|which|who|is|are|do|whats)\b)"
    r"| (please|right now|now|today|at the moment|by the way|exactly|again)$",
    "es": r"^((oye|y|pues|por favor|a ver|dime|puedes decirme|podrías decirme|me dices|sabes) )+"
    r"(?=(qué|cuánt\w+|cuándo|cómo|quién|cuál|a qué)\b)| (por favor|ahora|ahora mismo|hoy|en este"
    r" momento|exactamente)$",
}


def topic(question: str, language: str) -> str:
    """The function that tells what is asked; "" where none is about it."""
    text = _plain(question, language)
    found = (name for name, form in _TOPICS.get(language, ()) if re.search(form, text))
    return next(found, "")


class Present:
    """look: asks a function. name: what the assistant is called; "" for no name."""

    def __init__(self, look: Look, name: str = "") -> None:
        self._look = look
        self._name = name

    def known(self, question: str, language: str) -> Known | None:
        """What is so at the moment; None for other questions."""
        text = _plain(question, language)
        if language in _WHO_ARE_YOU and re.search(_WHO_ARE_YOU[language], text):
            return Known(introduction(self._name, language), Origin("functions", "name"))
        if language in _WHO_AM_I and re.search(_WHO_AM_I[language], text):
            reply = self._look(Intent(_WHO, {}, "facts", 1.0, ""), question, language)
            if reply and reply.text:
                return Known(reply.text, Origin("functions", _WHO))
            return Known(_NOBODY[language], Origin("nobody"))
        if not (name := topic(question, language)):
            return None
        reply = self._look(Intent(name, {}, "facts", 1.0, ""), question, language)
        return Known(reply.text, Origin("functions", name)) if reply and reply.text else None


def unsaid(question: str, language: str) -> Known | None:
    """That a password, a code or a PIN was never told. To be asked when nothing that is written
    down holds it."""
    if language in _UNTOLD and re.search(_KEPT_SECRET[language], _plain(question, language)):
        return Known(_UNTOLD[language], Origin("nobody"))
    return None


def introduction(name: str, language: str) -> str:
    """Who the assistant is."""
    language = language if language in _NAMED else "en"
    return _NAMED[language].format(name=name) if name else _NAMELESS[language]


def called(word: str) -> str:
    """The name within a wake word: "okay nabu" is called Nabu. "" for push to talk and the like."""
    parts = word.replace("_", " ").split()
    if not parts or word in ("none", "always", "push to talk"):
        return ""
    return parts[-1].capitalize() if parts[-1].isalpha() else ""


def _plain(text: str, language: str) -> str:
    words = " ".join(re.findall(r"\w+", text.lower().replace("'", "").replace("’", "")))
    before = ""
    while before != words:
        before = words
        words = re.sub(_COURTESY.get(language, "^$"), "", words).strip()
    return words
