"""A whole turn on scripted stages: every way through it, every way out of it."""

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from assistant.dialogue import Machine
from assistant.errors import FunctionError, ModelError
from assistant.stages import Stages
from assistant.testing import (
    FakeActor,
    FakeRouter,
    FakeThinker,
    FakeTranscriber,
    FakeVoice,
    RecordingSink,
)
from assistant.think.memory import Conversation
from assistant.turn import TurnUnderWay, run_turn
from assistant.types import Announcement, Confirm, Intent, Reply, Typed, Unheard, Utterance
from assistant.worker import Cancel, Worker

TIME = Intent("clock.time", {}, "templates", 1.0, "matched")


class Bench:
    """Stages for one test, with what came out of them."""

    def __init__(
        self,
        *,
        said=("what time is it",),
        routes=None,
        replies=None,
        answers=(),
        voice=None,
        **slow,
    ):
        self.sink = RecordingSink(pace=slow.get("pace", 0.0))
        self.events = []
        self.conversation = Conversation(3)
        routes = {"what time is it": TIME} if routes is None else routes
        replies = replies or {"clock.time": Reply("It is noon.", "en")}
        self.actor = FakeActor(replies, slow.get("act", 0), slow.get("ahead", ()))
        self.workers = {
            "stt": Worker("stt", lambda: FakeTranscriber(said, seconds=slow.get("stt", 0))),
            "act": Worker("act", lambda: self.actor),
            "llm": Worker("llm", lambda: FakeThinker(answers, seconds=slow.get("llm", 0.0))),
            "tts": Worker("tts", voice or FakeVoice),
        }
        self.stages = Stages(
            transcriber=self.workers["stt"],
            router=FakeRouter(routes),
            actor=self.workers["act"],
            thinker=self.workers["llm"],
            voices={"en": self.workers["tts"]},
            facts=lambda language: ["It is noon."],
        )

    def turn(self, said=None, cancel=None):
        said = said or Utterance(np.zeros(16_000, np.int16), "silence", time.monotonic() - 0.7)
        return run_turn(
            said, self.stages, self.sink, cancel or Cancel(), self.conversation, self.events.append
        )

    def begin(self):
        return TurnUnderWay(
            draft(), self.stages, self.sink, Cancel(), self.conversation, self.events.append
        )

    def kinds(self):
        return [e.kind for e in self.events]


@pytest.fixture
def bench():
    benches = []

    def make(**settings):
        benches.append(Bench(**settings))
        return benches[-1]

    yield make
    for made in benches:
        for worker in made.workers.values():
            worker.close()


def span(turn, stage):
    return next(s for s in turn.trace.spans if s.stage == stage)


def test_a_function_answers(bench):
    b = bench()
    turn = b.turn()
    assert (turn.outcome, turn.reply_text) == ("answered", "It is noon.")
    assert turn.route == TIME
    assert [s.stage for s in turn.trace.spans] == [
        "endpoint", "transcribe", "route", "act", "synthesize",
    ]  # fmt: skip
    assert turn.trace.first_audio_seconds >= 0.7  # from the end of speech on
    assert len(b.sink.played) == 1
    assert b.kinds() == ["transcribing", "heard", "routed", "saying", "idle"]


def test_an_open_question_is_answered_sentence_by_sentence(bench):
    b = bench(said=["why"], answers=["Because it is so. And that is all there is to say."])
    turn = b.turn()
    assert turn.outcome == "answered"
    assert turn.reply_text == "Because it is so. And that is all there is to say."
    assert len(b.sink.played) == 2
    assert span(turn, "think").detail["tokens"] > 0
    (exchange,) = b.conversation.history()
    assert (exchange.user, exchange.assistant) == ("why", turn.reply_text)


def test_speech_begins_before_the_answer_is_complete(bench):
    heard, patience = threading.Event(), time.monotonic() + 60

    class Waits(FakeThinker):
        """It writes no second sentence before the first one is said."""

        def answer(self, question, *, on_text, **more):
            def written(text):
                on_text(text)
                if text.endswith("more"):
                    heard.wait(max(0, patience - time.monotonic()))

            return super().answer(question, on_text=written, **more)

    b = bench(said=["why"])
    thinker = Worker("llm", lambda: Waits(["Because it is so. And more follows."]))
    b.workers["llm"].close()
    b.workers["llm"], b.stages = thinker, replace(b.stages, thinker=thinker)
    b.sink.play = lambda speech, play=b.sink.play: (play(speech), heard.set())[0]
    assert b.turn().outcome == "answered"
    assert time.monotonic() < patience
    assert len(b.sink.played) == 2


