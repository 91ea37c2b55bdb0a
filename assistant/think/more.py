""" "Tell me more": the last answer goes on."""

from __future__ import annotations

import re

_MORE = {
    "en": re.compile(
        r"^((can|could) you |please )?(tell me (some |a (bit|little) )?more( about (that|it|this))?"
        r"|(go|carry|keep) (on|going|talking)|continue|more( please| about (that|it))?"
        r"|what else|and then( what)?|say more|elaborate( on that)?|more details?|in more detail)"
        r"( please)?$"
    ),
    "es": re.compile(
        r"^(puedes |podrías |por favor )?((dime|cuéntame|contarme|decirme|dígame|contame|decime)"
        r" (algo |un poco )?más( (sobre|de) (eso|esto|ello))?|(sigue|continúa|continúe|siga|seguí"
        r"|continuá)( hablando| contando| por favor)?|más( detalles| por favor)?|qué más"
        r"|y (luego|después)( qué)?|amplía eso)( por favor)?$"
    ),
}
ALL = {"en": "That is all I can say about it.", "es": "No sé decir más de eso."}
ABOUT = {"en": "Tell me more about that: {question}", "es": "Cuéntame más sobre eso: {question}"}


def wants_more(text: str, language: str) -> bool:
    words = " ".join(re.findall(r"[\w']+", text.lower()))
    return bool(_MORE.get(language, _MORE["en"]).match(words))
