"""The functions of the device, as a language model may call them: which it is offered, and what is
believed of what it writes.

A model names a function and writes words. What these words mean, the value parsers of the templates
say, and a value must have been said, or have been told by another function: nothing is taken from
what a model makes up.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Annotated, Any, get_args, get_origin

from assistant import localtime
from assistant.dialogue.splitting import gaps
from assistant.quantities import Money, Quantity
from assistant.stages import Call, Router, Tool
from assistant.think.choosing import kind
from assistant.types import Intent
from assistant.understand.content import COMMON, is_free, own_stems, phrases, stem
from assistant.understand.grammar import Understandable
from assistant.understand.normalize import Words, words
from assistant.understand.opposites import contrary
from assistant.understand.values import every_value

OFFERED = 8
"""Functions: each costs thirty tokens of the prompt."""

LIKELY = 0.5
"""What a function must reach to be offered: its likeness, and `_PLAIN` for being asked plainly."""
_PLAIN = 0.3
TOLD = 0.35
"""The same for what is no question about the world: "stop nagging me about the dentist" is hardly
meant for nobody, so a function that is only half like it may be what is wanted."""
BY_VALUE = 3
"""Functions that are offered because they take a kind of value that was said: "the eggs have to
boil for seven minutes" names no timer."""
_OF_ONES_OWN = {
    "en": re.compile(r"\b(i|i'm|i've|i'll|we|we're|we've|my|our|me|us)\b"),
    "es": re.compile(r"\b(me|mi|mis|nos|nuestr[oa]s?|tengo|tenemos|he|hemos|quiero|queremos)\b"),
}
_BY_VALUE: Mapping[type, Sequence[str]] = {
    dt.timedelta: ("timers.start", "timers.extend", "reminders.add"),
    dt.time: ("alarms.set", "reminders.add", "alarms.change"),
    dt.datetime: ("reminders.add", "alarms.set", "later.add"),
    Money: ("calculation.exchange", "calculation.tip", "calculation.calculate"),
    Quantity: ("calculation.units",),
}
"""What mostly is done with a value, the likeliest first."""
SURE = 0.5
"""Probability of a name, as the model gives it, from which it is called."""
_MOST_CHOICES = 12

_KEPT_FROM_IT = re.compile(r"^(conversation|talk|taught|documents)\.|\.topic$")
"""Functions that are about what was said, or tell what can be: none does what a user wants done.
And those that read documents out: what strangers wrote never tells a model what to call."""

_KINDS: Mapping[Any, str] = {
    int: "number",
    float: "number",
    dt.timedelta: "duration",
    dt.time: "time of day",
    dt.date: "day",
    dt.datetime: "day and time",
    str: "words",
}


Near = Callable[[str, str], Sequence[tuple[str | None, float]]]


