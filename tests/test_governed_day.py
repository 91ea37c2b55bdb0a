"""A battery that empties while the loop runs: what is done about it, what is said, what comes back.

The loop, the functions and the governor are the real ones. The battery is a tree of files, and the
clock is that of the sound: each piece says that ten seconds have gone by.
"""

import os
import threading
import time

import numpy as np
import pytest

from assistant.assemble import Engines
from assistant.config import load
from assistant.errands import Errand
from assistant.governing import governing
from assistant.hear.listen import Listener
from assistant.rest import Rest
from assistant.runtime import Runtime
from assistant.testing import RecordingSink, ScriptedVad, ScriptedWake
from assistant.types import AudioChunk, Typed
from tests.machines import unpack, write

PIECE = 1600  # samples
SECONDS = 10.0  # that each piece of sound stands for
SUPPLY = "sys/class/power_supply"


class Battery:
    """Holds 48 Wh; what is drawn while it is not plugged in goes down in the tree."""

    def __init__(self, root):
        self.root = root
        self.percent = 100.0
        self.plug(False)

    def plug(self, plugged, percent=None):
        self.percent = percent if percent is not None else self.percent
        self.plugged = plugged
        write(self.root, f"{SUPPLY}/AC/online", str(int(plugged)))
        status = "Charging" if plugged else "Discharging"
        write(self.root, f"{SUPPLY}/BAT0/status", status)
        self.draw(0)

    def draw(self, percent):
        self.percent -= 0 if self.plugged else percent
        write(self.root, f"{SUPPLY}/BAT0/capacity", str(round(self.percent)))
        write(self.root, f"{SUPPLY}/BAT0/energy_now", str(round(480_000 * self.percent)))


class Hours:
    """A Source of silence whose clock goes as fast as it is allowed to: `let` hours pass."""

    lost_samples = 0

    def __init__(self):
        self.time = time.monotonic() + 100
        self._until = self.time
        self._closed = False
        self._changed = threading.Condition()
        self._position = 0

    def let(self, hours):
        """Returns when they have passed."""
        with self._changed:
            self._until += 3600 * hours
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: self.time >= self._until, 120)

    def read(self):
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self.time < self._until)
            if self._closed:
                return None
            self.time += SECONDS
            self._position += PIECE
            time.sleep(0.002)  # the governor looks in a thread of its own
            return AudioChunk(np.zeros(PIECE, np.int16), self._position - PIECE, self.time)

    def close(self):
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Day:
    """The loop on such a battery, in a thread of its own."""

    def __init__(self, root, *settings):
        self.battery = Battery(root)
        self.source = Hours()
        self.events = []
        quick = ["route.nearest_en=none", "speak.voice_en=espeak", "trace.enabled=false"]
        self.config = load([f"power.root={root}", *quick, *settings]).config

    def run(self, engines, standing, governor):
        config = self.config
        ears = Listener(config, ScriptedWake([]), ScriptedVad())
        self.standing = standing
        self.runtime = Runtime(
            config, engines.stages, ears, lambda: self.source, RecordingSink(),
            rest=Rest(engines.stages, config, governor, ears.change),
            on_event=self.events.append,
        )  # fmt: skip
        self.governor = governor
        thread = threading.Thread(target=self.runtime.run)
        thread.start()
        return thread

    def spend(self, hours, percent=0.0):
        """Time goes by, minute by minute, while so much of the charge is used."""
        minutes = max(round(60 * hours), 1)
        for _ in range(minutes):
            self.battery.draw(percent / minutes)
            self.source.let(hours / minutes)
            self.governor._worker._thread.submit(lambda: None).result()

    @property
    def steps(self):
        return [taken.step for taken in self.standing.taken]

    def ask(self, text):
        """What was answered; what was said of its own accord afterwards is in `unasked`."""
        before = len(self.events)
        self._take(Errand(Typed(text, self.config.language)))
        self._take(Errand(lambda: None))  # whatever followed the answer is over now
        events = self.events[before:]
        end = next(n for n, event in enumerate(events) if event.kind == "idle")
        self.unasked = _said(events[end:])
        return _said(events[:end])

    def _take(self, errand):
        self.runtime.take(errand)
        return errand.done.result(60)


