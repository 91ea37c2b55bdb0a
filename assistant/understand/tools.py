"""A step of the cascade: the language model chooses a function, where it is able to.

It is offered the few functions that a sentence could mean at all, and only names one of them and
copies words: what these words mean is found out here, by the same value parsers as ever.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from assistant.errors import fault
from assistant.stages import Chosen, Tool, ToolChooser
from assistant.types import Intent
from assistant.understand.content import COMMON, own_stems, phrases, stem
from assistant.understand.example_sentences import of_function
from assistant.understand.filling import Filler
from assistant.understand.grammar import Grammar, Understandable
from assistant.understand.nearest import Nearest
from assistant.understand.normalize import Words, without_courtesy, words
from assistant.understand.opposites import contrary
from assistant.understand.step import Finding, Given, nothing

log = logging.getLogger(__name__)

OFFERED = 6
"""Functions: each costs thirty tokens of the prompt."""
SURE = 0.6
"""Probability of the name, as the model gives it."""
_SHORTEST = 2  # words

_KINDS: Mapping[Any, str] = {
    int: "number",
    float: "number",
    dt.timedelta: "duration",
    dt.time: "time of day",
    dt.date: "day",
    str: "words",
}


class Tools:
    """Asks the language model about sentences of one language."""

    def __init__(
        self,
        grammar: Grammar,
        chooser: ToolChooser,
        now: Callable[[], dt.datetime],
        nearest: Nearest | None,
    ) -> None:
        self._grammar = grammar
        self._language = grammar.language
        self._chooser = chooser
        self._now = now
        self._nearest = nearest
        self._stems: dict[str, frozenset[str]] = {}

    def look(self, given: Given) -> Finding:
        said = without_courtesy(words(given.text, self._language), self._language)
        offered = self._offered(said) if len(said) >= _SHORTEST else []
        if not offered:
            return nothing("no function has its words")
        try:
            chosen = self._chooser.choose(
                " ".join(said.said),
                [_tool(f, self._language) for f in offered],
                language=self._language,
                cancel=given.cancel,
            )
        except Exception as error:  # noqa: BLE001  a model that is missing or broken: one step less
            log.warning("the language model does not choose: %s", fault(error))
            return nothing(f"no language model: {fault(error)}")
        if chosen is None or chosen.tool is None:
            score = chosen.score if chosen else None
            return nothing("the language model finds none of the functions", score)
        return self._decide(said, self._grammar.functions[chosen.tool], chosen)

    def _decide(self, said: Words, function: Understandable, chosen: Chosen) -> Finding:
        why = f"the language model says {function.name}"
        if chosen.score < SURE:
            return nothing(f"{why}, but is not sure", chosen.score)
        if function.dangerous:
            return nothing(f"{why}, which wants its own words", chosen.score)
        own = of_function(function, self._language)
        if all(contrary(said.plain, words(e, self._language).plain, self._language) for e in own):
            return nothing(f"{why}, which is the contrary", chosen.score)
        filled = Filler(function, self._language).fill(said, self._now)
        if filled.unused:
            return nothing(f"{why}, which has no place for a value", chosen.score)
        copied = {k: v for k, v in chosen.values.items() if _is_free(function.slots[k])}
        slots = {**filled.slots, **{k: v for k, v in copied.items() if _is_part(v, said)}}
        return Finding(Intent(function.name, slots, "tools", chosen.score, why), chosen.score, why)

    def _offered(self, said: Words) -> Sequence[Understandable]:
        """The functions that a sentence could mean: the nearest, and those that have its words."""
        functions = self._grammar.functions
        near = (self._nearest.near(said) if self._nearest else None) or []
        names = [n.function for n in near if n.function is not None][: OFFERED // 2]
        names += sorted(functions, key=lambda name: -self._shared(name, said))
        kept = [n for n in dict.fromkeys(names) if self._shared(n, said)]
        return [functions[name] for name in kept[:OFFERED]]

    def _shared(self, name: str, said: Words) -> int:
        """Content words of a sentence that a function has, too."""
        if name not in self._stems:
            self._stems[name] = own_stems(self._grammar.functions[name], self._language)
        common = COMMON.get(self._language, frozenset())
        return sum(stem(w) in self._stems[name] for w in said.plain if w not in common)


def _tool(function: Understandable, language: str) -> Tool:
    example = next(iter(of_function(function, language)), function.name)
    return Tool(function.name, example, {n: _kind(k) for n, k in function.slots.items()})


def _kind(annotation: Any) -> str:
    if known := phrases(annotation):
        return " or ".join(list(known)[:6])
    base = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return _KINDS.get(base, "words")


def _is_free(annotation: Any) -> bool:
    return _kind(annotation) == "words"


def _is_part(value: str, said: Words) -> bool:
    """Whether the words of a value stand in the sentence, one after the other."""
    wanted = tuple(value.lower().split())
    return bool(wanted) and any(
        said.said[i : i + len(wanted)] == wanted for i in range(len(said) - len(wanted) + 1)
    )
