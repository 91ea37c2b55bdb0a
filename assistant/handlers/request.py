"""What a function is told when it is called, and the words for its reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant import spoken
from assistant.errors import FunctionError
from assistant.types import Ask, Intent, Past, Reply


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, and when. The first parameter of every function."""

    text: str
    language: str
    now: dt.datetime  # aware, local
    last_reply: str = ""
    past: Past | None = None  # the last turn that called a function, if it was not long ago

    @property
    def previous(self) -> Intent | None:
        """The function that was called last, and with which values: what "it" may stand for."""
        return self.past.intents[-1] if self.past else None

    def say(
        self,
        en: str,
        es: str = "",
        *,
        listen_again: bool = False,
        then: Callable[[], object] | None = None,
        undo: Callable[[], object] | None = None,
        **values: Any,
    ) -> Reply:
        """A reply in the user's language, with `values` in words: {time} becomes "seven oh five".

        en, es: constants, never text that came from outside. Without `es`, `en` is said.
        listen_again: the reply is a question; the answer needs no wake word.
        then: what changes something, in a function that is called `ahead`.
        undo: takes that back, when "undo" is said.
        """
        text = self._fill(en, es, values)
        return Reply(text, self.language, listen_again=listen_again, then=then, undo=undo)

    def ask(
        self,
        en: str,
        es: str,
        function: str,
        slot: str,
        known: Mapping[str, Any] | None = None,
        **values: Any,
    ) -> Reply:
        """Ask for a value that is missing: the bare answer calls `function` with it in `slot`,
        and with what is `known` already. `values` are said in the question."""
        text, asks = self._fill(en, es, values), Ask(function, slot, known or {})
        return Reply(text, self.language, listen_again=True, asks=asks)

    def error(self, en: str, es: str = "", **values: Any) -> FunctionError:
        """To be raised: says why it cannot be done."""
        sentence = self._fill(en, es, values)
        return FunctionError(sentence, spoken={self.language: sentence, "en": sentence})

    def pick(self, en: str, es: str) -> str:
        return es if self.language == "es" else en

    def _fill(self, en: str, es: str, values: Mapping[str, Any]) -> str:
        words = {name: spoken.render(value, self.language) for name, value in values.items()}
        text = self.pick(en, es or en).format(**words)
        return text[:1].upper() + text[1:]
