""" "Five to eight": one time in a command that names a moment, a range everywhere else."""

import datetime as dt

import pytest

from assistant.understand.normalize import words
from assistant.understand.values import every_value

NOW = dt.datetime(2026, 11, 26, 6, 0, tzinfo=dt.UTC)


def times(text):
    found = every_value(words(text, "en"), "en", NOW)
    read = (span.readings.get(dt.datetime) for span in found)
    return {(moment.hour, moment.minute) for moment in read if moment is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set an alarm for five to eight", (7, 55)),
        ("set an alarm for 5 to 8", (7, 55)),
        ("wake me at ten to eight", (7, 50)),
        ("wake me at twenty to eight", (7, 40)),
    ],
)
def test_minutes_before_an_hour(text, expected):
    assert expected in times(text)


@pytest.mark.parametrize("text", ["move the alarm from five to eight", "keep five to eight free"])
def test_a_range_is_none(text):
    assert (7, 55) not in times(text)
