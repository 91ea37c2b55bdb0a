"""What a document says, put into words by a model that is known to read well.

The source is said meanwhile. What the model made of the text is said only where it keeps to that;
else the words of the document are read out, as where no model is able.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assistant.errors import AssistantError
from assistant.stages import Excerpt, Known
from assistant.think.answers import Split, Streamed, Written
from assistant.worker import Cancel

_ASK = {
    "en": "Text: “{text}”\nAnswer from this text alone, in one short sentence: {question}",
    "es": "Texto: “{text}”\nResponde solo con este texto, en una frase corta: {question}",
}


def reading(text: str, question: str, language: str) -> str:
    """What a model is asked, with the text that it is to read."""
    return _ASK.get(language, _ASK["en"]).format(text=text, question=question)


class Phrased(Written):
    """known: what is said else. answer: what the model writes. said: called with this when it was
    said to its end."""

    def __init__(
        self,
        known: Known,
        excerpt: Excerpt,
        answer: Streamed,
        split: Split,
        cancel: Cancel,
        said: Callable[[Written], object],
    ) -> None:
        super().__init__(known.origin, self._spoken(), said, known.more)
        self._known = known
        self._excerpt = excerpt
        self._answer = answer
        self._split = split
        self._cancel = cancel
        self._kept = False

    def _spoken(self) -> Iterator[str]:
        if self._known.before:
            yield self._known.before
        made = list(self._answer.sentences)  # whether it keeps to the text is known at its end
        if self._cancel.is_set():
            return
        self._kept = bool(made) and self._excerpt.keeps_to(" ".join(made))
        yield from made if self._kept else self._split(iter([self._known.text]))

    def cost(self) -> tuple[float, float, Mapping[str, Any]] | None:
        """The model's work; None where it failed: what it was for was said all the same."""
        super().cost()
        with contextlib.suppress(AssistantError):
            start, seconds, detail = self._answer.cost()
            return start, seconds, {**detail, "kept_to_the_text": self._kept}
        return None
