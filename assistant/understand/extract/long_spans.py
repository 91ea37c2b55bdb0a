"""So long from then: "for 2 hours from 2pm", "within 3 minutes"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.days import day
from assistant.understand.extract.hours import clock
from assistant.understand.extract.lengths import length
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.shifting import is_days, shifted
from assistant.understand.extract.spans import NOW

FOR = by_language(en="for|for a|for the", es="por|durante|para")

STARTING = by_language(
    en="from|starting|starting on|beginning|beginning on|, from|starting from",
    es="desde|desde el|a partir de|a partir del|comenzando|empezando",
)

WITHIN = by_language(
    en="within|within the|within next|within the next",
    es="dentro de|dentro de los|dentro de las|dentro de proximos"
    "|dentro de los proximos|dentro de las proximas",
)


def long_span(s: Scan, i: int) -> Maybe:
    """ "for 2 hours from 2pm", "2 weeks starting may 20th", "within 3 minutes"."""
    within = s.match(i, WITHIN[s.language])
    at = within[1] if within else s.after(i, FOR[s.language])
    found = s.once(length, at)
    if found is None:
        return None
    parts = found.info["parts"]
    if within:
        then = shifted(s.now, parts, 1)
        if is_days(parts):
            return Node("daterange", i, found.end, [(s.now.date(), then.date())])
        return Node(
            "datetimerange",
            i,
            found.end,
            [(s.now.replace(microsecond=0), then.replace(microsecond=0))],
        )
    start = s.match(found.end, STARTING[s.language])
    if start is None or start[0] in ("from now",) or s.match(start[1], NOW["en"]):
        return None
    begin = s.once(day, start[1])
    if begin and is_days(parts):
        if start[0] == "from" and at == i:
            return None
        this_year = [d for d in begin.choices if d.year == s.now.year] or begin.choices
        pairs = [
            (d, shifted(dt.datetime.combine(d, dt.time()), parts, 1).date()) for d in this_year
        ]
        return Node("daterange", i if "from" in start[0] else at, begin.end, [pairs[-1]])
    time = clock(s, start[1])
    if time and not is_days(parts) and not time.info["bare"]:
        first = dt.datetime.combine(s.now.date(), dt.time())
        hours = [(t, shifted(dt.datetime.combine(first, t), parts, 1).time()) for t in time.choices]
        return Node("timerange", i, time.end, hours)
    return None
