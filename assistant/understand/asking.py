"""Whether words that no function understands ask anything, or are only a piece of something.

"Turn on", "pink elephants", what was left of a sentence in noise: a small language model answers
to these, too, and what it says is nonsense. Who asks, tells or wants something told says so within
a few words; longer ones are always for the model. Pieces are still looked up in documents.
"""

from __future__ import annotations

from assistant.understand.normalize import without_accents, words

PIECE = 4
"""Words up to which it may be a piece."""

_ASKING = {
    "en": (
        "what what's whats who who's whom whose which when where why how is are was were am do does"
        " did can could will would should shall may might has have had isn't aren't don't doesn't"
        " if of"
        # tell me
        " tell explain describe write give define list name suggest recommend translate summarize"
        " compare say teach show help make compose think talk imagine pretend sing recite discuss"
        # a thing to be told
        " meaning difference definition story recipe joke poem riddle fact advice synonym opposite"
        # go on
        " more else continue go keep carry elaborate"
        # about somebody
        " i i'm im i've i'll you you're we we're he she it it's they my me this that's there"
        " hello hi hey bye goodbye thanks thank sorry please welcome love"
    ),
    "es": (
        "qué que quién quien quiénes cuál cuáles cuándo cuando dónde donde adónde cómo como cuánto"
        " cuántos cuánta cuántas es son era fue está están hay puedo puede puedes debo debería"
        " sabes conoces si de del"
        " di dime decime dígame cuenta cuéntame contame explica explícame describe escribe dame"
        " define sugiere recomienda recomiéndame traduce resume compara enséñame ayúdame ayuda haz"
        " inventa piensa habla háblame canta recita"
        " significado diferencia definición historia cuento receta chiste poema adivinanza dato"
        " consejo sinónimo"
        " más sigue continúa amplía luego"
        " yo tú vos usted me estoy tengo soy mi te quiero esto eso"
        " hola adiós gracias perdón favor"
    ),
}
_SIGNS = {
    language: frozenset(map(without_accents, table.split())) for language, table in _ASKING.items()
}


def asks(text: str, language: str) -> bool:
    """Whether it may be a question, or anything else to be answered."""
    signs = _SIGNS.get(language)
    if "?" in text or "¿" in text or signs is None:
        return True
    said = words(text, language).plain
    return len(said) > PIECE or any(word in signs for word in said)
