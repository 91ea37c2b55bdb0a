"""Dates of a calendar: a month, a year, the number of a day, written dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.day_words import MONTHS, OF, WEEKDAYS, WHICH
from assistant.understand.extract.node import Maybe, Node, around, full_year, valid
from assistant.understand.extract.relative_year import relative_year
from assistant.understand.extract.scan import Scan

_FULL = ("may", "mayo", "june", "july")


_BEFORE_DATES = [
    "on",
    "at",
    "by",
    "until",
    "since",
    "from",
    "before",
    "after",
    "for",
    "in",
    "el",
    "en",
    "del",
    "para",
    "desde",
    "hasta",
]


def today(s: Scan) -> dt.date:
    return s.now.date()


def month_name(s: Scan, i: int) -> tuple[int, int] | None:
    """A month, and the index after it and its full stop."""
    found = s.match(i, MONTHS[s.language])
    if found is None:
        return None
    end = found[1]
    if s.at(end) == "." and len(s.at(i)) <= 4 and s.glued(end) and s.at(i) not in _FULL:
        end += 1
    return int(found[0]), end


def year(s: Scan, i: int, *, short: bool = False) -> tuple[list[int], int] | None:
    """A year of four digits, or in words; `short`: of two digits as well."""
    word = s.at(i)
    if word in ("'", "´") and s.at(i + 1).isdecimal() and len(s.at(i + 1)) == 2:
        return full_year(s.at(i + 1)), i + 2
    if word.isdecimal():
        if len(word) == 4 and 1000 <= int(word) < 2200 and not _counts_on(s, i + 1):
            return [int(word)], i + 1
        if short and len(word) == 2 and not s.glued(i + 1) and s.at(i + 1) not in (":",):
            return full_year(word), i + 1
        return None
    return _year_in_words(s, i)


def _counts_on(s: Scan, i: int) -> bool:
    """Whether figures go on: "2,000", "2018.5"."""
    return s.at(i) in (",", ".") and s.glued(i) and s.glued(i + 1) and s.at(i + 1).isdecimal()


def _year_in_words(s: Scan, i: int) -> tuple[list[int], int] | None:
    """ "nineteen ninety six", "two thousand and fifteen", "mil novecientos noventa y dos"."""
    found = whole(s, i)
    if found is None or s.at(i).isdecimal():
        return None
    if s.language == "en" and 10 <= found[0] <= 21:
        rest = whole(s, found[1])
        if rest and 10 <= rest[0] < 100:
            return [found[0] * 100 + rest[0]], rest[1]
    return ([found[0]], found[1]) if 1500 <= found[0] < 2200 else None


def day_number(s: Scan, i: int) -> tuple[int, int] | None:
    """The number of a day: "5", "5th", "fifth", "the 5th", "twenty third"."""
    if s.language == "en" and s.at(i) == "the":
        i += 1
    found = place(s, i) or (whole(s, i) if s.at(i) not in ("a", "an", "un", "una") else None)
    if found is None or not 1 <= found[0] <= 31 or (len(s.at(i)) > 2 and s.at(i).isdecimal()):
        return None
    end = found[1]
    if s.language == "en" and s.at(end) == "day" and s.at(end + 1) == "of":
        end += 1
    return found[0], end


def _with_year(s: Scan, i: int, end: int, month: int, number: int, **info: Any) -> Maybe:
    """A day of a month, in the year that follows or else around now."""
    year_at = s.skip(end, ",-/") if s.at(end) in (",", "-", "/") else end
    year_at = s.after(year_at, OF[s.language])
    found = year(s, year_at) or relative_year(s, year_at)
    if (
        found is None
        and s.at(year_at - 1) not in ("-", "/")
        and (s.at(year_at - 1) != "," or (s.language == "en" and not s.at(i).isdecimal()))
    ):
        found = year(s, year_at, short=True)
    if found and len(s.at(found[1] - 1)) == 2 and s.at(found[1] - 1).isdecimal():
        follows = s.at(found[1])
        if follows in (":", ".", "am", "pm", "h", "a", "p", "-", "de", "y") or s.at(
            year_at - 1
        ) in ("a", "at"):
            found = None if not (follows == "." and not s.glued(found[1] + 1)) else found
    if found:
        days = [d for y in found[0] if (d := valid(y, month, number))]
        return Node("date", i, found[1], days, info | {"year": True, "md": (month, number)})
    return Node("date", i, end, around(s.now, month, number), info | {"md": (month, number)})


def of_month(s: Scan, i: int) -> Maybe:
    """ "may 5th 2018", "the fifth of may", "5 de mayo", "next 5 de mayo"."""
    which = s.match(i, WHICH[s.language])
    at = which[1] if which else i
    if found := month_name(s, at):
        month, end = found
        if s.glued(end) and s.at(end) in ("/", "-"):
            end += 1
        number = day_number(s, end)
        node = _with_year(s, i, number[1], month, number[0]) if number else None
    else:
        number = day_number(s, at)
        if number is None or (
            s.at(i - 1) in ("$", "€", ".", ",") and (s.glued(i) or s.at(i - 1) in "$€")
        ):
            return None
        if s.language == "en" and s.at(at).isalpha() and s.at(at) != "the" and not place(s, at):
            return None
        end = number[1] + (s.at(number[1]) == "day")
        of = s.skip(end, "-/") if s.glued(end) else s.after(end, OF[s.language])
        named = month_name(s, of)
        if named is None and s.language == "es" and s.at(of - 1) == "del" and s.at(of).isdecimal():
            named = (int(s.at(of)), of + 1) if 1 <= int(s.at(of)) <= 12 else None
        if named is None:
            return None
        node = _with_year(s, i, named[1], named[0], number[0])
    return picked(s, node, which[0] if which else "") if node else None


def picked(s: Scan, node: Node, which: str) -> Node:
    """ "this 5/12" is of this year, "next 5/12" of the next; "próximo 6 de abril" too."""
    if s.spoken:
        node.choices = node.choices[:1] if which in ("last", "past") else node.choices
    elif which and node.choices and "md" in node.info and not node.info.get("year"):
        year = today(s).year + {"next": 1, "last": -1}.get(which, 0)
        exact = valid(year, *node.info["md"])
        node.choices = [exact] if exact else []
        node.info["year"] = True
    return node


def written_day(s: Scan, i: int) -> Maybe:
    """Figures: "5/12", "2018-7-6", "13/04/21"; and "2019-aug-1", "23-2020-septiembre"."""
    if plain := _spaced(s, i):
        return plain
    which = s.match(i, WHICH[s.language])
    parts, sign, end = _parts_of_date(s, which[1] if which else i)
    if len(parts) < 2 or not _stands_alone(s, i, end, parts, sign):
        return None
    found = _read(s, parts, sign)
    if found is None:
        return None
    years, month, number = found
    if not years:
        after = s.skip(end, ",")
        later = year(s, after) if after > end else None
        if later and s.at(later[1] - 1).isdecimal():
            years, end = later
    if years:
        days = [d for y in years if (d := valid(y, month, number))]
        return Node("date", i, end, days, {"year": True, "md": (month, number)})
    node = Node("date", i, end, around(s.now, month, number), {"md": (month, number)})
    node.info["decimal"] = sign == "."
    return picked(s, node, which[0] if which else "") if node.choices else None


def _parts_of_date(s: Scan, at: int) -> tuple[list[str], str, int]:
    """Figures and months joined by one sign: "2019", "m8", "1"; the sign; the index after."""
    parts: list[str] = []
    sign, end = "", at
    while len(parts) < 3:
        word, named = s.at(at), s.match(at, MONTHS[s.language])
        if word.isdecimal() and len(word) in (1, 2, 4):
            parts.append(word)
            end = at + 1
        elif named:
            parts.append(f"m{named[0]}")
            end = named[1]
        else:
            return [], sign, end
        joint = s.at(end)
        joined = joint in ("/", "-", ".", "–") and s.glued(end) and s.glued(end + 1)
        if not joined or (sign and joint != sign) or not _goes_on(s, end + 1):
            break
        sign, at = joint, end + 1
    return parts, sign, end


def _goes_on(s: Scan, i: int) -> bool:
    word = s.at(i)
    return (word.isdecimal() and len(word) in (1, 2, 4)) or s.match(
        i, MONTHS[s.language]
    ) is not None


def _stands_alone(s: Scan, i: int, end: int, parts: list[str], sign: str) -> bool:
    """Whether figures are a date and no part of something longer, and no "1-1 meeting"."""
    if s.at(i - 1) in ("$", "€"):
        return False
    if s.glued(i) and s.at(i - 1) in (sign, ".", ",", "/") and s.at(i - 2).isdecimal():
        return False
    if sign in "-–" and len(parts) == 2 and all(part.isdecimal() for part in parts):
        weekly = s.match(i - 1, WEEKDAYS[s.language])
        if (not weekly and s.at(i - 1) not in _BEFORE_DATES) or s.at(end) in ("am", "pm"):
            return False
    if not s.glued(end):
        return True
    iso = s.at(end) == "t" and s.glued(end + 1) and s.at(end + 1).isdecimal()
    if s.at(end) == "%" or (s.at(end).isalpha() and not iso):
        return False
    numbered = s.glued(end + 1) and s.at(end + 1).isdecimal()
    return not (numbered and s.at(end) in (sign, ":", "."))


def _spaced(s: Scan, i: int) -> Maybe:
    """ "2016 10 16", "20170302"."""
    word = s.at(i)
    if len(word) == 8 and word.isdecimal():
        figures, end = (word[:4], word[4:6], word[6:]), i + 1
    elif len(word) == 4 and len(s.at(i + 1)) == 2 and len(s.at(i + 2)) == 2:
        figures, end = (word, s.at(i + 1), s.at(i + 2)), i + 3
    else:
        return None
    if not all(f.isdecimal() for f in figures) or not 1900 <= int(figures[0]) < 2100:
        return None
    found = valid(*map(int, figures))
    return Node("date", i, end, [found], {"year": True}) if found else None


def _read(s: Scan, parts: list[str], sign: str) -> tuple[list[int], int, int] | None:
    """Years, month and day of the parts of a date, in the order of the language where open."""
    named = [p for p in parts if p.startswith("m")]
    years = [p for p in parts if len(p) == 4]
    rest = [p for p in parts if p not in named and p not in years]
    if len(named) > 1 or len(years) > 1:
        return None
    if named:
        month = int(named[0][1:])
        if len(parts) == 3 and not years:  # "4-jul-95"
            return full_year(rest[1]), month, int(rest[0])
        return ([int(years[0])] if years else [], month, int(rest[0])) if rest else None
    if len(parts) == 3 and not years:
        years, rest = [rest[2]], rest[:2]
    if len(rest) != 2 or (years and len(years[0]) < 2):
        return None
    first, second = int(rest[0]), int(rest[1])
    if (years and parts[0] == years[0]) or s.language == "en":
        month, number = (first, second) if first <= 12 else (second, first)
    else:
        month, number = (second, first) if second <= 12 else (first, second)
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    return (full_year(years[0]) if years else []), month, number
