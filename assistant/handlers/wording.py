"""A part of a sentence as it was said or typed: with its capitals, commas and contractions.

Understanding gives slots in lower case and without punctuation. What is stored and read back later
should be what the user said.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

_WORD = re.compile(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")
_CLOSE = 75.0  # of 100: "what is" is found in "what's"


def verbatim(slot: str, text: str) -> str:
    """The words of `slot` as they stand in `text`, where they came from; else `slot` itself."""
    if not slot:
        return ""
    spaced = r"[^\w]+".join(map(re.escape, slot.split()))
    if found := re.search(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE):
        return found[0]
    return _nearest(slot, text) or slot


def _nearest(slot: str, text: str) -> str:
    """A run of words that begins or ends as `slot` does, and is nearly the same."""
    words = list(_WORD.finditer(text))
    said = slot.split()
    first, last = said[0], said[-1]
    best, score = "", _CLOSE
    for start in words:
        for end in words:
            if end.start() < start.start():
                continue
            if start[0].lower() != first and end[0].lower() != last:
                continue
            piece = text[start.start() : end.end()]
            if (alike := fuzz.ratio(slot, piece.lower())) > score:
                best, score = piece, alike
    return best


def items(slot: str, text: str, language: str) -> list[str]:
    """The things of an enumeration: "eggs, milk and bread" are three. Commas come from the text;
    a slot has none."""
    said = verbatim(slot, text)
    joint = (
        r"\s+(?:y|e)\s+(?:también\s+)?" if language == "es" else r"\s+(?:and|&|plus)\s+(?:also\s+)?"
    )
    parts: list[str] = []
    for raw in re.split(r"\s*[,;]\s*", said):
        piece = re.sub(r"^(?:and|y|e|&)\s+", "", raw.strip(), flags=re.IGNORECASE)
        whole = any(dish in piece.lower() for dish in _DISHES[language])
        parts += [piece] if whole else re.split(joint, piece, flags=re.IGNORECASE)
    return [thing for part in parts if (thing := bare(part, language))]


_ARTICLES = {
    "en": ("some", "a", "an", "the", "more", "any"),
    "es": ("un", "una", "unos", "unas", "el", "la", "los", "las", "más", "algo de"),
}
_DISHES = {
    "en": ("mac and cheese", "macaroni and cheese", "fish and chips", "peanut butter and jelly",
           "salt and vinegar", "half and half", "bread and butter pudding", "oil and vinegar"),
    "es": ("sal y pimienta", "aceite y vinagre", "arroz y frijoles"),
}  # fmt: skip
"""One thing each, with an "and" inside."""


def bare(thing: str, language: str) -> str:
    """Without the article: "some milk" is on the list as "milk"."""
    thing = thing.strip(" .!?¡¿,;:\n\t")
    for article in _ARTICLES[language]:
        if thing.lower().startswith(article + " "):
            return thing[len(article) + 1 :].strip()
    return thing
