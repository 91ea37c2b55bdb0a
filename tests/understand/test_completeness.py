"""How long a pause must end a command: whether more words could follow."""

import random

import pytest

from assistant.dialogue import Machine
from assistant.types import Intent, Said

TABLE = {
    "en": {
        "complete": [
            "set the volume to fifty percent",
            "Set the volume to 50%, please.",
            "unmute the speakers",
            "thank you",
        ],
        "extendable": [
            "set a timer for ten minutes",
            "turn it up",
            "mute",
            "stop",
            "set the volume to fifty",
            "a large coffee with milk",
            "latte",
        ],
        "unfinished": [
            "set a timer for",
            "set a timer for twenty",
            "set a timer for half an",
            "wake me at half past",
            "a large coffee with",
            "a twelve",
            "can I have a",
            "could you",
            "please",
            "cancel the",
            "what time",
        ],
        "unknown": ["", "what is the capital of france", "the weather", "my brother lives in"],
    },
    "es": {
        "complete": ["pon el volumen al cincuenta por ciento"],
        "extendable": [
            "cancela todos los temporizadores",
            "pon un temporizador de diez minutos",
            "pon el volumen al cincuenta",
        ],
        "unfinished": [
            "pon un temporizador de",
            "sube el",
            "por favor",
            "pon un temporizador de media",
        ],
        "unknown": ["cuál es la capital de francia"],
    },
}


@pytest.mark.parametrize(
    ("language", "expected", "text"),
    [(k, e, t) for k, rows in TABLE.items() for e, texts in rows.items() for t in texts],
)
def test_completeness(with_coffee, language, expected, text):
    assert with_coffee.completeness(text, language) == expected


def test_what_is_understood_is_whole_and_its_beginnings_are_known(with_coffee):
    """For the examples of all functions: never "unknown" on the way to a sentence."""
    chance = random.Random(2)
    orders = with_coffee.examples("en", 12)
    for text in chance.sample(orders, 6):
        words = text.split()
        assert isinstance(with_coffee.route(text, "en"), Intent)
        assert with_coffee.completeness(text, "en") in ("complete", "extendable")
        for n in range(1, len(words)):
            assert with_coffee.completeness(" ".join(words[:n]), "en") != "unknown", words[:n]


def test_a_misheard_command_is_as_whole_as_what_was_meant(with_coffee):
    assert with_coffee.completeness("large drip coffee with light rose", "en") == "extendable"
    assert with_coffee.completeness("thank you berry much", "en") == "complete"


def test_an_unknown_language_is_other(with_coffee):
    assert with_coffee.completeness("wie spät ist es", "de") == "unknown"


def test_how_familiar_a_text_is(with_coffee):
    reader = with_coffee._made().readers["en"]
    assert reader.familiar("Set a timer for ten minutes.") == 1
    assert reader.familiar("I'd like an espresso with lots of home.") > 0.6
    assert reader.familiar("latte volume battery espresso timer") < 0.3  # words of ours
    assert reader.familiar("colourless green ideas sleep furiously") == 0
    assert reader.familiar("") == 0


def test_an_and_within_one_command(with_coffee):
    """ "Milk and sugar": what stands before it is an order too, and the sugar alone is none."""
    text = "May I have a dark roast, large coffee with soy milk and lots of sugar?"
    assert Machine().completeness(Said(text, "en", 0.0), with_coffee) == "extendable"
