"""Word errors, accepted commands, percentiles."""

import statistics

import pytest
from hypothesis import given, strategies as st

from assistant.bench import scoring
from assistant.bench.scoring import (
    accepted,
    mean,
    package,
    per_hour,
    percent,
    percentile,
    word_errors,
)
from assistant.errors import ConfigError


def test_errors_are_counted_over_all_words():
    pairs = [("turn on the lamp", "turn on a lamp"), ("stop", "stop it"), ("ten apples", "")]
    counted = word_errors(pairs, "en")
    assert (counted.errors, counted.words) == (1 + 1 + 2, 4 + 1 + 2)
    assert counted.rate == pytest.approx(100 * 4 / 7)


def test_spelling_is_no_error():
    pairs = [("Twelve o'clock, please!", "12 o'clock please"), ("I'm here", "I am here")]
    assert word_errors(pairs, "en").rate == 0
    assert word_errors([("¿Qué hora es, señor?", "qué hora es señor")], "es").rate == 0


def test_accents_count_unless_they_are_ignored():
    pairs = [("ingrese su numero", "ingrese su número")]
    assert word_errors(pairs, "es").errors == 1
    assert word_errors(pairs, "es", accents=False).errors == 0


def test_words_where_nothing_was_said_are_errors():
    counted = word_errors([("", "thank you")], "en")
    assert (counted.errors, counted.words, counted.rate) == (2, 0, None)


@pytest.mark.parametrize(
    ("intent", "slots", "right"),
    [
        ("order", {"size": "12 ounce", "drink": "Latte"}, True),
        ("coffee.order", {"size": "twelve ounce", "drink": "latte", "roast": "dark"}, True),
        ("order", {"size": " Twelve  ounce", "drink": "latte"}, True),
        ("order", {"size": "sixteen ounce", "drink": "latte"}, False),
        ("order", {"drink": "latte"}, False),
        ("reorder", {"size": "twelve ounce", "drink": "latte"}, False),
        (None, {}, False),
    ],
)
def test_a_command_counts_when_intent_and_labelled_slots_are_equal(intent, slots, right):
    wanted = {"size": "twelve ounce", "drink": " latte"}
    assert accepted(intent, slots, "order", wanted, "en") is right


def test_an_intent_without_slots():
    assert accepted("timers.cancel", {}, "cancel", {}, "es")


@given(st.lists(st.floats(-1e6, 1e6), min_size=2))
def test_percentiles_lie_between_neighbours(values):
    assert percentile(values, 0) == min(values)
    assert percentile(values, 1) == max(values)
    assert percentile(values, 0.5) == pytest.approx(statistics.median(values))


def test_percentile_by_proportion():
    assert percentile([3.0, 1.0, 2.0, 4.0, 5.0], 0.95) == pytest.approx(4.8)


def test_nothing_to_count():
    assert percentile([], 0.5) is None
    assert mean([]) is None
    assert percent(0, 0) is None
    assert per_hour(3, 0) is None
    assert per_hour(3, 1800) == 6


def test_a_package_that_is_missing():
    with pytest.raises(ConfigError, match=r"needs the package no-such-thing\. Install it with"):
        package("no_such_thing.part")
    assert scoring.normaliser("en") is scoring.normaliser("en")
