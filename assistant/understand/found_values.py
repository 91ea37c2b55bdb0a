"""The values of a sentence, found once for all who ask within the same second.

A sentence is looked at by the functions' templates, by those of what is refused, and with a time
taken off its ends; to find its values is the dearest part of each look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from assistant.understand import values
from assistant.understand.normalize import Words


def found_values(said: Words, language: str, now: dt.datetime) -> Sequence[values.Span]:
    """As `values.find`, with `now` (aware) to the second."""
    return _found(said, language, now.replace(microsecond=0), str(now.tzinfo))


_NO_VALUES = frozenset({("the", "day"), ("el", "dia")})
"""Today in a written text, but what is asked for in "what is the day tomorrow"."""


@lru_cache(maxsize=64)
def _found(said: Words, language: str, now: dt.datetime, zone: str) -> Sequence[values.Span]:
    """zone: two moments of different zones are equal when they are the same instant."""
    found = values.find(said, language, now)
    return tuple(span for span in found if said.plain[span.start : span.end] not in _NO_VALUES)
