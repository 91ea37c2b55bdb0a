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

_COVERS = {
    "machine": "The whole machine",
    "battery": "What runs on the battery",
    "board": "The board",
    "processor": "The processor alone",
}
_SMOOTH = 200
"""Points of the line of means: what a stretch of the picture can show."""


def draw(
    recording: Recording, turns: Sequence[TurnTrace], figures: Mapping[str, Any], file: Path
) -> None:
    """Raises AssistantError where matplotlib is missing, StorageError from the file system."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise AssistantError("Pictures need matplotlib: pip install 'assistant[bench]'.") from error
    energy = {stage: joules for stage, joules in by_stage(turns).items() if joules > 0}
    hours = {use: found for use in USES if (found := figures.get(f"battery, {use} use, h"))}
    panels = [3.0, *[0.4 + 0.25 * len(shown) for shown in (energy, hours) if shown]]
    figure = Figure(figsize=(11, 1.2 + sum(panels)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = iter(figure.subplots(len(panels), 1, squeeze=False, height_ratios=panels)[:, 0])
    _power(next(axes), recording, turns)
    if energy:
        _stages(next(axes), energy)
    if hours:
        _battery(next(axes), hours)
    figure.suptitle(_title(recording), parse_math=False)
    try:
        figure.savefig(file)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}.") from error


def _title(recording: Recording) -> str:
    what = "estimated" if recording.estimated else f"by {recording.meter}"
    of = _COVERS.get(recording.covers, recording.covers)
    mean = recording.joules / recording.seconds if recording.seconds else 0.0
    return (
        f"{of}, {what}: {mean:.2f} W for {recording.seconds / 3600:.2f} h "
        f"(may be wrong by {100 * recording.error_share:.0f} %)"
    )


def _power(axes: Any, recording: Recording, turns: Sequence[TurnTrace]) -> None:
    begin = recording.steps[0].at - recording.steps[0].seconds
    hours = [(step.at - begin) / 3600 for step in recording.steps]
    watts = [step.watts for step in recording.steps]
    axes.plot(hours, watts, drawstyle="steps", linewidth=0.5, color="tab:blue", alpha=0.5)
    many = max(len(watts) // _SMOOTH, 1)
    pieces = [slice(at, at + many) for at in range(0, len(watts), many)]
    means = [sum(watts[p]) / len(watts[p]) for p in pieces]
    axes.plot([hours[p][-1] for p in pieces], means, linewidth=1.5, color="tab:blue", label="power")
    if not all(step.on for step in recording.steps):
        on = [step.on for step in recording.steps]
        place = axes.get_xaxis_transform()
        axes.fill_between(hours, 0, 1, where=on, step="pre", transform=place, alpha=0.08,
                          color="k", linewidth=0, label="the assistant runs")  # fmt: skip
    started = [dt.datetime.fromisoformat(turn.started).timestamp() for turn in turns]
    if started:
        # below the curve, so that none of its peaks is covered
        axes.plot([(at - begin) / 3600 for at in started], [0] * len(started), marker="|",
                  markersize=14, linestyle="", color="tab:orange", label="a turn")  # fmt: skip
    for at, text in recording.marks:
        axes.axvline((at - begin) / 3600, color="black", linestyle="dotted")
        # plain text: what a user wrote is no formula
        axes.annotate(
            text, ((at - begin) / 3600, 0.98), xycoords=axes.get_xaxis_transform(), va="top",
            xytext=(3, 0), textcoords="offset points", rotation=90, fontsize=8, parse_math=False,
        )  # fmt: skip
    axes.set_xlabel(f"hours since {dt.datetime.fromtimestamp(begin):%Y-%m-%d %H:%M}")
    axes.set_ylabel("W")
    axes.set_ylim(bottom=0)
    axes.margins(x=0.01)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 0.12), fontsize=8, ncols=3)


def _stages(axes: Any, energy: Mapping[str, float]) -> None:
    """Waiting is no stage of a turn, and usually most of all."""
    colors = ["tab:gray" if stage == "waiting" else "tab:blue" for stage in energy]
    bars = axes.barh(list(energy), list(energy.values()), color=colors)
    axes.bar_label(bars, fmt="%.1f", padding=3, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.08)
    axes.set_xlabel("our energy above the idle machine, J")


def _battery(axes: Any, hours: Mapping[str, Mapping[str, float | None]]) -> None:
    for use, found in hours.items():
        value = found["value"]
        if value is None:
            continue
        low = found["low"] if found["low"] is not None else value
        high = found["high"] if found["high"] is not None else value
        ends = [[max(value - low, 0)], [max(high - value, 0)]]
        label = f"{use}: {USES[use]:g} an hour"
        bars = axes.barh([label], [value], xerr=ends, color="tab:green", capsize=3)
        axes.bar_label(bars, labels=[f"{value:.1f} h"], padding=8, fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.08)
    axes.set_xlabel("hours of a full battery by use, with 95 % confidence")
