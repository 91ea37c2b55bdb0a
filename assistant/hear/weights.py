"""Whisper's parts, from the files of a converted model and from faster-whisper's own code.

Only its tokenizer and its features are needed while we listen. The package itself also imports a
video library and the client of a model hub (26 MB); its two files do not.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.errors import ModelError

LANGUAGES = ("en", "es")

os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8")
"""CTranslate2's library keeps the code that it makes for each shape of its input, up to a thousand
pieces: 1 MB for each length of what was said, and no two are of one length (60 commands: 63 MB).
With a few it keeps those of the utterance that it works on. Read when it is used first."""


class Weights:
    """A converted model, opened by path: a name would be looked up at the hub.

    model: CTranslate2's Whisper. features: of sound, as the model was trained on.
    tokenizers: for each language. suppressed: tokens that are no speech.
    Raises ModelError when the folder does not hold a model that loads.
    """

    def __init__(self, folder: Path, compute_type: str, threads: int) -> None:
        from ctranslate2.models import Whisper
        from tokenizers import Tokenizer

        if not (folder / "tokenizer.json").is_file():
            raise damaged(folder, "tokenizer.json is missing")
        self._folder = folder
        self._compute_type = compute_type
        self._threads = threads
        self._whole: Any = None
        try:
            self.model: Any = Whisper(
                str(folder), device="cpu", compute_type=compute_type, intra_threads=threads
            )
            self.features: Any = _part("feature_extractor").FeatureExtractor(self.model.n_mels)
            said = Tokenizer.from_file(str(folder / "tokenizer.json"))
            make = _part("tokenizer").Tokenizer
            self.tokenizers: dict[str, Any] = {
                name: make(said, self.model.is_multilingual, "transcribe", name)
                for name in LANGUAGES
            }
            self.suppressed = _suppressed(self.tokenizers["en"])
        except Exception as error:  # the tokenizer's errors derive from nothing narrower
            raise damaged(folder, str(error)) from error

    def whole(self) -> Any:
        """faster-whisper's own recognizer, for sound longer than its window. Loaded when it is
        first asked for, with weights of its own: a command is never that long."""
        if self._whole is None:
            from faster_whisper import WhisperModel
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # else a progress bar that nobody sees starts a thread
            self._whole = WhisperModel(
                str(self._folder),
                device="cpu",
                compute_type=self._compute_type,
                cpu_threads=self._threads,
                local_files_only=True,
            )
        return self._whole


def damaged(folder: Path, what: str) -> ModelError:
    return ModelError(
        f"The speech model in {folder} does not load ({what}). Run `assistant models verify`, "
        "and pull it again if it is damaged."
    )


def _part(name: str) -> ModuleType:
    """A module of faster-whisper, without the package around it."""
    known = f"{__name__}.{name}"
    if known not in sys.modules:
        package = importlib.util.find_spec("faster_whisper")
        folder = Path((package and package.origin) or "").parent
        spec = importlib.util.spec_from_file_location(known, folder / f"{name}.py")
        if spec is None or spec.loader is None:
            raise ImportError(f"faster-whisper has no module {name}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sys.modules[known] = module
    return sys.modules[known]


def _suppressed(tokenizer: Any) -> Sequence[int]:
    """What stands for no speech, and the marks that the decoder must not write."""
    marks = "transcribe translate sot sot_prev sot_lm no_speech".split()
    return sorted({*tokenizer.non_speech_tokens, *(getattr(tokenizer, mark) for mark in marks)})
