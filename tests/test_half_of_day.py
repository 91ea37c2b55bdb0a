"""Which numbers of a sentence say in which half of the day its time is."""

import datetime as dt

import pytest

from assistant.half_of_day import half_is_said, like


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("wake me at seven in the evening", 19),
        ("wake me at 7pm", 19),
        ("wake me at 7 p.m.", 19),
        ("wake me at 19:15", 19),
        ("wake me at 19 h", 19),
        ("wake me at nineteen thirty", 19),
        ("wake me at twenty-two", 22),
        ("wake me at 05:30", 5),
        ("wake me at 0530", 5),
        ("wake me at noon", 12),
        ("despiértame a las veinte", 20),
        ("despiértame a las veintiuna y cinco", 21),
        ("despiertame a las veintidos", 22),
        ("despiértame a las dieciocho treinta", 18),
        ("despiértame a las 20:20", 20),
        ("despiértame a las siete por la mañana", 7),
    ],
)
def test_it_is_said(text, hour):
    assert half_is_said(text, hour)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("wake me at seven", 19),
        ("wake me at seven fifteen", 19),
        ("wake me at 7:15", 19),
        ("wake me at 7:19", 19),
        ("wake me at eight twenty", 20),
        ("wake me at 8 20", 20),
        ("wake me at twenty past eight", 20),
        ("wake me at twenty to nine", 20),
        ("make sure I am up at seven", 19),
        ("remind me to buy 20 eggs at five", 5),
        ("take fifteen pills at six", 6),
        ("take the number 05 bus at six", 6),
        ("despiértame a las ocho y veinte", 20),
        ("despiértame a las siete y veinte", 19),
        ("despiértame a las veinte para las nueve", 20),
        ("despiértame mañana a las siete", 7),
        ("recuérdame comprar 20 huevos a las cinco", 5),
    ],
)
def test_it_is_left_open(text, hour):
    assert not half_is_said(text, hour)


def test_a_time_goes_to_the_half_of_the_one_before_unless_another_is_said():
    evening, morning = dt.time(18), dt.time(6)
    assert like(dt.time(7), evening, "make it seven") == dt.time(19)
    assert like(dt.time(19, 15), morning, "seven fifteen") == dt.time(7, 15)
    assert like(dt.time(7), evening, "seven in the morning") == dt.time(7)
    assert like(dt.time(19, 15), morning, "19:15") == dt.time(19, 15)
