"""The second look at what the first took for the wake word."""

import threading
from contextlib import closing

import numpy as np
import pytest

from assistant.calls import Calls
from assistant.errors import ModelError
from assistant.testing import ScriptedVerifier
from assistant.types import Called, Wake
from assistant.worker import Worker

SURE, FOOLED = 0.9, 0.1


def call(at=100, again=False):
    return Called(Wake("okay nabu", 0.5, at), np.zeros(16_000, np.int16), again)


class Heard:
    def __init__(self, verdicts):
        self.believed, self.dismissed = [], []
        self.worker = Worker("verify", lambda: ScriptedVerifier(verdicts))
        self.listened = []
        told = self.believed.append, self.dismissed.append, lambda: self.listened.append(1)
        self.calls = Calls(self.worker, *told)


@pytest.fixture
def heard():
    made = []

    def make(*verdicts):
        made.append(Heard(verdicts))
        return made[-1]

    yield make
    for h in made:
        h.worker.close()


def test_what_the_second_look_confirms_is_believed(heard):
    h = heard(SURE)
    h.calls.take(call())
    wake = h.calls.verified(call().wake)
    assert (wake.second, wake.reason) == (0.9, "scripted 0.90")
    assert (h.believed, h.dismissed) == ([call().wake], [])


def test_what_it_does_not_is_dismissed(heard):
    h = heard(FOOLED)
    h.calls.take(call())
    assert h.calls.verified(call().wake) is None
    assert (h.believed, h.dismissed) == ([], [call().wake])


def test_nobody_sees_it_listen_to_who_did_not_call(heard):
    """Who speaks before the verdict is told of after it, or never; else a lamp would stay on."""
    h = heard(FOOLED, SURE)
    hold, held = threading.Event(), threading.Event()
    h.worker.start(lambda _: held.set() or hold.wait(60))
    assert held.wait(60)
    h.calls.take(call(100))
    h.calls.speaks()
    assert h.listened == []
    hold.set()
    assert h.calls.verified(call(100).wake) is None
    h.worker.start(lambda _: None).result(60)
    assert h.listened == []
    h.calls.take(call(200))
    h.calls.speaks()
    assert h.calls.verified(call(200).wake) is not None
    h.worker.start(lambda _: None).result(60)
    assert h.listened == [1]
    h.calls.speaks()  # goes on
    assert h.listened == [1, 1]


def test_without_a_wake_word_whoever_speaks_is_listened_to(heard):
    h = heard()
    h.calls.speaks()
    assert h.listened == [1]


def test_one_that_came_later_takes_its_place(heard):
    h = heard(SURE)
    h.calls.take(call(100))
    h.calls.take(call(200))
    assert h.calls.verified(call(200).wake)
    assert h.calls.verified(call(100).wake) is None


def test_one_that_is_not_believed_takes_nothing_away(heard):
    """Reported after a command was said, before it was handled: the command was lost in silence."""
    h = heard(SURE, FOOLED)
    h.calls.take(call(100))
    h.calls.take(call(200))
    assert h.calls.verified(call(200).wake) is None
    assert h.calls.verified(call(100).wake)
    assert h.dismissed == [call(200).wake]


def test_without_a_second_look_all_is_believed():
    believed = []
    calls = Calls(None, believed.append, lambda _: None)
    calls.take(call())
    assert calls.verified(call().wake).second == 1.0
    calls.take(call(200, again=True))
    assert calls.verified(call(200).wake).second == 1.0
    assert believed == [call().wake]


def test_better_fooled_than_deaf():
    """A second look that does not work must not make the assistant deaf."""

    def broken():
        raise ModelError("the model is gone")

    believed = []
    with closing(Worker("verify", broken)) as worker:
        calls = Calls(worker, believed.append, lambda _: None)
        calls.take(call())
        assert calls.verified(call().wake).reason == "the second look failed"
    assert believed == [call().wake]


def test_nobody_is_answered_before_the_verdict(heard):
    gate, answered = threading.Event(), threading.Event()
    h = heard(SURE)
    h.worker.start(lambda _: gate.wait(60))
    h.calls.take(call())
    thread = threading.Thread(target=lambda: h.calls.verified(call().wake) and answered.set())
    thread.start()
    assert not answered.wait(0.05)
    gate.set()
    assert answered.wait(60)
    thread.join()


def test_what_is_reported_again_may_be_the_word_after_all(heard):
    h = heard(FOOLED, SURE)
    h.calls.take(call(100))
    h.calls.take(call(200, again=True))
    assert h.calls.verified(call(200).wake).second == 0.9
    assert (h.dismissed, h.believed) == ([call(100).wake], [call(200).wake])


def test_who_was_believed_is_believed_when_calling_again(heard):
    """Nobody is asked, and nothing is stopped, a second time."""
    h = heard(SURE, FOOLED)
    h.calls.take(call(100))
    h.calls.take(call(200, again=True))
    assert h.calls.verified(call(200).wake).second == 0.9
    assert (h.dismissed, h.believed) == ([], [call(100).wake])
