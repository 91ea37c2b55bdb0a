"""One answer on its way: tokens to text, until it ends."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable

from assistant.stages import Answer
from assistant.think.llama import Llama
from assistant.think.loops import Repetition
from assistant.worker import Cancel


class Writing:
    """Writes one answer with a model whose prompt is evaluated."""

    def __init__(
        self,
        llama: Llama,
        on_text: Callable[[str], object],
        cancel: Cancel,
        begun: str = "",
    ) -> None:
        self.ended_by = "cancelled"
        self.cached_tokens = 0
        self._llama = llama
        self._on_text = on_text
        self._cancel = cancel
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = begun
        self._repetition = Repetition()
        self._repetition.know(begun)
        self._text = ""
        self._tokens = 0
        self._started = time.monotonic()
        self._first_token_seconds = 0.0

    def run(self, temperature: float, most_tokens: int) -> None:
        """Write until the end. Raises Aborted."""
        sampler = self._llama.sampler(temperature)
        sampler.said(self._llama.tokenize(self._begun, control=False))
        try:
            while not self._cancel.is_set():
                token = sampler.next()
                if self._llama.ends(token):
                    self.ended_by = "end"
                    return
                self._write(token)
                if self._repetition.found(token, self._text):
                    self.ended_by = "loop"
                    return
                if self._tokens == most_tokens:
                    self.ended_by = "length"
                    return
                self._llama.append([token])
        finally:
            sampler.close()

    def _write(self, token: int) -> None:
        self._tokens += 1
        if self._tokens == 1:
            self._first_token_seconds = time.monotonic() - self._started
        piece = self._decoder.decode(self._llama.piece(token))
        if not self._text:
            piece = piece.lstrip()
        if piece:
            self._text += piece
            self._on_text(piece)

    def answer(self, prompt_tokens: int) -> Answer:
        return Answer(
            text=self._text,
            prompt_tokens=prompt_tokens,
            cached_tokens=self.cached_tokens,
            tokens=self._tokens,
            first_token_seconds=self._first_token_seconds,
            seconds=time.monotonic() - self._started,
            ended_by=self.ended_by,
        )
