"""What happens again and again, in a text: "every monday at 9", "daily", "once a week"."""

from __future__ import annotations

from assistant.recurrence import Recurrence
from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import HALF_OF, LAS, PARTS
from assistant.understand.extract.hours import clock, in_half, minutes
from assistant.understand.extract.lengths import UNITS
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.weekdays import weekday

_DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
_EVERY = by_language(en="every|each|any|every single", es="cada|todos los|todas las|todos|todas")
_ADVERBS = by_language(
    en={
        "FREQ=DAILY": "daily|everyday|once a day|one a day|every day",
        "FREQ=WEEKLY": "weekly|once a week",
        "FREQ=MONTHLY": "monthly|once a month",
        "FREQ=YEARLY": "yearly|annually|annual|once a year",
        "FREQ=WEEKLY;INTERVAL=2": "biweekly|fortnightly|bi-weekly",
        "FREQ=HOURLY": "hourly",
        "FREQ=MONTHLY;INTERVAL=3": "quarterly",
        "FREQ=MONTHLY;INTERVAL=6": "semiannual|semiannually|semi-annual"
        "|semi-annually|biannual|biannually",
        "FREQ=MONTHLY;INTERVAL=2": "bimonthly",
        "FREQ=DAILY;SPAN=NIGHT": "nightly",
    },
    es={
        "FREQ=DAILY": "diariamente|a diario|una vez al dia",
        "FREQ=WEEKLY": "semanalmente|semanal|una vez a la semana",
        "FREQ=MONTHLY": "mensualmente|mensual|una vez al mes",
        "FREQ=YEARLY": "anualmente|anual|una vez al año",
        "FREQ=MONTHLY;INTERVAL=3": "trimestralmente|trimestral",
        "FREQ=MONTHLY;INTERVAL=6": "semestralmente|semestral",
        "FREQ=WEEKLY;INTERVAL=2": "quincenal|quincenalmente|bisemanal",
    },
)
_FREQUENCY = {
    "MIN": "MINUTELY",
    "H": "HOURLY",
    "D": "DAILY",
    "W": "WEEKLY",
    "M": "MONTHLY",
    "Y": "YEARLY",
    "S": "SECONDLY",
}
_WORKDAYS = by_language(
    en={"WD": "weekday|work day|workday|business day", "WE": "weekend"},
    es={"WD": "dia laborable|dias laborables|dia de semana", "WE": "fin de semana|fines de semana"},
)
_OTHER = by_language(en="other|second|alternate", es="otro|otra")
_AT = by_language(en="at|,|on|from|@|around", es="a las|a la|a|,|sobre las")
_PLURAL_PARTS = ("mornings", "afternoons", "evenings", "nights")


def recurrence(s: Scan, i: int) -> Maybe:
    """A rule, with its time of day before or after it."""
    if rule := _rule(s, i):
        return _timed(s, rule)
    time = clock(s, i)
    if time is None or (time.info["bare"] and s.at(i - 1) not in LAS):
        return None
    rule = _rule(s, time.end + (s.at(time.end) == "on"))
    if rule is None:
        return None
    made: Recurrence = rule.choices[0]
    at = minutes(time.info["minutes"])
    return Node("set", i, rule.end, [Recurrence(made.rule, at)], rule.info)


def _timed(s: Scan, node: Node) -> Node:
    at = s.after(node.end, _AT[s.language])
    time = clock(s, at)
    if time is None or (time.info["bare"] and at == node.end):
        return node
    total = time.info["minutes"]
    if not time.info["known"] and (half := node.info.get("half")):
        total = in_half(total, half)
    made: Recurrence = node.choices[0]
    return Node("set", node.i, time.end, [Recurrence(made.rule, minutes(total))], node.info)


def _node(i: int, end: int, rule: str, **info: str) -> Node:
    return Node("set", i, end, [Recurrence(rule)], dict(info))


def _rule(s: Scan, i: int) -> Maybe:
    if found := s.match(i, _ADVERBS[s.language]):
        return _node(i, found[1], found[0])
    if nth := _nth_of_each(s, i):
        return nth
    every = s.match(i, _EVERY[s.language])
    if every:
        return _after_every(s, i, every[1])
    if s.language == "en" and s.at(i) in _PLURAL_PARTS and (part := s.match(i, PARTS["en"])):
        span = part[0].strip().replace(" ", "-")
        return _node(i, part[1], f"FREQ=DAILY;SPAN={span}", half=HALF_OF[part[0]])
    named = weekday(s, i)
    if (
        s.language == "en"
        and named
        and s.at(named[1]) in ("mornings", "afternoons", "evenings", "nights")
    ):
        part = s.match(named[1], PARTS["en"])
        if part:
            span = part[0].strip().replace(" ", "-")
            return _node(i, part[1], f"FREQ=WEEKLY;BYDAY={_DAYS[named[0]]};SPAN={span}")
    if s.language == "en" and named and s.at(i).endswith("days"):
        rule = f"FREQ=WEEKLY;BYDAY={_DAYS[named[0]]}"
        return _node(i, named[1], rule)
    return None


def _nth_of_each(s: Scan, i: int) -> Maybe:
    """ "19th of every month"."""
    at = i + (s.at(i) in ("the", "el"))
    found = place(s, at) or (whole(s, at) if s.language == "es" else None)
    if found is None or s.at(found[1]) not in ("of", "de"):
        return None
    if s.at(found[1] + 1) in ("every", "each", "cada") and s.at(found[1] + 2) in ("month", "mes"):
        return _node(at, found[1] + 3, f"FREQ=MONTHLY;BYMONTHDAY={found[0]}")
    return None


def _after_every(s: Scan, i: int, at: int) -> Maybe:
    interval = 1
    other = s.after(at, _OTHER[s.language])
    counted = whole(s, at)
    nth = place(s, at)
    if other > at:
        interval, at = 2, other
    elif counted and s.match(counted[1], UNITS[s.language]):
        interval, at = counted
    elif nth and s.match(nth[1], UNITS[s.language]):
        interval, at = nth
    if found := s.match(at, _WORKDAYS[s.language]):
        return _node(i, found[1], f"FREQ={found[0]}" + _step(interval))
    if named := weekday(s, at):
        return _node(i, named[1], f"FREQ=WEEKLY;BYDAY={_DAYS[named[0]]}" + _step(interval))
    if unit := s.match(at, UNITS[s.language]):
        name, end = unit
        if name == "D" and s.at(end - 1).startswith(("night", "noche")):
            return _node(i, end, "FREQ=DAILY;SPAN=NIGHT", half="night")
        if name == "Q":
            return _node(i, end, f"FREQ=MONTHLY;INTERVAL={3 * interval}")
        if name in _FREQUENCY:
            return _node(i, end, f"FREQ={_FREQUENCY[name]}" + _step(interval))
    if part := s.match(at, PARTS[s.language]):
        return _node(
            i,
            part[1],
            "FREQ=DAILY;SPAN=" + part[0].strip().replace(" ", "-"),
            half=HALF_OF[part[0]],
        )
    dated = s.once(day, at)
    if dated and "md" in dated.info and not dated.info.get("year"):
        month, number = dated.info["md"]
        return _node(i, dated.end, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={number}")
    return None


def _step(interval: int) -> str:
    return f";INTERVAL={interval}" if interval > 1 else ""
