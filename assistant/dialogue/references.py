"""What refers to the last command: "no, fifty", "I meant the bedroom", "and in Madrid?".

What is new in it takes the place of one value of the command before: as a value of the same type,
or by putting the new words where the old ones stood and understanding the sentence again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args, get_origin

from assistant.stages import Router
from assistant.types import Intent
from assistant.understand.normalize import Words, without_accents, words
from assistant.understand.numbers import number

STAGE = "dialogue"


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(without_accents(p).split()) for p in text.split("|"))


_CORRECTING = {
    "en": _phrases(
        "no|no no|no no no|not|i meant|i mean|no i meant|no i mean|i meant to say|no i meant to say"
        "|i said|no i said|sorry i meant|no sorry i meant|sorry i said|wait i meant|no wait"
        "|wait no|no sorry|oops|oh no|not that|not that one|wrong|that is wrong|no that is wrong"
        "|i wanted|no i wanted|i was talking about|correction|no not that|nope|sorry no"
    ),
    "es": _phrases(
        "no|no no|no no no|quise decir|quería decir|no quise decir|no quería decir|me refería a"
        "|me refiero a|no me refería a|no me refiero a|me refería al|me refiero al|no me refería al"
        "|digo|no digo|perdón quise decir|perdón quería decir|uy no|ay no|espera no|no espera"
        "|no perdón|he dicho|no he dicho|dije|no dije|quería|no quería|eso no|ese no|esa no|mal"
        "|te he dicho|te dije|no eso no|corrección|perdón no|hablaba de|hablaba del"
    ),
}
"""They say that the last command was wrong."""

_CHANGING = {
    "en": _phrases(
        "make it|make that|no make it|no make that|change it to|change that to|no change it to"
        "|set it to|set that to|no set it to|put it at|put it to|actually|actually make it|rather"
        "|or rather|better|better make it|sorry|sorry make it|let us make it|let us say"
        "|it should be|make them|set them to|change them to|turn it to|no it should be|make it to"
    ),
    "es": _phrases(
        "mejor|no mejor|mejor que sea|mejor que sean|mejor a|mejor al|mejor de|que sea|que sean"
        "|no que sea|no que sean|cámbialo a|cámbiala a|cámbialo por|ponlo a|ponlo en|ponlo al"
        "|ponla a|ponla en|ponla al|pónmelo a|hazlo de|déjalo en|déjalo a|déjala en|no era"
        "|en realidad|perdón|perdona|tendría que ser|debería ser|no mejor a|no ponlo a|no ponlo al"
        "|bueno mejor|no déjalo en"
    ),
}
"""They change it, whether it was wrong or not."""

_ADDING = {
    "en": _phrases(
        "and|what about|how about|and what about|and how about|also|and also|the same for"
        "|and the same for|same for|and for|do the same for|and do the same for|now|now for"
        "|do the same in|the same in|and now|what if|then"
    ),
    "es": _phrases(
        "y|y qué tal|qué tal|y qué hay de|qué hay de|y qué pasa con|también|y también|lo mismo para"
        "|y lo mismo para|haz lo mismo en|haz lo mismo con|y para|y con|ahora|y ahora|lo mismo en"
        "|lo mismo con|y lo mismo con|y si|entonces"
    ),
}
"""They want the same with another value."""

_INSTEAD = {
    "en": _phrases("instead|i meant|i mean|rather|i said|not that|better"),
    "es": _phrases("en su lugar|mejor|quise decir|quería decir|digo|en vez de eso|en cambio"),
}
_EITHER = {"en": ("not", "but"), "es": ("no", "sino")}

_NO_VALUE = {
    "en": frozenset(
        "that this it you i what why who how when where which thanks wrong good bad do is was are"
        " stupid idiot wait stop really way problem idea not never just did can could would".split()
    ),
    "es": frozenset(
        "eso esto ello tu yo que por como cuando donde cual gracias mal bien haz es era son no"
        " tonto idiota espera para nunca asi estas esta fue has he quiero puedes".split()
    ),
}
_MOST_WORDS = 5  # of a value that is said alone


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of the last command. `kind`: it was wrong, is changed, or wanted again."""

    kind: Literal["corrects", "changes", "adds"]
    rest: str  # the words that say what is new


def reference(text: str, language: str) -> Reference | None:
    """The opening of a reference taken off; None when the text has none."""
    said = words(text, language)
    instead = _closing(said, _INSTEAD.get(language, frozenset()))
    if instead is not None:
        inner = _opened(instead, language)
        return Reference("corrects", inner.rest if inner else " ".join(instead.said))
    return _opened(_chosen(said, language), language)


def _opened(said: Words, language: str) -> Reference | None:
    longest: tuple[int, Literal["corrects", "changes", "adds"]] | None = None
    tables: tuple[tuple[Literal["corrects", "changes", "adds"], Any], ...] = (
        ("corrects", _CORRECTING),
        ("changes", _CHANGING),
        ("adds", _ADDING),
    )
    for kind, table in tables:
        for length in range(min(6, len(said) - 1), 0, -1):
            if said.plain[:length] in table.get(language, ()):
                if longest is None or length > longest[0]:
                    longest = length, kind
                break
    if longest is None:
        return None
    return Reference(longest[1], " ".join(said.said[longest[0] :]))


def _closing(said: Words, closings: frozenset[tuple[str, ...]]) -> Words | None:
    for length in range(min(4, len(said) - 1), 0, -1):
        if said.plain[-length:] in closings:
            return said.cut(0, len(said) - length)
    return None