def test_silence_is_answered_with_silence(bench):
    b = bench(said=[""])
    turn = b.turn()
    assert (turn.outcome, turn.reply_text) == ("unheard", "")
    assert b.sink.played == []
    assert turn.trace.first_audio_seconds is None


def test_what_is_not_understood_is_said_so(bench):
    b = bench(said=["florble"], routes={"florble": Unheard("no function fits")})
    turn = b.turn()
    assert turn.outcome == "unheard"
    assert "did not understand" in turn.reply_text


def test_typed_text_needs_no_ears(bench):
    turn = bench(said=[]).turn(Typed("what time is it", "en"))
    assert turn.reply_text == "It is noon."
    assert turn.trace.kind == "text"


def test_an_announcement_takes_the_same_road(bench):
    b = bench()
    turn = b.turn(Announcement(Reply("Your pasta is done.", "en"), "alarm", "timer:1"))
    assert (turn.outcome, turn.reply_text) == ("answered", "Your pasta is done.")
    assert b.kinds() == ["announcing", "saying", "idle"]


def test_stop_drops_what_is_being_said(bench):
    b = bench(replies={"clock.time": Reply("", "en", stop_speaking=True)})
    turn = b.turn()
    assert turn.outcome == "answered"
    assert b.sink.stopped == 1


def test_a_reply_that_asks_listens_again(bench):
    b = bench(replies={"clock.time": Reply("Which one?", "en", listen_again=True)})
    assert b.turn().listen_again


@pytest.mark.parametrize(
    ("error", "spoken"),
    [
        (FunctionError("no", spoken={"en": "There is no clock."}), "There is no clock."),
        (ModelError("gone"), "Sorry, a model that I need for this is not installed."),
        (ZeroDivisionError(), "Sorry, something went wrong."),
    ],
)
def test_a_failing_function_costs_one_apology(bench, error, spoken):
    b = bench(replies={"clock.time": error})
    turn = b.turn()
    assert (turn.outcome, turn.reply_text) == ("failed", spoken)
    assert turn.trace.error
    assert len(b.sink.played) == 1


def test_what_failed_is_told_without_the_words_of_the_user(bench, caplog):
    b = bench(replies={"clock.time": ValueError("my secret eggs")})
    turn = b.turn()
    assert turn.trace.error.startswith("act: ValueError in engines.py, line ")
    assert "secret" not in caplog.text


def test_a_failing_recognizer_costs_one_apology(bench):
    turn = bench(said=[ModelError("the model is gone")]).turn()
    assert turn.outcome == "failed"
    assert turn.trace.error == "the model is gone"


def test_a_failing_voice_fails_in_silence(bench):
    def broken():
        raise ModelError("no voice")

    b = bench(voice=broken)
    turn = b.turn()
    assert turn.outcome == "failed"
    assert b.sink.played == []


def test_a_failing_language_model_costs_one_apology(bench):
    b = bench(said=["why"], answers=[ModelError("does not load")])
    turn = b.turn()
    assert turn.outcome == "failed"
    assert "not installed" in turn.reply_text


def test_a_language_model_that_says_nothing_is_not_an_answer(bench):
    turn = bench(said=["why"], answers=[""]).turn()
    assert turn.outcome == "failed"
    assert "no answer" in turn.reply_text


@pytest.mark.parametrize(
    "slow",
    [
        {"stt": "forever"},
        {"act": "forever"},
        {"pace": 1000.0, "replies": {"clock.time": Reply("A rather long sentence. " * 9, "en")}},
        {"said": ["why"], "answers": ["So it goes on and on. " * 50], "llm": 60.0},
    ],
    ids=["transcribing", "acting", "speaking", "thinking"],
)
def test_a_turn_that_is_cancelled_waits_for_no_stage(bench, slow):
    """How soon it ends is measured by `assistant bench`: here it does not wait for the end."""
    holds = [stage for stage, how in slow.items() if how == "forever"]
    b = bench(**{key: value for key, value in slow.items() if key not in holds})
    release, held = threading.Event(), threading.Event()
    for stage in holds:
        b.workers[stage].start(lambda _: held.set() or release.wait(60))
        assert held.wait(60)
    cancel = Cancel()
    timer = threading.Timer(0.25, cancel.set)
    timer.start()
    began = time.monotonic()
    turn = b.turn(cancel=cancel)
    assert time.monotonic() - began < 30
    timer.join()
    release.set()
    assert turn.outcome == "cancelled"


