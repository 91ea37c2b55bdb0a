"""The year that is told by where it lies: "easter this year", "el 5 de mayo del año que viene"."""

from __future__ import annotations

from assistant.understand.extract.scan import Scan, by_language

_YEARS = by_language(
    en={
        "0": "this year|the current year|this coming year",
        "1": "next year|the next year|the coming year|the following year",
        "-1": "last year|the last year|the past year",
    },
    es={
        "0": "este año|el presente año",
        "1": "el año que viene|año que viene|el proximo año|proximo año|el año proximo",
        "-1": "el año pasado|año pasado",
    },
)


def relative_year(s: Scan, i: int) -> tuple[list[int], int] | None:
    """The year, in a list as `days.year` gives it, and the index after it."""
    found = s.match(i, _YEARS[s.language]) if s.spoken else None
    return ([s.now.year + int(found[0])], found[1]) if found else None
