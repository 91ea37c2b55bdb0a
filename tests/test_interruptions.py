"""Who talks while we do: held, stopped, or gone on."""

import time

import pytest

from assistant.config import load
from assistant.follow_up import follow_up
from assistant.hear.session import TalkedOver
from assistant.interruptions import Interruptions, said_by_us
from assistant.stages import Stages
from assistant.testing import FakeRouter, FakeTranscriber, RecordingSink
from assistant.types import Called, Draft, Event, Intent, NothingSaid, Utterance, Wake
from assistant.worker import Worker
from tests.speaking import silence

STOP = Intent("talk.stop", {}, "templates", 1.0, "matched")
LATER = Intent("alarms.snooze", {}, "templates", 1.0, "matched")


class Ears:
    def __init__(self):
        self.dismissed = []

    def dismiss(self, wake):
        self.dismissed.append(wake)


class Fits(FakeTranscriber):
    """A transcriber for which the sound fits some texts so well, and all others badly."""

    def __init__(self, text, fits):
        super().__init__([text, text])
        self._fits = fits

    def score(self, utterance, texts):
        return [self._fits.get(text, -9.0) for text in texts]


class Talk:
    def __init__(self, *texts, transcriber=None):
        self.sink, self.ears = RecordingSink(), Ears()
        self.stopped, self.put = [], []
        self.worker = Worker("hear", lambda: transcriber or FakeTranscriber(texts))
        stages = Stages(
            self.worker,
            FakeRouter({"stop": STOP, "Stop.": STOP, "five more minutes": LATER}),
            None,
            None,
            {},
            lambda _: [],
        )
        self.over = Interruptions(
            load(["audio.pause_for_voice=true"]).config,
            stages,
            self.sink,
            self.ears,
            lambda: self.stopped.append(1),
            self.put.append,
        )
        self.note = self.over.noting(lambda _: None)

    def hear(self, *heard):
        taken = [self.over.take(item) for item in heard]
        self.worker.warm().result()
        return taken


@pytest.fixture
def talk():
    made = []

    def start(*texts, **given):
        made.append(Talk(*texts, **given))
        return made[-1]

    yield start
    for one in made:
        one.worker.close()


def said(revision, over_us=True, ended_at=0.0):
    return Utterance(silence(0.5), "pause", ended_at, revision=revision, over_us=over_us)


def test_stop_is_known_at_the_first_pause(talk):
    t = talk("stop")
    assert t.hear(TalkedOver(), Draft(said(1))) == [True, True]
    assert (t.sink.holds, t.stopped, t.put) == (["hold"], [1], [])
    t.hear(said(1))
    [put] = t.put
    assert (put.over_us, put.commands_only, t.stopped) == (False, True, [1])


def test_what_rings_is_put_off_while_it_rings_and_not_while_we_talk():
    for event, stopped in (("saying", []), ("announcing", [1])):
        t = Talk("okay", "five more minutes")
        t.note(Event(event, "It's noon."))
        t.hear(TalkedOver(), Draft(said(1)))
        assert t.sink.holds == (["hold"] if stopped else ["hold", "resume"])  # it waits for the end
        t.hear(Draft(said(2)))
        assert t.stopped == stopped
        t.worker.close()


def test_a_wrong_wake_word_does_not_end_the_pause_for_a_voice(talk):
    t, wake = talk(), Wake("okay nabu", 0.9, 5)
    t.hear(TalkedOver())
    t.over.dismissed(wake)
    assert t.sink.holds == ["hold"]


def test_other_talk_lets_it_go_on_and_it_pauses_once_in_a_reply(talk):
    t = talk("the cat", "a dog")
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert t.sink.holds[0] == "hold"
    assert t.sink.holds[-1] == "resume"
    t.hear(TalkedOver(), NothingSaid(0.7, over_us=True))
    assert t.sink.holds.count("hold") == 1
    t.note(Event("idle"))
    t.hear(TalkedOver())
    assert t.sink.holds.count("hold") == 2
    assert not t.stopped


def test_a_television_is_not_paused_for(talk):
    t = talk()
    for _ in range(5):
        t.hear(TalkedOver(), NothingSaid(0.7, over_us=True))
        t.note(Event("idle"))
    assert t.sink.holds.count("hold") == 3


