"""Pictures of what was found: how the times are distributed, and the noise curve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.bench.intents import LEVELS
from assistant.bench.run import Section
from assistant.bench.scoring import package, percentile
from assistant.bench.stock import OURS, PROMPTED, STOCK

COLOURS = {OURS: "#0b6e4f", STOCK: "#c44536", PROMPTED: "#d9a441"}
DOTS = 150  # per inch


def draw(sections: Iterable[Section], headline: str, folder: Path) -> list[Path]:
    """latency.png and noise.png, each where there is something to draw; their paths.

    Raises ConfigError when matplotlib is missing.
    """
    found = {section.name: section for section in sections if section.rows}
    panels = _latencies(found)
    made = []
    if panels:
        made.append(_save(_draw_latencies(panels, headline), folder / "latency.png"))
    if "noise" in found:
        made.append(_save(_draw_noise(found["noise"], headline), folder / "noise.png"))
    return made


Times = dict[str, list[float]]
"""By contestant, seconds."""


def _latencies(found: Mapping[str, Section]) -> list[tuple[str, Times]]:
    """The distributions there are, each with its title."""
    compute: dict[str, Times] = {}
    for name in ("words", "intents"):
        for row in found[name].rows if name in found else ():
            title = f"transcription, compute time ({row.language})"
            for contestant, heard in row.heard.items():
                compute.setdefault(title, {}).setdefault(contestant, []).append(heard.seconds)
    whole: Times = {}
    for row in found["latency"].rows if "latency" in found else ():
        if row.function and not row.cut_off and row.first_audio is not None:
            whole.setdefault(row.contestant, []).append(row.first_audio)
    loop = [("end of speech to first audio, whole loop", whole)] if whole else []
    return [*compute.items(), *loop]


def _draw_latencies(panels: Sequence[tuple[str, Times]], headline: str) -> Any:
    """Distribution functions: at which share of the clips it took at most so long."""
    figure, axes = _subplots(len(panels))
    for axis, (title, times) in zip(axes, panels, strict=True):
        slowest = 0.0
        for name, values in times.items():
            ordered = sorted(values)
            shares = [100 * (index + 1) / len(ordered) for index in range(len(ordered))]
            p50, p95 = percentile(ordered, 0.5), percentile(ordered, 0.95)
            label = f"{name}: p50 {p50:.2f} s, p95 {p95:.2f} s"
            axis.step([0.0, *ordered], [0.0, *shares], where="post", label=label,
                      color=COLOURS[name], linewidth=2.5 if name == OURS else 1.6)  # fmt: skip
            slowest = max(slowest, percentile(ordered, 0.98) or 0.0)
        for share in (50, 95):
            axis.axhline(share, color="#999999", linewidth=0.7, linestyle=":")
        axis.set(xlim=(0, slowest * 1.05), ylim=(0, 101), xlabel="seconds", ylabel="% of the clips")
        axis.set_title(f"{title}, {max(map(len, times.values()))} clips", loc="left", fontsize=10)
        axis.legend(loc="lower right", fontsize=8, frameon=True, framealpha=0.9, edgecolor="none")
    figure.suptitle(
        f"How long it takes: {headline}", x=0.01, ha="left", fontsize=9, color="#444444"
    )
    return figure


def _draw_noise(section: Section, headline: str) -> Any:
    """Commands understood, by the level of noise."""
    figure, (axis,) = _subplots(1)
    names = list(section.rows[0].right)
    lowest = 100.0
    for name in names:
        points = []
        for snr in LEVELS:
            at = [row.right[name] for row in section.rows if row.snr == snr]
            if at:
                points.append((snr, 100 * sum(at) / len(at)))
        mean = sum(value for _, value in points) / len(points)
        lowest = min(lowest, *(value for _, value in points))
        axis.plot(*zip(*points, strict=True), marker="o", label=f"{name}: mean {mean:.1f} %",
                  color=COLOURS[name], linewidth=2.5 if name == OURS else 1.6)  # fmt: skip
    axis.set(xlabel="signal to noise, dB", ylabel="commands understood, %")
    axis.set(xticks=LEVELS, ylim=(max(0, lowest - 5), 101))
    commands = len({row.clip for row in section.rows})
    axis.set_title(f"Commands in noise: intent and slots right, {commands} commands", loc="left",
                   fontsize=10)  # fmt: skip
    axis.legend(loc="lower right", fontsize=8, frameon=True, framealpha=0.9, edgecolor="none")
    figure.suptitle(headline, x=0.01, ha="left", fontsize=9, color="#444444")
    return figure


def _subplots(count: int) -> tuple[Any, list[Any]]:
    # not pyplot, which looks for a screen and keeps what it drew
    figure = package("matplotlib.figure").Figure(
        figsize=(7.5, 3.4 * count + 0.4), dpi=DOTS, layout="constrained"
    )
    axes = [figure.add_subplot(count, 1, place + 1) for place in range(count)]
    for axis in axes:
        axis.grid(color="#dddddd", linewidth=0.6)
        axis.set_axisbelow(True)
        for side in ("top", "right"):
            axis.spines[side].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> Path:
    figure.savefig(path)
    return path
