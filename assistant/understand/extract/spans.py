"""Ranges: from a time to a time, from a day to a day, for so long from then."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.dates import day_number, month_name, year
from assistant.understand.extract.day_words import OF
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import HALVES, LAS
from assistant.understand.extract.hours import clock, minutes
from assistant.understand.extract.in_month import whose_month
from assistant.understand.extract.node import Maybe, Node, Pair, add_months, around, unique, valid
from assistant.understand.extract.periods import period
from assistant.understand.extract.scan import Scan, by_language

_FOLLOWS = [
    "de",
    "del",
    "el",
    "la",
    "por",
    "en",
    "y",
    "o",
    "mañana",
    "manana",
    "hoy",
    "este",
    "esta",
    "proximo",
    "para",
    "con",
]
FROM = by_language(
    en="from|between|in",
    es="desde|desde el|desde las|desde la|de|del|de las|de la|entre|entre el"
    "|entre las|entre la|desde los",
)
TO = by_language(
    en="to|till|until|through|thru|-|–|~|—|and",
    es="a|hasta|-|–|~|y|al|a las|a la|hasta el|hasta las|hasta la|y las|y el|y la|a el|hasta los",
)
NOW = by_language(
    en="now|today|date|present|current date|the present", es="ahora|hoy|la fecha|fecha actual"
)


def time_span(s: Scan, i: int) -> Maybe:
    """ "from 5 to 7pm", "9:30-11", "between 3 and 8", "de 10 a.m. a 12 p.m."."""
    opened = s.after(i, FROM[s.language])
    start = i
    if opened > i and s.at(i) != "in":
        at = opened
        opening = s.at(i)
    else:
        at, opening = i + (s.language == "es" and s.at(i) in LAS), ""
        start = at
    first = clock(s, at, relative=False)
    if first is None:
        return None
    to = s.match(first.end, TO[s.language])
    if to is None:
        return None
    joint = to[0]
    if joint.split()[0] in ("and", "y") and opening not in ("between", "entre"):
        return None
    second = clock(s, to[1] + (s.language == "es" and s.at(to[1]) in LAS))
    if second is None:
        return None
    both_bare = first.info["bare"] and second.info["bare"]
    if both_bare and _counts(s, i, first, second, to[0], opening):
        return None
    if s.at(second.end) in ("%", "$", "€") or (
        s.glued(second.end) and s.at(second.end) in ("-", "/")
    ):
        return None
    pairs = _pairs(first, second, dashed=joint in ("-", "–") and both_bare)
    return Node(
        "timerange",
        start,
        second.end,
        pairs,
        {"bare": both_bare, "opened": bool(opening), "joint": joint},
    )


def _counts(s: Scan, i: int, first: Node, second: Node, joint: str, opening: str) -> bool:
    """Whether two mere numbers count something: "de dos a cuatro personas", "2 - 4"."""
    if joint in ("-", "–", "~") and not opening and not s.glued(first.end):
        return True
    if s.language != "es" or not opening or "las" in s.words[i : second.end]:
        return False
    return s.at(second.end).isalpha() and s.at(second.end) not in _FOLLOWS


def _pairs(first: Node, second: Node, *, dashed: bool) -> list[Pair]:
    """In both halves of the day where that is open; the end never before the start."""
    a, b = first.info["minutes"], second.info["minutes"]
    known_a, known_b = first.info["known"], second.info["known"]
    seconds = first.info["seconds"], second.info["seconds"]
    if known_a and known_b:
        options = [(a, b)]
    elif known_b:
        near = [x for x in (a, a + 720) if x % 1440 < b] if b >= 720 else [a]
        a_in = near[-1] if near and (b - near[-1]) <= 720 else a
        if b >= 720 and a % 720 + 720 < b:
            a_in = a % 720 + 720
        elif b >= 720:
            a_in = a % 720 if a < 720 or a >= 780 else a
        options = [(a_in, b)]
    elif known_a:
        b_in = b if b > a else b + 720
        if a >= 720 and b < 720:
            b_in = b + 720
        options = [(a, b_in % 1440)]
    elif b > a:
        options = [(a, b), (a + 720, b + 720)]
    elif a >= 720:  # twelve to one
        options = [(a, b + 720), (a - 720, b)]
    else:
        options = [(a, b + 720), (a + 720, b + 1440)]
        if not (a % 60 and b % 60):
            options = options[:1]
    return [
        (minutes(x).replace(second=seconds[0]), minutes(y).replace(second=seconds[1]))
        for x, y in options
    ]


def shift_half(node: Node, half: str) -> list[Pair]:
    """The pairs of an open range that are in a half of the day."""
    if len(node.choices) == 1:
        return node.choices
    wanted = [p for p in node.choices if (p[0].hour >= 12) == (half != "am")]
    return wanted or node.choices[:1]


def day_span(s: Scan, i: int) -> Maybe:
    """ "from may 2 to may 10", "nov-feb 2017", "between now and friday", "3 to 12 of sept"."""
    opened = s.match(i, FROM[s.language])
    at = opened[1] if opened else i
    return _numbered(s, i, at, opened) or _joined(s, i, at, opened)


def _endpoint(s: Scan, i: int) -> Maybe:
    if found := s.match(i, NOW[s.language]):
        return Node("date", i, found[1], [s.now.date()], {"year": True})
    options = [f for f in (s.once(day, i), s.once(period, i)) if f]
    return max(options, key=lambda node: node.end, default=None)


def _joined(s: Scan, i: int, at: int, opened: tuple[str, int] | None) -> Maybe:
    at += s.language == "es" and s.at(at) == "el"
    first = _endpoint(s, at)
    if first is None:
        return None
    to = s.match(first.end, TO[s.language])
    if to is None or not _joins(to[0], opened):
        return None
    second_at = to[1] + (s.at(to[1]) in ("el", "la", "on"))
    second = _endpoint(s, second_at)
    month = s.once(period, second_at) if "month" in first.info else None
    if month and second and month.end >= second.end:
        second = month  # "de enero a mar"
    if second is None or not _are_ends(first, second, to[0], opened):
        return None
    starts = [c[0] if first.kind == "daterange" else c for c in first.choices]
    if first.info.get("edge") == "mid":
        starts = [c[0] + dt.timedelta(5) for c in first.choices]
    begin = i
    if not opened and ((s.at(i) == "the" and s.at(second_at) == "date") or s.at(i) == "el"):
        begin = i + 1
    end = 1 if second.info.get("edge") else 0
    ends = [c[end] if second.kind == "daterange" else c for c in second.choices]
    if not starts or not ends:
        return None
    pairs = _matched(first, second, starts, ends)
    return Node("daterange", begin, second.end, pairs, {"span": True})


def _joins(joint: str, opened: tuple[str, int] | None) -> bool:
    """Whether a word joins two ends; "and" only after "between", "in" takes only "through"."""
    opening = opened[0] if opened else ""
    if opening == "in" and joint not in ("through", "thru"):
        return False
    between = opening.startswith(("between", "entre"))
    return between or joint.split(maxsplit=1)[0] not in ("and", "y")


def _are_ends(first: Node, second: Node, joint: str, opened: tuple[str, int] | None) -> bool:
    """Whether two days or periods bound a range; a week is none of its ends."""
    if first.info.get("unit") == "W" or second.info.get("unit") in ("W", "WE"):
        return False
    if opened:
        return True
    written = first.info.get("written") or second.info.get("written")
    plain = joint in ("-", "–", "~", "to", "through", "till", "until", "hasta", "a")
    return not first.info.get("edge") and (plain or not written)


def _matched(first: Node, second: Node, starts: list[dt.date], ends: list[dt.date]) -> list[Pair]:
    """Past with past and future with future, and the end after the start."""
    if (
        second.info.get("year")
        and len(starts) == 2
        and not first.info.get("year")
        and "wd" not in first.info
    ):
        end = ends[0]
        start = valid(end.year, starts[0].month, starts[0].day) or starts[0]
        if start > end:
            start = valid(end.year - 1, start.month, start.day) or start
        return [(start, end)]
    if len(starts) == 1 and len(ends) == 2:
        later = [e for e in ends if e >= starts[0]]
        if not later and "wd" in second.info:
            later = [e + dt.timedelta(7) for e in ends if e + dt.timedelta(7) >= starts[0]]
        return [(starts[0], later[0] if later else ends[-1])]
    if len(starts) == 2 and len(ends) == 1:
        before = [d for d in starts if d <= ends[0]]
        return [(before[-1] if before else starts[0], ends[0])]
    if len(starts) == 2 and len(ends) == 2:
        past = (starts[0], ends[0] if ends[0] >= starts[0] else ends[1])
        ahead = (starts[1] if starts[1] <= ends[1] else starts[0], ends[1])
        return unique([past, ahead])
    over = "wd" in second.info and ends[0] < starts[0]  # "monday to thursday", on a wednesday
    return [(starts[0], ends[0] + dt.timedelta(7 * over))]


def _in_whose_month(s: Scan, i: int, first: int, last: int, of: int) -> Maybe:
    """ "from 4 to 22 this month"."""
    month = whose_month(s, of)
    if month is None:
        return None
    pair = (valid(month[0].year, month[0].month, d) for d in (first, last))
    start, end = pair
    return Node("daterange", i, month[1], [(start, end)], {"span": True}) if start and end else None


def _numbered(s: Scan, i: int, at: int, opened: tuple[str, int] | None) -> Maybe:
    """Two days of one month: "3 to 12 of sept", "november 18-19", "de 18 a 19 de noviembre"."""
    named = month_name(s, at)
    if named:
        first = day_number(s, named[1] + (s.at(named[1]) == "the"))
    else:
        first = day_number(s, at + (s.language == "es" and s.at(at) == "el"))
    if first is None:
        return None
    to = s.match(first[1], TO[s.language])
    if to is None or (
        to[0].split()[0] in ("and", "y")
        and not (opened and opened[0].split()[0] in ("between", "entre"))
    ):
        return None
    second = day_number(s, to[1])
    if second is None:
        return None
    end = second[1]
    if named is None:
        of = s.after(end, OF[s.language])
        named = month_name(s, of)
        if named is None:
            return _in_whose_month(s, i, first[0], second[0], of)
        end = named[1]
    elif s.match(end, HALVES[s.language]) or (s.at(end) in (":", "/", "-") and s.glued(end)):
        return None
    month = named[0]
    of = s.skip(end, ",") if s.at(end) == "," else s.after(end, OF[s.language])
    years = year(s, of)
    if years:
        pairs = [(valid(y, month, first[0]), valid(y, month, second[0])) for y in years[0]]
        return Node("daterange", i, years[1], [p for p in pairs if all(p)], {"span": True})
    starts, ends = around(s.now, month, first[0]), around(s.now, month, second[0])
    fixed: dict[int, Pair] = {}
    for a, b in zip(starts, ends, strict=False):
        fixed.setdefault(a.year, (a, b if b >= a else add_months(b, 12)))
    return Node("daterange", i, end, list(fixed.values()), {"span": True})
