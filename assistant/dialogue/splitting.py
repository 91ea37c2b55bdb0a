"""Several commands in one breath: "turn it down and set a timer for the eggs".

A sentence is split at "and", "then", a comma, only where each part is understood by itself. What
is a command as a whole, word for word, is never split; and words that belong to a text, such as
the "salt and pepper" of a shopping list, are not torn apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.recurrence import Recurrence
from assistant.stages import Router
from assistant.types import Intent
from assistant.understand.normalize import words

_STRONG = {
    "en": "and then|and after that|after that|then|and also|afterwards",
    "es": "y luego|y después|y entonces|y también|luego|después|entonces|a continuación|y además",
}
_WEAK = {"en": "and|also|plus", "es": "y|e|también|además"}
_ANOTHER = {
    "en": frozenset({("another", "one"), ("another",), ("one",)}),
    "es": frozenset({(word,) for word in "otro otra uno una el la los las".split()}),
}
_ANOTHER_ONLY = {"en": frozenset({("another",)}), "es": frozenset({("otro",), ("otra",)})}
_MOST_PIECES = 6
_BEFORE_TIME = {
    "en": frozenset({("at",), ("in",), ("on",), ("tomorrow",), ("tonight",)}),
    "es": frozenset({("a",), ("en",), ("el",), ("dentro",), ("manana",)}),
}
_WHEN = frozenset({dt.datetime, dt.timedelta, dt.time, dt.date, Recurrence})
_NEVER_MIND = "talk.never_mind"


@dataclass(frozen=True, slots=True)
class _Gap:
    """A place where a sentence may be split."""

    start: int
    end: int
    strong: bool  # it can hardly join two words of one text


def _pattern(language: str) -> re.Pattern[str]:
    strong, weak = _STRONG.get(language, _STRONG["en"]), _WEAK.get(language, _WEAK["en"])
    return re.compile(
        rf"(?:\s*[,;.!?]\s*|\s+)(?:(?P<strong>{strong})|(?:{weak}))\s+|\s*(?P<mark>[;.!?])\s+|\s*,\s+",
        re.IGNORECASE,
    )


_PATTERNS = {language: _pattern(language) for language in _STRONG}


def gaps(text: str, language: str) -> list[_Gap]:
    found = _PATTERNS.get(language, _PATTERNS["en"]).finditer(text)
    return [
        _Gap(m.start(), m.end(), bool(m["strong"] or m["mark"])) for m in found if m.start() > 0
    ]


def split(text: str, language: str, router: Router) -> tuple[Intent, ...]:
    """The commands of a text, in their order; nothing when it is not several."""
    places = gaps(text, language)[: _MOST_PIECES - 1]
    if not places:
        return ()
    whole = router.exact(text, language)
    if whole is not None and whole.score == 1:
        return ()
    reading = _Reading(text, language, places, lambda part: router.exact(part, language), router)
    again = any(reading.is_another(n) for n in range(1, len(places) + 1))
    if not again and (found := reading.best(0, first=None)):
        return found
    if whole is not None:
        return _at_other_times(text, language, places, whole, router)
    if found := reading.best(0, first=None, completed=True):
        return found
    return _nearly(text, language, places, router)


def _at_other_times(
    text: str, language: str, places: Sequence[_Gap], whole: Intent, router: Router
) -> tuple[Intent, ...]:
    """ "Remind me at three to call mum and at four to call dad": what follows a time is no longer
    of the text before it."""
    timed = [
        replace(place, strong=True)
        for place in places
        if words(text[place.end :], language).plain[:1] in _BEFORE_TIME.get(language, ())
    ]
    if not timed:
        return ()
    reading = _Reading(text, language, timed, lambda part: router.exact(part, language), router)
    found = reading.best(0, first=None, completed=True)
    kinds = router.slots(whole.function, language)
    times = [
        repr([each.slots[slot] for slot in sorted(each.slots) if kinds.get(slot) in _WHEN])
        for each in found
        if each.function == whole.function
    ]
    return found if len(set(times)) == len(found) > 1 else ()


def _nearly(text: str, language: str, places: Sequence[_Gap], router: Router) -> tuple[Intent, ...]:
    """Where a part is a command word for word, the others may be near to one."""

    def near(part: str) -> Intent | None:
        route = router.route(part, language)
        return route if isinstance(route, Intent) else None

    for place in places:
        left, right = text[: place.start], text[place.end :]
        exact = router.exact(left, language), router.exact(right, language)
        named = [meant for meant in exact if meant is not None]
        if not named or any(meant.function == _NEVER_MIND for meant in named):
            continue
        one = _told(exact[0] or near(left), left)
        two = _told(exact[1] or near(right), right)
        if one is not None and two is not None:
            return one, two
    return ()


def last_part(text: str, language: str, router: Router) -> str | None:
    """What follows the last "and" of several commands so far; "" when nothing does yet. None when
    what stands before it is no command."""
    text = text.rstrip(" .,;:!?…")  # a recognizer ends whatever it heard with a full stop
    # a gap needs a word after it
    places = gaps(f"{text} x", language)
    if not places:
        return None
    last = places[-1]
    before = text[: last.start]
    known = router.exact(before, language) is not None or split(before, language, router)
    return text[last.end :].strip() if known else None


class _Reading:
    """One text with the places where it may be split."""

    def __init__(
        self,
        text: str,
        language: str,
        places: Sequence[_Gap],
        understand: Callable[[str], Intent | None],
        router: Router,
    ) -> None:
        self._text = text
        self._language = language
        self._router = router
        self._understand = understand
        self._starts = [0, *(place.end for place in places)]
        self._ends = [*(place.start for place in places), len(text)]
        self._strong = [place.strong for place in places]
        self._known: dict[tuple[int, int], Intent | None] = {}

    def best(
        self, start: int, first: tuple[int, int] | None, *, completed: bool = False
    ) -> tuple[Intent, ...]:
        """The fewest commands that make up the pieces from `start` on; at least two in all."""
        found: list[tuple[Intent, ...]] = []
        for end in range(len(self._ends) - 1, start - 1, -1):
            if start == 0 and end == len(self._ends) - 1:
                continue  # the whole
            meant = None if completed and self.is_another(start) else self._part(start, end)
            if meant is None and completed and first is not None:
                meant = self._completed(first, start, end)
            if meant is None or (end < len(self._ends) - 1 and self._tears(meant, start, end)):
                continue
            if end == len(self._ends) - 1:
                found.append((meant,))
                continue
            rest = self.best(end + 1, first or (start, end), completed=completed)
            if rest:
                found.append((meant, *rest))
        return min(found, key=len, default=())

    def _words(self, start: int, end: int) -> str:
        return self._text[self._starts[start] : self._ends[end]]

    def _part(self, start: int, end: int) -> Intent | None:
        if (start, end) not in self._known:
            text = self._words(start, end)
            meant = _told(self._understand(text), text)
            # "no, the other one" is no two commands
            given_up = meant is not None and meant.function == _NEVER_MIND
            self._known[start, end] = None if given_up else meant
        return self._known[start, end]

    def _tears(self, meant: Intent, start: int, end: int) -> bool:
        """Whether the part ends within a text of any length, which may go on."""
        if self._strong[end]:
            return False
        said = words(self._words(start, end), self._language).said
        kinds = self._router.slots(meant.function, self._language)
        texts = [v for slot, v in meant.slots.items() if kinds.get(slot) is str and v]
        return any(said[-len(text.split()) :] == tuple(text.split()) for text in texts)

    def is_another(self, start: int) -> bool:
        """ "another for ten minutes", "otra a las ocho": no command of its own."""
        first = words(self._text[self._starts[start] :], self._language).plain[:1]
        return first in _ANOTHER_ONLY.get(self._language, ())

    def _completed(self, first: tuple[int, int], start: int, end: int) -> Intent | None:
        """The part with the beginning of the first: "and the bedroom light", "y otra a las 8"."""
        model = self._part(*first)
        if model is None:
            return None
        beginning = words(self._words(*first), self._language).said
        found: list[Intent] = []
        for rest in self._rests(self._words(start, end)):
            for length in range(1, len(beginning)):
                text = " ".join((*beginning[:length], *rest))
                meant = _told(self._understand(text), text)
                if meant is not None and _alike(meant, model):
                    found.append(meant)
        # the one that leaves the fewest words to names, and then the shortest beginning
        return max(found, key=lambda meant: meant.score, default=None)

    def _rests(self, part: str) -> Iterator[tuple[str, ...]]:
        said = words(part, self._language)
        for another in sorted(_ANOTHER.get(self._language, ()), key=len, reverse=True):
            if said.plain[: len(another)] == another and len(said) > len(another):
                yield said.said[len(another) :]
        yield said.said


def _told(meant: Intent | None, text: str) -> Intent | None:
    """With its own words, apart from the rest of what was said."""
    return replace(meant, text=text) if meant is not None else None


def _alike(meant: Intent, model: Intent) -> bool:
    return (
        meant.function == model.function
        and set(meant.slots) == set(model.slots)
        and dict(meant.slots) != dict(model.slots)
        and meant.score >= model.score - 0.2
    )
