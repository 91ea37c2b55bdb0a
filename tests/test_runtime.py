"""The loop on scripted stages: threads, the inbox, cancelling, alarms, devices that go."""

import threading
import time

import numpy as np
import pytest

from assistant.config import load
from assistant.errands import Errand
from assistant.errors import AudioDeviceError
from assistant.hear.listen import Listener
from assistant.runtime import Runtime
from assistant.stages import Stages
from assistant.testing import (
    FakeActor,
    FakeRouter,
    FakeThinker,
    FakeTranscriber,
    FakeVoice,
    RecordingSink,
    ScriptedSource,
    ScriptedVad,
    ScriptedVerifier,
    ScriptedWake,
)
from assistant.trace import TraceLog
from assistant.types import LOOP_RATE, Announcement, Intent, Question, Reply, Typed
from assistant.worker import Worker

TIME = Intent("clock.time", {}, "templates", 1.0, "matched")
PATIENCE = 60
"""Seconds; a busy machine is no failure."""


def sound(*parts):
    return np.concatenate([np.full(round(s * LOOP_RATE), level, np.int16) for s, level in parts])


COMMAND = sound((0.5, 0), (1, 9000), (1, 0))


class Loop:
    def __init__(
        self,
        texts,
        *,
        sources,
        wake_at=(0.4,),
        pace=0.0,
        alarms=None,
        trace=None,
        patient=False,
        second_looks=None,
    ):
        config = load().config
        self.events, self.sink = [], RecordingSink(pace)
        self.workers = [
            Worker("stt", lambda: FakeTranscriber(texts)),
            Worker("act", lambda: FakeActor({"clock.time": Reply("It is noon.", "en")})),
            Worker("llm", lambda: FakeThinker(["Because."])),
            Worker("tts", FakeVoice),
        ]
        stt, act, llm, tts = self.workers
        if second_looks is not None:
            self.workers.append(Worker("verify", lambda: ScriptedVerifier(second_looks)))
        stages = Stages(
            stt,
            FakeRouter({"time": TIME}),
            act,
            llm,
            {"en": tts},
            lambda _: [],
            verifier=self.workers[4] if second_looks is not None else None,
        )
        detector = ScriptedWake([round(t * LOOP_RATE) for t in wake_at])
        self.sources = list(sources)
        self.runtime = Runtime(
            config,
            stages,
            Listener(config, detector, ScriptedVad()),
            self._open,
            self.sink,
            alarms=alarms,
            trace=trace,
            patient=patient,
            on_event=self.events.append,
        )

    def _open(self):
        source = self.sources.pop(0)
        if isinstance(source, Exception):
            raise source
        return source

    def run(self):
        try:
            self.runtime.run()
        finally:
            for worker in self.workers:
                worker.close()
        return self

    @property
    def turns(self):
        return [e.turn for e in self.events if e.kind == "idle"]

    def kinds(self):
        return [e.kind for e in self.events]

    def wait_for(self, kind):
        self.until(lambda: kind in self.kinds())

    def until(self, true):
        deadline = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < deadline, self.kinds()
            time.sleep(0.005)


def test_a_file_is_heard_to_its_end(tmp_path):
    log = TraceLog(load().config.trace, tmp_path / "trace")
    loop = Loop(["time"], sources=[ScriptedSource(COMMAND)], trace=log).run()
    assert [t.reply_text for t in loop.turns] == ["It is noon."]
    assert loop.kinds()[:3] == ["ready", "awake", "listening"]
    assert [t.id for t in log.read(9)] == [loop.turns[0].trace.id]


def test_two_commands_in_one_stream():
    stream = np.concatenate([COMMAND, COMMAND])
    source = ScriptedSource(stream)
    loop = Loop(["time", "why"], sources=[source], wake_at=(0.4, 2.9), patient=True).run()
    assert [t.reply_text for t in loop.turns] == ["It is noon.", "Because."]


def test_a_word_of_the_governor_is_said_after_the_turn_and_once():
    source = ScriptedSource(np.concatenate([COMMAND, COMMAND]))
    loop = Loop(["time", "time"], sources=[source], wake_at=(0.4, 2.9), patient=True)
    words = [Announcement(Reply("By the way, the battery is low.", "en"), key="governor")]
    loop.runtime._rest.word = lambda: words.pop() if words else None
    loop.run()
    replies = [t.reply_text for t in loop.turns]
    assert replies == ["It is noon.", "By the way, the battery is low.", "It is noon."]


