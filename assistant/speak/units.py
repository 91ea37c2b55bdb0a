"""Units that are put together: "m/s²", "kg/m³", "N·m", "W/(m²·K)", "L/100 km", as they are said.

A list of rules like those of `numbers`, which they stand among. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.speak.lexicon import Lexicon

Counted = Callable[[str, str, str], tuple[str, bool]]
"""Of a sign, a number in digits and the name of what is counted: the number as it is said, and
whether it is one."""
Rule = tuple[str, Callable[[re.Match[str]], str]]


@dataclass(frozen=True, slots=True)
class Joined:
    """How a language says what stands between units. square, cubic: of a length, singular and
    plural; power: of any other unit. per: before what it is divided by."""

    per: str
    square: tuple[str, str]
    cubic: tuple[str, str]
    power: Mapping[str, str]
    only_first_is_plural: bool  # "newtons metro"; in English the last is, "newton meters"


_JOINED = {
    "en": Joined(
        "per",
        ("square {}", "square {}"),
        ("cubic {}", "cubic {}"),
        {"²": "{} squared", "³": "{} cubed"},
        False,
    ),
    "es": Joined(
        "por",
        ("{} cuadrado", "{} cuadrados"),
        ("{} cúbico", "{} cúbicos"),
        {"²": "{} al cuadrado", "³": "{} al cubo"},
        True,
    ),
}
_LENGTHS = frozenset("km m dm cm mm μm nm ft mi yd".split())
_SEEN_TOGETHER = {
    "en": {"K": ("kelvin", "kelvins"), "mol": ("mole", "moles"), "T": ("tesla", "teslas"),
           "in": ("inch", "inches"), "dL": ("deciliter", "deciliters"),
           "dl": ("deciliter", "deciliters"), "d": ("day", "days"), "sr": ("steradian",) * 2},
    "es": {"K": ("kelvin", "kelvins"), "mol": ("mol", "moles"), "T": ("tesla", "teslas"),
           "in": ("pulgada", "pulgadas"), "dL": ("decilitro", "decilitros"),
           "dl": ("decilitro", "decilitros"), "d": ("día", "días"),
           "sr": ("estereorradián", "estereorradianes")},
}  # fmt: skip
"""Signs that mean a unit only beside another one."""
_TIMES = r"[·⋅•*]"
_BOTH_CAPITALS = re.compile(r"[A-Z]/[A-Z]")
"""What is mostly no unit: "N/A", "A/V"."""
_SUPERSCRIPT_MINUS = re.compile(r"\s?[·⋅]?\s?(?P<unit>[^\W\d_°]+)⁻(?P<power>[¹²³])")
_WRITTEN_POWER = re.compile(r"(?<=[^\W\d_])\^([23])(?!\d)")
_DIGIT_POWER = re.compile(r"(?<=\d)(\s?(?:km|cm|mm|m|ft))([23])\b")
_POWERS = {"1": "", "2": "²", "3": "³", "¹": "", "²": "²", "³": "³"}


def one_form(text: str) -> str:
    """For "m·s⁻²" and "m/s^2" it is "m/s²", for "50 m2" it is "50 m²"."""
    text = _SUPERSCRIPT_MINUS.sub(lambda m: f"/{m['unit']}{_POWERS[m['power']]}", text)
    text = _WRITTEN_POWER.sub(lambda m: _POWERS[m[1]], text)
    return _DIGIT_POWER.sub(lambda m: f"{m[1]}{_POWERS[m[2]]}", text)


def unit_rules(language: str, words: Lexicon, number: str, counted: Counted) -> list[Rule]:
    """number: the pattern of a number with its sign, in two groups."""
    speller = _Speller(language, words)
    signs = sorted((sign for sign in speller.names if "/" not in sign), key=len, reverse=True)
    factor = rf"(?:{'|'.join(map(re.escape, signs))})[²³]?"
    product = rf"{factor}(?:{_TIMES}{factor})*"
    below = rf"(?:/(?:\({product}\)|(?:\d+ ?)?{product}))"
    together = rf"(?:{product}{below}+|{factor}(?:{_TIMES}{factor})+)"
    squared = rf"(?:{'|'.join(sorted(_LENGTHS, key=len, reverse=True))})[²³]"

    def with_number(match: re.Match[str]) -> str:
        said, one = counted(match[1], match[2], speller.first(match[3]))
        return f"{said} {speller.said(match[3], one=one)}"

    def alone(match: re.Match[str]) -> str:
        whole = match.group()
        return whole if _BOTH_CAPITALS.fullmatch(whole) else speller.said(whole, one=False)

    return [
        (rf"{number}\s?({together})(?![\w/²³])", with_number),
        (rf"{number}\s?({squared})(?![\w/²³])", with_number),
        (rf"(?<![\w/.²³])(?:{together}|{squared})(?![\w/²³])", alone),
    ]


class _Speller:
    def __init__(self, language: str, words: Lexicon) -> None:
        language = language if language in _JOINED else "en"
        self.names = {**words.units, **_SEEN_TOGETHER[language]}
        self._joined = _JOINED[language]

    def first(self, written: str) -> str:
        """The singular of the first part, whose gender the number takes."""
        return self.names[re.split(rf"[/²³]|{_TIMES}", written)[0]][0]

    def said(self, written: str, *, one: bool) -> str:
        """A unit of several parts. one: there is one of it."""
        above, *below = written.split("/")
        parts = [self._product(above, one=one)]
        for each in below:
            digits = re.match(r"\d+", each)
            many = digits is not None and digits.group() != "1"
            product = self._product(each[digits.end() :] if digits else each, one=not many)
            parts.append(f"{digits.group()} {product}" if digits else product)
        return f" {self._joined.per} ".join(parts)

    def _product(self, written: str, *, one: bool) -> str:
        factors = re.split(_TIMES, written.strip(" ()"))
        counts = 0 if self._joined.only_first_is_plural else len(factors) - 1
        said = [
            self._factor(each, one=one or place != counts) for place, each in enumerate(factors)
        ]
        return " ".join(said)

    def _factor(self, written: str, *, one: bool) -> str:
        if (whole := self.names.get(written)) is not None:
            return whole[0 if one else 1]
        sign, power = written[:-1], written[-1]
        name = self.names[sign][0 if one else 1]
        if sign in _LENGTHS or sign == "in":
            shape = self._joined.square if power == "²" else self._joined.cubic
            return shape[0 if one else 1].format(name)
        return self._joined.power[power].format(name)
