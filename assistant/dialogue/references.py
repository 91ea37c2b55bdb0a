"""What refers to the last command: "no, fifty", "I meant the bedroom", "and in Madrid?".

What is new in it takes the place of one value of the command before: as a value of the same type,
or by putting the new words where the old ones stood and understanding the sentence again. Or the
sentence before goes on ("in the evening"), or its answer ("times three").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, get_args, get_origin

from assistant.dialogue.times import in_its_place
from assistant.stages import Router
from assistant.types import Intent
from assistant.understand.normalize import Words, words
from assistant.understand.numbers import number

STAGE = "dialogue"
REASON = "refers to the last command"

_NO_VALUE = {
    "en": frozenset(
        "that this it you i me what why who how when where which thanks wrong good bad do is was"
        " are stupid idiot wait stop really way problem idea not never just did can could"
        " would".split()
    ),
    "es": frozenset(
        "eso esto ello tu yo mi que por como cuando donde cual gracias mal bien haz es era son no"
        " tonto idiota espera para nunca asi estas esta fue has he quiero puedes".split()
    ),
}
_WHENS = frozenset({"when", "repeat", "length"})
"""Slots of which a command has one: each says when by itself."""
MOST_WORDS = 5
"""Of a name that is said instead of another: "no, the old kitchen lamp"."""
MOST_MORE = 3
"""The same after "and" or "what about", which may begin anything."""
_MOST_WINDOWS = 8  # runs of words of a value in whose place new words are tried
_MOST_REST = 10  # of any value
_MOST_VALUE = 4  # words of a value that is replaced
_MOST_TRIED = 40  # places in which new words are tried


class Resolver:
    """Puts what is new into the last command."""

    def __init__(self, router: Router, language: str) -> None:
        self._router = router
        self._language = language
        self._most = MOST_WORDS

    def resolve(
        self, intent: Intent, text: str, rest: str, *, filled: bool, most: int
    ) -> Intent | None:
        """`intent`, of the sentence `text`, with what `rest` says instead of one of its values, or
        (not `filled`) beside them; None when that makes no sense, or more than one.

        most: words that a name may have.
        """
        if len(words(rest, self._language)) > _MOST_REST:
            return None
        self._most = most
        kinds = self._router.slots(intent.function, self._language)
        typed = {slot for slot, kind in kinds.items() if not is_text(kind)}
        if not filled:
            return self._appended(intent, text, rest) or self._value(
                intent, text, rest, typed - set(intent.slots)
            )
        return (
            self._value(intent, text, rest, typed & set(intent.slots))
            or self._number(intent, text, rest)
            or self._words(intent, text, rest)
            or self._text(intent, text, rest, kinds)
        )

    def typed(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """As `resolve`, where `rest` is a bare value: "eight", "ten minutes"."""
        kinds = self._router.slots(intent.function, self._language)
        filled = {slot for slot in intent.slots if slot in kinds and not is_text(kinds[slot])}
        return (
            self._value(intent, text, rest, filled)
            or self._number(intent, text, rest)
            or (self._words(intent, text, rest) if self._is_number(rest) else None)
        )

    def _is_number(self, rest: str) -> bool:
        new = _without_article(words(rest, self._language))
        return bool(new) and _number_at(new, 0, self._language) == len(new)

    def narrowed(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """ "wake me at seven", "in the evening": another value of the same slot."""
        meant = self._exact(f"{text.rstrip(' .?!')} {rest}", intent)
        if meant is None or set(meant.slots) != set(intent.slots):
            return None
        return meant if len(_different(meant, intent)) <= 1 else None

    def going_on(self, intent: Intent, answered: str, text: str) -> Intent | None:
        """ "what is twelve plus four", "times three": what is said goes on from the answer."""
        return self._exact(f"{answered.rstrip(' .?!')} {text}", intent)

    def repeats(self, text: str, again: str) -> str:
        """ "add bread to the list", "add cheese": what follows the words with which both begin;
        nothing where they begin differently."""
        before, said = words(text, self._language), words(again, self._language)
        same = 0
        while same < min(len(before), len(said)) and before.plain[same] == said.plain[same]:
            same += 1
        return " ".join(said.said[same:]) if same else ""

    def _exact(self, sentence: str, like: Intent) -> Intent | None:
        """What a sentence means, if it is for the same function."""
        meant = self._router.exact(sentence, self._language)
        if meant is None or meant.function != like.function:
            return None
        return replace(meant, stage=STAGE, reason=REASON, text=sentence)

    def _value(self, intent: Intent, text: str, rest: str, slots: set[str]) -> Intent | None:
        """The function is told both sentences: the one before says what kind of thing it is
        ("wake me up"), and what "it" stands for next."""
        found = {
            slot: in_its_place(value, intent.slots.get(slot), rest, self._language)
            for slot in slots
            if (value := self._router.value(rest, intent.function, slot, self._language))
            is not None
        }
        if len(found) != 1:
            return None
        filled = {**_kept(intent.slots, found), **found}
        return _with(intent, filled, self._sentence(intent, filled, text, rest))

    def _sentence(self, intent: Intent, slots: Mapping[str, Any], text: str, rest: str) -> str:
        """The sentence before with the new words in it, as it means these values; both, where
        there is none."""
        said, new = words(text, self._language), words(rest, self._language)
        sizes = range(1, min(_MOST_VALUE, len(said) - 1) + 1)
        places = [(end - n, end) for end in range(len(said), 0, -1) for n in sizes if end >= n]
        for start, end in places[:_MOST_TRIED]:
            sentence = " ".join((*said.said[:start], *new.said, *said.said[end:]))
            meant = self._router.exact(sentence, self._language)
            if meant is not None and (meant.function, meant.slots) == (intent.function, slots):
                return sentence
        return f"{text.rstrip(' .?!')} {rest}"

    def _number(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """ "fifteen" instead of the ten of "ten minutes"."""
        new = _without_article(words(rest, self._language))
        if not new or _number_at(new, 0, self._language) != len(new):
            return None
        said, at, found = words(text, self._language), 0, []
        while at < len(said):
            end = _number_at(said, at, self._language)
            if end:
                found.append((at, end))
            at = end or at + 1
        return self._only(self._replaced(intent, said, new.said, found))

    def _words(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """Other words in the place of some words of a value."""
        new = _without_article(words(rest, self._language))
        said = words(text, self._language)
        if not new or not self._may_be_value(new):
            return None
        count = _number_at(new, 0, self._language) == len(new)
        order = list(self._router.slots(intent.function, self._language))
        for slot in sorted(
            intent.slots, key=lambda slot: order.index(slot) if slot in order else 99
        ):
            value = intent.slots[slot]
            old = words(value, self._language).plain if isinstance(value, str) else ()
            if count and (counted := self._counted(intent, said, new, old)) is not None:
                return counted
            if count and not _has_number(old, self._language):
                continue
            # all of it, before a part of it
            sizes = [(i, j) for i in range(len(old)) for j in range(len(old), i, -1)]
            sizes = sorted(sizes, key=lambda window: window[0] - window[1])[:_MOST_WINDOWS]
            for i, j in sizes:
                windows = [(start + i, start + j) for start in _places(said.plain, old)]
                found = self._only(self._replaced(intent, said, new.said, windows))
                if found is not None:
                    return found
        return None

    def _counted(
        self, intent: Intent, said: Words, new: Words, old: tuple[str, ...]
    ) -> Intent | None:
        """ "add eggs", "make that two": two eggs."""
        places = [(at, at) for at in _places(said.plain, old)]
        if _has_number(old, self._language):
            return None
        return self._only(self._replaced(intent, said, new.said, places))

    def _replaced(
        self, intent: Intent, said: Words, new: tuple[str, ...], windows: list[tuple[int, int]]
    ) -> Iterator[Intent]:
        for start, end in windows:
            sentence = " ".join((*said.said[:start], *new, *said.said[end:]))
            meant = self._router.exact(sentence, self._language)
            if meant and meant.function == intent.function and _differ_in_one(meant, intent):
                yield replace(meant, text=sentence)

    def _only(self, found: Iterator[Intent]) -> Intent | None:
        different = {repr(sorted(meant.slots.items())): meant for meant in found}
        if len(different) != 1:
            return None
        meant = next(iter(different.values()))
        return replace(meant, stage=STAGE, reason=REASON)

    def _text(
        self, intent: Intent, text: str, rest: str, kinds: Mapping[str, Any]
    ) -> Intent | None:
        """Words for a slot that takes words, where nothing speaks against them."""
        said = words(rest, self._language)
        if not self._may_be_value(said):
            return None
        if _number_at(said, 0, self._language) == len(said):
            return None
        slots = [slot for slot in kinds if slot in intent.slots and is_text(kinds[slot])]
        return self._value(intent, text, rest, set(slots[:1]))

    def _may_be_value(self, said: Words) -> bool:
        """Whether words are no remark ("that is wrong")."""
        remark = set(said.plain) & _NO_VALUE.get(self._language, frozenset())
        return len(_without_article(said)) <= self._most and not remark

    def _appended(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """ "what time is it", "and in Madrid?"."""
        if _number_at(_without_article(words(rest, self._language)), 0, self._language):
            return None  # a bare number is no name
        sentence = f"{text.rstrip(' .?!')} {rest}"
        meant = self._router.exact(sentence, self._language)
        if meant is None or meant.slots == intent.slots:
            return None
        if _family(meant) != _family(intent):  # the time of another place is another function
            return None
        if any(meant.slots.get(slot) != value for slot, value in intent.slots.items()):
            return None
        return replace(meant, stage=STAGE, reason=REASON, text=sentence)


def _kept(slots: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values that stay beside a new one."""
    gone = frozenset() if _WHENS.isdisjoint(new) else _WHENS
    return {slot: value for slot, value in slots.items() if slot not in gone}


