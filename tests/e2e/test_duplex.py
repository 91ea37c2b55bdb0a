"""Talked to while it talks, in a room that gives back all that it says."""

import time

import numpy as np
import pytest

from assistant.errands import Errand
from assistant.types import Announcement, Reply
from tests.audio.test_duplex_live import room

pytestmark = [pytest.mark.models, pytest.mark.sound]

LONG = (
    "The first thing to know is that the mountain is very old and was made by ice and water over a"
    " very long time. People have lived beside it for many hundreds of years and tell stories about"
    " it to their children. In the summer the fields are green and in the winter the snow lies deep"
    " upon the roofs of all the houses in the valley."
)


def tell(assistant, text=LONG):
    assistant.runtime.take(Errand(Announcement(Reply(text, "en"))))
    assistant.wait_for("saying", seconds=120)


def longest_silence(heard, begin, end):
    """Seconds without a sound of the speaker between two monotonic times."""
    origin = heard.time_of(0)
    piece = heard.samples[round((begin - origin) * heard.rate) : round((end - origin) * heard.rate)]
    loud = np.flatnonzero(np.abs(piece.astype(int)) > 300)
    edges = np.concatenate([[0], loud, [len(piece)]])
    return float(np.diff(edges).max()) / heard.rate


def test_stop_alone_ends_it_and_a_call_does(live, sound, say):
    with sound.room(room()) as there, live("wake.chime=false") as assistant:
        for number, words in enumerate(["Stop.", "Okay Nabu."], 1):
            with sound.recording() as heard:
                tell(assistant)
                time.sleep(4.0)
                began = there.talk(say(words) // 2)  # as loud as the echo
                turn = assistant.next_turn(number, seconds=120)
                time.sleep(0.5)
            assert turn.outcome == "cancelled", words
            assert heard.end() > began, "it had ended before"
            time.sleep(2.0)
        assert assistant.count("awake") == 1


def test_it_pauses_for_a_voice_and_goes_on_when_that_was_not_for_it(live, sound, say):
    with sound.room(room()) as there, live("wake.chime=false") as assistant:
        with sound.recording() as heard:
            tell(assistant)
            time.sleep(4.0)
            assert longest_silence(heard, heard.time_of(0) + 2, heard.time_of(0) + 4) < 0.4
            began = there.talk(say("I will be home at six.") // 2)
            turn = assistant.next_turn(1, seconds=120)
        ended = heard.end()
    assert turn.outcome == "answered"
    assert 0.5 < longest_silence(heard, began + 0.5, ended) < 5
    assert ended - began > 3


def test_it_does_not_interrupt_wake_or_answer_itself(live, sound):
    text = "I am okay Nabu. You can say okay Nabu, stop. Or say: alexa, what time is it? " + LONG
    with sound.room(room()), live("wake.chime=false") as assistant:
        for number in (1, 2):
            tell(assistant, text)
            assert assistant.next_turn(number, seconds=120).outcome == "answered"
        time.sleep(2.0)
        assert assistant.count("awake") == 0
        assert len(assistant.turns) == 2


def test_what_rings_is_stopped_by_a_word_and_a_question_needs_no_wake_word(live, sound, say):
    with sound.room(room()) as there, live("wake.chime=false") as assistant:
        there.talk(say("Okay Nabu, set a timer.", 1.0))
        assert assistant.next_turn(1, seconds=120).listen_again
        there.talk(say("Three seconds.", 1.0))
        assert assistant.next_turn(2).route.function == "timers.start"
        assistant.wait_for("announcing", seconds=20)
        time.sleep(1.0)
        there.talk(say("Stop.", 1.0))
        timers = next(f for f in assistant.engines.functions.families if f.name == "timers")
        deadline = time.monotonic() + 30
        while timers.store.all() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert timers.store.all() == []
