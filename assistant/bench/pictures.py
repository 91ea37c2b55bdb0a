"""Pictures of what was found: how the times are distributed, and the noise curve."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.bench.intents import LEVELS, curve
from assistant.bench.run import Section
from assistant.bench.scoring import package, percentile
from assistant.bench.stock import OURS, PROMPTED, STOCK

COLOURS = {OURS: "#0b6e4f", STOCK: "#c44536", PROMPTED: "#d9a441"}
DASHES = {OURS: "-", STOCK: "--", PROMPTED: "-."}
MARKERS = {OURS: "o", STOCK: "s", PROMPTED: "^"}
DOTS = 150  # per inch


def draw(sections: Iterable[Section], headline: str, folder: Path) -> list[Path]:
    """latency.png, noise.png and models.png, each where there is something to draw; their paths.

    Raises ConfigError when matplotlib is missing.
    """
    found = {section.name: section for section in sections if section.rows}
    panels = _latencies(found)
    made = []
    if panels:
        made.append(_save(_draw_latencies(panels, headline), folder / "latency.png"))
    if "noise" in found:
        made.append(_save(_draw_noise(found["noise"].rows, headline), folder / "noise.png"))
    if "models" in found:
        made.append(_save(_draw_models(found["models"].rows, headline), folder / "models.png"))
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
    figure, axes = _subplots(len(panels), f"How long it takes: {headline}")
    for axis, (title, times) in zip(axes, panels, strict=True):
        for share in (50, 95):
            axis.axhline(share, color="#999999", linewidth=0.8, linestyle=":")
        for name, values in times.items():
            ordered = sorted(values)
            shares = [100 * (index + 1) / len(ordered) for index in range(len(ordered))]
            p50, p95 = percentile(ordered, 0.5), percentile(ordered, 0.95)
            label = f"{name}: p50 {p50:.2f} s, p95 {p95:.2f} s"
            axis.step([0.0, *ordered], [0.0, *shares], where="post", label=label, **_line(name))
        most = max(_widest(values) for values in times.values())
        axis.set(xlim=(0, most * 1.05), ylim=(0, 101), xlabel="seconds", ylabel="% of the clips")
        _entitle(axis, f"{title}, {max(map(len, times.values()))} clips")
    return figure


def _widest(times: Sequence[float]) -> float:
    """Up to where to draw: of a long run, the slowest few would push the others into a corner."""
    return max(times) if len(times) < 50 else percentile(times, 0.98) or 0.0


def _draw_noise(rows: Sequence[Any], headline: str) -> Any:
    """Commands understood, by the level of noise."""
    figure, (axis,) = _subplots(1, headline)
    lowest = 100.0
    for name in rows[0].right:
        points = curve(rows, name)
        mean = sum(points.values()) / len(points)
        lowest = min(lowest, *points.values())
        style = {**_line(name), "marker": MARKERS[name]}
        label = f"{name}: mean {mean:.1f} %"
        axis.plot(list(points), list(points.values()), label=label, **style)
    axis.set(xlabel="signal to noise, dB", ylabel="commands understood, %")
    axis.set(xticks=LEVELS, ylim=(max(0, lowest - 5), 101))
    commands = len({row.clip for row in rows})
    _entitle(axis, f"Commands in noise: intent and slots right, {commands} commands")
    return figure


def _draw_models(rows: Sequence[Any], headline: str) -> Any:
    """Language models: right answers by what they cost in memory, time and energy. One that was
    asked only the first of the questions, as the run was ended, is left out."""
    costs: list[tuple[str, Callable[[Sequence[Any]], float | None]]] = [
        ("size of the file, MB", lambda some: some[0].megabytes),
        ("seconds of an answer, p50", lambda some: percentile([r.seconds for r in some], 0.5)),
        ("joules of an answer, mean", _mean_joules),
    ]
    every = {m: [r for r in rows if r.model == m] for m in dict.fromkeys(r.model for r in rows)}
    asked = max(map(len, every.values()))
    by_model = {model: some for model, some in every.items() if len(some) == asked}
    drawn = [(name, cost) for name, cost in costs if all(map(cost, by_model.values()))]
    judged = any(row.surprise for row in rows)
    figure, axes = _subplots(len(drawn) + judged, headline)
    if judged:
        _draw_surprise(axes[-1], by_model)
    for axis, (name, cost) in zip(axes[: len(drawn)], drawn, strict=True):
        most = max(cost(mine) or 0.0 for mine in by_model.values())
        for number, (model, mine) in enumerate(by_model.items()):
            _dot(axis, number, model, cost(mine) or 0.0, [row.right for row in mine])
        axis.set(xlabel=name, ylabel="right answers, %", xlim=(0, most * 1.1), ylim=(0, 100))
        axis.set_title(
            f"{asked} questions; the bars hold what chance may do", loc="left", fontsize=10
        )
    handles = axes[0].get_legend_handles_labels()
    figure.legend(*handles, loc="outside lower left", fontsize=8, edgecolor="none", ncols=2)
    return figure


def _draw_surprise(axis: Any, by_model: Mapping[str, Sequence[Any]]) -> None:
    """What a quantization loses: bits a letter of the same text, in English."""
    for number, (model, mine) in enumerate(by_model.items()):
        bits = next(row.surprise for row in mine)
        axis.plot([mine[0].megabytes], [bits], **_marked(number), label=model)
    axis.set(xlabel="size of the file, MB", ylabel="bits a letter", xlim=(0, None))
    axis.set_title("How much a text surprises it: less is better", loc="left", fontsize=10)


def _marked(number: int) -> dict[str, Any]:
    """How a model is drawn."""
    return {"marker": "osD^vP*X"[number % 8], "markersize": 7, "color": f"C{number % 10}"}


def _dot(axis: Any, number: int, model: str, place: float, right: Sequence[bool]) -> None:
    """A model: its right answers, and between what bounds they would be in 95 of 100 such runs
    with other questions (Wilson's interval): a hundred do not tell small differences."""
    count, share, z = len(right), sum(right) / len(right), 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half /= 1 + z * z / count
    error = [[100 * (share - middle + half)], [100 * (middle + half - share)]]
    axis.errorbar(
        [place],
        [100 * share],
        yerr=error,
        linestyle="none",
        capsize=3,
        label=model,
        **_marked(number),
    )


def _mean_joules(rows: Sequence[Any]) -> float | None:
    known = [row.joules for row in rows if row.joules is not None]
    return sum(known) / len(known) if known else None


def _line(name: str) -> dict[str, Any]:
    """How a contestant is drawn: ours above the others, which show through where they are equal."""
    ours = name == OURS
    return {
        "color": COLOURS[name],
        "linestyle": DASHES[name],
        "linewidth": 2.5 if ours else 1.8,
        "alpha": 0.8 if ours else 1.0,
        "zorder": 2 if ours else 3,
    }


def _entitle(axis: Any, title: str) -> None:
    axis.set_title(title, loc="left", fontsize=10)
    axis.legend(loc="lower right", fontsize=8, framealpha=0.9, edgecolor="none", handlelength=3)


def _subplots(count: int, headline: str) -> tuple[Any, list[Any]]:
    # not pyplot, which looks for a screen and keeps what it drew
    figure = package("matplotlib.figure").Figure(
        figsize=(7.5, 3.4 * count + 0.4), dpi=DOTS, layout="constrained"
    )
    figure.suptitle(headline, x=0.01, ha="left", fontsize=9, color="#444444")
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
