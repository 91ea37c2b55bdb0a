"""Aligns a sentence with the automaton of the grammar: a best-first search for near sentences.

A word may stand for another that sounds alike, up to three words for one or two; little words
may be missing or too many. Numbers and other values stay exactly as they were said.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.understand.automaton import Automaton
from assistant.understand.lexicon import Lexicon, Near
from assistant.understand.normalize import Words
from assistant.understand.numbers import whole
from assistant.understand.sounds import SOUND, sounds
from assistant.understand.values import Span

_LITTLE = 0.7  # cost of a little word too many, or missing
_SKIP = 1.5  # a content word too many, besides its sounds
ANY = 1.0  # a word where the grammar takes any
_LONGEST = 3  # words that may stand for others together
_VALUE_SOUNDS = 5.0  # that a value or a number counts for
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
    node: int
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


class Sentence:
    """What was said, and what each of its words may be."""

    def __init__(
        self,
        said: Words,
        spans: Sequence[Span],
        lexicon: Lexicon,
        light: frozenset[str],
        language: str,
    ) -> None:
        n = len(said)
        self.said = said
        self.spans: list[list[Span]] = [[] for _ in range(n)]
        for span in spans:
            self.spans[span.start].append(span)
        self.numbers = [whole(said.plain, i, language) for i in range(n)]
        """For each word the whole number that begins with it, and where that ends."""
        valued = {k for i, found in enumerate(self.numbers) if found for k in range(i, found[1])}
        self.light = [word in light for word in said.plain]
        stretches = [
            (i, j)
            for i in range(n)
            for j in range(i + 1, min(i + _LONGEST, n) + 1)
            if valued.isdisjoint(range(i, j)) and not all(self.light[i:j])
        ]
        found = lexicon.near([said.plain[i:j] for i, j in stretches])
        self.near: list[list[tuple[int, Sequence[Near]]]] = [[] for _ in range(n)]
        """For each word the stretches that begin with it: where each ends, what sounds alike."""
        for (i, j), alike in zip(stretches, found, strict=True):
            self.near[i].append((j, alike))
        self.sounds = [
            _VALUE_SOUNDS if i in valued else len(sounds(word, language)[0]) / SOUND
            for i, word in enumerate(said.plain)
        ]
        self.least = self._least(lexicon, valued)
        """For each word what it costs at least, where the sentence does not have it."""
        self.rest = self._rest(lexicon)

    def skipping(self, at: int) -> float:
        """The cost of passing over a word."""
        return _LITTLE if self.light[at] else self.sounds[at] + _SKIP

    def _least(self, lexicon: Lexicon, valued: set[int]) -> list[float]:
        n = len(self.said)
        least = [0.0 if i in valued else self.skipping(i) for i in range(n)]
        for span in (span for spans in self.spans for span in spans):
            least[span.start : span.end] = [0.0] * (span.end - span.start)
        for i in range(n):
            for end, alike in self.near[i]:
                own = self.said.plain[i:end]
                cheapest = next((near.cost for near in alike if near.words != own), None)
                if cheapest is not None:
                    for k in range(i, end):
                        least[k] = min(least[k], cheapest / (end - i))
        return least

    def _rest(self, lexicon: Lexicon) -> list[float]:
        """For each word, the least that it and those after it can cost. This is what makes the
        search short: most of what is not a command ends here."""
        least = [0.0] * (len(self.said) + 1)
        for i in reversed(range(len(self.said))):
            ways = [self.skipping(i) + least[i + 1]]
            ways += [alike[0].cost + least[end] for end, alike in self.near[i] if alike]
            ways.append(least[i + 1] + (0.0 if self.said.plain[i] in lexicon.words else ANY))
            if number := self.numbers[i]:
                ways.append(least[number[1]])
            ways += [least[span.end] for span in self.spans[i]]
            least[i] = min(ways)
        return least


class Alignment:
    """The search for one sentence.

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

    def no_more_than(self, cost: float) -> None:
        """Look no further than this."""
        self._limit = min(self._limit, cost)

    def ways(self) -> Iterator[Way]:
        """Ways through the whole sentence, the cheapest first."""
        visits: dict[tuple[int, int], int] = {}
        self._heap = [Way(self._sentence.rest[0], 0, Automaton.START, 0, (), 0.0, 0, 0, 0.0)]
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
            self._push(way, arcs.words[word], way.at, word, _LITTLE, 1.0, changed=True)
        if way.at == len(self._sentence.said):
            return
        self._read_value(way)
        number = self._sentence.numbers[way.at]
        if number is not None:
            self._read_number(way, *number)
        else:
            self._read_word(way)
        for most, node in arcs.any_words:
            self._read_any(way, node, most)

    def _read_word(self, way: Way) -> None:
        """The word as it is, or what it sounds like; or passed over."""
        sentence, at = self._sentence, way.at
        word, length = sentence.said.plain[at], sentence.sounds[at]
        after = self._automaton.arcs(way.node).words
        light = sentence.light[at]
        if word in after:
            self._push(way, after[word], at + 1, word, 0.0, length, kept=not light)
        self._push(way, way.node, at + 1, None, sentence.skipping(at), 0.0, changed=True)
        for end, alike in sentence.near[at]:
            for near in alike:
                if way.cost + near.cost + sentence.rest[end] > self._limit:
                    break
                if near.words != (word,) and (node := self._follow(way.node, near.words)):
                    text = " ".join(near.words)
                    self._push(way, node, end, text, near.cost, near.sounds, changed=True)

    def _follow(self, node: int, words: Sequence[str]) -> int | None:
        for word in words:
            after = self._automaton.arcs(node).words.get(word)
            if after is None:
                return None
            node = after
        return node

    def _read_number(self, way: Way, number: int, end: int) -> None:
        """A number that the grammar names, as it was said."""
        node = self._automaton.arcs(way.node).words.get(str(number))
        if node is not None:
            text = " ".join(self._sentence.said.said[way.at : end])
            self._push(way, node, end, text, 0.0, _VALUE_SOUNDS, kept=True)

    def _read_value(self, way: Way) -> None:
        for span in self._sentence.spans[way.at]:
            text = " ".join(self._sentence.said.said[span.start : span.end])
            for token, node in self._automaton.arcs(way.node).values:
                if token.accepts(span.readings):
                    self._push(way, node, span.end, text, 0.0, _VALUE_SOUNDS, kept=True)

    def _read_any(self, way: Way, node: int, most: float) -> None:
        """Words that may be anything tell nothing: they count for no sounds, and cost."""
        for end in range(way.at + 1, int(min(way.at + most, len(self._sentence.said))) + 1):
            text = " ".join(self._sentence.said.said[way.at : end])
            self._push(way, node, end, text, ANY * (end - way.at), 0.0)

    def _push(
        self, way: Way, node: int, at: int, text: str | None, cost: float, length: float,
        *, changed: bool = False, kept: bool = False,
    ) -> None:  # fmt: skip
        least = way.cost + cost + self._sentence.rest[at]
        if least <= self._limit and self._automaton.templates(node) & self._templates:
            more = Way(
                least,
                next(self._order),
                node,
                at,
                way.words if text is None else (way.words, text),
                way.sounds + length,
                way.changed + changed,
                way.kept + kept,
                way.cost + cost,
            )
            heapq.heappush(self._heap, more)
