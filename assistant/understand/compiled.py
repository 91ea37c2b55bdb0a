"""The functions of one moment, laid out for every step of the cascade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.embedding import Embedder
from assistant.understand.automaton import Automaton
from assistant.understand.bare import BareValues
from assistant.understand.completeness import Reader
from assistant.understand.grammar import (
    Grammar,
    Understandable,
    compile_grammar,
    forget_parsed,
)
from assistant.understand.nearby import Nearby
from assistant.understand.nearest import Nearest
from assistant.understand.refusals import Refusals
from assistant.understand.sentence_graph import Graph
from assistant.understand.sentences import Templates
from assistant.understand.shortlist import Shortlist
from assistant.worker import Worker


class ClosedError(Exception):
    """The program ends: nothing is laid out any more."""


class Compiled:
    """Takes about a second to make for 250 functions in one language.

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
        self.templates: dict[str, Templates] = {}
        self.nearby: dict[str, Nearby] = {}
        self.readers: dict[str, Reader] = {}
        self.nearest: dict[str, Nearest] = {}
        self.bare: dict[str, BareValues] = {}
        self.refusals: dict[str, Refusals] = {}
        for language in languages:
            grammar = compile_grammar(functions, language, self._go_on)
            self.grammars[language] = grammar
            graph = Graph.of(grammar, self._go_on)
            automaton = Automaton(graph, self._go_on)
            self._go_on()
            templates = Templates(grammar, now, Shortlist(grammar, graph))
            forget_parsed(grammar)
            self.templates[language] = templates
            self.nearby[language] = Nearby(grammar, automaton, templates, now)
            self.readers[language] = Reader(grammar, automaton, now)
            self.bare[language] = BareValues(grammar, now)
            self.refusals[language] = Refusals(language, now)
            if language in embedders:
                self.nearest[language] = Nearest(grammar, templates, embedders[language], now)

    def warm(self) -> None:
        """What the first near sentence would have to wait for: a second. The model of the examples
        is loaded by its own worker; nobody waits for it."""
        for nearest in self.nearest.values():
            self._go_on()
            nearest.prepare()
        for language, nearby in self.nearby.items():
            self._go_on()
            nearby.candidates("warm up", most=1)
            self._go_on()
            self.readers[language].familiar("warm up")

    def close(self) -> None:
        for nearest in self.nearest.values():
            nearest.close()

    def _go_on(self) -> None:
        if self._closed():
            raise ClosedError
