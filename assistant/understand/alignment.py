"""Aligns a sentence with the automaton of the grammar: a best-first search for near sentences.

A word may stand for another that sounds alike, up to three words for one or two; little words
may be missing or too many. Numbers and other values stay exactly as they were said.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from assistant.understand.automaton import Arcs, Automaton, Node
from assistant.understand.stretches import ANY, LITTLE, VALUE_SOUNDS, Sentence

_MOST_STATES = 2_000  # looked at in a search
_MOST_WAYS = 4  # that are followed to one point of the sentences

LIGHT = {
    "en": frozenset("a an the some me my of to for and in at i you your please with".split()),
    "es": frozenset("un una el la los las lo le me mi de del en a al con y se te tu".split()),
}
"""Little words, often swallowed or made up; none that may turn a meaning (on, no, is)."""


class Way(NamedTuple):
    """From the beginning of the sentence to a point of it, and of the grammar."""

    least: float  # cost of the cheapest sentence that it may become
    order: int  # of two ways alike the one found first
    node: Node
    at: int  # the next word of the sentence
    words: tuple[object, ...]  # linked: () or (words before, word)
    sounds: float  # of the words
    changed: int  # words that are not as they were said
    kept: int  # content words and values that are
    cost: float  # sounds that had to change

    def text(self) -> str:
        found: list[str] = []
        link: tuple[object, ...] = self.words
        while link:
            link, word = link  # type: ignore[assignment]
            found.append(str(word))
        return " ".join(reversed(found))


class _Option(NamedTuple):
    """What a stretch of the sentence may have been."""

    cost: float
    end: int
    words: tuple[str, ...]
    sounds: float


class Alignment:
    """The search for one sentence. A way counts only if it costs no more than the share of its
    sounds that the sentence allows.

    limit: the highest cost of interest, in sounds.
    light: words that may be missing.
    templates: those that are looked at, a bit each.
    """

    def __init__(
        self,
        automaton: Automaton,
        sentence: Sentence,
        light: frozenset[str],
        limit: float,
        templates: int = -1,
    ) -> None:
        self._templates = templates
        self._automaton = automaton
        self._sentence = sentence
        self._light = light
        self._limit = limit
        self._order = itertools.count()
        self._heap: list[Way] = []
        self._options: list[dict[str, list[_Option]] | None] = [None] * len(sentence.said)

    def no_more_than(self, cost: float) -> None:
        """Look no further than this."""
        self._limit = min(self._limit, cost)

    def ways(self) -> Iterator[Way]:
        """Ways through the whole sentence, the cheapest first."""
        visits: dict[tuple[Node, int], int] = {}
        start = self._automaton.start()
        self._heap = [Way(self._sentence.rest[0], 0, start, 0, (), 0.0, 0, 0, 0.0)]
        length = len(self._sentence.said)
        if self._sentence.rest[0] > self._limit or not self._templates:
            return
        for _ in range(_MOST_STATES):
            if not self._heap:
                return
            way = heapq.heappop(self._heap)
            if way.least > self._limit:
                return
            place = way.node, way.at
            visits[place] = visits.get(place, 0) + 1
            if visits[place] > _MOST_WAYS:
                continue
            if way.at == length and self._automaton.arcs(way.node).ends:
                yield way
            self._extend(way)

    def _extend(self, way: Way) -> None:
        arcs = self._automaton.arcs(way.node)
        for word in self._light & arcs.words.keys():
            self._push(way, arcs.words[word], way.at, word, LITTLE, 1.0, changed=True)
        if way.at == len(self._sentence.said):
            return
        self._read_value(way, arcs)
        number = self._sentence.numbers[way.at]
        if number is not None:
            self._read_number(way, arcs, *number)
        else:
            self._read_word(way, arcs)
        for most, node in arcs.any_words:
            self._read_any(way, node, most)

    def _read_word(self, way: Way, arcs: Arcs) -> None:
        """The word as it is, or what it sounds like; or passed over."""
        sentence, at = self._sentence, way.at
        word, length = sentence.said.plain[at], sentence.sounds[at]
        light = sentence.light[at]
        if word in arcs.words:
            self._push(way, arcs.words[word], at + 1, word, 0.0, length, kept=not light)
        self._push(way, way.node, at + 1, None, sentence.skipping(at), 0.0, changed=True)
        options = self._options[at]
        if options is None:
            options = self._options[at] = self._options_at(at)
        for first in options.keys() & arcs.words.keys():
            for option in options[first]:
                if node := self._follow(arcs.words[first], option.words[1:]):
                    text = " ".join(option.words)
                    self._push(
                        way, node, option.end, text, option.cost, option.sounds, changed=True
                    )

    def _options_at(self, at: int) -> dict[str, list[_Option]]:
        """What the stretches from a word on may have been, by its first word; without what is too
        dear for any way that comes here."""
        sentence = self._sentence
        most = sentence.share * sum(sentence.sounds[:at]) + _NOTHING
        found: dict[str, list[_Option]] = {}
        for end, alike, _ in sentence.near[at]:
            costs, lengths = alike.costs, alike.sounds
            fits = costs + sentence.rest[end] <= self._limit
            fits &= costs - sentence.share * lengths + sentence.short[end] <= most
            for n in np.flatnonzero(fits).tolist():
                words = sentence.lexicon.entry(int(alike.entries[n]))
                option = _Option(float(costs[n]), end, words, float(lengths[n]))
                found.setdefault(words[0], []).append(option)
        return found

    def _follow(self, node: Node, words: Sequence[str]) -> Node | None:
        for word in words:
            after = self._automaton.arcs(node).words.get(word)
            if after is None:
                return None
            node = after
        return node

    def _read_number(self, way: Way, arcs: Arcs, number: int, end: int) -> None:
        """A number that the grammar names, as it was said."""
        node = arcs.words.get(str(number))
        if node is not None:
            text = " ".join(self._sentence.said.said[way.at : end])
            self._push(way, node, end, text, 0.0, VALUE_SOUNDS, kept=True)

    def _read_value(self, way: Way, arcs: Arcs) -> None:
        for span in self._sentence.spans[way.at]:
            text = " ".join(self._sentence.said.said[span.start : span.end])
            for token, node in arcs.values:
                if token.accepts(span.readings):
                    self._push(way, node, span.end, text, 0.0, VALUE_SOUNDS, kept=True)

    def _read_any(self, way: Way, node: Node, most: float) -> None:
        """Words that may be anything tell nothing: they count for no sounds, and cost."""
        for end in range(way.at + 1, int(min(way.at + most, len(self._sentence.said))) + 1):
            text = " ".join(self._sentence.said.said[way.at : end])
            if not self._push(way, node, end, text, ANY * (end - way.at), 0.0):
                break  # more words cost more

    def _push(
        self, way: Way, node: Node, at: int, text: str | None, cost: float, length: float,
        *, changed: bool = False, kept: bool = False,
    ) -> bool:  # fmt: skip
        """Whether it is of interest."""
        sentence = self._sentence
        cost, length = way.cost + cost, way.sounds + length
        least, differ, same = cost + sentence.rest[at], way.changed + changed, way.kept + kept
        if (
            least > self._limit
            or cost - sentence.share * length + sentence.short[at] > _NOTHING
            or not self._automaton.templates(node) & self._templates
        ):
            return False
        words = way.words if text is None else (way.words, text)
        more = Way(least, next(self._order), node, at, words, length, differ, same, cost)
        heapq.heappush(self._heap, more)
        return True


_NOTHING = 1e-9
"""What is left of nothing when such numbers are added up."""
