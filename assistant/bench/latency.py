"""End of speech to the first sample of the reply: clips in real time through the whole loop.

The end of speech is found in the clean clip by voice activity detection, not taken from what the
loop believes; the loop's own figure stands beside it. Stock faster-whisper takes part by sitting
in the same loop in the place of our transcriber.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan, by_language
from assistant.bench.play import Take, played
from assistant.bench.scoring import Figure, percent, percentile
from assistant.bench.sound import trimmed
from assistant.bench.stock import OURS, STOCK, Stock
from assistant.bench.subject import Trimmer, subject
from assistant.runtime import warm
from assistant.turn import Stages
from assistant.types import LOOP_RATE, Intent, Turn
from assistant.worker import Worker

GRACE = 0.3
"""Seconds. A command was cut off when more speech than this follows what the loop took for its
end; less is the disagreement of two voice activity detectors about a soft ending."""
ROOM_TONE = 1.0
"""Seconds of a clip that are played before its speech, and after it, where it has them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A clip played once to the loop. Times in seconds from the end of speech."""

    clip: str
    contestant: str
    outcome: str
    function: str  # that was called; empty when none was
    text: str
    first_audio: float | None  # as seen from outside
    first_audio_traced: float | None  # as the loop's own trace tells it
    cut_off: bool
    stages: Mapping[str, float]


def lacks(plan: Plan) -> str:
    return "" if plan.recordings.of("words", "intent") else "no clip holds a command"


def count(plan: Plan) -> int:
    total = 0
    for language, clips in by_language(_candidates(plan)):
        with subject(plan, [f"language={language}"], grammar=True) as engines:
            total += sum(_is_command(engines, clip) for clip in clips)
    return total * (2 if plan.stock else 1)


def _candidates(plan: Plan) -> list[Clip]:
    return plan.take("intent", "words") if plan.grammar else plan.take("words")


def _is_command(engines: Engines, clip: Clip) -> bool:
    """Dictation is none: its words fit no sentence of any function."""
    if clip.purpose == "intent":
        return True
    route = engines.stages.router.route(clip.text, clip.language)
    return isinstance(route, Intent) and route.stage == "templates"


def rows(plan: Plan) -> Iterator[Row]:
    for language, clips in by_language(_candidates(plan)):
        changes = [f"language={language}", "wake.word=none"]
        with subject(plan, changes, grammar=True) as engines:
            commands = [clip for clip in clips if _is_command(engines, clip)]
            if commands:
                yield from _compare(engines, commands, plan.stock)


def _compare(engines: Engines, commands: Sequence[Clip], stock: bool) -> Iterator[Row]:
    """The commands through our loop and, if wanted, through one in which stock hears."""
    for loading in warm(engines.stages, engines.config):
        loading.result()
    stages = {OURS: engines.stages}
    theirs = _stock(engines) if stock else None
    if theirs is not None:
        stages[STOCK] = replace(engines.stages, transcriber=theirs)
    try:
        yield from _play(engines, commands, stages)
    finally:
        if theirs is not None:
            theirs.close()


def _stock(engines: Engines) -> Worker[Stock]:
    worker = Worker("stock", lambda: Stock(engines.config))
    worker.warm().result()
    return worker


def _play(engines: Engines, clips: Sequence[Clip], stages: Mapping[str, Stages]) -> Iterator[Row]:
    """Ten clips through one loop, then the same ten through the other."""
    trimmer = Trimmer(engines.config)
    for first in range(0, len(clips), 10):
        for contestant, used in stages.items():
            _forget_replies(engines)
            batch = [(clip, _take(trimmer, clip)) for clip in clips[first : first + 10]]
            playing = {id(take): clip for clip, take in batch if take}
            takes = [take for _, take in batch if take]
            for take in played(engines.config, used, listener(engines.config), takes):
                yield _row(playing[id(take)], contestant, take)


def _forget_replies(engines: Engines) -> None:
    """A reply that was rendered for one contestant must not be there already for the other."""
    for voice in engines.stages.voices.values():
        voice.unload()
        voice.warm().result()


def _take(trimmer: Trimmer, clip: Clip) -> Take | None:
    """The clip with what is around its speech; None when nobody speaks in it."""
    samples = decode(clip.path)
    bounds = trimmer.bounds(samples)
    if bounds is None:
        return None
    cut = trimmed(samples, bounds, ROOM_TONE, ROOM_TONE)
    lead = min(bounds[0], round(ROOM_TONE * LOOP_RATE))
    return Take(cut, lead + bounds[1] - bounds[0])


def _row(clip: Clip, contestant: str, take: Take) -> Row:
    turn = _last(take)
    trace = turn.trace if turn else None
    stages: dict[str, float] = {}
    for span in trace.spans if trace else ():
        stages[span.stage] = stages.get(span.stage, 0.0) + span.seconds
    return Row(
        clip=clip.name,
        contestant=contestant,
        outcome=turn.outcome if turn else "nothing heard",
        function=turn.route.function if turn and isinstance(turn.route, Intent) else "",
        text=" | ".join(t.transcript.text for t, _ in take.turns if t.transcript),
        first_audio=take.sounded - take.speech_ended if take.sounded is not None else None,
        first_audio_traced=trace.first_audio_seconds if trace else None,
        cut_off=any(_cut_off(take, turn, over) for turn, over in take.turns),
        stages=stages,
    )


def _last(take: Take) -> Turn | None:
    return take.turns[-1][0] if take.turns else None


def _cut_off(take: Take, turn: Turn, over: float) -> bool:
    """The turn had words, and was begun while more was being said."""
    ended = over - turn.trace.total_seconds  # what the loop took for the end of speech
    words = turn.transcript is not None and bool(turn.transcript.text)
    return words and ended < take.speech_ended - GRACE


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Of the clips in which a function was called and the command was not cut off: a reply to
    half a command has no end of speech that it could be counted from."""
    names = [name for name in (OURS, STOCK) if any(row.contestant == name for row in rows)]
    heard = {name: [row for row in rows if row.contestant == name] for name in names}
    good = {name: [r for r in heard[name] if r.function and not r.cut_off] for name in names}
    detail = ", ".join(f"{len(good[name])} of {len(heard[name])}" for name in names) + " clips"
    made = []
    for label, share in (("p50", 0.5), ("p95", 0.95)):
        values = {
            name: percentile(
                [r.first_audio for r in good[name] if r.first_audio is not None], share
            )
            for name in names
        }
        made.append(Figure(f"end of speech to first audio, {label}", "s", values, detail))
    made.append(_difference(good))
    made += _stages(good)
    cut = {
        name: percent(sum(row.cut_off for row in heard[name]), len(heard[name])) for name in names
    }
    detail_all = ", ".join(f"{len(heard[name])}" for name in names) + " clips"
    return [*made, Figure("commands cut off before their end", "%", cut, detail_all)]


def _difference(good: Mapping[str, Sequence[Row]]) -> Figure:
    """How far the loop's own figure is from ours, half of the time."""
    values = {
        name: percentile(
            [
                abs(row.first_audio - row.first_audio_traced)
                for row in rows
                if row.first_audio is not None and row.first_audio_traced is not None
            ],
            0.5,
        )
        for name, rows in good.items()
    }
    return Figure("  differs from the trace's own figure, p50", "s", values)


def _stages(good: Mapping[str, Sequence[Row]]) -> list[Figure]:
    names = list(dict.fromkeys(s for rows in good.values() for row in rows for s in row.stages))
    made = []
    for stage in names:
        values = {
            contestant: percentile([r.stages[stage] for r in rows if stage in r.stages], 0.5)
            for contestant, rows in good.items()
        }
        made.append(Figure(f"  of it {stage}, p50", "s", values))
    return made


MEASURE = Measure(
    "latency",
    "Template commands in real time through the whole loop",
    lacks,
    count,
    rows,
    figures,
)
