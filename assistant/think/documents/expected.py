"""What kind of thing a question asks for, and what kind of thing a word is. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Kind = Literal["person", "time", "place", "number", "why", ""]
KINDS: tuple[Kind, ...] = ("", "person", "time", "place", "number", "why")
Sort = Literal["year", "number", "name", "first", "plain"]
SORTS: tuple[Sort, ...] = ("year", "number", "name", "first", "plain")
"""Of words: a year or a month, another number, a name, the first word of a sentence with its
capital, which may be a name or not, and any other."""

_WHICH = {"en": r"(?:what|which)", "es": r"(?:qué|que|cuál|cual|cuáles|cuales)"}
_WHY = re.compile(r"\b(?:why|por qué)\b")
_BARE: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        "time": "when",
        "number": "how (?:many|much|long|old|tall|far|fast|often|big|large|high|hot|heavy|deep)",
        "place": "where",
        "person": "who|whom|whose",
    },
    "es": {
        "time": "cu[aá]ndo",
        "number": "cu[aá]nt[oa]s?",
        "place": "a?d[oó]nde",
        "person": "qui[eé]n(?:es)?",
    },
}
_NOUNS: Mapping[str, Mapping[Kind, str]] = {
    "en": {
        "time": "year date day month century decade time era",
        "number": "percent percentage number amount proportion fraction population age price cost"
        " size pressure temperature speed weight length height",
        "place": "country city state town county region place continent river area location island"
        " province street station",
        "person": "person man woman king president author company group organization organisation"
        " team name actor composer mathematician scientist chemist court agency",
    },
    "es": {
        "time": "año fecha día mes siglo década época momento hora",
        "number": "porcentaje número cantidad proporción fracción población edad precio coste"
        " tamaño presión temperatura velocidad peso altura longitud",
        "place": "país ciudad estado pueblo condado región lugar continente río zona isla provincia"
        " calle",
        "person": "persona hombre mujer rey presidente autor autora empresa compañía grupo"
        " organización equipo nombre actor compositor matemático científico químico tribunal",
    },
}
_ASKING = {
    "en": re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b"),
    "es": re.compile(r"\b(?:qué|quién|quiénes|cuándo|dónde|cuál|cuáles|cuánt[oa]s?|cómo|que)\b"),
}
_SUBJECTS = frozenset({"who", "what", "which", "quién", "qué", "quiénes"})


def _pattern(language: str, kind: Kind) -> re.Pattern[str]:
    """A bare question word, or "which" with a noun at most three words behind it."""
    nouns = "|".join(_NOUNS[language][kind].split())
    which = rf"{_WHICH[language]} (?:\w+ ){{0,3}}(?:{nouns})(?:e?s)?"
    return re.compile(rf"\b(?:{_BARE[language][kind]}|{which})\b")


_ASKED: Mapping[str, Mapping[Kind, re.Pattern[str]]] = {
    language: {kind: _pattern(language, kind) for kind in kinds}
    for language, kinds in _BARE.items()
}
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty"
    " seventy eighty ninety hundred thousand million billion half third quarter dozen twice double"
    " first second uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta"
    " cuarenta cincuenta cien ciento mil millón millones mitad tercio cuarto docena doble".split()
)
_TIMES = frozenset(
    "january february march april may june july august september october november december enero"
    " febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre century"
    " centuries siglo siglos decade década monday tuesday wednesday thursday friday saturday sunday"
    " lunes martes miércoles jueves viernes sábado domingo".split()
)
_YEAR = re.compile(r"1\d\d\d|20\d\d")


def asked(question: str, language: str) -> Kind:
    """What kind of thing the question is after; "" where it does not say."""
    plain = question.lower()
    if _WHY.search(plain):
        return "why"
    for kind, pattern in _ASKED.get(language, _ASKED["en"]).items():
        if pattern.search(plain):
            return kind
    return ""


def asking(question: str, language: str) -> tuple[int, bool]:
    """Where the question word ends, and whether it may be the subject of the sentence; (-1, False)
    without one."""
    match = _ASKING.get(language, _ASKING["en"]).search(question.lower())
    return (match.end(), match.group() in _SUBJECTS) if match else (-1, False)


def sort_of(word: str, *, first: bool) -> Sort:
    """first: it begins a sentence."""
    if word[0].isdigit():
        return "year" if _YEAR.fullmatch(word) else "number"
    plain = word.lower()
    if plain in _TIMES:
        return "year"
    if plain in _NUMBER_WORDS:
        return "number"
    if not word[0].isupper():
        return "plain"
    return "first" if first and not (len(word) > 1 and word.isupper()) else "name"
