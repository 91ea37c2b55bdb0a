"""The protocol of what runs the functions. A stage like those of `stages`, with the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.types import Intent, Past, Reply, Undoable


class Actor(Protocol):
    """Runs the function an intent names. Never raises for a function that cannot."""

    def prepare(self, route: Intent, text: str, language: str) -> Reply | None:
        """What would be said, while nobody knows yet whether the speaker goes on: nothing is
        changed before `finish`. None for a function that cannot tell without doing it."""

    def act(self, route: Intent, text: str, language: str, *, confirmed: bool = False) -> Reply:
        """Do it, and say so. A function that must be `confirmed`, and is not, is not called: the
        reply asks for that."""

    def take_back(self, done: Undoable, language: str) -> Reply:
        """Undo it, and say so."""

    def ask_which(self, options: Sequence[Intent], text: str, language: str) -> Reply:
        """The question which of these readings of `text` is meant."""

    def finish(self, prepared: Reply) -> Reply:
        """Do what was prepared: its reply, or an apology."""

    def spoken(self, text: str) -> None:
        """Told what was said aloud, by whichever stage, so that it can be repeated."""

    def remember(self, past: Past | None) -> None:
        """Told what the last turn did, so that a function can refer to it."""
