"""A question whose model is only being loaded: cancelled, the turn is over at once, and the model
is there for the next one."""

import threading
import time

import pytest

from assistant.speak.sentences import split_stream
from assistant.stages import Call, Stages, Tool
from assistant.testing import FakeActor, FakeRouter, FakeToolUser, FakeTranscriber, FakeVoice
from assistant.think.choosing import Able
from assistant.think.director import Director
from assistant.think.memory import Conversation
from assistant.turn import run_turn
from assistant.types import Intent, Typed
from assistant.worker import Cancel, Worker


class Box:
    def offered(self, text, language):
        return [Tool("timers.start", "set a timer", {})] if "egg" in text else []

    def intent(self, call, texts, language):
        return Intent(call.tool, {}, "tools", 1.0, "")


@pytest.fixture
def slow():
    """Loads when `gate` is set. (model, gate, loads)"""
    gate, loads = threading.Event(), []
    model = FakeToolUser([[Call("timers.start")]], ["Because it is so."])

    def load():
        loads.append(True)
        gate.wait(60)
        return model

    yield model, gate, loads, load
    gate.set()


@pytest.fixture
def ask(slow):
    *_, load = slow
    workers = {
        "hear": Worker("hear", lambda: FakeTranscriber([])),
        "act": Worker("act", lambda: FakeActor({})),
        "think": Worker("think", load),
        "speak": Worker("speak", FakeVoice),
    }
    known = [Able("m", ("en",), 1, calls=True)]
    director = Director(
        {"m": workers["think"]}, known, split_stream, free_mb=lambda: 1000, toolbox=Box()
    )
    stages = Stages(
        workers["hear"],
        FakeRouter({}),
        workers["act"],
        workers["think"],
        {"en": workers["speak"]},
        lambda _: [],
        director=director,
    )

    def ask(text, cancel):
        return run_turn(Typed(text, "en"), stages, None, cancel, Conversation(3))

    yield ask
    for worker in workers.values():
        worker.close()


@pytest.mark.parametrize("text", ["why?", "the eggs are in the pot"], ids=["answer", "functions"])
def test_the_turn_is_let_go_at_once_and_the_model_is_loaded_for_the_next(slow, ask, text):
    model, gate, loads, _ = slow
    cancel, set_at = Cancel(), []

    def stop():
        set_at.append(time.monotonic())
        cancel.set()

    timer = threading.Timer(0.2, stop)
    timer.start()
    turn = ask(text, cancel)
    ended = time.monotonic()
    timer.join()
    assert turn.outcome == "cancelled"
    assert ended - set_at[0] < 30  # how soon is measured by `assistant bench engine`
    assert loads == [True]  # it is still being loaded
    gate.set()
    again = ask("why so?", Cancel())
    assert (again.outcome, again.reply_text) == ("answered", "Because it is so.")
    assert loads == [True]  # once
    assert model.asked[-1] == "why so?"
