"""Fractions in words: "five eighths", "a quarter", "tres veinteavos"."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.scan import Scan

_NEVER = dt.datetime(1, 1, 1)

_BELOW = {
    "en": {"half": 2, "halves": 2, "quarter": 4, "quarters": 4},
    "es": {
        "medio": 2,
        "medios": 2,
        "media": 2,
        "tercio": 3,
        "tercios": 3,
        "cuarto": 4,
        "cuartos": 4,
        "quinto": 5,
        "quintos": 5,
        "mitad": 2,
    },
}


_COUNTS_ON = ("hundred", "thousand", "million", "billion", "trillion", "dozen", "a")


def fraction(s: Scan, i: int) -> tuple[Fraction, int] | None:
    """ "five eighths", "a quarter", "one one hundred fifth", "tres veinteavos", "la mitad"."""
    below = _BELOW[s.language]
    if s.language == "es" and s.at(i) == "mitad":
        return Fraction(1, 2), i + 1
    if s.spoken and s.at(i) == "half" and s.at(i + 1) not in _COUNTS_ON:
        return Fraction(1, 2), i + 1
    article = s.at(i) in ("a", "an", "un", "una")
    tops = [(1, i + 1)] if article else []
    last = (1, i + 1) if article else whole(s, i)
    if last is None:
        return None
    if not article:
        tops = [t for end in range(i + 1, last[1] + 1) if (t := exactly(s, i, end))]
    tops = [(top, end) for top, end in tops if "and" not in s.words[i:end]]
    for top, end in tops:
        if s.at(end) in ("-", "–") and s.at(end - 1).endswith("ty") and end + 1 < last[1]:
            continue
        at = end + (s.at(end) in ("-", "–") and s.language == "en")
        if s.at(at) in below:
            return Fraction(top, below[s.at(at)]), at + 1
        if s.at(at) in ("hundred", "thousand", "million", "a", "an"):
            continue
        bottom = _bottom(s, at)
        if bottom and (bottom[0] > 2):
            return Fraction(top, bottom[0]), bottom[1]
    return None


def exactly(s: Scan, i: int, end: int) -> tuple[int, int] | None:
    """The number that the words [i, end) say, when they say one."""
    inner = Scan.__new__(Scan)
    inner.text, inner.language, inner.now, inner.spoken = s.text, s.language, s.now, s.spoken
    inner.words, inner.starts, inner.ends = s.words[i:end], s.starts[i:end], s.ends[i:end]
    inner.known = {}
    found = whole(inner, 0)
    return (found[0], end) if found and found[1] == end - i and found[0] else None


def _bottom(s: Scan, i: int) -> tuple[int, int] | None:
    """The lower half: a place in a row, in Spanish also "avos"."""
    word = s.at(i)
    if word.isdecimal():
        return None
    if s.language == "es" and (value := _avos(word)):
        return value, i + 1
    found = place(s, i, plural=True)
    if found and s.spoken and s.at(found[1] - 1) in ("second", "seconds"):
        return None  # "a twenty second timer"
    return found if found and found[0] > 1 else None


def _avos(word: str) -> int | None:
    """ "veinteavos", "veintiunavo", "treintaicincoavos"."""
    for end in ("avos", "avo", "avas", "ava"):
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word[: -len(end)]
            spaced = re.sub(r"(ta)i", r"\1 y ", stem)
            for text in (spaced, spaced + "e", spaced + "o", stem + "a"):
                scan = Scan(text, "es", _NEVER)
                found = whole(scan, 0)
                if found and found[1] == len(scan) and found[0] > 2:
                    return found[0]
    return None
