"""The room of `scripts/faults`: a sound server, a running assistant, somebody who speaks to it."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from assistant.daemon.client import Connection, DeclinedError, NotRunningError
from assistant.types import LOOP_RATE, Samples
from tests.sound import VirtualSound

COMMAND = "Okay Nabu, what time is it?"
START_WITHIN, ANSWER_WITHIN, WAKE_WITHIN, RECOVER_WITHIN = 120.0, 15.0, 1.2, 60.0
"""Seconds. The third from the end of the command on."""
MISSED = "Sorry, I missed that."
KEPT = {
    "a timer for two hours called tea": "tea",
    "an alarm for seven in the morning tomorrow": "",
}
LIGHT = (
    "think.model=none",
    "route.nearest_en=none",
    "wake.chime=false",
    "governor.enabled=false",
    "speak.voice_en=espeak",
)
"""What the faults are not about is left out, so that several rooms fit into a small machine."""


class Room:
    """settings: "key=value" for the assistant. environment: for it, too. restarts: start it again
    when it ends, as a service manager does. home: its folders; else in the room's own."""

    def __init__(
        self,
        folder: Path,
        command: Samples,
        settings: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        *,
        restarts: bool = False,
        home: Path | None = None,
    ) -> None:
        self.folder, self.home = folder, home or folder / "home"
        self.sound = VirtualSound()
        self.command = command
        self._settings = (*LIGHT, *settings)
        self._environment = dict(environment or {})
        self._restarts = restarts
        self._ending = False
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (folder / "assistant.log").open("wb")
        self._events: list[tuple[float, dict[str, Any]]] = []
        self._changed = threading.Condition()
        self.starts = 0
        self._spoke: float | None = None  # when the last command was begun
        self.into = "micfeed"
        """What the microphone is fed by, that the assistant should listen to."""

    def __enter__(self) -> Room:
        self.sound.start()
        self._threads = [threading.Thread(target=self._keep), threading.Thread(target=self._follow)]
        for thread in self._threads:
            thread.start()
        self.wait_for({"ready"}, 0.0, START_WITHIN)
        self.answered_after(time.monotonic())  # all that is needed is loaded
        return self

    def __exit__(self, *_: object) -> None:
        self._ending = True
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
        for thread in self._threads:
            thread.join()
        self.sound.__exit__()
        self._log.close()

    # -- the assistant ----------------------------------------------------------------------------

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def engine(self, stage: str) -> int | None:
        """The process of an engine, if there is one."""
        for task in Path(f"/proc/{self.pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                for child in task.read_text().split():
                    if Path(f"/proc/{child}/comm").read_text().strip() == stage:
                        return int(child)
        return None

    def _keep(self) -> None:
        """Run it, again and again where it is to be restarted."""
        arguments = [part for setting in self._settings for part in ("--set", setting)]
        environment = {**os.environ, **self.sound.env, **self._environment}
        environment["ASSISTANT_HOME"] = str(self.home)
        while not self._ending:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "assistant", *arguments, "run", "--quiet"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )
            self.starts += 1
            self._process.wait()
            if not self._restarts:
                return

    def _follow(self) -> None:
        """Note what it tells, as long as the room is there."""
        path = self.home / "run" / "control"
        while not self._ending:
            try:
                with Connection(path) as connection:
                    connection.request("events")
                    for event in connection.events():
                        with self._changed:
                            self._events.append((time.monotonic(), event))
                            self._changed.notify_all()
                        if event["event"] == "timer":  # a person at once says stop
                            threading.Thread(target=self.ask, args=("stop",)).start()
            except (NotRunningError, DeclinedError, OSError):
                time.sleep(0.05)

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """A request of the control socket; {"ok": False, "error": ...} when it is declined."""
        try:
            with Connection(self.home / "run" / "control") as connection:
                return connection.request(do, **fields)
        except (DeclinedError, NotRunningError) as error:
            return {"ok": False, "error": str(error)}

    def says(self, text: str) -> str:
        """What it answers to a text."""
        return str(self.ask("ask", text=text).get("reply", ""))

    def event(self, kinds: set[str], since: float) -> tuple[float, dict[str, Any]] | None:
        """The first event of these kinds since a moment."""
        found = (e for e in self._events if e[0] >= since and e[1]["event"] in kinds)
        return next(found, None)

    def wait_for(
        self, kinds: set[str], since: float, seconds: float
    ) -> tuple[float, dict[str, Any]] | None:
        with self._changed:
            self._changed.wait_for(lambda: self.event(kinds, since) is not None, seconds)
        return self.event(kinds, since)

    def told(self, since: float) -> list[str]:
        """What it told since a moment, with the seconds since then, to find out what went wrong."""
        found = [(at - since, e) for at, e in self._events if at >= since]
        return [f"{at:.1f} {e['event']} {e.get('text', '')}".strip() for at, e in found]

    # -- who speaks to it -------------------------------------------------------------------------

    def speak(self, into: str = "micfeed") -> None:
        """Begin to say the command."""
        self._spoke = time.monotonic()
        with contextlib.suppress(OSError):
            self.sound.speak(self.command, wait=False, into=into)

    def answered_after(self, since: float, into: str = "micfeed") -> tuple[float | None, int]:
        """Seconds from a moment to the first sound of the answer to a command, less the length of
        the command where it was said after that moment; None: never. And how often it apologised
        meanwhile. Who was speaking at that moment ends his sentence, and sees what becomes of it;
        a command that is not answered is said again, with a pause."""
        self.sound.wait()
        said, length, apologies = self._spoke, 0.0, 0
        while time.monotonic() - since < RECOVER_WITHIN:
            if said is not None:
                outcome, spoken = self._fate(said)
                if outcome == "answered" and spoken >= since:
                    return max(0.0, spoken - since - length), apologies
                apologies += outcome == "failed"
            self.speak(into)
            said, length = self._spoke, len(self.command) / LOOP_RATE
            self.sound.wait()
        return None, apologies

    def quiet(self) -> None:
        """Nobody speaks, nothing rings."""
        self.sound.hush()
        self._spoke = None
        self.ask("stop")
        time.sleep(0.7)

    def _fate(self, said: float) -> tuple[str, float]:
        """What became of a command that has been said: the outcome of its turn, and the moment at
        which its answer began; ("", 0.0) where nobody heard it."""
        if self.wait_for({"waking", "partial", "heard"}, said, WAKE_WITHIN) is None:
            return "", 0.0
        with self._changed:
            self._changed.wait_for(lambda: self._over(said) is not None, ANSWER_WITHIN)
        if (over := self._over(said)) is None or over[1]["event"] != "idle":
            return "", 0.0
        heard = [e[0] for e in self._events if said <= e[0] <= over[0] and e[1]["event"] == "heard"]
        spoken = self.event({"speaking"}, heard[-1]) if heard else None
        return str(over[1]["turn"]["outcome"]), spoken[0] if spoken is not None else 0.0

    def _over(self, said: float) -> tuple[float, dict[str, Any]] | None:
        """The event with which a command is over: not of a timer that rang meanwhile, nor of an
        answer to the command before, which this one has cut off."""
        missed = False
        for at, event in self._events:
            if at >= said and event["event"] == "nothing_said":
                return at, event
            missed = missed or (at >= said and event.get("text", "") == MISSED)
            if missed and event["event"] == "idle" and at >= said:  # it asks to have it said again
                return at, {"event": "missed"}
            turn = event.get("turn") if at >= said and event["event"] == "idle" else None
            if turn and turn["kind"] == "utterance" and turn["outcome"] != "cancelled":
                return at, event
        return None

    @contextlib.contextmanager
    def stopped(self, process: int) -> Iterator[None]:
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)

    # -- what the user has set --------------------------------------------------------------------

    def set_up(self) -> None:
        """What must still be there in the end."""
        for text in KEPT:
            self.says(f"set {text}")
        self.says("add milk to my shopping list")
        self.says("make a note: the key is under the mat")

    def lost(self) -> list[str]:
        """What of it is not there any more."""
        rows = self.rows("SELECT text, kind, state FROM due")
        gone = [] if ("tea", "timer", "running") in rows else ["the timer"]
        gone += [] if any(row[1:] == ("alarm", "running") for row in rows) else ["the alarm"]
        kept = (("what is on my shopping list", "milk"), ("read me my notes", "mat"))
        return gone + [word for text, word in kept if word not in self.says(text).lower()]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is on disk, whatever the assistant says."""
        [path] = (self.home / "data").glob("*.db")
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()


def command_sound(voice: Any) -> Samples:
    """COMMAND, spoken by a voice, with the silence around it that ends it."""
    from assistant.audio import pcm

    speech = voice.synthesize(COMMAND)
    quiet = np.zeros(LOOP_RATE // 5, np.int16)
    return np.concatenate([quiet, pcm.resample(speech.samples, speech.rate, LOOP_RATE)])
