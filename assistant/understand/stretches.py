"""What was said, for the search for near sentences: what each stretch may be, and its cost."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.understand.lexicon import Alike, Lexicon
from assistant.understand.normalize import Words
from assistant.understand.numbers import whole
from assistant.understand.sounds import SOUND, sounds
from assistant.understand.values import Span

LITTLE = 0.7  # cost of a little word too many, or missing
_SKIP = 1.5  # a content word too many, besides its sounds
ANY = 1.0  # a word where the grammar takes any
_LONGEST = 3  # words that may stand for others together
VALUE_SOUNDS = 5.0  # that a value or a number counts for


class Sentence:
    """What was said, and what each of its words may be.

    share: of the sounds of a way, that it may cost.
    """

    def __init__(
        self,
        said: Words,
        spans: Sequence[Span],
        lexicon: Lexicon,
        light: frozenset[str],
        language: str,
        share: float,
    ) -> None:
        n = len(said)
        self.said = said
        self.share = share
        self.lexicon = lexicon
        self.spans: list[list[Span]] = [[] for _ in range(n)]
        for span in spans:
            self.spans[span.start].append(span)
        self.numbers = [whole(said.plain, i, language) for i in range(n)]
        """For each word the whole number that begins with it, and where that ends."""
        self.plain = [*said.plain]
        """The words, and in the place of each word of a number the number."""
        in_number = {k for i, found in enumerate(self.numbers) if found for k in range(i, found[1])}
        for i in reversed(range(n)):
            if found := self.numbers[i]:
                self.plain[i : found[1]] = [str(found[0])] * (found[1] - i)
        in_span = {k for span in spans for k in range(span.start, span.end)}
        self.valued = [i in in_number or i in in_span for i in range(n)]
        """Whether a word is, or is a part of, a number or another value."""
        self.light = [word in light for word in said.plain]
        self.near = self._stretches(lexicon, in_number)
        """For each word the stretches that begin with it: where each ends, what sounds alike."""
        self.sounds = [
            VALUE_SOUNDS if i in in_number else len(sounds(word, language)[0]) / SOUND
            for i, word in enumerate(said.plain)
        ]
        self.least, self.slack = self._least(in_number)
        """For each word what it costs at least, where the sentence does not have it; and the same
        less the share that its sounds allow."""
        self.rest, self.short = self._rest()
        """For each word, the least that it and those after it can cost. This is what makes the
        search short: most of what is not a command ends here. And the same less their share."""

    def skipping(self, at: int) -> float:
        """The cost of passing over a word."""
        return LITTLE if self.light[at] else self.sounds[at] + _SKIP

    def _stretches(
        self, lexicon: Lexicon, in_number: set[int]
    ) -> list[list[tuple[int, Alike, float]]]:
        """With each the least that it costs less the share of its sounds."""
        n = len(self.said)
        stretches = [
            (i, j)
            for i in range(n)
            for j in range(i + 1, min(i + _LONGEST, n) + 1)
            if in_number.isdisjoint(range(i, j)) and not all(self.light[i:j])
        ]
        near: list[list[tuple[int, Alike, float]]] = [[] for _ in range(n)]
        found = lexicon.near([self.said.plain[i:j] for i, j in stretches])
        for (i, j), alike in zip(stretches, found, strict=True):
            if len(alike.costs):
                near[i].append((j, alike, self._less(alike)))
        return near

    def _less(self, alike: Alike) -> float:
        return float((alike.costs - self.share * alike.sounds).min())

    def _least(self, in_number: set[int]) -> tuple[list[float], list[float]]:
        n = len(self.said)
        # a number is never passed over
        least = [float("inf") if i in in_number else self.skipping(i) for i in range(n)]
        slack = [*least]
        for i in range(n):
            for end, alike, _ in self.near[i]:
                others = alike.others()
                for k in range(i, end) if len(others.costs) else ():
                    least[k] = min(least[k], float(others.costs[0]) / (end - i))
                    slack[k] = min(slack[k], self._less(others) / (end - i))
        return least, slack

    def _rest(self) -> tuple[list[float], list[float]]:
        n, share = len(self.said), self.share
        rest, short = [0.0] * (n + 1), [0.0] * (n + 1)
        for i in reversed(range(n)):
            known = self.said.plain[i] in self.lexicon
            whole = [(number[1], 0.0) for number in (self.numbers[i],) if number]
            whole += [(span.end, 0.0) for span in self.spans[i]]
            ways = [rest[end] + cost for end, cost in whole]
            ways += [float(alike.costs[0]) + rest[end] for end, alike, _ in self.near[i]]
            ways.append(rest[i + 1] + (0.0 if known else ANY))
            left = [short[end] - share * VALUE_SOUNDS for end, _ in whole]
            left += [less + short[end] for end, _, less in self.near[i]]
            left.append(short[i + 1] + (-share * self.sounds[i] if known else ANY))
            if not self.numbers[i]:
                ways.append(rest[i + 1] + self.skipping(i))
                left.append(short[i + 1] + self.skipping(i))
            rest[i], short[i] = min(ways), min(left)
        return rest, short
