"""Words of a text: which language they are of, their stems, and the sentences they make. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

LANGUAGES = ("en", "es")
_STEMMERS = {"en": "english", "es": "spanish"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOOKED_AT = 4000  # words of a text that tell its language

STOP = {
    "en": frozenset(
        "a an the and or but if of in on at by for from with to into as is are was were be been"
        " being am do does did doing have has had having it its it's this that these those there"
        " here he she they we you i me him her them us my your his our their who whom whose which"
        " what when where why how not no nor so than then too very can could will would shall"
        " should may might must about s t over under out up down off any some such only own same"
        " other many much tell know say says please".split()
    ),
    "es": frozenset(
        "el la los las lo un una unos unas y e o u pero si de del en al a por para con sin sobre"
        " como cómo es son era eran fue fueron ser sido está están estaba estar hay ha han había"
        " haber he que qué cual cuál cuales cuáles quien quién quienes quiénes cuando cuándo donde"
        " dónde cuanto cuánto cuanta cuánta cuantos cuántos cuantas cuántas porque se su sus le les"
        " me te nos mi mis tu tus no ni ya más muy este esta estos estas ese esa esos esas esto eso"
        " entre también hasta desde durante tan tiene tienen tenía hace hizo di dime dice".split()
    ),
}
_TELLING = {
    **STOP,
    "fr": frozenset("le la les des du et est dans que qui une pour pas sur au avec ce il".split()),
    "de": frozenset("der die das und ist nicht ein eine zu den mit von auf für sich dem".split()),
    "it": frozenset("il lo gli della di che è un una per non sono con nel alla del le".split()),
    "pt": frozenset("o a os as um uma de do da em no na que não é para com por se ao".split()),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, and what it is compared by."""

    stem: str
    start: int
    end: int
    stop: bool = False


def language_of(text: str) -> str:
    """ "en", "es", or "" for another language and for what has too few words to tell."""
    found = Counter(
        match.group().lower()
        for match, _ in zip(_WORD.finditer(text), range(_LOOKED_AT), strict=False)
    )
    whole = sum(found.values())
    shares = {
        name: sum(found[word] for word in words if len(word) > 1 or word in "aeyo") / max(1, whole)
        for name, words in _TELLING.items()
    }
    best = max(shares, key=lambda name: shares[name])
    return best if best in LANGUAGES and shares[best] > 0.1 else ""


@lru_cache(maxsize=20_000)  # 4 MB when full; the words of a language are used over and over
def stem(word: str, language: str) -> str:
    """What a word is compared by: without its ending, case and accents."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if word[0].isdigit():
        return word.replace(",", "").replace(".", "p")  # one word for the index, too
    if language in _STEMMERS:
        word = _stemmer(_STEMMERS[language]).stemWord(word)
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if c.isalnum()) or "x"


@cache
def _stemmer(name: str) -> Any:
    import snowballstemmer  # with all its thirty languages: a fifth of all that a start imports

    return snowballstemmer.stemmer(name)


def tokens(text: str, language: str) -> list[Token]:
    stop = STOP.get(language, frozenset())
    return [
        Token(stem(m.group(), language), m.start(), m.end(), m.group().lower() in stop)
        for m in _WORD.finditer(text)
    ]


def stems(text: str, language: str) -> list[str]:
    """Of the words that carry meaning."""
    return [token.stem for token in tokens(text, language) if not token.stop]


_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)")
_SPACE = re.compile(r"\s*")
_LONGEST_SHORT = 40  # characters before a full stop in which an abbreviation is looked for
_SHORT = frozenset(
    "mr mrs ms dr prof st sr sra dra jr vs etc e.g i.e fig no vol art cf al approx inc ltd co dept"
    " gen col capt rev hon u.s d c a.c d.c ee.uu pág p pp núm ej aprox jan feb mar apr jun jul aug"
    " sep sept oct nov dec".split()
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    found, start = [], 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            found.append((start, match.end()))
            start = _past_space(text, match.end())
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found


def _past_space(text: str, at: int) -> int:
    """Where the text goes on; without a copy of the rest, which may be a whole book."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence, and is not that of "Dr. Who" or "J. R. R."."""
    following = _past_space(text, match.end())
    if text[following : following + 1].islower():
        return False
    if match.group()[0] != ".":
        return True
    before = text[max(start, match.start() - _LONGEST_SHORT) : match.start()].split()
    last = before[-1].lstrip("(\"'“«¿¡").lower() if before else ""
    one_letter = len(last) == 1 and last.isalpha()
    return not (last in _SHORT or one_letter)
