"""What scripts/soak runs: the whole program for thousands of turns, and for hours of room sound.

A child is `assistant run` in every part but its microphone, which is a pipe; it speaks to a virtual
speaker and lives in a home of its own where there is no network, and the kernel notes each socket
that it opens (strace). From outside it is asked, spoken to and watched: memory, descriptors,
threads, how long each kind of turn takes. What grows, and how sure that is, ends in a table and a
picture.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # the virtual sound server lives with the tests

from assistant.assemble import decode  # noqa: E402
from assistant.daemon import client, offline  # noqa: E402
from assistant.models import models_dir  # noqa: E402
from assistant.types import LOOP_RATE  # noqa: E402
from scripts import (  # noqa: E402
    _soak_report as told,
    _soak_turns as talk,
)
from scripts._soak_child import REST, Child, make_home  # noqa: E402
from tests.sound import VirtualSound  # noqa: E402

SAMPLE_SECONDS = 30.0
HEARD_WITHIN = 300.0
"""Seconds for what was said to be answered; the machine may be busy."""


@dataclass
class Soak:
    child: Child
    turns: int
    hours: float
    rows: told.Rows
    chance: random.Random
    sampled: int  # turns from one sample to the next
    counts: dict[str, int] = field(default_factory=dict)
    heard: queue.Queue = field(default_factory=queue.Queue)

    def run(self, script: talk.Script, room: list[np.ndarray]) -> None:
        with client.Connection() as events, client.Connection() as main:
            events.request("events", kinds=["idle", "nothing_said", "waking", "degraded"])
            follower = threading.Thread(target=self._follow, args=(events,), daemon=True)
            follower.start()
            self._take_turns(script, main)
            self._soak_in(room)

    def _follow(self, events: client.Connection) -> None:
        for event in events.events():
            name = event["event"]
            self.counts[name] = self.counts.get(name, 0) + 1
            if name == "degraded":
                print(f"degraded: {event.get('text')}", file=sys.stderr)
            if name in ("idle", "nothing_said"):
                self.heard.put(event)

    def _take_turns(self, script: talk.Script, main: client.Connection) -> None:
        began = time.monotonic()
        for number in range(self.turns):
            step = script.step(number)
            try:
                self._take(step, number, main)
            except client.DeclinedError as error:
                self.rows.note("declined", number, 0.0, f"{step.kind}: {error}")
            if number % self.sampled == 0:
                self._sample("turns", number, began)

    def _take(self, step: talk.Step, number: int, main: client.Connection) -> None:
        at = time.monotonic()
        match step.kind:
            case "spoken":
                self._wait_until_quiet(main)
                at = time.monotonic()
                while not self.heard.empty():
                    self.heard.get_nowait()
                self.child.hear(step.sound)
                event = self._heard_event(main)
                self.rows.spoken(number, time.monotonic() - at, event)
                return
            case "mute":
                main.request("mute")
                main.request("unmute")
            case "say":
                main.request("say", text=step.text)
            case "rest":  # long enough for the engines to go; the next turn loads them again
                time.sleep(REST + 2)
                at = time.monotonic()
                main.request("ask", text=step.text)
            case "reload":
                talk.change_settings(self.child.home, number, step.text)
                main.request("reload")
            case "anew":  # as the command line does, each time
                with client.Connection() as connection:
                    reply = connection.request("ask", text=step.text)
                self.rows.typed(number, time.monotonic() - at, step, reply)
                return
            case _:
                reply = main.request("ask", text=step.text)
                self.rows.typed(number, time.monotonic() - at, step, reply)
                return
        self.rows.note(step.kind, number, time.monotonic() - at)

    def _heard_event(self, main: client.Connection) -> dict:
        """What became of what was said; nothing where nothing comes in time. Asked meanwhile, as
        who does nothing for a minute is let go."""
        deadline = time.monotonic() + HEARD_WITHIN
        while time.monotonic() < deadline:
            try:
                return self.heard.get(timeout=20)
            except queue.Empty:
                main.request("status")
        return {}

    def _wait_until_quiet(self, main: client.Connection) -> None:
        """What is said while an answer is on would cancel it."""
        deadline = time.monotonic() + HEARD_WITHIN
        while main.request("status")["state"] != "waiting" and time.monotonic() < deadline:
            time.sleep(0.1)

    def _soak_in(self, room: list[np.ndarray]) -> None:
        """Hours of sound, which the program takes as fast as it can."""
        if not self.hours:
            return
        began, seconds, sampled = time.monotonic(), 0.0, 0.0
        while seconds < self.hours * 3600:
            piece = talk.drawn(room, self.chance)
            self.child.hear(piece)
            seconds += len(piece) / LOOP_RATE
            if time.monotonic() - sampled > SAMPLE_SECONDS:
                sampled = time.monotonic()
                self._sample("room", round(seconds), began)
        self._sample("room", round(seconds), began)

    def _sample(self, phase: str, at: int, began: float) -> None:
        self.rows.sample(phase, at, time.monotonic() - began, self.child.sample())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the evaluation recordings")
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--hours", type=float, default=8.0, help="of room sound")
    parser.add_argument("--set", action="append", default=[], help="a setting of the program")
    parser.add_argument("--anew", type=int, default=2000, help="turns between new engines")
    parser.add_argument("--only", default="", help="kinds of turns, as typed,spoken: to tell apart")
    parser.add_argument("--sampled", type=int, default=50, help="turns between samples")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("figures"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="soak-"))
    env = {**os.environ, "ASSISTANT_HOME": str(home), "ASSISTANT_MODELS": str(models_dir())}
    chance = random.Random(given.seed)
    try:
        make_home(home, given.data, env)
        script = talk.Script(given.data, chance, decode, given.anew, given.only)
        room = talk.room_sound(given.data, decode)
        with VirtualSound() as sound:
            child = Child(home, given.out, sound, given.set)
            rows = told.Rows(given.out / "soak.jsonl")
            soak = Soak(child, given.turns, given.hours, rows, chance, given.sampled)
            try:
                soak.run(script, room)
            except (KeyboardInterrupt, OSError, client.NotRunningError) as error:
                print(f"ended early: {error!r}", file=sys.stderr)  # what was measured counts
            code = child.end()
            left = child.left()
        with child.calls.open(errors="replace") as lines:
            network = offline.read(lines)
        return told.report(given.out, rows, soak.counts, network, code, left)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
