"""What every step of the cascade gives: a decision or none, a score, and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from assistant.stages import Ear
from assistant.types import Route
from assistant.worker import Cancel


@dataclass(frozen=True, slots=True)
class Finding:
    """route: None leaves the sentence to the next step. score: 0..1, in the scale of the step.
    reason: for the trace; templates and examples, never what was said."""

    route: Route | None
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a step has to go by."""

    text: str
    language: str
    ear: Ear | None = None  # None: it was typed
    cancel: Cancel = field(default_factory=Cancel)


class Step(Protocol):
    def look(self, given: Given) -> Finding:
        """What is meant, as far as this step can tell."""


def nothing(reason: str, score: float | None = None) -> Finding:
    return Finding(None, score, reason)


class ByLanguage:
    """The step of the language that is spoken."""

    def __init__(self, languages: Mapping[str, Step]) -> None:
        self._languages = languages

    def look(self, given: Given) -> Finding:
        step = self._languages.get(given.language)
        return step.look(given) if step else nothing("not in this language")
