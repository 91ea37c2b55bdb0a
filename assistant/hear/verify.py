"""The second look at a wake word, before anything is said or done.

The streaming model (`wake.py`) is asked to be generous: it reports whatever may be its word, some
twenty times an hour. What it reports is looked at again here, by another model that was trained on
other sound, and so is fooled by other sound. Where the two leave a doubt, or where there is no
second model, the recognizer is asked what it would write.

| wake word                                   | second look                                    |
|---------------------------------------------|------------------------------------------------|
| okay_nabu, hey_jarvis, hey_mycroft, alexa   | openWakeWord's model of it; in doubt, Whisper  |
| a model of others, one's own recordings     | Whisper                                        |
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from assistant.hear.embeddings import SIZE, SpeechEmbeddings
from assistant.hear.wake import BUILT_IN, NO_DETECTOR, MicroWake
from assistant.settings import WakeSettings
from assistant.stages import Verdict, WakeVerifier
from assistant.types import LOOK_BACK, LOOP_RATE, Samples

WINDOW = round(LOOK_BACK * LOOP_RATE)
"""Samples that are looked at: openWakeWord's models hear 2.0 s at a time."""
HUSH = round(0.24 * LOOP_RATE)
"""Samples of silence after them: these models are surest when the word has just ended."""
LAST_OPEN, LAST_MICRO = 7, 19
"""The newest scores of either model that count: 0.56 s, in which the word ended. What was said
before must not vouch for what came after it."""
NEEDED = {"low": 0.6, "normal": 0.3, "high": 0.15}
"""Of two models, and Whisper in doubt: what each misses stands in base.toml. Without Whisper,
normal missed 0 of 89 clean recordings of "alexa", 1 in kitchen noise at 12 dB, 4 at 6 dB, and 7 of
445 through five rooms. Of 76 minutes without the word, the highest score was 0.11; of 6 hours
more, of the same and other speech in noise and through rooms, 0.25."""
LIKE_ENOUGH = {"low": 0.9, "normal": 0.75, "high": 0.6}
"""Of a transcript: how alike its letters are to those of the word (0..1). Of 29 recordings of
"computer", "jarvis", "snowboy", "smart mirror" and "view glass", tiny.en wrote 27 that alike to
their own word (normal), and with another one for its prompt none."""
DOUBT = (0.02, 0.9)
"""Scores of the two models between which Whisper is asked as well."""
WRITTEN, OTHER = 0.98, 0.002
"""The probability of the word where Whisper writes it, and where it writes something else. With the
word for its prompt, tiny.en wrote "Alexa" for 34 of 35 recordings about which the models had a
doubt (kitchen noise, rooms), and for none of 44 other sounds that the first look reported."""
FLOOR = 1e-4
"""No single model is surer than this: a probability of 0 or 1 would decide alone."""


Hear = Callable[[Samples, str], str]
"""What a recognizer writes of a sound, with this word as its prompt; "" where it is guessing."""


def levels(word: str) -> Mapping[str, float]:
    """The score from which on `wake.word` is accepted, for each `wake.sensitivity`."""
    return NEEDED if word in BUILT_IN else LIKE_ENOUGH


def load_verifier(settings: WakeSettings, hear: Hear | None = None) -> WakeVerifier | None:
    """The second look for `wake.word`, or None where there is none.

    hear: asks the recognizer. Without it, words that no second model knows have no second look.
    """
    if settings.word in NO_DETECTOR:
        return None
    needed = levels(settings.word)[settings.sensitivity]
    if settings.word in BUILT_IN:
        return ModelVerifier(lambda: BuiltInModels(settings.word), needed, hear)
    return TranscriptVerifier(hear, needed) if hear else None


class TwoModels(Protocol):
    """Two models of one word that were trained apart."""

    def look(self, samples: Samples) -> tuple[float, float]:
        """The probability, by either, that the word was said at the end of `samples`."""

    def close(self) -> None: ...


class ModelVerifier:
    """WakeVerifier by two models and, where they leave a doubt, a recognizer.

    load: loads the models, at the first look (0.1 s, 20 MB): waiting need not pay for it.
    hear: asks the recognizer; None where there is none.
    """

    def __init__(
        self, load: Callable[[], TwoModels], needed: float, hear: Hear | None = None
    ) -> None:
        self._load = load
        self._needed = needed
        self._hear = hear
        self._models: TwoModels | None = None

    def verify(self, samples: Samples, word: str) -> Verdict:
        if self._models is None:
            self._models = self._load()
        sound = _last(samples, WINDOW)
        first, second = self._models.look(sound)
        score = agreement(first, second)
        reason = f"microWakeWord {first:.2f}, openWakeWord {second:.2f}"
        if self._hear is not None and DOUBT[0] <= score < DOUBT[1]:
            score, third = self._ask(sound, word, first, second)
            reason += third
        return Verdict(score >= self._needed, score, reason)

    def _ask(self, sound: Samples, word: str, *models: float) -> tuple[float, str]:
        """The score with the recognizer's opinion, where it has one, and what that was."""
        assert self._hear is not None
        written = self._hear(sound, word)
        if not written:
            return agreement(*models), ", no transcript"
        alike = likeness(written, word)
        third = WRITTEN if alike >= LIKE_ENOUGH["normal"] else OTHER
        return agreement(*models, third), f", transcript {alike:.2f} alike"

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


class BuiltInModels:
    """microWakeWord's model of a built-in word once more, and openWakeWord's."""

    def __init__(self, name: str) -> None:
        from pyopen_wakeword import Model, OpenWakeWord

        self._micro = MicroWake.built_in(name)
        self._embeddings = SpeechEmbeddings(streaming=False)
        self._open = OpenWakeWord.from_builtin(Model(name))

    def look(self, samples: Samples) -> tuple[float, float]:
        """By microWakeWord, and by openWakeWord."""
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
    """WakeVerifier by what a recognizer writes: for words that no second model knows."""

    def __init__(self, hear: Hear, needed: float) -> None:
        self._hear = hear
        self._needed = needed

    def verify(self, samples: Samples, word: str) -> Verdict:
        score = likeness(self._hear(_last(samples, WINDOW), word), word)
        return Verdict(score >= self._needed, score, f"transcript {score:.2f} alike")


def likeness(written: str, word: str) -> float:
    """How alike the letters of some words of `written` in a row are to those of `word`: 0..1."""
    words, wanted = written.split(), _letters(word)
    most = len(word.split()) + 2  # "alexa" may be written "a lex a"
    runs = (words[i : i + n] for i in range(len(words)) for n in range(1, most + 1))
    return max((fuzz.ratio(wanted, _letters(" ".join(run))) / 100 for run in runs), default=0.0)


def _last(samples: Samples, count: int) -> Samples:
    """The last `count` samples, silence in front where there are fewer."""
    short: npt.NDArray[np.int16] = np.zeros(max(0, count - len(samples)), np.int16)
    return np.concatenate([short, samples[-count:]])


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
