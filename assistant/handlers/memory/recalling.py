"""Which of the things that were told answers a question: by their words and their meaning. Pure.

A wrong one is worse than none, so a question must be about something definite ("the spare key", "my
sister"), and share nearly all of its words, or be near in meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

Vectors = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str], str], "Vectors | None"]
"""Unit vectors of sentences of a language; None where there is no model for it."""

NEAR = 0.5
"""Cosine from which a thing is meant that shares half of the question's words."""
SAME = 0.66
"""Cosine from which it is meant whatever its words are, when the question is about the user."""
_ALIKE = 88.0  # of 100: a word and its plural

_ENDINGS = frozenset("s es ed d ing er".split())  # "park" is "parked"

_LITTLE = {
    "en": frozenset(
        "a an the my our your his her its their this that these those is are was were be been am do"
        " does did done have has had i you he she it we they me him them us of to in on at for from"
        " with by and or as about into up out off what where when who whose which how why much many"
        " can could would should will please tell know remember say said told again there here not"
        " no yes got get put s ll ve re m d now today so if just".split()
    ),
    "es": frozenset(
        "un una unos unas el la los las lo mi mis tu tus su sus nuestro nuestra este esta ese esa"
        " es son era eran está están estaba ser fue hay ha he has yo tú él ella me te se le nos de"
        " del a al en con por para y o que qué dónde cuándo quién quiénes cuál cuáles cómo cuánto"
        " puedes dime sabes recuerdas dijo dije dicho otra vez no sí tengo tiene tenía puse dejé"
        " ahora hoy si".split()
    ),
}
_DEFINITE = {
    "en": re.compile(r"\b(the|my|our|i|me|we|us|mine|his|her|their|did i|'s|s')\b"),
    "es": re.compile(
        r"\b(el|la|los|las|mi|mis|nuestr\w+|yo|me|he|puse|dejé|aparqué|estacioné|guardé|tengo|tenemos)\b"
    ),
}
_PERSONAL = {
    "en": re.compile(r"\b(my|our|i|we|mine|me)\b"),
    "es": re.compile(r"\b(mi|mis|nuestr\w+|yo|he|puse|dejé|aparqué|estacioné|guardé|tengo|me)\b"),
}
_ASKS = {
    "en": re.compile(
        r"\b(what|where|when|who|whose|which|how|do you (know|remember)|did i|is|are|was|does|do"
        r"|tell me|have i)\b"
    ),
    "es": re.compile(
        r"\b(qué|dónde|cuándo|quién|cuál|cómo|cuánt\w+|sabes|recuerdas|dime|es|está)\b"
    ),
}


def best(question: str, texts: Sequence[str], language: str, embed: Embed) -> int | None:
    """The index of the thing that answers `question`; None when none does. Of equals the first."""
    language = language if language in _LITTLE else "en"
    lowered = question.lower()
    asked = content(question, language)
    if not texts or not asked or not _ASKS[language].search(lowered):
        return None
    if not _DEFINITE[language].search(lowered):
        return None
    shares = [_share(asked, content(text, language)) for text in texts]
    personal = _PERSONAL[language].search(lowered) is not None
    certain = [i for i, share in enumerate(shares) if share == 1]
    if certain and (personal or len(asked) > 1 or "where" in lowered or "dónde" in lowered):
        return certain[0]
    vectors = embed([question, *texts], language)
    if vectors is None:
        enough = [i for i, share in enumerate(shares) if share >= 0.75]
        return enough[0] if enough else None
    cosines = [float(np.dot(vectors[0], vector)) for vector in vectors[1:]]
    fitting = [
        i
        for i, (share, cosine) in enumerate(zip(shares, cosines, strict=True))
        if (share >= 0.5 and cosine >= NEAR) or (personal and cosine >= SAME)
    ]
    return max(fitting, key=lambda i: (cosines[i], -i)) if fitting else None


def about(words: str, texts: Sequence[str], language: str) -> list[int]:
    """The indices of the things that have all of these words; for "forget ..." to name them."""
    language = language if language in _LITTLE else "en"
    wanted = content(words, language) or words.lower().split()
    return [i for i, text in enumerate(texts) if _share(wanted, content(text, language)) == 1]


def content(text: str, language: str) -> list[str]:
    """The words that carry meaning."""
    words = re.findall(r"[^\W_]+", text.lower().replace("'s", " ").replace("’s", " "))
    return [word for word in words if word not in _LITTLE[language]]


def _share(asked: Sequence[str], told: Sequence[str]) -> float:
    """How much of what is asked stands in what was told."""
    return sum(any(_same(a, t) for t in told) for a in asked) / len(asked)


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 4 or a.isdigit() or a[0] != b[0]:
        return False
    ending = long[len(short) :] if long.startswith(short) else ""
    return ending in _ENDINGS or fuzz.ratio(a, b) >= _ALIKE
