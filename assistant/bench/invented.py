"""Nothing may be heard that was not said: words and commands made of noise, music and talk.

Without a wake word, so that everything that voice activity lets through is transcribed: voice
activity, endpointing, transcriber and router must keep quiet by themselves. Stock faster-whisper
hears the same stretches of sound. The wake word's part is measured by `wake`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, normaliser, per_hour
from assistant.bench.sound import padded
from assistant.bench.stock import OURS, Contest
from assistant.bench.subject import subject
from assistant.bench.through import Happened, through_loop
from assistant.types import LOOP_RATE, Intent

AFTER = 1.5
"""Seconds of silence after a clip, so that what is heard in it comes to an end."""


@dataclass(frozen=True, slots=True)
class Row:
    """A clip in which nothing was said to us, through the loop."""

    clip: str
    folder: str
    kind: str
    seconds: float
    utterances: int  # that voice activity let through
    texts: Mapping[str, Sequence[str]]  # by contestant, one for each utterance
    words: Mapping[str, int]
    commands: Mapping[str, Sequence[str]]  # functions that would have been called
    replies: int  # times that it spoke


def lacks(plan: Plan) -> str:
    return "" if plan.recordings.of("not for us") else "no clip has the label kind"


def count(plan: Plan) -> int:
    return len(plan.take("not for us"))


def rows(plan: Plan) -> Iterator[Row]:
    with subject(plan, ["wake.word=none"]) as engines:
        contest = Contest(engines) if plan.stock else None
        for clip in plan.take("not for us"):
            sound = decode(clip.path)
            config = engines.config
            around = padded(sound, 0.0, AFTER)
            happened = through_loop(config, engines.stages, listener(config), around, contest)
            yield _row(clip, len(sound) / LOOP_RATE, engines, happened)


def _row(clip: Clip, seconds: float, engines: Engines, happened: Happened) -> Row:
    texts: dict[str, list[str]] = {OURS: []}
    commands: dict[str, list[str]] = {OURS: []}
    language = engines.config.languages[0]
    for turn, others in zip(happened.turns, happened.beside, strict=True):
        texts[OURS].append(turn.transcript.text if turn.transcript else "")
        if isinstance(turn.route, Intent):
            commands[OURS].append(turn.route.function)
        for name, text in others.items():
            texts.setdefault(name, []).append(text)
            route = engines.stages.router.route(text, language)
            found = [route.function] if isinstance(route, Intent) else []
            commands.setdefault(name, []).extend(found)
    count_words = normaliser(language)
    words = {name: sum(len(count_words(t).split()) for t in said) for name, said in texts.items()}
    replies = sum(bool(turn.reply_text) for turn in happened.turns)
    return Row(
        clip.name,
        clip.folder,
        clip.kind,
        seconds,
        len(happened.turns),
        texts,
        words,
        commands,
        replies,
    )


def figures(rows: Sequence[Row]) -> list[Figure]:
    names = list(dict.fromkeys(name for row in rows for name in row.texts))
    made = []
    for folder in sorted({row.folder for row in rows}):
        heard = [row for row in rows if row.folder == folder]
        seconds = sum(row.seconds for row in heard)
        detail = f"{len(heard)} clips, {seconds / 60:.0f} min"
        # of talk, words are heard rightly; only what is done about them can be wrong
        heard_or_invented = "heard" if any("speech" in row.kind for row in heard) else "invented"
        words = {n: per_hour(sum(r.words.get(n, 0) for r in heard), seconds) for n in names}
        commands = {n: float(sum(len(r.commands.get(n, ())) for r in heard)) for n in names}
        replies = {OURS: float(sum(row.replies for row in heard))}
        made += [
            Figure(f"words {heard_or_invented}, {folder}", "per hour", words, detail),
            Figure(f"commands invented, {folder}", "", commands, detail),
            Figure(f"times it spoke, {folder}", "", replies, detail),
        ]
    return made


MEASURE = Measure(
    "invented",
    "Heard where nothing was said to it, without a wake word",
    lacks,
    count,
    rows,
    figures,
)
