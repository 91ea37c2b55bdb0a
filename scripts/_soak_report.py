"""What a soak found: every sample as a line of JSON, a table with verdicts, a picture."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from assistant.bench.slopes import Slope, slope
from assistant.daemon.offline import Evidence

WARM = 0.3
"""The share of each phase after which growth counts: caches are filled by then."""
PER_HOUR = 0.1
"""MB an hour: the target."""
TURNS_AN_HOUR = 20
"""Of use: a turn every three minutes, all day long. Turns that go as fast as they go are hours of
it in minutes."""
SLOWER = 0.1
"""Share of its median by which a kind of turn may get slower from the beginning to the end."""
MEMORY = ("rss_mb", "anonymous_mb", "pss_mb")
TOLD = ("python_blocks", "heap_mb", "heap_free_mb", "files", "files_mb")
"""What says where memory goes, and what is bounded by settings of its own: no verdict."""


class Rows:
    """Every sample and every turn, in a file and in memory."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("w")
        self.samples: dict[str, list[dict[str, float]]] = defaultdict(list)
        self.times: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self.outcomes: dict[str, int] = defaultdict(int)

    def sample(self, phase: str, at: int, seconds: float, found: dict[str, float]) -> None:
        row = {"at": float(at), "seconds": seconds, **found}
        self.samples[phase].append(row)
        self._write({"sample": phase, **row})

    def typed(self, number: int, seconds: float, step: Any, reply: dict[str, Any]) -> None:
        kind = step.kind if step.kind != "anew" else "typed"
        if kind in ("typed", "request"):
            thought = "think" in reply["stages"] or reply["route"].get("kind") == "question"
            kind = "open" if thought else "typed"
        self.note(kind, number, seconds, reply["outcome"], reply.get("error", ""))

    def spoken(self, number: int, seconds: float, event: dict[str, Any]) -> None:
        turn = event.get("turn") or {}
        stages = turn.get("stages", {})
        outcome = turn.get("outcome", event.get("event", "not woken"))
        self.note("spoken", number, seconds, outcome, turn.get("error", ""))
        if "transcribe" in stages:
            self.times["transcribe"].append((number, stages["transcribe"]))

    def note(
        self, kind: str, number: int, seconds: float, outcome: str = "", error: str = ""
    ) -> None:
        self.times[kind].append((number, seconds))
        self.outcomes[f"{kind} {outcome}".strip()] += 1
        self._write({"turn": number, "kind": kind, "seconds": seconds, "outcome": outcome,
                     **({"error": error} if error else {})})  # fmt: skip

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row) + "\n")
        self._file.flush()


def report(
    folder: Path,
    rows: Rows,
    counts: dict[str, int],
    network: Evidence,
    code: int,
    left: Sequence[str],
) -> int:
    """Print and write what was found; 0 when all targets are kept. left: behind, by the program."""
    table = Table(title="\nSoak", title_justify="left", title_style="bold", box=SIMPLE)
    for name in ("measure", "slope", "sure to 95 %", "at the median", "verdict"):
        table.add_column(name, justify="left" if name in ("measure", "verdict") else "right")
    verdicts = [_phase(table, phase, samples) for phase, samples in rows.samples.items()]
    verdicts.append(_latencies(table, rows))
    console = Console(record=True, width=150)
    console.print(table)
    for line in [*_words(rows, counts, network, code), f"left behind: {list(left) or 'nothing'}"]:
        console.print(line, highlight=False)
    (folder / "soak.txt").write_text(console.export_text())
    draw(rows, folder / "soak.png")
    kept = all(verdicts) and network.clean and not network.opened and code == 0 and not left
    return 0 if kept else 1


