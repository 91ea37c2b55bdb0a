"""A step of the cascade: two readings are close, so the user is asked which one was meant.

Asking again is cheap, a wrong action is not; and "the volume or the brightness?" is answered
sooner than "I did not understand" is said again.
"""

from __future__ import annotations

from assistant.types import Choice
from assistant.understand.nearby import Nearby
from assistant.understand.step import Finding, Given, nothing

MOST = 3
"""Readings that can be read out and remembered."""


class Close:
    """Near sentences of one language that mean different things."""

    def __init__(self, nearby: Nearby) -> None:
        self._nearby = nearby

    def look(self, given: Given) -> Finding:
        rivals = self._nearby.rivals(given.text)
        if not 2 <= len(rivals) <= MOST:
            return nothing(f"{len(rivals) or 'no'} readings are close")
        reason = " and ".join(intent.reason for intent in rivals)
        return Finding(Choice(tuple(rivals), reason), rivals[0].score, reason)
