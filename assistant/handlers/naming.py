"""How a function is called when the user is asked about it: by its topic, a value, an example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hassil import parse_sentence
from hassil.sample import sample_expression

from assistant import spoken
from assistant.handlers.contract import Function
from assistant.types import Intent

_HINT = re.compile(r"\s*(?:Say undo|Di deshacer)\b[^.]*\.\s*$")
_PROMISE_EN = re.compile(r"^(?:I['’]ll|I will)\b")
_PROMISE_ES = re.compile(r"^(?:(?:me|te|se|lo|la|los|las|le|les|os) )*\w{3,}ré\b", re.IGNORECASE)
_FIELD = re.compile(r"\{(\w+)\}")


def question(function: Function, intent: Intent, text: str, language: str) -> str:
    """What is asked before it is called: its own question, or what was said, asked back.

    Values are filled in as text, so that what was said is never a format string.
    """
    own = function.confirm.get(language) or function.confirm.get("en")
    if own:
        return _FIELD.sub(lambda field: _spoken(intent.slots, field[1], language), own)
    said = " ".join(text.split()).strip(" .!?¡¿,")
    return f"¿Hago esto: {said}?" if language == "es" else f"Shall I do this: {said}?"


def within(sentence: str, language: str) -> str:
    """A sentence as it is written after a colon: "I" keeps its capital."""
    first = sentence.split(maxsplit=1)[0] if sentence.strip() else ""
    if language == "en" and (first == "I" or first.startswith(("I'", "I’"))):
        return sentence
    return sentence[:1].lower() + sentence[1:]


def no_longer(sentence: str, language: str) -> str:
    """What was said when something was done, once it is undone: a promise is taken back ("I'll ring
    at eight" is heard as one otherwise), and that it can be undone is no news."""
    sentence = _HINT.sub("", sentence)
    if language == "es":
        return _PROMISE_ES.sub(
            lambda promise: f"No {promise[0][:1].lower()}{promise[0][1:]}", sentence
        )
    return _PROMISE_EN.sub("I won't", sentence)


def names(options: Sequence[tuple[Function, Intent]], language: str) -> list[str]:
    """A name for each, so that no two are alike where that can be."""
    intents = [intent for _, intent in options]
    for candidate in (
        _values(intents, language),
        [_topic(function, language) for function, _ in options],
        [intent.text for intent in intents],
        [_described(function, intent, language) for function, intent in options],
        [_help(function, language) for function, _ in options],
    ):
        if all(candidate) and len(set(candidate)) == len(options):
            return candidate
    return [
        _described(function, intent, language)
        or _help(function, language)
        or _sentence(function, language)
        for function, intent in options
    ]


def _described(function: Function, intent: Intent, language: str) -> str:
    """By its values, where it has some: an example would name those of others."""
    values = [_spoken(intent.slots, slot, language) for slot in intent.slots]
    return f"{_topic(function, language)}: {', '.join(values)}" if values else ""


def _values(intents: Sequence[Intent], language: str) -> list[str]:
    """Where only one slot differs, its values."""
    if len({intent.function for intent in intents}) > 1:
        return []
    slots = {slot for intent in intents for slot in intent.slots}
    differing = [s for s in slots if len({repr(i.slots.get(s)) for i in intents}) > 1]
    if len(differing) != 1:
        return []
    return [_spoken(intent.slots, differing[0], language) for intent in intents]


def _spoken(slots: Mapping[str, Any], slot: str, language: str) -> str:
    return spoken.render(slots[slot], language) if slot in slots else ""


def _topic(function: Function, language: str) -> str:
    """ "the volume", of "[the] (volume|sound)"."""
    topic = function.family.topic.get(language) or function.family.topic.get("en", "")
    samples = sample_expression(parse_sentence(topic).expression) if topic else iter(())
    return " ".join(next(samples, "").split())


def _sentence(function: Function, language: str) -> str:
    """The first of its sentences that can be read as it is; never the name it has in the program,
    which nobody says."""
    for template in function.sentences.get(language, ()):
        if not set(template) & set("<{"):
            sample = next(iter(sample_expression(parse_sentence(template).expression)), "")
            if sample.strip():
                return " ".join(sample.split())
    return _topic(function, language) or function.name.replace(".", " ").replace("_", " ")


def _help(function: Function, language: str) -> str:
    return function.help.get(language) or function.help.get("en", "")
