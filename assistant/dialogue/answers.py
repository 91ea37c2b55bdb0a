"""What answers a question of ours: yes, no, the first one, its name. Pure tables of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.understand.normalize import without_accents, words
from assistant.understand.opposites import negated


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(without_accents(p).split()) for p in text.split("|"))


_YES = {
    "en": _phrases(
        "yes|yeah|yea|yep|yup|y|sure|sure thing|of course|certainly|definitely|absolutely|okay|ok"
        "|okey|do it|do that|go ahead|please do|go for it|right|that is right|correct"
        "|that is correct|exactly|confirm|confirmed|i confirm|i do|affirmative|i am sure|fine"
        "|proceed|by all means|alright|all right|sounds good|uh huh|you may|i said yes"
    ),
    "es": _phrases(
        "sí|s|sip|claro|claro que sí|vale|venga|dale|de acuerdo|por supuesto|desde luego|hazlo"
        "|hágalo|hacelo|adelante|correcto|exacto|eso es|así es|confirmo|confirmado|afirmativo|ok"
        "|okay|okey|bueno|seguro|estoy seguro|estoy segura|perfecto|cómo no|órale|simón|bien"
        "|he dicho que sí|que sí|yes"
    ),
}
_NO = {
    "en": _phrases(
        "no|nope|nah|n|no way|do not|do not do it|do not do that|stop|cancel|cancel that|cancel it"
        "|never mind|nevermind|forget it|forget that|not now|leave it|negative|better not"
        "|rather not|i would rather not|wait|hold on|abort|of course not|certainly not"
        "|absolutely not|i changed my mind|not yet|nothing|do nothing|it does not matter"
        "|definitely not|not at all|neither|none|none of them|neither of them|i said no"
    ),
    "es": _phrases(
        "no|nop|n|no lo hagas|no lo haga|no hagas eso|no hagas nada|cancela|cancelar|cancélalo"
        "|cancela eso|para|déjalo|olvídalo|mejor no|ni hablar|de ninguna manera|para nada"
        "|negativo|nada|todavía no|aún no|ahora no|espera|claro que no|por supuesto que no"
        "|que no|da igual|no importa|no quiero|ninguno|ninguna|ninguno de los dos"
        "|ninguna de las dos|he cambiado de idea|desde luego que no|he dicho que no"
    ),
}
_BESIDE = {
    "en": _phrases("please|thanks|thank you|then|well|oh|uh|um|now|just|really|to that"),
    "es": _phrases("por favor|porfa|gracias|pues|bueno|ah|eh|ahora|ya|entonces|muchas gracias"),
}
_ORDINALS = {
    "en": ("first|1|former", "second|2|two|latter", "third|3|three", "fourth|4|four"),
    "es": (
        "primero|primera|primer|1|uno|una",
        "segundo|segunda|2|dos",
        "tercero|tercera|3|tres",
        "cuarto|cuarta|4|cuatro",
    ),
}
_AROUND_ORDINAL = frozenset("the one number option choice el la lo numero opcion a al".split())
_LAST = frozenset("last ultimo ultima".split())
_ALL = {
    "en": _phrases("both|both of them|all|all of them|the two|do both|everything"),
    "es": _phrases("los dos|las dos|ambos|ambas|todos|todas|todo|las dos cosas"),
}
_OTHER = {
    "en": _phrases(
        "the other|the other one|other one|no the other|no the other one|not that one the other one"
        "|not this one the other one|i meant the other one|i mean the other one|not that one"
        "|no not that one|no i meant the other one|the other one please|not that the other one"
    ),
    "es": _phrases(
        "el otro|la otra|lo otro|no el otro|no la otra|no lo otro|al otro|a la otra|ese no"
        "|esa no|ese no el otro|esa no la otra|no ese no|no esa no|me refería al otro"
        "|me refería a la otra|quería decir el otro|quería decir la otra|no me refería al otro"
        "|no me refería a la otra"
    ),
}
_EMPTY_WORDS = frozenset(
    "the a an of to my el la los las un una de del al a it set turn on por please".split()
)
_PAUSED = re.compile(r"\W*no\b *[,;.:!]", re.IGNORECASE)
_DENYING = {
    "en": frozenset("neither nor nope nah".split()),
    "es": frozenset("ni tampoco ninguno ninguna".split()),
}
_LONGEST = 6  # words of a phrase above
_MANY = 1000
_NEAR = 0.8  # of two words' letters: "bedroom" and "bedrooms"


def yes_or_no(text: str, language: str) -> bool | None:
    """Whether it is nothing but a yes, or nothing but a no. "Yes, no, wait" is neither."""
    said = words(text, language).plain
    yes, no = _YES.get(language, _YES["en"]), _NO.get(language, _NO["en"])
    beside = _BESIDE.get(language, _BESIDE["en"])
    # for each place, what the words up to there say, and in how few phrases: "of course not" is
    # one, and no "of course"
    readings: list[dict[frozenset[bool], int]] = [{frozenset(): 0}]
    for end in range(1, len(said) + 1):
        found: dict[frozenset[bool], int] = {}
        for start in range(max(0, end - _LONGEST), end):
            phrase = said[start:end]
            senses = [frozenset({v}) for v, table in ((True, yes), (False, no)) if phrase in table]
            for sense in [*senses, *([frozenset()] if phrase in beside else [])]:
                for before, count in readings[start].items():
                    reading = before | sense
                    found[reading] = min(count + 1, found.get(reading, _MANY))
        readings.append(found)
    # "bueno" stands beside a yes, and is one when nothing else is said
    senses_of_all = {sense: count for sense, count in readings[-1].items() if sense}
    best = min(senses_of_all, key=lambda sense: senses_of_all[sense], default=frozenset())
    return next(iter(best)) if len(best) == 1 else None


def is_other(text: str, language: str) -> bool:
    """ "the other one" """
    return words(text, language).plain in _OTHER.get(language, ())


def picked(text: str, names: Sequence[str], language: str) -> list[int]:
    """Which of the options that were named is meant: none of them, one, or all."""
    if _denied(text, names, language):
        return []
    said = words(text, language).plain
    said = said[said[:1] == ("no",) :]
    if said in _ALL.get(language, ()):
        return list(range(len(names)))
    if (place := _ordinal(said, language, len(names))) is not None:
        return [place]
    matches = [_common(said, words(name, language).plain) for name in names]
    # a word that all the names have tells nothing
    shared = min(matches, default=0)
    best = [n for n, count in enumerate(matches) if count == max(matches) and count > shared]
    if len(names) == 1 and matches[0] > 0:
        return [0]
    return best if len(best) == 1 else []


def refuses(text: str, names: Sequence[str], language: str) -> bool:
    """Whether options are named only to say that they are not wanted, and nothing else is said:
    "no, not the freezer", "I don't want the kitchen light"."""
    said = words(text, language).plain
    named = any(_common(said, words(name, language).plain) for name in names)
    return named and _denied(text, names, language)


def _denied(text: str, names: Sequence[str], language: str) -> bool:
    """Whether something is said not to be wanted. A "no" before it picks another of several ("no,
    the second"): in Spanish only with a pause, as "no la segunda" is "not the second"."""
    said = words(text, language).plain
    if said[:1] == ("no",) and len(names) > 1 and (language != "es" or _PAUSED.match(text)):
        said = said[1:]
    return negated(said, language) or not _DENYING.get(language, frozenset()).isdisjoint(said)


def _ordinal(said: Sequence[str], language: str, count: int) -> int | None:
    rest = [word for word in said if word not in _AROUND_ORDINAL]
    if len(rest) == 1 and rest[0] in _LAST:
        return count - 1
    if len(said) == 2 and tuple(said) in {("number", "one"), ("option", "one"), ("the", "one")}:
        return 0
    if len(rest) != 1:
        return None
    for place, forms in enumerate(_ORDINALS.get(language, _ORDINALS["en"])[:count]):
        if rest[0] in forms.split("|"):
            return place
    return None


def _common(said: Sequence[str], name: Sequence[str]) -> int:
    content = {word for word in name if word not in _EMPTY_WORDS}
    return sum(
        any(word == other or SequenceMatcher(None, word, other).ratio() >= _NEAR for word in said)
        for other in content
    )