def _phase(table: Table, phase: str, samples: list[dict[str, float]]) -> bool:
    """Memory by the hour of use, and by what was taken in; the others by what was."""
    warm = samples[round(len(samples) * WARM) :]
    unit, by = ("1000 turns", 1000.0) if phase == "turns" else ("hour of sound", 3600.0)
    kept = True
    for name in [name for name in samples[0] if name not in ("at", "seconds")]:
        taken = slope([row["at"] for row in warm], [row[name] for row in warm])
        if taken is None:
            continue
        what = f"{phase}: {name.replace('_mb', ', MB')}"
        grown = taken.times(by)
        if name in MEMORY and phase == "turns":
            hourly = taken.times(TURNS_AN_HOUR)
            kept &= hourly.low < PER_HOUR
            _row(table, f"{what} an hour of use", hourly, _verdict(hourly))
            _row(table, f"{what} per {unit}", grown, "")
        elif name in MEMORY:
            kept &= grown.low < PER_HOUR
            _row(table, f"{what} per {unit}", grown, _verdict(grown))
        elif name in TOLD:
            _row(table, f"{what} per {unit}", grown, "")
        else:
            good = not (taken.grows and taken.low * taken.span >= 1)
            kept &= good
            _row(table, f"{what} per {unit}", grown, "kept" if good else "GROWS")
    return kept


def _verdict(found: Slope) -> str:
    if found.high < PER_HOUR:
        return "kept"
    return "not told apart" if found.low < PER_HOUR else "GROWS"


def _latencies(table: Table, rows: Rows) -> bool:
    kept = True
    for kind, times in rows.times.items():
        warm = times[round(len(times) * WARM) :]
        found = slope([float(number) for number, _ in warm], [seconds for _, seconds in warm])
        if found is None:
            continue
        good = found.low * found.span < SLOWER * found.level
        kept &= good
        ms = found.times(1e6)  # ms per 1000 turns
        shown = Slope(ms.slope, ms.low, ms.high, found.level * 1000, found.span)
        _row(
            table, f"{kind} ({len(times)}), ms per 1000 turns", shown, "kept" if good else "SLOWER"
        )
    return kept


def _row(table: Table, what: str, found: Slope, verdict: str) -> None:
    bounds = f"{found.low:+.3f} .. {found.high:+.3f}"
    table.add_row(what, f"{found.slope:+.3f}", bounds, f"{found.level:.1f}", verdict)


def _words(rows: Rows, counts: dict[str, int], network: Evidence, code: int) -> list[str]:
    outcomes = ", ".join(f"{name}: {count}" for name, count in sorted(rows.outcomes.items()))
    events = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
    lines = [f"turns: {outcomes}", f"events: {events}"]
    if samples := rows.samples.get("room"):
        hours, spent = samples[-1]["at"] / 3600, samples[-1]["seconds"] / 3600
        lines.append(f"room sound: {hours:.2f} h in {spent:.2f} h")
    if samples := rows.samples.get("turns"):
        first, last = samples[round(len(samples) * WARM)], samples[-1]
        lines.append(f"{last['at']:.0f} turns in {last['seconds'] / 3600:.2f} h")
        more = {name: last[name] - first[name] for name in (*MEMORY, "heap_mb")}
        lines.append(
            f"from turn {first['at']:.0f} to {last['at']:.0f}: "
            + ", ".join(f"{name} {change:+.1f}" for name, change in more.items())
        )
    lines.append(
        f"sockets of internet families opened: {network.opened}; connections attempted: "
        f"{len(network.internet)} {list(network.internet[:5])}; Unix sockets: {len(network.local)}"
    )
    lines.append(f"ended with code {code}")
    return lines


def draw(rows: Rows, file: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    phases = [phase for phase in ("turns", "room") if len(rows.samples.get(phase, [])) > 1]
    figure, axes = plt.subplots(len(phases) + 1, 1, figsize=(9, 3 * len(phases) + 3), squeeze=False)
    for axis, phase in zip(axes[:, 0], phases, strict=False):
        samples = rows.samples[phase]
        scale = 1 if phase == "turns" else 3600
        at = [row["at"] / scale for row in samples]
        for name in MEMORY:
            axis.plot(at, [row[name] for row in samples], label=name.replace("_mb", ""))
        axis.set(
            xlabel="turns" if phase == "turns" else "hours of sound", ylabel="MB", ylim=(0, None)
        )
        axis.legend(fontsize=8)
        axis.grid(alpha=0.3)
    axis = axes[-1, 0]
    for kind, times in rows.times.items():
        if len(times) > 20:
            axis.plot(*zip(*times, strict=True), ".", markersize=2, label=kind)
    axis.set(xlabel="turns", ylabel="seconds", yscale="log")
    axis.legend(fontsize=7, ncols=4)
    axis.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, dpi=150)
    plt.close(figure)
