"""What scripts/interrupt runs: people who talk over the assistant, live, in rooms.

All parts are the real ones but the card: the speaker is a null sink of PulseAudio, and a room
(tests/room.py) gives what it plays back to the microphone, with the voice of a person, at a time
that is known. How soon the assistant falls silent is read off the recording of the speaker.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the virtual sound server lives with the tests

from assistant.assemble import Engines, alarms, decode, listener  # noqa: E402
from assistant.audio import pcm, portaudio  # noqa: E402
from assistant.audio.echo import without_echo  # noqa: E402
from assistant.audio.playback import Playback  # noqa: E402
from assistant.audio.sink import LATENCY, Speaker  # noqa: E402
from assistant.audio.source import Microphone  # noqa: E402
from assistant.bench.sound import in_room, loudest  # noqa: E402
from assistant.config import load  # noqa: E402
from assistant.errands import Errand  # noqa: E402
from assistant.models import models_dir  # noqa: E402
from assistant.rest import warm  # noqa: E402
from assistant.runtime import Runtime  # noqa: E402
from assistant.settings import Config  # noqa: E402
from assistant.speak.tts import EspeakVoice  # noqa: E402
from assistant.stages import Source  # noqa: E402
from assistant.types import LOOP_RATE, Announcement, AudioChunk, Event, Reply, Samples  # noqa: E402
from tests.room import Room  # noqa: E402
from tests.sound import VirtualSound  # noqa: E402

REPLY = (
    "The first thing to know is that the mountain is very old and was made by ice and water over a"
    " very long time. People have lived beside it for many hundreds of years and tell stories about"
    " it to their children. In the summer the fields are green and in the winter the snow lies deep"
    " upon the roofs of all the houses in the valley."
)
SOFTER = 6.0
"""Decibels by which our own voice comes back softer than it was played."""
AUDIBLE = 300
"""Steps of int16."""
SILENT = 0.4
"""Seconds without a sound of ours that are no pause in our sentences."""
WORDS = ("stop", "wake", "talk", "nobody")


class Noted(Speaker):
    """A speaker that notes when it was told to be silent."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.told: list[tuple[float, str]] = []
        self.source: Timed | None = None
        self.heard: float | None = None  # when the chunk was there for which it paused first

    def hold(self) -> None:
        if self.heard is None and self.source is not None:
            self.heard = self.source.there
        self.told.append((time.monotonic(), "hold"))
        super().hold()

    def resume(self) -> None:
        self.told.append((time.monotonic(), "resume"))
        super().resume()

    def stop(self) -> None:
        self.told.append((time.monotonic(), "stop"))
        super().stop()


class Timed:
    """A source that notes when its last chunk was there to be read."""

    def __init__(self, source: Source) -> None:
        self.lost_samples, self.there = 0, 0.0
        self._source = source

    def read(self) -> AudioChunk | None:
        chunk = self._source.read()
        self.lost_samples = self._source.lost_samples
        self.there = chunk.time if chunk is not None else 0.0
        return chunk

    def close(self) -> None:
        self._source.close()


class Subject:
    """The assistant in one room."""

    def __init__(self, config: Config, engines: Engines, latency: float) -> None:
        self.events: list[tuple[float, Event]] = []
        self._ready = threading.Event()
        audio, self.playback, ears = config.audio, Playback(), listener(config)

        def microphone() -> Source:
            heard = Microphone(audio.input, audio.block_ms, doze=lambda: ears.doze)
            self.sink.source = Timed(without_echo(heard, self.playback, audio))
            return self.sink.source

        self.sink = Noted(audio.output, audio.gain, self.playback, latency)
        self.runtime = Runtime(
            config,
            engines.stages,
            ears,
            microphone,
            self.sink,
            alarms=alarms(engines),
            on_event=self._on_event,
        )
        self._thread = threading.Thread(target=self.runtime.run)

    def __enter__(self) -> Subject:
        self._thread.start()
        assert self._ready.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self.runtime.stop()
        self._thread.join(30)
        self.sink.close()

    def _on_event(self, event: Event) -> None:
        self.events.append((time.monotonic(), event))
        if event.kind == "ready":
            self._ready.set()


