"""Sentences that show what each function is asked for, and others that ask for none of them."""

from __future__ import annotations

import datetime as dt
import functools
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hassil.expression import Alternative, Expression

from assistant.understand.content import is_free
from assistant.understand.grammar import Understandable
from assistant.understand.samples import Sampler

MOST = 24
"""Examples of a function. Its templates take turns, so that the first of each come first."""
_IN_ALL = 3_000  # where there are many functions, each has fewer: 4 ms each, once
_AT_LEAST = 6
_DRAWS = 6  # of a template, at most
_LEFT_OUT = 0.75
"""Share of the optional words that are left out. Drawn evenly, nobody would say most examples
("turn all the every room lamp down"), and sentences of people were farther from them."""
_LESS = 0.7
"""How much rarer each further way of several is drawn than the one before."""

# What stands for words that nobody can foretell.
_ANY_WORDS: Mapping[str, Sequence[str]] = {
    "en": ("milk", "dinner", "blue book", "call anna", "holiday"),
    "es": ("leche", "cena", "libro azul", "llamar a ana", "viaje"),
}


# As people say them within a sentence: not in full ("Saturday, December twenty-fifth"), and
# without the article that stands before them ("las siete y media").
_SAID: Mapping[tuple[type, str], Sequence[str]] = {
    (dt.date, "en"): ("tomorrow", "next friday", "christmas"),
    (dt.date, "es"): ("mañana", "navidad"),
    (dt.time, "es"): ("siete y media", "seis"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, and the function that it calls; None: it calls none."""

    text: str
    function: str | None


def examples(functions: Iterable[Understandable], language: str) -> Iterator[Example]:
    """Of every function, and of none; each drawn when it is asked for."""
    functions = list(functions)
    most = min(MOST, max(_AT_LEAST, _IN_ALL // max(len(functions), 1)))
    known = set()
    for function in functions:
        for text in of_function(function, language)[:most]:
            known.add(text)
            yield Example(text, function.name)
    yield from (Example(text, None) for text in elsewhere(language) if text not in known)


def of_function(function: Understandable, language: str) -> list[str]:
    """At most MOST sentences, each once. The same ones every time."""
    sampler = _Talkative(function, language, random.Random(function.name))
    templates = function.sentences.get(language, ())
    found: dict[str, None] = {}
    for _ in range(_DRAWS):
        for template in templates:
            if (text := sampler.sentence(template)) is not None:
                found.setdefault(text.lower())
    return list(found)[:MOST]


@functools.cache
def elsewhere(language: str, *kinds: str) -> Sequence[str]:
    """What no function does. kinds: "answered", "refused"; both when none is given."""
    text = (Path(__file__).parent / "elsewhere.toml").read_text("utf-8")
    table = tomllib.loads(text).get(language, {})
    return [line for kind in kinds or table for line in table[kind]]


class _Talkative(Sampler):
    """Draws what people would rather say: few of the words that may be left out, mostly the first
    of several ways. It has words for the slots that take any, and dates as people say them."""

    def _choose(self, expression: Alternative) -> Expression:
        items = list(expression.items)
        if expression.is_optional and len(items) > 1:
            if self._chance.random() < _LEFT_OUT:
                return items[-1]  # hassil puts "nothing" last
            items.pop()
        return self._chance.choices(items, [_LESS**i for i in range(len(items))])[0]

    def _phrase(self, phrases: Sequence[str]) -> str:
        return self._chance.choices(phrases, [_LESS**i for i in range(len(phrases))])[0]

    def _value(self, slot: str, pieces: list[str]) -> bool:
        annotation = self._function.slots[slot]
        said = _SAID.get((annotation, self._language)) if isinstance(annotation, type) else None
        if is_free(annotation):
            said = _ANY_WORDS[self._language]
        if said is None:
            return super()._value(slot, pieces)
        pieces.append(self._chance.choice(said))
        return True
