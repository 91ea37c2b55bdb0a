"""Both looks at a stream of sound, one after the other: to see what each of them does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from assistant.hear.verify import WINDOW, levels
from assistant.stages import Verdict, WakeDetector, WakeVerifier
from assistant.types import LOOP_RATE, AudioChunk, Samples


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the first look took for the wake word."""

    at: float  # seconds since the stream began
    first: float  # score of the first look
    verdict: Verdict | None  # of the second, where there is one
    samples: Samples  # what was looked at

    @property
    def accepted(self) -> bool:
        return self.verdict is None or self.verdict.accepted


class Watch:
    """Feeds a detector, and has each of its reports verified.

    The runtime does the same with the second look in a thread of its own; here nobody waits.
    """

    def __init__(self, detector: WakeDetector, verifier: WakeVerifier | None) -> None:
        self._detector = detector
        self._verifier = verifier
        self._recent: Samples = np.zeros(0, np.int16)
        self.heard = 0  # samples

    def process(self, chunk: AudioChunk) -> Candidate | None:
        """Take the next chunk; what was reported in it."""
        self.heard += len(chunk.samples)
        self._recent = np.concatenate([self._recent, chunk.samples])[-WINDOW:]
        first = self._detector.process(chunk.samples)
        if first is None:
            return None
        sound = self._recent
        verdict = self._verifier.verify(sound, self._detector.word) if self._verifier else None
        return Candidate(self.heard / LOOP_RATE, first, verdict, sound)


def accepted_at(candidates: Iterable[Candidate], word: str) -> Mapping[str, int]:
    """For each sensitivity, how many of the candidates it would accept."""
    counts: Counter[str] = Counter()
    needed = levels(word)
    for candidate in candidates:
        score = candidate.verdict.score if candidate.verdict else 1.0
        counts.update(name for name, least in needed.items() if score >= least)
    return {name: counts[name] for name in needed}
