"""What is due is told, whatever else does not work."""

import pytest

from assistant.announcing import Announcer, cut_off
from assistant.config import load
from assistant.errors import AudioDeviceError, EngineError, StorageError
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
        self.again, self.over, self.cut = [], [], []

    def unheard(self, due):
        self.again.append(due.key)

    def done(self, due):
        self.over.append(due.key)

    def unfinished(self, due):
        self.cut.append(due.key)


class House:
    def __init__(self, sink, failure=None):
        self.alarms, self.events, self.said, self.answered = Alarms(), [], [], []
        self.sink, self.failure = sink, failure
        self.turn = ("answered", "It is noon.")  # of a command: how it ends, and its reply
        self.announcer = Announcer(sink, self.say, self.answer, self.alarms, self.events.append)

    def say(self, due, sink):
        self.said.append(due.reply.text)
        return self._turn("failed" if self.failure else "answered", due.reply.text)

    def answer(self, typed):
        self.answered.append(typed)
        if self.failure is not None:
            raise self.failure
        return self._turn(*self.turn)

    def _turn(self, outcome, reply):
        clock, route = TurnClock("announcement", 0.0), Unheard("")
        trace = clock.finish(outcome, "en", route, transcript="", reply=reply)
        return Turn(outcome, None, route, reply, trace, False, self.failure)


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


COMMAND = Announcement(Reply("", "en"), key="command:7", command="turn off the light")


@pytest.mark.parametrize(
    ("turn", "done"),
    [
        (("answered", "It is off."), True),
        (("failed", "Sorry, something went wrong."), True),  # that was told
        (("cancelled", "It is"), True),  # while it was said that it is
        (("cancelled", ""), False),
    ],
)
def test_a_command_that_was_cut_off_is_not_done(turn, done):
    house = House(RecordingSink())
    house.turn = turn
    assert not house.announcer.take(COMMAND)
    assert (house.alarms.over, house.alarms.cut) == (
        (["command:7"], []) if done else ([], ["command:7"])
    )


def test_nor_is_one_that_could_not_be_answered():
    house = House(RecordingSink(), StorageError("the disk is full"))
    with pytest.raises(StorageError):
        house.announcer.take(COMMAND)
    assert (house.alarms.over, house.alarms.cut) == ([], ["command:7"])
