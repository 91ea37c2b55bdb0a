"""openWakeWord models, .tflite and .onnx.

The features (mel spectrogram, then Google's speech embedding: 96 numbers every 80 ms) come
from pyopen-wakeword. A .tflite classifier is run by it too; a .onnx one by onnxruntime, on
the last embeddings, as many as its input says.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.hear.wake import check_tflite
from assistant.onnx import session
from assistant.types import Samples

THRESHOLD = 0.5  # what openWakeWord's authors advise for any model
EMBEDDING = 96

Embeddings = npt.NDArray[np.float32]
"""Shape (1, 1, n, EMBEDDING)."""


class _Classifier(Protocol):
    def process_streaming(self, embeddings: Embeddings) -> Iterable[float]: ...
    def reset(self) -> None: ...


class OnnxClassifier:
    """A wake-word classifier in ONNX: input (1, windows, EMBEDDING), output one probability."""

    def __init__(self, path: Path) -> None:
        self._session = session(path, optimized_cache=False)
        shape = self._session.get_inputs()[0].shape
        if len(shape) != 3 or shape[2] != EMBEDDING or not isinstance(shape[1], int):
            raise ModelError(
                f"{path.name} is not an openWakeWord model: its input is {shape}, "
                f"not (1, windows, {EMBEDDING})."
            )
        self._input = self._session.get_inputs()[0].name
        self._windows = shape[1]
        self.reset()

    def reset(self) -> None:
        self._last = np.zeros((0, EMBEDDING), np.float32)

    def process_streaming(self, embeddings: Embeddings) -> Iterable[float]:
        for row in embeddings[0, 0]:
            self._last = np.vstack([self._last, row])[-self._windows :]
            if len(self._last) == self._windows:
                (output, *_) = self._session.run(None, {self._input: self._last[np.newaxis]})
                yield float(np.squeeze(output))


class OpenWake:
    """WakeDetector by an openWakeWord model (about 3 % of a laptop core)."""

    def __init__(self, path: Path, threshold: float | None = None) -> None:
        from pyopen_wakeword import OpenWakeWord, OpenWakeWordFeatures

        self.word = path.stem.replace("_", " ").split(" v0")[0]
        self._threshold = threshold or THRESHOLD
        self._features = OpenWakeWordFeatures.from_builtin()
        self._classifier: _Classifier
        if path.suffix == ".onnx":
            self._classifier = OnnxClassifier(path)
        else:
            check_tflite(path)
            self._classifier = OpenWakeWord.from_model(path)

    def process(self, samples: Samples) -> float | None:
        heard = None
        for embeddings in self._features.process_streaming(samples.tobytes()):
            for score in self._classifier.process_streaming(embeddings):
                if score > self._threshold:
                    heard = max(heard or 0.0, float(score))
        return heard

    def reset(self) -> None:
        self._features.reset()
        self._classifier.reset()

    def close(self) -> None:
        self._features.close()
        close = getattr(self._classifier, "close", None)
        if close is not None:
            close()
