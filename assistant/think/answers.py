"""Answers on their way: what stands somewhere already, and what a model writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.stages import Exchange, Known, Thinker
from assistant.think.choosing import Decision
from assistant.think.for_the_ear import ENOUGH, for_the_ear
from assistant.think.streaming import StreamedAnswer
from assistant.types import Origin, Reply
from assistant.worker import Cancel, Worker

Split = Callable[[Iterator[str]], Iterator[str]]
"""A stream of text, cut into sentences."""
_CUT = ("enough", "length")
"""Ends of an answer after which there is more of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a model is asked, and all it is told. begun: see stages.Thinker."""

    question: str
    language: str
    history: Sequence[Exchange]
    facts: Sequence[str]
    begun: str = ""


class Written:
    """An answer that stands somewhere. said: called with it when it was said to its end. more: see
    stages.Known."""

    def __init__(
        self,
        origin: Origin,
        sentences: Iterator[str],
        said: Callable[[Written], object] = bool,
        more: Callable[[], Known | None] | None = None,
    ) -> None:
        self.origin = origin
        self.more = more
        self.goes_on = ""
        self.foreign = origin.by == "documents"
        self.asks: Reply | None = None
        self.sentences = sentences
        self._said = said

    def cost(self) -> tuple[float, float, Mapping[str, Any]] | None:
        self._said(self)
        return None


class Streamed:
    """An answer that a model writes.

    words: after which it ends with its sentence.
    otherwise: said where the model writes nothing; "" makes that an error.
    said: called with this when it was said to its end.
    """

    def __init__(
        self,
        asked: Asked,
        thinker: Worker[Thinker],
        decided: Decision,
        split: Split,
        cancel: Cancel,
        *,
        words: int = ENOUGH,
        otherwise: str = "",
        said: Callable[[Streamed], object] = bool,
    ) -> None:
        self.origin = Origin("model", decided.model or "", decided.why)
        self.goes_on = asked.begun
        self.foreign = False
        self.asks: Reply | None = None
        self.asked = asked
        self.ended_by = ""
        self._said = said
        self._loading = not thinker.loaded
        self._answer = answer = StreamedAnswer(
            thinker,
            asked.question,
            asked.language,
            asked.history,
            asked.facts,
            cancel,
            asked.begun,
        )
        sentences = answer.whole(split(answer.pieces))
        self.sentences = self._timed(
            for_the_ear(sentences, answer.enough, words), otherwise, cancel
        )
        self._first: float | None = None

    @property
    def unfinished(self) -> bool:
        """Whether it was ended because it was enough, not because nothing was left to say."""
        return self.ended_by in _CUT

    def stop(self) -> None:
        """No more of it is wanted."""
        self._answer.enough()

    def _timed(self, sentences: Iterator[str], otherwise: str, cancel: Cancel) -> Iterator[str]:
        for sentence in sentences:
            if self._first is None:
                self._first = time.monotonic()
            yield sentence
        if self._first is None and otherwise and not cancel.is_set():
            self._answer.result()  # where the model failed, that is told instead
            self._first = time.monotonic()
            yield otherwise

    def cost(self) -> tuple[float, float, Mapping[str, Any]]:
        start, answer, detail = self._answer.result(said=self._first is not None)
        self.ended_by = str(detail["ended_by"])
        self._said(self)
        detail["model"] = self.origin.what
        if self._first is not None:
            detail["first_clause_seconds"] = round(self._first - start, 3)
        if self._loading:
            detail["loaded"] = True
        return start, answer.seconds, detail
