"""How the assistant speaks, where that can be changed while it runs: its pace, its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.settings import Config
from assistant.stages import Voice
from assistant.worker import Worker

SLOWEST, FASTEST = 0.5, 2.0
"""Bounds of `speak.pace`."""


class Manner:
    """usable: says why a language cannot be used here, as a sentence for the screen; "" when it
    can. Changed by the thread of the functions, read by all."""

    def __init__(self, config: Config, usable: Callable[[str], str]) -> None:
        self.pace = config.speak.pace
        self.usual_pace = config.speak.pace
        self.languages = config.languages
        self.wanted: str | None = None
        """The language to go on with, once what is being said has been said."""
        self._usable = usable
        self._voices: Mapping[str, Worker[Voice]] = {}

    def speak_with(self, voices: Mapping[str, Worker[Voice]]) -> None:
        """These are the voices whose pace it is."""
        self._voices = voices

    def set_pace(self, pace: float) -> float:
        """From the next sentence on; gives the pace that it is now, within bounds."""
        self.pace = min(max(round(pace, 2), SLOWEST), FASTEST)
        for voice in self._voices.values():
            if voice.loaded:  # one that is not will be loaded with it
                voice.start(lambda v: v.set_pace(self.pace))
        return self.pace

    def switch(self, language: str) -> str:
        """Go on in another language. Gives why that cannot be, or "" when it will be done."""
        problem = self._usable(language)
        if not problem:
            self.wanted = language
        return problem
