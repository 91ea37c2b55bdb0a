"""Before, after, since, until, about: what turns a moment into a range with one end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.understand.extract.day_times import any_day
from assistant.understand.extract.days import day
from assistant.understand.extract.hour_words import LAS
from assistant.understand.extract.hours import clock
from assistant.understand.extract.joins import moment
from assistant.understand.extract.length_words import UNITS
from assistant.understand.extract.lengths import distant, length
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.spans import TO

MODIFIERS = by_language(
    en={
        "before": "before|prior to|no later than|earlier than|sooner than|by|less than"
        "|until before|not later than|<|ahead of|preceding",
        "after": "after|later than|greater than|more than|no earlier than|following"
        "|subsequent to|>|year greater than",
        "since": "since|starting|starting from|beginning|beginning on|starting on"
        "|as early as|any time from|anytime from|as soon as|from|> =|>="
        "|on or after|any time on or after|no earlier than",
        "until": "until|till|as late as|up to|through|til|< =|<=|on or before",
        "about": "around|approximately|circa|nearly|close to|roughly|near",
    },
    es={
        "before": "antes de|antes del|antes de las|antes de la|no mas tarde que"
        "|no mas tarde de|anterior a|anterior de|previo a|previa a"
        "|no mas tarde que el|antes de los|antes del dia|<|antes",
        "after": "despues de|despues del|despues de las|despues de la|despues de los"
        "|posterior a|pasado el|>|tras|a primeros de|pasadas las",
        "since": "desde|desde el|desde las|desde la|a partir de|a partir del"
        "|a partir de las|tan temprano como|tan temprano como a las"
        "|tan pronto como|tan pronto como el|a partir de los|desde los"
        "|a partir de la|>=",
        "until": "hasta|hasta el|hasta las|hasta la|tan tarde como|tan tarde como a las|<=",
        "about": "alrededor de|alrededor de las|alrededor del|cerca de|cerca de las"
        "|cerca del|aproximadamente|sobre las|a eso de las|cerca de la"
        "|mas o menos|alrededor de la",
    },
)
AFTERWARDS = by_language(
    en={
        "since": "or later|and later|or after|and after|onwards|onward|or onwards|and onwards",
        "until": "or earlier|and earlier|or before|and before",
    },
    es={
        "since": "o despues|y despues|o mas tarde|y mas tarde|y posteriores|en adelante"
        "|y siguientes",
        "until": "o antes|y antes|o anteriores|y anteriores",
    },
)
_ARTICLES = {"en": ("the",), "es": ("el", "los")}


def modified(s: Scan, i: int) -> Maybe:
    """A moment with its modifier, or without one."""
    plain = _afterwards(s, moment(s, i))
    if (dated := _day_then(s, i)) and (plain is None or dated.end > plain.end):
        plain = dated
    found = s.match(i, MODIFIERS[s.language])
    if found is None:
        return plain
    name, at = found
    inner = _inner(s, name, at)
    if inner is None:
        return plain
    made = _made(s, i, name, inner)
    if made is None or (plain and plain.end >= made.end):
        return plain
    return made


def _day_then(s: Scan, i: int) -> Maybe:
    """ "tuesday after 1pm", "feb 1st no later than 6:00"."""
    base = s.once(any_day, i)
    if base is None:
        return None
    at = s.skip(base.end, ",")
    found = s.match(at, MODIFIERS[s.language])
    if found is None or found[0] == "about" or s.at(at) in ("from", "through", "a", "<", ">"):
        return None
    time_at = found[1] + (s.language == "es" and s.at(found[1]) in LAS)
    time = clock(s, time_at)
    if time is None or s.match(time.end, UNITS[s.language]) or s.match(time.end, TO[s.language]):
        return None
    pairs = []
    for t in time.choices:
        for d in base.choices:
            pairs.append(_open(found[0], time, dt.datetime.combine(d, t)))
    return Node("datetimerange", i, time.end, pairs, {"mod": found[0]})


_COUNTED = (
    "minutes minute hours days people % percent of times or years months weeks dollars miles pieces"
).split()


def _inner(s: Scan, name: str, at: int) -> Maybe:
    if s.language == "es" and s.at(at) in LAS and clock(s, at + 1):
        at += 1
    inner = moment(s, at)
    if inner is None and s.at(at) in _ARTICLES[s.language]:
        inner = moment(s, at + 1)
    time = clock(s, at)
    bare = time is not None and time.info["bare"] and (inner is None or inner.end <= time.end)
    return time if time and bare and _is_hour(s, name, at, time) else inner


def _is_hour(s: Scan, name: str, at: int, time: Node) -> bool:
    """Whether a mere number after a modifier is a time: "before 7", but not "before 7 people"."""
    before = s.at(at - 1)
    if s.language == "es":
        return before in LAS
    if s.at(time.end) in _COUNTED:
        return False
    than = before in ("than", "to") and s.at(at - 2) not in ("later", "earlier")
    if name != "about" and than:
        return False
    return before not in ("<", ">", "=", "from", "about")


def _made(s: Scan, i: int, name: str, inner: Node) -> Maybe:
    if inner.kind == "duration" or inner.info.get("now") or (inner.info.get("far") and False):
        return None
    if name == "about":
        if inner.kind in ("date", "time", "datetime"):
            return Node(inner.kind, i, inner.end, inner.choices, inner.info)
        return None
    if inner.kind in ("timerange", "datetimerange") and not inner.info.get("part"):
        return None
    if inner.info.get("span") or (
        inner.kind == "daterange"
        and inner.info.get("written")
        and s.at(i) in ("from", "by", "through", "de", "up", "about", "following")
    ):
        return None
    word = s.at(i)
    if word == "from" and (inner.kind != "time" or inner.info["bare"] or s.at(i - 1) != "time"):
        return None
    if word in ("less", "more") or word in {"following", "through"}:
        return None
    if word == "by" and inner.kind in ("duration", "daterange", "timerange"):
        return None
    if word in ("<", ">") and inner.kind not in {"daterange", "date"}:
        return None
    if word == "starting" and inner.kind == "time" and inner.info["bare"]:
        return None
    kind = {"date": "daterange", "time": "timerange", "datetime": "datetimerange"}.get(
        inner.kind, inner.kind
    )
    return Node(
        kind,
        i,
        inner.end,
        [_open(name, inner, c) for c in inner.choices],
        {"mod": name, **inner.info},
    )


def _open(name: str, inner: Node, choice: Any) -> tuple[Any, Any]:
    """One end of a range: after a range begins where it ends, before it ends where it begins."""
    first, last = choice if isinstance(choice, tuple) else (choice, choice)
    edge = inner.info.get("edge")
    if edge and isinstance(choice, tuple) and name == "after" and edge == "start":
        return first, None
    if edge and name == "before" and edge == "end":
        return None, last
    match name:
        case "before":
            return None, first
        case "after":
            return last, None
        case "since":
            return first, None
    return None, (last if isinstance(choice, tuple) and inner.kind != "daterange" else first)


def _afterwards(s: Scan, node: Maybe) -> Maybe:
    """ "2012 or later", "3 pm or later on monday"."""
    if node is None or node.kind not in ("date", "daterange", "time", "datetime"):
        return node
    found = s.match(node.end, AFTERWARDS[s.language])
    if (
        found is None
        or s.at(found[1]).isdecimal()
        or clock(s, found[1])
        or s.at(found[1]) in ("than", "de", "que", "the", "las", "tomorrow")
    ):
        return node
    kind = {"date": "daterange", "time": "timerange", "datetime": "datetimerange"}.get(
        node.kind, node.kind
    )
    choices = [_open(found[0], node, c) for c in node.choices]
    made = Node(kind, node.i, found[1], choices, {"mod": found[0]})
    if kind == "timerange":
        at = found[1] + (s.at(found[1]) in ("on", "el"))
        if base := s.once(day, at):
            pairs = [
                (dt.datetime.combine(d, a) if a else None, dt.datetime.combine(d, b) if b else None)
                for a, b in choices
                for d in base.choices
            ]
            return Node("datetimerange", node.i, base.end, pairs, {"mod": found[0]})
    return made


MORE = by_language(
    en={"after": "more than|longer than", "before": "less than|fewer than|at most|up to|under"},
    es={"after": "mas de|mas que", "before": "menos de|menos que|no mas de"},
)


def measured(s: Scan, i: int) -> Maybe:
    """ "more than 4 days", "less than 3 days after tomorrow", "15 minutes"."""
    found = s.match(i, MORE[s.language])
    at = found[1] if found else i
    inner = s.once(length, at)
    if found is None or inner is None:
        return inner
    far = s.once(distant, at)
    if far and far.kind == "date" and far.info.get("today") is not None:
        day = far.choices[0]
        before_today = s.at(inner.end) in ("before", "antes", "anteriores", "prior")
        if found[0] == "after":
            pair = (None, day) if before_today else (day, None)
        else:
            base = s.once(moment, far.end - 1)
            start = base.choices[0] if base and base.kind == "date" else s.now.date()
            pair = (day, start) if before_today else (start, day)
        return Node("daterange", i, far.end, [pair])
    if far:
        return None
    return Node("duration", i, inner.end, inner.choices, inner.info)
