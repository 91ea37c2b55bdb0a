"""What a function of the device is: a typed Python function with sample sentences.

    from assistant.handlers import Request, function

    @function(en=["(flip|toss) a coin"], es=["(lanza|tira) una moneda"],
              help={"en": "flip a coin", "es": "lanzar una moneda"})
    def flip_coin(request: Request) -> str:
        return random.choice(["Heads.", "Tails."])

The sentences are templates in Home Assistant's format: (a|b) is a choice, [a] may be left out,
{name} is filled by what was said. Each {name} is a parameter, and its annotation says what it
takes: int, float, timedelta, time, date, datetime, Recurrence, Quantity, Money, Percent, Ordinal,
Fraction, Spelled, Expression, str, Literal["one", "other"], Annotated[str, 3] for at most three
words, Annotated[int, range(0, 101)] for these numbers only, Annotated[str, {"twelve ounce[s]":
"12 oz"}] for phrases that are templates themselves, each with its value; {"en": {...}, "es": {...}}
for others in each language; Annotated[str, Listed("room")] for phrases that the family gives
(`Family.listed`) and that change while the program runs.
A parameter with a default may be missing from a sentence.

A datetime is an aware moment in the user's zone: "tomorrow at seven", "friday evening", "seven"
(the next seven), and the "ten minutes" of "in ten minutes"; a day alone is a date. A Recurrence
(assistant.recurrence) is a rule of the calendar with the time of day that was said, if any: "every
weekday at seven", "seven every day", "mondays and fridays". The little words before and after
are not part of a value, so templates name them: "wake me [(at|on|in)] {when} [from now]",
"despiértame [(a|a las|a la|el|en|dentro de)] {when}"; those of a rule are ("de lunes a viernes").
An hour that leaves the half of the day open is the next one when no other day is named, else
one from five in the morning to five in the afternoon: "tomorrow at six" is six in the morning.

A Quantity ("five miles", "half a cup"), Money ("20 dollars"), a Percent, an Ordinal ("the second
one"; -1 is the last) and what was Spelled ("a b c") are in assistant.quantities; a Fraction is a
number of which a part was said ("three quarters"); an Expression (assistant.arithmetic) is a sum.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, partial
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints as _type_hints,
)

from hassil import parse_sentence
from hassil.parser import ParseError

from assistant.arithmetic import Expression
from assistant.errors import ConfigError
from assistant.handlers.request import Request
from assistant.quantities import DateRange, Money, Ordinal, Percent, Quantity, Spelled
from assistant.recurrence import Recurrence

__all__ = ["ByLanguage", "Family", "Function", "Listed", "Request", "function", "functions_of"]

ByLanguage = Mapping[str, str]
F = TypeVar("F", bound=Callable[..., Any])

_VALUE_TYPES = (
    *(int, float, Percent, Ordinal, Fraction, Expression, Quantity, Money, Spelled, str),
    *(dt.timedelta, dt.time, dt.date, dt.datetime, DateRange, Recurrence),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The phrases of a slot are those of this list of its family: `Family.listed`."""

    name: str


class Family:
    """Functions that share a back end: a class with methods marked by @function."""

    name: ClassVar[str] = ""
    topic: ClassVar[ByLanguage] = {}  # what it is about, as a template: "(timer|timers)"
    rules: ClassVar[Mapping[str, ByLanguage]] = {}  # per language: <name> -> template piece
    foreign: ClassVar[bool] = False
    """Whether strangers write what it tells: that is said, and no language model ever hears it."""

    def unavailable(self) -> ByLanguage | None:
        """Why it cannot work on this machine at the moment, per language; None when it can."""
        return None

    changed: Callable[[], object] = staticmethod(bool)  # until the registry takes it in
    """To be called when `listed` gives something else than before; from any thread."""

    def listed(self, name: str, language: str) -> Mapping[str, Any]:
        """The phrases of the slots annotated with `Listed(name)`, each with its value."""
        raise NotImplementedError(name)

    def phrases(self, language: str) -> Sequence[str]:
        """Replies given often and word for word: their sound is prepared. No private ones."""
        return ()

    def silence(self) -> None:
        """ "Stop" was said: end whatever sounds for this family."""

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        """Erase for good what it was told to keep at times of which `which` is true; how many.
        Only where `keep` of the settings sets an end to it."""
        return 0

    def close(self) -> None:
        """The program ends."""


@dataclass(frozen=True, slots=True)
class _Mark:
    sentences: Mapping[str, Sequence[str]]
    help: ByLanguage
    ahead: bool
    dangerous: bool
    own_words: bool
    confirm: ByLanguage


