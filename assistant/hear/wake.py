"""Wake words, behind one protocol: built-in ones, models of others, one's own recordings.

| setting `wake.word`                         | detector                                     |
|---------------------------------------------|----------------------------------------------|
| okay_nabu, hey_jarvis, hey_mycroft, alexa   | microWakeWord, ships with pymicro-wakeword   |
| a path ending in .json                      | microWakeWord, somebody else's model         |
| a path ending in .tflite or .onnx           | openWakeWord                                 |
| a folder of recordings                      | the distance to one's own voice (`own_wake`) |
| push-to-talk, none                          | no detector at all                           |
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from assistant.errors import ConfigError, ModelError
from assistant.hear.gate import Gate, GatedWake
from assistant.hear.once import REST, OncePerWord
from assistant.hear.tflite import check_wake_model
from assistant.settings import WakeSettings
from assistant.stages import WakeDetector
from assistant.types import Samples

if TYPE_CHECKING:
    from pymicro_wakeword import MicroWakeWord

BUILT_IN = ("okay_nabu", "hey_jarvis", "hey_mycroft", "alexa")
NO_DETECTOR = ("push-to-talk", "none")
FEATURES = 40
"""Numbers that a microWakeWord model takes for each 10 ms."""

SAME_WORD = 65
"""Percent of similarity (rapidfuzz ratio) above which the first words of a transcript are the
wake word, misspelt: "okay naboo", "ok nabu", "hey, jervis"."""

SAID_AGAIN = 85
"""The same for words in the middle, where a command has words of its own ("can you do")."""

CANDIDATE = 0.1
"""Score from which on a built-in model reports its word, to be looked at again by `verify.py`:
its own threshold is 0.85 to 0.97. At 0.1 it heard 444 of 445 recordings of "alexa" through five
rooms, instead of 375, and reported 22 other things in 76 minutes instead of 1."""
STEP = 0.03  # seconds from one score to the next
SURE, HOLD = 0.97, 8
"""A score is reported at its peak: at once from SURE on, else HOLD steps later at most."""


def load_wake(settings: WakeSettings, decode: Callable[[Path], Samples]) -> GatedWake | None:
    """The detector for `wake.word`, behind its gate, or None where there is none.

    decode: reads a sound file, for a folder of recordings.
    Raises ConfigError for a word that is neither built in nor a file, ModelError for a file
    that is not a wake-word model.
    """
    if settings.word in NO_DETECTOR:
        return None
    return GatedWake(_load(settings, decode), Gate(settings.gate_db))


def load_own(settings: WakeSettings, decode: Callable[[Path], Samples]) -> WakeDetector | None:
    """Another detector of `wake.word`, for what we play ourselves, which is clear: it reports
    sooner, at the model's own threshold. At 0.05 it took every other reply for the word, and a
    person who called meanwhile was not heard."""
    if settings.word in NO_DETECTOR:
        return None
    if settings.word in BUILT_IN:
        return MicroWake.built_in(settings.word, hasty=True)
    return _load(settings, decode)


def _load(settings: WakeSettings, decode: Callable[[Path], Samples]) -> WakeDetector:
    word, threshold = settings.word, settings.threshold or None
    if word in BUILT_IN:
        return MicroWake.built_in(word, threshold or CANDIDATE)
    path = Path(word).expanduser()
    if path.is_dir():
        from assistant.hear.own_wake import OwnWake

        recordings = [decode(f) for f in sorted(path.iterdir()) if f.is_file()]
        return OwnWake(recordings, path.name.replace("_", " "), threshold)
    if not path.is_file():
        known = ", ".join((*BUILT_IN, *NO_DETECTOR))
        raise ConfigError(
            f"wake.word: {word!r} is not a wake word or a file. Use one of {known}, the path of "
            "a .json, .tflite or .onnx model, or a folder of recordings."
        )
    if path.suffix == ".json":
        return MicroWake.from_file(path, threshold)
    if path.suffix in {".tflite", ".onnx"}:
        from assistant.hear.open_wake import OpenWake

        return OpenWake(path, threshold)
    raise ConfigError(f"wake.word: {path.name} is not a .json, .tflite or .onnx model.")


class MicroWake:
    """microWakeWord: a streaming model of 50 kB, a fifth of a percent of a laptop core."""

    def __init__(
        self, model: MicroWakeWord, threshold: float | None, *, hasty: bool = False
    ) -> None:
        """hasty: report as soon as the threshold is passed, and not only the peak."""
        from pymicro_wakeword import MicroWakeWordFeatures

        self.word = model.wake_word.lower()
        self._model = model
        self._features = MicroWakeWordFeatures()
        self._rows = 0  # of features, since the last step of the model
        threshold = threshold or model.probability_cutoff
        self._once = (
            OncePerWord(threshold, sure=0.0)
            if hasty
            else OncePerWord(threshold, rest=round(REST / STEP), sure=SURE, hold=HOLD)
        )

    @classmethod
    def built_in(
        cls, name: str, threshold: float | None = None, *, hasty: bool = False
    ) -> MicroWake:
        from pymicro_wakeword import MicroWakeWord, Model

        return cls(MicroWakeWord.from_builtin(Model(name)), threshold, hasty=hasty)

    @classmethod
    def from_file(cls, path: Path, threshold: float | None = None) -> MicroWake:
        from pymicro_wakeword import MicroWakeWord

        _check_micro_model(path)
        return cls(MicroWakeWord.from_config(path), threshold)

    def process(self, samples: Samples) -> float | None:
        reports = [self._once.process(score) for score in self._scores(samples)]
        return max((report for report in reports if report is not None), default=None)

    def peak(self, samples: Samples, steps: int) -> float:
        """The highest of the last `steps` scores (30 ms each) of `samples`, which follow nothing:
        5 ms of work for 2 s of sound."""
        self.reset()
        return max(self._scores(samples)[-steps:], default=0.0)

    def reset(self) -> None:
        """Forget what was heard. Not after each word: the features measure loudness against the
        noise that they have got used to, and without it took "can you do" for "okay nabu"."""
        self._model.reset()
        self._features.reset()
        self._once.reset()
        self._rows = 0

    def close(self) -> None:
        self._model.close()

    def _scores(self, samples: Samples) -> list[float]:
        """The scores that these samples complete, one for each step of the model (30 ms)."""
        scores = []
        for row in self._features.process_streaming(samples.tobytes()):
            score = self._model.process_streaming_prob(row)
            self._rows = (self._rows + 1) % self._model.stride
            if not self._rows:  # between two steps the package says 0
                scores.append(float(score or 0.0))
        return scores


def _check_micro_model(path: Path) -> None:
    """Raise ModelError unless the description and the model beside it are whole."""
    try:
        config = json.loads(path.read_text("utf-8"))
        model = path.parent / config["model"]
        cutoff, window = (config["micro"][k] for k in ("probability_cutoff", "sliding_window_size"))
        whole = isinstance(window, int)
        if not (0 < cutoff <= 1 and whole and window >= 1 and config["wake_word"].strip()):
            raise ValueError("a number out of its bounds, or an empty word")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path.name} is not the description of a microWakeWord model; it must name "
            "wake_word, model, micro.probability_cutoff and micro.sliding_window_size."
        ) from error
    check_wake_model(model, FEATURES, {"int8", "uint8"})


def without_wake_word(text: str, word: str) -> str:
    """`text` without the wake word, or what is left of it, at its beginning.

    The sound of a command starts a little before the wake word was recognized, so its end may
    be transcribed, in whole ("Okay Nabu, what time is it?") or in part ("Nabu, what ...").
    """
    words = text.split()
    targets = (_letters(word), _letters(word.rsplit(maxsplit=1)[-1]))

    def likeness(count: int) -> float:
        head = _letters(" ".join(words[:count]))
        return max(fuzz.ratio(head, target) for target in targets)

    most = min(len(words), len(word.split()) + 2)
    best = max(range(1, most + 1), key=likeness, default=0)
    if not best or likeness(best) < SAME_WORD:
        return text
    rest = " ".join(words[best:]).lstrip(" ,.!?;:-")
    return rest[:1].upper() + rest[1:]


def since_last_call(text: str, word: str) -> str:
    """What was said after the wake word was said again: whoever repeats it starts over."""
    words = text.split()
    length = len(word.split())
    for end in range(len(words), length, -1):
        if fuzz.ratio(_letters(" ".join(words[end - length : end])), _letters(word)) >= SAID_AGAIN:
            rest = " ".join(words[end:]).lstrip(" ,.!?;:-")
            return rest[:1].upper() + rest[1:]
    return text


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
