"""Commands of a user's own grammar: understood rightly, in quiet and in noise."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.assemble import Engines, decode
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan, by_language
from assistant.bench.scoring import Figure, accepted, mean, percent
from assistant.bench.sound import LEAD, TAIL, trimmed, with_noise
from assistant.bench.stock import OURS, Contest, Heard
from assistant.bench.subject import Trimmer, subject
from assistant.bench.words import compute
from assistant.types import Intent, Samples, Utterance

LEVELS = (6, 9, 12, 15, 18, 21, 24)
"""Decibels of the noise curve, as in Picovoice's benchmark, whose figures are published."""


@dataclass(frozen=True, slots=True)
class Row:
    """A command as each contestant heard it, and what our router made of their words."""

    clip: str
    language: str
    snr: int | None  # dB; None: as recorded
    wanted: Mapping[str, Any]  # intent and labelled slots
    heard: Mapping[str, Heard]
    understood: Mapping[str, Mapping[str, Any]]  # intent and slots, by contestant
    right: Mapping[str, bool]


def lacks(plan: Plan) -> str:
    if not plan.recordings.of("intent"):
        return "no clip has the label intent"
    return "" if plan.grammar else "a grammar is needed (--grammar FILE)"


def lacks_noise(plan: Plan) -> str:
    return lacks(plan) or ("" if plan.recordings.noise else "a noise is needed (--noise FILE)")


def count(plan: Plan, levels: Sequence[int | None]) -> int:
    return len(plan.take("intent")) * len(levels)


def rows(plan: Plan, levels: Sequence[int | None]) -> Iterator[Row]:
    """Every clip at each level. Clip by clip, so that an interrupted curve has all its points."""
    path = plan.recordings.noise
    noise = decode(path) if path and any(levels) else None
    for language, clips in by_language(plan.take("intent")):
        with subject(plan, [f"language={language}"], grammar=True) as engines:
            contest, trimmer = Contest(engines, stock=plan.stock), Trimmer(engines.config)
            for clip in clips:
                clean = decode(clip.path)
                bounds = trimmer.bounds(clean)  # a clip is cut alike at every level
                for snr in levels:
                    sound = _noisy(clean, noise, snr, clip, plan.seed)
                    cut = trimmed(sound, bounds, LEAD, TAIL)
                    yield _judge(engines, clip, snr, contest.hear(cut), cut)


def _noisy(
    clean: Samples, noise: Samples | None, snr: int | None, clip: Clip, seed: int
) -> Samples:
    if noise is None or snr is None:
        return clean
    return with_noise(clean, noise, snr, zlib.crc32(f"{seed} {clip.name} {snr}".encode()))


def _judge(
    engines: Engines, clip: Clip, snr: int | None, heard: Mapping[str, Heard], sound: Samples
) -> Row:
    """All words go through our router; only ours come with an ear that can be asked again."""

    def ear(texts: Sequence[str]) -> Sequence[float]:
        said = Utterance(sound, "silence", 0.0)
        return engines.stages.transcriber.start(lambda t: t.score(said, texts)).result()

    understood, right = {}, {}
    for name, said in heard.items():
        asked = ear if name == OURS else None
        route = engines.stages.router.route(said.text, clip.language, asked)
        intent = route.function if isinstance(route, Intent) else None
        slots = dict(route.slots) if isinstance(route, Intent) else {}
        right[name] = accepted(intent, slots, clip.intent, clip.slots, clip.language)
        understood[name] = {"intent": intent, **{k: str(v) for k, v in slots.items()}}
    wanted = {"intent": clip.intent, **clip.slots}
    return Row(clip.name, clip.language, snr, wanted, heard, understood, right)


def figures(rows: Sequence[Row]) -> list[Figure]:
    return [_acceptance("accepted, as recorded", rows), *compute(rows)] if rows else []


def curve(rows: Sequence[Row], contestant: str) -> dict[int, float]:
    """Percent of the commands accepted, by level."""
    points = {}
    for snr in LEVELS:
        at = [row.right[contestant] for row in rows if row.snr == snr]
        if at:
            points[snr] = 100 * sum(at) / len(at)
    return points


def noise_figures(rows: Sequence[Row]) -> list[Figure]:
    """The curve, and its mean."""
    if not rows:
        return []
    levels = [snr for snr in LEVELS if any(row.snr == snr for row in rows)]
    made = [_acceptance(f"accepted, {n} dB", [r for r in rows if r.snr == n]) for n in levels]
    means = {name: mean(list(curve(rows, name).values())) for name in rows[0].right}
    return [*made, Figure("accepted, mean of the curve", "%", means, f"{len(rows)} commands")]


def _acceptance(name: str, rows: Sequence[Row]) -> Figure:
    values = {
        contestant: percent(sum(row.right[contestant] for row in rows), len(rows))
        for contestant in rows[0].right
    }
    return Figure(name, "%", values, f"{len(rows)} commands")


MEASURE = Measure(
    "intents",
    "Commands of the user's grammar: intent and slots",
    lacks,
    partial(count, levels=[None]),
    partial(rows, levels=[None]),
    figures,
)
NOISE = Measure(
    "noise",
    "The same commands in noise",
    lacks_noise,
    partial(count, levels=LEVELS),
    partial(rows, levels=LEVELS),
    noise_figures,
)
