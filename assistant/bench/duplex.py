"""Hearing while speaking: our own voice in rooms, and people who talk over it.

The wake word, said by our own voices and played back at us by each room, must wake nobody. A
person's wake word over our own speech must. Both with the echo in the sound and with it taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.assemble import Engines, decode, listener
from assistant.audio import pcm
from assistant.audio.echo import Duplex
from assistant.audio.linear import LinearCanceller
from assistant.audio.playback import Playback
from assistant.bench.clips import Clip
from assistant.bench.echoes import Room, Scene, alone, talked_over
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percent
from assistant.bench.subject import Trimmer, subject
from assistant.hear.session import TalkedOver
from assistant.hear.wake import BUILT_IN
from assistant.interruptions import said_by_us
from assistant.speak.text import speakable
from assistant.speak.tts import EspeakVoice
from assistant.types import LOOP_RATE, Called, Samples
from assistant.worker import Cancel

WAYS = ("echo taken out", "with the echo")
LEVELS = (6, 0, -6, -12)
"""Decibels of a person's voice above the echo of ours, by their loudest frames."""
SOFTER = (0, 12)
"""Decibels: how loud the echo of our own voice is, full scale or less."""
SAID = {
    "en": (
        "{word}.",
        "You can wake me by saying {word}, and then your command.",
        "I am {word}. What time is it?",
    ),
    "es": ("{word}.", "Para llamarme tienes que decir {word}, y después la orden."),
}
REPLY = (
    "You can say, for example: turn up the volume, what time is it in Tokyo, remind me to water"
    " the plants tomorrow morning, or how long is the river that flows through Vienna."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of our own speech in a room."""

    word: str  # that is listened for
    said: str  # voice and sentence, or the clip that talks over it
    room: str
    way: str
    level: int | None  # dB of a person over the echo; None: nobody else speaks
    seconds: float
    reports: int  # of the first look
    wakes: int  # in the time in which a person calls, or at all where nobody does
    talked_over: int  # how often somebody seemed to talk, before anybody did
    noticed: float | None  # seconds from the onset of a person's voice until we noticed it


def lacks(plan: Plan) -> str:
    return "" if plan.recordings.rooms else "there is no folder `rooms` of impulse responses"


def count(plan: Plan) -> int:
    own = sum(len(SAID[language]) for language in ("en", "en", "es"))
    rooms = len(plan.recordings.rooms)
    over = len(_callers(plan)) * len(LEVELS)
    return (len(BUILT_IN) * own * rooms * len(SOFTER) + over) * len(WAYS)


def rows(plan: Plan) -> Iterator[Row]:
    rooms = {room.stem: decode(room) for room in plan.recordings.rooms}
    callers = _callers(plan)
    for word in BUILT_IN:
        with subject(plan, [f"wake.word={word}", "language=auto"]) as engines:
            ears = _Ears(engines)
            for said, text, sound in _own_words(engines, word):
                for room, impulse in rooms.items():
                    for softer in SOFTER:
                        scene = alone(sound, impulse, softer, f"{said} {room} {softer}")
                        for way in WAYS:
                            yield ears.listen(scene, text, f"{said}, -{softer} dB", room, way, None)
            mine = [clip for clip in callers if clip.keyword.replace(" ", "_") == word]
            reply = _rendered(engines, "en", REPLY) if mine else None
            trimmer = Trimmer(engines.config)
            for number, clip in enumerate(mine):
                assert reply is not None
                name = list(rooms)[number % len(rooms)]
                call = trimmer.cut(decode(clip.path))
                bounds = trimmer.bounds(call)
                for level in LEVELS:
                    scene = talked_over(reply, call, bounds, rooms[name], level, clip.name)
                    for way in WAYS:
                        yield ears.listen(scene, REPLY, clip.name, name, way, level)


def _callers(plan: Plan) -> list[Clip]:
    return [c for c in plan.take("wake") if c.keyword.replace(" ", "_") in BUILT_IN]


def _own_words(engines: Engines, word: str) -> Iterator[tuple[str, str, Samples]]:
    """The wake word in sentences, by each of our voices."""
    name = word.replace("_", " ").title()
    for language in ("en", "es"):
        for number, sentence in enumerate(SAID[language]):
            text = sentence.format(word=name)
            yield f"{language} {number}", text, _rendered(engines, language, text)
    espeak = EspeakVoice("en")
    for number, sentence in enumerate(SAID["en"]):
        text = sentence.format(word=name)
        speech = espeak.synthesize(text)
        yield f"espeak {number}", text, pcm.resample(speech.samples, speech.rate, LOOP_RATE)


def _rendered(engines: Engines, language: str, text: str) -> Samples:
    said = speakable(text, language)
    speech = engines.stages.voices[language].run(lambda v: v.synthesize(said), Cancel())
    assert speech is not None
    return pcm.resample(speech.samples, speech.rate, LOOP_RATE)


class _Ears:
    """The ears and the second look at the wake word, while something is played."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    def listen(
        self, scene: Scene, text: str, said: str, room: str, way: str, level: int | None
    ) -> Row:
        config = self._engines.config
        playback = Playback()
        block = LOOP_RATE * config.audio.block_ms // 1000
        linear = LinearCanceller() if way == WAYS[0] else None
        source = Duplex(Room(scene, playback, block), playback, linear)
        ears = listener(config)
        begins = scene.person[0] if scene.person else len(scene.heard)
        until = scene.person[1] + round(1.5 * LOOP_RATE) if scene.person else len(scene.heard)
        reports = wakes = early = 0
        noticed: float | None = None
        while (chunk := source.read()) is not None:
            for item in ears.process(chunk):
                if isinstance(item, TalkedOver):
                    if chunk.end < begins:
                        early += 1
                    elif noticed is None:
                        noticed = (chunk.end - begins) / LOOP_RATE
                elif isinstance(item, Called):
                    reports += 1
                    inside = level is None or begins <= chunk.end <= until
                    ours = item.over_us and said_by_us(item.wake.word, [text])
                    wakes += inside and not ours and self._believed(item)
        seconds = len(scene.heard) / LOOP_RATE
        word = config.wake.word
        return Row(word, said, room, way, level, seconds, reports, wakes, early, noticed)

    def _believed(self, call: Called) -> bool:
        verifier = self._engines.stages.verifier
        assert verifier is not None  # the built-in words have one
        looked = verifier.start(lambda v: v.verify(call.samples, call.wake.word))
        return looked.result().accepted


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for word in dict.fromkeys(row.word for row in rows):
        alone = [row for row in rows if row.word == word and row.level is None]
        if alone:
            wakes = {w: float(sum(r.wakes for r in alone if r.way == w)) for w in WAYS}
            detail = f"{len(alone) // len(WAYS)} times, {len({r.room for r in alone})} rooms"
            made.append(Figure(f"{word}, woken by our own voice", "", wakes, detail))
    alone = [row for row in rows if row.level is None]
    if alone:
        reports = {w: float(sum(r.reports for r in alone if r.way == w)) for w in WAYS}
        made.append(Figure("first look reports our own voice", "", reports, "all words"))
        over = {w: float(sum(r.talked_over for r in alone if r.way == w)) for w in WAYS}
        made.append(Figure("our own voice taken for somebody's", "", over, "all words"))
    for level in LEVELS:
        called = [row for row in rows if row.level == level]
        if not called:
            continue
        heard = {
            w: percent(sum(r.wakes > 0 for r in called if r.way == w), len(called) // len(WAYS))
            for w in WAYS
        }
        detail = f"{len(called) // len(WAYS)} calls"
        made.append(Figure(f"call over our voice heard, {level:+d} dB", "%", heard, detail))
    return made + _noticing([row for row in rows if row.level is not None])


def _noticing(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for level in LEVELS:
        called = [r for r in rows if r.level == level and r.way == WAYS[0]]
        times = [r.noticed for r in called if r.noticed is not None]
        if not called:
            continue
        share = percent(len(times), len(called))
        made.append(
            Figure(f"voice noticed, {level:+d} dB", "%", {WAYS[0]: share}, f"{len(called)} calls")
        )
        for name, quantile in (("p50", 50), ("p95", 95)):
            value = float(np.percentile(times, quantile)) if times else None
            made.append(Figure(f"onset to noticed, {level:+d} dB, {name}", "s", {WAYS[0]: value}))
    return made


MEASURE = Measure("duplex", "Hearing while speaking", lacks, count, rows, figures)
