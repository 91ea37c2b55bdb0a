"""The second step of the cascade: the same sentences, by sound and by small edits.

What a recognizer mishears is near in sound: "light rose" for "light roast", "I smoke out" for
"iced mocha", "set a time". A cost is counted in sounds (see `sounds`): how many had to change.
Numbers are never touched: "fifteen" and "fifty" are near, and confusing them is worse than
asking again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.types import Intent
from assistant.understand.alignment import LIGHT, Alignment, Way
from assistant.understand.automaton import Automaton
from assistant.understand.grammar import Grammar
from assistant.understand.kept_words import KeptWords
from assistant.understand.lexicon import Lexicon
from assistant.understand.normalize import Words, courtesy_taken_off, without_courtesy, words
from assistant.understand.plausible import Plausible
from assistant.understand.sentences import Templates
from assistant.understand.stretches import Sentence
from assistant.understand.values import every_value
from assistant.understand.word_tables import WordTables

NEAR = 0.16
"""Share of the sounds that may change. Of 41 coffee orders that no template matched (tiny.en
and base, tuned on) 0.08 found 25, 0.12 to 0.2 found 30; of 1,663 other requests 0.08 took 1 for a
command, 0.16 took 2, 0.25 took 4."""
FAR = 0.3
"""The same, for candidates among which something else decides."""
MARGIN = 1.0
"""Sounds by which another meaning must be further away."""

_MOST = 8
_KEPT = 2
"""Words that carry meaning and are as they were said, at least, in whatever is near."""


_NO_NUMBERS = frozenset((word,) for word in "a an one un una uno".split())
"""Words that are a number only where they were heard for certain: "that one", "a bit"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the grammar that is near to what was heard."""

    text: str
    cost: float  # sounds that had to change
    distance: float  # their share of the sentence
    changed: int  # words that are not as they were heard
    kept: int  # content words and values that are

    @staticmethod
    def of(way: Way) -> Candidate:
        return Candidate(way.text(), way.cost, way.cost / (way.sounds or 1), way.changed, way.kept)

    def near(self) -> bool:
        return self.distance <= NEAR and self.kept > max(self.changed, _KEPT - 1)


class Nearby:
    """Finds near sentences of one language."""

    def __init__(
        self,
        grammar: Grammar,
        automaton: Automaton,
        tables: WordTables,
        templates: Templates,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._language = grammar.language
        self._functions = grammar.functions
        self._automaton = automaton
        self._templates = templates
        self._now = now
        self._light = light_words(grammar)
        self._plausible = Plausible(automaton.layout, tables)
        self._lexicon = Lexicon(automaton.layout, tables, grammar.language)
        self._kept_words = KeptWords(automaton.layout, tables, self._light, grammar.language)
        self._last: tuple[tuple[str, int, float] | None, list[Candidate]] = (None, [])

    def match(self, text: str) -> Intent | None:
        """What is most likely meant, or None when nothing is near enough, or two things are."""
        found = self._accepted(text)
        if found is None:
            return None
        best, meant = found
        return replace(
            meant,
            stage="by sound",
            score=meant.score * (1 - best.distance),
            reason=f"{meant.reason} but for {best.distance:.0%} of its sounds",
        )

    def corrected(self, text: str) -> str | None:
        """The sentence that `match` takes a text for."""
        found = self._accepted(text)
        return found[0].text if found else None

    def _accepted(self, text: str) -> tuple[Candidate, Intent] | None:
        near = self._near(text)
        best = near[0] if near else None
        meant = self._templates.match(best.text) if best else None
        if best is None or meant is None or self._functions[meant.function].dangerous:
            return None
        if any(self._differs(c, best, meant) for c in near if c.cost <= best.cost + MARGIN):
            return None
        return best, meant

    def _near(self, text: str) -> list[Candidate]:
        return self._keeping(text, [c for c in self._candidates(text, _MOST, NEAR) if c.near()])

    def _keeping(self, text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those that leave out nothing of what was said that matters."""
        said = without_courtesy(words(text, self._language), self._language).plain
        return [
            c
            for c in candidates
            if self._kept_words.keeps(said, words(c.text, self._language).plain)
        ]

    def _differs(self, other: Candidate, best: Candidate, meant: Intent) -> bool:
        """Whether another candidate means something else. One that has only more or fewer little
        words is a worse version of the same."""
        if self._content(other) == self._content(best):
            return False
        rival = self._templates.match(other.text)
        return rival is not None and (rival.function, rival.slots) != (meant.function, meant.slots)

    def _content(self, candidate: Candidate) -> list[str]:
        return [word for word in candidate.text.split() if word not in self._light]

    def rivals(self, text: str) -> list[Intent]:
        """The different meanings that are near enough, none of them nearer than the margin."""
        near = self._near(text)
        found: list[Intent] = []
        for candidate in near:
            meant = self._templates.match(candidate.text)
            if candidate.cost > near[0].cost + MARGIN or meant is None:
                continue
            if self._functions[meant.function].dangerous:
                return []
            if all((meant.function, meant.slots) != (o.function, o.slots) for o in found):
                score = meant.score * (1 - candidate.distance)
                told = replace(meant, stage="close", score=score, text=candidate.text)
                found.append(told)
        return found

    def choices(self, text: str) -> list[tuple[str, Intent]]:
        """Near sentences and what they mean, for whoever heard the sound."""
        kept = self._keeping(text, self.candidates(text))
        near = ((c.text, self._templates.match(c.text)) for c in kept)
        return [
            (sentence, meant)
            for sentence, meant in near
            if meant is not None and not self._functions[meant.function].dangerous
        ]

    def candidates(self, text: str, most: int = _MOST) -> list[Candidate]:
        """The nearest sentences, the best first, each text once."""
        return self._candidates(text, most, FAR)

    def _candidates(self, text: str, most: int, furthest: float) -> list[Candidate]:
        """Without courtesy around it, and with: it may belong to the sentence. Those of the last
        sentence are kept, as several steps ask for them."""
        asked = text, most, furthest
        last, candidates = self._last
        if last != asked:
            candidates = self._search(text, most, furthest)
            self._last = asked, candidates
        return candidates

    def _search(self, text: str, most: int, furthest: float) -> list[Candidate]:
        found: dict[str, Candidate] = {}
        for said in courtesy_taken_off(words(text, self._language), self._language):
            for candidate in self._nearest(said, most, furthest):
                same = found.setdefault(candidate.text, candidate)
                found[candidate.text] = min(same, candidate, key=lambda c: c.cost)
        return sorted(found.values(), key=lambda c: c.cost)[:most]

    def _nearest(self, said: Words, most: int, furthest: float) -> list[Candidate]:
        spans = [
            span
            for span in every_value(said, self._language, self._now())
            if said.plain[span.start : span.end] not in _NO_NUMBERS
        ]
        # with FAR something else decides: also of what is a little farther
        share, kept = (NEAR, _KEPT) if furthest <= NEAR else (furthest / (1 - furthest), 0)
        lexicon, light, language = self._lexicon, self._light, self._language
        sentence = Sentence(said, spans, lexicon, light, language, share)
        limit = furthest / (1 - furthest) * sum(sentence.sounds)
        templates = self._plausible.templates(sentence, limit, kept)
        search = Alignment(self._automaton, sentence, light, limit, templates)
        found: dict[str, Candidate] = {}
        for way in search.ways():
            candidate = Candidate.of(way)
            found.setdefault(candidate.text, candidate)
            if furthest <= NEAR and candidate.near():
                search.no_more_than(candidate.cost + MARGIN)
            if len(found) == most:
                break
        return list(found.values())


def light_words(grammar: Grammar) -> frozenset[str]:
    """Little words, and those that may stand anywhere."""
    return LIGHT[grammar.language] | {word for phrase in grammar.fillers for word in phrase.split()}
