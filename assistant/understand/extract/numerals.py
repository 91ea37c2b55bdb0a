"""Numbers of every form: in figures, in words, fractions, powers."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from assistant.understand.extract.cardinals import whole
from assistant.understand.extract.fraction import exactly, fraction
from assistant.understand.extract.scan import Scan

Found = tuple[Fraction | float, int] | None

_EN = re.compile(
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+\.\d+|\d+,\d{1,2}(?!\d)|\.\d+|\d+)"
)
_ES = re.compile(
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?"
    r"|\d+,\d+|\d+\.\d+|,\d+|\d+)"
)
_POWER = re.compile(r"(?:[eE]([+-]?\d{1,4})|\^([+-]{0,2}\d{1,4})|x10\^([+-]?\d{1,4}))")
_RATIO = re.compile(r"(\d{1,15})/(\d{1,15})(?![\d/])")
_MIXED = re.compile(r"(\d{1,15}) +(\d{1,15})/(\d{1,15})(?![\d/])")
_SCALE = re.compile(r" *(k|m|g|b|t|mil|bn|mm)\b", re.IGNORECASE)
_SCALES = {"k": 3, "m": 6, "g": 9, "b": 9, "t": 12, "mil": 6, "bn": 9}
_SIGNS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_MINUS = {"en": ("minus", "negative"), "es": ("menos",)}
_LARGE = {"mill": 10**6, "bill": 10**9, "tril": 10**12}
_LARGEST = 10**30  # what is longer is a code
_POINT = {"en": ("point",), "es": ("coma", "con", "punto")}
_HALF = {"en": ("half",), "es": ("medio", "media")}
_AND = {"en": ("and",), "es": ("y", "con")}
_OVER = {"en": ("over", "in"), "es": ("sobre",)}


def number(s: Scan, i: int) -> Found:
    """A number, with its sign and all that follows it: "2 million and a half", "1 over 3"."""
    return s.once(_signed, i)


def _signed(s: Scan, i: int) -> Found:
    if s.at(i) in _MINUS[s.language]:
        found = _unsigned(s, i + 1)
        return (-found[0], found[1]) if found else None
    if s.at(i) in ("-", "−") and not (s.glued(i) and s.at(i - 1)[-1:].isalnum()):
        found = _unsigned(s, i + 1)
        spaced = not s.glued(i + 1)
        if found and not (spaced and i and s.at(i - 1)[-1:].isalnum()):
            return -found[0], found[1]
        return None
    return _unsigned(s, i)


def _unsigned(s: Scan, i: int) -> Found:
    if s.at(i) in _SIGNS:
        return Fraction(*_SIGNS[s.at(i)]), i + 1
    figures = _figures(s, i)
    worded = fraction(s, i) or _words(s, i)
    if figures and worded:
        figures = worded if worded[1] > figures[1] else figures
    found = figures or worded
    return found if found and -_LARGEST <= found[0] <= _LARGEST else None


def _end(s: Scan, at: int, i: int) -> int | None:
    """The token that ends at a place in the text, plus one."""
    while i < len(s) and s.ends[i] < at:
        i += 1
    return i + 1 if i < len(s) and s.ends[i] == at else None


def _figures(s: Scan, i: int) -> Found:
    start = s.starts[i] if i < len(s) else 0
    if i >= len(s) or not (s.at(i).isdecimal() or s.at(i) in ".,"):
        return None
    if s.at(i) in ".," and (not s.glued(i + 1) or (s.glued(i) and s.at(i - 1).isalnum())):
        return None
    numbered = s.glued(i) and s.at(i - 1) == "-" and s.at(i - 2).isdecimal()
    for pattern in (_MIXED, _RATIO):
        if (
            not numbered
            and (match := pattern.match(s.text, start))
            and int(match[match.lastindex or 0])
        ):
            end = _end(s, match.end(), i)
            parts = [int(part) for part in match.groups()]
            whole_part = parts[0] if pattern is _MIXED else 0
            if end:
                return whole_part + Fraction(parts[-2], parts[-1]), end
    match = (_ES if s.language == "es" else _EN).match(s.text, start)
    if match is None:
        return None
    end = _end(s, match.end(), i)
    if end is None or len(match[0]) > 40:
        return None
    value = _value(match[0], s.language)
    return _scaled(s, value, end, match.end())


def _value(text: str, language: str) -> Fraction:
    text = "".join(text.split())
    if language == "es":
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", text):
            text = text.replace(",", "")
        elif re.fullmatch(r"\d+\.\d+", text) and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):
            pass
        else:
            text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    else:
        text = text.replace(",", "")
    return Fraction(text if text[0] != "." else f"0{text}")


def _scaled(s: Scan, value: Fraction, end: int, at: int) -> Found:
    """What follows figures: an exponent, "k", "million", "1/2"."""
    if power := _POWER.match(s.text, at):
        after = _end(s, power.end(), end - 1)
        if after:
            return _raised(value, power), after
    if s.at(end) in _SIGNS:
        return value + Fraction(*_SIGNS[s.at(end)]), end + 1
    letter = None if s.spoken else _SCALE.match(s.text, at)  # "2700 K" are kelvin
    if letter and letter[1].lower() in _SCALES:
        after = _end(s, letter.end(), end)
        name = letter[1].lower()
        plain = (
            name == "m"
            or letter[0] == " K"
            or (s.language == "es" and name == "mil")
            or (name in ("g", "t", "b") and letter[0][0] == " ")
        )
        if after and not plain and not s.glued(after):
            return value * 10 ** _SCALES[name], after
    if value.denominator > 1 and (scale := _scale_word(s, end)):
        return value * scale[0], scale[1]
    return value, end


def _scale_word(s: Scan, i: int) -> tuple[int, int] | None:
    names = {
        "en": {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12},
        "es": {"mil": 3, "millon": 6, "millones": 6, "billon": 12, "billones": 12},
    }[s.language]
    power, end = 0, i
    while s.at(end) in names:
        power, end = power + names[s.at(end)], end + 1
    return (10**power, end) if end > i else None


def _raised(value: Fraction, power: re.Match[str]) -> Fraction | float:
    """Infinite when it is too large for anything."""
    text = power[1] or power[2] or power[3]
    exponent = int(text.lstrip("+-") or 0) * (-1 if text.count("-") % 2 else 1)
    if text.startswith("--"):
        exponent = int(text[2:] or 0)
    try:
        if power[2] is not None:
            return float(value) ** exponent
        return value * Fraction(10) ** exponent if abs(exponent) < 100 else math.inf
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _words(s: Scan, i: int) -> Found:
    """A whole number and what is added to it: "and a half", "point five", "over three"."""
    found = whole(s, i)
    if found and (mixed := _and_part(s, i, found[1])):
        return mixed
    if found is None:
        if s.language == "en" and s.at(i) == "half" and (scale := _scale_word(s, i + 1)):
            return Fraction(scale[0], 2), scale[1]
        if s.language == "en" and s.at(i) == "half" and s.at(i + 2) in ("dozen", "doz"):
            return Fraction(6), i + 3
        if s.at(i) in _HALF["es"] and s.at(i + 1) == "docena":
            return Fraction(6), i + 2
        return None
    value, end = Fraction(found[0]), found[1]
    over = s.at(end) in _OVER[s.language] and not s.spoken  # which is a sum of a command
    if over and (below := whole(s, end + 1)) and below[0]:
        same = s.at(end) != "in" or (found[0] == 1 and not s.at(end + 1).isdecimal())
        if same and (s.at(end) != "over" or s.at(i - 1) != "$"):
            return value / below[0], below[1]
    if s.at(end) in _AND[s.language] and (part := _added(s, end + 1, value)):
        return value + part[0], part[1]
    pointed = s.at(end) in _POINT[s.language] and (s.at(end) != "con" or not s.at(i).isdecimal())
    if pointed and (decimals := _decimals(s, end + 1)):
        return value + decimals[0], decimals[1]
    return value, end


def _and_part(s: Scan, i: int, end: int) -> Found:
    """ "twenty and three fifths" is twenty and a part, not twenty-three fifths."""
    for at in range(i + 1, end):
        if s.at(at) != "and":
            continue
        base = exactly(s, i, at)
        part = _added(s, at + 1, Fraction(base[0])) if base else None
        if base and part and part[1] > end:
            return base[0] + part[0], part[1]
    return None


def _added(s: Scan, i: int, value: Fraction) -> tuple[Fraction, int] | None:
    """A part: "a half" of one, of the scale before it, or of the scale after it."""
    article = s.at(i) in ("a", "an", "one", "un", "una")
    if s.at(i + article) in _HALF[s.language]:
        part: tuple[Fraction, int] | None = (Fraction(1, 2), i + article + 1)
    else:
        found = fraction(s, i)
        part = (Fraction(found[0]), found[1]) if found else None
    if part is None or part[0] >= 1:
        return None
    if scale := _scale_word(s, part[1]):
        return part[0] * scale[0], scale[1]
    for power in (10**12, 10**9, 10**6, 10**3):
        if value % power == 0 and value >= power and s.at(i - 2)[:4] in _LARGE:
            return part[0] * _LARGE[s.at(i - 2)[:4]], part[1]
    return part


def _decimals(s: Scan, i: int) -> tuple[Fraction, int] | None:
    """Digit by digit, or as one number: "point one four", "coma veinticinco"."""
    digits, at = "", i
    while (found := whole(s, at)) and (found[0] < 10 and found[1] == at + 1):
        digits, at = digits + str(found[0]), found[1]
    if not digits and (found := whole(s, i)) and not s.at(i).isdecimal():
        digits, at = str(found[0]), found[1]
    return (Fraction(f"0.{digits}"), at) if digits else None
