"""The language models of one run, each with its thread, and who of them is asked."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from assistant import models
from assistant.apart.engines import ApartThinker
from assistant.errors import AssistantError
from assistant.power.standing import with_steps
from assistant.settings import Config, Step, Think
from assistant.speak.sentences import split_stream
from assistant.stages import Thinker, Toolbox
from assistant.think import table
from assistant.think.choosing import Able, Share
from assistant.think.director import Director, OwnMemory, Source
from assistant.worker import STILL, Worker

NONE = "none"
_LONGEST = 600.0
"""Seconds: an answer of all its tokens, on the slowest board."""
SHOWN = 24  # examples of what can be said: some 300 tokens


def thinkers(
    config: Config, about: Callable[[str], str], now: Callable[[], Config] | None = None
) -> dict[str, Worker[Thinker]]:
    """By the id of the model: that of the settings, the larger one where it is installed, and those
    that some step of the governor puts in their place.

    now: the settings of the moment, with which a model is loaded."""

    def load(model: str) -> Thinker:
        settings = now().think if now is not None else config.think
        told = about if informed(config, model) else _nothing
        if "think" in config.engines.apart:
            return ApartThinker(partial(slm, settings, model), told)
        return slm(settings, model, told)

    wanted = _wanted(config)
    for step in get_args(Step):
        wanted += _wanted(with_steps(config, [step]))
    return {
        model: Worker("think", partial(load, model), still=STILL, limit=_LONGEST)
        for model in dict.fromkeys(wanted)
    }


def _wanted(config: Config) -> list[str]:
    """The models of some settings, the preferred first."""
    wanted = [] if config.think.model == NONE else [config.think.model]
    larger = config.think.larger
    if larger not in (NONE, *wanted) and models.current(larger) is not None:
        wanted.append(larger)
    return wanted


class InUse(Mapping[str, Worker[Thinker]]):
    """Of the workers of all models those that the settings of the moment name. One that was chosen
    just before they changed is found all the same."""

    def __init__(self, workers: Mapping[str, Worker[Thinker]], now: Callable[[], Config]) -> None:
        self._workers = workers
        self._now = now

    def __getitem__(self, model: str) -> Worker[Thinker]:
        return self._workers[model]

    def __contains__(self, model: object) -> bool:
        return model in _wanted(self._now())

    def __iter__(self) -> Iterator[str]:
        return iter([model for model in _wanted(self._now()) if model in self._workers])

    def __len__(self) -> int:
        return len(list(iter(self)))


def slm(settings: Think, model: str, about: Callable[[str], str]) -> Thinker:
    """The model, loaded now. Its library is not, before that."""
    from assistant.think.slm import load_thinker

    return load_thinker(settings, model, about)


def informed(config: Config, model: str) -> bool:
    """Whether a model is told facts about the device: where the settings want it, and where the
    catalog says that it can choose functions. Smaller ones are confused by them."""
    with contextlib.suppress(AssistantError):
        return config.think.facts or models.find(model).tools is True
    return config.think.facts


def _nothing(_language: str) -> str:
    return ""


def director(
    config: Config,
    workers: Mapping[str, Worker[Thinker]],
    sources: Sequence[Source],
    own_memory: Callable[[str], OwnMemory] = lambda _: OwnMemory(),
    toolbox: Toolbox | None = None,
    rests: Callable[[str], str] = lambda _: "",
    now: Callable[[], Config] | None = None,
) -> Director:
    """Who answers. It begins with what was measured of these models. now: the settings of the
    moment, which may name only some of them."""
    known = [able(config, model) for model in workers]
    return Director(
        InUse(workers, now) if now is not None else workers,
        known,
        split_stream,
        sources=sources,
        own_memory=own_memory,
        toolbox=toolbox,
        rests=rests,
        unsure=config.think.unsure,
        phrase=config.documents.phrase,
        words=lambda: (now() if now is not None else config).think.enough_words,
    )


def can_call(config: Config, model: str) -> bool:
    """Whether a model is given the functions of the device: where the settings want it, and where
    the catalog says that it can choose among them."""
    with contextlib.suppress(AssistantError):
        return config.route.tools and models.find(model).tools is True
    return False


def about(helps: Sequence[str], language: str, who: str = "", shown: int = SHOWN) -> str:
    """helps: what can be said to the functions that work here, for example. who: the assistant is,
    in its own words."""
    said = f"“{who}” " if who else ""
    examples = "; ".join(f"“{text}”" for text in helps[:shown])
    if language == "es":
        return (
            f"{said}Funcionas entero en el aparato del usuario, sin internet. Si no sabes algo,"
            " dilo. No inventes nada sobre el aparato. El usuario también puede decirte:"
            f" {examples}."
        )
    return (
        f"{said}You run wholly on the user's own device, without internet. If you do not know"
        " something, say so. Never make up anything about the device. The user can also tell you:"
        f" {examples}."
    )


def able(config: Config, model: str) -> Able:
    """What is known of a model: from the catalog, and what was measured here of this version. How
    good its answers are does not depend on the machine, so the catalog may know that, too."""
    told, calls = informed(config, model), can_call(config, model)
    try:
        entry = models.find(model)
    except AssistantError:  # the first question that it is asked tells what is wrong
        return Able(model, ("multi",), 0.0, informed=told)
    here = models.current(model)
    version = here.version if here is not None else ""
    for row in table.read():
        if row.id == model and row.version == version:
            return Able(
                model,
                entry.languages,
                row.ram_mb,
                seconds=row.answer_seconds,
                load_seconds=row.load_seconds,
                joules=row.joules,
                quality={key: Share(*pair) for key, pair in row.quality.items()},
                informed=told,
                calls=calls,
            )
    return Able(
        model,
        entry.languages,
        float(entry.ram_mb),
        quality={key: Share(*pair) for key, pair in entry.quality.items()},
        informed=told,
        calls=calls,
    )
