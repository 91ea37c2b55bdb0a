"""The functions of one moment, laid out for every step of the cascade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.embedding import Embedder
from assistant.understand.automaton import Automaton
from assistant.understand.bare import BareValues
from assistant.understand.completeness import Reader
from assistant.understand.corrections import Corrections
from assistant.understand.grammar import (
    Grammar,
    Understandable,
    compile_grammar,
    forget_parsed,
)
from assistant.understand.kept_layout import laid_out
from assistant.understand.nearby import Nearby, light_words
from assistant.understand.nearest import Nearest
from assistant.understand.refusals import Refusals
from assistant.understand.sentences import Templates
from assistant.worker import Worker


def _free(grammar: Grammar) -> Callable[[str, str], bool]:
    """Whether any words fit a slot of a function, or at most so many."""

    def free(function: str, slot: str) -> bool:
        kind, meta = grammar.told.get(function, {}).get(slot, (None, None))
        return kind is str and (meta is None or isinstance(meta, int))

    return free


class ClosedError(Exception):
    """The program ends: nothing is laid out any more."""


class Compiled:
    """Takes a tenth of a second to make for 230 functions in one language, two at the very first
    time: the layout is kept on disk (see `kept_layout`).

    closed: asked between its steps, some tenths of a second each; ClosedError is raised when it
        says so.
    """

    def __init__(
        self,
        functions: Iterable[Understandable],
        languages: Sequence[str],
        now: Callable[[], dt.datetime],
        embedders: Mapping[str, Worker[Embedder]],
        closed: Callable[[], bool],
    ) -> None:
        self._closed = closed
        functions = list(functions)
        self.grammars: dict[str, Grammar] = {}
        self.automata: dict[str, Automaton] = {}
        self.templates: dict[str, Templates] = {}
        self.nearby: dict[str, Nearby] = {}
        self.readers: dict[str, Reader] = {}
        self.nearest: dict[str, Nearest] = {}
        self.bare: dict[str, BareValues] = {}
        self.refusals: dict[str, Refusals] = {}
        self.corrections: dict[str, Corrections] = {}
        for language in languages:
            grammar = compile_grammar(functions, language, self._go_on)
            self.grammars[language] = grammar
            layout, words = laid_out(grammar, light_words(grammar), self._go_on)
            self.automata[language] = automaton = Automaton(layout)
            templates = Templates(grammar, now, layout)
            self._go_on()
            self.templates[language] = templates
            self.nearby[language] = Nearby(grammar, automaton, words, templates, now)
            self.readers[language] = Reader(grammar, automaton, words, now)
            self.bare[language] = BareValues(grammar, now)
            self.refusals[language] = refusals = Refusals(language, now)
            self.corrections[language] = Corrections(templates.match, _free(grammar), language)
            if language in embedders:
                self.nearest[language] = Nearest(
                    grammar, templates, embedders[language], now, refusals.refusal
                )

    def warm(self) -> None:
        """What the first sentence would have to wait for: a tenth of a second. The model of the
        examples is loaded by its own worker; nobody waits for it."""
        for nearest in self.nearest.values():
            self._go_on()
            nearest.prepare()
        for language, nearby in self.nearby.items():
            self._go_on()
            self.templates[language].match("warm up")
            nearby.candidates("warm up", most=1)

    def rest(self) -> None:
        """Let go of what is made again, or read again, when it is needed."""
        parts: list[Automaton | Templates | Nearest] = [*self.automata.values()]
        for part in (*parts, *self.templates.values(), *self.nearest.values()):
            part.rest()
        forget_parsed()

    def close(self) -> None:
        for nearest in self.nearest.values():
            nearest.close()

    def _go_on(self) -> None:
        if self._closed():
            raise ClosedError
