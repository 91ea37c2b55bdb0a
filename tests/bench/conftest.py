"""Recordings that are made up: tones for pure tests, labels for all."""

import json

import numpy as np
import pytest

from assistant.audio.files import write_wav
from assistant.types import LOOP_RATE, Speech


def tone(seconds, level=9000, pitch=300):
    time = np.arange(round(seconds * LOOP_RATE)) / LOOP_RATE
    return (level * np.sin(2 * np.pi * pitch * time)).astype(np.int16)


@pytest.fixture
def recordings(tmp_path):
    """recordings("wake_word/alexa", {"audio": "1.wav", ...}): a folder with those labels; a sound
    for each of them. Returns the root of all."""
    root = tmp_path / "recordings"

    def make(folder, *labels, sounds=True):
        place = root / folder
        place.mkdir(parents=True, exist_ok=True)
        for label in labels:
            if sounds:
                write_wav(place / label["audio"], Speech(tone(0.2), LOOP_RATE))
        lines = [json.dumps(label) for label in labels]
        (place / "labels.jsonl").write_text("\n".join(lines))
        return root

    return make
