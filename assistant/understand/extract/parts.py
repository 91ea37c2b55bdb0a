"""Parts of the day: "in the morning", "late afternoon"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.hour_words import EDGES, HALF_OF, IN_THE, PARTS
from assistant.understand.extract.hours import minutes
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan


def part_of_day(s: Scan, i: int) -> Maybe:
    """ "in the morning", "late afternoon", "noche": a range of times."""
    edge = s.match(i, EDGES[s.language])
    at = edge[1] if edge else i
    if not edge and s.language == "en":
        at = s.after(i, IN_THE)
    elif not edge and s.at(at) == "la":
        at += 1
    found = s.match(at, PARTS[s.language])
    if found is None:
        return None
    if s.language == "es" and s.at(at) == "manana" and s.at(at - 1) not in ("la", "esta"):
        return None
    if (
        s.language == "es"
        and s.at(at) == "tarde"
        and s.at(at - 1) in ("mas", "muy", "tan")
        and not edge
    ):
        return None
    first, last = (int(hour) * 60 for hour in found[0].split())
    if edge:
        first, last = (first, first + 120) if edge[0] == "start" else (last - 120, last)
    end = dt.time(23, 59, 59) if last >= 1440 else minutes(last)
    start = (
        i
        if edge or s.language == "en"
        else (at - (s.at(at - 1) == "la" and s.at(at) in ("manana",)))
    )
    if s.language == "es" and not edge:
        start = at - 1 if s.at(at - 1) == "la" and at - 1 >= i else at
    return Node(
        "timerange",
        start,
        found[1],
        [(minutes(first), end)],
        {"half": HALF_OF.get(found[0], "pm"), "part": True, "edge": bool(edge)},
    )
