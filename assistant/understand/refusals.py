"""What people ask of assistants and this one cannot do, by its sentences: mail, taxis, games.

To know these sentences keeps functions from taking their words for something else ("play chess"
would be music), and lets it be said plainly that it cannot be done here, which is a better answer
than "I did not understand" and than what a language model would make up.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assistant.types import Intent
from assistant.understand.grammar import compile_grammar
from assistant.understand.sentences import Templates


@dataclass(frozen=True, slots=True)
class _Refused:
    """The sentences as a function that nobody can call: see `grammar.Understandable`."""

    sentences: Mapping[str, Sequence[str]]
    rules: Mapping[str, Mapping[str, str]]
    name: str = "refused"
    slots: Mapping[str, Any] = field(default_factory=lambda: {"what": str, "who": str})
    assumed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fillers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dangerous: bool = False
    own_words: bool = False
    drawn_examples: bool = False

    def available(self) -> bool:
        return False


class Refusals:
    """The sentences of one language."""

    def __init__(self, language: str, now: Callable[[], dt.datetime]) -> None:
        self._templates = Templates(compile_grammar([_refused()], language), now)

    def reason(self, text: str, meant: Intent | None) -> str:
        """Why a sentence is refused; "" when it is not, or when the function that it is taken for
        leaves as few words open."""
        if meant is not None and meant.score == 1:
            return ""
        found = self._templates.match(text)
        if found is None or (meant is not None and meant.score >= found.score):
            return ""
        return f"{found.reason}, which nothing here can do"


@cache
def _refused() -> _Refused:
    table = tomllib.loads(Path(__file__).with_name("refused.toml").read_text("utf-8"))
    return _Refused(
        {language: told["sentences"] for language, told in table.items()},
        {language: told["rules"] for language, told in table.items()},
    )
