"""Engines of the stages, each in a process of its own. They keep the protocols of `stages`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from assistant.apart.process import Process
from assistant.stages import Answer, Call, Called, Exchange, Renderer, Thinker, Tool, Transcriber
from assistant.types import Expected, Samples, Speech, Transcript, Utterance
from assistant.worker import Cancel


class Apart:
    """One that is ended by `close`, and by force by `kill`."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def ended(self) -> bool:
        return self._process.ended

    def ping(self) -> None:
        """Returns when it has answered. Raises EngineError."""
        self._process.call("__sizeof__")

    def close(self) -> None:
        self._process.close()

    def kill(self) -> bool:
        self._process.kill()
        return True


class ApartTranscriber(Apart):
    """make: gives the Transcriber, from `expects` and `corrects`, which it asks us."""

    def __init__(
        self,
        make: Callable[..., Transcriber],
        expects: Callable[[str, str], Expected],
        corrects: Callable[[str, str], str],
    ) -> None:
        super().__init__(Process("hear", make, {"expects": expects, "corrects": corrects}))

    def transcribe(self, utterance: Utterance) -> Transcript:
        return cast("Transcript", self._process.call("transcribe", utterance))

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        self._process.call("expect", [*examples], [*names], [*vocabulary])

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        return cast("list[float]", self._process.call("score", utterance, [*texts]))

    def written(self, samples: Samples, expected: str) -> str:
        return str(self._process.call("written", samples, expected))


class ApartRenderer(Apart):
    """make: gives the Renderer."""

    def __init__(self, make: Callable[[], Renderer]) -> None:
        super().__init__(Process("speak", make))
        self.language = str(self._process.call("__getattribute__", "language"))
        self.rate = int(self._process.call("__getattribute__", "rate"))

    def synthesize(self, sentence: str) -> Speech:
        return cast("Speech", self._process.call("synthesize", sentence))

    def set_pace(self, pace: float) -> None:
        self._process.call("set_pace", pace)


class ApartThinker(Apart):
    """A Thinker and ToolUser. make: gives it, from `about`, which it asks us."""

    def __init__(self, make: Callable[..., Thinker], about: Callable[[str], str]) -> None:
        super().__init__(Process("think", make, {"about": about}))

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
        answer = self._process.call(
            "answer",
            question,
            language=language,
            history=[*history],
            facts=[*facts],
            begun=begun,
            cancel=cancel,
            says={"on_text": on_text},
        )
        return cast("Answer", answer)

    def prepare(self, *, language: str, history: Sequence[Exchange], cancel: Cancel) -> None:
        self._process.call("prepare", language=language, history=[*history], cancel=cancel)

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
        given: dict[str, Any] = {"language": language, "history": [*history], "facts": [*facts]}
        calls = self._process.call(
            "call", question, [*tools], **given, called=[*called], cancel=cancel
        )
        return cast("Sequence[Call] | None", calls)
