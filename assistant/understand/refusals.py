"""What people ask of assistants and this one cannot do, by its sentences: mail, taxis, games.

To know these sentences keeps functions from taking their words for something else ("play chess"
would be music), and lets it be said plainly what cannot be done here and why, which is a better
answer than "I did not understand" and than what a language model would make up.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from assistant.types import Intent, Unheard
from assistant.understand.grammar import Pattern, compile_grammar
from assistant.understand.sentences import Templates

_SLOTS: Mapping[str, Any] = {"what": str, "who": str, "n": str, "person": Annotated[str, 2]}
_NO_NAME = frozenset(
    "me it that this them us you a an the my again out off something someone somebody up"
    " stop cancel help".split()
)
"""With what no name begins: "call me Ishmael" rings nobody."""

_NAMED = frozenset({"streaming", "web", "translation"})
"""What is asked for by naming a service, or a language. It comes before any function that would
take that name for a part of something else."""


class Refusals:
    """The sentences of one language."""

    def __init__(self, language: str, now: Callable[[], dt.datetime]) -> None:
        self._templates = Templates(compile_grammar(_refused(), language), now)
        self._said = _said(language)

    def refusal(self, text: str, meant: Intent | None = None) -> Unheard | None:
        """Why a sentence is refused, and what is said of it; None when it is not, or when the
        function that it is taken for leaves as few words open."""
        if meant is not None and meant.score == 1:
            return None
        found = self._templates.match(text)
        if found is None:
            return None
        # "play the latest episode on Spotify": what names a service is for that
        named = found.function in _NAMED
        if meant is not None and meant.score >= found.score and not named:
            return None
        if found.slots.get("person", "-").split()[0] in _NO_NAME:
            return None
        reason = f"{found.reason}, which nothing here can do"
        return Unheard(reason, refused=True, reply=self._said[found.function])


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("refused.toml").read_text("utf-8"))


@cache
def _refused() -> list[Pattern]:
    """A pattern for each thing that is asked for, with the sentences of every language."""
    table = _table()
    rules = {language: told["rules"] for language, told in table.items()}
    about = dict.fromkeys(topic for told in table.values() for topic in told["about"])
    return [
        Pattern(
            topic,
            {k: told["about"][topic]["sentences"] for k, told in table.items()},
            _SLOTS,
            rules,
        )
        for topic in about
    ]


def _said(language: str) -> Mapping[str, str]:
    """What is said of each thing."""
    told = _table().get(language, {"about": {}})
    return {topic: each["say"] for topic, each in told["about"].items()}
