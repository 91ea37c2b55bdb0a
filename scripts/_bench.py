"""What scripts/bench measures: how long, how much memory, how much of a core.

Everything is measured on the program as a person runs it, in processes of its own, with a
virtual microphone and speaker, so that a machine without sound gives figures too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the virtual sound server lives with the tests

from assistant import models  # noqa: E402
from assistant.audio import pcm  # noqa: E402
from assistant.audio.files import write_wav  # noqa: E402
from assistant.config import load  # noqa: E402
from assistant.speak.tts import load_voice  # noqa: E402
from assistant.types import LOOP_RATE, Speech  # noqa: E402
from tests.sound import VirtualSound  # noqa: E402

COMMAND = "Set a timer for ten minutes and thirty seconds, please."
PROGRAM = [sys.executable, "-u", "-m", "assistant"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--idle-seconds", type=float, default=20)
    parser.add_argument("--json", type=Path, help="write every single measurement there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, VirtualSound() as sound:
        os.environ |= {
            **sound.env,
            "ASSISTANT_MODELS": str(models.models_dir()),
            "ASSISTANT_HOME": folder,
        }
        figures = measure(Path(folder), arguments.runs, arguments.idle_seconds)
    show(figures, arguments.runs)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2))
    return 0


def measure(folder: Path, runs: int, idle_seconds: float) -> dict[str, list[float]]:
    figures: dict[str, list[float]] = {}

    def note(name: str, value: float) -> None:
        figures.setdefault(name, []).append(value)

    said = folder / "command.wav"
    write_wav(said, three_seconds())
    steps: list[Callable[[], dict[str, float]]] = [
        help_text,
        partial(heard, said),
        partial(waiting, idle_seconds),
    ]
    for step in steps:
        step()  # once for the caches, uncounted
        for run in range(runs):
            print(f"\rmeasuring {run + 1}/{runs}   ", end="", file=sys.stderr)
            for name, value in step().items():
                note(name, value)
    print(file=sys.stderr)
    return figures


def three_seconds() -> Speech:
    """A command of three seconds in the assistant's own voice."""
    voice = load_voice(load().config.speak, "en")
    spoken = voice.synthesize(COMMAND)
    samples = pcm.resample(spoken.samples, spoken.rate, LOOP_RATE)
    whole = np.zeros(3 * LOOP_RATE, np.int16)
    whole[: len(samples)] = samples[: len(whole)]
    return Speech(whole, LOOP_RATE)


def help_text() -> dict[str, float]:
    start = time.monotonic()
    subprocess.run([*PROGRAM, "--help"], check=True, capture_output=True)
    return {"assistant --help, s": time.monotonic() - start}


def heard(said: Path) -> dict[str, float]:
    """`assistant hear` on the command: each stage of the turn, and the process as a whole."""
    start = time.monotonic()
    done = subprocess.run(
        [*PROGRAM, "hear", said, "--json"], check=True, capture_output=True, text=True
    )
    whole = time.monotonic() - start
    trace = json.loads(done.stdout)
    figures = {"hear: whole process, s": whole, "hear: peak RSS, MB": trace["peak_rss_mb"]}
    for span in trace["spans"]:
        name = f"hear: {span['stage']}, s"
        figures[name] = figures.get(name, 0) + span["seconds"]
    return figures | {"hear: end of speech to first audio, s": trace["first_audio_seconds"]}


def waiting(seconds: float) -> dict[str, float]:
    """`assistant run`: until it listens, and what waiting for the wake word costs."""
    start = time.monotonic()
    running = subprocess.Popen([*PROGRAM, "run"], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("Listening"):
            break
    listening = time.monotonic() - start
    time.sleep(8)  # until every engine is loaded
    process = psutil.Process(running.pid)
    cpu = sum(process.cpu_times()[:2])
    time.sleep(seconds)
    share = 100 * (sum(process.cpu_times()[:2]) - cpu) / seconds
    memory = process.memory_full_info()
    stop = time.monotonic()
    running.terminate()
    running.communicate()
    return {
        "run: to listening, s": listening,
        "waiting: CPU, % of a core": share,
        "waiting: RSS, MB": memory.rss / 1e6,
        "waiting: PSS, MB": memory.pss / 1e6,
        "run: to stop, s": time.monotonic() - stop,
    }


def show(figures: dict[str, list[Any]], runs: int) -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    table = Table("figure", "median", "min", "max", title=f"{machine}, {runs} runs")
    for name, values in figures.items():
        row = (statistics.median(values), min(values), max(values))
        table.add_row(name, *(f"{value:.2f}" for value in row))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
