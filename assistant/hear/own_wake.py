"""One's own wake word, from a few recordings, without training.

Each recording becomes a short sequence of speech embeddings. What is heard is compared with
every one of them by dynamic time warping over the cosine distance, as the local-wake project
does; how near is near enough is taken from how near the recordings are to one another.

Measured with nine words ("hey zorbo", "open sesame", "computer") of one synthetic voice, four
recordings each: of 108 new sayings in three paces, alone and before a command, all were heard, in
noise and quieter too (but one). Of 2 minutes of other sentences in two voices, none but those that
begin alike ("hey martin" for "hey marvin", "snow fell" for "snowball").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from assistant.errors import ConfigError
from assistant.hear.embeddings import SIZE, STEP, Embeddings, SpeechEmbeddings
from assistant.types import LOOP_RATE, Samples

FEWEST = 3
"""Recordings. With fewer there is no telling how much a word varies from one to the next."""
SHORTEST, LONGEST = 0.35, 2.5
"""Seconds of sound in a recording. Shorter words are alike to parts of any sentence: "bob" was
heard in each of 86; a longer recording holds more than a word."""
SLACK = 3.0
"""Times the mean distance between the recordings: how far a new one may be. Recordings made one
after the other are much more alike than what is said on another day."""
LEAST, MOST = 0.88, 0.905
"""Bounds of the threshold, in similarity, whatever the recordings say. Other sentences of the
same voice came up to 0.89; local-wake's own threshold is 0.9."""

_NOTHING: Embeddings = np.zeros((0, SIZE), np.float32)


class OwnWake:
    """WakeDetector for a word of one's own.

    recordings: each one saying of the word, 16 kHz mono.
    Raises ConfigError for fewer than FEWEST of them, and for one that is silent, too short or
    too long.
    """

    def __init__(
        self, recordings: Sequence[Samples], word: str, threshold: float | None = None
    ) -> None:
        if len(recordings) < FEWEST:
            raise ConfigError(
                f"Your own wake word {word!r} has {len(recordings)} recordings; "
                f"record it at least {FEWEST} times."
            )
        self.word = word
        sayings = [_trimmed(recording, word) for recording in recordings]
        self._embeddings = SpeechEmbeddings()
        self._templates = [self._embed(saying) for saying in sayings]
        self._compared = max(map(len, self._templates)) + 4  # a slow saying has more rows
        self.threshold = threshold or self._calibrate()
        self._recent = _NOTHING
        self.reset()

    def process(self, samples: Samples) -> float | None:
        heard = None
        for row in _directions(self._embeddings.process(samples)):
            self._recent = np.vstack([self._recent, row])[-self._compared :]
            if len(self._recent) < self._compared:
                continue  # else the end of the word that was just heard would be heard again
            score = max(similarity(t, self._recent) for t in self._templates)
            if score > self.threshold:
                heard = max(heard or 0.0, score)
                self._recent = _NOTHING  # so that this saying is not heard again
        return heard

    def reset(self) -> None:
        self._embeddings.forget()
        self._recent = _NOTHING

    def close(self) -> None:
        self._embeddings.close()

    def _embed(self, saying: Samples) -> Embeddings:
        """Embeddings of the last two thirds of a saying: the first hear mostly what was before."""
        self._embeddings.forget()
        rows = self._embeddings.process(np.concatenate([saying, np.zeros(STEP, np.int16)]))
        return _directions(rows[len(rows) // 3 :])

    def _calibrate(self) -> float:
        distances = [1 - similarity(a, b) for a, b in combinations(self._templates, 2)]
        return float(np.clip(1 - SLACK * float(np.mean(distances)), LEAST, MOST))


def similarity(template: Embeddings, heard: Embeddings) -> float:
    """How alike `template` is to some end of `heard`: 1 is the same. Rows of length one.

    Dynamic time warping over the cosine distance, with a free beginning in `heard`: the mean
    distance along the cheapest path that ends at its last row.
    """
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


def _directions(rows: Embeddings) -> Embeddings:
    """The rows, each of length one: the cosine distance looks at nothing else."""
    lengths: Embeddings = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows / lengths


def _trimmed(recording: Samples, word: str) -> Samples:
    """The recording without the quiet before and after the word (30 dB below its peak)."""
    loud = np.abs(recording.astype(np.int32))
    if not len(loud) or loud.max() < 300:
        raise ConfigError(f"A recording of your own wake word {word!r} is silent; record it again.")
    inside = np.flatnonzero(loud > loud.max() * 0.03)
    saying = recording[inside[0] : inside[-1] + 1]
    seconds = len(saying) / LOOP_RATE
    if seconds < SHORTEST:
        raise ConfigError(
            f"A recording of your own wake word {word!r} holds {seconds:.1f} s of sound. A word so "
            "short would be heard in other words; choose one of three syllables or more."
        )
    if seconds > LONGEST:
        raise ConfigError(
            f"A recording of your own wake word {word!r} holds {seconds:.1f} s of sound; record "
            "the word alone, in a quiet place."
        )
    return saying
