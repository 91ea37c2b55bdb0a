"""The small language model: answers an open question in a few spoken sentences."""

from __future__ import annotations

import codecs
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from assistant import models
from assistant.errors import ModelError
from assistant.settings import Think
from assistant.stages import Answer, Chosen, Exchange, Tool
from assistant.think.llama import Aborted, Llama
from assistant.think.loops import Repetition
from assistant.think.prompt import Message, messages
from assistant.think.tools import OPENING, chosen, grammar, prompt
from assistant.worker import Cancel

_MARK = 0xE000  # private-use characters, which stand for the contents while a template is filled
_MOST_CHOICE_TOKENS = 96  # a name, and a few values
_MOST_THREADS = 4  # more gain little: reading the weights from memory is the limit


def load_thinker(settings: Think) -> LlamaThinker:
    """The model that the settings name. Raises ModelError when it is not installed or damaged."""
    return LlamaThinker(models.locate(settings.model), settings)


class LlamaThinker:
    """A GGUF model with its own chat template. Raises ModelError when it cannot be used."""

    def __init__(self, path: Path, settings: Think) -> None:
        threads = settings.threads or min(max((os.cpu_count() or 1) - 1, 1), _MOST_THREADS)
        self._settings = settings
        self._current: Cancel | None = None
        self._llama = Llama(
            path, context=settings.context, threads=threads, gpu_layers=settings.gpu_layers
        )
        self._most_tokens = min(settings.max_tokens, self._llama.context // 2)
        template = self._llama.chat_template
        if template is None:
            self._llama.close()
            raise ModelError(
                f"{path.name} has no chat template, so it cannot converse. "
                "Choose an instruction-tuned model: `assistant models list --task llm`."
            )
        self._format = Jinja2ChatFormatter(
            template=template,
            eos_token=self._llama.token_text("eos"),
            bos_token=self._llama.token_text("bos"),
        )

    def answer(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        on_text: Callable[[str], object],
        cancel: Cancel,
    ) -> Answer:
        """Answer `question`, as stages.Thinker says. The oldest of the history is left out when
        the context is too small for it, then the facts, then the middle of the question."""
        self._watch(cancel)
        writing = _Writing(self._llama, on_text, cancel)
        prompt: list[int] = []
        try:
            if not cancel.is_set():
                prompt = self._prompt(question, language, history, facts)
                writing.cached_tokens = self._llama.evaluate(prompt)
                writing.run(self._settings.temperature, self._most_tokens)
        except Aborted:
            writing.ended_by = "cancelled"
        finally:
            self._current = None
        return writing.answer(len(prompt))

    def choose(
        self, text: str, tools: Sequence[Tool], *, language: str, cancel: Cancel
    ) -> Chosen | None:
        """Which function a sentence asks for, as stages.ToolChooser says."""
        self._watch(cancel)
        sampler = self._llama.constrained(grammar(tools))
        written, score = b"", 1.0
        try:
            self._llama.evaluate(self._encode(prompt(text, tools, language)))
            for _ in range(_MOST_CHOICE_TOKENS):
                token, likely = sampler.next()
                if cancel.is_set():
                    return None
                if self._llama.ends(token):
                    break
                if OPENING in written and b", " not in written:  # within the name
                    score = min(score, likely)
                written += self._llama.piece(token)
                self._llama.append([token])
        except Aborted:
            return None
        finally:
            self._current = None
            sampler.close()
        return chosen(written.decode("utf-8", "replace"), score)

    def close(self) -> None:
        """Free the model's memory."""
        self._llama.close()

    def _watch(self, cancel: Cancel) -> None:
        """Let `cancel` abort this answer, and no later one."""
        self._current = cancel
        self._llama.abort(False)

        def abort() -> None:
            if self._current is cancel:
                self._llama.abort()

        cancel.on_set(abort)

    def _prompt(
        self, question: str, language: str, history: Sequence[Exchange], facts: Sequence[str]
    ) -> list[int]:
        """Tokens of the whole prompt, leaving room for the answer."""
        room = self._llama.context - self._most_tokens
        kept = list(history[-self._settings.history :]) if self._settings.history else []
        while True:
            prompt = self._encode(messages(question, language, kept, facts))
            if len(prompt) <= room:
                return prompt
            if kept:
                del kept[0]
            elif facts:
                facts = ()
            elif len(question) < 8:
                raise ModelError("think.context is too small to ask anything. Set it higher.")
            else:
                question = _shortened(question, room / len(prompt))

    def _encode(self, said: list[Message]) -> list[int]:
        """Tokens of the filled template. Only the template's own marks become control tokens:
        what people, files and models wrote is tokenised as the text that it is."""
        contents = [message["content"] for message in said]
        text = self._fill(
            [{"role": message["role"], "content": chr(_MARK + i)} for i, message in enumerate(said)]
        )
        tokens: list[int] = []
        start = 0
        for i, char in enumerate(text):
            index = ord(char) - _MARK
            if 0 <= index < len(contents):
                tokens += self._llama.tokenize(text[start:i], control=True)
                tokens += self._llama.tokenize(contents[index].strip(), control=False)
                start = i + 1
        return tokens + self._llama.tokenize(text[start:], control=True)

    def _fill(self, said: list[Message]) -> str:
        try:
            # models that think aloud first are asked not to: a voice has no time for it
            return str(self._format(messages=said, enable_thinking=False).prompt)
        except (TemplateError, ValueError):
            # Some templates know no system role: then the first question carries it.
            system, first, *rest = said
            joined = f"{system['content']}\n\n{first['content']}"
            joined_said = [{**first, "content": joined}, *rest]
            return str(self._format(messages=joined_said, enable_thinking=False).prompt)


class _Writing:
    """One answer on its way: tokens to text, until it ends."""

    def __init__(self, llama: Llama, on_text: Callable[[str], object], cancel: Cancel) -> None:
        self.ended_by = "cancelled"
        self.cached_tokens = 0
        self._llama = llama
        self._on_text = on_text
        self._cancel = cancel
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._repetition = Repetition()
        self._text = ""
        self._tokens = 0
        self._started = time.monotonic()
        self._first_token_seconds = 0.0

    def run(self, temperature: float, most_tokens: int) -> None:
        """Write until the end. Raises Aborted."""
        sampler = self._llama.sampler(temperature)
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


def _shortened(question: str, share: float) -> str:
    """About `share` of the question, without its middle: what is asked mostly stands at the
    beginning or at the end. Always shorter than before."""
    keep = max(int(len(question) * min(share, 0.9) * 0.45), 1)
    return f"{question[:keep].rstrip()} … {question[-keep:].lstrip()}"
