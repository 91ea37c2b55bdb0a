"""Whether what was said so far is a whole command: how long a pause must end it.

"set a timer for" wants more words; "set a timer for ten minutes" is whole, but "for the pasta" may
follow; after "cancel all timers" nothing can follow that would change what is meant.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import numpy as np

from assistant.types import Completeness
from assistant.understand.automaton import Automaton, Node
from assistant.understand.grammar import Grammar
from assistant.understand.normalize import Words, courtesy_taken_off, is_courtesy, words
from assistant.understand.numbers import may_go_on, whole, with_digits
from assistant.understand.values import every_value
from assistant.understand.word_tables import WordTables

_PART_OF_VALUE = {
    "en": frozenset("a an half quarter past to of the and in at couple next this".split()),
    "es": frozenset("un una media medio cuarto y las la el de menos proximo".split()),
}


class Reader:
    """Reads beginnings of sentences of one language."""

    def __init__(
        self,
        grammar: Grammar,
        automaton: Automaton,
        tables: WordTables,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._language = grammar.language
        self._automaton = automaton
        self._tables = tables
        self._now = now
        self._constant = {name for name, f in grammar.functions.items() if not f.slots}

    def completeness(self, text: str) -> Completeness:
        said = words(text, self._language)
        if not said:
            return "unknown"
        if is_courtesy(said, self._language):
            return "unfinished"
        readings = [self._read(s) for s in courtesy_taken_off(said, self._language)]
        return min(readings, key=_ORDER.index)

    def familiar(self, text: str) -> float:
        """The share, 0 to 1, of pairs of neighbouring words that are neighbours in some sentence.

        Single words would tell little: a large grammar has most of the common ones.
        """
        said = words(text, self._language)
        plain = ["", *(word for word, _ in with_digits(said.plain, self._language))]
        pairs = [pair for pair in itertools.pairwise(plain) if not any(map(str.isdigit, pair))]
        return sum(self._neighbours(*pair) for pair in pairs) / max(1, len(pairs))

    def _neighbours(self, first: str, second: str) -> bool:
        """Whether a word follows another in some sentence, or, after "", begins one."""
        if not first:
            return second in self._automaton.arcs(self._automaton.start()).words
        numbers, pairs = self._automaton.layout.numbers, self._tables.pairs
        if first not in numbers or second not in numbers:
            return False
        pair = numbers[first] * len(self._automaton.layout.labels) + numbers[second]
        at = int(np.searchsorted(pairs, np.uint64(pair)))
        return at < len(pairs) and int(pairs[at]) == pair

    def _read(self, said: Words) -> Completeness:
        reached = self._reached(said)
        here = reached[-1]
        wild = min((w for node, w in here.items() if self._automaton.arcs(node).ends), default=None)
        if wild is not None and self._lacks_unit(said):
            return "unfinished"
        if wild is not None:
            nodes = [node for node, w in here.items() if w == wild]
            going_on = may_go_on(said.plain, self._language) or self._changes(nodes)
            return "extendable" if going_on else "complete"
        known = (node for node, w in here.items() if 2 * w < len(said))
        if any(self._automaton.arcs(node).goes_on() for node in known):
            return "unfinished"
        return "unfinished" if self._in_value(said, reached) else "unknown"

    def _lacks_unit(self, said: Words) -> bool:
        """Whether it ends in a number that is taken for minutes: "a timer for twenty"; the word for
        seconds or hours may follow."""
        spans = every_value(said, self._language, self._now())
        lengths = (s for s in spans if s.end == len(said) and dt.timedelta in s.readings)
        return any(
            (whole(said.plain, s.start, self._language) or (0, 0))[1] == s.end for s in lengths
        )

    def _reached(self, said: Words) -> list[dict[Node, int]]:
        """For each number of words, the points of the grammar that they lead to, each with the
        fewest words that were taken as any words."""
        spans = every_value(said, self._language, self._now())
        reached: list[dict[Node, int]] = [{} for _ in range(len(said) + 1)]
        reached[0][self._automaton.start()] = 0

        def reach(at: int, node: Node, wild: int) -> None:
            reached[at][node] = min(wild, reached[at].get(node, wild))

        for at in range(len(said)):
            number = whole(said.plain, at, self._language)
            word, end = (str(number[0]), number[1]) if number else (said.plain[at], at + 1)
            for node, wild in reached[at].items():
                arcs = self._automaton.arcs(node)
                if word in arcs.words:
                    reach(end, arcs.words[word], wild)
                for span, (token, after) in itertools.product(spans, arcs.values):
                    if span.start == at and token.accepts(span.readings):
                        reach(span.end, after, wild)
                for most, after in arcs.any_words:
                    for stop in range(at + 1, int(min(at + most, len(said))) + 1):
                        reach(stop, after, wild + stop - at)
        return reached

    def _changes(self, nodes: list[Node]) -> bool:
        """Whether more words could lead to another function, or give it a slot."""
        here = {name for node in nodes for name in self._automaton.arcs(node).ends}
        beyond = {name for node in nodes for name in self._automaton.beyond(node)}
        return bool(beyond - (here & self._constant))

    def _in_value(self, said: Words, reached: list[dict[Node, int]]) -> bool:
        """Whether the last words may be the beginning of a value that the grammar expects."""
        start = len(said)
        while start and self._part_of_value(said, start - 1):
            start -= 1
        return any(self._automaton.arcs(node).values for here in reached[start:-1] for node in here)

    def _part_of_value(self, said: Words, at: int) -> bool:
        return (
            said.plain[at] in _PART_OF_VALUE[self._language]
            or whole(said.plain, at, self._language) is not None
        )


_ORDER: tuple[Completeness, ...] = ("complete", "extendable", "unfinished", "unknown")
