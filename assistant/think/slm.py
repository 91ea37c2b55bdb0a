"""The small language model: answers an open question in a few spoken sentences."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from assistant import models
from assistant.errors import ModelError
from assistant.settings import Think
from assistant.stages import Answer, Chosen, Exchange, Tool
from assistant.think.kept_prefix import SHORTEST, KeptPrefixes
from assistant.think.llama import Aborted, Llama
from assistant.think.memory import folded
from assistant.think.prompt import Message, messages
from assistant.think.tools import OPENING, chosen, grammar, prompt
from assistant.think.writing import Writing
from assistant.worker import Cancel

_MARK = 0xE000  # private-use characters, which stand for the contents while a template is filled
_MOST_CHOICE_TOKENS = 96  # a name, and a few values
_MOST_THREADS = 4  # more gain little: reading the weights from memory is the limit


def load_thinker(
    settings: Think, model: str = "", about: Callable[[str], str] = lambda _: ""
) -> LlamaThinker:
    """A model of the catalog; without a name that of the settings. about: by language, what it is
    told of this device. Raises ModelError when it is not installed or damaged."""
    return LlamaThinker(models.locate(model or settings.model), settings, about)


class LlamaThinker:
    """A GGUF model with its own chat template. Raises ModelError when it cannot be used."""

    def __init__(
        self, path: Path, settings: Think, about: Callable[[str], str] = lambda _: ""
    ) -> None:
        threads = settings.threads or min(max((os.cpu_count() or 1) - 1, 1), _MOST_THREADS)
        self._settings = settings
        self._about = about
        self._current: Cancel | None = None
        self._llama = Llama(
            path,
            context=settings.context,
            threads=threads,
            gpu_layers=settings.gpu_layers,
            batch=settings.batch,
            kv_cache=settings.kv_cache,
            mmap=settings.mmap,
        )
        keeps = settings.keep_prefix
        self._kept = KeptPrefixes(self._llama.fingerprint()) if keeps else None
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
        """Answer `question`, as stages.Thinker says. The oldest of the history is told in short
        when the context is too small for it, then left out, then the facts, then the middle of
        the question."""
        self._watch(cancel)
        writing = Writing(self._llama, on_text, cancel)
        prompt: list[int] = []
        try:
            if not cancel.is_set():
                prompt = self._prompt(question, language, history, facts)
                new = self._begin(language)
                writing.cached_tokens = max(0, self._llama.evaluate(prompt) - new)
                writing.run(self._settings.temperature, self._most_tokens)
        except Aborted:
            writing.ended_by = "cancelled"
        finally:
            self._current = None
        return writing.answer(len(prompt))

    def prepare(self, *, language: str, history: Sequence[Exchange], cancel: Cancel) -> None:
        """Evaluate ahead what the next prompt will begin with, as stages.Thinker says."""
        self._watch(cancel)
        try:
            if not cancel.is_set():
                self._begin(language)
                kept = self._recent(history)
                before = self._encode(messages("", language, kept, (), self._about), short=True)
                if len(before) <= self._llama.context - self._most_tokens:
                    self._llama.evaluate(before)
        except Aborted:
            pass
        finally:
            self._current = None

    def prefix(self, language: str) -> list[int]:
        """The tokens that every prompt of a language begins with."""
        return self._encode(messages("", language, (), (), self._about), short=True)

    def _begin(self, language: str) -> int:
        """Have what every prompt begins with evaluated: it still is, or it is read from the disk,
        or it is evaluated now and kept. How many tokens that were. Raises Aborted."""
        prefix = self.prefix(language)
        if len(prefix) < SHORTEST or self._llama.begins_with(prefix):
            return 0
        state = self._kept.read(prefix) if self._kept else None
        if state is not None and self._llama.restore(prefix, state):
            return 0
        new = len(prefix) - self._llama.evaluate(prefix)
        if self._kept:
            self._kept.write(prefix, self._llama.state())
        return new

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

    def _recent(self, history: Sequence[Exchange]) -> list[Exchange]:
        return list(history[-self._settings.history :]) if self._settings.history else []

    def _prompt(
        self,
        question: str,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
    ) -> list[int]:
        """Tokens of the whole prompt, leaving room for the answer."""
        room = self._llama.context - self._most_tokens
        kept = self._recent(history)
        about = self._about
        while True:
            said = messages(question, language, kept, facts, about)
            prompt = self._encode(said)
            if len(prompt) <= room:
                return prompt
            if kept:
                kept = folded(kept, len(kept) // 2) if len(kept) > 1 else []
            elif facts:
                facts = ()
            elif about(language):
                about = _nothing
            elif len(question) < 8:
                raise ModelError("think.context is too small to ask anything. Set it higher.")
            else:
                question = _shortened(question, room / len(prompt))

    def _encode(self, said: list[Message], *, short: bool = False) -> list[int]:
        """Tokens of the filled template; `short`: up to the content of the last message. Only the
        template's own marks become control tokens: what people, files and models wrote is
        tokenised as the text that it is."""
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
                if short and index == len(contents) - 1:
                    return tokens
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


def _nothing(_language: str) -> str:
    return ""


def _shortened(question: str, share: float) -> str:
    """About `share` of the question, without its middle: what is asked mostly stands at the
    beginning or at the end. Always shorter than before."""
    keep = max(int(len(question) * min(share, 0.9) * 0.45), 1)
    return f"{question[:keep].rstrip()} … {question[-keep:].lstrip()}"
