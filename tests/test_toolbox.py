"""What a language model is offered of the functions, and what is believed of what it writes."""

import datetime as dt

import pytest

from assistant import config
from assistant.assemble import Engines
from assistant.stages import Call
from assistant.toolbox import OFFERED, FunctionsOfDevice
from assistant.types import Intent
from tests.bus import no_buses  # noqa: F401 - a fixture


@pytest.fixture(scope="module")
def engines():
    settings = ["trace.enabled=false", "language=auto", "route.nearest_en=none"]
    with Engines(config.load(settings).config) as made:
        made.ready()
        yield made


@pytest.fixture
def box(engines, no_buses):  # noqa: F811
    return FunctionsOfDevice(engines.functions, engines._router)


def names(box, text, language="en"):
    return [tool.name for tool in box.offered(text, language)]


def test_each_part_of_a_sentence_finds_its_own(box):
    offered = names(box, "let a timer run for five minutes and add butter to the list too")
    assert "timers.start" in offered and "lists.add" in offered
    assert len(offered) <= OFFERED
    offered = names(box, "pon un temporizador de cinco minutos y añade leche a la lista", "es")
    assert "timers.start" in offered and "lists.add" in offered


def test_what_no_function_is_about_is_offered_none(box):
    assert names(box, "who painted the mona lisa") == []


def test_documents_are_read_out_by_no_model(engines):
    near = {"a": [("documents.search", 0.9), ("documents.ask", 0.9), ("clock.time", 0.8)]}
    box = FunctionsOfDevice(
        engines.functions, engines._router, near=lambda text, language: near[text]
    )
    assert names(box, "a") == ["clock.time"]
    call = Call("documents.search", (("about", "tires"),))
    assert box.intent(call, ["what do my documents say about tires"], "en") == (
        "there is no such function"
    )


def test_what_strangers_write_is_marked(engines):
    class Family:
        foreign = True

    class Function:
        name, sentences, slots, help, family = "rain.forecast", {"en": ("rain",)}, {}, {}, Family()

        def available(self):
            return True

    near = [("rain.forecast", 0.9), ("clock.time", 0.8)]
    box = FunctionsOfDevice(
        [*engines.functions, Function()], engines._router, near=lambda text, language: near
    )
    assert [tool.foreign for tool in box.offered("rain", "en")] == [True, False]


def test_the_nearest_come_first_and_what_is_nobody_s_question_gets_none(engines):
    near = {"a": [("clock.time", 0.8), (None, 0.7), ("clock.date", 0.2)], "b": [(None, 0.9)]}
    box = FunctionsOfDevice(
        engines.functions, engines._router, near=lambda text, language: near[text]
    )
    assert names(box, "a") == ["clock.time"]
    assert names(box, "b") == []


def test_a_value_is_what_its_words_say(box):
    said = "I am boiling eggs, so a timer of ten minutes is what we need"
    call = Call("timers.start", (("length", "10 minutes"), ("name", "eggs")), 0.9)
    intent = box.intent(call, [said], "en")
    assert isinstance(intent, Intent)
    assert (intent.function, intent.stage) == ("timers.start", "tools")
    assert intent.slots == {"length": dt.timedelta(minutes=10), "name": "eggs"}


def test_a_value_may_be_what_another_function_told(box):
    call = Call("timers.start", (("length", "9 minutes"),))
    assert isinstance(box.intent(call, ["as long as the pasta", "Pasta, 9 minutes."], "en"), Intent)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (Call("timers.start", (("length", "9 hours"),)), "nobody said length"),
        (Call("timers.start", (("length", "soon"),)), "nobody said length"),
        (Call("timers.start", (("length", "10 minutes"), ("name", "lasagne"))), "nobody said name"),
        (Call("timers.start", (("color", "10 minutes"),)), "nobody said color"),
        (Call("rocket.start"), "no such function"),
        (Call("timers.start", (("length", "10 minutes"),), 0.2), "not sure"),
        (Call("timers.resume"), "contrary"),
    ],
)
def test_what_is_not_believed(box, call, why):
    assert why in box.intent(call, ["pause the timer of ten minutes"], "en")


def test_a_dangerous_one_is_asked_about_and_not_called(engines, box):
    intent = box.intent(Call("memory.forget_all"), ["leave nothing in your memory"], "en")
    reply = engines.functions.act(intent, "leave nothing in your memory", "en")
    assert reply.listen_again and reply.asks is not None