def test_nobody_speaks_after_the_wake_word():
    loop = Loop([], sources=[ScriptedSource(sound((8, 0)))]).run()
    assert "nothing said" in loop.kinds()
    assert loop.turns == []
    assert len(loop.sink.played) == 1  # the chime


def test_the_wake_word_interrupts_a_turn():
    release = threading.Event()

    class Late(ScriptedSource):
        """The second wake word comes while the first reply is being said."""

        def read(self):
            if self._position >= len(COMMAND):
                release.wait(PATIENCE)
            return super().read()

    stream = np.concatenate([COMMAND, COMMAND])
    loop = Loop(["time", "time"], sources=[Late(stream)], wake_at=(0.4, 2.9), pace=600.0)
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("saying")
    release.set()
    loop.until(lambda: loop.turns)
    assert loop.turns[0].outcome == "cancelled"
    assert loop.sink.stopped >= 1
    loop.runtime.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_stopping_ends_everything_promptly():
    hold = threading.Event()
    loop = Loop(["time"], sources=[ScriptedSource(COMMAND, hold=hold)], pace=1000.0)
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("saying")
    loop.runtime.stop()
    hold.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert [turn.outcome for turn in loop.turns] == ["cancelled"]


def test_no_microphone_at_the_start_is_an_error():
    with pytest.raises(AudioDeviceError, match="no microphone"):
        Loop([], sources=[AudioDeviceError("no microphone")]).run()


def test_a_microphone_that_goes_is_opened_again(monkeypatch):
    monkeypatch.setattr("assistant.reopening.SOON", 0.01)

    class Unplugged(ScriptedSource):
        def read(self):
            raise AudioDeviceError("unplugged")

    sources = [Unplugged(COMMAND), AudioDeviceError("still gone"), ScriptedSource(COMMAND)]
    loop = Loop(["time"], sources=sources).run()
    assert [e.text for e in loop.events if e.kind == "degraded"] == ["unplugged", "still gone"]
    assert [t.outcome for t in loop.turns] == ["answered"]


def test_an_alarm_rings_speaks_and_then_listens():
    hold = threading.Event()

    class Due:
        def __init__(self):
            self.announcements = [Announcement(Reply("Pasta is done.", "en"), "alarm", "timer:1")]

        def wait(self, stop):
            if self.announcements:
                return [self.announcements.pop()]
            stop.wait(PATIENCE)
            return []

        def wake(self):
            pass

    loop = Loop([], sources=[ScriptedSource(sound((1, 0)), hold=hold)], wake_at=(), alarms=Due())
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("idle")
    assert loop.turns[0].reply_text == "Pasta is done."
    assert len(loop.sink.played) == 2  # the alarm and the sentence
    hold.set()
    thread.join(PATIENCE)


def test_a_command_for_later_is_carried_out_and_then_done():
    hold, done = threading.Event(), []
    due = Announcement(Reply("", "en"), key="command:7", command="time")

    class Due:
        announcements = (due,)

        def wait(self, stop):
            now, self.announcements = self.announcements, ()
            if not now:
                stop.wait(PATIENCE)
            return list(now)

        def wake(self):
            pass

        def done(self, announcement):
            done.append((announcement, [turn.reply_text for turn in loop.turns]))

    loop = Loop([], sources=[ScriptedSource(sound((1, 0)), hold=hold)], wake_at=(), alarms=Due())
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("idle")
    hold.set()
    thread.join(PATIENCE)
    assert done == [(due, ["It is noon."])]


def test_what_is_still_queued_at_the_end_is_left_and_not_marked():
    """A command for later, an errand and a timer wait while a call between two turns is made."""
    hold, told = threading.Event(), []
    due = Announcement(Reply("", "en"), key="command:7", command="time")

    class Due:
        def wait(self, stop):
            stop.wait(PATIENCE)
            return []

        def wake(self):
            pass

        def done(self, announcement):
            told.append(announcement)

        unfinished = done

    loop = Loop([], sources=[ScriptedSource(sound((1, 0)), hold=hold)], wake_at=(), alarms=Due())
    runtime, typed = loop.runtime, Errand(Typed("time", "en"))

    def ends():
        runtime._inbox.put(due)
        runtime.take(typed)
        runtime.stop()
        hold.set()

    runtime.take(Errand(ends))
    loop.run()
    assert (told, loop.turns) == ([], [])
    assert typed.done.cancelled()


