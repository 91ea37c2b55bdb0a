"""A microphone that gives sound in which nothing is: muted by its switch, or dead and not gone."""

from __future__ import annotations

from typing import Literal

from assistant.types import LOOP_RATE, Samples

FIRST, LONGEST = 10.0, 600.0
"""Seconds of one single value after which the device is opened anew, for the first time and at
most: the converter of a real microphone is never that quiet, its noise moves the last bit."""


class Stillness:
    """A pure state machine on samples."""

    def __init__(self) -> None:
        self._value: int | None = None
        self._still = 0  # samples
        self._patience = FIRST
        self._told = False
        self._heard = False

    @property
    def deaf(self) -> bool:
        """There was sound, in this run of the program, and there is none any more."""
        return self._heard and self._told

    def take(self, samples: Samples) -> Literal["", "dead", "still", "sound"]:
        """What is to be done after these: open the device anew, and tell that it is dead, or only
        open it anew; or tell that there is sound again."""
        if not len(samples):
            return ""
        value = int(samples[0])
        if value == self._value and bool((samples == value).all()):
            self._still += len(samples)
            return self._decide()
        self._value = int(samples[-1])
        alive = bool((samples != value).any())
        self._still = 0
        self._patience = FIRST
        self._heard = self._heard or alive
        if alive and self._told:
            self._told = False
            return "sound"
        return ""

    def _decide(self) -> Literal["", "dead", "still"]:
        if self._still < self._patience * LOOP_RATE:
            return ""
        self._still = 0
        self._patience = min(2 * self._patience, LONGEST)
        before, self._told = self._told, True
        return "still" if before else "dead"
