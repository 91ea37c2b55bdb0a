"""Each device profile within a control group of the size of its own budget, turn after turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import models
from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure
from assistant.bench.stock import OURS
from assistant.bench.within import Outcome, run, why_not
from assistant.config import load, profiles
from assistant.power.fitting import chosen, needed
from assistant.settings import Config
from assistant.speak.voices import load_voice
from assistant.types import LOOP_RATE, Speech

TURNS = 200
"""Of each profile; `--clips` asks for fewer."""
SAID = (
    "Set a timer for ten minutes.",
    "What time is it?",
    "Add milk and eggs to the shopping list, please.",
    "Turn it up.",
    "How many days until christmas?",
    "Cancel all timers.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """budget_mb, idle_mb: what the profile allows, at most and while waiting. expected_mb: what
    `assistant profile fit` says before anything is loaded. note: why there is no outcome."""

    profile: str
    budget_mb: float
    idle_mb: float
    expected_mb: int
    outcome: Outcome | None
    note: str = ""


def measured() -> list[str]:
    """Profiles that state a budget."""
    return [name for name in profiles() if _settings(name).budget.memory_peak_mb]


def rows(plan: Plan) -> Iterator[Row]:
    sounds = plan.home / "commands"
    _speak(plan.configure([]), sounds)
    for name in measured():
        config = _settings(name)
        budget, expected = config.budget, needed(chosen(config))
        outcome, note = None, _lacks(config)
        if not note:
            outcome = run(budget.memory_peak_mb, plan.clips or TURNS, sounds, [f'profile="{name}"'])
        yield Row(name, budget.memory_peak_mb, budget.memory_idle_mb, expected, outcome, note)


def _settings(profile: str) -> Config:
    return load([f'profile="{profile}"']).config


def _lacks(config: Config) -> str:
    """Why a budget cannot be told from a run on this machine."""
    if config.think.gpu_layers:
        return "its language model belongs on a graphics card"
    missing = [name for name in chosen(config) if models.current(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


def _speak(config: Config, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    voice = load_voice(config.speak, "en")
    for number, text in enumerate(SAID):
        spoken = voice.synthesize(text)
        samples = pcm.resample(spoken.samples, spoken.rate, LOOP_RATE)
        write_wav(folder / f"{number}.wav", Speech(samples, LOOP_RATE))


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for row in rows:
        found = row.outcome
        if found is None:
            made.append(Figure(f"{row.profile}: turns lost", "", {OURS: None}, row.note))
            continue
        steps = f"steps {', '.join(found.steps)}" if found.steps else "no step taken"
        how = "killed" if found.killed else "not killed"
        detail = f"{found.turns} turns in {row.budget_mb:g} MB, {how}, {steps}"
        made += [
            Figure(f"{row.profile}: turns lost", "", {OURS: float(found.lost)}, detail),
            Figure(
                f"{row.profile}: PSS between turns, at most",
                "MB",
                {OURS: found.pss_mb},
                f"{row.expected_mb} expected by `assistant profile fit {row.profile}`",
            ),
            Figure(
                f"{row.profile}: PSS waiting, engines unloaded",
                "MB",
                {OURS: found.idle_mb},
                f"budget {row.idle_mb:g}",
            ),
        ]
    return made


MEASURE = Measure(
    "budgets",
    "Each profile within its own memory budget",
    lambda _: why_not(),
    lambda _: len(measured()),
    rows,
    figures,
)
