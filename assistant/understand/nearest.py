"""A step of the cascade: the nearest example by sentence embedding.

For what people say in words of their own: "it's way too dark for reading, more light". A sentence
that only looks alike must not do anything, so nearness alone decides nothing: the function must
also have a place for every value, know nearly every word that carries meaning, and not be the
contrary of what was said. See `decide` for the rules, and the figures beside each number.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, TimeoutError as TooLate
from dataclasses import dataclass

import numpy as np

from assistant.embedding import Embedder, Vectors, embedded
from assistant.errors import fault
from assistant.types import Choice, Intent, Unheard
from assistant.understand import kept_examples
from assistant.understand.example_sentences import Example, elsewhere, examples
from assistant.understand.filling import Filled, Filler
from assistant.understand.grammar import Grammar, Understandable
from assistant.understand.kept_examples import Prepared
from assistant.understand.normalize import Words, without_courtesy, words
from assistant.understand.opposites import contrary, negated
from assistant.understand.sentences import Templates
from assistant.understand.step import Finding, Given, nothing
from assistant.worker import Worker

log = logging.getLogger(__name__)

SURE = 0.62
"""Cosine from which a function is taken, when it explains every word."""
SURER = 0.78
"""The same, when some words are not explained, or a slot was filled with such words."""
UNEXPLAINED = 1
"""Content words that need no explanation, and no more than a third of the words. With two of them
"turn on the lamp factory whistle" turned on the lamp."""
MARGIN = 0.04
"""Cosine by which the best must be ahead of another function."""
AHEAD = 0.12
"""Cosine by which it must be ahead of what no function does."""
REFUSE = 0.7
"""Cosine to what no function does from which it is refused rather than answered."""
_SHORTEST = 2  # words: of a single one nobody can say what is meant
_LOOKED_AT = 8  # functions
_PATIENCE = 1.5  # seconds that a sentence waits for the model to be loaded


@dataclass(frozen=True, slots=True)
class Near:
    """A function, by its example that is nearest to a sentence."""

    function: str | None
    example: str
    cosine: float


class Nearest:
    """Finds the nearest function of one language.

    The model belongs to its worker. Nothing is loaded before `prepare`, or the first sentence
    that comes here; the examples of the functions are embedded once, and kept on disk.
    """

    def __init__(
        self,
        grammar: Grammar,
        templates: Templates,
        embedder: Worker[Embedder],
        now: Callable[[], dt.datetime],
        refusal: Callable[[str], Unheard | None] = lambda _: None,
    ) -> None:
        """refusal: of a sentence that asks for what nothing here can do."""
        self._grammar = grammar
        self._refusal = refusal
        self._language = grammar.language
        self._templates = templates
        self._embedder = embedder
        self._now = now
        self._fillers: dict[str, Filler] = {}
        self._preparing: Future[Prepared | None] | None = None
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._begun: tuple[str, Future[Vectors]] | None = None

    def begin(self, given: Given) -> None:
        """Start with the vector of a sentence while cheaper steps look at it: they take as long.
        Does nothing before the examples are there."""
        said = without_courtesy(words(given.text, self._language), self._language)
        preparing = self._preparing
        if len(said) >= _SHORTEST and preparing and preparing.done() and self._embedder.loaded:
            self._begun = self._vector_of(" ".join(said.said))

    def _vector_of(self, text: str) -> tuple[str, Future[Vectors]]:
        return text, self._embedder.start(lambda e: e.embed([text]))

    def prepare(self) -> Future[Prepared | None]:
        """Load the model and embed the examples; does not wait."""
        with self._lock:
            failed = self._preparing and self._preparing.done() and self._preparing.exception()
            if self._preparing is None or failed:
                self._preparing = self._embedder.start(self._prepare)
            return self._preparing

    def rest(self) -> None:
        """Let go of the examples; they are read again, in a moment, when somebody asks."""
        self._fillers = {}
        with self._lock:
            if self._preparing is not None and self._preparing.done():
                self._preparing = None

    def close(self) -> None:
        """The program ends: do not go on preparing."""
        self._closed.set()

    def look(self, given: Given) -> Finding:
        said = without_courtesy(words(given.text, self._language), self._language)
        if len(said) < _SHORTEST:
            return nothing("fewer than two words")
        try:
            near = self.near(said)
        except Exception as error:  # noqa: BLE001  a model that is missing or broken: one step less
            log.warning("the nearest example is not known: %s", fault(error))
            return nothing(f"no embedding: {fault(error)}")
        if near is None:
            return nothing("the examples are still being prepared")
        return self._decide(said, near)

    def near(self, said: Words) -> list[Near] | None:
        """The nearest functions, the best first, None among them for what no function does;
        None while the examples are still being prepared."""
        try:
            prepared = self.prepare().result(_PATIENCE)
        except TooLate:
            return None
        if prepared is None:
            return None
        text = " ".join(said.said)
        begun, self._begun = self._begun, None
        if begun is None or begun[0] != text:
            begun = self._vector_of(text)
        vector = self._embedder.done(begun[1])[0]
        # not `@`: a matrix library wakes all cores for it, and waits for them
        cosines = np.einsum("ij,j->i", prepared.vectors, vector)
        best: dict[str | None, Near] = {}
        for i in np.argsort(-cosines):
            example = prepared.examples[i]
            if example.function in best:
                continue
            if example.function and contrary(said.plain, prepared.words[i], self._language):
                continue
            best[example.function] = Near(example.function, example.text, float(cosines[i]))
            if len(best) == _LOOKED_AT:
                break
        return list(best.values())

    def _decide(self, said: Words, near: Sequence[Near]) -> Finding:
        best = near[0]
        shown = f"“{best.example}” {best.cosine:.2f}"
        if best.function is None:
            return self._refuse(said, best, shown)
        if negated(said.plain, self._language):
            return nothing(f"nearest {shown}, but something is denied or excepted", best.cosine)
        if any(n.function is None and best.cosine - n.cosine < AHEAD for n in near[1:]):
            return nothing(f"nearest {shown}, but as near to what no function does", best.cosine)
        rivals = [n for n in near[1:] if best.cosine - n.cosine < MARGIN]
        allowed = min(UNEXPLAINED, len(said) // 3)
        found = [(n, self._fill(n, said)) for n in [best, *rivals]]
        fitting = [(n, filled) for n, filled in found if not self._why(n, filled, allowed)]
        if not fitting:
            return nothing(f"nearest {shown}, but {self._why(*found[0], allowed)}", best.cosine)
        intents = tuple(self._intent(n, filled) for n, filled in fitting)
        if len(intents) == 1:
            return Finding(intents[0], best.cosine, intents[0].reason)
        reason = f"{shown}, and “{fitting[1][0].example}” {fitting[1][0].cosine:.2f}"
        return Finding(Choice(intents[:2], reason), best.cosine, reason)

    def _refuse(self, said: Words, best: Near, shown: str) -> Finding:
        if best.example in elsewhere(self._language, "refused") and best.cosine >= REFUSE:
            reason = f"nearest {shown}, which nothing here can do"
            like = self._refusal(best.example)
            reply = like.reply if like is not None else ""
            return Finding(Unheard(reason, refused=True, reply=reply), best.cosine, reason)
        return nothing(f"nearest {shown}, which no function does", best.cosine)

    def _fill(self, near: Near, said: Words) -> Filled:
        assert near.function is not None
        filler = self._fillers.get(near.function)
        if filler is None:
            function = self._grammar.functions[near.function]
            filler = self._fillers[near.function] = Filler(function, self._language)
        return filler.fill(said, self._now)

    def _why(self, near: Near, filled: Filled, allowed: int) -> str:
        """What speaks against it; "" when nothing does. allowed: words without explanation."""
        assert near.function is not None
        function = self._grammar.functions[near.function]
        if function.dangerous or function.own_words:
            return "it wants its own words"
        if filled.unused:
            return "it has no place for a value"
        if filled.slots and not filled.named:  # "make that six" is about anything
            return "none of the words is its own"
        unexplained = len(filled.unexplained) + filled.guessed
        if unexplained > allowed:
            return f"it does not know {unexplained} of the words"
        if near.cosine < (SURER if unexplained else SURE):
            return "it is not near enough"
        return ""

    def _intent(self, near: Near, filled: Filled) -> Intent:
        assert near.function is not None
        reason = f"nearest “{near.example}” {near.cosine:.2f}"
        return Intent(near.function, dict(filled.slots), "nearest", near.cosine, reason)

    def _prepare(self, embedder: Embedder) -> Prepared | None:
        file = kept_examples.file_of(self._grammar, embedder.name)
        prepared = kept_examples.read(file)
        if prepared is None and (prepared := self._made(embedder)) is not None:
            kept_examples.write(file, prepared)
        return prepared

    def _made(self, embedder: Embedder) -> Prepared | None:
        """Takes a second of a core, and 4 ms for each sentence that was never embedded; None when
        the program ends meanwhile."""
        functions = [f for f in self._grammar.functions.values() if not _tells_only_of_others(f)]
        shown: list[Example] = []
        for example in examples(functions, self._language):
            if self._closed.is_set():
                return None
            if example.function is not None or self._templates.match(example.text) is None:
                shown.append(example)
        texts = [e.text for e in shown]
        vectors = embedded(embedder, texts, self._language, self._closed.is_set)
        if vectors is None:
            return None
        plain = [words(text, self._language).plain for text in texts]
        return Prepared(vectors, shown, plain)


def _tells_only_of_others(function: Understandable) -> bool:
    """Help by topic ("help with the timers") holds the words of every family."""
    return function.name.endswith(".topic")
