"""How the assistant speaks, where that can be changed while it runs: its pace, its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant import models
from assistant.errors import ModelError
from assistant.settings import Config
from assistant.stages import Voice
from assistant.worker import Worker

SLOWEST, FASTEST = 0.5, 2.0
"""Bounds of `speak.pace`."""


def lacking(config: Config, language: str) -> str:
    """Why a language cannot be understood and spoken here; "" when it can."""
    from assistant.speak.voices import ESPEAK

    try:
        for name in (config.stt.model(language), config.speak.voice(language)):
            if name != ESPEAK:
                models.locate(name)
    except ModelError as error:
        return str(error)
    return ""


class Manner:
    """lacks: says why a language cannot be used, "" when it can. Changed by the thread of the
    functions, read by all."""

    def __init__(self, config: Config, lacks: Callable[[Config, str], str] = lacking) -> None:
        self._config = config
        self._lacks = lacks
        self.pace = config.speak.pace
        self.usual_pace = config.speak.pace
        self.languages = config.languages
        self.wanted: str | None = None
        """The language to go on with, once what is being said has been said."""
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
        problem = self._lacks(self._config, language)
        if not problem:
            self.wanted = language
        return problem
