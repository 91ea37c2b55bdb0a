"""Whether the program counts as alive: it reads sound, its turns get done, its engines work.

A process that runs is no assistant that hears. What this says is what the service manager is told,
which starts it again when it hears nothing from it for long.
"""

from __future__ import annotations

DEAF_FOR = 600.0
"""Seconds without a sound, though nobody muted it, after which it counts as dead: whatever the loop
tries by itself, a new process may find the microphone."""
STUCK_FOR = 180.0
"""Seconds for which the thread of the turns may do one thing and tell nothing of it."""
GIVEN_UP = 3
"""Engines that hung, in this process: each is left behind with its memory."""
QUIET = 2.0
"""Seconds without any news after which nobody is being served: a new start disturbs nobody."""


class Life:
    """A pure state machine; times are monotonic seconds."""

    def __init__(self, now: float) -> None:
        self._heard_at = self._told_at = now

    def heard(self, now: float) -> None:
        """There was sound, or nobody wants any: it is muted."""
        self._heard_at = now

    def told(self, now: float) -> None:
        """Something has happened, and was told."""
        self._told_at = now

    def alive(self, now: float, busy: float, given_up: int) -> bool:
        """busy: seconds for which the turns' thread has been doing one thing. given_up: engines
        left behind."""
        deaf = now - self._heard_at >= DEAF_FOR
        stuck = min(busy, now - self._told_at) > STUCK_FOR
        return not deaf and not stuck and given_up < GIVEN_UP

    def worn(self, now: float, given_up: int) -> bool:
        """Whether a new start would do it good, and disturbs nobody now."""
        return given_up >= GIVEN_UP and now - self._told_at > QUIET