def _with(intent: Intent, slots: Mapping[str, Any], text: str) -> Intent:
    return replace(intent, slots=slots, stage=STAGE, reason=REASON, text=text)


def is_text(kind: Any) -> bool:
    """Whether any words fit."""
    if get_origin(kind) is Annotated:
        base, meta = get_args(kind)[:2]
        return base is str and isinstance(meta, int)
    return bool(kind is str)


def _family(intent: Intent) -> str:
    return intent.function.partition(".")[0]


def _differ_in_one(one: Intent, other: Intent) -> bool:
    return set(one.slots) == set(other.slots) and len(_different(one, other)) == 1


def _different(one: Intent, other: Intent) -> list[str]:
    """The slots that have another value. Both have the same slots."""
    return [slot for slot in one.slots if one.slots[slot] != other.slots[slot]]


def _number_at(said: Words, at: int, language: str) -> int:
    """Where a number that begins at a word ends; 0 when none does."""
    found = number(said.plain, at, language) if at < len(said) else None
    return found[1] if found else 0


def _has_number(said: tuple[str, ...], language: str) -> bool:
    return any(_number_at(Words(said, said), at, language) for at in range(len(said)))


def _places(said: tuple[str, ...], old: tuple[str, ...]) -> list[int]:
    if not old:
        return []
    return [n for n in range(len(said) - len(old) + 1) if said[n : n + len(old)] == old]


_ARTICLES = frozenset("the a an my el la los las un una lo al del".split())
_BEFORE_VALUE = frozenset("in on at for to of en de para a por con".split())


def _without_article(said: Words) -> Words:
    start = 0
    while start < len(said) and said.plain[start] in _ARTICLES | _BEFORE_VALUE:
        start += 1
    if said.plain[-1:] == ("one",) and len(said) - start > 1:
        return said.cut(start, len(said) - 1)
    return said.cut(start, len(said))
