"""The values in a sentence: where they stand, and what each may mean.

"seven thirty" may be a time; "seven" a number or a time; "half an hour" a duration. Sentence
templates name the type that they want, so a span keeps every reading until then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.quantities import DateRange, Ordinal, Spelled
from assistant.understand.amounts import counts, numbers
from assistant.understand.extract.scan import Scan
from assistant.understand.normalize import Words
from assistant.understand.readings import times

# "a second timer", "one more timer"
_ARTICLE_LIKE = (("a", "second"), ("one",), ("another", "second"))


_WEAK = (dt.date, DateRange, Ordinal, Spelled)
_NEVER = dt.datetime(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Words [start, end) of a sentence that say a value."""

    start: int
    end: int
    readings: Mapping[type, Any]  # int, float, timedelta, ... -> the value
    weak: bool  # as likely plain words: "a second", "today"


def find(sentence: Words, language: str, now: dt.datetime) -> list[Span]:
    """All values, from left to right; at each place the reading of the most words wins.

    now: aware; times of day and dates are resolved against it.
    """
    spans, i = [], 0
    placed = _placed(sentence, language, now)
    while i < len(sentence):
        span = _span(sentence, placed, i, now)
        if span:
            spans.append(span)
        i = span.end if span else i + 1
    return spans


def find_numbers(sentence: Words, language: str) -> list[Span]:
    """Only the numbers: "three hours" is a three, for a template that names the hours itself."""
    spans, i = [], 0
    placed = _placed(sentence, language, _NEVER)
    while i < len(sentence):
        readings: dict[type, Any] = {}
        end = i
        for kind, value, token in numbers(placed.scan, placed.tokens[i]):
            after = placed.word_after(token)
            if kind in (int, float) and after is not None:
                readings[kind], end = value, after
        if readings:
            spans.append(Span(i, end, readings, weak=False))
        i = max(end, i + 1)
    return spans


def every_value(sentence: Words, language: str, now: dt.datetime) -> list[Span]:
    """All of `find`, and the numbers within longer values."""
    found = find(sentence, language, now)
    return found + [span for span in find_numbers(sentence, language) if span not in found]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A sentence as tokens, and which words they are of."""

    scan: Scan
    tokens: Sequence[int]  # the first token of each word
    words: Mapping[int, int]  # the word that begins at a token; the one after the last as well

    def word_after(self, token: int) -> int | None:
        """The index of the word after a value that ends before a token; None within a word, but
        for the "'s" of "tomorrow's"."""
        if token not in self.words and self.scan.words[token : token + 2] == ["'", "s"]:
            token += 2
        return self.words.get(token)


def _placed(sentence: Words, language: str, now: dt.datetime) -> _Placed:
    scan = Scan.of_words(sentence.plain, language, now.replace(tzinfo=None))
    tokens = [token for token in range(len(scan)) if not scan.glued(token)]
    words = {token: word for word, token in enumerate([*tokens, len(scan)])}
    return _Placed(scan, tokens, words)


def _span(sentence: Words, placed: _Placed, i: int, now: dt.datetime) -> Span | None:
    readings: dict[type, Any] = {}
    end = i
    for kind, value, after in _readings(placed, i, now):
        if after > end:
            readings, end = {}, after
        if after == end and after > i:
            readings[kind] = value
    if not readings:
        return None
    weak = not readings.keys().isdisjoint(_WEAK) or sentence.plain[i:end] in _ARTICLE_LIKE
    return Span(i, end, readings, weak)


def _readings(placed: _Placed, i: int, now: dt.datetime) -> Iterator[tuple[type, Any, int]]:
    scan, token = placed.scan, placed.tokens[i]
    for kind, value, after in (*times(scan, token, now), *counts(scan, token)):
        if (end := placed.word_after(after)) is not None:
            yield kind, value, end
