"""The error tree. Every error tells a person what is wrong and what to do.

    AssistantError             exit code 1
    |-- ConfigError            2   a setting or a command line that cannot be used
    |-- ModelError             4   a model is missing, damaged or does not load
    |   `-- DownloadError      4   a download that was asked for failed
    |-- EngineError            1   an engine hangs, or the process that it runs in has ended
    |-- AudioDeviceError       5   no microphone or speaker, or it is busy or gone
    |-- AudioFileError         6   not audio, empty, damaged
    |-- StorageError           7   disk full, no permission
    `-- FunctionError          1   a function of the device could not do it

"Nothing matched", "nothing heard" and "cancelled" are values, never exceptions.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import ClassVar


class AssistantError(Exception):
    """Base of all our errors.

    `str(error)` is one clear sentence for the screen: what is wrong and what to do.
    `spoken` holds what the voice says instead, per language, when a turn fails by it.
    `stage` and `code` go into the trace.
    """

    exit_code: ClassVar[int] = 1
    stage: ClassVar[str] = "assistant"
    spoken: ClassVar[dict[str, str]] = {
        "en": "Sorry, something went wrong.",
        "es": "Lo siento, algo ha fallado.",
    }

    def __init__(self, message: str, *, code: str = "", spoken: dict[str, str] | None = None):
        super().__init__(message)
        self.code = code or type(self).__name__
        self._spoken = spoken

    def speech(self, language: str) -> str:
        """The sentence to speak, in `language` or else in English."""
        sentences = self._spoken or self.spoken
        return sentences.get(language) or sentences["en"]


def fault(error: BaseException) -> str:
    """What failed and where, without the message, which may hold words of the user."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


class ConfigError(AssistantError):
    exit_code = 2
    stage = "config"


class ModelError(AssistantError):
    exit_code = 4
    stage = "models"
    spoken: ClassVar[dict[str, str]] = {
        "en": "Sorry, a model that I need for this is not installed.",
        "es": "Lo siento, falta un modelo que necesito para esto.",
    }


class DownloadError(ModelError):
    pass


class EngineError(AssistantError):
    stage = "engine"
    spoken: ClassVar[dict[str, str]] = {
        "en": "Sorry, I got stuck. Please say that again.",
        "es": "Lo siento, me he quedado atascado. Repítelo, por favor.",
    }


class AudioDeviceError(AssistantError):
    exit_code = 5
    stage = "audio"
    spoken: ClassVar[dict[str, str]] = {
        "en": "Sorry, I cannot use the sound device.",
        "es": "Lo siento, no puedo usar el dispositivo de sonido.",
    }


class AudioFileError(AssistantError):
    exit_code = 6
    stage = "audio"


class StorageError(AssistantError):
    exit_code = 7
    stage = "storage"
    spoken: ClassVar[dict[str, str]] = {
        "en": "Sorry, I cannot save that. The disk may be full.",
        "es": "Lo siento, no puedo guardarlo. Puede que el disco esté lleno.",
    }


class FunctionError(AssistantError):
    """A function cannot do what was asked; `spoken` says why, in the user's language."""

    stage = "act"
