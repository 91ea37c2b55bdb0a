"""The wake word: how often it is missed, in quiet, in noise and in rooms, and how often anything
else wakes.

"ours" is the loop as a whole, with whatever looks a second time before anything is said or done;
"without the gate" is the same, listening always, on the same sound; "bare model" is the built-in
model alone, at its own threshold.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assemble import Engines, decode, listener
from assistant.bench.clips import Clip
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, mean, per_hour, percent
from assistant.bench.sound import in_room, padded, with_noise
from assistant.bench.stock import OURS
from assistant.bench.subject import subject
from assistant.bench.through import through_loop
from assistant.config import changed
from assistant.hear.wake import BUILT_IN
from assistant.types import LOOP_RATE, Intent, Samples

BARE = "bare model"
UNGATED = "without the gate"
LEVELS = (18, 12, 6, 0)
"""Decibels of noise in which the wake word is said."""
BLOCK = 1024
"""Samples that the bare model is given at a time."""
AROUND = 3.0
"""Seconds of silence before and after a clip: detectors look back for one, and by then the gate has
closed, which is open at first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A clip, or the wake word in some condition."""

    clip: str
    folder: str
    word: str  # that is listened for
    condition: str  # "as recorded", "12 dB", "room1"
    spoken: bool  # whether the clip holds that word
    seconds: float
    wakes: Mapping[str, int]
    commands: Sequence[str]  # functions that were called


@dataclass(frozen=True, slots=True)
class _Condition:
    name: str
    snr: int | None = None
    impulse: Samples | None = None


def lacks(plan: Plan) -> str:
    return "" if plan.recordings.of("wake", "decoy") else "no clip has the label keyword"


def words(plan: Plan) -> list[str]:
    """The wake words to listen for: those that are built in and spoken in the recordings, or
    else the one of the settings."""
    spoken = {clip.keyword.replace(" ", "_") for clip in plan.recordings.of("wake")}
    configured = plan.configure([]).wake.word
    known = spoken & {*BUILT_IN, Path(configured).name}
    return sorted(known) or [configured]


def count(plan: Plan) -> int:
    spoken, others = len(plan.take("wake")), len(plan.take("decoy", "not for us"))
    return spoken * len(_conditions(plan)) + others * len(words(plan))


def rows(plan: Plan) -> Iterator[Row]:
    conditions = _conditions(plan)
    noise = decode(plan.recordings.noise) if plan.recordings.noise else None
    for word in words(plan):
        with subject(plan, [f"wake.word={word}"]) as engines:
            ears = _Ears(engines)
            for clip in plan.take("wake", "decoy", "not for us"):
                sound = decode(clip.path)
                spoken = clip.purpose == "wake" and clip.keyword.replace(" ", "_") == word
                for condition in conditions if spoken else conditions[:1]:
                    heard = _heard_in(condition, sound, noise, clip, plan.seed)
                    yield ears.listen(clip, condition.name, spoken, heard)


def _conditions(plan: Plan) -> list[_Condition]:
    made = [_Condition("as recorded")]
    if plan.recordings.noise is not None:
        made += [_Condition(f"{snr} dB", snr=snr) for snr in LEVELS]
    rooms = plan.recordings.rooms
    return made + [_Condition(room.stem, impulse=decode(room)) for room in rooms]


def _heard_in(
    condition: _Condition, sound: Samples, noise: Samples | None, clip: Clip, seed: int
) -> Samples:
    """The clip in that condition, with silence or, where there is noise, noise around it."""
    if condition.snr is not None and noise is not None:
        drawn = zlib.crc32(f"{seed} {clip.name} {condition.name}".encode())
        return with_noise(sound, noise, condition.snr, drawn, AROUND)
    around = padded(sound, AROUND, AROUND)
    return around if condition.impulse is None else in_room(around, condition.impulse)


class _Ears:
    """The loop and, beside it, the bare model where there is one."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        word = engines.config.wake.word
        self._bare = BareModel(word) if word in BUILT_IN else None

    def listen(self, clip: Clip, condition: str, spoken: bool, sound: Samples) -> Row:
        config = self._engines.config
        happened = through_loop(config, self._engines.stages, listener(config), sound)
        wakes = {OURS: happened.wakes}
        if spoken and config.wake.gate_db:
            always = changed(config, ["wake.gate_db=0"])
            again = through_loop(always, self._engines.stages, listener(always), sound)
            wakes[UNGATED] = again.wakes
        if self._bare is not None:
            wakes[BARE] = self._bare.wakes(sound)
        return Row(
            clip.name,
            clip.folder,
            config.wake.word,
            condition,
            spoken,
            len(sound) / LOOP_RATE,
            wakes,
            [t.route.function for t in happened.turns if isinstance(t.route, Intent)],
        )


