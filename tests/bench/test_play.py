"""Clips played to a loop of scripted stages: what is noted from outside."""

from pathlib import Path

import numpy as np
import pytest

from assistant.bench.clips import Clip
from assistant.bench.latency import _row
from assistant.bench.play import Take, played
from assistant.bench.through import through_loop
from assistant.config import load
from assistant.hear.listen import Listener
from assistant.stages import Stages
from assistant.testing import (
    FakeActor,
    FakeRouter,
    FakeTranscriber,
    FakeVoice,
    ScriptedVad,
    ScriptedWake,
)
from assistant.types import LOOP_RATE, Intent, Reply, Transcript
from assistant.worker import Worker
from tests.bench.conftest import tone
from tests.speaking import silence

TIME = Intent("clock.time", {}, "templates", 1.0, "matched")


@pytest.fixture
def stages():
    """stages("time", "x"): scripted ones that will hear these; or another transcriber."""
    workers = []

    def make(*texts, transcriber=None):
        workers.append(Worker("stt", lambda: transcriber or FakeTranscriber(texts)))
        workers.append(Worker("act", lambda: FakeActor({"clock.time": Reply("It is noon.", "en")})))
        workers.append(Worker("tts", FakeVoice))
        stt, act, tts = workers
        return Stages(stt, FakeRouter({"time": TIME}), act, None, {"en": tts}, lambda _: [])

    yield make
    for worker in workers:
        worker.close()


def config(*changes):
    return load(["wake.word=none", "endpoint.trailing_silence=0.3", *changes]).config


def ears(settings):
    return Listener(settings, None, ScriptedVad())


def clip(name="1.wav"):
    return Clip(Path(name), "a", "en", "words")


def test_each_clip_is_played_when_the_one_before_was_answered(stages):
    said = np.concatenate([silence(0.1), tone(0.4)])
    settings = config()
    takes = [Take(said, len(said)) for _ in range(2)]
    done = list(played(settings, stages("time", "time"), ears(settings), takes))
    assert done == takes
    first, second = (_row(clip(), "ours", take) for take in done)
    for row in (first, second):
        assert (row.outcome, row.function, row.text) == ("answered", "clock.time", "time")
        assert row.first_audio >= 0.3  # no reply before the closing silence
        assert row.first_audio == pytest.approx(row.first_audio_traced, abs=0.05)
        assert row.stages["endpoint"] >= 0.3
        assert not row.cut_off
    assert done[1].began > done[0].turns[-1][1]


def test_a_command_that_is_cut_off_is_noticed(stages):
    said = np.concatenate([tone(0.4), silence(0.8), tone(0.4)])
    settings = config()
    [take] = played(settings, stages("time", "time"), ears(settings), [Take(said, len(said))])
    row = _row(clip(), "ours", take)
    assert row.cut_off
    assert row.text == "time | time"


class LongOnes:
    """A transcriber that finds words in what is over a second long."""

    def transcribe(self, utterance):
        text = "time" if utterance.seconds > 1 else ""
        return Transcript(text, "en", 0.9, 0.1, utterance.seconds, "" if text else "no words")


def test_a_click_before_the_command_is_no_command(stages):
    said = np.concatenate([tone(0.25), silence(0.8), tone(1.2)])
    settings = config()
    scripted = stages(transcriber=LongOnes())
    [take] = played(settings, scripted, ears(settings), [Take(said, len(said))])
    assert [turn.outcome for turn, _ in take.turns] == ["unheard", "answered"]
    assert not _row(clip(), "ours", take).cut_off


def test_a_clip_in_which_nothing_is_heard_does_not_hold_up_the_next(stages):
    settings = config()
    takes = [Take(silence(0.2), 0), Take(tone(0.4), round(0.4 * LOOP_RATE))]
    done = list(played(settings, stages("time"), ears(settings), takes))
    rows = [_row(clip(), "ours", take) for take in done]
    assert [row.outcome for row in rows] == ["nothing heard", "answered"]
    assert rows[0].first_audio is None


def test_leaving_early_ends_the_loop(stages):
    """An interrupt; the fixture that looks for threads left behind does the rest."""
    settings = config()
    takes = [Take(tone(0.4), round(0.4 * LOOP_RATE)) for _ in range(50)]
    playing = played(settings, stages(*["time"] * 50), ears(settings), takes)
    next(playing)
    playing.close()


def test_what_breaks_in_the_loop_is_raised(stages):
    settings = config()

    class Broken(ScriptedVad):
        def probability(self, frame):
            raise RuntimeError("a broken ear")

    playing = played(
        settings, stages(), Listener(settings, None, Broken()), [Take(tone(0.4), 6400)]
    )
    with pytest.raises(RuntimeError, match="a broken ear"):
        list(playing)


class Others:
    """A contest without engines: the others hear how long an utterance is."""

    def others(self, samples):
        return {"stock": f"{len(samples) / LOOP_RATE:.0f} s"}


def test_through_the_loop_as_fast_as_it_goes(stages):
    settings = config()
    said = np.concatenate([tone(1.0), silence(0.8), tone(2.0), silence(0.8)])
    scripted = stages("time", "")
    happened = through_loop(settings, scripted, ears(settings), said, Others())
    assert [turn.outcome for turn in happened.turns] == ["answered", "unheard"]
    assert happened.turns[0].route == TIME
    assert [others["stock"] for others in happened.beside] == ["1 s", "3 s"]
    assert happened.wakes == 0


def test_wakes_are_counted(stages):
    settings = config("wake.word=alexa")
    listener = Listener(settings, ScriptedWake([1 * LOOP_RATE, 9 * LOOP_RATE]), ScriptedVad())
    happened = through_loop(settings, stages(), listener, silence(11))
    assert happened.wakes == 2
    assert happened.turns == ()
