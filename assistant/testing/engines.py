"""Fakes of what makes something of it: words, decisions, speech."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.stages import Ear
from assistant.types import (
    Completeness,
    Intent,
    Past,
    Pick,
    Question,
    Reply,
    Route,
    Samples,
    Speech,
    Transcript,
    Undoable,
    Utterance,
    Word,
)
from assistant.worker import Cancel


class FakeTranscriber:
    """Transcriber that knows what will be said, in order. An Exception is raised instead.

    seconds: how long each transcription takes.
    """

    def __init__(self, texts: Sequence[str | Exception], language: str = "en", seconds: float = 0):
        self._texts = list(texts)
        self._language = language
        self._seconds = seconds
        self._said = ""
        self.expected: list[str] = []

    def transcribe(self, utterance: Utterance) -> Transcript:
        time.sleep(self._seconds)
        text = self._texts.pop(0) if self._texts else ""
        if isinstance(text, Exception):
            raise text
        sure = 0.9 if text else 0.0
        self._said = text
        return Transcript(
            text,
            self._language,
            sure,
            1 - sure,
            utterance.seconds,
            "" if text else "no words",
            words=tuple(Word(word, sure) for word in text.split()),
        )

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        self.expected = [*examples, *names, *vocabulary]

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        """What was transcribed last is likely, and everything else is not."""
        said = _letters(self._said)
        return [-0.1 if _letters(text) == said else -5.0 for text in texts]

    def written(self, samples: Samples, expected: str) -> str:
        return self.transcribe(Utterance(samples, "pause", 0.0)).text


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


class FakeRouter:
    """Router by a table of sentences; what is not in it is a question.

    kinds: for each function the types of its slots; a value of any of them is a number in digits,
    or, where the type is str, any text.
    """

    def __init__(
        self, routes: Mapping[str, Route], kinds: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self._routes = routes
        self._kinds = kinds or {}

    def exact(self, text: str, language: str) -> Intent | None:
        found = self._routes.get(text)
        return found if isinstance(found, Intent) else None

    def slots(self, function: str, language: str) -> Mapping[str, Any]:
        return self._kinds.get(function, {})

    def value(self, text: str, function: str, slot: str, language: str) -> Any | None:
        kind = self.slots(function, language).get(slot)
        if kind is str:
            return text
        return int(text) if kind is not None and text.isdigit() else None

    def route(
        self, text: str, language: str, ear: Ear | None = None, cancel: Cancel | None = None
    ) -> Route:
        return self._routes.get(text) or Question(text, "not in the table")

    def rest(self) -> None: ...

    def completeness(self, text: str, language: str) -> Completeness:
        if any(sentence.startswith(f"{text} ") for sentence in self._routes):
            return "extendable" if text in self._routes else "unfinished"
        return "complete" if text in self._routes else "unknown"


class FakeActor:
    """Actor by a table of functions. An Exception is raised; `seconds` is how long each takes.

    ahead: the functions that can be prepared. `done` keeps what was done in the end.
    """

    def __init__(
        self,
        replies: Mapping[str, Reply | Exception],
        seconds: float = 0,
        ahead: Collection[str] = (),
    ) -> None:
        self.done: list[str] = []
        self.past: Past | None = None
        self._replies = replies
        self._seconds = seconds
        self._ahead = ahead

    def prepare(self, route: Intent, text: str, language: str) -> Reply | None:
        if route.function not in self._ahead:
            return None
        reply = self._call(route)
        return replace(reply, then=lambda: self.done.append(route.function))

    def act(self, route: Intent, text: str, language: str, *, confirmed: bool = False) -> Reply:
        reply = self._call(route)
        self.done.append(route.function)
        return reply

    def take_back(self, done: Undoable, language: str) -> Reply:
        if done.undo is None:
            return Reply("That cannot be undone.", language, ok=False)
        done.undo()
        return Reply(f"Undone: {done.reply}", language)

    def ask_which(self, options: Sequence[Intent], text: str, language: str) -> Reply:
        names = tuple(option.function for option in options)
        asks = Pick(tuple(options), names, text)
        return Reply(f"{' or '.join(names)}?", language, listen_again=True, asks=asks)

    def remember(self, past: Past | None) -> None:
        self.past = past

    def finish(self, prepared: Reply) -> Reply:
        if prepared.then is not None:
            prepared.then()
        return replace(prepared, then=None)

    def _call(self, route: Intent) -> Reply:
        time.sleep(self._seconds)
        reply = self._replies[route.function]
        if isinstance(reply, Exception):
            raise reply
        return reply

    def spoken(self, text: str) -> None:
        pass


class FakeVoice:
    """Voice that beeps once per word, 0.1 s each and 0.05 s apart. `said` keeps the sentences."""

    rate = 16_000

    def __init__(self, language: str = "en") -> None:
        self.language = language
        self.said: list[str] = []
        self.pace = 1.0

    def set_pace(self, pace: float) -> None:
        self.pace = pace

    def synthesize(self, sentence: str) -> Speech:
        self.said.append(sentence)
        time_of = np.arange(self.rate // 10) / self.rate
        beep = np.int16(8000 * np.sin(2 * np.pi * 440 * time_of))
        word = np.concatenate([beep, np.zeros(self.rate // 20, np.int16)])
        count = sum(any(char.isalnum() for char in part) for part in sentence.split())
        return Speech(np.tile(word, count), self.rate)

    def remember(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.synthesize(sentence)

    def keep(self, mb: float) -> None: ...
