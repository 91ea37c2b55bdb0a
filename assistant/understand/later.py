"""A command for later: "turn off the lights in five minutes", "a las diez apaga las luces".

A moment, a length or a rule of the calendar at either end of a sentence, and beside it what is a
command by itself. What is no command is left alone: "the weather in two hours" is a question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from assistant.recurrence import Recurrence
from assistant.types import Intent
from assistant.understand import values
from assistant.understand.found_values import found_values
from assistant.understand.normalize import Words, courtesy_taken_off, words
from assistant.understand.numbers import matches

FUNCTION = "later.add"
"""What is called with the `command` and one of `length`, `when`, `repeat`."""

# families whose functions have a time of their own, answer at once, or steer the talk
_AT_ONCE = frozenset("later timers alarms reminders clock talk calculation notes".split())
_SLOTS = ((dt.timedelta, "length"), (Recurrence, "repeat"), (dt.datetime, "when"))
_BEFORE = {
    "en": ("in", "after", "at", "on", "", "by"),
    "es": ("en", "dentro de", "a las", "a la", "al", "a", "el", "los", "despues de", ""),
}
_LENGTH_BEFORE = {"en": ("in", "after"), "es": ("en", "dentro de", "despues de")}
_AFTER = {"en": ("from now", "later", ""), "es": ("",)}
_BETWEEN = ("then", "please", "entonces", "por", "favor")

_THE_SAME = frozenset(
    tuple(phrase.split())
    for phrase in "another|another one|one more|and another one|otro|otra|otro mas|otra mas".split(
        "|"
    )
)
"""They want what was wanted before, at another time: no next track."""

Match = Callable[[str], Intent | None]
Found = tuple[dict[str, Any], Words]
"""What says when, and the words that are left."""


def later(text: str, language: str, now: dt.datetime, match: Match) -> Intent | None:
    """The command, put off; None when there is no time in it, or no command beside it.

    match: what a sentence means by itself.
    """
    tried: dict[str, Intent | None] = {}
    for said in courtesy_taken_off(words(text, language), language):
        for slots, rest in _taken_apart(said, language, now):
            if rest.plain in _THE_SAME:
                continue
            command = " ".join(rest.said)
            if command not in tried:
                tried[command] = match(command)
            meant = tried[command]
            if meant is not None and meant.function.partition(".")[0] not in _AT_ONCE:
                reason = f"later: {meant.reason}"
                whole = slots | {"command": command}
                return Intent(FUNCTION, whole, meant.stage, meant.score, reason)
    return None


def _taken_apart(said: Words, language: str, now: dt.datetime) -> Iterator[Found]:
    """Each way to take a time off the front or the end."""
    for span in found_values(said, language, now):
        for kind, slot in _SLOTS:
            if kind not in span.readings or (kind is Recurrence and _alone(span, kind)):
                continue
            before = _LENGTH_BEFORE if kind is dt.timedelta else _BEFORE
            for start in _starts(said, span.start, before[language]):
                for end in _ends(said, span.end, _AFTER[language]):
                    if start == span.start and end == span.end and _alone(span, kind):
                        continue
                    if start == 0 and end < len(said):
                        rest = said.cut(end + (said.plain[end] in _BETWEEN), len(said))
                    elif end == len(said) and start > 0:
                        rest = said.cut(0, start)
                    else:
                        continue
                    if rest:
                        yield {slot: span.readings[kind]}, rest


def _alone(span: values.Span, kind: type) -> bool:
    """Whether a value says no time without a little word: "five minutes", "radio four", "daily"."""
    if kind is Recurrence:
        return span.readings[kind].time is None
    return kind is dt.timedelta or float in span.readings


def _starts(said: Words, start: int, phrases: tuple[str, ...]) -> Iterator[int]:
    """Where the time begins, with the little words before it; without any, last."""
    for phrase in phrases:
        before = phrase.split()
        at = start - len(before)
        if before and at >= 0 and matches(said.plain, at, before):
            yield at
    yield start


def _ends(said: Words, end: int, phrases: tuple[str, ...]) -> Iterator[int]:
    for phrase in phrases:
        after = phrase.split()
        if matches(said.plain, end, after):
            yield end + len(after)
