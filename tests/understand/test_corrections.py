"""Corrections in the same breath, by what the sentence before and after it names."""

import pytest

from assistant.types import Intent
from assistant.understand.corrections import Corrections

SAID = {
    "set a timer for five minutes": ("timers.start", {"length": "5"}),
    "set a timer for six minutes": ("timers.start", {"length": "6"}),
    "turn on the light in the kitchen": ("home.turn_on", {"place": "kitchen"}),
    "turn on the light in the bedroom": ("home.turn_on", {"place": "bedroom"}),
    "remind me to tell him": ("reminders.add", {"what": "tell him"}),
    "remind me to tell me": ("reminders.add", {"what": "tell me"}),
    "pon la alarma a las seis": ("alarms.set", {"when": "6"}),
    "pon la alarma a las siete": ("alarms.set", {"when": "7"}),
}


def named(text):
    function, slots = SAID.get(text, ("", {}))
    return Intent(function, slots, "templates", 1.0, "fits") if function else None


def corrected(text, language="en"):
    return Corrections(named, lambda _, slot: slot == "what", language).corrected(text)


@pytest.mark.parametrize(
    "text",
    [
        "set a timer for five minutes, no, I mean six",
        "set a timer for five minutes, no, six minutes",
        "set a timer for five, sorry, six minutes",
        "set a timer for five no six minutes",
    ],
)
def test_another_number(text):
    meant = corrected(text)
    assert (meant.text, meant.slots) == ("set a timer for six minutes", {"length": "6"})


def test_another_place():
    assert corrected("turn on the light in the kitchen, I mean the bedroom").slots == {
        "place": "bedroom"
    }


def test_the_no_of_spanish_needs_its_comma():
    assert corrected("pon la alarma a las seis, no, a las siete", "es").slots == {"when": "7"}
    assert corrected("pon la alarma a las seis, perdón, a las siete", "es").slots == {"when": "7"}
    assert corrected("pon la alarma a las seis no a las siete", "es") is None  # "and not at seven"


@pytest.mark.parametrize(
    "text",
    [
        "remind me to tell him, no, I mean me",  # any words: nobody knows which
        "set a timer for five minutes",
        "set a timer for five minutes, no",
        "no, six",
        "set a timer for five minutes, no, the bedroom",
    ],
)
def test_nothing_to_correct(text):
    assert corrected(text) is None
