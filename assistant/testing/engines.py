"""Fakes of what makes something of it: words, decisions, answers, speech."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from assistant.stages import Answer, Call, Called, Chosen, Ear, Exchange, Tool
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


class FakeChooser:
    """ToolChooser by a table of sentences; what is not in it asks for no tool. `offered` keeps the
    names of the tools of each call."""

    def __init__(self, table: Mapping[str, Chosen]) -> None:
        self.offered: list[list[str]] = []
        self._table = table

    def choose(
        self, text: str, tools: Sequence[Tool], *, language: str, cancel: Cancel
    ) -> Chosen | None:
        self.offered.append([tool.name for tool in tools])
        if cancel.is_set():
            return None
        chosen = self._table.get(text)
        known = chosen is not None and chosen.tool in self.offered[-1]
        return chosen if known else Chosen(None, {}, 1.0)


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
