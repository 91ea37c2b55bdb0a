"""The second look at a wake word, before anything is said or done.

The streaming model (`wake.py`) is asked to be generous: it reports whatever may be its word, in
some rooms as often as every few minutes. What it reports is looked at again here, by another model
that was trained on other sound, and so is fooled by other sound.

| wake word                                   | second look                               |
|---------------------------------------------|-------------------------------------------|
| okay_nabu, hey_jarvis, hey_mycroft, alexa   | openWakeWord's model of the same word     |
| a model of others, one's own recordings     | the transcript of the word's sound        |
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from assistant.config import WakeSettings
from assistant.hear.embeddings import SIZE, SpeechEmbeddings
from assistant.hear.wake import BUILT_IN, NO_DETECTOR, MicroWake
from assistant.stages import Verdict, WakeVerifier
from assistant.types import LOOP_RATE, Samples

WINDOW = round(2.2 * LOOP_RATE)
"""Samples that are looked at: openWakeWord's models hear 2.0 s at a time."""
HUSH = round(0.24 * LOOP_RATE)
"""Samples of silence after them: these models are surest when the word has just ended."""
LAST_OPEN, LAST_MICRO = 7, 19
"""The newest scores of either model that count: 0.56 s, in which the word ended. What was said
before must not vouch for what came after it."""
NEEDED = {"low": 0.6, "normal": 0.4, "high": 0.2}
LIKE_ENOUGH = {"low": 0.8, "normal": 0.65, "high": 0.5}
"""Of a transcript: how alike its letters are to those of the word (0..1)."""
FLOOR = 1e-4
"""No single model is surer than this: a probability of 0 or 1 would decide alone."""


def levels(word: str) -> Mapping[str, float]:
    """The score from which on `wake.word` is accepted, for each `wake.sensitivity`."""
    return NEEDED if word in BUILT_IN else LIKE_ENOUGH


def load_verifier(
    settings: WakeSettings, hear: Callable[[Samples], str] | None = None
) -> WakeVerifier | None:
    """The second look for `wake.word`, or None where there is none.

    hear: the words in a sound, for words that no second model knows. Without it they have no
    second look.
    """
    if settings.word in NO_DETECTOR:
        return None
    needed = levels(settings.word)[settings.sensitivity]
    if settings.word in BUILT_IN:
        return ModelVerifier(settings.word, needed)
    return TranscriptVerifier(hear, needed) if hear else None


class ModelVerifier:
    """WakeVerifier by two models: microWakeWord's once more, and openWakeWord's.

    Loaded at the first look (0.1 s and 12 MB), which waiting need not pay for.
    """

    def __init__(self, name: str, needed: float) -> None:
        self._name = name
        self._needed = needed
        self._models: _TwoModels | None = None

    def verify(self, samples: Samples, word: str) -> Verdict:
        if self._models is None:
            self._models = _TwoModels(self._name)
        first, second = self._models.look(_last(samples, WINDOW))
        score = agreement(first, second)
        reason = f"microWakeWord {first:.2f}, openWakeWord {second:.2f}"
        return Verdict(score >= self._needed, score, reason)

    def close(self) -> None:
        if self._models is not None:
            self._models.close()
            self._models = None


def agreement(*probabilities: float) -> float:
    """One probability of several: the mean of their log odds. A model that is certain outweighs
    one that hesitates, and none decides alone."""
    bounded = [min(max(p, FLOOR), 1 - FLOOR) for p in probabilities]
    mean = sum(math.log(p / (1 - p)) for p in bounded) / len(bounded)
    return 1 / (1 + math.exp(-mean))


class _TwoModels:
    """Both models of a built-in word, on a piece of sound instead of a stream."""

    def __init__(self, name: str) -> None:
        from pyopen_wakeword import Model, OpenWakeWord

        self._micro = MicroWake.built_in(name)
        self._embeddings = SpeechEmbeddings()
        self._open = OpenWakeWord.from_builtin(Model(name))

    def look(self, samples: Samples) -> tuple[float, float]:
        """What microWakeWord and openWakeWord make of the end of `samples`."""
        return self._micro.peak(samples, LAST_MICRO), self._openness(samples)

    def _openness(self, samples: Samples) -> float:
        self._open.reset()
        rows = self._embeddings.alone(np.concatenate([samples, np.zeros(HUSH, np.int16)]))
        scores = [
            float(score)
            for row in rows
            for score in self._open.process_streaming(row.reshape(1, 1, 1, SIZE))
        ]
        return max(scores[-LAST_OPEN:], default=0.0)

    def close(self) -> None:
        self._micro.close()
        self._open.close()
        self._embeddings.close()


class TranscriptVerifier:
    """WakeVerifier by what a recognizer writes: for words that no second model knows.

    hear: the words in a sound; "" for none.
    """

    def __init__(self, hear: Callable[[Samples], str], needed: float) -> None:
        self._hear = hear
        self._needed = needed

    def verify(self, samples: Samples, word: str) -> Verdict:
        written = _letters(self._hear(_last(samples, WINDOW)))
        wanted = _letters(word)
        # partial: there may be other words before
        score = fuzz.partial_ratio(wanted, written) / 100 if len(written) > 1 else 0.0
        return Verdict(score >= self._needed, score, f"transcript {score:.2f} alike")


def _last(samples: Samples, count: int) -> Samples:
    """The last `count` samples, silence in front where there are fewer."""
    short: npt.NDArray[np.int16] = np.zeros(max(0, count - len(samples)), np.int16)
    return np.concatenate([short, samples[-count:]])


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
