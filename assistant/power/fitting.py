"""How much memory the models of a configuration need, before any of them is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant import models
from assistant.models.catalog import Entry
from assistant.power.ladder import FULL, RUNGS, Ladder
from assistant.power.standing import with_steps
from assistant.settings import Config, Step

PROGRAM_MB = 115
"""The program with all functions, its engines unloaded."""
AROUND_MB = 45
"""Of a model's `ram_mb` in the catalog, the process that was measured around it: three engines
whose figures add up to 475 MB took 340 together."""
_CACHES_MB = 40
"""What the C library and the rendered phrases keep, about."""
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
    names = [config.stt.model(config.language)]
    names += [config.think.model] if config.route.open_questions == "model" else []
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


def ladder(config: Config, most_mb: float) -> Ladder:
    """What can be given up here, and how much each step gives; those that the configuration needs
    to stay within `most_mb` (0: no limit) are taken before anything is loaded."""
    taken: dict[Step, float] = {}
    usable: list[Step] = []
    gives: dict[Step, float] = {}
    done: list[Step] = []
    need = needed(chosen(config))
    for rung in RUNGS:
        before = with_steps(config, done)
        after = with_steps(config, [*done, rung])
        given = needed(chosen(before)) - needed(chosen(after))
        if rung != "caches" and not given and rung not in config.governor.pin:
            continue  # a smaller model is not installed, or there is no language model
        done.append(rung)
        if rung in config.governor.forbid:
            continue
        usable.append(rung)
        gives[rung] = float(given or _CACHES_MB)
        if most_mb and need > FULL * most_mb and rung != "caches":
            taken[rung] = float("-inf")
            need -= given
    if taken and "caches" in usable:
        taken["caches"] = float("-inf")
    return Ladder(usable, gives, taken, most_mb if taken else None)


def _ram(entry: Entry) -> int:
    return max(entry.ram_mb - AROUND_MB, 20)
