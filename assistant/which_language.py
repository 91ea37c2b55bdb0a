"""In which language something was typed, where several are spoken (`language = "auto"`).

What is said aloud is told by the recognizer; what is typed has no sound. A sentence that a function
of one language takes word for word is of that language; else the words that only one has tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.stages import Router

_MARKS = {
    "en": frozenset(
        "the an of and to is are was my your i you it what what's who how why when where which do"
        " does did can could will would should please with for from this that me not don't it's i'm"
        " set add tell play turn".split()
    ),
    "es": frozenset(
        "el la los las un una unos unas de del al y en que qué quién quien cómo como cuándo cuando"
        " cuánto cuanto cuántos cuántas dónde donde cuál cual por para con es son está mi mis tu"
        " tus te se lo le más hay pon añade dime cuéntame hola gracias".split()
    ),
}
_LETTERS = re.compile(r"[áéíóúñ¿¡]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str, spoken: Collection[str], router: Router | None, usual: str) -> str:
    """One of the languages that are `spoken`; the `usual` one where nothing tells."""
    if len(spoken) < 2:
        return usual
    fits = [name for name in spoken if router is not None and router.exact(text, name)]
    if len(fits) == 1:
        return fits[0]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    told = {name: sum(word in _MARKS.get(name, ()) for word in words) for name in spoken}
    if "es" in told:
        told["es"] += 2 * len(_LETTERS.findall(text))
    best = max(told.values())
    return usual if told.get(usual, 0) == best else max(told, key=lambda name: told[name])
