"""The settings of the moment: the user's, changed by the steps that are taken.

Engines read their settings here when they are loaded. One thread changes them; others read.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence

from assistant import config as layers, models
from assistant.errors import AssistantError, ConfigError
from assistant.power.governor import Conditions, Taken
from assistant.settings import Config

log = logging.getLogger(__name__)

_MODELS = ("stt.model_", "speak.voice_", "think.model", "think.larger")
_ALWAYS_THERE = ("espeak", "none")
_UNLOAD = "memory.idle_unload"
_NEVER_MORE = ("think.max_tokens", "think.enough_words", "speak.cache_mb")


class Standing:
    """config: the settings in force. taken: the steps in force, in their order."""

    def __init__(self, config: Config) -> None:
        self.user = config
        self.config = config
        self.taken: tuple[Taken, ...] = ()
        self.conditions = Conditions()
        self.pin: Callable[[bool], object] | None = None
        """Saves power whatever the machine is like, or no longer; None where nothing governs."""

    def take(self, taken: Sequence[Taken]) -> tuple[Config, Config]:
        """Put steps in force; the settings before and after it."""
        before = self.config
        self.taken = tuple(taken)
        self.config = with_steps(self.user, [step.step for step in taken])
        return before, self.config

    @property
    def answers(self) -> bool:
        """Whether open questions are answered by a language model; where the user's own settings
        refuse them, no step took them away."""
        return self.config.route.open_questions == self.user.route.open_questions


def with_steps(config: Config, steps: Sequence[str]) -> Config:
    """The settings with what some steps change; a model that is not installed is passed over, and
    where the user's own setting does with less than the step, that stays."""
    wanted = [
        text if _does_with_less(config, step, text) else _as_it_is(config, text)
        for step in steps
        for text in getattr(config.governor, step)
        if not text.startswith(_MODELS) or _there(text.partition("=")[2].strip().strip('"'))
    ]
    try:
        return layers.changed(config, wanted)
    except ConfigError as error:  # checked at the start; a program that made them up is told
        log.warning("a step of the governor cannot be taken: %s", error)
        return config


def _does_with_less(config: Config, step: str, text: str) -> bool:
    """Whether a change of a step leaves less than the user's setting does. On battery models stay
    longer, as to load them takes energy; elsewhere they go sooner, to give back their memory."""
    key, _, value = text.partition("=")
    key = key.strip()
    if key not in (_UNLOAD, *_NEVER_MORE):
        return True
    try:
        new, users = (_amount(key, v) for v in (value, layers.value_of(config, key)))
    except ValueError:  # whoever puts it in force says what is wrong with it
        return True
    longer = key == _UNLOAD and step.startswith("battery")
    return new > users if longer else new < users


def _amount(key: str, value: object) -> float:
    """Never (0) to unload is later than any time."""
    number = float(str(value))
    return number if number or key != _UNLOAD else float("inf")


def _as_it_is(config: Config, text: str) -> str:
    key = text.partition("=")[0].strip()
    return f"{key}={json.dumps(layers.value_of(config, key))}"


def _there(model: str) -> bool:
    if model in _ALWAYS_THERE:
        return True
    try:
        return models.current(model) is not None
    except AssistantError:
        return False
