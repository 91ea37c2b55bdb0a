"""What the assistant remembers of the conversation."""

from __future__ import annotations

from collections import deque

from assistant.stages import Exchange


class Conversation:
    """The last exchanges; what a follow-up question refers to. Kept in memory only."""

    def __init__(self, turns: int) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=turns)

    def add(self, user: str, assistant: str) -> None:
        self._exchanges.append(Exchange(user, assistant))

    def history(self) -> list[Exchange]:
        return list(self._exchanges)
