"""What the assistant holds in memory: after turns, some seconds later, and while nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.bench.budgets import speak
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percentile
from assistant.bench.stock import OURS
from assistant.bench.within import run

TURNS = 20
WHAT = {
    "whole": ("every engine of the default", ["think.load=start"]),
    "minimal": ("the profile `minimal`", ['profile="minimal"']),
}
MOMENTS = ("after turns", "tidied", "waiting")


@dataclass(frozen=True, slots=True)
class Row:
    """One run. lost: turns that failed. made_of: by moment MB (PSS) of each kind, see `held`."""

    what: str
    lost: int
    pss_mb: float  # after any turn, at most
    rss_peak_mb: float  # at any time, files that are shared included
    made_of: Mapping[str, Mapping[str, float]]


def rows(plan: Plan) -> Iterator[Row]:
    sounds = plan.home / "commands"
    speak(plan.configure([]), sounds)
    for what, (_, settings) in WHAT.items():
        run(0, 1, sounds, settings)  # once for the caches, uncounted
        for _ in range(max(1, plan.runs // 2)):
            found = run(0, plan.clips or TURNS, sounds, settings)
            yield Row(what, found.lost, found.pss_mb, found.rss_peak_mb, found.made_of)


def count(plan: Plan) -> int:
    return len(WHAT) * max(1, plan.runs // 2)


def figures(rows: Sequence[Row]) -> list[Figure]:
    """The median of the runs, and what the memory of the last one was made of."""
    made = []
    for what, (name, _) in WHAT.items():
        mine = [row for row in rows if row.what == what]
        if not mine:
            continue
        most = [row.pss_mb for row in mine]
        lost = sum(row.lost for row in mine)
        made.append(_figure(f"{name}: PSS after a turn, at most", most, f"{lost} turns lost"))
        for moment in MOMENTS:
            sizes = [sum(row.made_of[moment].values()) for row in mine if row.made_of]
            parts = mine[-1].made_of.get(moment, {})
            detail = ", ".join(f"{kind} {mb:.0f}" for kind, mb in parts.items())
            made.append(_figure(f"{name}: PSS {moment}", sizes, detail))
        peaks = [row.rss_peak_mb for row in mine]
        made.append(_figure(f"{name}: RSS at any time, at most", peaks, "shared files included"))
    return made


def _figure(what: str, values: Sequence[float], detail: str) -> Figure:
    return Figure(what, "MB", {OURS: percentile(values, 0.5)}, f"{len(values)} runs; {detail}")


MEASURE = Measure("memory", "What it holds in memory", lambda _: "", count, rows, figures)
