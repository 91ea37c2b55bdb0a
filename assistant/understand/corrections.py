"""A correction in the same breath: "set a timer for five minutes, no, I mean six".

What stands before the slip is a command; what follows it takes the place of one of its values, and
the whole is read again. It must be the same function with one value changed, so that a "no" which
belongs to a text ("remind me to say no to him") changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.types import Intent
from assistant.understand.normalize import Words, without_accents, words
from assistant.understand.numbers import number

Match = Callable[[str], Intent | None]

_MOST_AFTER = 6  # words that follow a slip
_MOST_REPLACED = 6
_REASON = "corrected in the same breath"


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    found = [tuple(without_accents(phrase).split()) for phrase in text.split("|")]
    return tuple(sorted(found, key=len, reverse=True))


_SLIPS = {
    "en": _phrases(
        "no i mean|no i meant|i mean|i meant|no wait make that|no wait make it|no make that"
        "|no make it|wait no|no wait|no sorry|sorry no|sorry i meant|sorry i mean|no rather"
        "|or rather|make that|scratch that|actually no|no actually|actually make it|oops i mean|no"
        "|sorry|wait i mean"
    ),
    "es": _phrases(
        "no quise decir|quise decir|no digo|digo|no perdón|perdón no|perdón digo|no mejor|mejor"
        "|mejor dicho|no espera|no esperá|espera no|o mejor|o más bien|más bien|ay no|uy no"
        "|no no|no que sea|no que sean|perdón"
    ),
}
_NO = re.compile(r"[,;.…] *no[,;.…] *", re.IGNORECASE)
"""A "no" that stands alone. Without a mark after it, it is the "not" of Spanish."""
_PLAIN_NO = ("no",)
_BEFORE_VALUE = frozenset(
    "for to at in on by of the a an las la los el al de del para por en a con un una".split()
)


class Corrections:
    """Of one language. match: what a sentence names; texts: whether a slot of a function holds
    words of any kind, which nobody can tell from what follows."""

    def __init__(self, match: Match, texts: Callable[[str, str], bool], language: str) -> None:
        self._match = match
        self._texts = texts
        self._language = language

    def corrected(self, text: str) -> Intent | None:
        """The command with what was corrected in it; None when nothing was."""
        said = words(text, self._language)
        for start, end in self._slips(said, text):
            before, after = said.cut(0, start), said.cut(end, len(said))
            if len(before) >= 2 and 0 < len(after) <= _MOST_AFTER:
                meant = self._of(before, after)
                if meant is not None:
                    return meant
        return None

    def _slips(self, said: Words, text: str) -> Iterator[tuple[int, int]]:
        slips = _SLIPS.get(self._language, ())
        if self._language == "es" and _NO.search(text):
            slips = (*slips, _PLAIN_NO)
        at = 2
        while at < len(said):
            found = next((s for s in slips if said.plain[at : at + len(s)] == s), None)
            if found is not None:
                yield at, at + len(found)
            at += len(found) if found else 1

    def _of(self, before: Words, after: Words) -> Intent | None:
        former = self._match(" ".join(before.said))
        new = _bare(after)
        counted = bool(new) and number(new.plain, 0, self._language) is not None
        if former is None and not (counted and self._ends_in_number(before)):
            return None
        for sentence in self._rewritten(before, after, new, counted=counted):
            meant = self._match(sentence)
            if meant is not None and self._is_one(meant, former):
                return replace(meant, text=sentence, reason=f"{_REASON}: {meant.reason}")
        return None

    def _rewritten(
        self, before: Words, after: Words, new: Words, *, counted: bool
    ) -> Iterator[str]:
        """The sentences that may be meant, the likeliest first."""
        if counted and self._number_end(new, 0) == len(new):  # "six", in the place of a number
            for start in range(len(before) - 1, 0, -1):
                if end := self._number_end(before, start):
                    yield " ".join((*before.said[:start], *new.said, *before.said[end:]))
        for size in range(1, min(_MOST_REPLACED, len(before) - 1) + 1):
            kept = before.said[: len(before) - size]
            yield " ".join((*kept, *after.said))
            if new.said != after.said:
                yield " ".join((*kept, *new.said))

    def _is_one(self, meant: Intent, former: Intent | None) -> bool:
        """Whether it is the former command with another value."""
        if former is None:
            return bool(meant.slots) and not any(
                self._texts(meant.function, s) for s in meant.slots
            )
        slots = {*meant.slots, *former.slots}
        changed = [s for s in slots if meant.slots.get(s) != former.slots.get(s)]
        return (
            meant.function == former.function
            and len(changed) == 1
            and changed[0] in meant.slots
            and not self._texts(meant.function, changed[0])
        )

    def _ends_in_number(self, said: Words) -> bool:
        return any(
            self._number_end(said, i) == len(said) for i in range(max(len(said) - 4, 0), len(said))
        )

    def _number_end(self, said: Words, start: int) -> int:
        found = number(said.plain, start, self._language)
        return found[1] if found else 0


def _bare(said: Words) -> Words:
    """Without the little words before a value."""
    start = 0
    while start < len(said) - 1 and said.plain[start] in _BEFORE_VALUE:
        start += 1
    return said.cut(start, len(said))