def _said(events):
    return " ".join(event.text for event in events if event.kind == "saying")


@pytest.fixture
def day(tmp_path):
    """Makes a day with some settings, running."""
    running = []

    def make(*settings):
        made = Day(unpack("thinkpad-power", tmp_path), *settings)
        engines = Engines(made.config)
        engines.__enter__()
        governed = governing(made.config, engines.stages, engines.standing)
        thread = made.run(engines, engines.standing, governed.__enter__())
        running.append((made, engines, governed, thread))
        return made

    yield make
    for made, engines, governed, thread in running:
        made.runtime.stop()
        made.source.close()
        thread.join()
        governed.__exit__(None, None, None)
        engines.__exit__(None, None, None)


def test_a_day_from_full_to_empty_and_back(day, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    today = day()
    today.battery.plug(True)
    today.spend(0.1)
    assert today.steps == []
    assert today.ask("why are you slow").startswith("Nothing holds me back")

    today.battery.plug(False, 60)
    today.spend(0.5, percent=5)
    assert today.steps == ["battery"]
    assert "I am running on battery" in today.ask("why are you slow")
    today.spend(1, percent=17)
    assert today.steps == ["battery", "battery_low"]
    assert today.ask("why are you so slow today") == (
        "Because the battery is at thirty-eight percent: "
        "I work with fewer processors and my answers are shorter."
    )
    assert today.unasked == ""  # nothing was taken away yet

    today.spend(1, percent=25)
    assert today.steps == ["battery", "battery_low", "battery_empty"]
    assert today.standing.config.stt.second_look == 0
    assert today.ask("what day is it").startswith("It's ")
    assert today.unasked.startswith("By the way, the battery is at only ")
    assert "for now I answer no open questions" in today.unasked
    assert today.ask("why is the sky blue").startswith(
        "I answer no open questions now: the battery is at only thirteen percent"
    )
    assert today.unasked == ""  # once

    today.battery.plug(True)
    today.spend(0.1)
    assert today.steps == [] and today.standing.config == today.config
    today.battery.plug(False, 10)
    today.spend(0.2, percent=1)
    assert "battery_empty" in today.steps
    today.ask("what time is it")
    assert today.unasked == ""  # once in a run


def test_a_day_in_spanish(day):
    today = day("language=es", "speak.voice_es=espeak")
    today.battery.plug(False, 12)
    today.spend(0.1)
    assert today.ask("por qué vas tan lento").startswith(
        "Porque la batería está solo al doce por ciento: no contesto preguntas abiertas"
    )
    assert today.unasked.startswith(
        "Por cierto, la batería está solo al doce por ciento: por ahora no contesto preguntas"
    )
    assert today.ask("por qué es azul el cielo").startswith("Ahora no contesto preguntas abiertas")
    today.battery.plug(True)
    today.spend(0.1)
    assert today.ask("por qué vas tan lento").startswith("Nada me frena")


def test_a_charge_that_swings_about_a_threshold_changes_nothing_twice(day):
    today = day()
    today.battery.plug(False, 41)
    changes = []
    today.spend(0.1)
    for percent in (40, 43, 39, 42, 40, 44, 38, 44):
        today.battery.plug(False, percent)
        today.spend(0.1)
        changes.append(tuple(today.steps))
    assert set(changes) == {("battery", "battery_low")}
    today.battery.plug(False, 45)
    today.spend(0.1)
    assert today.steps == ["battery"]


def test_steps_are_pinned_and_forbidden_by_the_settings_and_by_voice(day):
    today = day('governor.forbid=["battery_empty"]', 'governor.pin=["hot"]')
    today.battery.plug(False, 9)
    today.spend(0.1)
    assert today.steps == ["battery", "battery_low", "hot"]
    assert today.standing.config.stt.threads == 1
    today.battery.plug(True)
    today.spend(0.1)
    assert today.steps == ["hot"]
    assert today.ask("save power").startswith("I am saving power")
    assert today.steps == ["battery_low", "hot"]
    assert "you told me to save power" in today.ask("why are you slow")
    assert today.ask("stop saving power").startswith("Not yet at full power, because")
    assert today.steps == ["hot"]
