"""The words of a sentence that tell what it is about, and those that a function is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, get_args, get_origin

from assistant.understand.grammar import Understandable, folded

# Words that any sentence may have, whatever it is about.
_COMMON = {
    "en": "a an the this that these those it its is are am was were be been being do does did have"
    " has had i me my mine you your we us our he she they them there here to of for and or in at on"
    " by with from about as so just please can could would will shall should may might want need"
    " like let make get got give tell show say know what which when where who how much many not"
    " some any all now then up out hey ok okay right again also thing things one ones if than too"
    " very really i'd i'll i've let's sure go going look take",
    "es": "un una unos unas el la los las lo le les me mi mis te tu tus se su sus nos es son era"
    " soy eres esta estan estoy estas este esto esta ese esa eso hay ha he has han haber ser estar"
    " de del en a al por para con sin y o u que cual cuales cuanto cuanta cuantos cuantas como"
    " cuando donde quien porque pero si no muy mas ya ahora aqui ahi favor porfa puedes podrias"
    " quiero quisiera necesito haz hazme dime dame di ponme ver tengo tienes tiene hacer todo toda"
    " todos todas cosa cosas algo otra otro vez hola oye vale bien",
}
COMMON = {language: frozenset(words.split()) for language, words in _COMMON.items()}

_MARKUP = re.compile(r"\{[^}]*\}|<[^>]*>|[|()\[\]]")
_RULE = re.compile(r"<(\w+)>")
_STEM = 5  # letters


def stem(word: str) -> str:
    """What is left of a word without its ending, roughly: "alarms", "alarm"."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:_STEM]


def own_stems(function: Understandable, language: str) -> frozenset[str]:
    """Of all words that the sentences of a function may have, slots of any words left out."""
    found = set()
    for text in _texts(function, language):
        # "timer[s]" is one word, "[the]timer" two that nobody writes
        for word in _MARKUP.sub(
            " ", re.sub(r"(?<=\w)\[(\w+)\]", r"\1", folded(text, language))
        ).split():
            found.add(stem(word))
    return frozenset(found)


def _texts(function: Understandable, language: str) -> Iterator[str]:
    rules = function.rules.get(language, {})
    todo, seen = list(function.sentences.get(language, ())), set()
    while todo:
        text = todo.pop()
        yield text
        for name in _RULE.findall(text):
            if name not in seen and name in rules:
                seen.add(name)
                todo.append(rules[name])
    for kind in function.slots.values():
        yield from phrases(kind)


def phrases(annotation: object) -> Mapping[str, object]:
    """The phrases that a slot of this type may hold, as templates, each with its value."""
    kind, meta = annotation, None
    if get_origin(annotation) is Annotated:
        kind, meta = get_args(annotation)[:2]
    if isinstance(meta, Mapping):
        return meta
    if str(get_origin(kind)) == "typing.Literal":
        return {str(choice): choice for choice in get_args(kind)}
    return {}


def is_free(annotation: object) -> bool:
    """Whether a slot of this type takes any words."""
    kind, meta = annotation, None
    if get_origin(annotation) is Annotated:
        kind, meta = get_args(annotation)[:2]
    return kind is str and (meta is None or isinstance(meta, int))
