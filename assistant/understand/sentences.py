"""The first step of the cascade: sentence templates, in Home Assistant's (hassil) format.

hassil cannot match two wildcards side by side, as in "set a ten minute pasta timer". So values
are found first (see `values`) and each is replaced by a token; a slot that wants a value takes
only tokens, and a slot that wants words gets them back as they were said. A sentence is tried
with its values replaced and, since "a second timer" is no duration, without.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Annotated, Any, Literal, Protocol, get_args, get_origin

import hassil
from hassil.intents import Intent as HassilIntent
from hassil.intents import IntentData, TextSlotList, WildcardSlotList

from assistant.types import Intent
from assistant.understand import values
from assistant.understand.normalize import Words, fold, without_accents, without_courtesy, words

_MOST_VALUES = 10
_TOKENS = tuple(f"value{n}" for n in range(_MOST_VALUES))

# Words that tell nothing about what a sentence is about; recognizers know them well.
_STOP_WORDS = {
    "en": "a an the is are am i me my our you your it its this that to of on in at by for from with"
    " and or do does did have has got will would can could be been so not as what how there up out"
    " off any much many one some more".split(),
    "es": "un una uno el la los las lo le me mi mis tu tus te se su sus es son está están esta este"
    " de del en a al por para con y o que qué cuál cual cómo como hay ha he tengo tienes tiene no"
    " más muy ya todo toda todos todas algún alguna".split(),
}


class Understandable(Protocol):
    """What this step needs to know of a function of the device."""

    @property
    def name(self) -> str: ...

    @property
    def sentences(self) -> Mapping[str, Sequence[str]]:
        """Per language, templates."""

    @property
    def rules(self) -> Mapping[str, Mapping[str, str]]:
        """Per language, the named pieces ("<timer>") that the templates use."""

    @property
    def slots(self) -> Mapping[str, Any]:
        """For each {slot} its type: int, float, timedelta, time, date, str, Literal[...], or
        Annotated[str, n] for at most n words."""

    def available(self) -> bool:
        """Whether it works on this machine. A function that does not is matched all the same,
        so that it can say so, but speech recognition is not biased towards it."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence with some of its values replaced by tokens."""

    text: str
    first_word: tuple[int, ...]  # for each token or word of `text`, its first word in `said`
    said: Words

    def restore(self, start: int, text: str) -> list[str]:
        """The words behind a part of `text` that begins at character `start`."""
        first = self.text.count(" ", 0, start)
        last = first + len(text.split())
        return list(self.said.said[self.first_word[first] : self.first_word[last]])


