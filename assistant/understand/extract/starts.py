"""The words with which a value can begin: where none stands, none of the parsers is tried.

Most words of a command are none of them, and trying all parsers at each word took most of the time.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.understand.extract import (
    day_words,
    hour_words,
    joint_words,
    length_words,
    number_words,
    period_words,
    set_words,
)
from assistant.understand.extract.holidays import HOLIDAYS
from assistant.understand.extract.scan import Phrases, Scan

_TABLES: tuple[Mapping[str, Phrases], ...] = (
    day_words.MONTHS, day_words.WEEKDAYS, day_words.NEAR, day_words.WHICH, HOLIDAYS,
    hour_words.IN_PART, hour_words.NOON, hour_words.PARTS, hour_words.EDGES,
    joint_words.TONIGHT, joint_words.THIS_PART, joint_words.END, joint_words.EOD, joint_words.MID,
    length_words.UNITS, length_words.FEW, length_words.AGO_BEFORE,
    period_words.UNIT, period_words.SAME, period_words.EDGE, period_words.SEASONS,
    period_words.by_few, period_words.WEEK_OF, period_words.REST,
    set_words.WHOLE, set_words.EVERY,
)  # fmt: skip
_NUMBERS = {
    language: frozenset().union(
        number_words.ONES[language], number_words.TEENS[language], number_words.TENS[language],
        number_words.FIRSTS[language], number_words.HUNDREDS if language == "es" else (),
    )
    for language in ("en", "es")
}  # fmt: skip
_MORE = {
    "en": "the a an half quarter minus negative hundred last".split(),
    "es": "el la los las un una medio media cuarto mil menos mitad ultimo ultima dia".split(),
}
# they begin a date or a time only before another of these words: "the fifth", "this evening"
_OPENERS = {
    "en": frozenset("the a an this that next last past coming current same previous".split()),
    "es": frozenset(
        "el la los las un una uno este esta ese esa proximo proxima pasado pasada ultimo"
        " ultima mismo misma otro otra siguiente anterior".split()
    ),
}
_STARTS = {
    language: _NUMBERS[language].union(
        _MORE[language], *(table[language].by_first for table in _TABLES)
    )
    for language in ("en", "es")
}


def may_begin(s: Scan, i: int) -> bool:
    """Whether a date, a time or a length can begin at a token of a command."""
    if not _is_start(s, i):
        return False
    if s.at(i) not in _OPENERS[s.language] or (s.at(i) == "una" and s.at(i - 1) == "la"):
        return True
    return _is_start(s, i + 1) or _is_start(s, i + 2)


def is_numeral(s: Scan, i: int) -> bool:
    """Whether a number or a place in a row can begin at a token of a command."""
    word = s.at(i)
    known = word in _NUMBERS[s.language] or word in _MORE[s.language] or word[:1].isdecimal()
    return known or word.endswith(_ENDS[s.language])


_ENDS = {"en": ("th", "dred", "sand", "lion"), "es": ("imo", "ima", "imos", "imas")}


def _is_start(s: Scan, i: int) -> bool:
    word = s.at(i)
    return word in _STARTS[s.language] or is_numeral(s, i)
