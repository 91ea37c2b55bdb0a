"""The sentences of all functions in one language, as hassil takes them.

Templates go through the same folding as what is said, so that both sides agree on accents,
contractions, hyphens and numbers: "twelve-ounce" and "12 ounce" are one. A slot that wants a
value (a number, a duration, a time, a date) takes only the tokens "value0", "value1", ... that
`sentences` puts in the place of the values it finds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol, get_args, get_origin

import hassil
from hassil.expression import Expression, Group, TextChunk
from hassil.intents import IntentData, SlotList, TextSlotList, WildcardSlotList

from assistant.understand.normalize import fold, without_accents
from assistant.understand.numbers import with_digits

MOST_VALUES = 10
TOKENS = tuple(f"value{n}" for n in range(MOST_VALUES))

AS_SAID = object()
"""The value of a phrase that stands for its own words."""

# template syntax that is no text: slots and rules
_REFERENCE = re.compile(r"(\{[^}]*\}|<[^>]*>)")
_RUN_OF_WORDS = re.compile(r"[^\W_]+(?: +[^\W_]+)*")
# a number takes the sign after it along (see `numbers.number`)
_SIGN = {
    "en": re.compile(r"(\}) ?(percent\b)"),
    "es": re.compile(r"(\}) ?(por ciento\b)"),
}


class Understandable(Protocol):
    """What the understanding needs to know of a function of the device."""

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
        """For each {slot} its type: int, float, timedelta, time, date, datetime, Recurrence, str,
        Literal[...], Annotated[str, n] for at most n words, Annotated[int, range(...)] for these
        numbers only, Annotated[str, {template: value}] for these phrases only (value None: as was
        said), or {language: {template: value}}, or Annotated[str, f] for those that f(language)
        gives now; others after a `refresh`."""

    @property
    def assumed(self) -> Mapping[str, Mapping[str, Any]]:
        """For a template, the slots that it fills without naming them."""

    @property
    def fillers(self) -> Mapping[str, Sequence[str]]:
        """Per language, phrases that may stand anywhere and mean nothing."""

    @property
    def dangerous(self) -> bool:
        """Whether it may be called only by its very own sentences, never by near ones."""

    @property
    def own_words(self) -> bool:
        """Whether the nearest example does not call it; a sentence that sounds like its own may."""

    @property
    def drawn_examples(self) -> bool:
        """Whether speech recognition is shown sentences drawn from its templates."""

    def available(self) -> bool:
        """Whether it works on this machine. A function that does not is matched all the same,
        so that it can say so, but speech recognition is not biased towards it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Sentences that are read like a function's and that nothing can call: an `Understandable`."""

    name: str
    sentences: Mapping[str, Sequence[str]]
    slots: Mapping[str, Any]
    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    assumed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fillers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dangerous: bool = False
    own_words: bool = False
    drawn_examples: bool = False

    def available(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Token:
    """What a value slot gives: the n-th value of the sentence, wanted as a `kind`."""

    n: int
    kind: type
    among: range | None = None

    def accepts(self, readings: Mapping[type, Any]) -> bool:
        return self.kind in readings and (self.among is None or readings[self.kind] in self.among)


@dataclass(frozen=True, slots=True)
class Grammar:
    """All functions of a language, ready to be matched.

    told: by function and slot what is told of it (see `told`), as it was when this was made: the
        names of devices come and go.
    fillers: phrases that may stand anywhere and mean nothing.
    """

    language: str
    functions: Mapping[str, Understandable]  # by name, in the order of preference
    told: Mapping[str, Mapping[str, tuple[Any, Any]]]
    fillers: Sequence[str]

    def lists(self, name: str) -> dict[str, SlotList]:
        """What the slots of a function take, as hassil has it, made anew."""
        slots = self.told[name].items()
        return {slot: _slot_list(slot, *told, self.language) for slot, told in slots}

    def blocks(
        self,
        name: str,
        templates: Sequence[int] | None = None,
        lists: dict[str, SlotList] | None = None,
    ) -> list[IntentData]:
        """The sentences of a function as hassil takes them, made anew. One block a template, so
        that a few of them can be tried without the others. templates: only those, by number.
        lists: see `lists`; who asks more than once gives the same, as names may be hundreds."""
        function, language = self.functions[name], self.language
        lists = self.lists(name) if lists is None else lists
        bodies = function.rules.get(language, {}).items()
        rules = {rule: _rule(body, language) for rule, body in bodies}
        sentences = function.sentences[language]
        wanted = sentences if templates is None else [sentences[n] for n in templates]
        return [
            IntentData(
                [folded(template, language)],
                slots=dict(function.assumed.get(template, {})),
                slot_lists=lists,
                expansion_rules=rules,
            )
            for template in wanted
        ]


def compile_grammar(
    functions: Iterable[Understandable], language: str, go_on: Callable[[], None] = lambda: None
) -> Grammar:
    """go_on: called before each function; what it raises ends that."""
    mine = {f.name: f for f in functions if f.sentences.get(language)}
    fillers = {p: None for f in mine.values() for p in f.fillers.get(language, ())}
    slots = {}
    for name, function in mine.items():
        go_on()
        slots[name] = {slot: told(kind, language) for slot, kind in function.slots.items()}
    return Grammar(language, mine, slots, [folded(phrase, language) for phrase in fillers])


def folded(template: str, language: str) -> str:
    """A template with its words as `normalize` gives those of a sentence."""
    pieces = _REFERENCE.split(template)
    pieces[::2] = [_folded_text(text, language) for text in pieces[::2]]
    return _SIGN[language].sub(r"\1 [\2]", "".join(pieces))


def forget_parsed() -> None:
    """Let go of the rules that were parsed (5 MB of all functions)."""
    _rule.cache_clear()


def phrases_of(block: IntentData) -> Iterator[Expression]:
    """The phrases that the slots of a block may hold."""
    for kept in block.slot_lists.values():
        if isinstance(kept, TextSlotList):
            yield from (value.text_in for value in kept.values)


def words_of(expression: Expression) -> Iterator[str]:
    """The words of a template, in their order; those of rules and slots are others' affair."""
    if isinstance(expression, TextChunk):
        yield from expression.text.split()
    elif isinstance(expression, Group):
        for item in expression.items:
            yield from words_of(item)


def told(annotation: Any, language: str) -> tuple[Any, Any]:
    """The type of a slot, and what is told of it beside: most words, a range, phrases, or None."""
    if get_origin(annotation) is not Annotated:
        return annotation, None
    kind, meta = get_args(annotation)[:2]
    if callable(meta):
        return kind, meta(language)
    if isinstance(meta, Mapping) and meta and all(isinstance(v, Mapping) for v in meta.values()):
        return kind, meta.get(language, {})  # others in each language
    return kind, meta


def word_limit(annotation: Any) -> float:
    """How many words a slot of this type may take as they were said."""
    meta = get_args(annotation)[1] if get_origin(annotation) is Annotated else None
    return meta if isinstance(meta, int) else float("inf")


def _folded_text(text: str, language: str) -> str:
    text = without_accents(fold(text, language)).replace("%", " percent ")
    if language == "es":
        text = text.replace(" percent ", " por ciento ")
    text = re.sub(r"[¿?¡!.,]", " ", text)
    return _RUN_OF_WORDS.sub(
        lambda run: " ".join(word for word, _ in with_digits(run[0].split(), language)), text
    )


@functools.lru_cache(maxsize=4096)
def _rule(body: str, language: str) -> hassil.Sentence:
    """The intents of a user's files all have the same rules."""
    return hassil.parse_sentence(folded(body, language), keep_text=True)


def _slot_list(name: str, kind: Any, meta: Any, language: str) -> SlotList:
    if get_origin(kind) is Literal:
        meta = {str(choice): choice for choice in get_args(kind)}
    if isinstance(meta, Mapping):
        choices = [
            (folded(text, language).strip(), AS_SAID if value is None else value)
            for text, value in meta.items()
        ]
        return TextSlotList.from_tuples(choices, name=name)
    if kind is str:
        return WildcardSlotList(name)
    return TextSlotList.from_tuples(
        [(token, Token(n, kind, meta)) for n, token in enumerate(TOKENS)], name=name
    )
