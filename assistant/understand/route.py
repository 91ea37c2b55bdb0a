"""The cascade: what is meant by a sentence, decided by the cheapest step that can.

    silence       no words
    templates     the sentences of the functions, in Home Assistant's format; and of what is refused
    asides        the same, with talk around them
    by sound      the same, for what a recognizer mishears
    by ear        near sentences, told apart by the sound itself
    nearest       the nearest example by sentence embedding
    close         readings too close to each other: the user is asked
    open          a question for the language model, or not understood

Each step gives a decision, a score and a reason, or leaves the sentence to the next.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant import localtime
from assistant.embedding import Embedder
from assistant.patience import GRAMMAR
from assistant.settings import RouteSettings
from assistant.stages import Ear
from assistant.threads import named
from assistant.types import Completeness, Expected, Intent, Route
from assistant.understand.asides import Asides
from assistant.understand.by_ear import ByEar, as_written
from assistant.understand.close import Close
from assistant.understand.compiled import ClosedError, Compiled
from assistant.understand.example_sentences import elsewhere
from assistant.understand.grammar import Understandable
from assistant.understand.nearby import Candidate
from assistant.understand.normalize import words
from assistant.understand.step import ByLanguage, Finding, Given, Step
from assistant.understand.steps import Fitting, Listening, Matching, OpenQuestion, Silence
from assistant.understand.vocabulary import examples, names, vocabulary
from assistant.worker import Cancel, Worker

A_SENTENCE = 3
"""Words. Fewer of them are soon found in noise ("Stop.")."""

FAMILIAR = 0.6
"""Share of neighbouring words of a text that are neighbours in some sentence of a function: then it
may be one, of which a part was misheard ("double shot darkness, I smoke out with soy milk")."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one step found in a sentence, for whoever wants to see."""

    step: str
    finding: Finding
    seconds: float


