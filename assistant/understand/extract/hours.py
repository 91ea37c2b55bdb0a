"""Times of day and parts of the day: "half past seven", "8pm", "las ocho menos cuarto"."""

from __future__ import annotations

import datetime as dt

from assistant.understand.extract.cardinals import whole
from assistant.understand.extract.hour_words import (
    BEFORE_AN_HOUR,
    HALF_OF,
    HALVES,
    IN_PART,
    LAS,
    MINUTES,
    NAMED,
    NOON,
    OCLOCK,
    PARTS,
    RELATIVE,
)
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.scan import Scan


def minutes(total: int) -> dt.time:
    return dt.time(total // 60 % 24, total % 60)


def awake(total: int) -> int:
    """Of the two times that an open one may be, the one people are more likely to mean: from
    five in the morning to five in the afternoon."""
    return total + 720 if total % 720 < 300 else total


def in_half(total: int, half: str) -> int:
    """Minutes of a time on the twelve-hour clock in that half of the day."""
    if total >= 13 * 60:
        return total
    if half == "pm" or (half == "night" and total % 720 >= 300):
        return total % 720 + 720
    return total % 720


def clock(s: Scan, i: int, *, relative: bool = True) -> Maybe:
    """A time of day. info: minutes, seconds, known (the half of the day), bare (a mere number)."""
    if found := s.match(i, NOON[s.language]):
        hour = int(found[0])
        return _node(i, found[1], hour * 60, known=True)
    if before := _part_before(s, i):
        return before
    read = _digital(s, i) or (relative and _relative(s, i)) or _hour(s, i)
    if read is None:
        return None
    total, known, end, bare, seconds = read
    half = s.match(end, HALVES[s.language]) or _letter(s, end)
    if half is None and s.at(end) == "." and s.glued(end + 1):
        half = s.match(end + 1, HALVES[s.language])
    if half is None:
        half = s.match(end, IN_PART[s.language])
    if half and (half[0] != "night" or not known):
        if total > 12 * 60 + 59 and half[0] == "am":
            return None
        total, known, bare, end = in_half(total, half[0]), True, False, half[1]
        if s.language == "es" and (more := s.match(end, IN_PART["es"])):
            end = more[1]
        if after := _spanish_minutes(s, end):
            total, end = total + after[0], after[1]
    if s.at(end) == "ish" and s.glued(end):
        end, bare, known = end + 1, False, True
    if s.glued(end) and s.at(end).isalpha() and s.at(end) not in ("ish",):
        return None
    return _node(i, end, total, known=known, bare=bare, seconds=seconds)


def _node(
    i: int, end: int, total: int, *, known: bool, bare: bool = False, seconds: int = 0
) -> Node:
    options = [total] if known or not 60 <= total < 13 * 60 else [total, (total + 720) % 1440]
    times = [minutes(t).replace(second=seconds) for t in options]
    return Node(
        "time",
        i,
        end,
        times,
        {"minutes": total, "known": len(times) == 1, "bare": bare, "seconds": seconds},
    )


def _letter(s: Scan, i: int) -> tuple[str, int] | None:
    """The "p" of "9p"."""
    if (s.language == "en" and s.glued(i) and s.at(i) in ("a", "p") and not s.glued(i + 1)) or (
        s.glued(i)
        and s.at(i) in ("a", "p")
        and s.at(i + 1) in (".", ",", "?", "!", "-")
        and s.language == "en"
    ):
        return s.at(i) + "m", i + 1
    return None


Read = tuple[int, bool, int, bool, int] | None
"""Minutes, whether the half is known, the index after, whether it is a mere number, seconds."""


def _digital(s: Scan, i: int) -> Read:
    """ "7:30", "17.30", "7:56:30", "0730", "1140 a.m."."""
    word = s.at(i)
    if not word.isdecimal() or (s.glued(i) and s.at(i - 1) in ("/", ".", ":", "$", "'", "#")):
        return None
    two_digits = s.at(i + 2).isdecimal() and len(s.at(i + 2)) == 2
    if s.at(i + 1) in (":", ".") and two_digits and len(word) < 3:
        return _with_colon(s, i)
    if len(word) in (3, 4) and int(word[:-2]) < 24 and int(word[-2:]) < 60:
        half = s.match(i + 1, HALVES[s.language])
        if half or (len(word) == 4 and word[0] == "0"):
            hour = int(word[:-2])
            return hour * 60 + int(word[-2:]), hour > 12 or hour == 0, i + 1, not half, 0
    return None


def _with_colon(s: Scan, i: int) -> Read:
    """ "7:30", "7:56:30"; "7.30" may be a number as well."""
    spaced = s.gap(i + 2)
    if not s.glued(i + 1) or (spaced and s.at(i + 1) == "."):
        return None
    hour, minute = int(s.at(i)), int(s.at(i + 2))
    if hour > 24 or minute > 59:
        return None
    end, seconds = i + 3, 0
    if s.at(end) == ":" and s.glued(end) and s.at(end + 1).isdecimal() and len(s.at(end + 1)) == 2:
        seconds, end = int(s.at(end + 1)), end + 2
    if s.at(end) == "%" or (s.at(end) in ("/", ",") and _figures_go_on(s, end)):
        return None
    end = s.after(end, OCLOCK[s.language]) if s.language == "es" else end
    known = hour > 12 or hour == 0 or (s.spoken and s.at(i)[0] == "0")
    return hour * 60 + minute, known, end, s.at(i + 1) == ".", seconds


def _figures_go_on(s: Scan, i: int) -> bool:
    """Whether a sign stands between figures here: "5,000"."""
    return s.glued(i) and s.glued(i + 1) and s.at(i + 1).isdecimal()


def _relative(s: Scan, i: int) -> Read:
    """ "half past seven", "twenty to nine", "three mins to five thirty", "cuarto para las ocho"."""
    at = i + (s.at(i) in ("a", "un"))
    amount = NAMED[s.language].get(s.at(at))
    end = at + 1
    named = amount is not None
    if amount is None:
        found = whole(s, at)
        if found is None or not 0 < found[0] < 60:
            return None
        amount, end = found[0], found[1] + (s.at(found[1]) in MINUTES)
        named = s.at(found[1]) in MINUTES or (amount > 12 and not s.at(at).isdecimal())
        # "an alarm for five to eight"; "from five to eight" and "five to eight" are a range
        named = named or (s.spoken and amount in (5, 10) and s.at(i - 1) in BEFORE_AN_HOUR)
    word = s.at(end)
    sign = RELATIVE[s.language].get(word)
    # "five to seven" is from five to seven, "10 of 12" a share
    if sign is None or (word in ("to", "after", "before", "of") and not named):
        return None
    end += 1
    end += s.at(end) in LAS
    if noon := s.match(end, NOON[s.language]):
        return (int(noon[0]) * 60 + sign * amount) % 1440, True, noon[1], False, 0
    hour = _digital(s, end) or _hour(s, end)
    if hour is None:
        return None
    total, known, after, _, _ = hour
    return (total + sign * amount) % 1440, known, s.after(after, OCLOCK[s.language]), False, 0


def _hour(s: Scan, i: int) -> Read:
    """ "seven", "seven o'clock", "seven thirty", "siete y media", "ocho menos cuarto"."""
    found = _number_of_hour(s, i)
    if found is None:
        return None
    hour, end = found
    known = hour > 12 or hour == 0
    after = s.after(end, OCLOCK[s.language])
    hours = s.at(end) in ("h", "hs", "horas", "hrs")
    if after > end and (not hours or _may_be_hours(s, i)):
        return hour * 60, known, after, False, 0
    if s.language == "es":
        half = s.match(end, HALVES["es"])
        more = None if half else _spanish_minutes(s, end) or _plain_minutes(s, end)
        if more:
            return (hour * 60 + more[0]) % 1440, known, s.after(more[1], OCLOCK["es"]), False, 0
    elif (minute := _english_minutes(s, i, end)) and hour < 24:
        return hour * 60 + minute[0], s.spoken and known, minute[1], False, 0
    return hour * 60, known, end, True, 0


def _number_of_hour(s: Scan, i: int) -> tuple[int, int] | None:
    """0 to 24, in words or figures that are no part of something longer."""
    if s.at(i) in ("a", "an", "un", "cero", "zero"):
        return None
    if s.at(i) == "una":
        return 1, i + 1
    if s.glued(i) and s.at(i - 1) in ("/", ".", ":", "$", "#"):
        return None
    if s.at(i) in ("uno", "once") and s.language == "en":
        return None
    found = whole(s, i)
    if found is None or found[0] > 24 or found[1] > i + 3:
        return None
    figures = s.at(i).isdecimal()
    if figures and len(s.at(i)) > 2:
        return None
    if s.language == "en" and not figures and found[0] > 12 and not s.spoken:
        return None
    if s.at(found[1]) in (",", ".", ":", "/", "%") and _figures_go_on(s, found[1]):
        return None
    return found


def _english_minutes(s: Scan, i: int, end: int) -> tuple[int, int] | None:
    """What follows the hour: "thirty", "oh five"; figures only where figures were said."""
    if s.at(i).isdecimal() and not s.spoken:
        return None
    if s.at(end) == "-" and s.glued(end):
        end += 1
    oh = s.at(end) in ("oh", "o", *(("zero",) if s.spoken else ()))
    found = whole(s, end + oh)
    if found is None or (s.at(end + oh).isdecimal() and not s.at(i).isdecimal()):
        return None
    return found if 10 <= found[0] < 60 or (oh and found[0] < 10) else None


def _may_be_hours(s: Scan, i: int) -> bool:
    """Whether "15 horas" is a time of day; of a command only in "a las 15 horas"."""
    return s.at(i).isdecimal() and (not s.spoken or s.at(i - 1) in LAS)


def _plain_minutes(s: Scan, i: int) -> tuple[int, int] | None:
    """The minutes of "siete treinta", when that was spoken."""
    found = whole(s, i) if s.spoken else None
    return found if found and 10 <= found[0] < 60 else None


def _spanish_minutes(s: Scan, i: int) -> tuple[int, int] | None:
    if s.language != "es":
        return None
    sign = {"y": 1, "menos": -1, "con": 1}.get(s.at(i))
    if sign is None:
        return None
    if named := NAMED["es"].get(s.at(i + 1)):
        return sign * named, i + 2
    found = whole(s, i + 1)
    if (
        found is None
        or not 0 < found[0] < 60
        or s.at(i + 1) in ("un", "una")
        or (s.at(i + 1).isdecimal() and not s.spoken)
    ):
        return None
    return sign * found[0], found[1] + (s.at(found[1]) == "minutos")


def _part_before(s: Scan, i: int) -> Maybe:
    """ "in the morning at 7", "morning at 9:00", "por la tarde a las siete"."""
    found = s.match(i, IN_PART[s.language])
    if found is None:
        named = s.match(i, PARTS[s.language])
        if named is None or (s.at(i) == "manana" and s.at(i - 1) != "la"):
            return None
        found = HALF_OF.get(named[0], "am"), named[1]
    at = found[1]
    if s.at(at) in ("at", "around", "about"):
        at += 1
    elif (s.language == "es" and s.at(at) == "a" and s.at(at + 1) in LAS) or (
        s.language == "es" and s.at(at) == "sobre" and s.at(at + 1) in LAS
    ):
        at += 2
    elif not (s.at(at).isdecimal() or (s.language == "en" and _hour(s, at))) or s.language == "es":
        return None
    inner = clock(s, at)
    if inner is None:
        return None
    total = inner.info["minutes"]
    if not inner.info["known"]:
        total = in_half(total, found[0])
    return _node(i, inner.end, total, known=True, seconds=inner.info["seconds"])
