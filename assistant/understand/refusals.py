"""What people ask of assistants and this one cannot do, by its sentences: mail, taxis, games.

To know these sentences keeps functions from taking their words for something else ("play chess"
would be music), and lets it be said plainly that it cannot be done here, which is a better answer
than "I did not understand" and than what a language model would make up.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from assistant.types import Intent
from assistant.understand.grammar import Pattern, compile_grammar
from assistant.understand.sentences import Templates


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
def _refused() -> Pattern:
    table = tomllib.loads(Path(__file__).with_name("refused.toml").read_text("utf-8"))
    return Pattern(
        "refused",
        {language: told["sentences"] for language, told in table.items()},
        {"what": str, "who": str},
        {language: told["rules"] for language, told in table.items()},
    )
