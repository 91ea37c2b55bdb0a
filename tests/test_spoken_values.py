"""Quantities, money, moments and recurrences as they are said."""

import datetime as dt

import pytest

from assistant import spoken
from assistant.quantities import Money, Ordinal, Percent, Quantity
from assistant.recurrence import Recurrence

NOW = dt.datetime(2026, 3, 11, 10, 0)  # a Wednesday


@pytest.mark.parametrize(
    ("value", "en", "es"),
    [
        (Quantity(1, "mile"), "one mile", "una milla"),
        (Quantity(21, "meter"), "twenty-one meters", "veintiún metros"),
        (Quantity(2.5, "cup"), "two point five cups", "dos coma cinco tazas"),
        (
            Quantity(-3, "degree_Celsius"),
            "minus three degrees Celsius",
            "menos tres grados Celsius",
        ),
        (Money(1, "EUR"), "one euro", "un euro"),
        (Money(2.5, "GBP"), "two pounds and fifty pence", "dos libras con cincuenta"),
        (Money(1000, "JPY"), "one thousand yen", "mil yenes"),
        (Percent(30), "thirty percent", "treinta por ciento"),
        (Ordinal(3), "third", "tercero"),
        (Ordinal(-1), "last", "último"),
        (
            Recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", dt.time(7)),
            "every weekday at seven o'clock in the morning",
            "de lunes a viernes a las siete de la mañana",
        ),
        (Recurrence("FREQ=DAILY", dt.time(12)), "every day at noon", "todos los días al mediodía"),
        (Recurrence("FREQ=WEEKLY;BYDAY=MO,TH"), "every Monday and Thursday", "los lunes y jueves"),
        (
            Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
            "every two weeks, on Monday",
            "cada dos semanas, los lunes",
        ),
        (Recurrence("FREQ=HOURLY;INTERVAL=2"), "every two hours", "cada dos horas"),
        (
            Recurrence("FREQ=MONTHLY;BYMONTHDAY=5"),
            "every month on the fifth",
            "todos los meses el cinco",
        ),
        (
            Recurrence("FREQ=MONTHLY;BYMONTHDAY=-1"),
            "every month on the last day",
            "todos los meses el último día",
        ),
        (
            Recurrence("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
            "every year on May first",
            "el primero de mayo, todos los años",
        ),
    ],
)
def test_values_in_words(value, en, es):
    assert spoken.render(value, "en") == en
    assert spoken.render(value, "es") == es


@pytest.mark.parametrize(
    ("moment", "en", "es"),
    [
        (dt.datetime(2026, 3, 11, 12), "today at noon", "hoy al mediodía"),
        (
            dt.datetime(2026, 3, 12, 7),
            "tomorrow at seven o'clock in the morning",
            "mañana a las siete de la mañana",
        ),
        (
            dt.datetime(2026, 3, 13, 19, 5),
            "on Friday at seven oh five in the evening",
            "el viernes a las siete y cinco de la tarde",
        ),
        (
            dt.datetime(2026, 5, 1, 13),
            "on Friday, May first at one o'clock in the afternoon",
            "el viernes primero de mayo a la una de la tarde",
        ),
        (
            dt.datetime(2027, 1, 2, 0),
            "on Saturday, January second, twenty twenty-seven at midnight",
            "el sábado dos de enero de dos mil veintisiete a medianoche",
        ),
    ],
)
def test_a_moment_as_seen_from_now(moment, en, es):
    assert spoken.moment(moment, "en", NOW) == en
    assert spoken.moment(moment, "es", NOW) == es


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (1609.344, 1609),
        (141.42, 141.4),
        (3.14159, 3.14),
        (0.003333, 0.0033),
        (-2.999, -3.0),
        (0, 0),
    ],
)
def test_rounded_for_the_ear(value, rounded):
    assert spoken.for_the_ear(value) == rounded
