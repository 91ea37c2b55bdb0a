"""The voices: Piper's neural ones, and espeak-ng's, which is small and knows every language."""

from __future__ import annotations

import ctypes
import functools
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
import piper
from piper import espeakbridge
from piper.phonemize_espeak import ESPEAK_DATA_DIR, EspeakPhonemizer

from assistant import onnx
from assistant.errors import ModelError
from assistant.heap import trim
from assistant.speak.sentences import clauses
from assistant.types import Samples, Speech

_ESPEAK_LOCK = threading.Lock()
"""espeak-ng has one global state, and Piper uses it too, to find out how words are spoken."""

_SENTENCE_PAUSE, _CLAUSE_PAUSE = 0.2, 0.08  # seconds
AT_A_TIME = 120
"""Characters that Piper is given at a time, where there is a place to breathe: what it needs while
it renders grows with the length."""


class PiperVoice:
    """A Piper voice: `model` is its .onnx file, with its .onnx.json beside it.

    pace: 1 is the voice's own, 2 twice as fast. threads: 0 takes one, which is as fast as two
    on sentences of a few seconds and leaves a core to everything else.
    Raises ModelError when a file is missing or damaged.
    """

    def __init__(self, model: Path, language: str, *, pace: float = 1.0, threads: int = 0) -> None:
        config = _piper_config(model)
        self.language = language
        self.rate = int(config.sample_rate)
        session = _GivingBack(onnx.session(model, threads or 1, arena=True))
        self._voice = piper.PiperVoice(session=session, config=config)
        self._length_scale = config.length_scale
        self.set_pace(pace)

    def set_pace(self, pace: float) -> None:
        """From the next sentence on."""
        self._style = piper.SynthesisConfig(length_scale=self._length_scale / pace)

    def synthesize(self, sentence: str) -> Speech:
        """Render one sentence of plain text; no sound for one without words."""
        # "[[" would begin phonemes in espeak-ng's notation, which no text of ours contains.
        text = _bytes(sentence).decode().replace("[[", "[")
        with _ESPEAK_LOCK:
            pieces = [self._rendered(clause) for clause in clauses(text, AT_A_TIME)]
        trim()  # what was needed for it: 24 MB for two seconds, 58 for a long sentence
        return Speech(_joined(pieces, self._silence(_CLAUSE_PAUSE)), self.rate)

    def _rendered(self, text: str) -> Samples:
        parts = [part.audio_int16_array for part in self._voice.synthesize(text, self._style)]
        return _joined(parts, self._silence(_SENTENCE_PAUSE))

    def _silence(self, seconds: float) -> Samples:
        return np.zeros(int(seconds * self.rate), np.int16)


class _GivingBack:
    """A session that gives back after each run what it needed for it."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._options = onnx.given_back()

    def run(self, names: Any, given: Any) -> Any:
        return self._session.run(names, given, self._options)


class EspeakVoice:
    """espeak-ng, as the library that Piper carries for its phonemes: nothing else to install.

    Raises ModelError when that library cannot speak, or does not know the language.
    """

    def __init__(self, language: str, *, pace: float = 1.0) -> None:
        self.language = language
        self._name = {"en": "en-us"}.get(language, language).encode()
        self.set_pace(pace)
        with _ESPEAK_LOCK:
            self._library = _espeak()
            self.rate = int(self._library.espeak_ng_GetSampleRate())
            if self._library.espeak_SetVoiceByName(self._name) != 0:
                raise ModelError(f"espeak-ng has no voice for the language {language!r}.")

    def set_pace(self, pace: float) -> None:
        """From the next sentence on."""
        self._words_per_minute = int(_ESPEAK_WORDS_PER_MINUTE * pace)

    def synthesize(self, sentence: str) -> Speech:
        """Render one sentence of plain text; no sound for one without words."""
        text = _bytes(sentence)
        parts: list[Samples] = []

        def collect(samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int) -> int:
            if samples and count > 0:
                parts.append(np.ctypeslib.as_array(samples, (count,)).copy())
            return 0  # go on

        with _ESPEAK_LOCK:
            self._library.espeak_SetVoiceByName(self._name)
            self._library.espeak_SetParameter(_ESPEAK_RATE, self._words_per_minute, 0)
            callback = _ESPEAK_CALLBACK(collect)
            self._library.espeak_SetSynthCallback(callback)
            try:
                self._library.espeak_Synth(
                    text, len(text) + 1, 0, _ESPEAK_BY_CHARACTER, 0, _ESPEAK_UTF8, None, None
                )
            finally:
                self._library.espeak_SetSynthCallback(_ESPEAK_CALLBACK())
        return Speech(_joined(parts, np.zeros(0, np.int16)), self.rate)


# From espeak-ng's speak_lib.h.
_ESPEAK_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)
_ESPEAK_RATE = 1  # espeakRATE
_ESPEAK_UTF8 = 1  # espeakCHARS_UTF8
_ESPEAK_BY_CHARACTER = 1  # POS_CHARACTER
_ESPEAK_WORDS_PER_MINUTE = 165  # its own default, 175, is hurried


@functools.cache
def _espeak() -> ctypes.CDLL:
    """The library, initialised to hand its samples to a callback."""
    try:
        EspeakPhonemizer(ESPEAK_DATA_DIR)
        library = ctypes.CDLL(espeakbridge.__file__)
        library.espeak_Synth.argtypes = [
            ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int,
            ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
        ]  # fmt: skip
        library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        library.espeak_SetSynthCallback.argtypes = [_ESPEAK_CALLBACK]
        library.espeak_SetSynthCallback.restype = None
    except (AttributeError, OSError, RuntimeError) as error:
        raise ModelError(
            "The espeak-ng inside piper-tts cannot be used. Reinstall it: "
            "pip install --force-reinstall piper-tts."
        ) from error
    return library


def _piper_config(model: Path) -> piper.PiperConfig:
    file = model.with_name(f"{model.name}.json")
    try:
        return piper.PiperConfig.from_dict(json.loads(file.read_text("utf-8")))
    except FileNotFoundError as error:
        raise ModelError(
            f"The voice's file {file} is missing. `assistant models pull` fetches it again."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise ModelError(
            f"{file} is damaged or does not describe a Piper voice. "
            "`assistant models pull` fetches it again."
        ) from error


def _bytes(sentence: str) -> bytes:
    """UTF-8 that C can read to its end: no null character, no half of a surrogate pair."""
    return sentence.replace("\0", " ").encode("utf-8", "replace")


def _joined(parts: list[Samples], pause: Samples) -> Samples:
    """The parts with a pause between each two."""
    if not parts:
        return np.zeros(0, np.int16)
    spaced = [parts[0]]
    for part in parts[1:]:
        spaced += [pause, part]
    return np.concatenate(spaced)
