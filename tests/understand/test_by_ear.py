"""Near sentences, told apart by the recognizer's own opinion of them."""

import pytest

from assistant.types import Choice, Intent, Question
from assistant.understand.by_ear import as_written


@pytest.fixture
def heard(with_coffee):
    """heard(text, {word: score}) -> the route, where sentences with a word fit the sound so well;
    what was heard itself fits by -0.5, anything else by -9."""

    def route(text, fits):
        def ear(texts):
            assert texts[0] == text
            best = [max([s for word, s in fits.items() if word in t], default=-9.0) for t in texts]
            return [-0.5, *best[1:]]

        return with_coffee.route(text, "en", ear)

    return route


LATTE_CREAM = "Can I have a dark roast triple shot mocha with sugar and latte cream?"


def test_what_fits_the_sound_is_meant(heard):
    route = heard(LATTE_CREAM, {"lots of cream": -0.7, "little cream": -1.9})
    assert isinstance(route, Intent)
    assert (route.stage, route.slots["milkAmount"]) == ("by ear", "lots of cream")


@pytest.mark.parametrize(
    "fits",
    [
        {"lots of cream": -0.7, "little cream": -0.8},  # two that fit alike
        {"lots of cream": -2.1},  # none that fits as what was heard does
        {},
    ],
    ids=str,
)
def test_in_doubt_it_is_left_alone(heard, fits):
    assert not isinstance(heard(LATTE_CREAM, fits), Intent)  # at most it is asked


def test_what_was_typed_has_no_sound(with_coffee):
    route = with_coffee.route(LATTE_CREAM, "en")
    assert isinstance(route, Choice)
    assert {"lots of cream", "a little cream"} <= {o.slots["milkAmount"] for o in route.options}


def test_nothing_near_asks_nobody(with_coffee):
    def ear(texts):
        raise AssertionError("asked")

    assert isinstance(with_coffee.route("why is the sky blue", "en", ear), Question)


def test_a_cancelled_turn_gives_no_opinion(with_coffee):
    assert not isinstance(with_coffee.route(LATTE_CREAM, "en", lambda texts: []), Intent)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Can I have a large latte?", "a sentence"),
        ("Set a timer for ten minutes.", "a sentence"),
        ("Can I have a large light rose latte?", "by sound"),
        ("Can I have a large latte with a lot of soy?", "nearly"),
        ("Can I have a large double shot darkness, I smoke out?", "nearly"),
        ("Stop.", "no"),  # a word is soon found in noise
        ("Why do cats purr?", "no"),
        ("The absence of detailed reference is perfectly natural.", "no"),
        ("", "no"),
    ],
)
def test_which_sentences_are_expected(with_coffee, text, expected):
    assert with_coffee.expects(text, "en") == expected
    assert with_coffee.expects(text, "fr") == "no"


def test_the_sentence_that_a_text_sounds_like(with_coffee):
    heard = "Can I have a large light rose latte?"
    assert with_coffee.corrects(heard, "en") == "Can I have a large light roast latte?"
    assert with_coffee.corrects("Why do cats purr?", "en") == ""
    assert with_coffee.corrects(heard, "fr") == ""


def test_a_sentence_is_scored_as_it_would_be_written():
    assert as_written("can i have a latte", "Can I have a ladder?") == "Can I have a latte?"
    assert as_written("stop", "shop") == "Stop."
    assert as_written("a large latte", "I'd like a large ladder.") == "I'd like a large latte."
    assert as_written("qué hora es", "¿Qué hora eso?") == "¿Qué hora es?"


def test_what_fits_nothing_is_not_meant(with_coffee):
    """However badly what was heard freely fits, too: it was noise."""

    def fits(best):
        return lambda texts: [-2.0, *[best if "lots of cream" in t else -9 for t in texts[1:]]]

    assert isinstance(with_coffee.route(LATTE_CREAM, "en", fits(-2.3)), Intent)
    assert not isinstance(with_coffee.route(LATTE_CREAM, "en", fits(-2.7)), Intent)