# -- prepared at a pause --------------------------------------------------------------------------


def draft():
    return Utterance(np.zeros(16_000, np.int16), "pause", time.monotonic() - 0.2, revision=1)


def test_what_was_prepared_is_not_done_again(bench):
    b = bench(ahead=["clock.time"])
    turn, said = b.begin(), draft()
    assert turn.prepare(said) == "complete"
    turn.go_ahead()
    assert (b.actor.done, b.sink.played, b.kinds()) == ([], [], ["transcribing", "partial"])
    done = turn.finish(said)
    assert (done.outcome, done.reply_text) == ("answered", "It is noon.")
    assert b.actor.done == ["clock.time"]
    assert b.kinds() == ["transcribing", "partial", "heard", "routed", "saying", "idle"]
    stages = [s.stage for s in done.trace.spans]
    assert sorted(stages) == sorted(set(stages))
    assert {"act ahead", "synthesize ahead", "endpoint", "act"} < set(stages)


def test_nothing_is_done_before_the_end_is_certain(bench):
    b = bench(ahead=["clock.time"])
    turn = b.begin()
    turn.prepare(draft())
    turn.go_ahead()
    assert (b.actor.done, b.sink.played, b.conversation.history()) == ([], [], [])


def test_a_function_that_cannot_be_prepared_is_run_in_the_end(bench):
    b = bench(ahead=[])
    turn, said = b.begin(), draft()
    turn.prepare(said)
    turn.go_ahead()
    assert b.actor.done == []
    assert turn.finish(said).outcome == "answered"
    assert b.actor.done == ["clock.time"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("set a timer", "extendable"), ("set a", "unfinished"), ("what", "unknown"), ("", "unknown")],
)
def test_whether_more_will_follow(bench, said, expected):
    timer = Intent("timers.start", {}, "templates", 1.0, "matched")
    routes = {"set a timer": timer, "set a timer for ten minutes": timer}
    replies = {"timers.start": Reply("Set.", "en")}
    assert bench(said=[said], routes=routes, replies=replies).begin().prepare(draft()) == expected


def test_where_no_words_were_heard_the_whole_is_heard_again(bench):
    b = bench(said=["", "what time is it"])
    turn, said = b.begin(), draft()
    assert turn.prepare(said) == "unknown"
    turn.go_ahead()
    assert turn.finish(said).reply_text == "It is noon."


def test_what_fails_while_preparing_is_tried_again(bench):
    b = bench(said=[ModelError("not yet"), "what time is it"])
    turn, said = b.begin(), draft()
    assert turn.prepare(said) == "unknown"
    turn.go_ahead()
    assert turn.finish(said).reply_text == "It is noon."


# -- what spans turns -----------------------------------------------------------------------------

WIPE = Intent("slate.wipe", {}, "templates", 1.0, "matched")
ASKS = Reply(
    "Shall I wipe it?", "en", listen_again=True, asks=Confirm((WIPE,), "wipe"), looked=True
)


class Careful(FakeActor):
    """It asks before it wipes."""

    def act(self, route, text, language, *, confirmed=False):
        if route == WIPE and not confirmed:
            return ASKS
        return super().act(route, text, language)


def careful(bench, *said, **more):
    b = bench(said=said, routes={"wipe": WIPE, "what time is it": TIME},
              replies={"slate.wipe": Reply("Clean.", "en"), "clock.time": Reply("Noon.", "en")},
              **more)  # fmt: skip
    b.actor = Careful(b.actor._replies, more.get("act", 0), more.get("ahead", ()))
    b.stages = replace(b.stages, dialogue=Machine())
    return b


def test_a_dangerous_function_waits_for_a_yes(bench):
    b = careful(bench, "wipe", "yes")
    asked = b.turn()
    assert (asked.outcome, asked.listen_again, b.actor.done) == ("answered", True, [])
    assert b.turn().reply_text == "Clean."
    assert b.actor.done == ["slate.wipe"]


@pytest.mark.parametrize("no", ["no", "never mind", "what time is it"])
def test_nothing_else_is_a_yes(bench, no):
    b = careful(bench, "wipe", no, "yes")
    for _ in range(3):
        b.turn()
    assert "slate.wipe" not in b.actor.done


