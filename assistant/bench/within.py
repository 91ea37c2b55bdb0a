"""The program within a control group of the size of its budget: is it killed, does it lose a turn?

    python -m assistant.bench.within TURNS SOUNDS [SETTING]...

SOUNDS holds spoken commands (.wav). Turns of all kinds follow one another: spoken and typed
commands, open questions, pauses after which the engines are unloaded. Prints a line of JSON at the
end, and is run as a process of its own, since a group counts a process from its first page.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.assemble import Engines, decode
from assistant.config import load
from assistant.governing import governing
from assistant.heap import one_heap
from assistant.power.conditions import used_mb
from assistant.rest import Rest, warm
from assistant.think.memory import Conversation
from assistant.turn import run_turn
from assistant.types import Turn, Typed, Utterance
from assistant.worker import Cancel

TYPED = (
    "what time is it",
    "set a timer for ten minutes",
    "add milk and eggs to the shopping list",
    "what is fifteen percent of eighty",
    "cancel all timers",
    "how many days until christmas",
)
ASKED = (
    "why is the sky blue",
    "who wrote don quixote",
    "tell me something about whales",
    "how do bees make honey",
)
_LONG = 1e6  # seconds: any time after which engines are unloaded
_SETTLED = 2.0
_ROOT = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Outcome:
    """turns: that were begun. lost: that ended in a failure, or in nothing at all. killed: by the
    kernel, for memory. peak_mb: the most that the group held, files that were only read included.
    refused: how often the kernel had to take pages back at the limit. pss_mb: the most after a
    turn; idle_mb: waiting, after all engines were unloaded. steps: taken at the end."""

    turns: int
    lost: int
    killed: bool
    peak_mb: float
    refused: int
    pss_mb: float
    idle_mb: float
    steps: tuple[str, ...]
    answered: int  # open questions, by the language model
    failures: tuple[str, ...] = ()


def why_not() -> str:
    """Why no group with a limit can be made here; "" when one can."""
    try:
        with group(1000):
            return ""
    except OSError as error:
        return f"no control group with a limit can be made here: {error.strerror or error}"


@contextmanager
def group(limit_mb: float) -> Iterator[Path]:
    """A control group that may hold so much memory, swap included where that can be limited."""
    old = (_ROOT / "memory").is_dir()
    folder = (_ROOT / "memory" if old else _ROOT) / f"assistant-{os.getpid()}-{time.monotonic_ns()}"
    if not old:
        (_ROOT / "cgroup.subtree_control").write_text("+memory")
    folder.mkdir()
    try:
        limit = str(round(limit_mb * 1e6))
        (folder / ("memory.limit_in_bytes" if old else "memory.max")).write_text(limit)
        for name, value in (("memory.memsw.limit_in_bytes", limit), ("memory.swap.max", "0")):
            if (folder / name).exists():
                (folder / name).write_text(value)
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for _ in range(50):  # a process that has just ended is still counted for a moment
        try:
            folder.rmdir()
        except OSError:
            time.sleep(0.1)
        else:
            return


def run(limit_mb: float, turns: int, sounds: Path, settings: Sequence[str]) -> Outcome:
    """The turns in a process within a group. Raises OSError where none can be made."""
    words = [sys.executable, "-m", "assistant.bench.within", str(turns), str(sounds), *settings]
    with group(limit_mb) as folder, tempfile.TemporaryFile("w+") as said:

        def enter() -> None:
            (folder / "cgroup.procs").write_text(str(os.getpid()))

        done = subprocess.run(words, stdout=said, check=False, preexec_fn=enter)
        said.seek(0)
        lines = [line for line in said.read().splitlines() if line.startswith("{")]
        told: dict[str, Any] = json.loads(lines[-1]) if lines else {}
        failures = [*told.get("failures", []), *([] if told else [f"exit code {done.returncode}"])]
        return Outcome(
            turns=turns,
            lost=told.get("lost", turns),
            killed=done.returncode == -9,
            peak_mb=_number(folder, "memory.max_usage_in_bytes", "memory.peak") / 1e6,
            refused=round(_number(folder, "memory.failcnt")),
            pss_mb=told.get("pss_mb", 0.0),
            idle_mb=told.get("idle_mb", 0.0),
            steps=tuple(told.get("steps", ())),
            answered=told.get("answered", 0),
            failures=tuple(failures),
        )


def _number(folder: Path, *names: str) -> float:
    for name in names:
        if (folder / name).exists():
            return float((folder / name).read_text())
    return 0.0


class _Session:
    """The turns of one process, as `assistant run` would take them, without a microphone."""

    def __init__(self, sounds: Sequence[Path], settings: Sequence[str]) -> None:
        self.config = load(settings).config
        self._sounds = [decode(path) for path in sounds]
        self._chance = random.Random(7)
        self.answered = 0
        self.most = 0.0
        self.failures: list[str] = []

    def run(self, turns: int) -> dict[str, Any]:
        config = self.config
        with Engines(config) as engines, governing(config, engines.stages, engines.standing) as g:
            rest, conversation = Rest(engines.stages, config, g), Conversation(config.think.history)
            for loading in warm(engines.stages, engines.standing.config):
                loading.exception()
            for number in range(turns):
                now = time.monotonic()
                rest.idle(now)
                rest.used(now)
                said = self._said(number)
                turn = run_turn(said, engines.stages, None, Cancel(), conversation)
                self._note(said, turn)
                rest.used(time.monotonic())
                self.most = max(self.most, used_mb())
            steps = [taken.step for taken in engines.standing.taken]
            waiting = self._unloaded(engines, rest)
        lost, most = len(self.failures), round(self.most, 1)
        told: dict[str, Any] = {
            "lost": lost,
            "pss_mb": most,
            "steps": steps,
            "answered": self.answered,
        }
        told["idle_mb"] = waiting
        return told | {"failures": self.failures[:5]}

    def _unloaded(self, engines: Engines, rest: Rest) -> float:
        """MB while waiting, long after the last turn."""
        rest.idle(time.monotonic() + _LONG)
        stages = engines.stages
        for worker in (stages.transcriber, *stages.voices.values(), *stages.embedders):
            worker.after(bool).result()
        for thinker in stages.thinkers:
            thinker.after(bool).result()
        time.sleep(_SETTLED)
        return round(used_mb(), 1)

    def _said(self, number: int) -> Utterance | Typed:
        language = self.config.languages[0]
        kind = number % 10
        if kind in (3, 7):
            return Typed(self._chance.choice(ASKED), language)
        if kind % 2 or not self._sounds:
            return Typed(self._chance.choice(TYPED), language)
        return Utterance(self._chance.choice(self._sounds), "silence", time.monotonic())

    def _note(self, said: Utterance | Typed, turn: Turn) -> None:
        """Lost is what broke, and what was said and not heard or answered at all. A function that
        says that there is nothing to cancel has done its work."""
        self.answered += any(span.stage == "think" for span in turn.trace.spans)
        unheard = isinstance(said, Utterance) and not (turn.transcript and turn.transcript.text)
        broken = turn.failure is not None or turn.outcome == "cancelled"
        if broken or unheard or not turn.reply_text:
            self.failures.append(f"{turn.outcome}: {turn.trace.error or turn.trace.route}")


def main(arguments: Sequence[str]) -> None:
    turns, sounds, *settings = arguments
    one_heap()
    told = _Session(sorted(Path(sounds).glob("*.wav")), settings).run(int(turns))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
