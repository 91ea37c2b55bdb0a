"""What happens again and again: "every monday at 9", "daily", "the first friday of each month"."""

from __future__ import annotations

from assistant.recurrence import Recurrence
from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.dates import day_number, month_name
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import HALF_OF, LAS, PARTS as PARTS_OF_DAY
from assistant.understand.extract.hours import awake, clock, in_half, minutes
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.set_words import (
    AT,
    DAYS,
    EVERY,
    FREQUENCY,
    GROUPS,
    LAST,
    OF_EACH,
    ON,
    OTHER,
    PARTS,
    PLURAL_PARTS,
    WHOLE,
)
from assistant.understand.extract.weekdays import weekday

_LONGEST = 999  # units between two times


def recurrence(s: Scan, i: int) -> Maybe:
    """A rule, with its time of day before or after it."""
    if rule := s.once(_rule, i):
        return _timed(s, rule)
    time = clock(s, i)
    if time is None or (time.info["bare"] and s.at(i - 1) not in (*LAS, "at") and not s.spoken):
        return None
    rule = s.once(_rule, time.end + (s.at(time.end) == "on"))
    if rule is None:
        return None
    rule = _part(s, rule)
    return Node("set", i, rule.end, [_with_time(s, rule, time)], rule.info)


def _timed(s: Scan, node: Node) -> Node:
    """ "every monday morning", "every day at seven", "daily at seven in the morning"."""
    rule = _part(s, node)
    at = s.after(rule.end, AT[s.language])
    time = clock(s, at)
    if time is None or (time.info["bare"] and at == rule.end) or s.match(time.end, UNITS["en"]):
        return rule if s.spoken else node
    return Node("set", node.i, time.end, [_with_time(s, rule, time)], rule.info)


def _part(s: Scan, node: Node) -> Node:
    """With the part of the day that follows: "every monday [morning]"."""
    found = s.match(node.end, PARTS[s.language])
    if found is None or "half" in node.info:
        return node
    return Node("set", node.i, found[1], node.choices, {**node.info, "half": found[0]})


def _with_time(s: Scan, node: Node, time: Node) -> Recurrence:
    total = time.info["minutes"]
    if not time.info["known"]:
        if half := node.info.get("half"):
            total = in_half(total, half)
        elif s.spoken:
            total = awake(total)
    made: Recurrence = node.choices[0]
    return Recurrence(made.rule, minutes(total))


def _node(i: int, end: int, rule: str, interval: int = 1, **info: str) -> Node:
    frequency, *rest = rule.split(";", 1)
    parts = [frequency, *([f"INTERVAL={interval}"] if interval > 1 else []), *rest]
    return Node("set", i, end, [Recurrence(";".join(parts))], dict(info))


def _rule(s: Scan, i: int) -> Maybe:
    if found := _of_each(s, i):
        return found
    whole_rule = s.match(i, WHOLE[s.language])
    if whole_rule and (s.spoken or s.at(i) != "diario"):  # which is a newspaper as well
        return _on_a_day(s, _node(i, whole_rule[1], whole_rule[0]))
    if every := s.match(i, EVERY[s.language]):
        return _after_every(s, i, every[1])
    return _plural_parts(s, i) or _plural_days(s, i)


def _of_each(s: Scan, i: int) -> Maybe:
    """ "the 19th of every month", "the last day of each month", "el primer lunes de cada mes"."""
    at = i + (s.at(i) in ("the", "el"))
    at += s.at(at) == "dia"
    if s.at(at) in LAST[s.language]:
        nth, end = -1, at + 1
    elif found := place(s, at) or (whole(s, at) if s.language == "es" else None):
        nth, end = found
    else:
        return None
    start = i if s.spoken else at
    if (named := weekday(s, end)) and -2 < nth < 6:
        if of := s.match(named[1], OF_EACH[s.language]):
            return _node(start, of[1], f"FREQ={of[0]};BYDAY={nth}{DAYS[named[0]]}")
        return None
    end += s.at(end) in ("day", "dia")
    of = s.match(end, OF_EACH[s.language])
    if of is None or of[0] != "MONTHLY" or not -2 < nth < 32:
        return None
    return _node(start, of[1], f"FREQ=MONTHLY;BYMONTHDAY={nth}")


def _after_every(s: Scan, i: int, at: int) -> Maybe:
    """What follows "every": "day", "two weeks", "other monday", "monday and friday", "5th"."""
    interval, at = _interval(s, at)
    if found := s.match(at, GROUPS[s.language]):
        return _node(i, found[1], found[0], interval)
    if days := _days(s, at):
        return _node(i, days[1], f"FREQ=WEEKLY;BYDAY={days[0]}", interval)
    if part := s.match(at, PARTS_OF_DAY[s.language]):
        span = "FREQ=DAILY;SPAN=" + part[0].strip().replace(" ", "-")
        return _node(i, part[1], span, half=HALF_OF[part[0]])
    if unit := s.match(at, UNITS[s.language]):
        name, end = unit
        if name == "D" and s.at(end - 1).startswith(("night", "noche")):
            return _node(i, end, "FREQ=DAILY;SPAN=NIGHT", half="night")
        if name == "Q":
            return _node(i, end, "FREQ=MONTHLY", 3 * interval)
        if name == "F":
            return _node(i, end, "FREQ=WEEKLY", 2 * interval)
        if name in FREQUENCY and interval <= _LONGEST:
            return _on_a_day(s, _node(i, end, f"FREQ={FREQUENCY[name]}", interval))
    return _dated(s, i, at)


