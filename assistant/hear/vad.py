"""Voice activity detection: Silero's model, as it ships inside faster-whisper, frame by frame.

The model file is taken from the package's folder without importing the package, which would
load a recognizer that waiting does not need.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.onnx import session
from assistant.types import Samples

FRAME = 512  # samples at 16 kHz, 32 ms: the only size the model takes
CONTEXT = 64  # samples of the frame before, which the model wants in front
STATE = (1, 1, 128)


def silero_path() -> Path:
    """The Silero model that faster-whisper carries. Raises ModelError when it does not."""
    spec = importlib.util.find_spec("faster_whisper")
    folders = (spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        for path in sorted(Path(folder).glob("assets/silero_vad*.onnx"), reverse=True):
            return path
    raise ModelError(
        "The voice activity model is missing. Reinstall the package that carries it: "
        "pip install --force-reinstall faster-whisper."
    )


class SileroVad:
    """VoiceActivity by a small recurrent network (1 MB, 0.1 ms a frame on a laptop core)."""

    frame = FRAME

    def __init__(self, path: Path | None = None) -> None:
        self._session = session(path or silero_path(), optimized_cache=False)
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._h = np.zeros(STATE, np.float32)
        self._c = np.zeros(STATE, np.float32)
        self._context: npt.NDArray[np.float32] = np.zeros(CONTEXT, np.float32)

    def probability(self, frame: Samples) -> float:
        """That this frame of FRAME samples, which follows the last one, holds speech."""
        sound: npt.NDArray[np.float32] = frame.astype(np.float32) / np.float32(32768)
        window = np.concatenate([self._context, sound])[np.newaxis]
        output, self._h, self._c = self._session.run(
            None, {"input": window, "h": self._h, "c": self._c}
        )
        self._context = sound[-CONTEXT:]
        return float(np.squeeze(output))
