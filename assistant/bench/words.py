"""Word error rate and compute time, on clips whose text is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.assemble import decode
from assistant.bench.plan import Measure, Plan, by_language
from assistant.bench.scoring import Figure, percentile, word_errors
from assistant.bench.stock import OURS, Contest, Heard
from assistant.bench.subject import Trimmer, subject
from assistant.types import LOOP_RATE


@dataclass(frozen=True, slots=True)
class Row:
    """A clip as each contestant heard it."""

    clip: str
    folder: str
    language: str
    said: str
    sound_seconds: float
    heard: Mapping[str, Heard]


class Timed(Protocol):
    """A row in which contestants were timed."""

    @property
    def language(self) -> str: ...
    @property
    def heard(self) -> Mapping[str, Heard]: ...


def lacks(plan: Plan) -> str:
    return "" if plan.recordings.of("words") else "no clip has the label text"


def count(plan: Plan) -> int:
    return len(plan.take("words"))


def rows(plan: Plan) -> Iterator[Row]:
    for language, clips in by_language(plan.take("words")):
        with subject(plan, [f"language={language}"]) as engines:
            contest, trimmer = Contest(engines, stock=plan.stock), Trimmer(engines.config)
            for clip in clips:
                sound = trimmer.cut(decode(clip.path))
                seconds = len(sound) / LOOP_RATE
                heard = contest.hear(sound)
                yield Row(clip.name, clip.folder, language, clip.text, seconds, heard)


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for language in sorted({row.language for row in rows}):
        spoken = [row for row in rows if row.language == language]
        folders = sorted({row.folder for row in spoken})
        for folder in folders:
            made += _rates([r for r in spoken if r.folder == folder], f"{folder}", language)
        if len(folders) > 1:
            made += _rates(spoken, f"all {language}", language)
    return made + compute(rows)


def _rates(rows: Sequence[Row], name: str, language: str) -> list[Figure]:
    ways = [("", True)] if language == "en" else [("", True), (", accents ignored", False)]
    made = []
    for suffix, accents in ways:
        counted = {
            contestant: word_errors(
                [(row.said, row.heard[contestant].text) for row in rows], language, accents
            )
            for contestant in rows[0].heard
        }
        words = next(iter(counted.values())).words
        rates = {contestant: errors.rate for contestant, errors in counted.items()}
        detail = f"{words} words, {len(rows)} clips"
        made.append(Figure(f"word error rate, {name}{suffix}", "%", rates, detail))
    return made


def compute(rows: Sequence[Timed]) -> list[Figure]:
    """Compute time of a transcription, by language, because each has its own model."""
    made = []
    for language in sorted({row.language for row in rows}):
        timed = [row.heard for row in rows if row.language == language]
        detail = f"{len(timed)} clips"
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            values = {
                name: percentile([heard[name].seconds for heard in timed], share)
                for name in timed[0]
            }
            made.append(Figure(f"compute, {language}, {label}", "s", values, detail))
        cpu = {
            name: percentile([heard[name].cpu_seconds for heard in timed], 0.5) for name in timed[0]
        }
        made.append(Figure(f"processor time, {language}, p50", "s", cpu, detail))
        # two times of the same clip were measured within seconds: what else the machine did
        # falls out of their ratio, and not out of the ratio of two medians
        ratios = {
            name: percentile([heard[name].seconds / heard[OURS].seconds for heard in timed], 0.5)
            for name in timed[0]
        }
        if len(ratios) > 1:
            made.append(Figure(f"compute, {language}, by ours, p50", "x", ratios, detail))
    return made


MEASURE = Measure(
    "words", "Word error rate and compute time of a transcription", lacks, count, rows, figures
)
