"""What was said, with its capitals and commas."""

import pytest

from assistant.handlers.wording import items, verbatim


@pytest.mark.parametrize(
    ("slot", "text", "said"),
    [
        ("buy joe's paint", "Take a note: buy Joe's paint!", "buy Joe's paint"),
        ("eggs milk and bread", "Add eggs, milk and bread to the list.", "eggs, milk and bread"),
        ("what is new", "note what's new, please", "what's new"),
        ("llamar a mamá", "Recuérdame llamar a Mamá", "llamar a Mamá"),
        ("not there at all", "something else", "not there at all"),
        ("", "anything", ""),
        ("10% off", "note 10% off", "10% off"),
    ],
)
def test_verbatim(slot, text, said):
    assert verbatim(slot, text) == said


@pytest.mark.parametrize(
    ("language", "text", "things"),
    [
        ("en", "eggs, milk and bread", ["eggs", "milk", "bread"]),
        ("en", "eggs, milk, and some bread", ["eggs", "milk", "bread"]),
        ("en", "two litres of milk", ["two litres of milk"]),
        ("en", "mac and cheese and a beer", ["mac and cheese and a beer"]),
        ("en", "the newspaper", ["newspaper"]),
        ("es", "huevos, leche y pan", ["huevos", "leche", "pan"]),
        ("es", "uvas e higos", ["uvas", "higos"]),
        ("es", "un kilo de patatas", ["kilo de patatas"]),
    ],
)
def test_items(language, text, things):
    assert items(text.lower().replace(",", ""), text, language) == things


def test_a_pattern_in_what_was_said_is_only_text():
    assert verbatim("a(b|c)*", "note a(b|c)* now") == "a(b|c)*"
