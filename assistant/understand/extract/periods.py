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
        first = year(s, i)
        if first is None or not s.at(i).isdecimal():
            return None
        named_at = s.skip(first[1], "-/,")
        named = month_name(s, named_at)
        if named is None:
            return None
        return Node("daterange", i, named[1], [month_of(first[0][0], named[0])], {"year": True})
    month, end = found
    if s.at(at) == "may" and which and s.text[s.starts[at]].islower() and s.at(end).isalpha():
        return None  # "this may not be ..."
    if s.at(at) in ("may", "mar", "sep", "set", "jan", "dec") and not which:
        capital = s.text[s.starts[at]].isupper()
        before = s.at(at - 1)
        if (
            s.at(at) == "may"
            and (before not in BEFORE_MAY or (before == "and" and not capital))
            and not (capital and before in ("from", "to", ""))
            and not year(s, s.skip(s.after(end, OF[s.language]), "/-"))
        ):
            return None
        if (s.language == "es" and s.at(at) in ("set",)) or (
            s.at(at) == "mar"
            and s.language == "es"
            and before not in ("a", "en", "de", "desde", "hasta", "y")
        ):
            return None
    year_at = s.skip(end, ",-/") if s.at(end) in (",", "-", "/") else s.after(end, OF[s.language])
    years = year(s, year_at) or (
        year(s, year_at, short=True)
        if s.at(year_at) == "'" or (year_at > end and s.at(year_at - 1) in ("of", "del"))
        else None
    )
    if years:
        return Node(
            "daterange",
            at if which else i,
            years[1],
            [month_of(y, month) for y in years[0]],
            {"year": True},
        )
    of = s.after(end, OF[s.language])
    if (later := relative(s, of)) and later.info["unit"] == "Y":
        return Node(
            "daterange", i, later.end, [month_of(later.choices[0][0].year, month)], {"year": True}
        )
    now = today(s)
    if which:
        steps = {"next": 1, "last": -1}.get(which[0], 0)
        return Node("daterange", i, end, [month_of(now.year + steps, month)], {"year": True})
    ahead = now.year + (month < now.month)
    past = now.year - (month > now.month) if month != now.month else now.year
    past = ahead - 1 if past == ahead else past
    return Node(
        "daterange", i, end, [month_of(past, month), month_of(ahead, month)], {"month": month}
    )


def written_year(s: Scan, i: int) -> Maybe:
    """ "2018", "the year 2018", "nineteen ninety six", "cy18"."""
    at = i
    if (s.at(at) == "the" and s.at(at + 1) in ("year", "calendar")) or (
        s.at(at) == "el" and s.at(at + 1) == "ano"
    ):
        at += 1
    labelled = s.match(at, YEAR_LABEL[s.language])
    if labelled:
        at = labelled[1] + (s.at(labelled[1]) in ("of",))
        if s.at(at).isdecimal() and len(s.at(at)) in (2, 4):
            years = full_year(s.at(at))
            start = labelled[1] if s.at(labelled[1]) == "of" else i
            start = at if s.at(at - 1) == "of" else i + (s.at(i) in ("the", "el"))
            return Node(
                "daterange",
                start,
                at + 1,
                [span("Y", dt.date(y, 1, 1)) for y in years],
                {"year": True, "unit": "Y"},
            )
        return None
    found = year(s, i)
    if found is None or (
        s.glued(found[1])
        and s.at(found[1]) in "/-:%"
        and s.glued(found[1] + 1)
        and s.at(found[1] + 1).isdecimal()
        and len(s.at(found[1] + 1)) != 4
    ):
        return None
    if s.at(i - 1) in ("$", "#", "-", ".", "/") and s.glued(i) and len(s.at(i - 2)) != 4:
        return None
    if (
        s.at(i - 1) == "-"
        and s.at(i - 2).isdecimal()
        and (len(s.at(i - 2)) < 4 or s.at(i - 3) == "-")
    ):
        return None  # "138-2010-2015"
    if s.at(found[1]) in ("s",) or (s.glued(found[1]) and s.at(found[1]).isalpha()):
        return None
    if (s.at(i - 1) in (".", ",") and s.glued(i)) or s.at(found[1]) in (
        "pieces",
        "times",
        "dollars",
    ):
        return None
    return Node(
        "daterange",
        i,
        found[1],
        [span("Y", dt.date(found[0][0], 1, 1))],
        {"year": True, "unit": "Y", "written": True},
    )


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