def test_what_we_say_ourselves_stops_nothing(talk):
    t = talk("stop")
    t.note(Event("saying", "Say stop to end me."))
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert (t.stopped, t.put) == ([], [])


@pytest.mark.parametrize(
    ("fits", "stopped"),
    [
        ({"Stop.": -2.0}, [1]),
        ({"Stop.": -2.9, "Step.": -2.7}, [1]),
        ({"Stop.": -2.5, "Step.": -1.5}, []),  # which fits better
        ({"Stop.": -3.4}, []),  # which fits no better than anything
        ({}, []),
    ],
)
def test_what_could_not_be_made_out_is_stop_where_that_fits_the_sound(talk, fits, stopped):
    t = talk(transcriber=Fits("", fits))
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert t.stopped == stopped
    assert len(t.put) == len(stopped)
    assert t.sink.holds[-1] == ("hold" if stopped else "resume")


def test_what_was_made_out_well_is_that_and_what_is_long_is_no_stop(talk):
    t = talk(transcriber=Fits("the cat", {"Stop.": -1.0}))
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert t.stopped == []
    t = talk(transcriber=Fits("", {"Stop.": -1.0}))
    t.hear(TalkedOver(), Draft(Utterance(silence(2.0), "pause", 0.0, revision=1, over_us=True)))
    assert t.stopped == []


def test_what_we_say_ourselves_stops_nothing_by_its_sound_either(talk):
    t = talk(transcriber=Fits("", {"Stop.": -1.0}))
    t.note(Event("saying", "Say stop to end me."))
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert t.stopped == []


def test_who_goes_on_talking_when_we_have_fallen_silent_is_not_us(talk):
    t = talk("stop")
    t.note(Event("saying", "Say stop to end me."))
    t.hear(TalkedOver(), Draft(said(1, ended_at=time.monotonic() + 30)))
    assert t.stopped == [1]


def test_a_sentence_is_ours_however_much_is_said_after_it(talk):
    t = talk("stop")
    for sentence in ("Say stop to end me.", "One.", "Two.", "Three.", "Four."):
        t.note(Event("saying", sentence))
    t.hear(TalkedOver(), Draft(said(1)), said(1))
    assert t.stopped == []


def test_our_own_wake_word_is_not_looked_at_twice(talk):
    t, wake = talk(), Wake("okay nabu", 0.9, 5)
    call = Called(wake, silence(1), over_us=True)
    assert t.hear(call) == [False]
    assert t.sink.holds == ["hold"]
    t.note(Event("saying", "You can say: okay, Nabu!"))
    assert t.hear(call) == [True]
    assert t.ears.dismissed == [wake]


def test_a_recognizer_that_fails_does_not_leave_us_silent(talk):
    t = talk(RuntimeError("broken"))
    t.hear(TalkedOver(), Draft(said(1)))
    assert t.sink.holds == ["hold", "resume"]


def test_what_was_not_said_over_us_is_left_to_the_loop(talk):
    assert talk().hear(said(1, over_us=False), NothingSaid(1.0)) == [False, False]


def test_the_wake_word_in_a_sentence():
    assert said_by_us("hey jarvis", ["Di hey, Jarvis, y la orden."])
    assert not said_by_us("hey jarvis", ["It is noon."])


@pytest.mark.parametrize(
    ("after", "expected"),
    [("questions", None), ("commands", (5.0, True, True)), ("all", (5.0, False, True))],
)
def test_going_on_without_the_wake_word(after, expected):
    from types import SimpleNamespace

    turn = SimpleNamespace(
        listen_again=False, outcome="answered", transcript=None, reply_text="It is noon."
    )
    settings = load([f"endpoint.follow_up_after={after}"]).config.endpoint
    spoken = said(1, over_us=False)
    assert follow_up(spoken, turn, settings) == expected
    turn.reply_text = ""  # "stop"
    assert follow_up(spoken, turn, settings) is None
    turn.listen_again = True
    assert follow_up(spoken, turn, settings) == (5.0, False, False)
