"""The user's own sentences: files in Home Assistant's custom sentence format.

    language: en
    intents:
      OrderDrink:
        response: "{size} {drink}, coming up."   # ours, and optional: what is said in reply
        data:
          - sentences: ["<want> [a] [{size}] {drink}"]
    lists:
      size: {values: [small, large, {in: "twelve ounce[s]", out: "12 oz"}]}
      drink: {values: [latte, "(iced|ice) mocha"]}
    expansion_rules:
      want: (give me|i want|can i have)

A file is enough for its sentences to be understood, and for their words to be expected by speech
recognition. The files of a language share their lists, rules and skip words, as in Home
Assistant. What cannot be used is left out, and told in one sentence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from hassil import parse_sentence
from hassil.expression import Expression, Group, ListReference, RuleReference
from hassil.parser import ParseError

from assistant import spoken
from assistant.errors import ConfigError
from assistant.handlers.contract import Family, Function, Request
from assistant.handlers.own.sentence_format import (
    Block,
    IntentSentences,
    Range,
    Rules,
    SentenceFile,
    SlotValues,
    read_sentences,
)
from assistant.types import Reply

_DONE = {"en": "Okay.", "es": "De acuerdo."}
_FIELD = re.compile(r"\{(\w+)\}")
MOST_RULES = 2_000
"""Uses of rules in a sentence, by other rules, too."""


class OwnSentences(Family):
    """The intents of the user's files. Each only replies: acting on them is for whoever reads
    the turn, which holds the intent and its slots."""

    name = "sentences"

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        self.problems: list[str] = []
        self.functions: list[Function] = []
        files = [(path, file) for path in _paths(folder) if (file := self._read(path)) is not None]
        for language in languages:
            mine = [(path, file) for path, file in files if file.language == language]
            shared = _Shared.of(file for _, file in mine)
            for path, file in mine:
                for name, intent in file.intents.items():
                    self._take(path, name, intent, language, shared)

    def _read(self, path: Path) -> SentenceFile | None:
        try:
            return read_sentences(path)
        except ConfigError as error:
            self.problems.append(f"{path}: {error}")
            return None

    def _take(
        self, path: Path, name: str, intent: IntentSentences, language: str, shared: _Shared
    ) -> None:
        if any(f.name == name and f.sentences.get(language) for f in self.functions):
            self.problems.append(f"{path}: there is an intent {name} in another file. Rename one.")
            return
        try:
            self.functions.append(_function(self, name, intent, language, shared))
        except ConfigError as error:
            self.problems.append(f"{path}: {name} is left out: {error}")
            return
        if any(block.requires_context or block.excludes_context for block in intent.data):
            self.problems.append(
                f"{path}: {name} asks for a context, which is not known here: its sentences are "
                "understood in any."
            )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the files of a language define for each other."""

    lists: Mapping[str, SlotValues]
    rules: Rules
    fillers: tuple[str, ...]

    @staticmethod
    def of(files: Iterable[SentenceFile]) -> _Shared:
        lists: dict[str, SlotValues] = {}
        rules: Rules = {}
        fillers: list[str] = []
        for file in files:
            lists |= file.lists
            rules |= file.expansion_rules
            fillers += file.skip_words
        return _Shared(lists, rules, tuple(fillers))

    def within(self, blocks: Sequence[Block]) -> _Shared:
        """With the lists and rules that are local to an intent's blocks."""
        lists, rules = dict(self.lists), dict(self.rules)
        for block in blocks:
            lists |= block.lists
            rules |= block.expansion_rules
        return _Shared(lists, rules, self.fillers)


def _paths(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())


def _function(
    family: Family, name: str, intent: IntentSentences, language: str, shared: _Shared
) -> Function:
    """Raises ConfigError when a sentence, a list or the response cannot be used."""
    known = shared.within(intent.data)
    templates = {text: block.slots for block in intent.data for text in block.sentences}
    if not templates:
        raise ConfigError("it has no sentence.")
    used = [reference for text in templates for reference in _lists_in(text, known, ())]
    slots = {ref.list_name: _slot_type(ref, known) for ref in used}
    filled = {ref.slot_name for ref in used} | {slot for s in templates.values() for slot in s}
    return Function(
        name,
        family,
        sentences={language: tuple(templates)},
        slots=slots,
        help={},
        call=partial(_reply, _checked_response(intent.response, filled)),
        ahead=True,  # it only answers
        rules={language: known.rules},
        assumed={text: assumed for text, assumed in templates.items() if assumed},
        fillers={language: known.fillers},
        drawn_examples=True,
    )


def _slot_type(reference: ListReference, known: _Shared) -> Any:
    if (numbers := reference.get_inline_range()) is not None:
        start, stop, step = numbers
        return SlotValues(range=Range(start, stop, step)).slot_type(reference.list_name)
    kind = known.lists[reference.list_name].slot_type(reference.list_name)
    phrases = get_args(kind)[1] if get_origin(kind) is Annotated else ()
    for phrase in phrases if isinstance(phrases, dict) else ():  # numbers hold no list
        if isinstance(phrase, str) and any(_lists_in(phrase, known, ())):
            raise ConfigError(f"the value {phrase!r} of a list may not hold another list.")
    return kind


def _lists_in(
    template: str, known: _Shared, inside: tuple[str, ...], used: Iterator[int] | None = None
) -> Iterator[ListReference]:
    """The {lists} of a template, and of the <rules> and phrases that it uses.

    used: counts the rules; one that uses another twice, and so on, is soon without end.
    """
    used = used or itertools.count(1)
    try:
        expression = parse_sentence(template).expression
    except (ParseError, AssertionError, RecursionError) as error:
        raise ConfigError(f"{template!r} is not well formed: {error}.") from error
    for reference in _references(expression):
        if isinstance(reference, RuleReference):
            rule = reference.rule_name
            if rule not in known.rules:
                raise ConfigError(f"{template!r} has <{rule}>, which is not defined.")
            if rule in inside:
                raise ConfigError(f"the rule <{rule}> uses itself.")
            if next(used) > MOST_RULES:
                raise ConfigError(f"the rule <{rule}> is used too often by other rules.")
            yield from _lists_in(known.rules[rule], known, (*inside, rule), used)
        else:
            if not reference.is_inline_range and reference.list_name not in known.lists:
                raise ConfigError(f"{template!r} has {{{reference.list_name}}}, which is no list.")
            yield reference


def _references(expression: Expression) -> Iterator[RuleReference | ListReference]:
    if isinstance(expression, RuleReference | ListReference):
        yield expression
    elif isinstance(expression, Group):
        for item in expression.items:
            yield from _references(item)


def _checked_response(response: str, slots: set[str]) -> str:
    rest = _FIELD.sub("", response)
    if "{" in rest or "}" in rest:
        raise ConfigError(f"its response {response!r} may hold text and {{slot}} fields only.")
    if unknown := set(_FIELD.findall(response)) - slots:
        raise ConfigError(f"its response has {{{min(unknown)}}}, which no sentence fills.")
    return response


def _reply(response: str, request: Request, **slots: Any) -> Reply:
    """The response with its fields filled. What was said is a value here, never a format."""

    def fill(field: re.Match[str]) -> str:
        return spoken.render(slots.get(field[1], ""), request.language)

    text = " ".join(_FIELD.sub(fill, response or _DONE[request.language]).split())
    return Reply(text[:1].upper() + text[1:], request.language)
