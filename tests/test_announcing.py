"""What is due is told, whatever else does not work."""

import pytest

from assistant.announcing import Announcer, cut_off
from assistant.config import load
from assistant.errors import AudioDeviceError, EngineError
from assistant.testing import RecordingSink
from assistant.trace import TurnClock
from assistant.types import Announcement, Reply, Turn, Unheard

DUE = Announcement(Reply("Your timer is done.", "en"), key="timer:7")


class Silent(RecordingSink):
    """A speaker that is gone, until it is back."""

    gone = True

    def prepare(self):
        if self.gone:
            raise AudioDeviceError("no speaker")


class Alarms:
    def __init__(self):
        self.again, self.over = [], []

    def unheard(self, due):
        self.again.append(due.key)

    def done(self, due):
        self.over.append(due.key)


class House:
    def __init__(self, sink, failure=None):
        self.alarms, self.events, self.said, self.answered = Alarms(), [], [], []
        self.sink, self.failure = sink, failure
        self.announcer = Announcer(
            sink, self.say, self.answered.append, self.alarms, self.events.append
        )

    def say(self, due, sink):
        self.said.append(due.reply.text)
        outcome, route = ("failed" if self.failure else "answered"), Unheard("")
        clock = TurnClock("announcement", 0.0)
        trace = clock.finish(outcome, "en", route, transcript="", reply=due.reply.text)
        return Turn(outcome, None, route, due.reply.text, trace, False, self.failure)


def test_without_a_speaker_the_screen_is_told_once_and_it_rings_when_there_is_one():
    house = House(Silent())
    for _ in range(3):
        house.announcer.take(DUE)
    assert [event.kind for event in house.events] == ["degraded", "announcing"]
    assert house.alarms.again == ["timer:7"] * 3
    assert house.said == []
    house.sink.gone = False
    assert house.announcer.take(DUE)
    assert house.said == ["Your timer is done."]
    assert house.alarms.again == ["timer:7"] * 3


def test_without_a_voice_there_is_at_least_a_sound():
    house = House(RecordingSink(), EngineError("it hangs"))
    house.announcer.take(DUE)
    assert len(house.sink.played) == 1
    assert house.alarms.again == []


def test_a_speaker_that_goes_meanwhile_is_waited_for():
    house = House(RecordingSink(), AudioDeviceError("unplugged"))
    house.announcer.take(DUE)
    assert house.alarms.again == ["timer:7"]


@pytest.mark.parametrize("language", load(["language=auto"]).config.languages)
def test_what_was_cut_off_is_asked_for_again(language):
    assert cut_off(language).reply.language == language
    assert not cut_off(language).reply.ok