def _chosen(said: Words, language: str) -> Words:
    """ "no, not forty but fifty", "fifty, not forty": what is wanted of the two."""
    no, but = _EITHER.get(language, _EITHER["en"])
    if but in said.plain[1:-1]:
        at = said.plain.index(but, 1)
        return Words((no, *said.said[at + 1 :]), (no, *said.plain[at + 1 :]))
    if no in said.plain[1:-1]:
        at = said.plain.index(no, 1)
        if at and said.plain[0] != no:
            return Words((no, *said.said[:at]), (no, *said.plain[:at]))
    return said


class Resolver:
    """Puts what is new into the last command."""

    def __init__(self, router: Router, language: str) -> None:
        self._router = router
        self._language = language

    def resolve(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """`intent`, of the sentence `text`, with what `rest` says instead of one of its values, or
        beside them; None when that makes no sense, or more than one."""
        kinds = self._router.slots(intent.function, self._language)
        typed = {slot for slot, kind in kinds.items() if not is_text(kind)}
        return (
            self._value(intent, rest, typed & set(intent.slots))
            or self._number(intent, text, rest)
            or self._words(intent, text, rest)
            or self._text(intent, rest, kinds)
            or self._appended(intent, text, rest)
            or self._value(intent, rest, typed - set(intent.slots))
        )

    def _value(self, intent: Intent, rest: str, slots: set[str]) -> Intent | None:
        found = {
            slot: value
            for slot in slots
            if (value := self._router.value(rest, intent.function, slot, self._language))
            is not None
        }
        return _with(intent, found) if len(found) == 1 else None

    def _number(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """ "fifteen" instead of the ten of "ten minutes"."""
        new = words(rest, self._language)
        if _number_at(new, 0, self._language) != len(new):
            return None
        said, at, found = words(text, self._language), 0, []
        while at < len(said):
            end = _number_at(said, at, self._language)
            if end:
                found.append((at, end))
            at = end or at + 1
        return self._only(self._replaced(intent, said, new.said, found), intent)

    def _words(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """Other words in the place of some words of a value."""
        new = _without_article(words(rest, self._language))
        said = words(text, self._language)
        windows: list[tuple[int, int]] = []
        if not new or not self._may_be_value(new):
            return None
        for value in intent.slots.values():
            old = words(value, self._language).plain if isinstance(value, str) else ()
            for start in _places(said.plain, old):
                windows += [
                    (start + i, start + j)
                    for i in range(len(old))
                    for j in range(len(old), i, -1)
                    if j - i <= 3
                ]
        return self._only(self._replaced(intent, said, new.said, windows[:12]), intent)

    def _replaced(
        self, intent: Intent, said: Words, new: tuple[str, ...], windows: list[tuple[int, int]]
    ) -> Iterator[Intent]:
        for start, end in windows:
            sentence = " ".join((*said.said[:start], *new, *said.said[end:]))
            meant = self._router.exact(sentence, self._language)
            if meant and meant.function == intent.function and _differ_in_one(meant, intent):
                yield meant

    def _only(self, found: Iterator[Intent], intent: Intent) -> Intent | None:
        different = {repr(sorted(meant.slots.items())): meant for meant in found}
        if len(different) != 1:
            return None
        meant = next(iter(different.values()))
        return replace(intent, slots=meant.slots, stage=STAGE, reason="refers to the last command")

    def _text(self, intent: Intent, rest: str, kinds: Mapping[str, Any]) -> Intent | None:
        """Words for a slot that takes words, where nothing speaks against them."""
        said = words(rest, self._language)
        if not self._may_be_value(said):
            return None
        if _number_at(said, 0, self._language) == len(said):
            return None
        slots = {slot for slot in intent.slots if slot in kinds and is_text(kinds[slot])}
        return self._value(intent, rest, slots)

    def _may_be_value(self, said: Words) -> bool:
        """Whether words are no remark ("that is wrong")."""
        remark = set(said.plain) & _NO_VALUE.get(self._language, frozenset())
        return len(said) <= _MOST_WORDS and not remark

    def _appended(self, intent: Intent, text: str, rest: str) -> Intent | None:
        """ "what time is it", "and in Madrid?"."""
        meant = self._router.exact(f"{text.rstrip(' .?!')} {rest}", self._language)
        if meant is None or meant.function != intent.function or meant.slots == intent.slots:
            return None
        if any(meant.slots.get(slot) != value for slot, value in intent.slots.items()):
            return None
        return replace(intent, slots=meant.slots, stage=STAGE, reason="adds to the last command")


def _with(intent: Intent, values: Mapping[str, Any]) -> Intent:
    slots = {**intent.slots, **values}
    return replace(intent, slots=slots, stage=STAGE, reason="refers to the last command")


def is_text(kind: Any) -> bool:
    """Whether any words fit."""
    if get_origin(kind) is Annotated:
        base, meta = get_args(kind)[:2]
        return base is str and isinstance(meta, int)
    return bool(kind is str)


def _differ_in_one(one: Intent, other: Intent) -> bool:
    if set(one.slots) != set(other.slots):
        return False
    return len([s for s in one.slots if one.slots[s] != other.slots[s]]) == 1


def _number_at(said: Words, at: int, language: str) -> int:
    """Where a number that begins at a word ends; 0 when none does."""
    found = number(said.plain, at, language) if at < len(said) else None
    return found[1] if found else 0


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