def _interval(s: Scan, at: int) -> tuple[int, int]:
    """The 2 of "every two weeks" and "every other monday", and the index after it."""
    if other := s.match(at, OTHER[s.language]):
        if _is_unit(s, other[1]):
            return int(other[0]), other[1]
    elif (counted := whole(s, at) or place(s, at)) and _is_unit(s, counted[1]):
        return max(counted[0], 1), counted[1]
    return 1, at


def _is_unit(s: Scan, i: int) -> bool:
    return bool(s.match(i, UNITS[s.language]) or weekday(s, i) or s.match(i, GROUPS[s.language]))


def _on_a_day(s: Scan, node: Node) -> Node:
    """ "every week on monday", "every month on the fifth", "todas las semanas el lunes"."""
    at = s.after(node.end, ON[s.language])
    rule = node.choices[0].rule
    if at == node.end or not s.spoken:
        return node
    if rule.startswith("FREQ=WEEKLY") and "BYDAY" not in rule and (days := _days(s, at)):
        return Node("set", node.i, days[1], [Recurrence(f"{rule};BYDAY={days[0]}")], node.info)
    if rule.startswith("FREQ=MONTHLY"):
        return _on_a_day_of_the_month(s, node, at)
    if rule == "FREQ=YEARLY":
        return _dated(s, node.i, at) or node
    return node


def _on_a_day_of_the_month(s: Scan, node: Node, at: int) -> Node:
    rule = node.choices[0].rule
    nth = (-1, at + 1) if s.at(at) in LAST[s.language] else place(s, at)
    if nth and (named := weekday(s, nth[1])):
        made = Recurrence(f"{rule};BYDAY={nth[0]}{DAYS[named[0]]}")
        return Node("set", node.i, named[1], [made], node.info)
    if nth and nth[0] == -1:
        nth = (-1, nth[1] + 1) if s.at(nth[1]) in ("day", "dia") else None
    if number := nth or day_number(s, at):
        made = Recurrence(f"{rule};BYMONTHDAY={number[0]}")
        return Node("set", node.i, number[1], [made], node.info)
    return node


def _dated(s: Scan, i: int, at: int) -> Maybe:
    """ "every may 5th", "cada 5 de mayo", "every 15th of the month", "cada navidad"."""
    dated = s.once(day, at)
    if dated and dated.kind == "date" and not dated.info.get("year"):
        if "md" in dated.info:
            month, number = dated.info["md"]
            return _node(i, dated.end, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={number}")
        rule = dated.info.get("holiday", "")
        if rule.startswith("fixed"):
            month, number = map(int, rule.split()[1].split("-"))
            return _node(i, dated.end, f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={number}")
    if not s.spoken or (number_at := day_number(s, at)) is None:
        return None
    of_month = {"en": ["of", "the", "month"], "es": ["del", "mes"]}[s.language]
    end = number_at[1]
    if s.words[end : end + len(of_month)] != of_month or month_name(s, end + 1):
        return None
    return _node(i, end + len(of_month), f"FREQ=MONTHLY;BYMONTHDAY={number_at[0]}")


def _plural_parts(s: Scan, i: int) -> Maybe:
    """ "mornings", "monday mornings"."""
    if s.language != "en":
        return None
    named = weekday(s, i)
    at = named[1] if named else i
    part = s.match(at, PARTS_OF_DAY["en"]) if s.at(at) in PLURAL_PARTS else None
    if part is None:
        return None
    span = part[0].strip().replace(" ", "-")
    rule = f"FREQ=WEEKLY;BYDAY={DAYS[named[0]]}" if named else "FREQ=DAILY"
    return _node(i, part[1], f"{rule};SPAN={span}", half=HALF_OF[part[0]])


def _plural_days(s: Scan, i: int) -> Maybe:
    """ "mondays and fridays", "los lunes"; of a command also "monday to friday"."""
    if s.spoken and (found := _from_to(s, i)):
        return found
    if s.language == "en":
        return _several(s, i, i) if s.at(i).endswith("days") and weekday(s, i) else None
    return _several(s, i, i + 1) if s.spoken and s.at(i) == "los" else None


def _several(s: Scan, i: int, at: int) -> Maybe:
    days = _days(s, at)
    return _node(i, days[1], f"FREQ=WEEKLY;BYDAY={days[0]}") if days else None


def _from_to(s: Scan, i: int) -> Maybe:
    """ "monday to friday", "de lunes a viernes": every week."""
    at = i + (s.at(i) in ("from", "de"))
    first = weekday(s, at) if s.language == "en" or at > i else None
    if first is None or s.at(first[1]) not in ("to", "through", "till", "until", "a"):
        return None
    last = weekday(s, first[1] + 1)
    if last is None or last[0] == first[0]:
        return None
    days = [DAYS[(first[0] + n) % 7] for n in range((last[0] - first[0]) % 7 + 1)]
    return _node(i, last[1], f"FREQ=WEEKLY;BYDAY={','.join(days)}")


def _days(s: Scan, i: int) -> tuple[str, int] | None:
    """Days of the week, one or several: "monday", "mondays and fridays", "lunes y los jueves"."""
    found: list[int] = []
    end = i
    while named := weekday(s, i):
        found.append(named[0])
        end = i = named[1]
        if not s.spoken:
            break
        i += s.at(i) in ("and", "y", "e")
        i += s.at(i) in ("every", "on", "los", "el")
    return (",".join(DAYS[day] for day in sorted(set(found))), end) if found else None
