"""Who answers an open question: what is written down, a small model, a larger one, or nobody.

The cheapest that can do it is asked first. What is written down (what the user told us, documents)
is looked up; else one of the language models writes an answer, chosen by `choosing.choose`; and
where none could, that is said, and why.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import psutil

from assistant.stages import Exchange, Known, Thinker, Thought
from assistant.think.choosing import Able, Decision, choose
from assistant.think.for_the_ear import for_the_ear
from assistant.think.more import ABOUT, wants_more
from assistant.think.streaming import StreamedAnswer
from assistant.types import Origin
from assistant.worker import Cancel, Worker

Source = Callable[[str, str], Known | None]
"""Looks a question up, in a language; None when the answer is not there."""
Split = Callable[[Iterator[str]], Iterator[str]]
"""A stream of text, cut into sentences."""
_KEPT_FREE = 200.0  # MB that the rest of the machine is left
CANNOT = {
    "en": {
        "language": "Sorry, I have no model that speaks English.",
        "memory": "Sorry, there is not enough memory free to think about that.",
        "hopeless": "Sorry, I do not know enough to answer that.",
    },
    "es": {
        "language": "Lo siento, no tengo ningún modelo que hable español.",
        "memory": "Lo siento, no queda memoria para pensar en eso.",
        "hopeless": "Lo siento, no sé lo bastante para contestar a eso.",
    },
}


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """What a model knows by itself: whether it may say it, and what is said before, or instead."""

    used: bool = True
    before: str = ""


class Director:
    """thinkers: by the id of the model, the preferred first. models: what is known of each.

    sources: looked up in their order, before any model is asked. split: cuts text into sentences.
    free_mb: of memory.
    own_memory: asked, by language, when no source knows.
    """

    def __init__(
        self,
        thinkers: Mapping[str, Worker[Thinker]],
        models: Sequence[Able],
        split: Split,
        *,
        sources: Sequence[Source] = (),
        free_mb: Callable[[], float] = lambda: psutil.virtual_memory().available / 1e6 - _KEPT_FREE,
        own_memory: Callable[[str], OwnMemory] = lambda _: OwnMemory(),
    ) -> None:
        self._thinkers = thinkers
        self._models = models
        self._split = split
        self._sources = sources
        self._free_mb = free_mb
        self._own_memory = own_memory
        self._idle = Cancel()
        self._asked = Cancel()  # of the turn whose question was begun last

    def begin(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        cancel: Cancel,
        detail: dict[str, Any],
        only_written: bool = False,
    ) -> Thought | None:
        """As stages.Director says."""
        on = bool(history) and wants_more(question, language)
        for source in () if on else self._sources:
            if (known := source(question, language)) is not None:
                detail.update(by=known.origin.by, what=known.origin.what)
                return _Written(known.origin, self._split(iter([known.text])))
        if only_written:
            return None
        own = self._own_memory(language)
        if not own.used:
            detail.update(by="nobody", why="own memory is off")
            return _Written(Origin("nobody"), iter([own.before]))
        decided = self._decide(history[-1].user if on else question, language)
        detail.update(_described(decided))
        if decided.model is None:
            text = CANNOT.get(language, CANNOT["en"]).get(decided.why)
            origin = Origin("nobody", why=decided.why)
            return _Written(origin, iter([text])) if text else None
        if on:
            question = ABOUT.get(language, ABOUT["en"]).format(question=history[-1].user)
        informed = {model.id for model in self._models if model.informed}
        asked = _Asked(question, language, history, facts if decided.model in informed else ())
        self._asked = cancel
        thinker = self._thinkers[decided.model]
        made = _Streamed(asked, thinker, decided, self._split, cancel)
        if own.before and not on:
            made.sentences = chain([own.before], made.sentences)
        return made

    def stop(self) -> None:
        """As stages.Director says."""
        self._idle.set()

    def close(self) -> None:
        """As stages.Director says."""
        self._idle.set()
        self._asked.set()

    def _decide(self, question: str, language: str) -> Decision:
        loaded = {name for name, thinker in self._thinkers.items() if thinker.loaded}
        models = [model for model in self._models if model.id in self._thinkers]
        return choose(question, language, models, loaded=loaded, free_mb=self._free_mb())

    def rest(self, language: str, history: Sequence[Exchange]) -> None:
        """As stages.Director says. Only models that are loaded prepare anything."""
        self._idle = cancel = Cancel()
        for thinker in self._thinkers.values():
            if thinker.loaded:
                thinker.start(
                    lambda m: m.prepare(language=language, history=history, cancel=cancel)
                )


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    language: str
    history: Sequence[Exchange]
    facts: Sequence[str]


def _described(decided: Decision) -> dict[str, Any]:
    """For the trace; none of the user's words."""
    by = "model" if decided.model else "nobody"
    known = {"by": by, "what": decided.model or "", "why": decided.why, "kind": decided.kind}
    if decided.share is not None:
        known["right"] = f"{decided.share.right} of {decided.share.asked}"
    return known


class _Written:
    """An answer that stands somewhere."""

    def __init__(self, origin: Origin, sentences: Iterator[str]) -> None:
        self.origin = origin
        self.sentences = sentences

    def cost(self) -> None:
        return None


class _Streamed:
    """An answer that a model writes."""

    def __init__(
        self,
        asked: _Asked,
        thinker: Worker[Thinker],
        decided: Decision,
        split: Split,
        cancel: Cancel,
    ) -> None:
        self.origin = Origin("model", decided.model or "", decided.why)
        self._loading = not thinker.loaded
        self._answer = answer = StreamedAnswer(
            thinker,
            asked.question,
            asked.language,
            asked.history,
            asked.facts,
            cancel,
        )
        sentences = answer.whole(split(answer.pieces))
        self.sentences = self._timed(for_the_ear(sentences, answer.enough))
        self._first: float | None = None

    def _timed(self, sentences: Iterator[str]) -> Iterator[str]:
        for sentence in sentences:
            if self._first is None:
                self._first = time.monotonic()
            yield sentence

    def cost(self) -> tuple[float, float, Mapping[str, Any]]:
        start, answer, detail = self._answer.result(said=self._first is not None)
        detail["model"] = self.origin.what
        if self._first is not None:
            detail["first_clause_seconds"] = round(self._first - start, 3)
        if self._loading:
            detail["loaded"] = True
        return start, answer.seconds, detail
