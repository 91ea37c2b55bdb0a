"""A recording as a picture: power over time with its turns, energy by stage, hours of battery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, StorageError
from assistant.power.recording import Recording
from assistant.power.statistics import USES, by_stage
from assistant.types import TurnTrace


def draw(
    recording: Recording, turns: Sequence[TurnTrace], figures: Mapping[str, Any], file: Path
) -> None:
    """Raises AssistantError where matplotlib is missing, StorageError from the file system."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise AssistantError("Pictures need matplotlib: pip install 'assistant[bench]'.") from error
    figure = Figure(figsize=(10, 9), layout="constrained")
    FigureCanvasAgg(figure)
    power, stages, battery = figure.subplots(3, 1)
    _power(power, recording, turns)
    energy = by_stage(turns)
    stages.barh(list(energy), list(energy.values()))
    stages.set_xlabel("energy by stage above the idle machine, J")
    _battery(battery, figures)
    estimate = " (an estimate)" if recording.estimated else ""
    figure.suptitle(f"{recording.meter}{estimate}: {recording.covers}")
    try:
        figure.savefig(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error


def _power(axes: Any, recording: Recording, turns: Sequence[TurnTrace]) -> None:
    begin = recording.steps[0].at - recording.steps[0].seconds
    hours = [(step.at - begin) / 3600 for step in recording.steps]
    axes.plot(hours, [step.watts for step in recording.steps], drawstyle="steps", linewidth=0.8)
    if not all(step.on for step in recording.steps):
        on = [step.on for step in recording.steps]
        place = axes.get_xaxis_transform()
        axes.fill_between(hours, 0, 1, where=on, step="pre", transform=place, alpha=0.08, color="k")
    started = [dt.datetime.fromisoformat(turn.started).timestamp() for turn in turns]
    # below the curve, so that none of its peaks is covered
    axes.plot([(at - begin) / 3600 for at in started], [0] * len(started),
              marker="|", markersize=14, linestyle="", color="tab:orange")  # fmt: skip
    for at, text in recording.marks:
        axes.axvline((at - begin) / 3600, color="black", linestyle="dotted")
        # plain text: what a user wrote is no formula
        axes.annotate(text, ((at - begin) / 3600, 0), rotation=90, fontsize=7, parse_math=False)
    axes.set_xlabel("hours; turns in orange; grey: the assistant runs")
    axes.set_ylabel("W")
    axes.set_ylim(bottom=0)


def _battery(axes: Any, figures: Mapping[str, Any]) -> None:
    known = {use: figures.get(f"battery, {use} use, h") for use in USES}
    for use, found in known.items():
        if found is not None and found["value"] is not None:
            low = found["low"] if found["low"] is not None else found["value"]
            high = found["high"] if found["high"] is not None else found["value"]
            ends = [[max(found["value"] - low, 0)], [max(high - found["value"], 0)]]
            axes.barh([use], [found["value"]], xerr=ends)
    axes.set_xlabel("hours of battery by use, with 95 % confidence")
