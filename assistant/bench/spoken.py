"""Recordings for those who have none: commands in the voice that is installed.

They tell how fast this machine is. How well it hears people, only recordings of people tell.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.clips import LABELS
from assistant.settings import Config
from assistant.speak.voices import load_voice
from assistant.types import LOOP_RATE, Speech

COMMANDS = {
    "en": [
        "What time is it?",
        "What day is it today?",
        "Set a timer for ten minutes.",
        "Set a five minute timer for the pasta.",
        "How long is left?",
        "Add two minutes to the pasta timer.",
        "Cancel all timers.",
        "What can you do?",
    ],
    "es": [
        "¿Qué hora es?",
        "¿Qué día es hoy?",
        "Pon un temporizador de diez minutos.",
        "¿Cuánto tiempo queda?",
        "Cancela todos los temporizadores.",
        "¿Qué puedes hacer?",
    ],
}
AROUND = 0.5
"""Seconds of silence before and after each command."""


def speak_commands(config: Config, root: Path) -> Path:
    """Say the commands of the languages that are set, into folders with labels below `root`."""
    for language in config.languages:
        folder = root / f"spoken_{language}"
        folder.mkdir(parents=True)
        voice = load_voice(config.speak, language)
        labels = []
        for number, text in enumerate(COMMANDS[language]):
            speech = voice.synthesize(text)
            sound = pcm.resample(speech.samples, speech.rate, LOOP_RATE)
            silence = pcm.silence(AROUND, LOOP_RATE)
            name = f"{number}.wav"
            write_wav(folder / name, Speech(np.concatenate([silence, sound, silence]), LOOP_RATE))
            labels.append(msgspec.json.encode({"audio": name, "lang": language, "text": text}))
        (folder / LABELS).write_bytes(b"\n".join(labels) + b"\n")
    return root
