"""Numbers among plain words, in English and Spanish: for templates, in which "twelve" and "12" are
one word, and for whoever has words and no text.

The functions take plain words (see `normalize`), the index to look at, and the language; they
give the value and the index after it, or None when no number begins there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from assistant.understand.extract import cardinals
from assistant.understand.extract.counted import amount
from assistant.understand.extract.number_words import HUNDREDS, ONES, SCALES, TEENS, TENS
from assistant.understand.extract.scan import Scan

_NEVER = dt.datetime(1, 1, 1)  # numbers are the same at any time
_LONGEST = 16  # words of one number
_PERCENT = {"en": ("percent",), "es": ("por", "ciento")}
_THOUSAND = {"en": "thousand", "es": "mil"}
_FIRST = {
    "en": frozenset({*ONES["en"], *TEENS["en"], *TENS["en"], "hundred", "a", "an"}),
    "es": frozenset({*ONES["es"], *TEENS["es"], *TENS["es"], *HUNDREDS, "mil"}),
}
_V = TypeVar("_V", int, float)


def at(words: Sequence[str], i: int) -> str:
    """The word at an index; empty beyond the end."""
    return words[i] if 0 <= i < len(words) else ""


def matches(words: Sequence[str], i: int, expected: Sequence[str]) -> bool:
    return tuple(words[i : i + len(expected)]) == tuple(expected)


def number(words: Sequence[str], i: int, language: str) -> tuple[float, int] | None:
    """Any number: "twenty five", "two and a half", "three point one four", "30 percent",
    "minus five", "three quarters". A whole value is given as an int."""

    def read(s: Scan, _: int) -> tuple[float, int] | None:
        found = amount(s, 0)
        if found is None:
            return None
        value = found.value
        return value.numerator if value.denominator == 1 else float(value), found.end

    return _read(words, i, language, read)


def whole(words: Sequence[str], i: int, language: str) -> tuple[int, int] | None:
    """A whole number from zero on: "two hundred and five", "dos mil veinticinco", "205"."""
    word = at(words, i)
    if word not in _FIRST[language] and not word.isdecimal():
        return None
    return _read(words, i, language, cardinals.whole)


def _read(
    words: Sequence[str],
    i: int,
    language: str,
    parse: Callable[[Scan, int], tuple[_V, int] | None],
) -> tuple[_V, int] | None:
    """What a parser of tokens finds, when it ends where a word does."""
    scan = Scan.of_words(words[i : i + _LONGEST], language, _NEVER)
    found = parse(scan, 0) if len(scan) else None
    if found is None or scan.glued(found[1]):
        return None
    return found[0], i + sum(not scan.glued(token) for token in range(found[1]))


def with_digits(words: Sequence[str], language: str) -> Iterator[tuple[str, int]]:
    """Each word with its index, but every whole number in digits: "twenty five eggs" gives
    "25" at 0 and "eggs" at 2."""
    i = 0
    while i < len(words):
        found = whole(words, i, language)
        yield (str(found[0]) if found else words[i]), i
        i = found[1] if found else i + 1


def may_go_on(words: Sequence[str], language: str) -> bool:
    """Whether the last word is a number that others often follow: "twenty", "a hundred"."""
    last = at(words, len(words) - 1)
    if matches(words, len(words) - 2, _PERCENT[language]):
        return False
    if last.isdigit():
        return int(last) % 10 == 0 and int(last) > 0 and last != "10"
    larger = last == _THOUSAND[language] or last in SCALES[language] or last == "hundred"
    return larger or last in TENS[language] or (language == "es" and last in HUNDREDS)
