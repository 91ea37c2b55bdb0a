"""One's own wake word, from a few recordings, without training.

Each recording becomes a short sequence of speech embeddings (Google's, through
pyopen-wakeword; 96 numbers every 80 ms). What is heard is compared with every one of them by
dynamic time warping over the cosine distance, as the local-wake project does; how near is near
enough is taken from how near the recordings are to one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from assistant.errors import ConfigError
from assistant.types import LOOP_RATE, Samples

FEWEST = 3
"""Recordings. With fewer there is no telling how much a word varies from one to the next."""
SLACK = 1.2
"""Times the mean distance between the recordings: how far a new one may be."""
LEAST, MOST = 0.80, 0.97
"""Bounds of the threshold, in similarity: whatever the recordings say."""

Embeddings = npt.NDArray[np.float32]
"""Shape (n, 96), each row of length one, one row every 80 ms."""


_NOTHING: Embeddings = np.zeros((0, 96), np.float32)


class OwnWake:
    """WakeDetector for a word of one's own.

    recordings: each one saying of the word, 16 kHz mono.
    Raises ConfigError for fewer than FEWEST of them, or for one without sound.
    """

    def __init__(
        self, recordings: Sequence[Samples], word: str, threshold: float | None = None
    ) -> None:
        from pyopen_wakeword import OpenWakeWordFeatures

        if len(recordings) < FEWEST:
            raise ConfigError(
                f"Your own wake word {word!r} has {len(recordings)} recordings; "
                f"record it at least {FEWEST} times."
            )
        self.word = word
        self._features = OpenWakeWordFeatures.from_builtin()
        self._templates = [self._embed(_trimmed(r, word)) for r in recordings]
        self._longest = max(map(len, self._templates))
        self.threshold = threshold or self._calibrate()
        self._recent = _NOTHING
        self.reset()

    def process(self, samples: Samples) -> float | None:
        heard = None
        for row in self._rows(samples):
            self._recent = np.vstack([self._recent, row])[-self._longest - 4 :]
            score = max(similarity(t, self._recent) for t in self._templates)
            if score > self.threshold:
                heard = max(heard or 0.0, score)
        return heard

    def reset(self) -> None:
        self._features.reset()
        self._recent = _NOTHING

    def close(self) -> None:
        self._features.close()

    def _embed(self, recording: Samples) -> Embeddings:
        """Embeddings of a recording: those whose window ends inside it."""
        self._features.reset()
        for _ in self._rows(np.zeros(2 * LOOP_RATE, np.int16)):
            pass
        rows = list(self._rows(np.concatenate([recording, np.zeros(1280, np.int16)])))
        return np.vstack(rows[len(rows) // 3 :])

    def _rows(self, samples: Samples) -> list[Embeddings]:
        rows = []
        for embedding in self._features.process_streaming(samples.tobytes()):
            row = embedding.reshape(-1, 96)
            rows.append(row / np.maximum(np.linalg.norm(row, axis=1, keepdims=True), 1e-9))
        return rows

    def _calibrate(self) -> float:
        distances = [1 - similarity(a, b) for a, b in combinations(self._templates, 2)]
        return float(np.clip(1 - SLACK * float(np.mean(distances)), LEAST, MOST))


def similarity(template: Embeddings, heard: Embeddings) -> float:
    """How alike `template` is to some end of `heard`: 1 is the same.

    Dynamic time warping over the cosine distance, with a free beginning in `heard`: the mean
    distance along the cheapest path that ends at its last row.
    """
    if not len(heard):
        return 0.0
    cost = 1 - template @ heard.T
    rows, columns = cost.shape
    total = np.full((rows + 1, columns + 1), np.inf)
    steps = np.zeros((rows + 1, columns + 1))
    total[0, :] = 0
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            before = min((i - 1, j - 1), (i - 1, j), (i, j - 1), key=lambda at: total[at])
            total[i, j] = cost[i - 1, j - 1] + total[before]
            steps[i, j] = steps[before] + 1
    return float(1 - total[rows, columns] / steps[rows, columns])


def _trimmed(recording: Samples, word: str) -> Samples:
    """The recording without the quiet before and after the word (30 dB below its peak)."""
    loud = np.abs(recording.astype(np.int32))
    if not len(loud) or loud.max() < 300:
        raise ConfigError(f"A recording of your own wake word {word!r} is silent; record it again.")
    inside = np.flatnonzero(loud > loud.max() * 0.03)
    return recording[inside[0] : inside[-1] + 1]
