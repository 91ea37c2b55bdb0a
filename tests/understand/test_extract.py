"""The values in texts: what is found, where, and all that it may mean."""

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from assistant import spoken
from assistant.recurrence import Recurrence
from assistant.understand.extract import KINDS, find

NOW = dt.datetime(2026, 3, 11, 10, 0)  # a Wednesday
D, T = dt.date, dt.datetime


def only(text, language, kind, now=NOW):
    """The one value of a text: its words, its kind, its choices."""
    [value] = find(text, language, now, [kind])
    return text[value.start : value.end], value.kind, list(value.choices)


def march(day, *time):
    return T(2026, 3, day, *time)


@pytest.mark.parametrize(
    ("language", "text", "words", "kind", "choices"),
    [
        ("en", "see you tomorrow then", "tomorrow", "date", [D(2026, 3, 12)]),
        ("en", "on Friday", "Friday", "date", [D(2026, 3, 6), D(2026, 3, 13)]),
        ("en", "this Friday", "this Friday", "date", [D(2026, 3, 13)]),
        ("en", "next friday", "next friday", "date", [D(2026, 3, 20)]),
        ("en", "due on the 3rd of April", "the 3rd of April", "date",
         [D(2025, 4, 3), D(2026, 4, 3)]),
        ("en", "born 2/29/2024", "2/29/2024", "date", [D(2024, 2, 29)]),
        ("en", "February 30", "February 30", "date", []),
        ("en", "two weeks ago", "two weeks ago", "date", [D(2026, 2, 25)]),
        ("en", "the last friday of may", "last friday of may", "date",
         [D(2025, 5, 30), D(2026, 5, 29)]),
        ("en", "Thanksgiving 2026", "Thanksgiving 2026", "date", [D(2026, 11, 26)]),
        ("en", "easter", "easter", "date", [D(2025, 4, 20), D(2026, 4, 5)]),
        ("en", "next month", "next month", "daterange", [(D(2026, 4, 1), D(2026, 5, 1))]),
        ("en", "last week", "last week", "daterange", [(D(2026, 3, 2), D(2026, 3, 9))]),
        ("en", "the past 3 days", "past 3 days", "daterange", [(D(2026, 3, 8), D(2026, 3, 11))]),
        ("en", "in q2 2026", "q2 2026", "daterange", [(D(2026, 4, 1), D(2026, 7, 1))]),
        ("en", "from May 2 to May 9, 2027", "from May 2 to May 9, 2027", "daterange",
         [(D(2027, 5, 2), D(2027, 5, 9))]),
        ("en", "since Monday", "since Monday", "daterange",
         [(D(2026, 3, 9), None), (D(2026, 3, 16), None)]),
        ("en", "before 2020", "before 2020", "daterange", [(None, D(2020, 1, 1))]),
        ("en", "call me at 6", "at 6", "time", [dt.time(6), dt.time(18)]),
        ("en", "quarter to nine pm", "quarter to nine pm", "time", [dt.time(20, 45)]),
        ("en", "12 noon", "12 noon", "time", [dt.time(12)]),
        ("en", "tomorrow at 7:15 pm", "tomorrow at 7:15 pm", "datetime", [march(12, 19, 15)]),
        ("en", "in an hour and a half", "in an hour and a half", "datetime", [march(11, 11, 30)]),
        ("en", "from 9 to 5:30pm", "from 9 to 5:30pm", "timerange",
         [(dt.time(9), dt.time(17, 30))]),
        ("en", "tomorrow evening", "tomorrow evening", "datetimerange",
         [(march(12, 16), march(12, 20))]),
        ("en", "from 10pm today to 2am tomorrow", "from 10pm today to 2am tomorrow",
         "datetimerange", [(march(11, 22), march(12, 2))]),
        ("en", "a 90 minute film", "90 minute", "duration", [5400]),
        ("es", "hasta mañana", "hasta mañana", "daterange", [(None, D(2026, 3, 12))]),
        ("es", "el próximo lunes", "próximo lunes", "date", [D(2026, 3, 16)]),
        ("es", "el 3 de abril de 2027", "3 de abril de 2027", "date", [D(2027, 4, 3)]),
        ("es", "pasado mañana", "pasado mañana", "date", [D(2026, 3, 13)]),
        ("es", "hace dos semanas", "hace dos semanas", "date", [D(2026, 2, 25)]),
        ("es", "el mes que viene", "el mes que viene", "daterange",
         [(D(2026, 4, 1), D(2026, 5, 1))]),
        ("es", "del 3 al 7 de mayo de 2026", "del 3 al 7 de mayo de 2026", "daterange",
         [(D(2026, 5, 3), D(2026, 5, 7))]),
        ("es", "a las ocho menos cuarto", "ocho menos cuarto", "time",
         [dt.time(7, 45), dt.time(19, 45)]),
        ("es", "mañana a las siete de la tarde", "mañana a las siete de la tarde", "datetime",
         [march(12, 19)]),
        ("es", "de 10 a 12:30 de la mañana", "de 10 a 12:30 de la mañana", "timerange",
         [(dt.time(10), dt.time(0, 30))]),
        ("es", "hora y media", "hora y media", "duration", [5400]),
    ],
)  # fmt: skip
def test_times(language, text, words, kind, choices):
    assert only(text, language, "time") == (words, kind, choices)


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "every monday at 9am", Recurrence("FREQ=WEEKLY;BYDAY=MO", dt.time(9))),
        ("en", "once a year", Recurrence("FREQ=YEARLY")),
        ("en", "every three weeks", Recurrence("FREQ=WEEKLY;INTERVAL=3")),
        ("es", "todos los días a las 8 de la tarde", Recurrence("FREQ=DAILY", dt.time(20))),
        ("es", "cada dos días", Recurrence("FREQ=DAILY;INTERVAL=2")),
    ],
)
def test_recurrences(language, text, rule):
    assert only(text, language, "time") == (text, "set", [rule])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("in one month", D(2026, 2, 28)),
        ("in two months", D(2026, 3, 31)),
        ("in a year", D(2027, 1, 31)),
        ("a month ago", D(2025, 12, 31)),
    ],
)
def test_months_end_where_they_must(text, date):
    assert only(text, "en", "time", T(2026, 1, 31))[2] == [date]


