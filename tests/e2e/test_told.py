"""What the running program tells on its socket, as a person and a room make it happen; and what a
recording that is played to it can do."""

from __future__ import annotations

import queue
import threading
import time

import numpy as np
import pytest

from assistant import paths
from assistant.daemon.client import Connection
from assistant.types import LOOP_RATE

pytestmark = [pytest.mark.models, pytest.mark.sound]
RUN = (
    *("--set", "speak.voice_en=espeak", "--set", 'functions.confirm=["timers.start"]'),
    *("--set", "think.max_tokens=40", "run"),
)


class Told:
    """Everything that is told, from the beginning."""

    def __init__(self):
        self.connection = Connection()
        self.connection.request("events")
        self.all = []
        self._queue = queue.Queue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        for event in self.connection.events():
            self._queue.put(event)

    def until(self, kind, seconds=300):
        """What is told up to the next of this kind, that included."""
        found, deadline = [], time.monotonic() + seconds
        while not found or found[-1]["event"] != kind:
            try:
                found.append(self._queue.get(timeout=max(0.01, deadline - time.monotonic())))
            except queue.Empty:
                raise AssertionError(f"no {kind}: {found}") from None
        self.all += found
        return found

    def during(self, seconds):
        """What is told meanwhile."""
        time.sleep(seconds)
        return [self._queue.get() for _ in range(self._queue.qsize())]

    def close(self):
        self.connection.close()
        self._thread.join()


@pytest.fixture
def told(running, sound):
    noise = np.random.default_rng(1).integers(-2, 3, 600 * LOOP_RATE).astype(np.int16)
    sound.speak(noise, wait=False)  # a room: a microphone without any noise counts as dead
    running(*RUN).wait_for("Listening")
    one = Told()
    yield one
    one.close()
    sound.hush()


def kinds(events):
    return [event["event"] for event in events]


def ask(text):
    with Connection() as connection:
        return connection.request("ask", text=text)


def test_each_kind_of_event_is_told_as_it_happens(told, sound, say):
    sound.speak(say("Okay Nabu.", 0.3, "Why is the sky blue?", 1.0))
    question = told.until("idle")
    order = ["waking", "listening", "partial", "heard", "routed", "thinking", "speaking", "idle"]
    first = [kinds(question).index(kind) for kind in order]
    assert first == sorted(first), kinds(question)
    assert question[-1]["turn"]["outcome"] == "answered", question[-1]["turn"]["error"]
    assert ask("set a timer for two seconds")["asks"]
    told.until("idle")
    ask("yes")
    told.until("idle")
    assert told.until("timer")[-1]["text"]
    with Connection() as connection:
        connection.request("stop")
        connection.request("mute")
    told.until("muted")
    with Connection() as connection:
        connection.request("unmute")
    told.until("unmuted")
    trace = paths.state_dir() / "trace.jsonl"
    trace.unlink(missing_ok=True)
    trace.mkdir()  # what cannot be written to
    ask("what time is it")
    [problem] = [e for e in told.until("degraded") if e["event"] == "degraded"]
    assert "trace" in problem["text"]


def test_a_recording_that_is_played_gets_nothing_dangerous_done(told, sound, say):
    """It has the wake word and the command; what it must have, too, is the right answer at the
    right time. What else is on the television is none."""
    sound.speak(say("Okay Nabu.", 0.3, "Set a timer for ten minutes.", 1.0))
    asked = told.until("idle")
    assert [e for e in asked if e["event"] == "speaking"][-1]["text"].endswith("?")
    sound.speak(say("The weather will be fine in the west.", 1.5))
    again = told.until("nothing_said")  # asked once more, and nobody answers in time
    assert "yes or no" in " ".join(e["text"] for e in again if e["event"] == "speaking")
    sound.speak(say("Yes, yes. Set a timer. Turn on the lights.", 1.5))  # no wake word, not asked
    assert not {"heard", "routed", "speaking"} & set(kinds(told.during(8.0)))
    assert "no timer" in ask("what timers are there")["reply"].lower()
