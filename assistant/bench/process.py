"""The program as a person runs it, in processes of its own: start, waiting, a turn, memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import psutil

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percentile
from assistant.bench.stock import OURS
from assistant.errors import AssistantError, AudioDeviceError
from assistant.speak.voices import load_voice
from assistant.types import LOOP_RATE, Samples, Speech

PROGRAM = [sys.executable, "-P", "-u", "-m", "assistant"]
SAID = {
    "en": "Set a timer for ten minutes and thirty seconds, please.",
    "es": "Pon un temporizador de diez minutos, por favor.",
}
SETTLE = 25.0
"""Seconds after which every engine is loaded, its leavings are tidied, and waiting costs what it
costs: the 30 s from the eighth on cost 0.8 % of a core, those from the 25th on 0.5 %."""


@dataclass(frozen=True, slots=True)
class Row:
    """One run of the program."""

    what: str
    figures: Mapping[str, float]  # "start to listening, s"
    note: str = ""  # why there is none


def lacks(_plan: Plan) -> str:
    return ""


def count(plan: Plan) -> int:
    return 3 * plan.runs


def rows(plan: Plan) -> Iterator[Row]:
    said = plan.home / "command.wav"
    write_wav(said, _three_seconds(plan))
    env = _environment(plan.home)
    steps: list[tuple[str, Callable[[], dict[str, float]]]] = [
        ("help", partial(_help, env)),
        ("hear", partial(_hear, said, plan.options, env)),
        ("run", partial(_run, plan.idle_seconds, plan.options, env)),
    ]
    for what, step in steps:
        try:
            step()  # once for the caches, uncounted
            for _ in range(plan.runs):
                yield Row(what, step())
        except AudioDeviceError as error:
            yield Row(what, {}, str(error))


def _three_seconds(plan: Plan) -> Speech:
    """A command of three seconds in the assistant's own voice."""
    config = plan.configure([])
    language = config.languages[0]
    spoken = load_voice(config.speak, language).synthesize(SAID[language])
    samples = pcm.resample(spoken.samples, spoken.rate, LOOP_RATE)
    whole: Samples = np.zeros(3 * LOOP_RATE, np.int16)
    whole[: len(samples)] = samples[: len(whole)]
    return Speech(whole, LOOP_RATE)


def _environment(home: Path) -> dict[str, str]:
    """With its code compiled before, as that of an installed program is, whatever this shell says:
    to compile it takes longer than all else at the start. The first run, uncounted, does it."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(home / "bytecode")}


def _help(env: Mapping[str, str]) -> dict[str, float]:
    start = time.monotonic()
    subprocess.run([*PROGRAM, "--help"], check=True, capture_output=True, env=env)
    return {"assistant --help, s": time.monotonic() - start}


def _hear(said: Path, options: Sequence[str], env: Mapping[str, str]) -> dict[str, float]:
    """`assistant hear` on the command: each stage of the turn, and the process as a whole."""
    start = time.monotonic()
    command = [*PROGRAM, *options, "hear", str(said), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
    if not done.stdout:
        raise AssistantError(f"`assistant hear` failed: {_problem(done.stderr)}")
    whole = time.monotonic() - start
    trace = json.loads(done.stdout.splitlines()[0])
    figures = {"hear: whole process, s": whole, "hear: peak RSS, MB": trace["peak_rss_mb"]}
    for span in trace["spans"]:
        name = f"hear: {span['stage']}, s"
        figures[name] = figures.get(name, 0.0) + span["seconds"]
    return figures | {"hear: end of speech to first audio, s": trace["first_audio_seconds"]}


def _run(seconds: float, options: Sequence[str], env: Mapping[str, str]) -> dict[str, float]:
    """`assistant run`: until it listens, and what waiting for the wake word costs.

    Raises AudioDeviceError where there is no microphone.
    """
    start = time.monotonic()
    running = subprocess.Popen(
        [*PROGRAM, *options, "run"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        if not any(line.startswith("Listening") for line in running.stdout):
            _, said = running.communicate()
            raise AudioDeviceError(_problem(said))
        listening = time.monotonic() - start
        process = psutil.Process(running.pid)
        begun = {
            "run: start to listening, s": listening,
            "run: processor until then, core s": _spent(process),
        }
        time.sleep(SETTLE)
        begun["run: processor until all is loaded, core s"] = _spent(process)
        waited = _watch(process, seconds)
    finally:
        stop = time.monotonic()
        running.terminate()
        running.communicate()
    stopped = {"run: to stop, s": time.monotonic() - stop}
    return begun | waited | stopped


def _problem(stderr: str) -> str:
    """The sentence with which the program ended."""
    return stderr.strip().rpartition("\n")[2].removeprefix("assistant: ")


def _spent(process: psutil.Process) -> float:
    """Processor seconds since it was started; those of the program, and of what keeps it."""
    return float(sum(sum(one.cpu_times()[:2]) for one in _all(process)))


def _all(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _watch(process: psutil.Process, seconds: float) -> dict[str, float]:
    cpu = _spent(process)
    time.sleep(seconds)
    share = 100 * (_spent(process) - cpu) / seconds
    memory = [one.memory_full_info() for one in _all(process)]
    return {
        "waiting: CPU, % of a core": share,
        "waiting: RSS, MB": sum(one.rss for one in memory) / 1e6,
        "waiting: PSS, MB": sum(one.pss for one in memory) / 1e6,
    }


def figures(rows: Sequence[Row]) -> list[Figure]:
    """The median of the runs, and from where to where they went."""
    measured: dict[str, list[float]] = {}
    for row in rows:
        for name, value in row.figures.items():
            measured.setdefault(name, []).append(value)
    made = []
    for name, values in measured.items():
        what, _, unit = name.rpartition(", ")
        detail = f"{len(values)} runs, {min(values):.2f} to {max(values):.2f}"
        made.append(Figure(what, unit, {OURS: percentile(values, 0.5)}, detail))
    missing = [Figure(row.what, "", {OURS: None}, row.note) for row in rows if row.note]
    return made + missing


MEASURE = Measure("process", "The program as a process", lacks, count, rows, figures)