def test_a_leap_day_has_its_own_years():
    assert only("february 29", "en", "time")[2] == [D(2024, 2, 29), D(2028, 2, 29)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "you may not"),
        ("en", "a second chance"),
        ("en", "schedule a 1-1 with Ann"),
        ("en", "version 2.10.3"),
        ("en", "call 555-0134"),
        ("es", "de dos a cuatro personas"),
        ("es", "la tarjeta"),
    ],
)
def test_no_times(language, text):
    kinds = [value.kind for value in find(text, language, NOW, ["time"])]
    assert set(kinds) <= {"duration"}


@pytest.mark.parametrize(
    ("language", "text", "kind", "words", "value", "unit"),
    [
        ("en", "about two thousand and five people", "number", "two thousand and five", 2005, ""),
        ("en", "minus three point one four", "number", "minus three point one four", -3.14, ""),
        ("en", "1,234.5 of them", "number", "1,234.5", 1234.5, ""),
        ("en", "two and three quarters", "number", "two and three quarters", 2.75, ""),
        ("en", "2.5 million", "number", "2.5 million", 2_500_000, ""),
        ("en", "40% off", "percent", "40%", 40, ""),
        ("en", "it cost $1,299.99", "money", "$1,299.99", 1299.99, "USD"),
        ("en", "fifteen euros", "money", "fifteen euros", 15, "EUR"),
        ("en", "a six-mile run", "measure", "six-mile", 6, "mile"),
        ("en", "5 ft 6 in tall", "measure", "5 ft 6 in", 5.5, "foot"),
        ("en", "it is 70 degrees fahrenheit", "temperature", "70 degrees fahrenheit", 70,
         "degree_Fahrenheit"),
        ("en", "she is seven years old", "age", "seven years old", 7, "year"),
        ("es", "mil doscientos treinta", "number", "mil doscientos treinta", 1230, ""),
        ("es", "tres coma catorce", "number", "tres coma catorce", 3.14, ""),
        ("es", "1.234,5 en total", "number", "1.234,5", 1234.5, ""),
        ("es", "dos quintos", "number", "dos quintos", 0.4, ""),
        ("es", "el 12,5 %", "percent", "12,5 %", 12.5, ""),
        ("es", "cuesta 30 euros", "money", "30 euros", 30, "EUR"),
        ("es", "a 5 km de aquí", "measure", "5 km", 5, "kilometer"),
        ("es", "20 grados celsius", "temperature", "20 grados celsius", 20, "degree_Celsius"),
    ],
)  # fmt: skip
def test_numbers(language, text, kind, words, value, unit):
    [found] = find(text, language, NOW, [kind])
    assert text[found.start : found.end] == words
    assert found.choices[0] == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("language", "text", "kind", "choice"),
    [
        ("en", "the twenty-first", "ordinal", "21"),
        ("en", "the last one", "ordinal", "end+0"),
        ("es", "el décimo octavo", "ordinal", "18"),
        ("es", "el penúltimo", "ordinal", "end-1"),
        ("en", "at least 20", "range", "[20,)"),
        ("en", "between 3 and 7", "range", "[3,7)"),
        ("es", "más de dos y menos de nueve", "range", "(2,9)"),
        ("en", "ring +34 612 345 678 now", "phone", "+34 612 345 678"),
        ("en", "yeah, do it", "choice", True),
        ("es", "no, gracias", "choice", False),
    ],
)
def test_others(language, text, kind, choice):
    [found] = find(text, language, NOW, [kind])
    assert found.choices == (choice,)


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(0, 10**9 - 1))
def test_a_spoken_number_is_found_as_itself(language, n):
    text = spoken.number(n, language)
    assert only(text, language, "number") == (text, "number", [n])


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(1, 999))
def test_a_spoken_place_is_found_as_itself(language, n):
    text = spoken.ordinal(n, language)
    assert only(text, language, "ordinal") == (text, "ordinal", [str(n)])


