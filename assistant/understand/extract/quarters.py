"""Written periods: "2015-12", "q1 2019", "first quarter of 2017", "the 1990s", "15th century"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import place
from assistant.understand.extract.dates import today, year
from assistant.understand.extract.day_words import OF
from assistant.understand.extract.node import Maybe, Node, add_months, full_year, monday
from assistant.understand.extract.relative import relative
from assistant.understand.extract.scan import Scan, by_language

_PART = by_language(
    en={"3": "quarter", "6": "half"}, es={"3": "trimestre", "6": "semestre"}
)  # months
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def quarters(s: Scan, i: int) -> Maybe:
    return _figures(s, i) or _quarter(s, i) or _decade(s, i) or _century(s, i) or _week(s, i)


def _figures(s: Scan, i: int) -> Maybe:
    """ "2015-12", "12-2015", "12/2015"."""
    first, sign, second = s.at(i), s.at(i + 1), s.at(i + 2)
    if sign not in ("-", "/") or not (s.glued(i + 1) and s.glued(i + 2)):
        return None
    if (s.glued(i) and s.at(i - 1) in ("-", "/", ".", "$")) or (
        s.glued(i + 3) and s.at(i + 3) in "-/"
    ):
        return None
    if not (first.isdecimal() and second.isdecimal()):
        return None
    if len(first) == 4 and len(second) <= 2:
        first, second = second, first
    elif not (len(second) == 4 and len(first) <= 2):
        return None
    if not 1 <= int(first) <= 12 or not 1000 <= int(second) < 2200:
        return None
    start = dt.date(int(second), int(first), 1)
    return Node("daterange", i, i + 3, [(start, add_months(start, 1))], {"year": True})


def _label(s: Scan, i: int) -> tuple[int, int, int] | None:
    """ "q1", "h2", "t1", "1º trimestre", "first quarter": months, which, the index after."""
    word = s.at(i)
    months = {"q": 3, "h": 6, "t": 3, "s": 6}.get(word)
    if (
        months
        and s.at(i + 1).isdecimal()
        and s.glued(i + 1)
        and 1 <= int(s.at(i + 1)) <= 12 // months
    ):
        if word in ("t", "s") and s.language == "en":
            return None
        return months, int(s.at(i + 1)), i + 2
    nth = place(s, i)
    if nth is None:
        return None
    part = s.match(nth[1], _PART[s.language])
    if part is None or not 1 <= nth[0] <= 12 // int(part[0]):
        return None
    return int(part[0]), nth[0], part[1]


def _quarter(s: Scan, i: int) -> Maybe:
    """A quarter or half of a year, of the year before or after it, or around now."""
    if first := year(s, i):
        at = s.skip(first[1], "-")
        if s.at(i).isdecimal() and (label := _label(s, at)):
            return _months(i, label[2], label, first[0])
        return None
    at = i + (s.at(i) in ("the", "el"))
    label = _label(s, at)
    if label is None:
        return None
    of = (
        s.skip(label[2], "-,")
        if s.at(label[2]) in ("-", ",")
        else s.after(label[2], OF[s.language])
    )
    if written := year(s, of):
        return _months(i, written[1], label, written[0])
    if of > label[2] and s.at(of) in ("year", "ano"):
        return _months(i, of + 1, label, [today(s).year, today(s).year + 1])
    if (inner := relative(s, of)) and inner.info["unit"] == "Y" and of > label[2]:
        which = inner.info["steps"]
        if s.at(of) in ("the", "year") or (which == 0 and s.at(of) not in ("this", "este")):
            return _months(i, inner.end, label, [today(s).year, today(s).year + 1])
        return _months(i, inner.end, label, [inner.choices[0][0].year])
    if s.language == "es" and s.at(label[2]) == "del" and s.at(label[2] + 1) == "ano":
        return _months(i, label[2] + 2, label, [today(s).year, today(s).year + 1])
    if len(s.at(at)) > 1:
        return None
    return _months(i, label[2], label, [today(s).year, today(s).year + 1])


def _months(i: int, end: int, label: tuple[int, int, int], years: list[int]) -> Node:
    months, nth, _ = label
    starts = [dt.date(y, months * (nth - 1) + 1, 1) for y in years]
    info = {"year": True} if len(years) == 1 else {}
    return Node("daterange", i, end, [(d, add_months(d, months)) for d in starts], info)


def _decade(s: Scan, i: int) -> Maybe:
    """ "1990s", "1990 s", "the 90's", "la década de 1990", "los años 90"."""
    if s.language == "es":
        for opening in (("decada", "de"), ("la", "decada", "de"), ("los", "anos"), ("anos",)):
            if tuple(s.words[i : i + len(opening)]) == opening:
                at = i + len(opening)
                at += s.at(at) == "los"
                if s.at(at).isdecimal() and len(s.at(at)) in (2, 4) and int(s.at(at)) % 10 == 0:
                    return _ten_years(i + (opening[0] == "la"), at + 1, s.at(at))
        return None
    at = i + (s.at(i) == "the")
    word = s.at(at)
    if word in ("'", "’"):
        at, word = at + 1, s.at(at + 1)
    if word.isdecimal() and len(word) in (2, 4) and int(word) % 10 == 0:
        end = at + 1
        end += s.at(end) in ("'", "’")
        if s.at(end) == "s":
            start = i if word and len(word) == 2 else at
            return _ten_years(start, end + 1, word)
    return None


def _ten_years(i: int, end: int, written: str) -> Node:
    years = full_year(written) if len(written) == 4 else [1900 + int(written), 2000 + int(written)]
    starts = [dt.date(y, 1, 1) for y in years]
    return Node("daterange", i, end, [(d, add_months(d, 120)) for d in starts])


def _century(s: Scan, i: int) -> Maybe:
    """ "15th century", "siglo XV"."""
    if s.language == "es":
        at = i + (s.at(i) == "el") * 0
        if s.at(at) != "siglo":
            return None
        number, end = _roman(s.at(at + 1)) or (place(s, at + 1) or (0, 0))[0], at + 2
    else:
        found = place(s, i)
        if found is None or s.at(found[1]) != "century":
            return None
        number, end = found[0], found[1] + 1
    if not 1 <= number <= 30:
        return None
    first = dt.date(max((number - 1) * 100, 1), 1, 1)
    return Node("daterange", i, end, [(first, add_months(first, 1200))], {"year": True})


def _roman(word: str) -> int:
    if not word or any(c not in _ROMAN for c in word):
        return 0
    values = [_ROMAN[c] for c in word]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))


def _week(s: Scan, i: int) -> Maybe:
    """ "week 31"."""
    if s.at(i) not in ("week", "semana") or not s.at(i + 1).isdecimal() or len(s.at(i + 1)) > 2:
        return None
    number = int(s.at(i + 1))
    if not 1 <= number <= 53:
        return None
    of = s.after(i + 2, OF[s.language])
    written = year(s, of) if of > i + 2 else None
    in_year = written[0][0] if written else today(s).year
    first = monday(dt.date(in_year, 1, 4)) + dt.timedelta(7 * (number - 1))
    return Node(
        "daterange",
        i,
        written[1] if written else i + 2,
        [(first, first + dt.timedelta(7))],
        {"year": True},
    )
