"""Ranges of numbers: "between 5 and 10", "at least 20", "mayor que 3 y menor o igual a 7"."""

from __future__ import annotations

from fractions import Fraction

from assistant.understand.extract.cardinals import place
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Scan, by_language

# comparison: ">" and "<", with "=" when the number itself is in
_BEFORE = by_language(
    en={
        ">": "more than|greater than|larger than|bigger than|higher than|over|above"
        "|exceed|exceeds"
        "|exceeding|exceeded|>|in excess of|higher than the",
        ">=": "at least|no less than|not less than|greater than or equal to"
        "|larger than or equal to"
        "|bigger than or equal to|more than or equal to|bigger or equal than"
        "|greater or equal than"
        "|larger or equal than|> =|>=|equal to or more than"
        "|equal to or greater than|equal or greater than"
        "|more or equal than|no fewer than|minimum of|not smaller than",
        "<": "less than|smaller than|fewer than|lower than|below|under|<|lower than the",
        "<=": "at most|no more than|not more than|up to|less than or equal to"
        "|smaller than or equal to"
        "|less or equal than|smaller or equal than|fewer than or equal to|< =|<="
        "|equal to or less than"
        "|no greater than|not greater than|maximum of|equal or less than",
        "=": "equal to|equals to|equals|equaling to|equaling",
    },
    es={
        ">": "mas de|mas que|mayor que|mayor de|mayores que|mayores de|mayores a"
        "|mayor a|superior a"
        "|superiores a|mas alto que|mas alto que el|mas alta que|>|por encima de"
        "|sobre los|mas alto que la",
        ">=": "al menos|por lo menos|como minimo|no menos de|no menos que|mayor o igual que"
        "|mayor o igual a|mayores o iguales a|mayores o iguales que"
        "|superiores o iguales a|>=|> ="
        "|igual a o mayor que|igual o mayor que|igual o mayor a|no menor que|minimo",
        "<": "menos de|menos que|menor que|menor de|menores que|menores de|menores a"
        "|menor a|inferior a"
        "|inferiores a|mas bajo que|mas bajo que el|mas baja que|<|por debajo de",
        "<=": "como maximo|no mas de|no mas que|menor o igual que|menor o igual a"
        "|menores o iguales a"
        "|menores o iguales que|inferiores o iguales a|<=|< ="
        "|igual a o menor que|igual o menor que|hasta"
        "|a lo sumo|no mayor que|maximo|igual o menor a",
        "=": "igual a|iguales a|equivale a",
    },
)
_AFTER = by_language(
    en={
        ">=": "or more|and more|or greater|or higher|or above|or larger|and above|and up",
        "<=": "or less|and less|or fewer|or lower|or smaller|or below|and below",
    },
    es={
        ">=": "o mas|y mas|o mayor|o superior|o mayores",
        "<=": "o menos|y menos|o menor|o inferior|o menores",
    },
)
_OR_EQUAL = by_language(en="or equal to|or equals to|or equal", es="o igual a|o igual|o iguales")
_FROM = by_language(en="between|from", es="entre|desde|de|entre el|entre la")
_TO = by_language(en="and|to|through|-|–|~", es="y|a|hasta|-|–|~|e")
_AND = by_language(en="and|but|, and|,", es="y|pero|e|,")


def _value(s: Scan, i: int) -> tuple[Fraction | float, int] | None:
    at = i + (s.at(i) in ("the", "el", "la"))
    return number(s, at) or place(s, at)


Bound = tuple[str, Fraction | float, int]


def _bound(s: Scan, i: int) -> Bound | None:
    """One comparison: sign, number, the index after it."""
    if s.at(i) in ("<", ">", "=") and s.glued(i) and s.at(i - 1) in ("<", ">", "="):
        return None
    if found := s.match(i, _BEFORE[s.language]):
        value = _value(s, found[1])
        if value is None:
            return None
        sign, end = found[0], value[1]
        if sign in "<>" and (more := s.after(end, _OR_EQUAL[s.language])) > end:
            return sign + "=", value[0], more
        if sign == "=" and (after := _equal_or(s, end)):
            return after[0], value[0], after[1]
        return sign, value[0], end
    value = _value(s, i)
    if value and (found := s.match(value[1], _AFTER[s.language])):
        if s.at(found[1]) in ("than", "de", "que") and _value(s, found[1] + 1):
            return None
        return found[0], value[0], found[1]
    return None


def _equal_or(s: Scan, i: int) -> tuple[str, int] | None:
    """ "equal to 5000 or more than" with no further number."""
    word = {"en": "or", "es": "o"}[s.language]
    if s.at(i) != word:
        return None
    more = {
        "more": ">=",
        "greater": ">=",
        "less": "<=",
        "mayor": ">=",
        "menor": "<=",
        "mas": ">=",
        "menos": "<=",
    }.get(s.at(i + 1))
    end = i + 2 + (s.at(i + 2) in ("than", "que", "de"))
    return (more, end) if more and _value(s, end) is None else None


def number_range(s: Scan, i: int) -> Maybe:
    """The widest range that begins here; the past end of "between" is not in it."""
    if found := _between(s, i):
        return found
    first = _bound(s, i)
    if first is None:
        return None
    at = s.after(first[2], _AND[s.language])
    if at > first[2]:
        second = _bound(s, at)
        if second and _fit(first, second):
            low, high = (first, second) if first[0][0] == ">" else (second, first)
            text = f"{_open(low)}{_plain(low[1])},{_plain(high[1])}{_close(high)}"
            return Node("numberrange", i, second[2], [text])
    return Node("numberrange", i, first[2], [_alone(first)])


def _between(s: Scan, i: int) -> Maybe:
    opened = s.after(i, _FROM[s.language])
    start = _value(s, opened)
    if start is None:
        return None
    to = s.match(start[1], _TO[s.language])
    if to is None or (opened == i and to[0] not in ("-", "–", "~", "through")):
        return None
    if to[0] in ("and", "y", "e") and s.at(i) not in ("between", "entre"):
        return None
    end = _value(s, to[1])
    if end is None or end[0] <= start[0]:
        return None
    if s.at(i - 1) in ("+", "-") or (s.at(end[1]) in ("-", "/") and s.glued(end[1])):
        return None
    if s.at(end[1]) in ("in", "en") and 1000 < float(end[0]) < 0:
        return None
    text = f"[{_plain(start[0])},{_plain(end[0])}{']' if to[0] == 'through' else ')'}"
    return Node("numberrange", i, end[1], [text])


def _fit(first: Bound, second: Bound) -> bool:
    """Whether two comparisons bound one range: from both sides, and not past each other."""
    if "=" in (first[0], second[0]) or first[0][0] == second[0][0]:
        return False
    low, high = (first, second) if first[0][0] == ">" else (second, first)
    return low[1] < high[1]


def _open(bound: Bound) -> str:
    return "[" if bound[0].endswith("=") else "("


def _close(bound: Bound) -> str:
    return "]" if bound[0].endswith("=") else ")"


def _alone(bound: Bound) -> str:
    sign, value, _ = bound
    if sign == "=":
        return f"[{_plain(value)},{_plain(value)}]"
    if sign[0] == ">":
        return f"{_open(bound)}{_plain(value)},)"
    return f"(,{_plain(value)}{_close(bound)}"


def _plain(value: Fraction | float) -> str:
    return f"{float(value):.15g}"
