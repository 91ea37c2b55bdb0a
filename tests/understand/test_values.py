import datetime as dt

import pytest
from hypothesis import given, strategies as st

from assistant import spoken
from assistant.understand.normalize import words
from assistant.understand.values import find
from tests.understand.conftest import NOW

D = dt.timedelta


def only(text, language, kind, now=NOW):
    """The one value that the whole text says, read as `kind`."""
    said = words(text, language)
    [span] = find(said, language, now)
    assert (span.start, span.end) == (0, len(said)), f"{span} in {said.plain}"
    return span.readings[kind]


@pytest.mark.parametrize(
    ("language", "text", "length"),
    [
        ("en", "ten minutes", D(minutes=10)),
        ("en", "ten-minute", D(minutes=10)),
        ("en", "an hour and a half", D(minutes=90)),
        ("en", "one and a half hours", D(minutes=90)),
        ("en", "1 and a half hours", D(minutes=90)),
        ("en", "half an hour", D(minutes=30)),
        ("en", "1/2 hour", D(minutes=30)),
        ("en", "three quarters of an hour", D(minutes=45)),
        ("en", "a quarter of an hour", D(minutes=15)),
        ("en", "an hour and a quarter", D(minutes=75)),
        ("en", "1 hour 5 minutes and 30 seconds", D(seconds=3930)),
        ("en", "1 hour, 5 minutes", D(minutes=65)),
        ("en", "90 secs", D(seconds=90)),
        ("en", "10min", D(minutes=10)),
        ("en", "a couple of minutes", D(minutes=2)),
        ("en", "five more minutes", D(minutes=5)),
        ("en", "2.5 hours", D(minutes=150)),
        ("en", "an hour and a half minute", D(seconds=3630)),
        ("es", "diez minutos", D(minutes=10)),
        ("es", "dos horas y media", D(minutes=150)),
        ("es", "hora y media", D(minutes=90)),
        ("es", "media hora", D(minutes=30)),
        ("es", "medio minuto", D(seconds=30)),
        ("es", "un cuarto de hora", D(minutes=15)),
        ("es", "tres cuartos de hora", D(minutes=45)),
        ("es", "una hora y cuarto", D(minutes=75)),
        ("es", "un minuto y medio", D(seconds=90)),
        ("es", "2,5 horas", D(minutes=150)),
        ("es", "1 hora 5 minutos y 30 segundos", D(seconds=3930)),
        ("es", "veintiún minutos", D(minutes=21)),
        ("es", "treinta y una horas", D(hours=31)),
        ("es", "un par de horas", D(hours=2)),
        ("es", "cinco minutos más", D(minutes=5)),
    ],
)
def test_durations(language, text, length):
    assert only(text, language, dt.timedelta) == length


@pytest.mark.parametrize("language", ["en", "es"])
@given(seconds=st.integers(1, 400 * 86_400))
def test_a_spoken_duration_is_read_as_itself(language, seconds):
    length = D(seconds=seconds)
    assert only(spoken.duration(length, language), language, dt.timedelta) == length


