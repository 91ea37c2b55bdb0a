"""The demonstration behind scripts/demo: live where there is a microphone, else by itself.

    a microphone           the live loop, as `assistant run`
    a sound server only    commands are spoken into a virtual microphone of that server, and the
                           replies are recorded at its virtual speaker
    neither                commands are spoken into a file, which is heard in real time

The last two end by themselves and leave what the assistant said in demo-out/reply.wav.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soxr
from rich.console import Console

from assistant import models
from assistant.assemble import Engines, alarms, listener
from assistant.audio.files import write_wav
from assistant.audio.sink import Speaker
from assistant.audio.source import Microphone, WavSource
from assistant.audio.wav_sink import WavSink
from assistant.cli.run import waiting_for
from assistant.cli.show import Display
from assistant.config import load
from assistant.rest import warm
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.stages import Sink, Source
from assistant.types import LOOP_RATE, Event, Samples, Speech
from assistant.worker import Cancel

SETTINGS = ["trace.enabled=false", "think.load=start"]
WAKE = "Okay Nabu."
COMMANDS = ["What time is it?", "Set a timer for five seconds.", "Why is the sky blue?"]
GAP = 9.0
"""Seconds from one command to the next: the reply needs its time, and the timer too."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--by-itself", action="store_true", help="even with a microphone")
    parser.add_argument("--file", action="store_true", help="even with a sound server")
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="where to leave them")
    arguments = parser.parse_args()
    out: Path = arguments.out
    server = sound_server()
    if not arguments.by_itself and not arguments.file and microphone(server):
        print("There is a microphone, so this is the live loop. Ctrl-C ends it.\n")
        return subprocess.call([sys.executable, "-m", "assistant", "run"])
    out.mkdir(exist_ok=True)
    # its timers are not the user's: everything but the models is kept in a place of its own
    os.environ["ASSISTANT_MODELS"] = str(models.models_dir())
    with tempfile.TemporaryDirectory() as home:
        os.environ["ASSISTANT_HOME"] = home
        by_itself(out, server and not arguments.file)
    print(f"\nWhat was said is in {out}/spoken.wav, what was answered in {out}/reply.wav.")
    return 0


def by_itself(out: Path, server: bool) -> None:
    if server:
        print("No microphone, but a sound server: commands go into a virtual microphone.\n")
        through_virtual_microphone(out)
    else:
        print("No microphone and no sound server: commands are heard from a file.\n")
        through_file(out)


def sound_server() -> bool:
    """A PulseAudio or PipeWire server answers."""
    if shutil.which("pactl") is None:
        return False
    return (
        subprocess.run(["pactl", "info"], capture_output=True, timeout=5, check=False).returncode
        == 0
    )


def microphone(server: bool) -> bool:
    """There is something to speak into: no monitor of a speaker, no bridge without a device."""
    if server:
        listed = pactl("list", "short", "sources")
        names = [line.split("\t")[1] for line in listed.splitlines() if "\t" in line]
        return any(not name.endswith(".monitor") for name in names)
    cards = Path("/proc/asound/pcm")
    return cards.is_file() and "capture" in cards.read_text()


# -- the two ways without a microphone ---------------------------------------------------------


def through_file(out: Path) -> None:
    config = load(SETTINGS).config
    with Engines(config) as engines:
        spoken = conversation(engines)
        path = out / "spoken.wav"
        write_wav(path, Speech(spoken, LOOP_RATE))
        sink = WavSink(out / "reply.wav", real_time=True)

        def source() -> Source:
            return WavSource(path, block_ms=config.audio.block_ms, real_time=True)

        run(config, engines, source, sink, lambda _runtime, _idle: None)


def through_virtual_microphone(out: Path) -> None:
    config = load(SETTINGS).config
    with virtual_devices(out) as play, Engines(config) as engines:
        spoken = conversation(engines)
        write_wav(out / "spoken.wav", Speech(spoken, LOOP_RATE))
        sink = Speaker("default", config.audio.gain)

        def source() -> Source:
            return Microphone("default", config.audio.block_ms)

        def talk(runtime: Runtime, ready: threading.Event) -> None:
            ready.wait(30)
            play(out / "spoken.wav")
            runtime.stop()

        run(config, engines, source, sink, talk)


def run(
    config: Config,
    engines: Engines,
    source: Callable[[], Source],
    sink: Sink,
    talk: Callable[[Runtime, threading.Event], None],
) -> None:
    """The loop, shown as it happens, while `talk` speaks into it."""
    for loaded in warm(engines.stages, config):
        loaded.result()
    display, ready = Display(Console(), waiting_for(config)), threading.Event()

    def show(event: Event) -> None:
        display(event)
        if event.kind == "ready":
            ready.set()

    runtime = Runtime(
        config,
        engines.stages,
        listener(config),
        source,
        sink,
        alarms=alarms(engines),
        on_event=show,
    )
    talker = threading.Thread(target=talk, args=(runtime, ready))
    talker.start()
    try:
        runtime.run()
    finally:
        talker.join()
        sink.close()


def conversation(engines: Engines) -> Samples:
    """The commands in the assistant's own voice, each after the wake word, with time between."""
    voice = engines.stages.voices["en"]
    parts = [silence(1.0)]
    for command in COMMANDS:
        for text in (WAKE, command):
            speech = voice.run(lambda v, t=text: v.synthesize(t), Cancel())
            assert speech is not None  # nobody cancels here
            parts += [soxr.resample(speech.samples, speech.rate, LOOP_RATE), silence(0.2)]
        parts.append(silence(GAP))
    return np.concatenate(parts)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * LOOP_RATE), np.int16)


@contextmanager
def virtual_devices(out: Path) -> Iterator[Callable[[Path], None]]:
    """A microphone and a speaker of the sound server that only this program uses.

    Yields a function that plays a file into the microphone. What comes out of the speaker is
    recorded into reply.wav.
    """
    load = ["load-module", "module-null-sink"]
    modules = [
        pactl(*load, "sink_name=demo_feed"),
        pactl(*load, "sink_name=demo_speaker"),
        pactl("load-module", "module-remap-source", "source_name=demo_microphone",
              "master=demo_feed.monitor"),
    ]  # fmt: skip
    os.environ |= {"PULSE_SOURCE": "demo_microphone", "PULSE_SINK": "demo_speaker"}
    recorder = subprocess.Popen(
        ["parec", "--device=demo_speaker.monitor", "--file-format=wav", out / "reply.wav"]
    )

    def play(path: Path) -> None:
        subprocess.run(["paplay", "--device=demo_feed", path], check=True)

    try:
        yield play
    finally:
        recorder.terminate()
        recorder.wait()
        for module in reversed(modules):
            pactl("unload-module", module)


def pactl(*arguments: str) -> str:
    done = subprocess.run(["pactl", *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
