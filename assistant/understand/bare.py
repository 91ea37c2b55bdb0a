"""The bare value of a slot: "ten minutes" after "For how long?", "fifty" after "no"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from assistant.understand.grammar import Grammar, Pattern, compile_grammar
from assistant.understand.sentences import Templates

_AROUND = {
    "en": "[(to|for|in|at|on|by|of|until|from|about|it is|they are|make it|the one (in|for|called"
    "|with|from|at|on))] [(the|a|an|my|some)] {%s} [one]",
    "es": "[(a|en|de|del|al|para|por|hasta|desde|con|dentro de|es|son|que sean"
    "|(el|la|los|las) (de|del|en|para))] [(el|la|los|las|un|una|mi|lo)] {%s}",
}


class BareValues:
    """Reads what is said as the value of one slot, by the rules by which templates fill it."""

    def __init__(self, grammar: Grammar, now: Callable[[], dt.datetime]) -> None:
        self._grammar = grammar
        self._now = now
        self._templates: dict[tuple[str, str], Templates] = {}

    def slots(self, function: str) -> Mapping[str, Any]:
        """The slots of a function and their types; none for one that is not known."""
        known = self._grammar.functions.get(function)
        return known.slots if known else {}

    def value(self, text: str, function: str, slot: str) -> Any | None:
        """What `text`, a whole utterance, says for the slot; None when it says nothing for it."""
        if slot not in self.slots(function):
            return None
        found = self._of(function, slot).match(text)
        return found.slots.get(slot) if found else None

    def _of(self, function: str, slot: str) -> Templates:
        if (function, slot) not in self._templates:
            language = self._grammar.language
            kind = self.slots(function)[slot]
            only = Pattern(function, {language: [_AROUND[language] % slot]}, {slot: kind})
            self._templates[function, slot] = Templates(
                compile_grammar([only], language), self._now
            )
        return self._templates[function, slot]