def test_what_a_language_model_says_confirms_nothing(bench):
    b = careful(bench, "wipe", "why is that so", answers=["Yes. Yes, please do it. Yes."])
    b.turn()
    assert b.turn().reply_text.startswith("Yes.")
    assert b.actor.done == []


def test_an_alarm_in_between_closes_the_question(bench):
    b = careful(bench, "wipe", "yes")
    b.turn()
    b.turn(Announcement(Reply("Yes, your timer is done. Yes.", "en"), "alarm", "timer:1"))
    b.turn()
    assert b.actor.done == []


def test_a_command_that_was_left_for_later_confirms_nothing(bench):
    b = careful(bench, "wipe")
    b.turn()
    b.turn(Typed("yes", "en", by_hand=False))
    assert b.actor.done == []


def test_speech_that_began_while_we_spoke_confirms_nothing(bench):
    b = careful(bench, "wipe", "yes")
    before = time.monotonic()
    b.turn()
    sound, now = np.zeros(16_000, np.int16), time.monotonic()
    b.turn(Utterance(sound, "silence", now, speech_began_at=before))
    assert b.actor.done == []


def test_a_draft_that_is_thrown_away_changes_nothing(bench):
    b = careful(bench, "wipe", "yes", "what time is it")
    b.turn()
    b.begin().prepare(draft())  # "yes", and the speaker goes on
    assert b.actor.done == []
    b.begin().prepare(draft())
    assert b.stages.dialogue.asking


def test_a_question_that_is_cut_off_is_still_open(bench):
    b = careful(bench, "wipe", "yes", pace=15.0)
    cancel = Cancel()
    timer = threading.Timer(0.2, cancel.set)
    timer.start()
    assert b.turn(cancel=cancel).outcome == "cancelled"
    timer.join()
    b.sink.stop()  # as whoever cancels does
    b.turn()
    assert b.actor.done == ["slate.wipe"]


def test_what_was_said_is_told_to_the_functions(bench):
    b = careful(bench, "what time is it")
    b.turn()
    b.workers["act"].start(lambda _: None).result()
    assert b.actor.past.intents == (TIME,)


def test_the_trace_names_all_of_several(bench):
    b = careful(bench)
    turn = b.turn(Typed("what time is it and what time is it", "en"))
    assert turn.reply_text == "Noon. Noon."
    assert [part["function"] for part in turn.trace.route["parts"]] == ["clock.time"] * 2
    assert sum(s.stage == "act" for s in turn.trace.spans) == 2


# -- questions that are begun at a pause -------------------------------------------------------


def test_a_question_is_answered_from_the_pause_on(bench):
    b = bench(said=["why"], answers=["Because it is so."])
    turn = b.begin()
    assert turn.prepare(draft()) == "unknown"
    turn.go_ahead()
    b.workers["llm"].warm().result()  # it was asked before the question was over
    asked = b.workers["llm"].start(lambda thinker: list(thinker.asked)).result()
    assert asked == ["why"]
    assert b.sink.played == []
    done = turn.finish(draft())
    assert done.reply_text == "Because it is so."
    assert b.workers["llm"].start(lambda thinker: thinker.asked).result() == ["why"]
    assert span(done, "direct").detail["by"] == "model"


def test_what_was_told_answers_a_question_without_a_model(bench):
    from assistant.speak.sentences import split_stream
    from assistant.stages import Known
    from assistant.think.director import Director
    from assistant.types import Origin

    told = Known("You told me: so.", Origin("memory"))
    b = bench(said=["where is it"], answers=[ModelError("none")])
    director = Director({}, [], split_stream, sources=[lambda question, language: told])
    b.stages = replace(b.stages, director=director)
    turn = b.turn()
    assert (turn.outcome, turn.reply_text) == ("answered", "You told me: so.")
    assert b.workers["act"].start(lambda actor: actor.past).result().origin == told.origin


def test_what_is_no_question_is_answered_by_what_was_told(bench):
    from assistant.speak.sentences import split_stream
    from assistant.stages import Known
    from assistant.think.director import Director
    from assistant.types import Origin

    told = Known("You told me: so.", Origin("memory"))
    b = bench(said=["where"], routes={"where": Unheard("open questions are refused")})
    director = Director({}, [], split_stream, sources=[lambda question, language: told])
    b.stages = replace(b.stages, director=director)
    assert b.turn().reply_text == "You told me: so."
