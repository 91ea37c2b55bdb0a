"""Months and years by their names: "june of 1992", "the year 2018"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import month_name, today, year
from assistant.understand.extract.day_words import OF, WHICH
from assistant.understand.extract.node import Maybe, Node, full_year, month_of
from assistant.understand.extract.period_words import BEFORE_MAY, YEAR_LABEL
from assistant.understand.extract.relative import relative, span
from assistant.understand.extract.scan import Scan


def named_month(s: Scan, i: int) -> Maybe:
    """A month, with its year or without: "june of 1992", "this may", "2017 april", "dec/2018"."""
    which = s.match(i, WHICH[s.language])
    at = which[1] if which else i
    found = month_name(s, at)
    if found is None:
        return _year_first(s, i)
    month, end = found
    if _is_a_word(s, at, end, bool(which)):
        return None
    if years := _year_of_month(s, end):
        pairs = [month_of(y, month) for y in years[0]]
        return Node("daterange", at if which else i, years[1], pairs, {"year": True})
    of = s.after(end, OF[s.language])
    if (later := relative(s, of)) and later.info["unit"] == "Y":
        pair = month_of(later.choices[0][0].year, month)
        return Node("daterange", i, later.end, [pair], {"year": True})
    now = today(s)
    if which:
        steps = {"next": 1, "last": -1}.get(which[0], 0)
        return Node("daterange", i, end, [month_of(now.year + steps, month)], {"year": True})
    ahead = now.year + (month < now.month)
    past = now.year - (month > now.month) if month != now.month else now.year
    past = ahead - 1 if past == ahead else past
    pairs = [month_of(past, month), month_of(ahead, month)]
    return Node("daterange", i, end, pairs, {"month": month})


def _year_first(s: Scan, i: int) -> Maybe:
    """ "2017 april", "2018/dec"."""
    first = year(s, i)
    if first is None or not s.at(i).isdecimal():
        return None
    named = month_name(s, s.skip(first[1], "-/,"))
    if named is None:
        return None
    return Node("daterange", i, named[1], [month_of(first[0][0], named[0])], {"year": True})


def _year_of_month(s: Scan, end: int) -> tuple[list[int], int] | None:
    """The year after a month: "june of 1992", "june '92", "dec/2018"."""
    sign = s.at(end) in (",", "-", "/")
    at = s.skip(end, ",-/") if sign else s.after(end, OF[s.language])
    short = s.at(at) == "'" or (at > end and s.at(at - 1) in ("of", "del"))
    return year(s, at) or (year(s, at, short=True) if short else None)


def _is_a_word(s: Scan, at: int, end: int, which: bool) -> bool:
    """Whether "may", "mar", "set" stand for themselves: "this may not be", "you may"."""
    word, before, capital = s.at(at), s.at(at - 1), s.text[s.starts[at]].isupper()
    if which:
        return word == "may" and not capital and s.at(end).isalpha()
    if word == "may":
        named = before in BEFORE_MAY and (before != "and" or capital)
        dated = year(s, s.skip(s.after(end, OF[s.language]), "/-"))
        return not (named or dated or (capital and before in ("from", "to", "")))
    if s.language != "es":
        return False
    return word == "set" or (
        word == "mar" and before not in ("a", "en", "de", "desde", "hasta", "y")
    )


def written_year(s: Scan, i: int) -> Maybe:
    """ "2018", "the year 2018", "nineteen ninety six", "cy18"."""
    english = s.at(i) == "the" and s.at(i + 1) in ("year", "calendar")
    spanish = s.at(i) == "el" and s.at(i + 1) == "ano"
    if labelled := s.match(i + (english or spanish), YEAR_LABEL[s.language]):
        return _labelled_year(s, i, labelled[1])
    found = year(s, i)
    if found is None or not _is_year(s, i, found[1]):
        return None
    pair = span("Y", dt.date(found[0][0], 1, 1))
    return Node("daterange", i, found[1], [pair], {"year": True, "unit": "Y", "written": True})


def _labelled_year(s: Scan, i: int, after: int) -> Maybe:
    """The 18 of "the year 18", "cy18"."""
    at = after + (s.at(after) == "of")
    if not s.at(at).isdecimal() or len(s.at(at)) not in (2, 4):
        return None
    start = at if s.at(at - 1) == "of" else i + (s.at(i) in ("the", "el"))
    pairs = [span("Y", dt.date(y, 1, 1)) for y in full_year(s.at(at))]
    return Node("daterange", start, at + 1, pairs, {"year": True, "unit": "Y"})


def _is_year(s: Scan, i: int, end: int) -> bool:
    """Whether four figures are a year, and no part of a date, a price, a code or a count."""
    after = s.at(end)
    figures = s.at(end + 1).isdecimal() and len(s.at(end + 1)) != 4
    if s.glued(end) and ((after in "/-:%" and s.glued(end + 1) and figures) or after.isalpha()):
        return False
    if after in ("s", "pieces", "times", "dollars"):
        return False
    before, two = s.at(i - 1), s.at(i - 2)
    if s.glued(i) and (before == "," or (before in ("$", "#", "-", ".", "/") and len(two) != 4)):
        return False
    if before == "." and s.glued(i):
        return False
    # "138-2010-2015"
    return not (before == "-" and two.isdecimal() and (len(two) < 4 or s.at(i - 3) == "-"))
