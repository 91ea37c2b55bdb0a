"""Fakes of language models."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from assistant.stages import Answer, Call, Called, Exchange, Tool
from assistant.worker import Cancel


class FakeThinker:
    """Thinker that gives prepared answers, in order and then the last one again, word by word.

    An Exception is raised instead. seconds: how long each word takes. `asked` keeps the questions,
    `begun` what each answer had begun with, `prepared` how many exchanges each preparation was
    given.
    """

    def __init__(self, answers: Sequence[str | Exception], seconds: float = 0) -> None:
        self.asked: list[str] = []
        self.begun: list[str] = []
        self.prepared: list[int] = []
        self._answers = list(answers)
        self._seconds = seconds

    def answer(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        on_text: Callable[[str], object],
        cancel: Cancel,
        begun: str = "",
    ) -> Answer:
        self.asked.append(question)
        self.begun.append(begun)
        started = time.monotonic()
        first = 0.0
        written: list[str] = []
        text = self._answers[min(len(self.asked), len(self._answers)) - 1]
        if isinstance(text, Exception):
            raise text
        words = text.split(" ")
        while len(written) < len(words) and not cancel.wait(self._seconds):
            piece = words[len(written)]
            written.append(f" {piece}" if written else piece)
            first = first or time.monotonic() - started
            on_text(written[-1])
        asked = sum(len(text.split()) for text in (question, *facts))
        return Answer(
            text="".join(written),
            prompt_tokens=asked,
            cached_tokens=0,
            tokens=len(written),
            first_token_seconds=first,
            seconds=time.monotonic() - started,
            ended_by="cancelled" if len(written) < len(words) else "end",
        )

    def prepare(self, *, language: str, history: Sequence[Exchange], cancel: Cancel) -> None:
        self.prepared.append(len(history))


class FakeToolUser(FakeThinker):
    """Thinker that can also choose functions: the calls of each round, in order; none after them.
    `offered` keeps the names of the tools of each round, `told` what it was told then."""

    def __init__(
        self,
        rounds: Sequence[Sequence[Call]],
        answers: Sequence[str | Exception] = ("I do not know.",),
        seconds: float = 0,
    ) -> None:
        super().__init__(answers, seconds)
        self.offered: list[list[str]] = []
        self.told: list[list[str]] = []
        self._rounds = list(rounds)

    def call(
        self,
        question: str,
        tools: Sequence[Tool],
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        called: Sequence[Called],
        cancel: Cancel,
    ) -> Sequence[Call] | None:
        self.offered.append([tool.name for tool in tools])
        self.told.append([entry.told for entry in called])
        if cancel.wait(self._seconds):
            return None
        wanted = self._rounds.pop(0) if self._rounds else []
        return [call for call in wanted if call.tool in self.offered[-1]]
