"""A speaker that goes in the middle of a reply."""

import threading
import time

import numpy as np
import pytest

from assistant import unbroken
from assistant.errors import AudioDeviceError
from assistant.types import Speech
from assistant.unbroken import NOTICED, Unbroken
from assistant.worker import Cancel

RATE = 16_000


def speech(seconds):
    return Speech(np.zeros(round(seconds * RATE), np.int16), RATE)


LONG, SHORT = speech(60.0), speech(0.001)


class Speaker:
    """One that goes while it is waited for, and stays away for some attempts."""

    def __init__(self, away=2, goes=1):
        self.played, self.away, self.goes, self.stopped = [], 0, goes, 0
        self._away_for = away

    def prepare(self):
        if self.away:
            self.away -= 1
            raise AudioDeviceError("gone")

    def play(self, said):
        self.prepare()
        self.played.append(said)
        return time.monotonic()

    def finish(self, cancel):
        if self.goes:
            self.goes -= 1
            self.away = self._away_for
            raise AudioDeviceError("gone")
        return not cancel.is_set()

    def stop(self):
        self.stopped += 1


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(unbroken, "AGAIN", 0.005)


def test_what_nobody_heard_is_said_again_when_it_is_back():
    speaker, cancel = Speaker(), Cancel()
    sink = Unbroken(speaker, cancel)
    sink.play(SHORT)
    sink._handed = [(SHORT, time.monotonic() - NOTICED - 0.1)]  # was heard to its end long ago
    sink.play(LONG)
    assert sink.finish(cancel)
    assert speaker.played == [SHORT, LONG, LONG]


def test_one_that_is_not_there_when_it_is_needed_is_waited_for():
    speaker = Speaker(goes=0)
    speaker.away = 3
    Unbroken(speaker, Cancel()).play(SHORT)
    assert speaker.played == [SHORT]


def test_it_goes_twice():
    speaker, cancel = Speaker(goes=2), Cancel()
    sink = Unbroken(speaker, cancel)
    sink.play(LONG)
    assert sink.finish(cancel)
    assert speaker.played == [LONG] * 3


def test_one_that_stays_away_is_an_error_and_the_apology_waits_no_second_time(monkeypatch):
    monkeypatch.setattr(unbroken, "BACK_WITHIN", 0.1)
    speaker, cancel = Speaker(away=10**9), Cancel()
    sink = Unbroken(speaker, cancel)
    sink.play(LONG)
    with pytest.raises(AudioDeviceError):
        sink.finish(cancel)
    monkeypatch.setattr(unbroken, "BACK_WITHIN", 60.0)
    began = time.monotonic()
    with pytest.raises(AudioDeviceError):
        sink.play(SHORT)
    assert time.monotonic() - began < 30


def test_who_interrupts_it_is_not_kept_waiting(monkeypatch):
    monkeypatch.setattr(unbroken, "BACK_WITHIN", 60.0)
    speaker, cancel = Speaker(away=10**9), Cancel()
    sink = Unbroken(speaker, cancel)
    sink.play(LONG)
    threading.Timer(0.05, cancel.set).start()
    began = time.monotonic()
    assert not sink.finish(cancel)
    assert time.monotonic() - began < 30
