import datetime as dt

import pytest
from hypothesis import given, strategies as st

from assistant import spoken


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", 21, "twenty-one"),
        ("en", 2.5, "two point five"),
        ("en", -3.25, "minus three point two five"),
        ("en", 3.0, "three"),
        ("en", 0.1 + 0.2, "zero point three"),
        ("es", 21, "veintiuno"),
        ("es", -2.5, "menos dos coma cinco"),
        ("de", 4, "four"),
    ],
)
def test_numbers(language, value, text):
    assert spoken.number(value, language) == text


def test_a_count_agrees_with_its_noun():
    assert spoken.count(1, "timer", "timers", "en") == "one timer"
    assert spoken.count(21, "minuto", "minutos", "es") == "veintiún minutos"
    assert spoken.count(1, "hora", "horas", "es", feminine=True) == "una hora"
    assert spoken.count(201, "hora", "horas", "es", feminine=True) == "doscientas una horas"


@pytest.mark.parametrize(
    ("language", "seconds", "text"),
    [
        ("en", 10, "ten seconds"),
        ("en", 1, "one second"),
        ("en", 3_900, "one hour and five minutes"),
        ("en", 90_061, "one day, one hour, one minute and one second"),
        ("en", 0, "zero seconds"),
        ("en", 59.6, "one minute"),
        ("en", -60, "one minute"),
        ("es", 10, "diez segundos"),
        ("es", 5_400, "una hora y treinta minutos"),
        ("es", 75_600, "veintiuna horas"),
    ],
)
def test_durations(language, seconds, text):
    assert spoken.duration(dt.timedelta(seconds=seconds), language) == text


def test_a_duration_as_an_adjective():
    length = dt.timedelta(minutes=10)
    assert spoken.duration(length, "en", adjective=True) == "ten minute"
    assert spoken.duration(length, "es", adjective=True) == "diez minutos"


@pytest.mark.parametrize(
    ("hour", "minute", "english", "spanish"),
    [
        (0, 0, "midnight", "medianoche"),
        (0, 5, "twelve oh five in the morning", "las doce y cinco de la madrugada"),
        (7, 5, "seven oh five in the morning", "las siete y cinco de la mañana"),
        (12, 0, "noon", "mediodía"),
        (13, 15, "one fifteen in the afternoon", "la una y cuarto de la tarde"),
        (19, 30, "seven thirty in the evening", "las siete y media de la tarde"),
        (22, 0, "ten o'clock in the evening", "las diez de la noche"),
    ],
)
def test_times_of_day(hour, minute, english, spanish):
    time = dt.time(hour, minute)
    assert spoken.clock(time, "en", part_of_day=True) == english
    assert spoken.clock(time, "es", part_of_day=True) == spanish
    assert english.startswith(spoken.clock(time, "en"))
    assert spanish.startswith(spoken.clock(time, "es"))


def test_dates():
    day = dt.date(2025, 11, 22)
    assert spoken.date(day, "en") == "Saturday, November twenty-second"
    assert spoken.date(day, "en", with_year=True).endswith("twenty-second, twenty twenty-five")
    assert spoken.date(day, "es") == "sábado veintidós de noviembre"
    assert spoken.date(dt.date(2026, 5, 1), "es", with_year=True) == (
        "viernes primero de mayo de dos mil veintiséis"
    )


@pytest.mark.parametrize(
    ("language", "items", "text"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "b"], "a and b"),
        ("en", ["a", "b", "c"], "a, b and c"),
        ("es", ["a", "b"], "a y b"),
        ("es", ["pan", "higos"], "pan e higos"),
        ("es", ["pan", "hielo"], "pan y hielo"),
    ],
)
def test_lists(language, items, text):
    assert spoken.listing(items, language) == text


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (3, "three"),
        (dt.timedelta(minutes=2), "two minutes"),
        (dt.time(7, 5), "seven oh five"),
        (dt.datetime(2025, 11, 22, 7, 5), "seven oh five"),
        (dt.date(2025, 11, 22), "Saturday, November twenty-second"),
        ([1, "b"], "one and b"),
        ("as it {is}", "as it {is}"),
        (None, "None"),
    ],
)
def test_a_value_is_said_by_its_type(value, english):
    assert spoken.render(value, "en") == english


@given(st.integers(-(10**12), 10**12), st.sampled_from(["en", "es"]))
def test_a_number_has_no_digits_left(n, language):
    assert not any(c.isdigit() for c in spoken.number(n, language))


@given(st.timedeltas(dt.timedelta(0), dt.timedelta(days=9_999)), st.sampled_from(["en", "es"]))
def test_a_duration_has_no_digits_left(length, language):
    assert not any(c.isdigit() for c in spoken.duration(length, language))
