"""Weeks, months, quarters, years: "next month", "the last 3 days", "early 2018", "q1 2019"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.day_words import OF, WHICH
from assistant.understand.extract.days import month_name, today, year
from assistant.understand.extract.node import Maybe, Node, Pair, add_months, full_year, month_of
from assistant.understand.extract.period_parts import part_of, week_of
from assistant.understand.extract.period_words import (
    ARTICLE,
    BEFORE_MAY,
    EDGE,
    ENDS,
    FISCAL,
    REST,
    SEASONS,
    UNIT,
    YEAR_LABEL,
)
from assistant.understand.extract.relative import (
    from_now,
    relative,
    several,
    span,
)
from assistant.understand.extract.scan import Scan


def period(s: Scan, i: int) -> Maybe:
    """The longest period that begins here."""
    parsers = (_edge, _rest, _unsettled, named_month, relative, several, part_of, _written, week_of)
    found = [f for parse in parsers if (f := parse(s, i))]
    return max(found, key=lambda node: node.end, default=None)


def _rest(s: Scan, i: int) -> Maybe:
    """ "the rest of the week": from today to its last day."""
    found = s.match(i, REST[s.language])
    if found is None:
        return None
    which = s.match(found[1], WHICH[s.language])
    unit = s.match(which[1] if which else found[1], UNIT[s.language])
    if unit is None or (which and which[0] not in ("this",)):
        days = {"en": ("day",), "es": ("dia",)}[s.language]
        at = which[1] if which else found[1]
        if s.at(at) not in days:
            return None
        end = dt.datetime.combine(today(s), dt.time(23, 59, 59))
        return Node("datetimerange", i, at + 1, [(s.now.replace(microsecond=0), end)])
    last = span(unit[0], today(s))[1] - dt.timedelta(1)
    return Node("daterange", i, unit[1], [(today(s), last)], {"year": True})


def _unsettled(s: Scan, i: int) -> Maybe:
    """Seasons, fiscal and school years: when they begin is not the same everywhere."""
    at = i + (s.at(i) in ARTICLE[s.language])
    which = s.match(at, WHICH[s.language])
    at = which[1] if which else at
    season = s.match(at, SEASONS[s.language])
    found = season or s.match(at, FISCAL[s.language])
    if found is None or (s.at(at) == "fiscal" and found[1] == at + 1):
        return None
    end = found[1]
    of = s.after(end, OF[s.language])
    written = year(s, of) or (s.at(of).isdecimal() and len(s.at(of)) == 2 and ([0], of + 1))
    if written:
        end = written[1]
    if (
        season
        and s.language == "en"
        and not (which or written or s.at(i) == "the" or s.at(i - 1) in ("in", "during", "since"))
    ):
        return None
    start = i
    if s.at(i) in ARTICLE[s.language] and (s.language == "en" or (not season and not which)):
        start = i + 1
    return Node("daterange", start, end, [], {"year": True, "unit": "Y"})


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


def _written(s: Scan, i: int) -> Maybe:
    """ "2015-12", "12-2015", "1990s", "15th century", "q1 2019", "week 31", and years."""
    from assistant.understand.extract.quarters import quarters

    return quarters(s, i) or written_year(s, i)


def _edge(s: Scan, i: int) -> Maybe:
    """A part of a period: "early 2018", "end of month", "later this week", "mid 1989"."""
    if s.at(i) in ENDS and s.language == "en":
        pair = _cut(s, span(ENDS[s.at(i)], today(s)), "end", "end")
        return Node("daterange", i, i + 1, [pair], {"edge": "end", "year": True})
    at = i
    found = s.match(at, EDGE[s.language])
    if found is None:
        return None
    edge, after = found
    of = after + (s.at(after) in ("-",))
    inner = relative(s, of) or named_month(s, of) or _written(s, of)
    if inner is None:
        unit = s.match(of, UNIT[s.language])
        if unit is None or s.at(of - 1) not in ("of", "de", "del"):
            return None
        inner = from_now(s, i, unit[1], unit[0], 0)
    pairs = [_cut(s, pair, edge, s.at(i)) for pair in inner.choices]
    start = i + (s.at(i) == "the" and True)
    if s.language == "es" and s.at(i) in ("a", "el", "al") and s.at(i + 1) != "primeros":
        start = i + 1
    return Node("daterange", start, inner.end, pairs, {"edge": edge, **inner.info})


def _cut(s: Scan, pair: Pair, edge: str, word: str) -> Pair:
    first, last = pair
    days = (last - first).days
    if days > 300:
        months = {"start": (0, 4), "mid": (4, 8), "end": (8, 12)}[edge]
        if first.year == today(s).year and edge == "end":
            months = (6, 12)
        if first.year == today(s).year and edge == "start" and not word.startswith("earlier"):
            months = (0, 6)
        cut = add_months(first, months[0]), add_months(first, months[1])
    elif days > 25:
        cut = {
            "start": (first, first + dt.timedelta(15)),
            "mid": (first + dt.timedelta(10), first + dt.timedelta(20)),
            "end": (first + dt.timedelta(15), last),
        }[edge]
    else:
        cut = {
            "start": (first, first + dt.timedelta(3)),
            "mid": (first + dt.timedelta(2), first + dt.timedelta(5)),
            "end": (first + dt.timedelta(3), last),
        }[edge]
    inside = first <= today(s) < last
    if (inside and word.startswith("later")) or (inside and s.language == "es" and word == "mas"):
        return max(cut[0], today(s)), last
    if inside and word.startswith("earlier"):
        return first, (today(s) if days > 300 else min(cut[1], max(today(s), first)))
    return cut
