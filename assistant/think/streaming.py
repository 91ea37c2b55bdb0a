"""An answer that is spoken while it is written."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from typing import Any

from assistant.channel import Channel
from assistant.errors import AssistantError
from assistant.stages import Answer, Exchange, Thinker
from assistant.worker import Cancel, Worker

PIECES = 4096
"""Room between the language model and the voice; more than any answer has tokens, so the model
never waits for the voice."""
ENDS = (".", "!", "?", "…", ",", ";", ":", '"', ")")
SILENT = {"en": "Sorry, I have no answer to that.", "es": "Lo siento, no tengo respuesta a eso."}


class StreamedAnswer:
    """A question that was handed to the language model's thread.

    `pieces` yields the text as it is written, and ends when the model does or the turn is
    cancelled.
    """

    def __init__(
        self,
        thinker: Worker[Thinker],
        question: str,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        cancel: Cancel,
        begun: str = "",
    ) -> None:
        self._asked_at = time.monotonic()
        self._enough = False
        self._cancel = Cancel()  # of the model alone: the turn goes on when enough is written
        channel: Channel[str] = Channel(PIECES)
        cancel.on_set(channel.close)
        cancel.on_set(self._cancel.set)

        def answer(model: Thinker) -> Answer:
            return model.answer(
                question,
                language=language,
                history=history,
                facts=facts,
                on_text=channel.put,
                cancel=self._cancel,
                begun=begun,
            )

        self._future: Future[Answer] = thinker.start(answer)
        self._future.add_done_callback(lambda _: channel.close())
        self.pieces: Iterator[str] = channel.each(thinker.look)
        self._model = thinker

    def enough(self) -> None:
        """No more of it will be said: the model need not write on."""
        self._enough = True
        self._cancel.set()

    def whole(self, sentences: Iterator[str]) -> Iterator[str]:
        """`sentences` of the pieces, without a last one that the limit of tokens cut off.

        Only a sentence without an end is held back until it is known whether more follows, so
        speech starts no later.
        """
        said = False
        fragment = ""
        for sentence in sentences:
            if fragment:
                yield fragment
            fragment = "" if sentence.endswith(ENDS) else sentence
            if not fragment:
                yield sentence
            said = True
        if fragment and not (said and self._ended_by() == "length"):
            yield fragment

    def _ended_by(self) -> str:
        return self._model.done(self._future).ended_by

    def result(self, *, said: bool = True) -> tuple[float, Answer, dict[str, Any]]:
        """(monotonic start, answer, detail for the trace), once the pieces have ended.

        said: whether anything was said. Raises what went wrong in the model, and AssistantError
        when nothing was.
        """
        answer = self._model.done(self._future)
        if not said:
            raise AssistantError("The language model had nothing to say.", spoken=SILENT)
        detail = {
            "prompt_tokens": answer.prompt_tokens,
            "cached_tokens": answer.cached_tokens,
            "tokens": answer.tokens,
            "first_token_seconds": round(answer.first_token_seconds, 3),
            "ended_by": "enough" if self._enough else answer.ended_by,
        }
        return self._asked_at, answer, detail
