"""From the running score of a wake-word model to one report for each saying of the word."""

from __future__ import annotations

REST = 1.2
"""Seconds. These models remember a second of sound: what follows their word makes the score rise
again, up to 1.2 s later ("okay nabu, what time is it"). Who says it again because nothing
happened waits longer."""


class OncePerWord:
    """A pure state machine on scores (0..1), one for each step of the model.

    Reported is the peak: the score goes on rising after it has passed the threshold, and what is
    decided by its height should be decided at its highest. Nothing more is reported until some
    steps have passed and it has fallen below half the threshold.

    rest: steps after a report in which none follows.
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
        self._waited = 0
        self._reported = False
        self._since = 0  # steps since the last report

    def process(self, score: float) -> float | None:
        """Take the next score; the highest one, at the moment when the word is reported."""
        if self._reported:
            self._since += 1
            self._reported = self._since <= self._rest or score > self._threshold / 2
            return None
        if not self._waited and score <= self._threshold:
            return None
        self._waited += 1
        rising = score > self._best
        self._best = max(self._best, score)
        if rising and score < self._sure and self._waited < self._hold:
            return None
        best = self._best
        self.reset()
        self._reported = True
        return best
