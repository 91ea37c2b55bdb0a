"""What a model wrote, as it is fit to be said: without its manners, no longer than one listens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

ENOUGH = 45
"""Words after which an answer ends at the next end of a sentence, some 18 s of speech
(`think.enough_words`). "Tell me more" goes on from there."""
_ENDS = (".", "!", "?", "…")

_AS_AN_AI = re.compile(
    r"^\W*(?:(?:i am|i'm) sorry,?\s*(?:but )?|unfortunately,?\s*|lo siento,?\s*(?:pero )?)?"
    r"(?:as|being|since i(?:'m| am)|because i(?:'m| am)|como|al ser|soy|siendo)"
    r"(?: only| just| solo)?"
    r" (?:an?|un|una)?\s*(?:\w+ )?(?:ai|a\.i\.|artificial intelligence|(?:large )?language model"
    r"|virtual assistant|chatbot|machine|ia|i\.a\.|inteligencia artificial|modelo de lenguaje"
    r"|asistente (?:virtual|de ia)|máquina)\b[^,.;:!?]*(?:[,;:]\s*(?:but |and |so |pero |y )?|$)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:(?:certainly|sure|of course|absolutely|great question|good question|sure thing"
    r"|i'd be happy to help(?: (?:you )?with that)?|i would be happy to help(?: with that)?"
    r"|here (?:is|are) (?:the|an?|your) (?:answer|list|response)s?"
    r"|claro(?: que sí)?|por supuesto|desde luego|buena pregunta|con mucho gusto"
    r"|aquí (?:tienes|está) (?:la|una|tu) (?:respuesta|lista))\b\s*[!.,:]+\s*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*(?:(?:please )?(?:let me know|feel free|don't hesitate|do not hesitate)"
    r"|i hope (?:this|that) helps|is there anything else|if you (?:have any|need any) (?:other|more"
    r"|further|additional)?|how (?:can|may) i (?:help|assist) you"
    r"|(?:por favor,? )?(?:no dudes en|avísame|dime si)"
    r"|espero que (?:esto )?(?:te )?(?:ayude|sirva)"
    r"|hay algo más en|si tienes (?:más|otras|alguna)|en qué (?:más )?puedo ayudar)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[(?:your |insert |tu |su )?[^\]\d]{2,30}\]", re.IGNORECASE)


def for_the_ear(
    sentences: Iterator[str], enough: Callable[[], object], most: int = ENOUGH
) -> Iterator[str]:
    """`sentences`, less those that say nothing; calls `enough`, and ends, when it was enough:
    `most` words, to the end of their sentence."""
    words = 0
    pending = ""  # the beginning of a sentence was left out: the next one begins in its place
    for sentence in sentences:
        text = spoken_part(sentence)
        if not text:
            pending = pending or sentence
            continue
        if pending or text != sentence.strip():
            text = text[:1].upper() + text[1:]
            pending = ""
        yield text
        words += len(text.split())
        if words >= most and text.rstrip("\"')*_ ").endswith(_ENDS):
            enough()
            return


def spoken_part(sentence: str) -> str:
    """A sentence without "As an AI, ..." and the like; "" when nothing is left."""
    text = sentence.strip()
    text = _OPENING.sub("", text)
    text = _AS_AN_AI.sub("", text)
    text = _PLACEHOLDER.sub("", text).strip()
    if _CLOSING.match(text):
        return ""
    return text if any(char.isalnum() for char in text) else ""
