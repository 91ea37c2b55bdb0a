"""Words that were heard and must not be lost, whatever else a sentence sounds like."""

import pytest

from assistant.types import Intent
from assistant.understand.filling import Filler
from assistant.understand.later import later
from assistant.understand.normalize import words
from assistant.understand.opposites import one_way
from tests.understand.conftest import NOW
from tests.understand.test_sentences import Told

LOST = [
    ("en", "set a timer for 20", "home.set_temperature"),
    ("en", "set the timer to 15", "home.set_temperature"),
    ("en", "turn the heating up ten degrees", "home.set_temperature"),
    ("en", "could you maybe dim the living room a bit", "home.brightness"),
    ("en", "make the living room brighter please", "home.brightness"),
    ("en", "cancel that one", "lists.remove"),
    ("en", "cancel the first one", "lists.remove"),
    ("en", "delete the bank one", "lists.remove"),
    ("en", "delete the last one", "lists.remove"),
    ("en", "actually make that 6", "home.set_temperature"),
    ("en", "another one at 10", "later.add"),
    ("es", "quita el último", "lists.remove"),
    ("es", "borra el segundo", "lists.remove"),
    ("es", "otra a las diez", "later.add"),
]
KEPT = [
    ("en", "set a time for ten minutes", "timers.start"),
    ("en", "turn the living room lights down a little", "home.dim"),
    ("en", "turn down the lights in the living room a bit", "home.dim"),
    ("en", "delete the first one on my list", "lists.remove"),
    ("en", "delete the last item", "lists.remove"),
    ("es", "quita el último de la lista", "lists.remove"),
    ("es", "cancela todos los temporizadoras", "timers.cancel_all"),
]


@pytest.mark.parametrize(("language", "text", "function"), LOST)
def test_what_was_heard_is_not_lost(cascade, language, text, function):
    route = cascade.route(text, language)
    assert not (isinstance(route, Intent) and route.function == function), route


@pytest.mark.parametrize(("language", "text", "function"), KEPT)
def test_what_is_only_misheard_is_understood(cascade, language, text, function):
    route = cascade.route(text, language)
    assert isinstance(route, Intent), route
    assert route.function == function


def test_a_word_that_sounds_the_same_may_have_been_another(with_coffee):
    route = with_coffee.route("Blue a small latte.", "en")
    assert isinstance(route, Intent), route
    assert route.slots == {"size": "small", "coffeeDrink": "latte"}


def test_a_list_is_emptied_by_its_own_words_only(functions):
    own = {f.name: f.own_words for f in functions if f.name in {"lists.clear", "lists.delete"}}
    assert own == {"lists.clear": True, "lists.delete": True}


def test_each_way_that_was_said_must_stay():
    said = "turn the heating up ten degrees".split()
    assert not one_way(said, "turn the heating to ten degrees".split(), "en", frozenset())
    assert one_way(said, "raise the heating ten degrees".split(), "en", frozenset())
    assert one_way(["on", "ten"], ["for", "ten"], "en", frozenset({"on"}))


@pytest.mark.parametrize(
    ("text", "named"),
    [("actually make that 6", False), ("make it 6", False), ("put the oven at 6", True)],
)
def test_a_value_alone_names_no_function(text, named):
    oven = Told("oven.set", {"en": ["make [it] {degrees}", "set the oven to {degrees} degrees"]},
                {"degrees": int})  # fmt: skip
    filled = Filler(oven, "en").fill(words(text, "en"), lambda: NOW)
    assert filled.slots == {"degrees": 6}
    assert filled.named is named


@pytest.mark.parametrize("text", ["another one at 10", "one more at 10", "another at 10"])
def test_another_one_is_no_command_for_later(text):
    def match(command):
        return Intent("media.next", {}, "templates", 1.0, command)

    assert later(text, "en", NOW, match) is None
    assert later("next track at 10", "en", NOW, match).slots["command"] == "next track"


def test_one_alone_is_no_number_by_sound(cascade):
    near = [c.text for c in cascade.candidates("could you maybe dim the hall a bit", "en")]
    assert not any(text.endswith(("hall a", "hall one")) for text in near)
