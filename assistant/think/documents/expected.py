"""What kind of thing a question asks for, and where a text has one: a name, a time, a place, a
number. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

Kind = Literal["person", "time", "place", "number", ""]

_WHICH = {"en": r"(?:what|which)", "es": r"(?:qué|que|cuál|cual|cuáles|cuales)"}
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


def _pattern(language: str, kind: Kind) -> re.Pattern[str]:
    """A bare question word, or "which" with a noun at most three words behind it."""
    nouns = "|".join(_NOUNS[language][kind].split())
    which = rf"{_WHICH[language]} (?:\w+ ){{0,3}}(?:{nouns})(?:e?s)?"
    return re.compile(rf"\b(?:{_BARE[language][kind]}|{which})\b")


_ASKED: Mapping[str, Mapping[Kind, re.Pattern[str]]] = {
    language: {kind: _pattern(language, kind) for kind in kinds}
    for language, kinds in _BARE.items()
}
_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    "|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|dozen|twice|double"
    "|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cuarenta"
    "|cincuenta|cien|ciento|mil|millón|millones|mitad|tercio|cuarto|docena|doble"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|enero"
    "|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_HELD: Mapping[str, re.Pattern[str]] = {
    "number": re.compile(rf"\d[\d.,]*|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    "time": re.compile(
        rf"\b(?:1\d|20)\d\d\b(?:s\b)?|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:{_MONTHS})\b"
        r"|\b(?:centur(?:y|ies)|siglos?|decade|década|monday|tuesday|wednesday|thursday|friday"
        r"|saturday|sunday|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\d{1,2}:\d\d"
        r"|\b(?:after|before|during|until|since|tras|antes|durante|hasta)\b",
        re.IGNORECASE,
    ),
    "name": re.compile(r"(?<![.!?…]\s)(?<!^)(?<![\"“«(])\b[A-ZÁÉÍÓÚÑ][\w’'.-]*"),
    "place": re.compile(
        r"\b(?:in|at|near|to|from|of|on|across|through|en|a|de|desde|hacia|cerca|por)\s+(?:the\s+|el\s+|la\s+"
        r"|los\s+|las\s+)?([A-ZÁÉÍÓÚÑ][\w’'-]+)"
    ),
}


def asked(question: str, language: str) -> Kind:
    """What kind of thing the question is after; "" where it does not say."""
    plain = question.lower()
    for kind, pattern in _ASKED.get(language, _ASKED["en"]).items():
        if pattern.search(plain):
            return kind
    return ""


def held(kind: Kind, text: str) -> Iterator[tuple[int, int]]:
    """Where in a text such things stand."""
    if kind == "":
        return
    name = "name" if kind == "person" else kind
    for match in _HELD[name].finditer(text):
        group = 1 if match.re.groups else 0
        yield match.span(group)
