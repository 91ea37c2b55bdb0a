"""Numbers of something: percentages, money, measures, temperatures, ages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from assistant.understand.extract.cardinals import whole
from assistant.understand.extract.length_words import AND_PART
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Phrases, Scan, by_language
from assistant.understand.extract.unit_words import unit_names

_PERCENT = by_language(
    en="percent|percents|per cent|%|percentage points", es="por ciento|por cien|%|porciento"
)
_PERCENT_SPOKEN = by_language(en="percent|percents|percentage points", es="por ciento|porciento")
_PERCENT_ALONE = by_language(en="percent|percents|%|percentage|percentages", es="porcentaje|%")
_PERCENT_OF = by_language(en="percent of|percents of|% of|percentage of", es="porcentaje de")
_OLD = by_language(
    en="old|of age|-old|- old", es="de edad|de antigüedad|de vida"
)  # after a length of time
_A = {"en": ("a", "an"), "es": ("un", "una")}
_TIMES = by_language(
    en={"year": "year|years", "month": "month|months", "week": "week|weeks", "day": "day|days"},
    es={"year": "año|años", "month": "mes|meses", "week": "semana|semanas", "day": "dia|dias"},
)
_HALF = by_language(en="half of a|half of an|half a|half an|a half|half", es="media|medio")
_SMALLER = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14)}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a command, with its percent sign when it has one."""

    value: Fraction
    end: int
    percent: bool


def amount(s: Scan, i: int) -> Amount | None:
    found = number(s, i)
    if found is None or not math.isfinite(found[0]):
        return None
    value, end = Fraction(found[0]), found[1]
    after = s.after(end, _PERCENT_SPOKEN[s.language])
    if after > end and s.language == "es" and whole(s, after):
        after = end  # "dos por ciento tres" is 2 times 103
    return Amount(value, after, after > end)


def node_of(kind: str, i: int, end: int, value: Fraction | float | None, unit: str) -> Node:
    return Node(kind, i, end, [None if value is None else float(value)], {"unit": unit})


def percent(s: Scan, i: int) -> Maybe:
    if (of := s.match(i, _PERCENT_OF[s.language])) and (found := number(s, of[1])):
        return node_of("percentage", i, found[1], found[0], "")
    found = number(s, i)
    if found and (end := s.after(found[1], _PERCENT[s.language])) > found[1]:
        return node_of("percentage", i, end, found[0], "")
    if (alone := s.match(i, _PERCENT_ALONE[s.language])) and s.language == "en":
        return node_of("percentage", i, alone[1], None, "")
    return None


def measure(s: Scan, i: int) -> Maybe:
    """A number with its unit, or a unit by itself; no bare degrees, which are temperatures."""
    return _counted(s, i, "dimension", unit_names(s.language, False, s.spoken))


def temperature(s: Scan, i: int) -> Maybe:
    return _counted(s, i, "temperature", unit_names(s.language, True, s.spoken))


def _counted(s: Scan, i: int, kind: str, names: Phrases) -> Maybe:
    found = article_or_number(s, i, names)
    if found is None:
        alone = s.match(i, names)
        if alone and not s.spoken and _may_be_alone(s, i, alone):
            return node_of(kind, i, alone[1], None, alone[0])
        return None
    value, end = found
    for sign in ("-", "{", "de"):
        if s.at(end) == sign and s.match(end + 1, names):
            end += 1
            break
    unit = s.match(end, names)
    if unit is None or _is_code(s, i, end, unit[1]) or _is_word(s, i, end):
        return None
    if unit[0] == "degree" and kind == "dimension" and _is_temperature(s, unit[1]):
        return None
    after = unit[1] + (s.at(end - 1) == "{" and s.at(unit[1]) == "}")
    value, after = _with_smaller(s, value, after, unit[0], names)
    if s.spoken and (part := s.match(after, AND_PART[s.language])):
        value, after = value + Fraction(part[0]), part[1]  # "a cup and a half"
    return node_of(kind, i, after, value, unit[0])


def _is_temperature(s: Scan, i: int) -> bool:
    """Whether degrees are followed by what they are of."""
    scales = unit_names(s.language, True, s.spoken)
    return bool(s.match(i, scales)) or s.at(i) in ("celsius", "c", "f")


def _with_smaller(
    s: Scan, value: Fraction | float, end: int, unit: str, names: Phrases
) -> tuple[Fraction | float, int]:
    """A foot takes inches along, of a command also a pound its ounces."""
    if unit not in _SMALLER or (unit != "foot" and not s.spoken):
        return value, end
    smaller, parts = _SMALLER[unit]
    rest = number(s, end + (s.at(end) in ("and", "y")))
    if rest and (small := s.match(rest[1], names)) and small[0] == smaller:
        return value + Fraction(rest[0]) / parts, small[1]
    if s.spoken and s.at(end - 1) == "foot" and rest and rest[0] in range(12) and value in range(9):
        return value + Fraction(rest[0]) / parts, rest[1]  # "five foot ten", as a height is said
    return value, end


def article_or_number(s: Scan, i: int, names: Phrases) -> tuple[Fraction | float, int] | None:
    """A number; "a half", and the article: in Spanish, and of a command."""
    if s.spoken and (half := s.after(i, _HALF[s.language])) > i and s.match(half, names):
        return Fraction(1, 2), half
    if (found := number(s, i)) or s.at(i) not in _A[s.language]:
        return found
    if s.at(i + 1) in ("half", "medio") and s.match(i + 2, names):
        return Fraction(1, 2), i + 2
    return (Fraction(1), i + 1) if s.language == "es" or s.spoken else None


def _is_code(s: Scan, i: int, at: int, end: int) -> bool:
    """Whether a number and a unit are parts of a code: "scp-173m", "24703 L-202"."""
    if s.glued(end) and s.at(end)[:1].isalnum():
        return True
    if s.glued(i) and ((s.at(i - 1) == "-" and s.at(i - 2).isalnum()) or s.at(i - 1).isalpha()):
        return True
    return s.glued(end) and s.at(end) == "-" and s.glued(end + 1) and len(s.at(at)) == 1


def _is_word(s: Scan, i: int, at: int) -> bool:
    """Whether an abbreviation is a word here: "at 6 pm", "50 in 2020"."""
    if s.at(at) == "pm":
        return s.at(i - 1) in ("at", "by", "until", "before", "after")
    return s.at(at) == "in" and (s.at(at + 1).isdecimal() or s.at(at + 1) in ("the", "a"))


def _may_be_alone(s: Scan, i: int, alone: tuple[str, int]) -> bool:
    """Whether a unit without a number is meant as one: no short ones, no everyday words."""
    word = s.at(i)
    known = ("degree_Celsius", "degree_Fahrenheit", "kelvin", "microgram")
    return len(word) > 2 and (
        alone[0] in known or (alone[0] == "oil_barrel" and s.language == "es")
    )


def age(s: Scan, i: int) -> Maybe:
    if s.language == "en" and s.at(i) == "age" and (found := number(s, i + 1)):
        return node_of("age", i, found[1], found[0], "age")
    found = number(s, i)
    if found is None:
        return None
    end = found[1] + (s.at(found[1]) == "-")
    unit = s.match(end, _TIMES[s.language])
    if unit is None:
        return None
    after = s.after(s.skip(unit[1], "-"), _OLD[s.language])
    if s.language == "en" and after <= unit[1] + (s.at(unit[1]) == "-"):
        return None
    return node_of("age", i, unit[1] if s.language == "es" else after, found[0], unit[0])
