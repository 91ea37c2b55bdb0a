"""Real models, a virtual microphone and speaker, and a voice to speak into them."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from assistant.assemble import Engines, alarms, listener
from assistant.audio import pcm
from assistant.audio.echo import without_echo
from assistant.audio.playback import Playback
from assistant.audio.sink import Speaker
from assistant.audio.source import Microphone
from assistant.config import load
from assistant.rest import warm
from assistant.runtime import Runtime
from assistant.speak.voices import load_voice
from assistant.trace import TraceLog
from assistant.types import LOOP_RATE
from tests.conftest import REAL_MODELS


@pytest.fixture(scope="session")
def say(tmp_path_factory):
    """say("Okay Nabu.", 0.2, "What time is it?") -> samples; numbers are seconds of silence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("voice")))
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        settings = load().config.speak
        voices = {"en": load_voice(settings, "en"), "es": load_voice(settings, "es")}

    def render(*parts, language="en"):
        pieces = [np.zeros(LOOP_RATE // 2, np.int16)]
        for part in parts:
            if isinstance(part, str):
                speech = voices[language].synthesize(part)
                pieces.append(pcm.resample(speech.samples, speech.rate, LOOP_RATE))
            else:
                pieces.append(np.zeros(round(part * LOOP_RATE), np.int16))
        return np.concatenate(pieces)

    return render


class Live:
    """The whole assistant on the virtual devices, running in a thread of the test."""

    def __init__(self, *settings):
        self.config = load(settings).config
        self.events = []
        self._changed = threading.Condition()
        self.engines = Engines(self.config)
        playback, audio = Playback(), self.config.audio
        self.sink, ears = Speaker(audio.output, playback=playback), listener(self.config)

        def microphone():
            heard = Microphone(audio.input, audio.block_ms, doze=lambda: ears.doze)
            return without_echo(heard, playback, audio)

        self.runtime = Runtime(
            self.config,
            self.engines.stages,
            ears,
            microphone,
            self.sink,
            alarms=alarms(self.engines),
            trace=TraceLog(self.config.trace),
            on_event=self._on_event,
        )
        self._thread = threading.Thread(target=self.runtime.run, name="loop")

    def __enter__(self):
        for loaded in warm(self.engines.stages, self.config):
            loaded.result()
        self._thread.start()
        self.wait_for("ready")
        return self

    def __exit__(self, *_):
        self.runtime.stop()
        self._thread.join(60)
        assert not self._thread.is_alive()
        self.sink.close()
        self.engines.__exit__()

    def _on_event(self, event):
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def count(self, kind):
        return sum(event.kind == kind for event in self.events)

    def wait_for(self, kind, times=1, seconds=240):
        with self._changed:
            done = self._changed.wait_for(lambda: self.count(kind) >= times, seconds)
        assert done, f"{kind} {self.count(kind)} times in {[e.kind for e in self.events]}"

    @property
    def turns(self):
        return [event.turn for event in self.events if event.kind == "idle"]

    def next_turn(self, number, seconds=240):
        self.wait_for("idle", number, seconds)
        return self.turns[number - 1]


@pytest.fixture
def live(sound):
    @contextmanager
    def start(*settings):
        with Live(*settings) as running:
            time.sleep(0.2)
            yield running

    return start


@pytest.fixture(scope="session")
def transcribe():
    """What the recognizer hears in samples, without any hint of what was said."""
    from assistant import models
    from assistant.hear.stt import WhisperTranscriber
    from assistant.types import Utterance

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        model = models.locate("whisper-tiny.en")
    recognizer = WhisperTranscriber(model, "en", load().config.stt)
    return lambda samples: recognizer.transcribe(Utterance(samples, "silence", 0.0)).text


def pytest_collection_modifyitems(items):
    """Engines compute and sound is heard for minutes, where the machine is slow."""
    for item in items:
        if item.path.parent == Path(__file__).parent and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(1800))
