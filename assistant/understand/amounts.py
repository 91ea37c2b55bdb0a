"""So much of something: "5 miles", "half a cup", "five feet two inches", "20 dollars".

The functions take plain words and an index; they give the value and the index after it, or None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.currencies import CURRENCIES
from assistant.quantities import Money, Quantity
from assistant.understand.normalize import without_accents
from assistant.understand.numbers import at, fraction_after, matches, number, whole
from assistant.units import UNITS, Unit

Names = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""By its first word, each name as words, the longest first, with what it names."""

# abbreviations that are words of their own
_WORDS = {"en": {"in", "pm", "a m", "mi", "k", "h", "kn", "try", "all"}, "es": {"in", "mi", "pm"}}
_HALF = {
    "en": (("half", "of", "a"), ("half", "a"), ("half", "an"), ("a", "half"), ("half",)),
    "es": (("media",), ("medio",)),
}
_A = {"en": ("a", "an"), "es": ("un", "una")}
_SMALLER = {"foot": ("inch", 12), "pound": ("ounce", 16), "stone": ("pound", 14)}
_AND = {"en": "and", "es": "y"}
_CENTS = {"en": ("cent", "cents"), "es": ("centavo", "centavos", "centimo", "centimos")}


def _index(table: Mapping[str, Unit], language: str) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, unit in table.items():
        for name in unit.names:
            words = tuple(re.findall(r"[^\W_]+", without_accents(name.lower())))
            if words and " ".join(words) not in _WORDS[language]:
                found.setdefault(words[0], []).append((words, key))
    return {first: sorted(names, key=lambda n: -len(n[0])) for first, names in found.items()}


_UNITS = {language: _index(table, language) for language, table in UNITS.items()}
_CURRENCIES = {language: _index(table, language) for language, table in CURRENCIES.items()}


def quantity(words: Sequence[str], i: int, language: str) -> tuple[Quantity, int] | None:
    """A number with its unit; a foot takes inches along, a pound ounces."""
    found = _counted(words, i, language, _UNITS[language])
    if found is None:
        return None
    value, unit, end = found
    if unit in _SMALLER:
        smaller, parts = _SMALLER[unit]
        rest_at = end + (at(words, end) == _AND[language])
        rest = _counted(words, rest_at, language, _UNITS[language])
        if rest and rest[1] == smaller:
            value, end = value + rest[0] / parts, rest[2]
    return Quantity(value, unit), end


def money(words: Sequence[str], i: int, language: str) -> tuple[Money, int] | None:
    """An amount in a currency: "20 dollars", "five euros and fifty cents", "50 cents of a euro"."""
    found = _counted(words, i, language, _CURRENCIES[language])
    if found is None:
        return None
    value, currency, end = found
    rest_at = end + (at(words, end) in (_AND[language], "con"))
    cents = whole(words, rest_at, language)
    if cents and cents[0] < 100 and at(words, cents[1]) in _CENTS[language]:
        value, end = value + cents[0] / 100, cents[1] + 1
    return Money(value, currency), end


def _counted(
    words: Sequence[str], i: int, language: str, names: Names
) -> tuple[float, str, int] | None:
    """An amount, what it is of, and the index after both."""
    for half in _HALF[language]:
        if matches(words, i, half) and (unit := named(words, i + len(half), names)):
            return 0.5, *unit
    found = number(words, i, language)
    if found is None:
        if at(words, i) not in _A[language]:
            return None
        found = 1, i + 1
    value, end = found
    end += language == "es" and at(words, end) == "de"  # "dos millones de euros"
    unit = named(words, end, names)
    if unit is None:
        return None
    if part := fraction_after(words, unit[1], language):  # "a cup and a half"
        return value + part[0], unit[0], part[1]
    return value, *unit


def named(words: Sequence[str], i: int, names: Names) -> tuple[str, int] | None:
    """The longest name that stands here, and the index after it."""
    for name, key in names.get(at(words, i), ()):
        if matches(words, i, name):
            return key, i + len(name)
    return None