@pytest.mark.parametrize("language", ["en", "es"])
@given(day=st.dates(D(1950, 1, 1), D(2099, 12, 31)))
def test_a_written_day_is_found_as_itself(language, day):
    written = f"{day.month}/{day.day}" if language == "en" else f"{day.day}/{day.month}"
    for text in (day.isoformat(), f"{written}/{day.year}"):
        assert only(text, language, "time") == (text, "date", [day])


@pytest.mark.parametrize("language", ["en", "es"])
@given(day=st.dates(D(2000, 1, 1), D(2099, 12, 31)), now=st.datetimes(T(2010, 1, 1), T(2090, 1, 1)))
def test_an_open_day_is_the_last_and_the_next_one(language, day, now):
    text = spoken.date(day, language).split(" ", 1)[1]
    past, ahead = only(text, language, "time", now)[2]
    assert (past.month, past.day) == (ahead.month, ahead.day) == (day.month, day.day)
    assert T(past.year, past.month, past.day) < now <= T(ahead.year, ahead.month, ahead.day)


@settings(max_examples=300)
@given(st.text(alphabet=" abcdefghijlmnopqrstuy0123456789:./,-%$'()áéñ", max_size=50))
def test_anything_may_be_written(text):
    for language in ("en", "es"):
        last = 0
        for value in find(text, language, NOW, [k for k in KINDS if k not in ("phone", "choice")]):
            assert last <= value.start < value.end <= len(text)
            last = value.end
        find(text, language, NOW, ["phone", "choice"])


WORDS = (
    "the of on at in from to between and next last this monday may 5th 7 12 30 2026 pm tomorrow"
    " week month year two half past quarter every day before after until ago hours minutes first"
    " el la de del a las y próximo lunes mayo que viene hace cada días entre hasta por tarde"
).split()


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=10))
def test_any_words_of_dates_may_follow_one_another(words):
    for language in ("en", "es"):
        find(" ".join(words), language, NOW, ["time"])


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "1." + "1" * 4400,
        "1e999",
        "0^-1",
        "million " * 300,
        "in 99999999999 years",
        "within 99999999999 hours",
        "last 99999999 business days",
        "for 99999999999 hours from 2pm",
        "9" * 20 + "th",
    ],
    ids=lambda text: text[:20],
)
def test_what_is_beyond_all_measure_does_no_harm(text):
    for language in ("en", "es"):
        find(text, language, NOW, KINDS)
