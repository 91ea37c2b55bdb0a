"""What the user teaches, and the use of it: "that means ...", "when I say ..., do ...".

A lesson is taken apart where what follows is understood: at a comma or a "do", else at the first
word from which on it is a command, or several. What stands before is the new phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from rapidfuzz import fuzz

from assistant.dialogue.answers import yes_or_no
from assistant.dialogue.splitting import split
from assistant.stages import Router
from assistant.types import Intent
from assistant.understand.normalize import courtesy_taken_off, words

_WHEN = {
    "en": r"(?:when(?:ever)?|if|every time|any time) (?:i say|you hear)",
    "es": r"(?:cuando|si|cada vez que) (?:yo |te )?(?:diga|digo|oigas)",
}
_THAT_MEANS = {
    "en": r"(?:(?:that|this|it) (?:means|meant)|(?:by|with) that i (?:mean|meant))",
    "es": r"(?:(?:eso|esto) (?:significa|quiere decir|quería decir)|con eso quiero decir)",
}
_DO = {
    "en": r"(?:do|then|please|it means|that means|i mean|i want you to|you should|you must)",
    "es": r"(?:haz|entonces|por favor|significa|quiere decir|quiero que|quiero decir|debes)",
}
_FORGET = {"en": r"(?:forget|unlearn)", "es": r"(?:olvida|olvide)"}
_EXPLAIN = {"en": (r"what does", r"means?"), "es": (r"qué significa", r"")}
_MOST_WORDS = 8  # of a phrase
_NEAR = 90.0  # of 100, in letters: what was misheard a little
_TALK = "talk."

_CALL = "taught"


class Lesson(Protocol):
    @property
    def phrase(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def steps(self) -> Sequence[str]: ...


class Store(Protocol):
    def lessons(self) -> Sequence[Lesson]: ...


class Lessons:
    """`plans.Taught` on a store of lessons."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, text: str, language: str, *, near: bool = False) -> Sequence[str]:
        """The sentences that a phrase stands for. near: also one that sounds a little different."""
        versions = [said.plain for said in courtesy_taken_off(words(text, language), language)]
        known = {
            words(each.phrase, language).plain: each.steps
            for each in reversed(self._store.lessons())
            if each.language == language
        }
        for plain in versions:
            if plain in known:
                return known[plain]
        if near and known:
            said = versions[0]
            score, best = max((fuzz.ratio(" ".join(said), " ".join(k)), k) for k in known)
            if score >= _NEAR and _numbers(said) == _numbers(best):
                return known[best]
        return ()

    def lesson(
        self, text: str, language: str, router: Router, misunderstood: str
    ) -> tuple[Intent, ...]:
        """The calls that `text` wants, if it is about what is taught; the steps of "that means
        turn on the fan" as well, because that was wanted before it was taught."""
        text = text.strip().rstrip(" .!?")
        if found := _match(rf"{_THAT_MEANS[language]}\W+(.+)", text):
            return _means(misunderstood, found[1], language, router)
        if found := _match(rf"{_WHEN[language]}\W+(.+)", text):
            return _when(found[1], language, router)
        return self._about(text, language)

    def _about(self, text: str, language: str) -> tuple[Intent, ...]:
        """ "forget movie time", "what does movie time mean" """
        before, after = _EXPLAIN[language]
        for function, pattern in (
            ("forget", rf"{_FORGET[language]}\W+(.+)"),
            ("explain", rf"¿?{before}\W+(.+?)\W*{after}"),
        ):
            found = _match(pattern, text)
            if found and self.find(found[1], language):
                return (_intent(function, phrase=found[1]),)
        return ()


def _match(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.IGNORECASE)


def understood(text: str, language: str, router: Router, *, near: bool = False) -> bool:
    """Whether a text is a command, or several."""
    if router.exact(text, language) is not None or split(text, language, router):
        return True
    return near and isinstance(router.route(text, language), Intent)


def _when(rest: str, language: str, router: Router) -> tuple[Intent, ...]:
    marked = list(_marked(rest, language))
    for near in (False, True):
        for phrase, meaning in marked if near else [*marked, *_everywhere(rest)]:
            few = 0 < len(words(phrase, language)) <= _MOST_WORDS
            if few and understood(meaning, language, router, near=near):
                return (_learn(phrase, meaning, language, router),)
    phrase, meaning = marked[0] if marked else ("", rest)
    return (_intent("learn", phrase=phrase, meaning=meaning, problem="unclear"),)


_MAY_MEAN_MORE = ("talk.good_night",)
"""What is answered politely, and what many would rather have put the lights out."""


def _marked(rest: str, language: str) -> Iterator[tuple[str, str]]:
    """Split at a mark, or at a word that stands between a phrase and its meaning."""
    pattern = rf"\s*[,:;.\"”»]\s*(?:{_DO[language]}\W+)?|\s+{_DO[language]}\W+"
    for found in re.finditer(pattern, rest, re.IGNORECASE):
        if found.start() > 0 and found.end() < len(rest):
            yield rest[: found.start()].strip(' "“”«»'), rest[found.end() :]


def _everywhere(rest: str) -> Iterator[tuple[str, str]]:
    for gap in re.finditer(r"\s+", rest):
        yield rest[: gap.start()], rest[gap.end() :]


def _means(misunderstood: str, meaning: str, language: str, router: Router) -> tuple[Intent, ...]:
    phrase = " ".join(misunderstood.split()).strip(" .!?¿¡")
    if not phrase:
        return (_intent("learn", meaning=meaning, problem="nothing"),)
    if not understood(meaning, language, router, near=True):
        return (_intent("learn", phrase=phrase, meaning=meaning, problem="unclear"),)
    learn = _learn(phrase, meaning, language, router)
    if learn.slots["problem"]:
        return (learn,)
    return (learn, *_meant(meaning, language, router))


def _meant(text: str, language: str, router: Router) -> tuple[Intent, ...]:
    if parts := split(text, language, router):
        return parts
    route = router.exact(text, language) or router.route(text, language)
    return (route,) if isinstance(route, Intent) else ()


def _learn(phrase: str, meaning: str, language: str, router: Router) -> Intent:
    """The call that keeps it; it asks first where the phrase has a meaning already."""
    known = router.exact(phrase, language)
    if known is not None and known.function in _MAY_MEAN_MORE:
        known = None
    talk = known is not None and known.function.startswith(_TALK)
    if talk or yes_or_no(phrase, language) is not None:
        return _intent("learn", phrase=phrase, meaning=meaning, problem="answer")
    function = "learn" if known is None else "replace"
    return _intent(function, phrase=phrase, meaning=meaning, problem="")


def _intent(function: str, **slots: str) -> Intent:
    return Intent(f"{_CALL}.{function}", slots, "dialogue", 1.0, "about what is taught")


def _numbers(said: Sequence[str]) -> list[str]:
    return [word for word in said if word.isdigit()]