def function(
    en: Sequence[str] = (),
    es: Sequence[str] = (),
    help: ByLanguage | None = None,
    *,
    ahead: bool = False,
    dangerous: bool = False,
    own_words: bool = False,
    confirm: ByLanguage | None = None,
) -> Callable[[F], F]:
    """Mark a function or a method of a Family as a function of the device.

    help: an example of what to say, per language; it is read out by "what can you do".
    ahead: it may be called before the command is certainly over, and in vain, because it only
        looks; whatever it changes, it leaves to `then` of its reply. It answers sooner.
    dangerous: never called by a sentence that is only near to one of its own, and only when the
        person has said yes to it.
    own_words: never called by an example that only means nearly the same, as what sends the machine
        to sleep.
    confirm: how that is asked, per language, with its {slots}: "Shall I delete {file}?" Without,
        what was said is asked back.
    """
    sentences = {"en": tuple(en), "es": tuple(es)}

    def mark(target: F) -> F:
        made = _Mark(sentences, help or {}, ahead, dangerous, own_words, confirm or {})
        target.__assistant__ = made  # type: ignore[attr-defined]
        return target

    return mark


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the device as the registry holds it. What its fields mean to the
    understanding: `understand.grammar.Understandable`."""

    name: str  # "timers.cancel"
    family: Family
    sentences: Mapping[str, Sequence[str]]
    slots: Mapping[str, Any]  # parameter -> annotation
    help: ByLanguage
    call: Callable[..., Any] = field(repr=False)
    ahead: bool = False
    rules: Mapping[str, ByLanguage] = field(default_factory=dict)
    dangerous: bool = False
    own_words: bool = False
    confirm: ByLanguage = field(default_factory=dict)
    assumed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fillers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    drawn_examples: bool = False

    def available(self) -> bool:
        return self.family.unavailable() is None


def functions_of(owner: Any, family: Family, *, trusted: bool = False) -> Iterator[Function]:
    """The marked functions of a family object or a module, in the order of their writing.

    trusted: its sentences are known to be well formed; to look takes a second for 250 functions.
    Raises ConfigError when a signature or a sentence cannot be used.
    """
    sources = [owner] if isinstance(owner, types.ModuleType) else type(owner).__mro__
    for attribute, target in [item for source in sources for item in vars(source).items()]:
        mark = getattr(target, "__assistant__", None)
        if isinstance(mark, _Mark):
            call = getattr(owner, attribute)
            made = _make(f"{family.name}.{attribute}", family, mark, call)
            if not trusted:
                check(made, required(made.call))
            yield made


def _make(name: str, family: Family, mark: _Mark, call: Callable[..., Any]) -> Function:
    parameters = list(inspect.signature(call).parameters.values())
    if not parameters:
        raise ConfigError(f"{name}: its first parameter must be the request.")
    hints = _type_hints(call, include_extras=True)
    slots = {p.name: _without_none(hints.get(p.name)) for p in parameters[1:]}
    slots = {slot: _looked_up(kind, family) for slot, kind in slots.items()}
    for slot, kind in slots.items():
        if not _usable(kind):
            raise ConfigError(
                f"{name}: annotate {slot} with int, float, timedelta, time, date, datetime,"
                " Recurrence, str or Literal."
            )
    return Function(
        name,
        family,
        mark.sentences,
        slots,
        mark.help,
        call,
        ahead=mark.ahead,
        rules=family.rules,
        dangerous=mark.dangerous,
        own_words=mark.own_words,
        confirm=mark.confirm,
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return kinds[0] if len(kinds) == 1 else None
    return annotation


def _looked_up(kind: Any, family: Family) -> Any:
    """The type of a slot with its family's list in the place of its name."""
    if get_origin(kind) is not Annotated or not isinstance(get_args(kind)[1], Listed):
        return kind
    return Annotated[get_args(kind)[0], partial(family.listed, get_args(kind)[1].name)]


def _usable(kind: Any) -> bool:
    if get_origin(kind) is Annotated:
        base, meta = get_args(kind)[:2]
        return callable(meta) or (base, type(meta)) in ((str, int), (str, dict), (int, range))
    return kind in _VALUE_TYPES or get_origin(kind) is Literal


def required(call: Callable[..., Any]) -> set[str]:
    parameters = list(inspect.signature(call).parameters.values())[1:]
    return {p.name for p in parameters if p.default is inspect.Parameter.empty}


def check(made: Function, needed: set[str]) -> None:
    """Every sentence must parse, and name only slots, and all those it must. Raises ConfigError."""
    if not any(made.sentences.values()):
        raise ConfigError(f"{made.name} has no sentence by which it could be called.")
    for language, templates in made.sentences.items():
        rules = made.rules.get(language, {})
        for template in templates:
            where = f"{made.name}: the sentence {template!r}"
            names = _slots_in(template, rules, where)
            if unknown := names - set(made.slots):
                raise ConfigError(f"{where} has {{{min(unknown)}}}, which is not a parameter.")
            if missing := needed - names:
                raise ConfigError(f"{where} lacks {{{min(missing)}}}, which has no default.")


def _slots_in(template: str, rules: ByLanguage, where: str) -> set[str]:
    """The {names} of a template and of the <rules> that it uses."""
    try:
        slots, used = _references(template)
    except (ParseError, AssertionError) as error:
        raise ConfigError(f"{where} is not well formed: {error}.") from error
    names = set(slots)
    for rule in used:
        if rule not in rules:
            raise ConfigError(f"{where} has <{rule}>, which is not defined.")
        names |= _slots_in(rules[rule], rules, where)
    return names


@lru_cache(maxsize=8192)  # a rule is used by many templates, and each is parsed in a millisecond
def _references(template: str) -> tuple[Sequence[str], Sequence[str]]:
    """The {names} and the <rules> that stand in a template. Raises what hassil raises for one that
    is not well formed."""
    parse_sentence(template)
    return re.findall(r"\{([^}]*)\}", template), re.findall(r"<([^>]*)>", template)
