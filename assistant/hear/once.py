"""From the running score of a wake-word model to one report for each saying of the word."""

from __future__ import annotations

REST = 1.5
"""Seconds. These models remember a second of sound: what follows their word makes the score rise
again, up to 1.3 s later ("okay nabu, what time is it")."""

CERTAIN = 0.9
"""A score of the word itself."""


class OncePerWord:
    """A pure state machine on scores (0..1), one for each step of the model.

    Reported is the peak: the score goes on rising after it has passed the threshold, and what is
    decided by its height should be decided at its highest. Nothing more is reported until it has
    fallen below half the threshold, and for some steps only what is surer than the last (by half
    its doubt, where that was certain): the word itself after something that was not.

    rest: the number of those steps.
    sure: a score that is reported without waiting for a higher one.
    hold: steps to wait for the peak at most.
    """

    def __init__(
        self, threshold: float, *, rest: int = 0, sure: float = 1.0, hold: int = 1
    ) -> None:
        self._threshold = threshold
        self._rest = rest
        self._sure = sure
        self._hold = hold
        self.reset()

    def reset(self) -> None:
        self._best = 0.0
        self._waited = 0  # steps since the score passed the threshold
        self._same_word = False
        self._last = 0.0  # score of the last report
        self._since = 0  # steps since then

    def process(self, score: float) -> float | None:
        """Take the next score; the highest one, at the moment when the word is reported."""
        self._since += 1
        self._same_word = self._same_word and score > self._threshold / 2
        if self._same_word:
            return None
        needed = self._threshold
        if self._since <= self._rest:
            surer = (1 + self._last) / 2 if self._last > CERTAIN else self._last
            needed = max(needed, surer)
        if not self._waited and score <= needed:
            return None
        self._waited += 1
        rising = score > self._best
        self._best = max(self._best, score)
        if rising and score < self._sure and self._waited < self._hold:
            return None
        return self._report()

    def _report(self) -> float:
        best = self._best
        self.reset()
        self._last, self._same_word = best, True
        return best
