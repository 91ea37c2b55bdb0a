"""The cascade: what is meant by a sentence, decided by the cheapest step that can.

Each step gives a route, with its reason, or None to leave the sentence to the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from assistant import localtime
from assistant.config import RouteSettings
from assistant.types import Question, Route, Unheard
from assistant.understand.grammar import Grammar, Understandable, compile_grammar
from assistant.understand.normalize import words
from assistant.understand.sentences import Templates
from assistant.understand.vocabulary import vocabulary


class Step(Protocol):
    def decide(self, text: str, language: str) -> Route | None:
        """What is meant, or None when this step cannot tell."""


class Silence:
    """No words, or a single letter that a recognizer made of a click."""

    def decide(self, text: str, language: str) -> Route | None:
        said = words(text, language)
        if not said:
            return Unheard("no words")
        if len(said) == 1 and len(said.plain[0]) == 1 and not said.plain[0].isdigit():
            return Unheard("a single letter")
        return None


class Sentences:
    """The sentence templates of all functions, in each language."""

    def __init__(self, grammars: Iterable[Grammar], now: Callable[[], dt.datetime]) -> None:
        self._languages = {grammar.language: Templates(grammar, now) for grammar in grammars}

    def decide(self, text: str, language: str) -> Route | None:
        templates = self._languages.get(language)
        return templates.match(text) if templates else None


class OpenQuestion:
    """What no function understands: for the language model, or refused."""

    def __init__(self, settings: RouteSettings) -> None:
        self._refuse = settings.open_questions == "refuse"

    def decide(self, text: str, language: str) -> Route:
        if self._refuse:
            return Unheard("no function fits, and open questions are turned off")
        return Question(text.strip(), "no function fits")


class Cascade:
    """The router: silence, sentence templates, open question."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        languages: Sequence[str],
        settings: RouteSettings,
        now: Callable[[], dt.datetime] = localtime.now,
    ) -> None:
        """now: what "at seven" and "tomorrow" are resolved against; aware."""
        functions = list(functions)
        languages = languages if settings.templates else ()
        self._grammars = {name: compile_grammar(functions, name) for name in languages}
        self._last = OpenQuestion(settings)
        self._steps: list[Step] = [Silence(), Sentences(self._grammars.values(), now)]

    def route(self, text: str, language: str) -> Route:
        for step in self._steps:
            if (decision := step.decide(text, language)) is not None:
                return decision
        return self._last.decide(text, language)

    def vocabulary(self, language: str) -> list[str]:
        """Words that speech recognition is biased to, the most useful first."""
        grammar = self._grammars.get(language)
        return vocabulary(grammar) if grammar else []
