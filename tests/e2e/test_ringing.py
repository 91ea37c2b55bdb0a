"""What rings in a room is stopped by a word, said into its own sound, and by nothing else."""

import datetime as dt
from contextlib import contextmanager

import numpy as np
import pytest

from assistant import localtime
from assistant.audio import pcm
from assistant.handlers.timekeeping import due_items
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.speak.tts import EspeakVoice
from assistant.types import LOOP_RATE
from tests.audio.test_duplex_live import room
from tests.conftest import REAL_MODELS
from tests.e2e.talking import engines, talking

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    with at_home(tmp_path_factory), engines() as made:
        yield made


@pytest.fixture
def english(loaded):
    """Nothing is due, whatever the test before left."""
    kept(loaded).remove(kept(loaded).all())
    return loaded


def kept(made):
    return next(f.store for f in made[1].functions.families if isinstance(f, DueFamily))


def knows_the_room(talk):
    talk.says("The mountain is very old, and was made by ice and water over a very long time.")
    talk.turn(1)


@contextmanager
def at_home(tmp_path_factory):
    """Engines that several tests use keep what they are told in a home of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        yield


def due(made, kind, language="en"):
    """It is due now; the store that knows whether it still rings."""
    store, now = kept(made), localtime.now()
    if kind == "alarm":
        store.add(due_items.at_wall(kind, now.replace(tzinfo=None), now.tzinfo, "", language))
    else:
        store.start(kind, dt.timedelta(seconds=1), now, "", language)
    return store


def rings(talk):
    talk.until(lambda: "announcing" in talk.kinds())
    talk.until(lambda: len(talk.card._queue))


def is_over(talk, store):
    """It neither rings nor sounds, and never said so to its end."""
    talk.until(lambda: store.ringing() == [])
    talk.until(lambda: len(talk.card._queue) == 0)
    assert talk.turn(1).outcome == "cancelled"


def test_an_alarm_is_stopped_while_it_rings_in_a_room_that_is_not_known(english, say):
    with talking(room(), *english) as talk:
        store = due(english, "alarm")
        rings(talk)
        talk.passes(0.4)
        talk.hears(say("Okay, stop the alarm."))
        is_over(talk, store)
        assert store.all() == []
        assert talk.turn(2).route.function == "alarms.cancel"


def test_a_timer_is_stopped_while_its_end_is_told(english, say):
    with talking(room(), *english) as talk:
        knows_the_room(talk)
        store = due(english, "timer")
        rings(talk)
        talk.passes(2.0)
        talk.hears(say("Stop."))
        talk.until(lambda: store.all() == [])
        assert talk.turn(2).outcome == "cancelled"


def test_it_rings_on_through_its_own_sound_until_it_is_put_off(english, say, monkeypatch):
    monkeypatch.setattr("assistant.alarms.AGAIN_AFTER", 8.0)
    with talking(room(), *english) as talk:
        store = due(english, "alarm")
        talk.until(lambda: talk.kinds().count("announcing") == 2)
        assert [turn.outcome for turn in talk.turns()] == ["answered"]
        assert "heard" not in talk.kinds()
        # in a room that is not known a word of its own may make it pause, once a ring, and no more
        assert talk.told() in [pauses * ["hold", "resume"] for pauses in range(3)]
        talk.until(lambda: len(talk.card._queue) == 0)
        talk.turn(2)
        talk.passes(0.5)
        talk.hears(say("Give me five more minutes."))
        talk.until(lambda: store.ringing() == [])
        [waits] = store.all()
        assert waits.snoozed
        assert "five minutes" in talk.turn(3).reply_text


def so_far(talk):
    """How often somebody was answered, and how often it rang."""
    answers = sum(turn.trace.kind == "utterance" for turn in talk.turns())
    return answers, talk.kinds().count("announcing")


def test_stopped_in_spanish(tmp_path_factory):
    slowly = EspeakVoice("es", pace=0.8)  # what reads it fast, the recognizer does not understand
    speech = slowly.synthesize("Quita la alarma, por favor.")
    said = pcm.resample(speech.samples, speech.rate, LOOP_RATE)
    with at_home(tmp_path_factory), engines("language=es") as made, talking(room(), *made) as talk:
        store = due(made, "alarm", "es")
        talk.turn(1)
        for _ in range(5):  # whoever is not understood, or not heard, says it again
            talk.passes(0.6)
            before = so_far(talk)
            talk.hears(np.pad(said, (LOOP_RATE // 2, 0)))
            talk.passes(len(said) / LOOP_RATE + 0.5)
            talk.until(lambda n=before: store.all() == [] or so_far(talk) != n)
            if store.all() == []:
                break
        assert store.all() == []
