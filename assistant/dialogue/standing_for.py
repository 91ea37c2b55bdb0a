"""What "it" stands for: "turn on the kitchen light", "make it blue"; "what's on it?".

Runs of the words that were said before are put in the place of the "it", the longest first, until
the sentence means something for the same family, with the values that the one before had. So it
can stand for whatever a whole sentence could be about, and for nothing else. Commands that name
neither ("take the milk off", "turn off") are tried with such words at their end.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.stages import Router
from assistant.types import Intent, Said
from assistant.understand.normalize import Words, without_accents, without_courtesy, words
from assistant.understand.numbers import number

_STAGE = "dialogue"
_REASON = "“it” is what was spoken of before"
_MOST_WORDS = 9
"""Of what is said: longer sentences name what they are about."""
_MOST_THING = 6
_MOST_BEFORE = 16
"""Words of the sentence before of which runs are tried."""
_MOST_ANSWER = 9  # words of an answer that is reckoned with
_SUMS = "calculation."
_WHOLE = frozenset({"lists.delete"})
_ON_IT = frozenset({"lists.add", "lists.remove", "lists.check"})
_MOST_TRIED = 90  # a try costs a fraction of a millisecond

_PRONOUNS = {
    "en": frozenset("it them that those this these".split()),
    "es": frozenset("ella ello el ellas ellos eso esa ese esta este".split()),
}
_ONE = frozenset({"one", "ones"})
_PLURALS = {
    "en": frozenset("them those these both ones".split()),
    "es": frozenset("ellos ellas ambos ambas todos todas".split()),
}
_AFTER = frozenset("en de a con para".split())
"""Spanish words after which "él" and "ella" are a thing and no article."""
_THERE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {"there": ("on", "to", "in")},
    "es": {"ahi": ("en", "a"), "alli": ("en", "a")},
}
_CLITIC = re.compile(r"([a-z]{2,}?)(?:l[oa]s?)$")
_ENDED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "turn": ("",), "switch": ("",), "shut": ("",), "close": ("",), "open": ("",),
        "add": ("to", "on"), "put": ("on", "to"), "take": ("", "off", "from"),
        "remove": ("from",), "delete": ("from",), "cross": ("", "off"), "is": ("on",),
        "cancel": ("from", ""),
    },
    "es": {
        "enciende": ("",), "apaga": ("",), "abre": ("",), "cierra": ("",), "prende": ("",),
        "añade": ("a",), "anade": ("a",), "pon": ("en",), "mete": ("en",), "apunta": ("en",),
        "agrega": ("a",), "quita": ("de",), "borra": ("de",), "tacha": ("de",), "saca": ("de",),
    },
}  # fmt: skip
"""The verbs whose object may be left out, and what joins it to what is said."""
_AGAIN = {"en": (("again",), ("back",)), "es": (("otra", "vez"), ("de", "nuevo"))}
_LITTLE = frozenset("the a an my our some el la los las un una mi".split())


def resolved(
    text: str, language: str, before: Intent, sentence: str, router: Router
) -> Intent | None:
    """The command that a text is when it is about what `before`, said as `sentence`, was about."""
    said = without_courtesy(words(text, language), language)
    if not 1 <= len(said) <= _MOST_WORDS:
        return None
    best: tuple[tuple[bool, float, int], Intent] | None = None
    things = [*_things(sentence, language)]
    many = not _PLURALS.get(language, frozenset()).isdisjoint(said.plain)
    if many:  # "all of them" are no ten o'clock
        things = [thing for thing in things if not _has_number(thing, language)]
    tries = ((*frame, thing) for frame in _frames(said, language) for thing in things)
    for start, end, thing in itertools.islice(tries, _MOST_TRIED):
        whole = " ".join((*start, *thing, *end))
        meant = router.exact(whole, language)
        if (
            meant is None
            or _is_too_much(meant, before)
            or (equal := _same_thing(meant, before, thing)) is None
        ):
            continue
        if not start and not equal and meant.score < 1:
            continue  # "slower" is no word to be spelled
        # the thing by its name ("the camping list", not "list"), in the fewest words (else "off"
        # would be one more thing to be taken off the list), with all that was said of it
        rank = equal > 0, meant.score, equal
        if best is None or rank > best[0]:
            best = rank, replace(meant, stage=_STAGE, reason=_REASON, text=whole)
    return best[1] if best else None


def of_answer(said: Said, before: Intent, answered: str, router: Router) -> Intent | None:
    """ "What is twenty percent of that", after a sum: of what came out, and not of what went in.
    None where the answer names two numbers."""
    if not before.function.startswith(_SUMS):
        return None
    asked = without_courtesy(words(said.text, said.language), said.language)
    numbers = words(answered, said.language)
    if not 1 < len(asked) <= _MOST_WORDS or len(numbers) > _MOST_ANSWER:
        return None
    runs = _runs(numbers.said, len(numbers))
    for start, end in _pronouns(asked, said.language):
        for length, same in itertools.groupby(runs, len):
            texts = [" ".join((*start, *run, *end)) for run in same if length]
            found = [(text, router.exact(text, said.language)) for text in texts]
            meant = [(text, m) for text, m in found if m and m.function.startswith(_SUMS)]
            if meant:
                [(text, sum_), *others] = meant
                return None if others else replace(sum_, stage=_STAGE, reason=_REASON, text=text)
    return None


def _runs(said: tuple[str, ...], most: int) -> list[tuple[str, ...]]:
    """Runs of words, the longest first."""
    return [
        said[start : start + length]
        for length in range(most, 0, -1)
        for start in range(len(said) - length + 1)
    ]


def _frames(said: Words, language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The words before and after the place where the thing belongs."""
    for end in (len(said), *_without_again(said, language)):
        part = said.cut(0, end)
        found = [*_pronouns(part, language)]
        yield from found
        if found:
            continue
        ended = _ENDED.get(language, {}).get(part.plain[0])
        for joint in ended or ():
            yield (*part.said, *joint.split()), ()
        if language == "en" and len(part) > 2 and part.plain[-1] in _ONE:
            yield part.said[:-1], ()  # "cancel the egg one"
        if ended is None and len(part) == 1:  # "off"
            yield (), part.said


