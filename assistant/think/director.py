"""Who answers an open question: what is written down, a small model, a larger one, or nobody.

The cheapest that can do it is asked first. What is written down (what the user told us, documents)
is looked up; a model that can choose functions may have some called; else one of the language
models writes an answer, chosen by `choosing.choose`; and where none could, that is said, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import psutil

from assistant.stages import Act, Exchange, Known, Thinker, Thought, Tool, Toolbox, ToolUser
from assistant.think.answers import Asked, Split, Streamed, Written
from assistant.think.choosing import Able, Decision, caller, choose, described, of_the_world, reader
from assistant.think.for_the_ear import ENOUGH
from assistant.think.marks import CANNOT, UNSURE, marked, unmarked
from assistant.think.more import ABOUT, ALL, wants_more
from assistant.think.phrased import Phrased, reading
from assistant.think.with_functions import Means, WithFunctions
from assistant.types import Origin
from assistant.worker import Cancel, Worker

Source = Callable[[str, str], Known | None]
"""Looks a question up, in a language; None when the answer is not there."""
_KEPT_FREE = 200.0  # MB that the rest of the machine is left
Unsure = Literal["marked", "plain", "off"]


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """What a model knows by itself: whether it may say it, and what is said before, or instead."""

    used: bool = True
    before: str = ""


class Director:
    """thinkers: by the id of the model, the preferred first. models: what is known of each.

    sources: looked up in their order, before any model is asked. split: cuts text into sentences.
    free_mb: of memory.
    own_memory: asked, by language, when no source knows.
    toolbox: the functions of the device, for models that can choose among them.
    rests: asked, by language, before any model is: what is said instead; "" to ask one.
    unsure: what becomes of an answer that may well be wrong (`choosing.Decision.sure`): it is said
    with a word before it, as it is, or not at all.
    phrase: what documents say is put into words by a model, where one is good at that.
    words: asked before each answer: after how many of them it ends with its sentence.
    """

    def __init__(
        self,
        thinkers: Mapping[str, Worker[Thinker]],
        models: Sequence[Able],
        split: Split,
        *,
        sources: Sequence[Source] = (),
        free_mb: Callable[[], float] = lambda: psutil.virtual_memory().available / 1e6 - _KEPT_FREE,
        own_memory: Callable[[str], OwnMemory] = lambda _: OwnMemory(),
        toolbox: Toolbox | None = None,
        rests: Callable[[str], str] = lambda _: "",
        unsure: Unsure = "plain",
        phrase: bool = True,
        words: Callable[[], int] = lambda: ENOUGH,
    ) -> None:
        self._thinkers = thinkers
        self._models = models
        self._split = split
        self._sources = sources
        self._free_mb = free_mb
        self._own_memory = own_memory
        self._toolbox = toolbox
        self._rests = rests
        self._unsure = unsure
        self._phrase = phrase
        self._words = words
        self._latest: Written | Streamed | None = None  # what was answered last
        self._idle = Cancel()
        self._asked = Cancel()  # of the turn whose question was begun last

    def begin(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        cancel: Cancel,
        detail: dict[str, Any],
        only_written: bool = False,
        act: Act | None = None,
    ) -> Thought | None:
        """As stages.Director says."""
        on = bool(history) and wants_more(question, language)
        if on and isinstance(self._latest, Written) and self._latest.more is not None:
            return self._goes_on(self._latest, self._latest.more, language, detail)
        for source in () if on else self._sources:
            if (known := source(question, language)) is not None:
                detail.update(by=known.origin.by, what=known.origin.what)
                return self._told(known, question, language, cancel, detail)
        if only_written:
            return None
        if rests := self._rests(language):
            detail.update(by="nobody", why="the models rest")
            return self._written(Origin("nobody", why="the models rest"), rests)
        self._asked = cancel
        asked = Asked(question, language, self._unmarked(history, language), facts)
        if on:
            return self._more(asked, cancel, detail)
        if act is not None and (offer := self._offer(question, language)) is not None:
            return self._with_functions(asked, offer, act, cancel, detail)
        return self._answer(asked, cancel, detail)

    def _answer(self, asked: Asked, cancel: Cancel, detail: dict[str, Any]) -> Thought | None:
        """What a model knows by itself, as the settings want that; None where there is no model."""
        own = self._own_memory(asked.language)
        if not own.used:
            detail.update(by="nobody", why="own memory is off")
            return self._written(Origin("nobody", why="own memory is off"), own.before)
        decided = self._decide(asked.question, asked.language)
        could_say = of_the_world(asked.question, asked.language)
        before = (could_say and own.before) or self._mark(decided, asked.language)
        detail.update(described(decided, self._models), **({"marked": True} if before else {}))
        if decided.model is None:
            return self._nobody(decided, asked.language)
        made = self._streamed(asked, decided, cancel)
        made.sentences = marked(before, made.sentences)
        return made

    def _goes_on(
        self, latest: Written, more: Callable[[], Known | None], language: str,
        detail: dict[str, Any],
    ) -> Written:  # fmt: skip
        """What is written down is read on; at its end, that is said, however often one asks."""
        end = Known(ALL.get(language, ALL["en"]), latest.origin, lambda: None)
        known = more() or end
        detail.update(by=known.origin.by, what=known.origin.what, why="on")
        return self._known(known)

    def _mark(self, decided: Decision, language: str) -> str:
        """What is said before an answer that may well be wrong."""
        if decided.model is None or decided.sure or self._unsure == "plain":
            return ""
        return UNSURE.get(language, UNSURE["en"])

    def _unmarked(self, history: Sequence[Exchange], language: str) -> list[Exchange]:
        """As the models wrote it: what was said before their answers is not a part of it."""
        marks = (self._own_memory(language).before, UNSURE.get(language, UNSURE["en"]))
        return [
            replace(exchange, assistant=unmarked(exchange.assistant, marks)) for exchange in history
        ]

    def _more(self, asked: Asked, cancel: Cancel, detail: dict[str, Any]) -> Thought | None:
        """The last answer goes on: where it was cut off, from there; else it is asked again."""
        last, language = asked.history[-1], asked.language
        latest = self._latest
        if isinstance(latest, Streamed) and latest.unfinished and latest.origin.what:
            decided = Decision(latest.origin.what, "on", "talk")
            detail.update(described(decided, self._models))
            on = Asked(last.user, language, asked.history[:-1], (), last.assistant)
            return self._streamed(on, decided, cancel, ALL.get(language, ALL["en"]))
        decided = self._decide(last.user, language)
        detail.update(described(decided, self._models))
        if decided.model is None:
            return self._nobody(decided, language)
        question = ABOUT.get(language, ABOUT["en"]).format(question=last.user)
        again = Asked(question, language, asked.history, asked.facts)
        made = self._streamed(again, decided, cancel)
        own = self._own_memory(language)
        if isinstance(latest, Written) and own.used and own.before:
            made.sentences = marked(own.before, made.sentences)
        return made

    def _offer(self, question: str, language: str) -> tuple[str, Sequence[Tool]] | None:
        """The model that can choose functions, and those that the question could mean."""
        models = [model for model in self._models if model.id in self._thinkers]
        able = caller(language, models, loaded=self._loaded(), free_mb=self._free_mb())
        if able is None or self._toolbox is None:
            return None
        tools = self._toolbox.offered(question, language)
        return (able.id, tools) if tools else None

    def _with_functions(
        self,
        asked: Asked,
        offer: tuple[str, Sequence[Tool]],
        act: Act,
        cancel: Cancel,
        detail: dict[str, Any],
    ) -> Thought:
        assert self._toolbox is not None
        model, tools = offer
        detail.update(by="functions", what=model)

        def otherwise() -> Thought:
            return self._answer(asked, cancel, detail) or _nothing_said()

        def written(told: Sequence[str]) -> Streamed:
            facts = [*asked.facts, *told]
            of_it = Asked(asked.question, asked.language, asked.history, facts)
            return self._streamed(of_it, Decision(model, "only", "fact"), cancel)

        user = cast(Worker[ToolUser], self._thinkers[model])
        means = Means(tools, self._toolbox, user, model, act, otherwise, written)
        return WithFunctions(asked, means, cancel)

    def _streamed(
        self,
        asked: Asked,
        decided: Decision,
        cancel: Cancel,
        otherwise: str = "",
        *,
        quiet: bool = False,
    ) -> Streamed:
        """quiet: it is a part of another answer, which is the one to go on with."""
        model = decided.model or ""
        informed = {model.id for model in self._models if model.informed or model.calls}
        if model not in informed:
            asked = replace(asked, facts=())
        thinker = self._thinkers[model]
        said = bool if quiet else self._note
        return Streamed(
            asked, thinker, decided, self._split, cancel,
            words=self._words(), otherwise=otherwise, said=said,
        )  # fmt: skip

    def _nobody(self, decided: Decision, language: str) -> Written | None:
        text = CANNOT.get(language, CANNOT["en"]).get(decided.why)
        return self._written(Origin("nobody", why=decided.why), text) if text else None

    def _told(
        self, known: Known, question: str, language: str, cancel: Cancel, detail: dict[str, Any]
    ) -> Written:
        """In the words of a model that is able to, where there is one; else as it stands there."""
        excerpt = known.excerpt
        if excerpt is None or not self._phrase or self._rests(language):
            return self._known(known)
        models = [model for model in self._models if model.id in self._thinkers]
        able = reader(language, models, loaded=self._loaded(), free_mb=self._free_mb())
        if able is None:
            return self._known(known)
        detail.update(phrased=able.id)
        asked = Asked(reading(excerpt.text, question, language), language, (), ())
        answer = self._streamed(asked, Decision(able.id, "cheapest", "fact"), cancel, quiet=True)
        return Phrased(known, excerpt, answer, self._split, cancel, self._note)

    def _known(self, known: Known) -> Written:
        sentences = self._split(iter([f"{known.before} {known.text}".strip()]))
        return Written(known.origin, sentences, self._note, known.more)

    def _written(self, origin: Origin, text: str) -> Written:
        return Written(origin, self._split(iter([text])), self._note)

    def _note(self, answer: Written | Streamed) -> None:
        """It was said to its end: "tell me more" is about it."""
        self._latest = answer

    def stop(self) -> None:
        """As stages.Director says."""
        self._idle.set()

    def close(self) -> None:
        """As stages.Director says."""
        self._idle.set()
        self._asked.set()

    def _decide(self, question: str, language: str) -> Decision:
        models = [model for model in self._models if model.id in self._thinkers]
        free = self._free_mb()
        decided = choose(question, language, models, loaded=self._loaded(), free_mb=free)
        if self._unsure == "off" and decided.model is not None and not decided.sure:
            return replace(decided, model=None, why="unsure")
        return decided

    def _loaded(self) -> set[str]:
        return {name for name, thinker in self._thinkers.items() if thinker.loaded}

    def rest(self, language: str, history: Sequence[Exchange]) -> None:
        """As stages.Director says. Only models that are loaded prepare anything."""
        self._idle = cancel = Cancel()
        said = self._unmarked(history, language)
        for thinker in self._thinkers.values():
            if thinker.loaded:
                thinker.start(lambda m: m.prepare(language=language, history=said, cancel=cancel))


def _nothing_said() -> Written:
    return Written(Origin("nobody"), iter(()))
