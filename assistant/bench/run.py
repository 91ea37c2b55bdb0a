"""A run of the benchmark: the measures in their order, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from assistant.bench import (
    answers,
    attribution,
    budgets,
    calls,
    day,
    documents,
    duplex,
    engine,
    home,
    intents,
    invented,
    latency,
    machine,
    memory,
    models,
    process,
    requests,
    routing,
    values,
    volume,
    wake,
    words,
)
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, package
from assistant.errors import ConfigError

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        words.MEASURE,
        intents.MEASURE,
        intents.NOISE,
        wake.MEASURE,
        duplex.MEASURE,
        invented.MEASURE,
        latency.MEASURE,
        process.MEASURE,
        requests.MEASURE,
        routing.MEASURE,
        home.MEASURE,
        values.MEASURE,
        documents.MEASURE,
        volume.MEASURE,
        answers.MEASURE,
        models.MEASURE,
        calls.MEASURE,
        engine.MEASURE,
        day.MEASURE,
        attribution.MEASURE,
        memory.MEASURE,
        budgets.MEASURE,
    )
}

Progress = Callable[[str, int, int], object]
"""Told (measure, rows so far, rows in all) at the beginning and after each row."""


@dataclass(slots=True)
class Section:
    """What one measure found. rows: every single measurement."""

    name: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    note: str = ""  # why it was not measured, or not to its end


@dataclass(slots=True)
class Report:
    """A run, with all that is needed to judge or repeat it."""

    started: str  # ISO 8601, local time with offset
    machine: dict[str, Any]
    settings: dict[str, Any]
    options: dict[str, Any]
    sections: list[Section] = field(default_factory=list)
    interrupted: bool = False


def check(plan: Plan, names: Iterable[str]) -> None:
    """Raise ConfigError unless each of the measures, which were asked for by name, can be made,
    and what counts and draws is installed: now, not after an hour of measuring."""
    for name in ("jiwer", "matplotlib", "whisper_normalizer"):
        package(name)
    for name in names:
        if why := MEASURES[name].lacks(plan):
            raise ConfigError(f"{name} cannot be measured: {why}. See `assistant bench --help`.")


def run(plan: Plan, names: Sequence[str], progress: Progress) -> Report:
    """Make the measures, in the order of MEASURES. An interrupt ends the run, and what was
    measured until then is in the report."""
    report = Report(
        datetime.now().astimezone().isoformat(timespec="seconds"),
        machine.describe(),
        msgspec.to_builtins(plan.configure([])),
        {
            "clips": plan.clips,
            "seed": plan.seed,
            "stock": plan.stock,
            "grammar": plan.grammar.name if plan.grammar else None,
            "noise": plan.recordings.noise.name if plan.recordings.noise else None,
            "rooms": [room.stem for room in plan.recordings.rooms],
        },
    )
    for measure in MEASURES.values():
        if measure.name in names and not report.interrupted:
            section = Section(measure.name, measure.title, note=measure.lacks(plan))
            report.sections.append(section)
            if not section.note:
                report.interrupted = not _measure(measure, plan, section, progress)
    return report


def _measure(measure: Measure, plan: Plan, section: Section, progress: Progress) -> bool:
    """Fill the section; false when that was interrupted."""
    expected, whole = measure.count(plan), True
    try:
        progress(measure.name, 0, expected)
        for row in measure.rows(plan):
            section.rows.append(row)
            progress(measure.name, len(section.rows), expected)
    except KeyboardInterrupt:
        section.note, whole = f"interrupted after {len(section.rows)} of {expected}", False
    section.figures = measure.figures(section.rows) if section.rows else []
    return whole
