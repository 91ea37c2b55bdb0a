"""The small steps of the cascade; those that are larger have modules of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection

from assistant.settings import RouteSettings
from assistant.types import Intent, Question, Unheard
from assistant.understand.asking import asks
from assistant.understand.by_ear import ByEar
from assistant.understand.normalize import Words, words
from assistant.understand.refusals import Refusals
from assistant.understand.step import Finding, Given, nothing


class Silence:
    """No words, or a single letter that a recognizer made of a click."""

    def look(self, given: Given) -> Finding:
        said = words(given.text, given.language)
        reason = ""
        if not said:
            reason = "no words"
        elif len(said) == 1 and len(said.plain[0]) == 1 and not said.plain[0].isdigit():
            reason = "a single letter"
        return Finding(Unheard(reason), None, reason) if reason else nothing("there are words")


class Matching:
    """A step that is a function from a sentence to what is meant. talk: sentences that are heard
    rightly and are for no function ("what is your name" is near to "what is your memory")."""

    def __init__(
        self, match: Callable[[str], Intent | None], otherwise: str, talk: Collection[Words] = ()
    ) -> None:
        self._match = match
        self._otherwise = otherwise
        self._talk = frozenset(said.plain for said in talk)

    def look(self, given: Given) -> Finding:
        if words(given.text, given.language).plain in self._talk:
            return nothing("it is talk")
        intent = self._match(given.text)
        return Finding(intent, intent.score, intent.reason) if intent else nothing(self._otherwise)


class Fitting:
    """The step of the templates: those of the functions, and of what nothing here can do."""

    def __init__(self, match: Callable[[str], Intent | None], refusals: Refusals) -> None:
        self._match = match
        self._refusals = refusals

    def look(self, given: Given) -> Finding:
        intent = self._match(given.text)
        if (refused := self._refusals.refusal(given.text, intent)) is not None:
            return Finding(refused, None, refused.reason)
        return Finding(intent, intent.score, intent.reason) if intent else _NOTHING_FITS


_NOTHING_FITS = nothing("no template fits")


class Listening:
    """The step that asks the recognizer."""

    def __init__(self, by_ear: ByEar) -> None:
        self._by_ear = by_ear

    def look(self, given: Given) -> Finding:
        if given.ear is None:
            return nothing("there is no sound")
        route = self._by_ear.decide(given.text, given.language, given.ear)
        if not isinstance(route, Intent):
            return nothing("no near sentence fits the sound")
        return Finding(route, route.score, route.reason)


class OpenQuestion:
    """What no function understands: for the language model, or refused."""

    def __init__(self, settings: RouteSettings) -> None:
        self._refuse = settings.open_questions == "refuse"

    def look(self, given: Given) -> Finding:
        if self._refuse:
            reason = "no function fits, and open questions are turned off"
            return Finding(Unheard(reason), None, reason)
        if not asks(given.text, given.language):
            reason = "no function fits, and nothing is asked"
            return Finding(Unheard(reason), None, reason)
        return Finding(Question(given.text.strip(), "no function fits"), None, "no function fits")