class Cascade:
    """The router. The grammar of all functions takes two seconds to lay out at the very first time,
    and a tenth of one later, which nobody waits for before the first sentence: `start` does it
    meanwhile."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        languages: Sequence[str],
        settings: RouteSettings,
        now: Callable[[], dt.datetime] = localtime.now,
        *,
        embedders: Mapping[str, Worker[Embedder]] | None = None,
    ) -> None:
        """now: what "at seven" and "tomorrow" are resolved against; aware.
        embedders: by language, what finds the nearest example."""
        used = languages if settings.templates else ()
        self._closed = threading.Event()
        self._compile = partial(
            Compiled, functions, used, now, embedders or {}, self._closed.is_set
        )
        self._settings = settings
        self._now = now
        self._by_sound = settings.by_sound
        self._lock = threading.Lock()
        self._compiled: Compiled | None = None
        self._begun: threading.Thread | None = None
        self._steps: Mapping[str, Step] = {}
        self._latest: tuple[tuple[str, str, dt.datetime], Intent | None] | None = None

    def start(self) -> None:
        """Lay out the grammar, in a thread that ends with it, or at `close`."""

        def begin() -> None:
            named(GRAMMAR)
            with contextlib.suppress(ClosedError):
                self._made()

        self._begun = threading.Thread(target=begin, name="grammar", daemon=True)
        self._begun.start()

    def _made(self) -> Compiled:
        with self._lock:
            if self._compiled is None:
                self._take(self._compile())
            assert self._compiled is not None
            return self._compiled

    def _take(self, compiled: Compiled) -> None:
        self._steps = self._in_order(compiled)
        self._latest = None
        self._compiled = compiled

    def refresh(self) -> None:
        """Take in the functions and their phrases as they are now: names of devices come and go.

        It takes as long as making the cascade does. Whoever routes meanwhile, in another thread,
        goes on with the former phrases."""
        former = self._made()
        fresh = self._compile()
        fresh.warm()
        former.close()  # what it was still preparing is out of date
        with self._lock:
            self._take(fresh)

    def _in_order(self, made: Compiled) -> dict[str, Step]:
        fits = {k: Fitting(partial(self.exact, language=k), r) for k, r in made.refusals.items()}
        talk = {k: Asides(partial(self.exact, language=k), k) for k in made.templates}
        steps: dict[str, Step] = {"silence": Silence(), "templates": ByLanguage(fits)}
        steps["asides"] = ByLanguage(talk)
        if self._by_sound:
            near = {
                k: Matching(n.match, "nothing is near", [words(t, k) for t in elsewhere(k)])
                for k, n in made.nearby.items()
            }
            steps |= {"by sound": ByLanguage(near), "by ear": Listening(ByEar(made.nearby))}
        if made.nearest:
            steps["nearest"] = ByLanguage(made.nearest)
        if self._by_sound:
            steps["close"] = ByLanguage({k: Close(n) for k, n in made.nearby.items()})
        return steps | {"open": OpenQuestion(self._settings)}

    def route(
        self, text: str, language: str, ear: Ear | None = None, cancel: Cancel | None = None
    ) -> Route:
        *_, last = self.looks(Given(text, language, ear, cancel or Cancel()))
        assert last.finding.route is not None  # the last step always has one
        return last.finding.route

    def looks(self, given: Given, *, to_the_end: bool = False) -> Iterator[Look]:
        """What each step finds, up to the one that decides, or to the last one."""
        made = self._made()
        for name, step in self._steps.items():
            if name == "by sound" and (nearest := made.nearest.get(given.language)):
                nearest.begin(given)  # what it is not near to by sound, goes there
            began = time.perf_counter()
            finding = step.look(given)
            yield Look(name, finding, time.perf_counter() - began)
            if finding.route is not None and not to_the_end:
                return

    def exact(self, text: str, language: str) -> Intent | None:
        """The function that a text names, letter for letter; a `route` after it matches no more."""
        if (templates := self._made().templates.get(language)) is None:
            return None
        key = text, language, self._now().replace(microsecond=0)
        if self._latest is None or self._latest[0] != key:
            found = templates.match(text)
            if found is None or found.score < 1:
                found = self._made().corrections[language].corrected(text) or found
            self._latest = key, found
        return self._latest[1]

    def slots(self, function: str, language: str) -> Mapping[str, Any]:
        """The slots of a function and their types."""
        bare = self._made().bare.get(language)
        return bare.slots(function) if bare else {}

    def value(self, text: str, function: str, slot: str, language: str) -> Any | None:
        """What a text says for a slot of a function, and nothing else."""
        bare = self._made().bare.get(language)
        return bare.value(text, function, slot) if bare else None

    def expects(self, text: str, language: str) -> Expected:
        """What a text is to the functions. A sentence has some words: fewer are soon found in
        noise."""
        templates = self._made().templates.get(language)
        if templates is None:
            return "no"
        if templates.match(text) is not None:
            return "a sentence" if len(words(text, language)) >= A_SENTENCE else "no"
        if not self._by_sound or self._made().readers[language].familiar(text) < FAMILIAR:
            return "no"
        like = self._made().nearby[language].match(text) is not None
        return "by sound" if like and len(words(text, language)) >= A_SENTENCE else "nearly"

    def corrects(self, text: str, language: str) -> str:
        """The sentence that a text sounds like, as a recognizer writes it; "" if there is none."""
        nearby = self._made().nearby.get(language)
        corrected = nearby.corrected(text) if nearby and self._by_sound else None
        return as_written(corrected, text) if corrected else ""

    def warm(self) -> None:
        """Make what the first sentences would have to wait for."""
        self._made().warm()

    def ready(self) -> None:
        """Wait until everything is there; what cannot be loaded, its step tells."""
        self.warm()
        wait([nearest.prepare() for nearest in self._made().nearest.values()])

    def rest(self) -> None:
        """Let go of what was made while sentences were understood; `warm` makes the most of it."""
        if (made := self._compiled) is not None:
            made.rest()

    def close(self) -> None:
        """The program ends; a grammar that is still being laid out is given up."""
        self._closed.set()
        if self._begun is not None:
            self._begun.join()
        if (made := self._compiled) is not None:
            made.close()

    def candidates(self, text: str, language: str, most: int = 8) -> list[Candidate]:
        """Sentences near to a text, the nearest first, for whoever can tell them apart."""
        nearby = self._made().nearby.get(language)
        return nearby.candidates(text, most) if nearby else []

    def near(self, text: str, language: str) -> Sequence[tuple[str | None, float]]:
        """The functions whose examples are nearest to a text, the nearest first, each with its
        cosine; None among them for what no function does. Empty where no model finds them."""
        nearest = self._made().nearest.get(language)
        with contextlib.suppress(Exception):  # a model that is missing or broken is told elsewhere
            found = nearest.near(words(text, language)) if nearest else None
            return [(each.function, each.cosine) for each in found or ()]
        return ()

    def completeness(self, text: str, language: str) -> Completeness:
        """Whether a text, perhaps the beginning of one, is a whole command."""
        reader = self._made().readers.get(language)
        if reader is None:
            return "unknown"
        found = reader.completeness(text)
        if found == "unknown" and self._by_sound:
            corrected = self._made().nearby[language].corrected(text)
            return reader.completeness(corrected) if corrected else "unknown"
        return found

    def vocabulary(self, language: str) -> list[str]:
        """Words that speech recognition is biased to, the most useful first."""
        grammar = self._made().grammars.get(language)
        return vocabulary(grammar) if grammar else []

    def names(self, language: str) -> list[str]:
        """Words of what the user has named, and of the devices and programs that are there."""
        grammar = self._made().grammars.get(language)
        return names(grammar) if grammar else []

    def examples(self, language: str, most: int) -> list[str]:
        """At most so many sentences of the user's own, to bias speech recognition to."""
        grammar = self._made().grammars.get(language)
        return examples(grammar, most) if grammar else []
