"""A time that is said instead of another, and one that a sentence has by itself."""

import datetime as dt

import pytest

from assistant.dialogue.times import has_time, in_its_place

OLD = dt.datetime(2025, 11, 23, 18, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "language", "new", "meant"),
    [
        # as they are read at 21:43 on the evening before
        ("seven", "en", (23, 7, 0), (23, 19, 0)),
        ("at eight thirty", "en", (23, 8, 30), (23, 20, 30)),
        ("a las siete", "es", (23, 7, 0), (23, 19, 0)),
        ("ten", "en", (22, 22, 0), (23, 22, 0)),
        ("seven in the morning", "en", (23, 7, 0), (23, 7, 0)),
        ("19:30", "en", (23, 19, 30), (23, 19, 30)),
        ("on monday at eight", "en", (24, 8, 0), (24, 8, 0)),
        ("tomorrow at seven", "en", (23, 7, 0), (23, 7, 0)),
        ("in ten minutes", "en", (22, 21, 53), (22, 21, 53)),
    ],
)
def test_it_is_of_the_same_day_and_half(text, language, new, meant):
    moments = [dt.datetime(2025, 11, *moment, tzinfo=dt.UTC) for moment in (new, meant)]
    assert in_its_place(moments[0], OLD, text, language) == moments[1]


def test_one_that_has_passed_by_then_is_the_next():
    old = dt.datetime(2025, 11, 22, 21, 0, tzinfo=dt.UTC)
    new = dt.datetime(2025, 11, 23, 8, 0, tzinfo=dt.UTC)  # "eight", said at half past eight
    assert in_its_place(new, old, "eight", "en") == new


def test_other_values_stay_as_they_are():
    assert in_its_place(50, 40, "fifty", "en") == 50
    assert in_its_place(OLD, None, "six", "en") == OLD


def test_a_sentence_with_a_time_of_its_own(house):
    talk = house()
    assert has_time("set a timer for ten minutes", "en", talk.router)
    assert has_time("set an alarm for tonight", "en", talk.router)
    assert not has_time("add milk to my list", "en", talk.router)
    assert not has_time("in the evening", "en", talk.router)