class FunctionsOfDevice:
    """stages.Toolbox. router: reads the values. now: aware; what "at seven" is resolved against.
    near: `Cascade.near`."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        router: Router,
        now: Callable[[], dt.datetime] = localtime.now,
        near: Near = lambda _text, _language: (),
    ) -> None:
        self._functions = functions
        self._router = router
        self._now = now
        self._near = near
        self._examples: dict[tuple[str, str], list[frozenset[str]]] = {}
        self._stems: dict[tuple[str, str], frozenset[str]] = {}

    def offered(self, text: str, language: str) -> Sequence[Tool]:
        """See stages.Toolbox: those whose examples are near to the sentence or to a part of it, and
        that are about little else."""
        there = {
            f.name: f
            for f in self._functions
            if f.sentences.get(language) and not _KEPT_FROM_IT.search(f.name)
        }
        told = _is_told(text, language)
        ranked = [self._likely(part, there, language, told) for part in _parts(text, language)]
        turns = (name for turn in zip_longest(*ranked) for name in turn if name)
        working = (there[n] for n in dict.fromkeys(turns) if there[n].available())
        return [_tool(f, language) for f in islice(working, OFFERED)]

    def _likely(
        self, part: str, there: Mapping[str, Understandable], language: str, told: bool
    ) -> Sequence[str]:
        """What a part of a sentence could mean, the likeliest first. told: whether the sentence is
        no question about the world."""
        asked = self._stems_of(part, language)
        score = {
            name: likeness + _PLAIN * self._explained(there[name], asked, language)
            for name, likeness in self._likeness(part, asked, there, language, told)
        }
        least = TOLD if told else LIKELY
        near = sorted((n for n in score if score[n] >= least), key=lambda n: -score[n])
        by_value = [n for n in self._by_value(part, language) if n in there] if told else []
        return [*near[:1], *by_value[:BY_VALUE], *near[1:]]

    def _by_value(self, part: str, language: str) -> Iterator[str]:
        """Functions that take what was said, by the kinds of values in it."""
        for span in every_value(words(part, language), language, self._now()):
            kinds = () if span.weak else {type(value) for value in span.readings.values()}
            yield from (name for kind in _BY_VALUE if kind in kinds for name in _BY_VALUE[kind])

    def _likeness(
        self,
        part: str,
        asked: frozenset[str],
        there: Mapping[str, Understandable],
        language: str,
        told: bool,
    ) -> Iterator[tuple[str, float]]:
        """Functions, each with how near it is: by the meaning of its examples, or, where no model
        knows that, by rare words. Nothing for what is nearest to a question to nobody here, unless
        it is told."""
        near = self._near(part, language)
        if near:
            if told or near[0][0] is not None:
                yield from ((n, cosine) for n, cosine in near if n is not None and n in there)
            return
        known = {name: self._known(function, language) for name, function in there.items()}
        count = Counter(word for stems in known.values() for word in stems)
        rare = {word: math.log(len(known) / count[word]) for word in asked if count[word]}
        for name, stems in known.items():
            if shared := rare.keys() & stems:
                rarest = max(rare[word] for word in shared) / math.log(len(known))
                covered = sum(rare[word] for word in shared) / sum(rare.values())
                yield name, (rarest + covered) / 2

    def _explained(self, function: Understandable, asked: frozenset[str], language: str) -> float:
        """How much of the example of a function stands in the sentence: "shorten the timer" asks
        for something that "a timer of ten minutes" does not."""
        key = function.name, language
        if key not in self._examples:
            shown = [self._stems_of(e, language) for e in _examples(function, language)]
            self._examples[key] = [stems for stems in shown if stems]
        return max((len(e & asked) / len(e) for e in self._examples[key]), default=0.0)

    def _stems_of(self, text: str, language: str) -> frozenset[str]:
        """Its words that carry meaning, values left out."""
        said = words(text, language)
        values = every_value(said, language, self._now())
        valued = {i for span in values if not span.weak for i in range(span.start, span.end)}
        common = COMMON.get(language, frozenset())
        return frozenset(
            stem(word)
            for i, word in enumerate(said.plain)
            if i not in valued and word not in common
        )

    def intent(self, call: Call, texts: Sequence[str], language: str) -> Intent | str:
        """See stages.Toolbox."""
        named = [f for f in self._functions if f.name == call.tool and f.sentences.get(language)]
        if not named or _KEPT_FROM_IT.search(call.tool):
            return "there is no such function"
        function = named[0]
        if call.score < SURE:
            return "you were not sure of it"
        sources = [words(text, language) for text in texts]
        own = [words(e, language).plain for e in _examples(function, language)]
        if own and all(contrary(sources[0].plain, example, language) for example in own):
            return "that is the contrary of what the user said"
        slots: dict[str, Any] = {}
        for slot, text in call.values:
            value = self._value(function, slot, text, sources, language)
            if value is None:
                return f"nobody said {slot}: {text}"
            slots[slot] = value
        return Intent(call.tool, slots, "tools", call.score, "the language model chose it")

    def _value(
        self,
        function: Understandable,
        slot: str,
        text: str,
        sources: Sequence[Words],
        language: str,
    ) -> Any | None:
        """What `text` says for a slot, if it was said; else None."""
        annotation = function.slots.get(slot)
        if annotation is None:
            return None
        value = self._router.value(text, function.name, slot, language)
        if value is None or phrases(annotation):
            return value
        written = words(text, language)
        if any(_within(written.plain, source.plain) for source in sources):
            return value
        found = [
            reading
            for source in sources
            for span in every_value(source, language, self._now())
            for reading in span.readings.values()
        ]
        return value if not is_free(annotation) and value in found else None

    def _known(self, function: Understandable, language: str) -> frozenset[str]:
        key = function.name, language
        if key not in self._stems:
            self._stems[key] = own_stems(function, language)
        return self._stems[key]


def _is_told(text: str, language: str) -> bool:
    """Whether a sentence is something told, or a question about the user's own affairs."""
    own = _OF_ONES_OWN.get(language, _OF_ONES_OWN["en"])
    return kind(text, language) == "talk" or bool(own.search(text.lower()))


def _parts(text: str, language: str) -> list[str]:
    """The parts of a sentence that may be commands by themselves, and the whole of it."""
    cuts = gaps(text, language)
    starts, ends = [0, *(c.end for c in cuts)], [*(c.start for c in cuts), len(text)]
    parts = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    parts = [part for part in parts if " " in part]
    return [*parts, text] if len(parts) > 1 else [text]


def _examples(function: Understandable, language: str) -> list[str]:
    """What one says to have it."""
    help_ = getattr(function, "help", {})
    return [help_[language]] if help_.get(language) else []


def _tool(function: Understandable, language: str) -> Tool:
    kinds = {name: _kind(annotation) for name, annotation in function.slots.items()}
    choices = {
        name: [text for text in known if text.replace(" ", "").isalnum()][:_MOST_CHOICES]
        for name, annotation in function.slots.items()
        if 0 < len(known := phrases(annotation)) <= _MOST_CHOICES
    }
    example = next(iter(_examples(function, language)), function.name)
    choices = {name: some for name, some in choices.items() if some}
    foreign = bool(getattr(getattr(function, "family", None), "foreign", False))
    return Tool(function.name, example, kinds, choices, foreign)


def _kind(annotation: Any) -> str:
    base = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return _KINDS.get(base, "words") if not phrases(annotation) else "words"


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return size > 0 and any(
        tuple(whole[i : i + size]) == tuple(part) for i in range(len(whole) - size + 1)
    )