class BareModel:
    """A model of pymicro-wakeword as it ships: one look, with its authors' threshold."""

    def __init__(self, word: str) -> None:
        from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

        self._model = MicroWakeWord.from_builtin(Model(word))
        self._features = MicroWakeWordFeatures()

    def wakes(self, sound: Samples) -> int:
        """How often it wakes in `sound`, which follows nothing."""
        self._reset()
        wakes = 0
        for start in range(0, len(sound), BLOCK):
            piece = sound[start : start + BLOCK].tobytes()
            heard = [
                self._model.process_streaming(f) for f in self._features.process_streaming(piece)
            ]
            if any(heard):
                wakes += 1
                self._reset()
        return wakes

    def _reset(self) -> None:
        self._model.reset()
        self._features.reset()


def figures(rows: Sequence[Row]) -> list[Figure]:
    made = []
    for word in sorted({row.word for row in rows}):
        heard = [row for row in rows if row.word == word]
        made += _misses(word, [row for row in heard if row.spoken])
        made += _alarms(word, [row for row in heard if not row.spoken])
    return made


def _misses(word: str, rows: Sequence[Row]) -> list[Figure]:
    made, rooms = [], []
    for condition in dict.fromkeys(row.condition for row in rows):
        said = [row for row in rows if row.condition == condition]
        missed = {
            name: percent(sum(row.wakes[name] == 0 for row in said), len(said))
            for name in said[0].wakes
        }
        figure = Figure(f"{word} missed, {condition}", "%", missed, f"{len(said)} clips")
        made.append(figure)
        if condition != "as recorded" and not condition.endswith(" dB"):
            rooms.append(figure)
    if rooms:
        means = {
            name: mean([v for room in rooms if (v := room.values[name]) is not None])
            for name in rooms[0].values
        }
        made.append(Figure(f"{word} missed, mean of the rooms", "%", means, f"{len(rooms)} rooms"))
    return made


def _alarms(word: str, rows: Sequence[Row]) -> list[Figure]:
    made = []
    for folder in sorted({row.folder for row in rows}):
        heard = [row for row in rows if row.folder == folder]
        seconds = sum(row.seconds for row in heard)
        alarms = {n: float(sum(row.wakes[n] for row in heard)) for n in heard[0].wakes}
        detail = f"{len(heard)} clips, {seconds / 60:.1f} min"
        made.append(Figure(f"{word}, false alarms, {folder}", "", alarms, detail))
    if rows:
        seconds = sum(row.seconds for row in rows)
        hourly = {
            name: per_hour(sum(row.wakes[name] for row in rows), seconds) for name in rows[0].wakes
        }
        detail = f"{len(rows)} clips, {seconds / 60:.1f} min"
        made.append(Figure(f"{word}, false alarms, all", "per hour", hourly, detail))
        called = {OURS: float(sum(len(row.commands) for row in rows))}
        made.append(Figure(f"{word}, commands carried out, all", "", called, detail))
    return made


MEASURE = Measure("wake", "The wake word", lacks, count, rows, figures)
