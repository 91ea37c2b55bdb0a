"""The functions of one moment, laid out for every step of the cascade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.understand.automaton import Automaton
from assistant.understand.bare import BareValues
from assistant.understand.completeness import Reader
from assistant.understand.embedding import Embedder
from assistant.understand.grammar import Understandable, compile_grammar
from assistant.understand.nearby import Nearby
from assistant.understand.nearest import Nearest
from assistant.understand.sentence_graph import Graph
from assistant.understand.sentences import Templates
from assistant.understand.shortlist import Shortlist
from assistant.worker import Worker


class Compiled:
    """Takes about a second to make for 250 functions in one language."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        languages: Sequence[str],
        now: Callable[[], dt.datetime],
        embedders: Mapping[str, Worker[Embedder]],
    ) -> None:
        functions = list(functions)
        self.grammars = {name: compile_grammar(functions, name) for name in languages}
        graphs = {name: Graph.of(g) for name, g in self.grammars.items()}
        automata = {name: Automaton(graph) for name, graph in graphs.items()}
        self.templates = {
            name: Templates(g, now, Shortlist(g, graphs[name])) for name, g in self.grammars.items()
        }
        self.nearby = {
            name: Nearby(grammar, automata[name], self.templates[name], now)
            for name, grammar in self.grammars.items()
        }
        self.readers = {
            name: Reader(grammar, automata[name], now) for name, grammar in self.grammars.items()
        }
        self.nearest = {
            name: Nearest(grammar, self.templates[name], embedders[name], now)
            for name, grammar in self.grammars.items()
            if name in embedders
        }
        self.bare = {name: BareValues(g, now) for name, g in self.grammars.items()}

    def close(self) -> None:
        for nearest in self.nearest.values():
            nearest.close()
