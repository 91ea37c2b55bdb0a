"""What a recording amounts to, by name: for the table and the JSON of `assistant power report`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from assistant.power import statistics
from assistant.power.reading import WHOLE
from assistant.power.recording import Recording
from assistant.power.statistics import Interval
from assistant.settings import Budget
from assistant.types import TurnTrace


def of_recording(
    recording: Recording, turns: Sequence[TurnTrace], held_joules: float, budget: Budget
) -> dict[str, Any]:
    """held_joules: of a full battery, 0 for none. budget: of the profile, whose limits stand
    beside what they limit."""
    figures: dict[str, Any] = {
        "meter": recording.meter + (" (an estimate)" if recording.estimated else ""),
        "measures": recording.covers,
        "may be wrong by, %": round(100 * recording.error_share, 1),
        "hours": round(recording.seconds / 3600, 3),
        "energy, Wh": float(f"{recording.joules / 3600:.4g}"),
        "power, W": shown(statistics.level(recording.steps)),
        "turns": len(turns),
    }
    if (own := statistics.own_share(recording)) is not None:
        figures["ours (on - off), W"] = shown(own)
        figures |= _limit("ours", own.value, budget.watts_idle)
    each = statistics.per_command(turns)
    if each is not None:
        figures["a command, J"] = shown(each)
        figures |= _limit("a command", each.value, budget.joules_per_command)
        stages = statistics.by_stage(turns).items()
        figures |= {f"  {stage}, J": round(joules, 2) for stage, joules in stages}
    if heard := [t.first_audio_seconds for t in turns if t.first_audio_seconds is not None]:
        figures["to the first sound, s"] = round(median(heard), 3)
        figures |= _limit("the first sound", median(heard), budget.first_audio_seconds)
    if held_joules and recording.covers in WHOLE:
        figures |= _hours(recording, turns, held_joules, each)
    return figures


def _limit(of: str, value: float, most: float) -> dict[str, str]:
    verdict = "kept" if value <= most else "broken"
    return {f"budget of the profile for {of}": f"{most:g}, {verdict}"} if most else {}


def _hours(
    recording: Recording, turns: Sequence[TurnTrace], held: float, each: Interval | None
) -> dict[str, Any]:
    waiting, cost = statistics.waiting(recording, turns), each or Interval(0.0, 0.0, 0.0)
    if recording.covers != "battery":  # which is as wrong of what it holds as of what it gives
        waiting, cost = (i.widened(recording.error_share) for i in (waiting, cost))
    hours = statistics.hours(held, waiting, cost)
    return {f"battery, {use} use, h": shown(lasts) for use, lasts in hours.items()}


def shown(found: Interval) -> Mapping[str, float | None]:
    """For JSON, which knows no infinity."""
    ends = {"value": found.value, "low": found.low, "high": found.high}
    return {k: round(v, 4) if abs(v) < float("inf") else None for k, v in ends.items()}
