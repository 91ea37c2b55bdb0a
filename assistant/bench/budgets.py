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
    `assistant profile fit` says before anything is loaded. stand_ins: settings of this machine's
    in the place of what the profile wants. note: why there is no outcome."""

    profile: str
    budget_mb: float
    idle_mb: float
    expected_mb: int
    outcome: Outcome | None
    stand_ins: tuple[str, ...] = ()
    note: str = ""


def measured() -> list[str]:
    """Profiles that state a budget."""
    return [name for name in profiles() if _settings(name).budget.memory_peak_mb]


def rows(plan: Plan) -> Iterator[Row]:
    sounds = plan.home / "commands"
    speak(plan.configure([]), sounds)
    turns = plan.clips or TURNS
    for name in sorted(measured(), key=lambda name: _settings(name).budget.memory_peak_mb):
        stand_ins = _stand_ins(_settings(name))
        settings = [f'profile="{name}"', *stand_ins]
        config = load(settings).config
        peak, idle = config.budget.memory_peak_mb, config.budget.memory_idle_mb
        expected, note = needed(chosen(config)), _lacks(config)
        outcome = run(peak, turns, sounds, settings) if not note else None
        yield Row(name, peak, idle, expected, outcome, tuple(stand_ins), note)


def _settings(profile: str) -> Config:
    return load([f'profile="{profile}"']).config


def _stand_ins(config: Config) -> list[str]:
    """Settings with which a profile runs here: no graphics card, and the models of the default in
    the place of those that are not installed."""
    default, language = load(["profile=none"]).config, config.language
    found = ["think.gpu_layers=0"] if config.think.gpu_layers else []
    wanted = {
        f"stt.model_{language}": (config.stt.model(language), default.stt.model(language)),
        "think.model": (config.think.model, default.think.model),
    }
    for key, (model, other) in wanted.items():
        if model not in ("none", other) and models.current(model) is None:
            found.append(f"{key}={other}")
    return found


def _lacks(config: Config) -> str:
    """Why a budget cannot be told from a run on this machine."""
    missing = [name for name in chosen(config) if models.current(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


def speak(config: Config, folder: Path) -> None:
    """Some commands in the assistant's own voice, as files of a folder."""
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
        swapped = f", {found.swapped_mb:.0f} MB swapped" if found.swapped_mb else ""
        how = ("killed" if found.killed else "not killed") + swapped
        with_ = f", with {', '.join(row.stand_ins)}" if row.stand_ins else ""
        detail = f"{found.turns} turns in {row.budget_mb:g} MB, {how}, {steps}{with_}"
        made += [
            Figure(f"{row.profile}: turns lost", "", {OURS: float(found.lost)}, detail),
            Figure(
                f"{row.profile}: PSS between turns, at most",
                "MB",
                {OURS: found.pss_mb},
                f"{row.expected_mb} expected by `assistant profile fit {row.profile}`",
            ),
            Figure(
                f"{row.profile}: RSS at any time, at most",
                "MB",
                {OURS: found.rss_peak_mb},
                f"the group held {found.peak_mb:.0f}, files that were only read included",
            ),
            Figure(
                f"{row.profile}: PSS waiting, engines unloaded",
                "MB",
                {OURS: found.held_mb("waiting")},
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
