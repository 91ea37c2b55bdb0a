"""The cascade: what is meant by a sentence, decided by the cheapest step that can.

Each step gives a route, with its reason, or None to leave the sentence to the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from assistant import localtime
from assistant.settings import RouteSettings
from assistant.stages import Ear, Expected
from assistant.types import Completeness, Question, Route, Unheard
from assistant.understand.automaton import Automaton
from assistant.understand.by_ear import ByEar
from assistant.understand.completeness import Reader
from assistant.understand.grammar import Understandable, compile_grammar
from assistant.understand.nearby import Candidate, Nearby
from assistant.understand.normalize import words
from assistant.understand.sentences import Templates
from assistant.understand.vocabulary import examples, vocabulary

A_SENTENCE = 3
"""Words. Fewer of them are soon found in noise ("Stop.")."""

FAMILIAR = 0.6
"""Share of neighbouring words of a text that are neighbours in some sentence of a function: then it
may be one, of which a part was misheard ("double shot darkness, I smoke out with soy milk")."""


class Step(Protocol):
    def decide(self, text: str, language: str, ear: Ear | None) -> Route | None:
        """What is meant, or None when this step cannot tell."""


class Silence:
    """No words, or a single letter that a recognizer made of a click."""

    def decide(self, text: str, language: str, ear: Ear | None) -> Route | None:
        said = words(text, language)
        if not said:
            return Unheard("no words")
        if len(said) == 1 and len(said.plain[0]) == 1 and not said.plain[0].isdigit():
            return Unheard("a single letter")
        return None


class Sentences:
    """The sentence templates of all functions, in each language."""

    def __init__(self, languages: Mapping[str, Templates]) -> None:
        self._languages = languages

    def decide(self, text: str, language: str, ear: Ear | None) -> Route | None:
        templates = self._languages.get(language)
        return templates.match(text) if templates else None


class BySound:
    """The same sentences, by sound and by small edits, in each language."""

    def __init__(self, languages: Mapping[str, Nearby]) -> None:
        self._languages = languages

    def decide(self, text: str, language: str, ear: Ear | None) -> Route | None:
        nearby = self._languages.get(language)
        return nearby.match(text) if nearby else None


class OpenQuestion:
    """What no function understands: for the language model, or refused."""

    def __init__(self, settings: RouteSettings) -> None:
        self._refuse = settings.open_questions == "refuse"

    def decide(self, text: str, language: str) -> Route:
        if self._refuse:
            return Unheard("no function fits, and open questions are turned off")
        return Question(text.strip(), "no function fits")


class Cascade:
    """The router: silence, sentence templates, the same by sound and by ear, open question."""

    def __init__(
        self,
        functions: Iterable[Understandable],
        languages: Sequence[str],
        settings: RouteSettings,
        now: Callable[[], dt.datetime] = localtime.now,
    ) -> None:
        """now: what "at seven" and "tomorrow" are resolved against; aware."""
        functions = list(functions)
        used = languages if settings.templates else ()
        self._grammars = {name: compile_grammar(functions, name) for name in used}
        automata = {name: Automaton(g) for name, g in self._grammars.items()}
        self._templates = {name: Templates(g, now) for name, g in self._grammars.items()}
        self._nearby = {
            name: Nearby(grammar, automata[name], self._templates[name], now)
            for name, grammar in self._grammars.items()
        }
        self._readers = {
            name: Reader(grammar, automata[name], now) for name, grammar in self._grammars.items()
        }
        self._last = OpenQuestion(settings)
        self._steps: list[Step] = [Silence(), Sentences(self._templates)]
        self._by_sound = settings.by_sound
        if self._by_sound:
            self._steps += [BySound(self._nearby), ByEar(self._nearby)]

    def route(self, text: str, language: str, ear: Ear | None = None) -> Route:
        for step in self._steps:
            if (decision := step.decide(text, language, ear)) is not None:
                return decision
        return self._last.decide(text, language)

    def expects(self, text: str, language: str) -> Expected:
        """What a text is to the functions. A sentence has some words: fewer are soon found in
        noise."""
        templates = self._templates.get(language)
        if templates is None:
            return "no"
        if templates.match(text) is not None:
            return "a sentence" if len(words(text, language)) >= A_SENTENCE else "no"
        if not self._by_sound:
            return "no"
        nearby, reader = self._nearby[language], self._readers[language]
        if nearby.match(text) is not None:
            return "by sound"
        familiar = reader.familiar(text) >= FAMILIAR
        return "nearly" if familiar or nearby.candidates(text, most=1) else "no"

    def warm(self) -> None:
        """Make what the first near sentence would have to wait for: a third of a second."""
        for language, nearby in self._nearby.items():
            nearby.candidates("warm up", most=1)
            self._readers[language].familiar("warm up")

    def candidates(self, text: str, language: str, most: int = 8) -> list[Candidate]:
        """Sentences near to a text, the nearest first, for whoever can tell them apart."""
        nearby = self._nearby.get(language)
        return nearby.candidates(text, most) if nearby else []

    def completeness(self, text: str, language: str) -> Completeness:
        """Whether a text, perhaps the beginning of one, is a whole command."""
        reader = self._readers.get(language)
        if reader is None:
            return "unknown"
        found = reader.completeness(text)
        if found == "unknown" and self._by_sound:
            corrected = self._nearby[language].corrected(text)
            return reader.completeness(corrected) if corrected else "unknown"
        return found

    def vocabulary(self, language: str) -> list[str]:
        """Words that speech recognition is biased to, the most useful first."""
        grammar = self._grammars.get(language)
        return vocabulary(grammar) if grammar else []

    def examples(self, language: str, most: int) -> list[str]:
        """At most so many sentences of the user's own, to bias speech recognition to."""
        grammar = self._grammars.get(language)
        return examples(grammar, most) if grammar else []
