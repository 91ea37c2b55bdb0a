"""The small language model: answers an open question in a few spoken sentences."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from assistant import models
from assistant.errors import ModelError
from assistant.settings import Think
from assistant.stages import Answer, Call, Called, Exchange, Tool
from assistant.think import calls
from assistant.think.chat import Chat
from assistant.think.kept_prefix import SHORTEST, KeptPrefixes
from assistant.think.llama import Aborted, Llama
from assistant.think.memory import folded
from assistant.think.prompt import messages
from assistant.think.writing import Writing
from assistant.worker import Cancel

_MOST_CALL_TOKENS = 192  # a few calls, each with its values
CONTEXT, CONTEXT_WITH_FUNCTIONS = 1024, 2048
"""Tokens, where the settings leave it open. Their memory is taken whether they are used
or not (23 kB each with SmolLM2-135M). A prompt with the history, the question and an answer
of 80 tokens has some 500; one with a shortlist of functions and what they told twice as many."""
_MOST_THREADS = 4  # more gain little: reading the weights from memory is the limit


def load_thinker(
    settings: Think, model: str = "", about: Callable[[str], str] = lambda _: ""
) -> LlamaThinker:
    """A model of the catalog; without a name that of the settings. about: by language, what it is
    told of this device. Raises ModelError when it is not installed or damaged."""
    model = model or settings.model
    if not settings.context and models.find(model).tools is True:
        settings = msgspec.structs.replace(settings, context=CONTEXT_WITH_FUNCTIONS)
    return LlamaThinker(models.locate(model), settings, about)


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
            context=settings.context or CONTEXT,
            threads=threads,
            gpu_layers=settings.gpu_layers,
            batch=settings.batch,
            kv_cache=settings.kv_cache,
            mmap=settings.mmap,
        )
        try:
            keeps = settings.keep_prefix
            self._kept = KeptPrefixes(self._llama.fingerprint()) if keeps else None
            self._most_tokens = min(settings.max_tokens, self._llama.context // 2)
            self._chat = Chat(self._llama, path.name)
        except BaseException:  # whoever asks next loads it again: nothing of it may stay
            self._llama.close()
            raise

    @property
    def llama(self) -> Llama:
        """The engine, to be measured."""
        return self._llama

    def answer(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        on_text: Callable[[str], object],
        cancel: Cancel,
        begun: str = "",
    ) -> Answer:
        """Answer `question`, as stages.Thinker says. The oldest of the history is told in short
        when the context is too small for it, then left out, then the facts, then the beginning of
        what was said of the answer, then the middle of the question.

        What the answer had `begun` with was prepared as a part of the conversation, so to write on
        costs hardly a token."""
        self._watch(cancel)
        writing = Writing(self._llama, on_text, cancel, begun)
        prompt: list[int] = []
        try:
            if not cancel.is_set():
                prompt = self._prompt(question, language, history, facts, begun)
                new = self._begin(self.prefix(language))
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
                self._begin(self.prefix(language))
                kept = self._recent(history)
                before = self._chat.encode(
                    messages("", language, kept, (), self._about), short=True
                )
                if len(before) <= self._llama.context - self._most_tokens:
                    self._llama.evaluate(before)
        except Aborted:
            pass
        finally:
            self._current = None

    def prefix(self, language: str) -> list[int]:
        """The tokens that every prompt of a language begins with."""
        return self._chat.encode(messages("", language, (), (), self._about), short=True)

    def _begin(self, prefix: Sequence[int]) -> int:
        """Have what every prompt begins with evaluated: it still is, or it is read from the disk,
        or it is evaluated now and kept. How many tokens that were. Raises Aborted."""
        if len(prefix) < SHORTEST or self._llama.begins_with(prefix):
            return 0
        state = self._kept.read(prefix) if self._kept else None
        if state is not None and self._llama.restore(prefix, state):
            return 0
        new = len(prefix) - self._llama.evaluate(prefix)
        if self._kept:
            self._kept.write(prefix, self._llama.state())
        return new

    def call(
        self,
        question: str,
        tools: Sequence[Tool],
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        called: Sequence[Called],
        cancel: Cancel,
    ) -> Sequence[Call] | None:
        """Which functions are to be called next, as stages.ToolUser says. Where the context is too
        small for the functions and what they told, none is."""
        for kept in (self._recent(history), []):
            said = calls.prompt(question, tools, called, language, kept, facts)
            if len(asked := self._chat.encode(said)) <= self._llama.context - _MOST_CALL_TOKENS:
                break
        else:
            return []
        before = self._chat.encode(
            [*calls.beginning(language), {"role": "user", "content": ""}], short=True
        )
        rules = calls.grammar(tools, language)
        written = self._within(rules, asked, _MOST_CALL_TOKENS, cancel, before)
        if written is None:
            return None
        reached = list(itertools.accumulate(len(piece) for piece, _ in written))
        likely = [probability for _, probability in written]
        text = b"".join(piece for piece, _ in written)
        return calls.calls(text, list(zip(reached, likely, strict=True)))

    def _within(
        self,
        rules: str,
        asked: list[int],
        most: int,
        cancel: Cancel,
        before: Sequence[int] = (),
    ) -> list[tuple[bytes, float]] | None:
        """What the model writes within a grammar, each token with its probability; None when
        cancelled. before: what every such prompt begins with."""
        self._watch(cancel)
        sampler = self._llama.constrained(rules)
        written: list[tuple[bytes, float]] = []
        try:
            if not cancel.is_set():
                self._begin(before)
                self._llama.evaluate(asked)
            while not cancel.is_set() and len(written) < most:
                token, likely = sampler.next()
                if self._llama.ends(token):
                    break
                written.append((self._llama.piece(token), likely))
                self._llama.append([token])
        except Aborted:
            return None
        finally:
            self._current = None
            sampler.close()
        return None if cancel.is_set() else written

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
        begun: str = "",
    ) -> list[int]:
        """Tokens of the whole prompt, leaving room for the answer."""
        room = self._llama.context - self._most_tokens
        kept = self._recent(history)
        about = self._about
        while True:
            said = messages(question, language, kept, facts, about)
            prompt = self._chat.encode(said) + self._llama.tokenize(begun, control=False)
            if len(prompt) <= room:
                return prompt
            if kept:
                kept = folded(kept, len(kept) // 2) if len(kept) > 1 else []
            elif facts:
                facts = ()
            elif about(language):
                about = _nothing
            elif begun:
                begun = " ".join(begun.split()[len(begun.split()) // 2 + 1 :])
            elif len(question) < 8:
                raise ModelError("think.context is too small to ask anything. Set it higher.")
            else:
                question = _shortened(question, room / len(prompt))


def _nothing(_language: str) -> str:
    return ""


def _shortened(question: str, share: float) -> str:
    """About `share` of the question, without its middle: what is asked mostly stands at the
    beginning or at the end. Always shorter than before."""
    keep = max(int(len(question) * min(share, 0.9) * 0.45), 1)
    return f"{question[:keep].rstrip()} … {question[-keep:].lstrip()}"
