"""A command with talk around it: what is taken, and what is left alone."""

import pytest

from assistant.types import Intent
from assistant.understand.asides import Asides
from assistant.understand.step import Given

KNOWN = {
    "turn on the lights": 1.0,
    "turn off the lamp": 1.0,
    "play something happy": 0.7,
    "play a b c": 0.25,
    "apaga la luz": 1.0,
    "sube el volumen": 1.0,
    "make the screen warmer": 1.0,
    "drop that reminder": 1.0,
    "borra ese recordatorio": 1.0,
}


def match(text):
    score = KNOWN.get(text)
    return Intent("known", {}, "templates", score, "fits") if score else None


@pytest.mark.parametrize(
    ("language", "text", "command"),
    [
        ("en", "it's so dark in here turn on the lights", "turn on the lights"),
        ("en", "I can't see a thing, could you turn on the lights", "turn on the lights"),
        ("en", "I'm going to bed so please turn off the lamp", "turn off the lamp"),
        ("en", "turn on the lights so that I can read", "turn on the lights"),
        ("en", "turn off the lamp because we are leaving", "turn off the lamp"),
        ("en", "I feel sad so play something happy", "play something happy"),
        ("en", "my eyes hurt, make the screen warmer", "make the screen warmer"),
        ("en", "I already called mum, you can drop that reminder", "drop that reminder"),
        ("es", "ya llamé a mamá, borra ese recordatorio", "borra ese recordatorio"),
        ("es", "hay demasiada luz aquí, apaga la luz", "apaga la luz"),
        ("es", "sube el volumen que no oigo nada", "sube el volumen"),
        ("es", "está muy claro así que apaga la luz", "apaga la luz"),
    ],
)
def test_the_command_is_taken(language, text, command):
    route = Asides(match, language).look(Given(text, language)).route
    assert (route.function, route.stage, route.text) == ("known", "asides", command)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "turn on the lights"),  # the templates know it
        ("en", "when it is dark in here turn on the lights"),
        ("en", "it is nice of you to turn on the lights"),
        ("en", "it is you who turn on the lights"),
        ("en", "I am not sure you should turn on the lights"),
        ("en", "she told me it's dark so turn on the lights"),
        ("en", "I have thirty minutes turn on the lights"),  # a number is no reason
        ("en", "turn on the lights but I can read"),
        ("en", "turn on the lights because I want to turn off the lamp"),
        ("en", "turn on the lights if it is dark"),
        ("en", "I feel like it so play a b c"),  # too much of it is a name
        ("en", "the neighbours of ours turn on the lights"),
        ("es", "cuando hay mucha luz apaga la luz"),
        ("es", "dijo que hay mucha luz y apaga la luz"),
        ("es", "no quiero que se apaga la luz"),
    ],
)
def test_what_could_mean_something_else_is_left(language, text):
    assert Asides(match, language).look(Given(text, language)).route is None


def test_a_number_in_the_talk_leaves_it_alone():
    found = Asides(match, "en").look(Given("it is 30 degrees here turn off the lamp", "en"))
    assert found.route is None
