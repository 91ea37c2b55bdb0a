"""Whether somebody who said this is likely to go on."""

import pytest

from assistant.types import Said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turn on the kitchen light.", False),  # a recognizer ends whatever it heard so
        ("What time is it?", False),
        ("turn on the kitchen light and", True),
        ("Turn on the kitchen light, and", True),
        ("turn on the kitchen light and set a timer for", True),
        ("turn on the kitchen light and set a timer for ten minutes", False),
    ],
)
def test_a_full_stop_is_no_and(house, text, expected):
    talk = house()
    found = talk.machinery.completeness(Said(text, "en", 0.0), talk.router)
    assert (found == "unfinished") is expected
