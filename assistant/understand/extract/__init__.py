"""The values in a text, each with its place and all that it may mean.

    find("the week of july 23", "en", now)

Dates and times are given as the last and the next time that fit, the past before the future;
the assistant takes the future one. Texts are read as they are written, with figures and signs,
so this is for text; what is said to the assistant goes through `values`, which is faster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from assistant.understand.extract.counted import age, measure, percent, temperature
from assistant.understand.extract.modifiers import measured, modified
from assistant.understand.extract.money import money
from assistant.understand.extract.node import Node
from assistant.understand.extract.others import choice, in_row, phones, plain
from assistant.understand.extract.ranges import number_range
from assistant.understand.extract.scan import Scan, Value
from assistant.understand.extract.sets import recurrence

Parser = Callable[[Scan, int], Node | None]

_PARSERS: Mapping[str, Sequence[Parser]] = {
    "time": (recurrence, measured, modified),
    "number": (plain,),
    "ordinal": (in_row,),
    "percent": (percent,),
    "range": (number_range,),
    "money": (money,),
    "measure": (measure,),
    "temperature": (temperature,),
    "age": (age,),
}
KINDS = (*_PARSERS, "phone", "choice")


def find(text: str, language: str, now: dt.datetime, kinds: Sequence[str]) -> list[Value]:
    """The values of some of the KINDS, from left to right; at each place the longest.

    now: what they are resolved against; naive, or aware of its zone.
    """
    s = Scan(text, language, now.replace(tzinfo=None))
    parsers = [parse for kind in kinds for parse in _PARSERS.get(kind, ())]
    found, i = [], 0
    last: Node | None = None
    while i < len(s):
        nodes = [node for parse in parsers if (node := _parsed(s, parse, i))]
        node = max(nodes, key=lambda n: (n.end, n.kind == "date"), default=None)
        if node is None:
            i += 1
            continue
        if last and node.info.get("which") == "":
            _of_the_same_week(s, last, node)
        last = node
        start, end = s.starts[node.i], s.ends[node.end - 1]
        unit = node.info.get("unit", "") if node.kind in _WITH_UNIT else ""
        found.append(Value(node.kind, start, end, tuple(node.choices), unit))
        i = node.end
    if "phone" in kinds:
        found += phones(text)
    if "choice" in kinds:
        found += choice(s)
    return found


def _parsed(s: Scan, parse: Parser, i: int) -> Node | None:
    """What a parser finds; what lies beyond the calendar ("in a million years") is no date."""
    try:
        return s.once(parse, i)
    except (OverflowError, ValueError):
        return None


def _of_the_same_week(s: Scan, last: Node, node: Node) -> None:
    """The thursday of "next week on tuesday or thursday"."""
    between = set(s.words[last.end : node.i])
    if (
        "week" in last.info
        and node.kind == "date"
        and between <= {",", "or", "and", "o", "y", "el"}
    ):
        week: dt.date = last.info["week"]
        node.choices = [week + dt.timedelta(node.info["wd"])]
        node.info["week"] = week


_WITH_UNIT = ("currency", "dimension", "temperature", "age")