def _without_again(said: Words, language: str) -> list[int]:
    return [
        len(said) - len(again)
        for again in _AGAIN.get(language, ())
        if len(said) > len(again) and said.plain[-len(again) :] == again
    ]


def _pronouns(said: Words, language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for i, word in enumerate(said.plain):
        before, after = said.said[:i], said.said[i + 1 :]
        if word in _PRONOUNS.get(language, ()) and (
            language == "en" or (i and said.plain[i - 1] in _AFTER)
        ):
            yield before, after[said.plain[i + 1 : i + 2] == ("one",) :]  # "cancel that one"
        for joint in _THERE.get(language, {}).get(word, ()):
            yield (before if before[-1:] == (joint,) else (*before, joint)), after
        if language == "es" and i < 2 and (clitic := _CLITIC.match(word)):
            yield (*before, clitic[1]), after


def _things(sentence: str, language: str) -> Iterator[tuple[str, ...]]:
    """Runs of words of the sentence before, the longest first; those at its end before others."""
    said = without_courtesy(words(sentence, language), language).said[:_MOST_BEFORE]
    for length in range(min(_MOST_THING, len(said) - 1), 0, -1):
        for start in range(len(said) - length, -1, -1):
            thing = said[start : start + length]
            if not _LITTLE.issuperset(thing) and thing[0] not in _ONE:
                yield thing


def _is_too_much(meant: Intent, before: Intent) -> bool:
    """ "Delete that one", after milk was put on a list: never all of the list; nor, after the first
    was deleted, what is the first by now."""
    again = meant.function in _ON_IT and meant.slots == before.slots
    return before.function in _ON_IT and (meant.function in _WHOLE or again)


def _has_number(thing: tuple[str, ...], language: str) -> bool:
    plain = tuple(map(without_accents, thing))
    return any(number(plain, at, language) is not None for at in range(len(plain)))


def _same_thing(meant: Intent, before: Intent, thing: tuple[str, ...]) -> int | None:
    """How many values both have alike, where both are of one family, and `thing` is the same to
    both or is named in none ("the list", "a timer"); else None."""
    if meant.function.partition(".")[0] != before.function.partition(".")[0]:
        return None
    content = set(thing) - _LITTLE
    new, old = _naming(meant, content), _naming(before, content)
    if any(before.slots.get(slot, meant.slots[slot]) != meant.slots[slot] for slot in new):
        return None
    alike = sum(before.slots.get(slot) == value for slot, value in meant.slots.items())
    return alike if alike or not (new or old) else None


def _naming(intent: Intent, content: set[str]) -> set[str]:
    """The slots whose values hold some of these words."""
    return {
        slot
        for slot, value in intent.slots.items()
        if isinstance(value, str) and not content.isdisjoint(value.lower().split())
    }
