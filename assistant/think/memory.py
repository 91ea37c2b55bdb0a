"""What the assistant remembers of the conversation."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

from assistant.stages import Exchange

FORGOTTEN_AFTER = 900.0
"""Seconds of silence after which a question begins a new conversation."""
_ASKED_WORDS = 12
_ANSWER_WORDS = 16
_MOST_WORDS = 60  # of all questions, and of all answers, that are told in short
_SENTENCE = re.compile(r".+?[.!?…](?=\s|$)", re.DOTALL)


class Conversation:
    """The last exchanges; what a follow-up question refers to. Kept in memory only.

    turns: at most so many. When there are more, the older half becomes one that tells them in
    short: not one at each turn, because what is evaluated of the others would be lost each time.
    """

    def __init__(self, turns: int, now: Callable[[], float] = time.monotonic) -> None:
        self._turns = turns
        self._now = now
        self._exchanges: list[Exchange] = []
        self._last = 0.0

    def add(self, user: str, assistant: str) -> None:
        self._exchanges = [*self.history(), Exchange(user, assistant)]
        self._last = self._now()
        if len(self._exchanges) > self._turns:
            kept = max(self._turns // 2, min(self._turns, 1))
            self._exchanges = folded(self._exchanges, kept) if self._turns > 1 else []
            if self._turns == 1:
                self._exchanges = [Exchange(user, assistant)]

    def history(self) -> list[Exchange]:
        if self._now() - self._last > FORGOTTEN_AFTER:
            self._exchanges = []
        return list(self._exchanges)

    def replace_last(self, assistant: str) -> None:
        """The last answer went on: this is the whole of it."""
        if self._exchanges:
            self._exchanges[-1] = Exchange(self._exchanges[-1].user, assistant)
            self._last = self._now()


def folded(history: Sequence[Exchange], keep: int) -> list[Exchange]:
    """The last `keep` exchanges as they are, after one that tells the older ones in short: what
    was asked, and the first sentence of each answer."""
    older, recent = history[: len(history) - keep], history[len(history) - keep :]
    if not older:
        return list(recent)
    asked = " ".join(_first_words(exchange.user, _ASKED_WORDS) for exchange in older)
    told = " ".join(_first_words(_first(exchange.assistant), _ANSWER_WORDS) for exchange in older)
    return [Exchange(_last_words(asked), _last_words(told)), *recent]


def _first(text: str) -> str:
    found = _SENTENCE.match(text)
    return found.group() if found else text


def _first_words(text: str, most: int) -> str:
    words = text.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def _last_words(text: str) -> str:
    return " ".join(text.split()[-_MOST_WORDS:])
