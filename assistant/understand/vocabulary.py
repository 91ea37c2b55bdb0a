"""What speech recognition is biased to: the words and some sentences of what can be said."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Annotated, get_args, get_origin

from assistant.understand.grammar import Grammar, Understandable, told
from assistant.understand.samples import Sampler

# Words that tell nothing about what a sentence is about; recognizers know them well.
_STOP_WORDS = {
    "en": "a an the is are am i me my our you your it its this that to of on in at by for from with"
    " and or do does did have has got will would can could be been so not as what how there up out"
    " off any much many one some more".split(),
    "es": "un una uno el la los las lo le me mi mis tu tus te se su sus es son está están esta este"
    " de del en a al por para con y o que qué cuál cual cómo como hay ha he tengo tienes tiene no"
    " más muy ya todo toda todos todas algún alguna".split(),
}
_DRAWS = 300
"""Sentences drawn of a function, of which the best few are kept."""
_WORDS_EACH = 10
"""Words of an example, on average, at most."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def vocabulary(grammar: Grammar) -> list[str]:
    """Words of the templates of what works here, the most useful first.

    Families take turns, each with its most frequent words; a word that several families use
    ("set", "how") tells little and comes late.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for function in grammar.functions.values():
        if function.available():
            family = counts[function.name.partition(".")[0]]
            for text in _texts(function, grammar.language):
                family.update(set(_WORD.findall(text)))
    users = Counter(word for family in counts.values() for word in family)
    ranked = [
        sorted(family, key=lambda word: (-family[word] / users[word] ** 2, word))
        for family in counts.values()
    ]
    stop = {None, *_STOP_WORDS.get(grammar.language, ())}
    turns = chain.from_iterable(zip_longest(*ranked))
    return [word for word in dict.fromkeys(turns) if word not in stop]


def names(grammar: Grammar) -> list[str]:
    """Words of what the user has named: the phrases of his own functions first, then the devices,
    rooms, players and programs that are there now; those that give names take turns."""
    mine: dict[str, None] = {}
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for function in grammar.functions.values():
        if function.available():
            taken = mine if function.drawn_examples else others[function.name.partition(".")[0]]
            for phrase in _named(function, grammar.language):
                taken.update(dict.fromkeys(_WORD.findall(phrase.lower())))
    turns = chain.from_iterable(zip_longest(*others.values()))
    stop = {None, *_STOP_WORDS.get(grammar.language, ())}
    return [word for word in dict.fromkeys([*mine, *turns]) if word not in stop]


def _named(function: Understandable, language: str) -> Iterator[str]:
    """The phrases of slots that are a user's own, or change while the program runs."""
    for kind in function.slots.values():
        _, phrases = told(kind, language)
        changing = get_origin(kind) is Annotated and callable(get_args(kind)[1])
        if isinstance(phrases, Mapping) and (function.drawn_examples or changing):
            yield from phrases


def examples(grammar: Grammar, most: int) -> list[str]:
    """At most so many sentences of the user's own functions: few and short, but together they
    hold as many different words as they can (greedy set cover)."""
    drawn: list[str] = []
    for function in grammar.functions.values():
        if function.available() and function.drawn_examples:
            drawn += _drawn(function, grammar.language)
    chosen: list[str] = []
    covered = set(_STOP_WORDS.get(grammar.language, ()))
    while len(chosen) < most:
        best = max(drawn, key=lambda text: _gain(text, covered), default="")
        if not _gain(best, covered) or _length([*chosen, best]) > most * _WORDS_EACH:
            break
        chosen.append(best)
        covered.update(_WORD.findall(best))
    return chosen


def _texts(function: Understandable, language: str) -> Iterator[str]:
    """Each template with the rules that it uses, and each phrase that a slot may hold."""
    rules = function.rules.get(language, {})
    for template in function.sentences[language]:
        used = [rules[name] for name in re.findall(r"<(\w+)>", template)]
        yield re.sub(r"\{[^}]*\}|<[^>]*>", " ", " ".join([template, *used]).lower())
    for kind in function.slots.values():
        _, phrases = told(kind, language)
        if isinstance(phrases, Mapping):
            yield from map(str.lower, phrases)


def _drawn(function: Understandable, language: str) -> list[str]:
    sampler = Sampler(function, language, random.Random(0))
    templates = function.sentences[language]
    draws = [sampler.sentence(t) for t in templates for _ in range(_DRAWS // len(templates) + 1)]
    return [text for text in draws if text]


def _length(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def _gain(text: str, covered: set[str]) -> float:
    """New words for each word that is spent."""
    said = _WORD.findall(text)
    return len(set(said) - covered) / (len(said) + 2) if said else 0