class Templates:
    """Matches sentences of one language against the templates of all functions."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        language: str,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._language = language
        self._now = now
        self._functions = {f.name: f for f in functions if f.sentences.get(language)}
        tokens = TextSlotList.from_tuples(((token, n) for n, token in enumerate(_TOKENS)), "value")
        self._intents = hassil.Intents(
            language,
            {
                name: HassilIntent(name, [_intent_data(function, language, tokens)])
                for name, function in self._functions.items()
            },
        )
        self.match("warm up")  # the first match parses all templates: half a second

    def match(self, text: str) -> Intent | None:
        """The function that the sentence names, or None.

        Of several templates that fit, the one that leaves the fewest words to wildcards wins,
        then the one with the most literal words, then the earlier function.
        """
        said = words(text, self._language)
        bare = without_courtesy(said, self._language)
        return self._match(bare) or (self._match(said) if bare != said else None)

    def vocabulary(self) -> list[str]:
        """Words of the templates of what works here, the most useful first.

        Families take turns, each with its most frequent words; a word that several families use
        ("set", "how") tells little and comes late.
        """
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for function in self._functions.values():
            if not function.available():
                continue
            rules = function.rules.get(self._language, {})
            for template in function.sentences[self._language]:
                used = [rules[name] for name in re.findall(r"<(\w+)>", template)]
                plain = re.sub(r"\{[^}]*\}|<[^>]*>", " ", " ".join([template, *used]).lower())
                family = function.name.partition(".")[0]
                counts[family].update(set(re.findall(r"[^\W\d_]{2,}", plain)))
        users = Counter(word for family in counts.values() for word in family)
        ranked = [
            sorted(family, key=lambda word: (-family[word] / users[word] ** 2, word))
            for family in counts.values()
        ]
        stop = {None, *_STOP_WORDS.get(self._language, ())}
        turns = chain.from_iterable(zip_longest(*ranked))
        return [word for word in dict.fromkeys(turns) if word not in stop]

    def _match(self, said: Words) -> Intent | None:
        if not said:
            return None
        spans = values.find(said, self._language, self._now())[:_MOST_VALUES]
        best: Intent | None = None
        best_cost = (len(said) + 1, 0)
        for reading in _readings(said, spans):
            for result in hassil.recognize_all(reading.text, self._intents):
                filled = self._fill(result, reading, spans)
                if filled is not None and filled[1:] < best_cost:
                    slots, *cost = filled
                    best_cost = (cost[0], cost[1])
                    best = _intent(result, slots, score=1 - cost[0] / len(said))
        return best

    def _fill(
        self, result: hassil.RecognizeResult, reading: _Reading, spans: Sequence[values.Span]
    ) -> tuple[dict[str, Any], int, int] | None:
        """Values by slot, and the number of words in wildcards and in values; None when one is
        of another type than its slot."""
        slots: dict[str, Any] = {}
        wild = valued = 0
        kinds = self._functions[result.intent.name].slots
        for entity in result.entities_list:
            kind, most = _kind(kinds[entity.name])
            if kind is str:
                start = entity.text_span[0] if entity.text_span else 0
                phrase = reading.restore(start, entity.text)
                if len(phrase) > most:
                    return None
                wild += len(phrase)
                slots[entity.name] = " ".join(phrase)
            elif kind is Literal:
                slots[entity.name] = entity.value
            else:
                span = spans[entity.value]
                if kind not in span.readings:
                    return None
                valued += span.end - span.start
                slots[entity.name] = span.readings[kind]
        return slots, wild, valued


def _intent(result: hassil.RecognizeResult, slots: dict[str, Any], score: float) -> Intent:
    template = result.intent_sentence.text if result.intent_sentence else ""
    return Intent(result.intent.name, slots, "templates", score, f"fits “{template}”")


def _kind(annotation: Any) -> tuple[Any, float]:
    """The type of a slot, and how many words it may take."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, most = get_args(annotation)[:2]
        return base, most
    return (Literal, 0) if origin is Literal else (annotation, float("inf"))


def _template(text: str, language: str) -> str:
    """The template with its words as `normalize` gives those of a sentence."""
    return re.sub(r"[¿?¡!.,]", " ", without_accents(fold(text, language)))


def _intent_data(function: Understandable, language: str, tokens: TextSlotList) -> IntentData:
    lists = {}
    for slot, annotation in function.slots.items():
        kind, _ = _kind(annotation)
        if kind is str:
            lists[slot] = WildcardSlotList(slot)
        elif kind is Literal:
            choices = [(_template(str(c), language), c) for c in get_args(annotation)]
            lists[slot] = TextSlotList.from_tuples(choices, slot)
        else:
            lists[slot] = tokens
    rules = {
        name: hassil.parse_sentence(_template(body, language))
        for name, body in function.rules.get(language, {}).items()
    }
    texts = [_template(text, language) for text in function.sentences[language]]
    return IntentData(texts, slot_lists=lists, expansion_rules=rules)


def _readings(said: Words, spans: Sequence[values.Span]) -> Iterator[_Reading]:
    """With every value replaced; with those that are surely values; with none."""
    everything = list(enumerate(spans))
    surely = [(n, span) for n, span in everything if not span.weak]
    choices = [everything, surely, []]
    for i, chosen in enumerate(choices):
        if chosen not in choices[:i]:
            yield _reading(said, chosen)


def _reading(said: Words, chosen: Sequence[tuple[int, values.Span]]) -> _Reading:
    pieces: list[str] = []
    first_word: list[int] = []
    i = 0
    for n, span in chosen:
        pieces += [*said.plain[i : span.start], _TOKENS[n]]
        first_word += range(i, span.start + 1)
        i = span.end
    pieces += said.plain[i:]
    first_word += range(i, len(said) + 1)
    return _Reading(" ".join(pieces), tuple(first_word), said)
