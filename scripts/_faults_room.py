"""The room of `scripts/faults`: a sound server, a running assistant, somebody who speaks to it."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from _faults_program import Assistant, Told

from assistant.types import LOOP_RATE, Samples
from tests.sound import PLAYER, VirtualSound

COMMAND = "Okay Nabu, what time is it?"
START_WITHIN, ANSWER_WITHIN, WAKE_WITHIN, RECOVER_WITHIN = 120.0, 15.0, 1.2, 60.0
"""Seconds. The third from the end of the command on."""
MISSED = "Sorry, please say that again."
HOLD = (0.3, 4.0)  # seconds that a fault lasts


@dataclass(frozen=True, slots=True)
class Broken:
    """began, since: monotonic seconds at which the fault began, and at which its cause was gone.
    into: what is spoken into afterwards. wrong: what went wrong, besides the answer that is waited
    for. notice: whether it must have been noticed. note: what is to be counted, besides."""

    began: float
    since: float
    into: str = "micfeed"
    wrong: Sequence[str] = ()
    notice: bool = True
    note: str = ""


def hold(chance: random.Random, most: float = HOLD[1]) -> float:
    """Wait; for how many seconds."""
    seconds = chance.uniform(HOLD[0], most)
    time.sleep(seconds)
    return seconds


class Room(Assistant):
    """command: what is said to it. settings, environment, alone: as for `Assistant`."""

    def __init__(
        self,
        folder: Path,
        command: Samples,
        settings: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        alone: bool = False,
    ) -> None:
        self.sound = VirtualSound()
        super().__init__(folder, settings, {**self.sound.env, **(environment or {})}, alone)
        self.command = command
        self.into = "micfeed"
        """What the microphone is fed by, that the assistant should listen to."""
        self.speaking_since: float | None = None
        """When the command was begun whose fate is not known yet."""
        self._murmur: subprocess.Popen[bytes] | None = None
        self._murmurs_into = ""

    def __enter__(self) -> Room:
        noise = np.random.default_rng(1).integers(-2, 3, 600 * LOOP_RATE).astype("<i2")
        (self.folder / "noise").write_bytes(noise.tobytes())
        self.sound.start()
        self._be_a_room()
        self.start()
        self.wait_for({"ready"}, 0.0, START_WITHIN)
        self.answered_after(time.monotonic())  # all that is needed is loaded
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        if self._murmur is not None:
            self._murmur.kill()
            self._murmur.wait()
        self.sound.__exit__()

    # -- who speaks to it -------------------------------------------------------------------------

    def speak(self, into: str = "micfeed") -> None:
        """Begin to say the command."""
        self.speaking_since = time.monotonic()
        with contextlib.suppress(OSError):
            self.sound.speak(self.command, wait=False, into=into)

    def answered_after(self, since: float, into: str = "micfeed") -> tuple[float | None, int]:
        """Seconds from a moment to the first sound of the answer to a command, less the length of
        the command where it was said after that moment; None: never. And how often it apologised
        meanwhile. Who was speaking at that moment ends his sentence, and sees what becomes of it;
        a command that is not answered is said again, with a pause."""
        length, apologies = 0.0, 0
        while time.monotonic() - since < RECOVER_WITHIN:
            if self.speaking_since is not None:
                outcome, spoken = self.what_became_of_it()
                if outcome == "answered" and spoken >= since:
                    return max(0.0, spoken - since - length), apologies
                apologies += outcome in {"failed", "missed"}
            self.speak(into)
            length = len(self.command) / LOOP_RATE
        return None, apologies

    def quiet(self) -> None:
        """Nobody speaks, nothing rings."""
        self.sound.hush()
        self._be_a_room()
        self.speaking_since = None
        self.ask("stop")
        time.sleep(0.5)

    def _be_a_room(self) -> None:
        """A room is never quite still: a microphone without any noise counts as dead."""
        if self._murmur is not None and self._murmur.poll() is None:
            if self._murmurs_into == self.into:
                return
            self._murmur.kill()
            self._murmur.wait()
        self._murmurs_into = self.into
        with (self.folder / "noise").open("rb") as noise:
            self._murmur = subprocess.Popen(
                [*PLAYER.split(), f"--device={self.into}", f"--rate={LOOP_RATE}"],
                env={**os.environ, **self.sound.env},
                stdin=noise,
            )

    def what_became_of_it(self) -> tuple[str, float]:
        """Wait until the command is said and its turn is over: how that ended, and the moment at
        which its answer began; "missed" where it asks to have it said again, ("", 0.0) where nobody
        heard it."""
        said, self.speaking_since = self.speaking_since, None
        self.sound.wait()
        assert said is not None
        if self.wait_for({"waking", "partial", "heard"}, said, WAKE_WITHIN) is None:
            return "", 0.0
        with self._changed:
            self._changed.wait_for(lambda: self._over(said) is not None, ANSWER_WITHIN)
        over = self._over(said)
        if over is None or over[1]["event"] == "nothing_said":
            return "", 0.0
        if over[1]["event"] == "missed":
            return "missed", 0.0
        heard = [e[0] for e in self.since(said) if e[0] <= over[0] and e[1]["event"] == "heard"]
        spoken = self.event({"speaking"}, heard[-1]) if heard else None
        return str(over[1]["turn"]["outcome"]), spoken[0] if spoken is not None else 0.0

    def _over(self, said: float) -> Told | None:
        """The event with which a command is over: not of a timer that rang meanwhile, nor of an
        answer to the command before, which this one has cut off."""
        missed = False
        for at, event in self.since(said):
            if event["event"] == "nothing_said":
                return at, event
            missed = missed or event.get("text", "") == MISSED
            if missed and event["event"] == "idle":
                return at, {"event": "missed"}
            turn = event.get("turn") if event["event"] == "idle" else None
            if turn and turn["kind"] == "utterance" and turn["outcome"] != "cancelled":
                return at, event
        return None

    def unanswered(self, since: float) -> list[str]:
        """Commands since a moment to which it listened, and that were neither answered nor
        apologised for. Who calls again before that has changed his mind."""
        open_at, found = None, []
        for at, event in self.since(since):
            turn = event.get("turn") or {}
            if event["event"] == "waking":
                if open_at is not None and at - open_at > ANSWER_WITHIN:
                    found.append(f"said at {open_at - since:.1f} and forgotten")
                open_at = at
            elif (
                event["event"] == "nothing_said"
                or event.get("text", "") == MISSED
                or turn.get("kind") == "utterance"
            ):
                open_at = None
        return found + ([f"said at {open_at - since:.1f} and forgotten"] if open_at else [])


def command_sound(voice: Any) -> Samples:
    """COMMAND, spoken by a voice, with the silence around it that ends it."""
    from assistant.audio import pcm

    speech = voice.synthesize(COMMAND)
    quiet = np.zeros(LOOP_RATE // 5, np.int16)
    return np.concatenate([quiet, pcm.resample(speech.samples, speech.rate, LOOP_RATE)])
