"""Days by their weekday, their name, or their place in a month or week."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import place, whole
from assistant.understand.extract.dates import day_number, of_month, picked, today, written_day
from assistant.understand.extract.day_words import BEHIND, OF, WEEKDAYS, WHICH
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.node import Maybe, Node, add_months, monday, unique, valid
from assistant.understand.extract.scan import Scan, by_language

ON = by_language(en="on|the|, the|,|-|(", es="el|el dia|, el|,|-|(")
_WEEK = by_language(en="week", es="semana")


# abbreviations that take their full stop along
_WITH_STOP = {"lun", "mart", "mierc", "mier", "juev", "jue", "vier", "vie", "sab", "dom", "mon",
              "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}  # fmt: skip


def weekday(s: Scan, i: int) -> tuple[int, int] | None:
    found = s.match(i, WEEKDAYS[s.language])
    if found is None:
        return None
    word, end = s.at(i), found[1]
    if s.spoken and len(word) < 5:
        return None  # "the sun", "mar"
    if word == "mar" and s.at(i - 1) not in ("a", "y", "o", "hasta"):
        return None
    if word == "sa" and i > 0:
        return None
    stop = s.at(end) == "." and s.glued(end) and s.language == "es"
    return int(found[0]), end + (stop and word in _WITH_STOP)


def of_week(s: Scan, i: int) -> Maybe:
    """ "next friday", "friday 23", "monday the twenty seventh", "tuesday of next week"."""
    which = s.match(i, WHICH[s.language])
    at = which[1] if which else i
    week = None
    if which is None or s.match(at, _WEEK[s.language]):
        week = whose_week(s, i)
        if week:
            joint = week[1]
            for _ in range(2):
                joint = s.after(joint, ON[s.language])
            named = weekday(s, joint)
            if named is None:
                return None
            day = week[0] + dt.timedelta(named[0])
            return Node("date", i, named[1], [day], {"week": week[0]})
    named = weekday(s, at)
    if named is None:
        return None
    number, end = named
    chosen = which[0] if which else ""
    if (not chosen or chosen == "this") and (behind := s.match(end, BEHIND[s.language])):
        chosen = {"last": "past"}.get(behind[0], behind[0]) if chosen else behind[0]
        end = behind[1]
    if dated := _with_date(s, i, end, number, chosen):
        return dated
    if not chosen:
        of = s.after(end, OF[s.language])
        if later := whose_week(s, of):
            day = later[0] + dt.timedelta(number)
            return Node("date", i, later[1], [day], {"week": later[0]})
    return Node("date", i, end, _chosen(s, number, chosen), {"wd": number, "which": chosen})


def whose_week(s: Scan, i: int) -> tuple[dt.date, int] | None:
    """The Monday of "next week", "this week", "la semana que viene", "la semana pasada"."""
    at = i + (s.at(i) in ("the", "la"))
    which = s.match(at, WHICH[s.language])
    found = s.match(which[1] if which else at, _WEEK[s.language])
    if found is None:
        return None
    end, chosen = found[1], which[0] if which else ""
    if not which:
        behind = s.match(end, BEHIND[s.language])
        if behind is None:
            return None
        chosen, end = behind
    weeks = {"this": 0, "next": 1, "last": -1, "coming": 1, "past": -1}[chosen]
    return monday(today(s)) + dt.timedelta(7 * weeks), end


def _chosen(s: Scan, number: int, which: str) -> list[dt.date]:
    now = today(s)
    start = monday(now) + dt.timedelta(number)
    ahead = now + dt.timedelta((number - now.weekday()) % 7)
    week = dt.timedelta(7)
    if s.spoken:
        return [_meant(s, ahead, which)]
    match which:
        case "this":
            return [start]
        case "next":
            return [start + week]
        case "last":
            return [start - week]
        case "coming":
            return [ahead if ahead > now else ahead + week]
        case "past":
            return [now - dt.timedelta((now.weekday() - number - 1) % 7 + 1)]
    return [ahead - week, ahead]


def _meant(s: Scan, ahead: dt.date, which: str) -> dt.date:
    """The one day that a command means. The English "next friday" is that of next week, the
    Spanish "próximo viernes" the first to come; a weekday by itself is never today."""
    now, week = today(s), dt.timedelta(7)
    if which in ("last", "past"):
        return ahead - week
    if which == "this" and ahead == now:
        return now
    if which == "next" and s.language == "en":
        return monday(now) + week + dt.timedelta(ahead.weekday())
    return ahead if ahead > now else ahead + week


def _with_date(s: Scan, i: int, end: int, number: int, which: str) -> Maybe:
    """ "friday 23", "tuesday the eleventh", "tue may 9", "friday 7/6", "friday (jun-15)"."""
    for at in dict.fromkeys(
        (end, s.after(end, ON[s.language]), s.after(s.skip(end, ","), ON[s.language]))
    ):
        exact = written_day(s, at) or of_month(s, at)
        if exact and _are_hours(s, at, exact, number):
            continue  # "monday 6-8"
        if exact and "md" in exact.info:
            close = s.skip(exact.end, ")") if "(" in s.words[end:at] else exact.end
            if which in ("this", "next", "coming"):
                exact = picked(s, exact, "this")
            return Node("date", i, close, exact.choices, exact.info)
    article = s.at(end) in ("the", "el") or (s.at(end) == "," and s.at(end + 1) in ("the", "el"))
    at = s.after(end, ON[s.language]) if article else end
    found = day_number(s, at)
    if found is None or s.match(found[1], UNITS[s.language]):
        return None
    if s.at(found[1]) in (":", "-", "am", "pm", "p", "h", "/", "%", "of", "to"):
        return None
    glued = s.glued(found[1]) and s.at(found[1]) not in (".", ",", "!", "?")
    if s.at(at).isdecimal() and glued and place(s, at) is None:
        return None
    if article and s.spoken:
        return _on_both(s, i, found[1], number, found[0])
    if article:
        day = valid(today(s).year, today(s).month, found[0])
        return Node("date", i, found[1], [day]) if day else None
    if whole(s, at) and not s.at(at).isdecimal() and s.language == "en":
        return None
    return _on_both(s, i, found[1], number, found[0])


def _are_hours(s: Scan, at: int, exact: Node, number: int) -> bool:
    """Whether two figures after a weekday are hours rather than a day: "monday 6-8"."""
    if s.at(at + 1) != "-" or not s.at(at).isdecimal() or exact.end != at + 3:
        return False
    first, second = int(s.at(at)), int(s.at(at + 2))
    never = all(day.weekday() != number for day in exact.choices)
    return first < second or first == 12 or never


def _on_both(s: Scan, i: int, end: int, number: int, of_month: int) -> Maybe:
    """The last and the next month in which that day is that weekday."""
    now = today(s)
    days = []
    for months in range(-24, 25):
        first = add_months(now.replace(day=1), months)
        day = valid(first.year, first.month, of_month)
        if day and day.weekday() == number:
            days.append(day)
    if now in days:
        return Node("date", i, end, [now])
    past = [d for d in days if d < now]
    ahead = [d for d in days if d >= now]
    return Node("date", i, end, unique([*past[-1:], *ahead[:1]])) if days else None