@pytest.mark.parametrize(
    ("language", "text", "time"),
    [
        ("en", "7:30 pm", dt.time(19, 30)),
        ("en", "7 a.m.", dt.time(7)),
        ("en", "19:05", dt.time(19, 5)),
        ("en", "seven oh five in the morning", dt.time(7, 5)),
        ("en", "half past seven", dt.time(19, 30)),
        ("en", "a quarter past six", dt.time(18, 15)),
        ("en", "ten minutes to eight in the morning", dt.time(7, 50)),
        ("en", "seven o'clock", dt.time(19)),
        ("en", "four twenty", dt.time(4, 20)),
        ("en", "eleven at night", dt.time(23)),
        ("en", "noon", dt.time(12)),
        ("en", "midnight", dt.time(0)),
        ("en", "twelve pm", dt.time(12)),
        ("en", "twelve am", dt.time(0)),
        ("es", "siete y media", dt.time(19, 30)),
        ("es", "ocho menos cuarto", dt.time(19, 45)),
        ("es", "siete y cinco de la mañana", dt.time(7, 5)),
        ("es", "ocho menos diez de la tarde", dt.time(19, 50)),
        ("es", "diez para las nueve", dt.time(20, 50)),
        ("es", "un cuarto para las ocho", dt.time(19, 45)),
        ("es", "siete en punto", dt.time(19)),
        ("es", "una y diez", dt.time(1, 10)),
        ("es", "once de la noche", dt.time(23)),
        ("es", "mediodía", dt.time(12)),
    ],
)
def test_times_of_day(language, text, time):
    """What leaves the half of the day open is the next such time after five in the afternoon."""
    assert only(text, language, dt.time) == time


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), language=st.sampled_from(["en", "es"]))
def test_a_spoken_time_is_read_as_itself(hour, minute, language):
    time = dt.time(hour, minute)
    text = spoken.clock(time, language, part_of_day=True).removeprefix("las ").removeprefix("la ")
    assert only(text, language, dt.time) == time


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "today", dt.date(2025, 11, 22)),
        ("en", "the day after tomorrow", dt.date(2025, 11, 24)),
        ("en", "friday", dt.date(2025, 11, 28)),
        ("en", "last friday", dt.date(2025, 11, 21)),
        ("en", "saturday", dt.date(2025, 11, 29)),
        ("en", "the fifth of May", dt.date(2026, 5, 5)),
        ("en", "May 5th 2027", dt.date(2027, 5, 5)),
        ("en", "december twenty fifth twenty thirty", dt.date(2030, 12, 25)),
        ("en", "february 29", dt.date(2028, 2, 29)),
        ("en", "christmas eve", dt.date(2025, 12, 24)),
        ("es", "mañana", dt.date(2025, 11, 23)),
        ("es", "pasado mañana", dt.date(2025, 11, 24)),
        ("es", "próximo lunes", dt.date(2025, 11, 24)),
        ("es", "lunes pasado", dt.date(2025, 11, 17)),
        ("es", "5 de marzo de 2027", dt.date(2027, 3, 5)),
        ("es", "primero de mayo", dt.date(2026, 5, 1)),
        ("es", "Nochebuena", dt.date(2025, 12, 24)),
    ],
)
def test_dates(language, text, day):
    assert only(text, language, dt.date) == day


@given(
    day=st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31)), language=st.sampled_from(["en", "es"])
)
def test_a_written_date_is_read_as_itself(day, language):
    month = spoken.month(day, language)
    text = (
        f"{day.day} de {month} de {day.year}"
        if language == "es"
        else f"{month} {day.day} {day.year}"
    )
    assert only(text, language, dt.date) == day


@pytest.mark.parametrize("text", ["february 30", "the fortieth of may", "25:70", "99 o'clock"])
def test_what_does_not_exist_is_no_date_and_no_time(text):
    for span in find(words(text, "en"), "en", NOW):
        assert not {dt.date, dt.time} & set(span.readings)


def test_several_values_in_one_sentence():
    said = words("remove 5 minutes from the 1 hour timer at half past seven", "en")
    spans = find(said, "en", NOW)
    assert [" ".join(said.said[s.start : s.end]) for s in spans] == [
        "5 minutes",
        "1 hour",
        "half past seven",
    ]


def test_one_span_may_be_read_in_several_ways():
    [span] = find(words("seven", "en"), "en", NOW)
    evening = NOW.replace(hour=19)
    assert span.readings == {int: 7, float: 7, dt.time: dt.time(19), dt.datetime: evening}


def test_an_article_is_not_a_time():
    assert find(words("una alarma", "es"), "es", NOW) == []


def test_a_length_beyond_all_time_is_not_read():
    spans = find(words("nine hundred million weeks", "en"), "en", NOW)
    assert all(dt.timedelta not in span.readings for span in spans)


@given(st.text(), st.sampled_from(["en", "es"]))
def test_any_text_is_read_without_failing(text, language):
    said = words(text, language)
    for span in find(said, language, NOW):
        assert 0 <= span.start < span.end <= len(said)
