"""In which language a piece of a reply is said: that of the reply, unless it is plainly another.

A voice reads words of another language by its own rules ("the tires need" as "te tires ne-ed"), so
a sentence out of a Spanish document is said by the Spanish voice, whoever asked. Single foreign
words and names stay with the sentence: espeak-ng, from which the voices have their sounds, knows
the usual ones. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COLON = re.compile(r"(?<=\w:)\s+(?=[^\W\d]|[¿¡\"“«])")
_FEWEST = 5  # words of which a language is told
_TELL = 2  # of them that tell it, at least
_TIMES = 4  # as many as tell the language of the reply
_MARKS = {
    "en": frozenset(
        "the of and to is was for that it with as on are by be this from at or which were an their"
        " have not but they his her its it's you we will would can could should been who what when"
        " there than into about our your if then where while must may don't isn't i'm".split()
    ),
    "es": frozenset(
        "el la los las de del y en que un una unos unas por con para es fue se su sus al lo como"
        " más pero le les ya este esta estos estas ese esa porque entre cuando muy sobre también"
        " hasta hay donde desde durante ser está están han había fueron eran qué según sino".split()
    ),
}
"""Words that only one of the languages has, so common that no sentence of it does without."""
_LETTERS = {"es": re.compile(r"[ñ¿¡]|\b[^\W\d_]+(?:ción|dad|ando|iendo)\b", re.IGNORECASE)}
"""What else only one of them has."""


Pieces = list[tuple[str, str]]
"""Of a sentence, each with its language."""


def by_tongue(
    sentences: Iterable[str], language: str, spoken: Collection[str]
) -> Iterator[tuple[str, Pieces]]:
    """Each sentence of a reply, with its pieces. spoken: the languages that have a voice."""
    before = language
    for sentence in sentences:
        pieces = parts(sentence, language, spoken, before)
        before = pieces[-1][1]
        yield sentence, pieces


def parts(sentence: str, language: str, spoken: Collection[str], before: str = "") -> Pieces:
    """The pieces of one. Only behind a colon does another language begin: "From recetas: Las
    patatas se fríen". before: the language of the piece before it, with which one stays that tells
    none ("Tardan diez minutos"); "" for that of the reply."""
    pieces = _COLON.split(sentence, maxsplit=1)
    told: Pieces = []
    for piece in pieces:
        latest = told[-1][1] if told else before
        told.append((piece, _told(piece, language, spoken, latest or language)))
    if len({tongue for _, tongue in told}) > 1:
        return told
    return [(sentence, _told(sentence, language, spoken, before or language))]


def _told(text: str, language: str, spoken: Collection[str], before: str) -> str:
    words = _WORD.findall(text)
    own = _marks(words, text, language) if words else 0
    otherwise = language if own else before
    if len(words) < _FEWEST:
        return otherwise
    others = {name: _marks(words, text, name) for name in _MARKS if name != language}
    best = max((name for name in others if name in spoken), key=lambda n: others[n], default="")
    plainly = best and others[best] >= max(_TELL, _TIMES * own)
    return best if plainly else otherwise


def _marks(words: Collection[str], text: str, language: str) -> int:
    """How much tells that it is of a language. A capital tells nothing: "Los Angeles, La Paz"."""
    known = _MARKS.get(language, frozenset())
    first = next(iter(words))
    told = sum(word.replace("’", "'") in known for word in words)
    told += first[:1].isupper() and first.lower() in known
    return told + (len(_LETTERS[language].findall(text)) if language in _LETTERS else 0)
