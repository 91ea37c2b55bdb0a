"""openWakeWord models, .tflite and .onnx: classifiers of the last speech embeddings.

A .tflite classifier is run by pyopen-wakeword; a .onnx one by onnxruntime, on as many embeddings
as its input says (1.3 s of them, mostly).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.hear.embeddings import SIZE, STEP, Embeddings, SpeechEmbeddings
from assistant.hear.once import REST, OncePerWord
from assistant.hear.tflite import check_wake_model
from assistant.onnx import session
from assistant.types import LOOP_RATE, Samples

THRESHOLD = 0.5  # what openWakeWord's authors advise for any model


class _Classifier(Protocol):
    def process_streaming(self, embeddings: npt.NDArray[np.float32]) -> Iterable[float]:
        """The scores that these embeddings, shape (1, 1, n, SIZE), complete."""

    def reset(self) -> None: ...


class OnnxClassifier:
    """A wake-word classifier in ONNX: input (1, windows, SIZE), output one probability."""

    def __init__(self, path: Path) -> None:
        self._session = session(path, optimized_cache=False)
        given = self._session.get_inputs()[0]
        if len(given.shape) != 3 or given.shape[2] != SIZE or not isinstance(given.shape[1], int):
            raise ModelError(
                f"{path.name} is not an openWakeWord model: its input is {given.shape}, "
                f"not (1, windows, {SIZE})."
            )
        self._input = given.name
        self._windows = given.shape[1]
        self.reset()
        try:
            self._score(np.zeros((self._windows, SIZE), np.float32))
        except Exception as error:  # onnxruntime's errors derive from nothing narrower
            raise ModelError(
                f"{path.name} is not an openWakeWord model: it does not give one number."
            ) from error

    def reset(self) -> None:
        self._last = np.zeros((0, SIZE), np.float32)

    def process_streaming(self, embeddings: npt.NDArray[np.float32]) -> Iterable[float]:
        for row in embeddings[0, 0]:
            self._last = np.vstack([self._last, row])[-self._windows :]
            if len(self._last) == self._windows:
                yield self._score(self._last)

    def _score(self, rows: Embeddings) -> float:
        (output, *_) = self._session.run(None, {self._input: rows[np.newaxis]})
        return float(np.squeeze(output))


class OpenWake:
    """WakeDetector by an openWakeWord model."""

    def __init__(self, path: Path, threshold: float | None = None) -> None:
        from pyopen_wakeword import OpenWakeWord

        self.word = path.stem.replace("_", " ").split(" v0")[0]
        self._once = OncePerWord(threshold or THRESHOLD, rest=round(REST * LOOP_RATE / STEP))
        self._classifier: _Classifier
        if path.suffix == ".onnx":
            self._classifier = OnnxClassifier(path)
        else:
            check_wake_model(path, SIZE, {"float32"})
            self._classifier = OpenWakeWord.from_model(path)
        self._embeddings = SpeechEmbeddings()

    def process(self, samples: Samples) -> float | None:
        scores = self._scores(self._embeddings.process(samples))
        reports = [report for report in map(self._once.process, scores) if report is not None]
        return max(reports, default=None)

    def reset(self) -> None:
        self._once.reset()
        self._classifier.reset()
        self._scores(self._embeddings.forget())

    def close(self) -> None:
        self._embeddings.close()
        close = getattr(self._classifier, "close", None)
        if close is not None:
            close()

    def _scores(self, rows: Embeddings) -> list[float]:
        # one by one: a classifier takes a bounded number at a time
        return [
            float(score)
            for row in rows
            for score in self._classifier.process_streaming(row.reshape(1, 1, 1, SIZE))
        ]
