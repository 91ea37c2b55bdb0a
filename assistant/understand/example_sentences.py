"""Sentences that show what each function is asked for, and others that ask for none of them."""

from __future__ import annotations

import datetime as dt
import functools
import random
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.understand.grammar import Understandable
from assistant.understand.samples import Sampler

MOST = 24
"""Examples of a function. Its templates take turns, so that the first of each come first."""
_IN_ALL = 3_000  # where there are many functions, each has fewer: 4 ms each, once
_AT_LEAST = 6
_DRAWS = 6  # of a template, at most

# What stands for words that nobody can foretell.
_ANY_WORDS: Mapping[str, Sequence[str]] = {
    "en": ("milk", "dinner", "the kitchen", "call my sister", "movie"),
    "es": ("leche", "la cena", "la cocina", "llamar a mi hermana", "película"),
}


# As people say them; written out in full ("Saturday, December twenty-fifth") nobody does.
_DATES: Mapping[str, Sequence[str]] = {
    "en": ("tomorrow", "next friday", "christmas"),
    "es": ("mañana", "navidad"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, and the function that it calls; None: it calls none."""

    text: str
    function: str | None


def examples(functions: Iterable[Understandable], language: str) -> list[Example]:
    """Of every function, and of none."""
    functions = list(functions)
    most = min(MOST, max(_AT_LEAST, _IN_ALL // max(len(functions), 1)))
    made = [Example(text, f.name) for f in functions for text in of_function(f, language)[:most]]
    known = {example.text for example in made}
    return made + [Example(t, None) for t in elsewhere(language) if t not in known]


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
    """Has words for the slots that take any, and dates as people say them."""

    def _value(self, slot: str, pieces: list[str]) -> bool:
        if self._function.slots[slot] is dt.date:
            pieces.append(self._chance.choice(_DATES[self._language]))
            return True
        if super()._value(slot, pieces):
            return True
        pieces.append(self._chance.choice(_ANY_WORDS[self._language]))
        return True
