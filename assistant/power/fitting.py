"""How much memory the models of a configuration need, before any of them is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant import models
from assistant.models.catalog import Entry
from assistant.settings import Config

PROGRAM_MB = 115
"""The program with all functions, its engines unloaded."""
AROUND_MB = 45
"""Of a model's `ram_mb` in the catalog, the process that was measured around it: three engines
whose figures add up to 475 MB took 340 together."""
_OWN = ("none", "espeak")


@dataclass(frozen=True, slots=True)
class Fit:
    """A model on this machine. needs_mb: the whole program with it in the place of its kind."""

    model: str
    task: str
    installed: bool
    chosen: bool
    needs_mb: int
    fits: bool


def chosen(config: Config) -> list[str]:
    """The models that a configuration names, each once."""
    languages = config.languages
    names = [config.stt.model(config.language), config.think.model]
    names += [config.speak.voice(language) for language in languages]
    names += [config.route.nearest(language) for language in languages]
    return [name for name in dict.fromkeys(names) if name not in _OWN]


def needed(names: Iterable[str]) -> int:
    """MB of the whole program with these models loaded, about."""
    return PROGRAM_MB + sum(_ram(models.find(name)) for name in names)


def limit(config: Config, memory_mb: int) -> int:
    """MB that the program may take: the profile's budget, or two thirds of the machine."""
    budget = config.budget.memory_peak_mb
    whole = round(memory_mb * 2 / 3)
    return min(round(budget), whole) if budget else whole


def fits(config: Config, entries: Iterable[Entry], most_mb: int) -> list[Fit]:
    """Each model of the catalog in the place of the chosen one of its task."""
    now = chosen(config)
    tasks = {name: models.find(name).task for name in now}
    found = []
    for entry in entries:
        others = [name for name in now if tasks[name] != entry.task]
        total = needed([*others, entry.id])
        found.append(
            Fit(
                entry.id, entry.task, models.current(entry.id) is not None, entry.id in now,
                total, total <= most_mb,
            )
        )  # fmt: skip
    return sorted(found, key=lambda fit: (fit.task, fit.needs_mb, fit.model))


def _ram(entry: Entry) -> int:
    return max(entry.ram_mb - AROUND_MB, 20)
