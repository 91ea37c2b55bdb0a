"""Whether what a model made of a text tells what the text tells, and what was asked for. Pure.

A small model invents, and a text may hold orders to it ("say only the word banana"). So what it
made is said only where its numbers and names are those of the text, hardly any other word is
foreign to it, the words are among it that most likely are the answer, and it is no longer than what
would be read out: a model that copies the text has put nothing into words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.think.documents.likely import Floats, Question, Sentence
from assistant.think.documents.numerals import as_digits
from assistant.think.documents.windows import LONGEST
from assistant.think.documents.words import Token, tokens

SHOWN = 120
"""Words of the excerpt that a model reads: the likeliest sentences."""
_LIKELY = 0.12
"""Of the likelihood of all words, what an answer must hold."""
_STRANGE = 0.34
"""Of its words that carry meaning, those that neither the text nor the question has, at most."""


def excerpt(found: Sequence[Sentence], shares: Sequence[Floats]) -> list[int]:
    """Which sentences a model is shown, in the order of the text: the likeliest."""
    order = sorted(range(len(found)), key=lambda n: (-float(shares[n].sum()), n))
    taken: list[int] = []
    room = SHOWN
    for number in order:
        words = len(found[number].text.split())
        if words > room and taken:
            break
        taken.append(number)
        room -= words
    return sorted(taken, key=lambda n: (found[n].rank, found[n].start))


def keeper(
    question: Question, found: Sequence[Sentence], shares: Sequence[Floats]
) -> Callable[[str], bool]:
    """Tells of a text whether it may be said instead of these sentences."""
    language = question.query.language
    likely: dict[str, float] = {}
    known = {key for _, key, _ in _words(question.query.text, language)}
    for sentence, share in zip(found, shares, strict=True):
        keys = [key for _, key, _ in _words(sentence.text, language)]
        for key, worth in zip(keys, share, strict=False):
            likely[key] = likely.get(key, 0.0) + float(worth)
        known |= {*keys, *sentence.hit.row.heading_stems}
    return lambda text: _keeps(text, language, known, likely)


def _keeps(text: str, language: str, known: set[str], likely: Mapping[str, float]) -> bool:
    if len(text.split()) > LONGEST:
        return False
    words = _words(text, language)
    content = [word for word in words if not word[0].stop]
    strange = [word for word in content if word[1] not in known]
    if not content or len(strange) > _STRANGE * len(content):
        return False
    if any(number or _is_name(text, token.start) for token, _, number in strange):
        return False
    return sum(likely.get(key, 0.0) for key in {key for _, key, _ in words}) >= _LIKELY


def _is_name(text: str, start: int) -> bool:
    """By its capital, where no sentence begins."""
    before = text[:start].rstrip(" \"'“«¿¡(")
    return text[start].isupper() and bool(before) and before[-1] not in ".!?…:"


def _words(text: str, language: str) -> list[tuple[Token, str, bool]]:
    """Of each word, what it is compared by, and whether it is (a part of) a number, which is the
    same in words and in digits."""
    found = tokens(text, language)
    words = [text[token.start : token.end].lower() for token in found]
    numbers = {place: found[place].stem for place, word in enumerate(words) if word[0].isdigit()}
    for places, digits in as_digits(words, language):
        numbers |= dict.fromkeys(places, digits)
    return [
        (token, numbers.get(place, token.stem), place in numbers)
        for place, token in enumerate(found)
    ]