def silences(sounds: Samples, rate: int) -> Iterator[tuple[int, int]]:
    """Stretches without sound that are no pause between words, as samples."""
    loud = np.flatnonzero(np.abs(sounds.astype(np.int32)) > AUDIBLE)
    edges = np.concatenate([[0], loud, [len(sounds)]])
    for at in np.flatnonzero(np.diff(edges) > SILENT * rate):
        yield int(edges[at]), int(edges[at + 1])


def trial(subject: Subject, sound: VirtualSound, room: Room, voice: Samples | None) -> dict:
    """One reply, and who talks over it: seconds from the first and the last of the voice until it
    was silent (the first silence after it; and for good). dry: times that the speaker ran dry
    meanwhile: the machine was too busy for such a trial to say much."""
    dry, (first, last) = subject.sink.underflows, bounds(voice) if voice is not None else (0, 0)
    subject.events.clear()
    subject.sink.told.clear()
    subject.sink.heard = None
    with sound.recording() as heard:
        subject.runtime.take(Errand(Announcement(Reply(REPLY, "en"))))
        patience = time.monotonic() + 60
        while not np.any(np.abs(heard.samples[-8000:]) > AUDIBLE) and time.monotonic() < patience:
            time.sleep(0.05)
        time.sleep(random.uniform(2.5, 4.5))
        began = room.talk(voice) if voice is not None else time.monotonic()
        time.sleep(4.0 if voice is not None else 14.0)
        sounds = heard.samples
        ours, chunk = subject.sink.told[:], subject.sink.heard
        pauses = [(heard.time_of(a), heard.time_of(b)) for a, b in silences(sounds, heard.rate)]
        end = heard.time_of(len(sounds))
    subject.runtime.cancel()
    onset = began + first
    after = [p for p in pauses if p[0] >= onset - 0.05]
    stopped = bool(after) and after[-1][1] >= end - 0.1
    holds = [at for at, what in ours if what == "hold"]
    parts = {}
    if after and chunk is not None:  # what it takes to be sure, and the rest of its block; to
        steps = [onset, chunk, holds[0], after[0][0]]  # compute; until the speaker is silent
        parts = {
            name: round(b - a, 3)
            for name, a, b in zip(("sound", "computed", "speaker"), steps, steps[1:], strict=False)
        }
    return {
        "parts": parts,
        "silent": round(after[0][0] - onset, 3) if after else None,
        "silent_for": round(after[0][1] - after[0][0], 3) if after else None,
        "stopped": round(after[-1][0] - onset, 3) if stopped else None,
        "stopped_after_end": round(after[-1][0] - began - last, 3) if stopped else None,
        "told": [(round(at - onset, 3), what) for at, what in ours],
        "events": [(round(at - onset, 2), e.kind, e.text[:40]) for at, e in subject.events],
        "dry": subject.sink.underflows - dry,
    }


def bounds(voice: Samples) -> tuple[float, float]:
    """Seconds of the first and the last loud sample."""
    loud = np.flatnonzero(np.abs(voice.astype(np.int32)) > max(AUDIBLE, np.abs(voice).max() / 20))
    return float(loud[0]) / LOOP_RATE, float(loud[-1]) / LOOP_RATE


def answering(impulse: Samples, ours: Samples) -> Any:
    """The room's answer, so that our voice comes back SOFTER than it was."""
    answer = impulse.astype(np.float64) / np.abs(impulse.astype(np.float64)).max()
    back = np.convolve(ours[: 4 * LOOP_RATE], answer)
    return answer * np.sqrt(loudest(ours) / loudest(back)) * 10 ** (-SOFTER / 20)


def at_level(voice: Samples, impulse: Samples, ours: Samples, level: float) -> Samples:
    """A person in the room, `level` decibels over our voice there."""
    there = in_room(voice, impulse).astype(np.float64)
    wanted = np.sqrt(loudest(ours) / loudest(there)) * 10 ** ((level - SOFTER) / 20)
    return pcm.to_int16(there * wanted / pcm.FULL_SCALE)


@contextmanager
def engines(settings: Sequence[str]) -> Iterator[tuple[Config, Engines]]:
    config = load(["think.model=none", *settings]).config
    with Engines(config) as made:
        for loaded in warm(made.stages, config):
            loaded.result()
        yield config, made


