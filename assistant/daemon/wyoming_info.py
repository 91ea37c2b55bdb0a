"""How we describe ourselves to Wyoming peers."""

from __future__ import annotations

from collections.abc import Collection

from wyoming.info import (
    AsrModel,
    AsrProgram,
    Attribution,
    HandleModel,
    HandleProgram,
    Info,
    TtsProgram,
    TtsVoice,
    WakeModel,
    WakeProgram,
)

from assistant import __version__
from assistant.settings import Config

_US = Attribution("assistant", "")


def info(config: Config, offered: Collection[str]) -> Info:
    """Only of what is `offered`."""
    languages = list(config.languages)
    found = Info()
    if "stt" in offered:
        name = config.stt.model(config.language)
        model = AsrModel(name, _US, True, name, None, languages)
        found.asr = [AsrProgram("assistant", _US, True, "Whisper", __version__, [model])]
    if "tts" in offered:
        voices = [
            TtsVoice(voice := config.speak.voice(lang), _US, True, voice, None, [lang])
            for lang in languages
        ]
        found.tts = [TtsProgram("assistant", _US, True, "Piper, espeak", __version__, voices)]
    if "wake" in offered:
        word = config.wake.word
        phrase = word.replace("_", " ")
        heard = WakeModel(word, _US, True, phrase, None, languages, phrase)
        found.wake = [WakeProgram("assistant", _US, True, "Wake word", __version__, [heard])]
    if "intents" in offered:
        functions = HandleModel("functions", _US, True, "Functions", None, languages)
        found.handle = [
            HandleProgram("assistant", _US, True, "Device functions", __version__, [functions])
        ]
    return found
