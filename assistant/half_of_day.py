"""Which half of the day a time of the clock is in: whether a sentence says so, and a guess."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from assistant import spoken

_SAID = re.compile(
    r"\b((?<!\bi )[ap]\.? ?m\b|morning|afternoon|evening|night|tonight|noon|midday|midnight|tarde"
    r"|noche|mediod[ií]a|medianoche|madrugada|(de|por|en) la mañana)|\d[ap]m\b",
    re.IGNORECASE,
)
_HOURS = [spoken.number(n, language) for n in range(1, 13) for language in ("en", "es")]
_AN_HOUR = rf"(?:{'|'.join(_HOURS)}|una|\d+)"
_GOES_ON = re.compile(rf"\b{_AN_HOUR}(?: (?:y|con|menos))?[ -]+$", re.IGNORECASE)
"""Before a number: it is that of the minutes, as in "eight twenty" and "ocho y veinte"."""
_TO_AN_HOUR = re.compile(
    rf"(?: min\w*)? (?:past|after|before|to|till?|of|para las?) {_AN_HOUR}\b", re.IGNORECASE
)
"""After it the same: "twenty past eight"."""


def half_is_said(text: str, hour: int) -> bool:
    """Whether a sentence says in which half of the day its time is, whose hour (0..23) is known: by
    a word, or by an hour that is only on the clock of twenty-four ("19:15", "veinte", "05:30").
    Other numbers tell nothing: "twenty eggs at five", "seven fifteen"."""
    if _SAID.search(text):
        return True
    return any(
        not _GOES_ON.search(text[: found.start()]) and not _TO_AN_HOUR.match(text, found.end())
        for found in _of_twenty_four(hour).finditer(text)
    )


def like(time: dt.time, before: dt.time, text: str) -> dt.time:
    """A time that takes the place of the one `before`; in the half of the day that is nearer to
    that, unless the sentence says which."""
    if half_is_said(text, time.hour):
        return time
    minutes, old = time.hour * 60 + time.minute, before.hour * 60 + before.minute
    best = min((minutes % 720, minutes % 720 + 720), key=lambda m: abs(m - old))
    return dt.time(best // 60, best % 60)


@cache
def _of_twenty_four(hour: int) -> re.Pattern[str]:
    """An hour, as one says it only of twenty-four; of one to twelve with a zero before it."""
    said = []
    if hour < 10 or hour > 12:
        said.append(f"{hour:02d}(?:[0-5]\\d)?" if hour < 10 else str(hour))
    if hour > 12:
        said.append(spoken.number(hour, "en").replace("-", "[- ]"))
        said.append(re.sub("[éóú]", ".", spoken.number(hour, "es")).removesuffix("o"))
    return re.compile(rf"(?<![\w:.,])(?:{'|'.join(said) or '(?!)'})[oa]?(?:hs?|hrs)?(?!\w)", re.I)
