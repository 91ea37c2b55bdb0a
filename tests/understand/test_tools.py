"""The language model chooses a function: what it is offered, and what is believed of it."""

import datetime as dt

import pytest

from assistant.stages import Chosen
from assistant.testing import FakeChooser
from assistant.types import Intent
from assistant.understand.grammar import compile_grammar
from assistant.understand.step import Given
from assistant.understand.tools import OFFERED, Tools
from assistant.worker import Cancel
from tests.understand.conftest import NOW
from tests.understand.test_sentences import Told

TIMER = Told("timer.start", {"en": ["set a timer for {length} [called {name}]"]},
             {"length": dt.timedelta, "name": str})  # fmt: skip
LAMP = Told("lamp.off", {"en": ["switch the lamp off"]})


def look(chooser, text, *functions, cancel=None):
    step = Tools(compile_grammar(functions, "en"), chooser, lambda: NOW, None)
    return step.look(Given(text, "en", cancel=cancel or Cancel()))


def test_its_choice_is_taken_and_its_values_are_parsed_here():
    text = "i am boiling eggs so a timer of ten minutes is what we use"
    chosen = Chosen("timer.start", {"length": "nine hours", "name": "eggs"}, 0.9)
    found = look(FakeChooser({text: chosen}), text, TIMER, LAMP)
    assert isinstance(found.route, Intent)
    assert found.route.stage == "tools"
    assert found.route.slots == {"length": dt.timedelta(minutes=10), "name": "eggs"}
    assert found.score == 0.9


def test_words_that_were_not_said_are_not_believed():
    text = "a timer of ten minutes"
    chosen = Chosen("timer.start", {"name": "lasagne"}, 0.9)
    assert "name" not in look(FakeChooser({text: chosen}), text, TIMER).route.slots


@pytest.mark.parametrize(
    ("text", "chosen", "why"),
    [
        ("the lamp is too bright", Chosen("lamp.off", {}, 0.3), "is not sure"),
        ("put the lamp on", Chosen("lamp.off", {}, 0.9), "the contrary"),
        ("the lamp at ten percent", Chosen("lamp.off", {}, 0.9), "no place for a value"),
        ("the lamp is too bright", Chosen(None, {}, 0.9), "none of the functions"),
        ("the lamp is too bright", Chosen("rocket.start", {}, 0.9), "none of the functions"),
    ],
)
def test_what_is_not_believed(text, chosen, why):
    found = look(FakeChooser({text: chosen}), text, LAMP)
    assert found.route is None
    assert why in found.reason


def test_a_dangerous_function_wants_its_own_words():
    danger = Told("power.off", {"en": ["shut the computer down"]})
    danger.dangerous = True
    text = "the computer can go down"
    found = look(FakeChooser({text: Chosen("power.off", {}, 0.99)}), text, danger)
    assert found.route is None


def test_only_functions_with_words_of_the_sentence_are_offered():
    chooser = FakeChooser({})
    look(chooser, "this lamp is too bright", TIMER, LAMP)
    assert chooser.offered == [["lamp.off"]]
    look(chooser, "who wrote hamlet", TIMER, LAMP)
    assert len(chooser.offered) == 1  # nobody was asked


def test_few_are_offered():
    many = [Told(f"lamp.n{n}", {"en": [f"lamp number {n}"]}) for n in range(30)]
    chooser = FakeChooser({})
    look(chooser, "this lamp is too bright", *many)
    assert len(chooser.offered[0]) == OFFERED


def test_a_cancelled_turn_chooses_nothing():
    cancel = Cancel()
    cancel.set()
    text = "the lamp is too bright"
    chooser = FakeChooser({text: Chosen("lamp.off", {}, 0.9)})
    assert look(chooser, text, LAMP, cancel=cancel).route is None


def test_a_model_that_is_missing_costs_only_this_step():
    class Broken:
        def choose(self, text, tools, *, language, cancel):
            raise RuntimeError("secret")

    found = look(Broken(), "the lamp is too bright", LAMP)
    assert found.route is None
    assert "secret" not in found.reason
