"""A recording through the whole loop as fast as it goes, and what the loop did with it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.bench.stock import Contest
from assistant.hear.listen import Listener
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.stages import Stages, Transcriber, WakeVerifier
from assistant.types import (
    LOOP_RATE,
    AudioChunk,
    Event,
    Samples,
    Speech,
    Transcript,
    Turn,
    Utterance,
)
from assistant.worker import Cancel, Worker


@dataclass(frozen=True, slots=True)
class Happened:
    """What the loop did: how often it woke, the turns it took, and what else heard in them."""

    wakes: int
    turns: tuple[Turn, ...]
    beside: tuple[dict[str, str], ...]  # for each turn: contestant -> text


class Sound:
    """A Source of samples in memory, and a Sink that swallows everything."""

    def __init__(self, samples: Samples, block: int) -> None:
        self.lost_samples = 0
        self._samples = samples
        self._block = block
        self._position = 0

    def read(self) -> AudioChunk | None:
        piece = self._samples[self._position : self._position + self._block]
        if not len(piece):
            return None
        start, self._position = self._position, self._position + len(piece)
        return AudioChunk(piece, start, time.monotonic())

    def prepare(self) -> None:
        pass

    def play(self, speech: Speech) -> float:
        return time.monotonic()

    def finish(self, cancel: Cancel) -> bool:
        return not cancel.is_set()

    def hold(self) -> None:
        """Nothing sounds that could be held."""

    def resume(self) -> None:
        """See `hold`."""

    def stop(self) -> None:
        pass

    def close(self) -> None:
        pass


class _Beside:
    """A Transcriber: ours, while the others hear the same utterance. What they made of the last
    one is in `others`."""

    def __init__(self, ours: Worker[Transcriber], contest: Contest | None) -> None:
        self.others: dict[str, str] = {}
        self._ours = ours
        self._contest = contest

    def transcribe(self, utterance: Utterance) -> Transcript:
        if self._contest is not None:
            self.others = self._contest.others(utterance.samples)
        return self._ours.start(lambda t: t.transcribe(utterance)).result()

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        self._ours.start(lambda t: t.expect(examples, names, vocabulary)).result()

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        return self._ours.start(lambda t: t.score(utterance, texts)).result()

    def written(self, samples: Samples, expected: str) -> str:
        return self._ours.start(lambda t: t.written(samples, expected)).result()


class _Notes:
    """Listens to the events of the loop."""

    def __init__(self, beside: _Beside) -> None:
        self._beside = beside
        self._wakes = 0
        self._turns: list[Turn] = []
        self._others: list[dict[str, str]] = []

    def __call__(self, event: Event) -> None:
        if event.kind == "awake":
            self._wakes += 1
        elif event.kind == "idle" and event.turn is not None:
            self._turns.append(event.turn)
            self._others.append(self._beside.others)

    def happened(self) -> Happened:
        return Happened(self._wakes, tuple(self._turns), tuple(self._others))


def through_loop(
    config: Config,
    stages: Stages,
    ears: Listener,
    samples: Samples,
    contest: Contest | None = None,
) -> Happened:
    """Take `samples` through the loop.

    They wait for each turn (`patient`), as a person does. contest: hears each utterance, too.
    """
    beside = _Beside(stages.transcriber, contest)
    hear: Worker[Transcriber] = Worker("beside", lambda: beside)
    notes = _Notes(beside)
    sound = Sound(samples, LOOP_RATE * config.audio.block_ms // 1000)
    ours = replace(stages, transcriber=hear)
    runtime = Runtime(config, ours, ears, lambda: sound, sound, patient=True, on_event=notes)
    try:
        runtime.run()
        _let_finish(stages.verifier)
    finally:
        hear.close()
    return notes.happened()


def _let_finish(worker: Worker[WakeVerifier] | None) -> None:
    """A file ends sooner than a second look at the wake word: wait for what was begun."""
    if worker is not None:
        worker.warm().result()
