"""Times that are said instead of another, or in a sentence of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.half_of_day import like
from assistant.recurrence import Recurrence
from assistant.stages import Router
from assistant.understand.found_values import found_values
from assistant.understand.normalize import words

_TIMES = (dt.date, dt.time, dt.timedelta, Recurrence)


def has_time(text: str, language: str, router: Router) -> bool:
    """Whether a sentence means something by itself, and with a time of its own."""
    meant = router.exact(text, language)
    return meant is not None and any(isinstance(v, _TIMES) for v in meant.slots.values())


def in_its_place(new: Any, old: Any, text: str, language: str) -> Any:
    """`new`, which `text` says instead of `old`; where both are moments and the text names no day
    ("change it to seven"), that of the old one, and its half of the day unless another is said.

    A moment that has passed by then stays as it is, the next one at which clocks show that time.
    """
    if not isinstance(new, dt.datetime) or not isinstance(old, dt.datetime):
        return new
    spans = found_values(words(text, language), language, old)
    moments = [span for span in spans if dt.datetime in span.readings]
    whole = max(moments, key=lambda span: span.end - span.start, default=None)
    if whole is None or dt.time not in whole.readings:
        return new
    moved = dt.datetime.combine(old, like(new.time(), old.time(), text), old.tzinfo)
    return moved if moved >= new else new