@contextmanager
def by_server(sound: VirtualSound, way: str) -> Iterator[None]:
    """With the sound server's own canceller, where that is to be measured."""
    if way != "server":
        yield
        return
    module = sound.control(
        *("load-module", "module-echo-cancel", "aec_method=webrtc", "source_name=without"),
        *("source_master=room", "sink_master=speaker", "sink_name=with"),
    )
    sound.control("set-default-source", "without")
    sound.control("set-default-sink", "with")
    try:
        yield
    finally:
        sound.control("set-default-sink", "speaker")
        sound.control("unload-module", module)


def spoken(data: Path | None, word: str, number: int, voices: Any) -> Samples:
    """What a person says: a recording where there is one."""
    if word == "wake" and data is not None:
        clips = sorted((data / "wake_word" / "alexa").glob("*.flac"))
        return decode(clips[number * 7 % len(clips)])
    if word == "talk" and data is not None:
        clips = sorted((data / "dictation_en").glob("*.flac"))
        return decode(clips[number * 7 % len(clips)])[: 2 * LOOP_RATE]
    text = {"stop": "Stop.", "wake": "Alexa.", "talk": "I will be home at six."}[word]
    speech = voices[number % len(voices)].synthesize(text)
    return pcm.resample(speech.samples, speech.rate, LOOP_RATE)


def measure(asked: argparse.Namespace) -> None:
    impulses = {"straight": np.array([16_384], np.int16)}
    if asked.data is not None:
        impulses |= {f.stem: decode(f) for f in sorted((asked.data / "rooms").glob("*.flac"))}
    wanted = asked.rooms.split(",") if asked.rooms else [*impulses]
    with VirtualSound() as sound, Path(asked.out).open("a") as out:
        os.environ.update(sound.env)
        assert portaudio.refresh()
        settings = [f"audio.echo_cancellation={asked.way}", "wake.word=alexa", "wake.chime=false"]
        with engines([*settings, *asked.set]) as (config, made):
            mine = made.stages.voices["en"].run(lambda v: v.synthesize(REPLY[:200]), None)
            ours = pcm.resample(mine.samples, mine.rate, LOOP_RATE)
            voices = [EspeakVoice("en"), EspeakVoice("en", pace=1.2)]
            for name in wanted:
                impulse = impulses.get(name, np.array([16_384], np.int16))
                answer = None if name == "none" else answering(impulse, ours)
                with (
                    sound.room(answer) as room,
                    by_server(sound, asked.way),
                    Subject(config, made, asked.latency) as subject,
                ):
                    for row in rows(asked, subject, sound, room, (impulse, ours, voices)):
                        about = {"way": asked.way, "room": name, **row}
                        print(json.dumps(about), file=out, flush=True)
                        about.pop("events")
                        print(json.dumps(about), flush=True)
                time.sleep(0.5)


def rows(
    asked: argparse.Namespace, subject: Subject, sound: VirtualSound, room: Room, about: Any
) -> Iterator[dict]:
    impulse, ours, voices = about
    for number in range(asked.times):
        for word in asked.words.split(","):
            for level in [float(level) for level in asked.levels.split(",")]:
                voice = None
                if word != "nobody":
                    said = spoken(asked.data, word, number, voices)
                    voice = at_level(said, impulse, ours, level)
                row = trial(subject, sound, room, voice)
                yield {"word": word, "level": level, "number": number, **row}
                time.sleep(8.0 if word == "wake" else 1.5)  # it listens for a command
                if word == "nobody":
                    break


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, help="recordings and rooms (see assistant bench)")
    ask.add_argument("--times", type=int, default=5)
    ask.add_argument("--levels", default="6,0,-6", help="decibels over our own voice")
    ask.add_argument("--words", default="stop,wake,talk,nobody", help=", ".join(WORDS))
    ask.add_argument("--rooms", default="", help="none, straight, or names in the data")
    ask.add_argument("--way", default="auto", help="audio.echo_cancellation")
    ask.add_argument("--latency", type=float, default=LATENCY, help="seconds in the speaker")
    ask.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    ask.add_argument("--out", default="interrupt.jsonl")
    os.environ.setdefault("ASSISTANT_MODELS", str(models_dir()))
    os.environ["ASSISTANT_HOME"] = tempfile.mkdtemp(prefix="interrupt-")
    measure(ask.parse_args())


if __name__ == "__main__":
    main()
