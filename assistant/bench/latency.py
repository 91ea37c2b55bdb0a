"""End of speech to the first sample of the reply: clips in real time through the whole loop.

The end of speech is found in the clean clip by voice activity detection, not taken from what the
loop believes; the loop's own figure stands beside it. Stock faster-whisper takes part by sitting
in the same loop in the place of our transcriber.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan, by_language
from assistant.bench.play import Take, played
from assistant.bench.scoring import Figure, percent, percentile
from assistant.bench.sound import trimmed
from assistant.bench.stock import OURS, STOCK, Stock
from assistant.bench.subject import Trimmer, subject
from assistant.rest import warm
from assistant.stages import Stages, Transcriber
from assistant.types import LOOP_RATE, Intent, Turn
from assistant.worker import Worker

GRACE = 0.3
"""Seconds. A command was cut off when more speech than this follows what the loop took for its
end; less is the disagreement of two voice activity detectors about a soft ending."""
RENDERED_AHEAD = 200
"""At most so many phrases are rendered at the start, one at a time; all are waited for."""
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
    stages = {OURS: engines.stages}
    theirs = _stock(engines) if stock else None
    if theirs is not None:
        stages[STOCK] = replace(engines.stages, transcriber=theirs)
    try:
        yield from _play(engines, commands, stages)
    finally:
        if theirs is not None:
            theirs.close()


def _stock(engines: Engines) -> Worker[Transcriber]:
    worker: Worker[Transcriber] = Worker("stock", lambda: Stock(engines.config))
    worker.warm().result()
    return worker


def _play(engines: Engines, clips: Sequence[Clip], stages: Mapping[str, Stages]) -> Iterator[Row]:
    """Ten clips through one loop, then the same ten through the other."""
    trimmer = Trimmer(engines.config)
    for first in range(0, len(clips), 10):
        for contestant, used in stages.items():
            _begin_anew(engines)
            batch = [(clip, _take(trimmer, clip)) for clip in clips[first : first + 10]]
            playing = {id(take): clip for clip, take in batch if take}
            takes = [take for _, take in batch if take]
            for take in played(engines.config, used, listener(engines.config), takes):
                yield _row(playing[id(take)], contestant, take)


def _begin_anew(engines: Engines) -> None:
    """As after the start of the program: a reply that was rendered for one contestant must not be
    there already for the other."""
    voices = engines.stages.voices.values()
    for voice in voices:
        voice.unload()
    for loading in warm(engines.stages, engines.config):
        loading.result()
    for voice in voices:
        for _ in range(RENDERED_AHEAD):
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
    """Times are of the clips in which a function was called and spoke ("stop" is silent), and that
    were not cut off: a reply to half a command has no end of speech to be counted from."""
    names = [name for name in (OURS, STOCK) if any(row.contestant == name for row in rows)]
    played = {name: [row for row in rows if row.contestant == name] for name in names}
    good = {name: [row for row in played[name] if _counts(row)] for name in names}
    of_all = ", ".join(f"{len(played[name])}" for name in names) + " clips"
    of_good = ", ".join(f"{len(good[name])} of {len(played[name])}" for name in names) + " clips"
    waited = {name: [row.first_audio or 0.0 for row in good[name]] for name in names}
    return [
        _figure("end of speech to first audio, p50", waited, 0.5, of_good),
        _figure("end of speech to first audio, p95", waited, 0.95, of_good),
        _figure("  differs from the trace's own figure, p50", _differences(good), 0.5),
        *_stages(good),
        _share("commands that called a function", played, lambda row: bool(row.function), of_all),
        _share("commands cut off before their end", played, lambda row: row.cut_off, of_all),
    ]


def _counts(row: Row) -> bool:
    return bool(row.function) and not row.cut_off and row.first_audio is not None


def _figure(
    name: str, times: Mapping[str, Sequence[float]], share: float, detail: str = ""
) -> Figure:
    return Figure(name, "s", {who: percentile(of, share) for who, of in times.items()}, detail)


def _share(
    name: str, rows: Mapping[str, Sequence[Row]], holds: Callable[[Row], bool], detail: str
) -> Figure:
    shares = {who: percent(sum(map(holds, of)), len(of)) for who, of in rows.items()}
    return Figure(name, "%", shares, detail)


def _differences(good: Mapping[str, Sequence[Row]]) -> dict[str, list[float]]:
    """How far the loop's own figures are from those seen from outside."""
    return {
        name: [abs((row.first_audio or 0.0) - (row.first_audio_traced or 0.0)) for row in rows]
        for name, rows in good.items()
    }


def _stages(good: Mapping[str, Sequence[Row]]) -> list[Figure]:
    names = list(dict.fromkeys(s for rows in good.values() for row in rows for s in row.stages))
    return [
        _figure(
            f"  of it {stage}, p50",
            {who: [r.stages[stage] for r in of if stage in r.stages] for who, of in good.items()},
            0.5,
        )
        for stage in names
    ]


MEASURE = Measure(
    "latency",
    "Template commands in real time through the whole loop",
    lacks,
    count,
    rows,
    figures,
)