def test_who_interrupts_an_alarm_may_ask_anything():
    """The wake word during the alarm opens the ears for good, not only for "stop"."""
    go = threading.Event()

    class Due:
        announcements = (Announcement(Reply("Pasta is done. " * 9, "en"), "alarm", "timer:1"),)

        def wait(self, stop):
            now, self.announcements = self.announcements, ()
            if not now:
                stop.wait(PATIENCE)
            return list(now)

        def wake(self):
            pass

    class Late(ScriptedSource):
        """Calls during the alarm, and asks when the alarm has been silenced."""

        def read(self):
            go.wait(PATIENCE)
            if self._position == round(0.45 * LOOP_RATE):
                loop.wait_for("idle")
                time.sleep(0.1)
            return super().read()

    loop = Loop(["why"], sources=[Late(COMMAND)], alarms=Due(), pace=30.0)
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("saying")
    go.set()
    loop.until(lambda: len(loop.turns) == 2)
    loop.runtime.stop()
    thread.join(PATIENCE)
    assert loop.turns[0].outcome == "cancelled"
    assert isinstance(loop.turns[1].route, Question)


def test_push_to_talk_hears_without_a_wake_word():
    hold, go = threading.Event(), threading.Event()

    class Waiting(ScriptedSource):
        def read(self):
            go.wait(PATIENCE)
            return super().read()

    loop = Loop(["time"], sources=[Waiting(COMMAND, hold=hold)], wake_at=())
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("ready")
    loop.runtime.listen()
    go.set()
    loop.wait_for("idle")
    assert loop.turns[0].reply_text == "It is noon."
    hold.set()
    thread.join(PATIENCE)


PAUSED_WITHIN = sound((0.5, 0), (1, 9000), (0.5, 0), (1, 9000), (2, 0))


@pytest.mark.parametrize(
    ("texts", "heard"),
    [
        (["time", "why"], ["It is noon.", "Because."]),  # complete: half a second ends it
        (["what", "what time"], ["Because."]),  # who knows: more was awaited, and came
    ],
)
def test_a_pause_ends_a_complete_command_sooner(texts, heard):
    source = ScriptedSource(PAUSED_WITHIN)
    loop = Loop(texts, sources=[source], wake_at=(0.4, 2.0), patient=True).run()
    assert [turn.reply_text for turn in loop.turns] == heard


def test_each_pause_is_understood_once():
    loop = Loop(["what", "time"], sources=[ScriptedSource(PAUSED_WITHIN)], patient=True).run()
    assert [e.text for e in loop.events if e.kind == "partial"] == ["what", "time"]
    assert [e.text for e in loop.events if e.kind == "heard"] == ["time"]
    assert [turn.reply_text for turn in loop.turns] == ["It is noon."]


@pytest.mark.parametrize("accepted", [True, False])
def test_the_second_look_decides_whether_it_is_for_us(accepted):
    score = 0.9 if accepted else 0.1
    loop = Loop(["time"], sources=[ScriptedSource(COMMAND)], second_looks=[score]).run()
    assert [turn.reply_text for turn in loop.turns] == (["It is noon."] if accepted else [])
    assert ("awake" in loop.kinds()) is accepted
    assert bool(loop.sink.played) is accepted


def test_what_is_taken_for_the_wake_word_by_mistake_stops_nobody():
    release = threading.Event()

    class Late(ScriptedSource):
        def read(self):
            if self._position >= len(COMMAND):
                release.wait(PATIENCE)
            return super().read()

    stream = np.concatenate([COMMAND, sound((0.5, 0), (1, 9000), (0.3, 0))])
    looks = [0.9, 0.1]
    loop = Loop(["time"], sources=[Late(stream)], wake_at=(0.4, 3.4), pace=2.0, second_looks=looks)
    thread = threading.Thread(target=loop.run)
    thread.start()
    loop.wait_for("saying")
    release.set()
    thread.join(PATIENCE)
    assert [turn.outcome for turn in loop.turns] == ["answered"]
    assert loop.kinds().count("awake") == 1


def test_who_only_called_is_still_listened_to():
    """The end of the wake word was taken for a command: what follows needs no second call."""
    stream = np.concatenate([COMMAND, COMMAND])
    loop = Loop(["", "", "time"], sources=[ScriptedSource(stream)], patient=True).run()
    assert [turn.reply_text for turn in loop.turns] == ["", "It is noon."]
