"""Moments and recurrences in sentences."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from assistant import spoken
from assistant.quantities import DateRange
from assistant.recurrence import Recurrence
from assistant.understand.normalize import words
from assistant.understand.values import find

MADRID = ZoneInfo("Europe/Madrid")
NOW = dt.datetime(2025, 11, 22, 17, 0, tzinfo=MADRID)  # a Saturday


def only(text, language, kind, now=NOW):
    """The one value of this kind in a text."""
    spans = find(words(text, language), language, now)
    [value] = [span.readings[kind] for span in spans if kind in span.readings]
    return value


def here(*wall):
    return dt.datetime(*wall, tzinfo=MADRID)


@pytest.mark.parametrize(
    ("language", "text", "moment"),
    [
        ("en", "tomorrow at seven", here(2025, 11, 23, 7)),
        ("en", "seven tomorrow", here(2025, 11, 23, 7)),
        ("en", "tomorrow at three", here(2025, 11, 23, 15)),
        ("en", "tomorrow at noon", here(2025, 11, 23, 12)),
        ("en", "tomorrow evening", here(2025, 11, 23, 19)),
        ("en", "tomorrow evening at eight thirty", here(2025, 11, 23, 20, 30)),
        ("en", "at seven", here(2025, 11, 22, 19)),
        ("en", "tonight at nine", here(2025, 11, 22, 21)),
        ("en", "today at six", here(2025, 11, 22, 18)),
        ("en", "next friday evening", here(2025, 11, 28, 19)),
        ("en", "friday 7 pm", here(2025, 11, 28, 19)),
        ("en", "half past eight in the morning on monday", here(2025, 11, 24, 8, 30)),
        ("en", "the fifth of december at 18:45", here(2025, 12, 5, 18, 45)),
        ("en", "in ten minutes", here(2025, 11, 22, 17, 10)),
        ("en", "an hour and a half from now", here(2025, 11, 22, 18, 30)),
        ("en", "in two days", here(2025, 11, 24, 17)),
        ("es", "mañana a las siete", here(2025, 11, 23, 7)),
        ("es", "a las siete de la tarde del lunes", here(2025, 11, 24, 19)),
        ("es", "mañana por la mañana", here(2025, 11, 23, 9)),
        ("es", "pasado mañana a mediodía", here(2025, 11, 24, 12)),
        ("es", "el viernes por la noche a las diez y media", here(2025, 11, 28, 22, 30)),
        ("es", "esta noche a las nueve", here(2025, 11, 22, 21)),
        ("es", "el cinco de diciembre a las ocho menos cuarto", here(2025, 12, 5, 7, 45)),
        ("es", "dentro de media hora", here(2025, 11, 22, 17, 30)),
        ("es", "en diez minutos", here(2025, 11, 22, 17, 10)),
    ],
)
def test_moments(language, text, moment):
    assert only(text, language, dt.datetime) == moment


def test_moments_and_daylight_saving():
    """Hours pass; days are those of the wall clock; a time that is skipped is as much later."""
    before = here(2026, 3, 28, 22, 0)  # the clocks go from two to three that night
    assert only("in six hours", "en", dt.datetime, before) == here(2026, 3, 29, 5)
    assert only("in a day", "en", dt.datetime, before) == here(2026, 3, 29, 22)
    assert only("tomorrow at 2:30 am", "en", dt.datetime, before) == here(2026, 3, 29, 3, 30)


WEEK = "FREQ=WEEKLY;BYDAY="


@pytest.mark.parametrize(
    ("language", "text", "rule", "time"),
    [
        ("en", "every weekday at seven", WEEK + "MO,TU,WE,TH,FR", dt.time(7)),
        ("en", "at seven every day", "FREQ=DAILY", dt.time(7)),
        ("en", "daily at noon", "FREQ=DAILY", dt.time(12)),
        ("en", "every evening at eight", "FREQ=DAILY", dt.time(20)),
        ("en", "every morning at half past six", "FREQ=DAILY", dt.time(6, 30)),
        ("en", "mondays and wednesdays at six pm", WEEK + "MO,WE", dt.time(18)),
        ("en", "every other tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None),
        ("en", "every two weeks on friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", None),
        ("en", "monday to friday at 7:15", WEEK + "MO,TU,WE,TH,FR", dt.time(7, 15)),
        ("en", "on weekends at ten", WEEK + "SA,SU", dt.time(10)),
        ("en", "the last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", None),
        ("en", "every month on the fifth", "FREQ=MONTHLY;BYMONTHDAY=5", None),
        ("en", "every may 5th", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5", None),
        ("en", "every 15 minutes", "FREQ=MINUTELY;INTERVAL=15", None),
        ("en", "every hour", "FREQ=HOURLY", None),
        ("es", "cada lunes a las ocho", WEEK + "MO", dt.time(8)),
        ("es", "todos los días a las siete de la mañana", "FREQ=DAILY", dt.time(7)),
        ("es", "a las ocho todos los lunes y jueves", WEEK + "MO,TH", dt.time(8)),
        ("es", "los martes y los jueves", WEEK + "TU,TH", None),
        ("es", "de lunes a viernes a las siete y media", WEEK + "MO,TU,WE,TH,FR", dt.time(7, 30)),
        ("es", "todas las noches a las diez", "FREQ=DAILY", dt.time(22)),
        ("es", "los fines de semana", WEEK + "SA,SU", None),
        ("es", "el 15 de cada mes", "FREQ=MONTHLY;BYMONTHDAY=15", None),
        ("es", "cada dos horas", "FREQ=HOURLY;INTERVAL=2", None),
        ("es", "cada 5 de mayo", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5", None),
        ("es", "un día sí y otro no", "FREQ=DAILY;INTERVAL=2", None),
        ("en", "twice a day", "FREQ=DAILY;BYHOUR=9,21", None),
        ("en", "weekdays at seven", WEEK + "MO,TU,WE,TH,FR", dt.time(7)),
        ("en", "the first monday of each month at nine", "FREQ=MONTHLY;BYDAY=1MO", dt.time(9)),
        ("en", "every third day", "FREQ=DAILY;INTERVAL=3", None),
        ("es", "dos veces al día", "FREQ=DAILY;BYHOUR=9,21", None),
        ("es", "el último viernes de cada mes", "FREQ=MONTHLY;BYDAY=-1FR", None),
    ],
)
def test_recurrences(language, text, rule, time):
    assert only(text, language, Recurrence) == Recurrence(rule, time)


@given(
    days=st.integers(2, 300),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    language=st.sampled_from(["en", "es"]),
)
def test_a_spoken_moment_is_read_as_itself(days, hour, minute, language):
    day, time = NOW.date() + dt.timedelta(days), dt.time(hour, minute)
    clock = spoken.clock(time, language, part_of_day=True)
    text = f"{spoken.date(day, language)} {'at' if language == 'en' else 'a'} {clock}"
    expected = dt.datetime.combine(day, time, MADRID).astimezone(dt.UTC).astimezone(MADRID)
    assert only(text, language, dt.datetime) == expected


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "this weekend", dt.date(2025, 11, 22), dt.date(2025, 11, 23)),
        ("en", "next week", dt.date(2025, 11, 24), dt.date(2025, 11, 30)),
        ("en", "from monday to thursday", dt.date(2025, 11, 24), dt.date(2025, 11, 27)),
        ("en", "next month", dt.date(2025, 12, 1), dt.date(2025, 12, 31)),
        ("es", "este fin de semana", dt.date(2025, 11, 22), dt.date(2025, 11, 23)),
        ("es", "la semana que viene", dt.date(2025, 11, 24), dt.date(2025, 11, 30)),
        ("es", "de lunes a jueves", dt.date(2025, 11, 24), dt.date(2025, 11, 27)),
    ],
)
def test_ranges_of_days(language, text, first, last):
    """The last day is in it."""
    assert only(text, language, DateRange) == DateRange(first, last)


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "next thanksgiving", dt.date(2025, 11, 27)),
        ("en", "easter monday", dt.date(2026, 4, 6)),
        ("en", "the last friday of may", dt.date(2026, 5, 29)),
        ("en", "two weeks from tomorrow", dt.date(2025, 12, 7)),
        ("en", "three days ago", dt.date(2025, 11, 19)),
        ("es", "semana santa", dt.date(2026, 3, 29)),
        ("es", "viernes santo", dt.date(2026, 4, 3)),
        ("es", "último viernes de mayo", dt.date(2026, 5, 29)),
    ],
)
def test_days_with_a_name_or_a_place(language, text, day):
    assert only(text, language, dt.date) == day


def test_next_friday_and_the_first_friday_to_come():
    wednesday = here(2025, 11, 19, 12)
    assert only("friday", "en", dt.date, wednesday) == dt.date(2025, 11, 21)
    assert only("next friday", "en", dt.date, wednesday) == dt.date(2025, 11, 28)
    assert only("last friday", "en", dt.date, wednesday) == dt.date(2025, 11, 14)
    assert only("próximo viernes", "es", dt.date, wednesday) == dt.date(2025, 11, 21)


ZONES = ["Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe"]
MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2035, 1, 1))


@given(at=MOMENTS, zone=st.sampled_from(ZONES), hours=st.integers(2, 90))
@settings(deadline=None)
def test_hours_are_hours_whatever_the_clocks_do(at, zone, hours):
    now = at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    then = only(f"in {hours} hours", "en", dt.datetime, now)
    assert then.astimezone(dt.UTC) - now.astimezone(dt.UTC) == dt.timedelta(hours=hours)


@given(at=MOMENTS, zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
@settings(deadline=None)
def test_tomorrow_is_the_next_day_on_the_wall(at, zone, hour):
    """At the time that was said, or later by what the clocks skip."""
    now = at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone))
    then = only(f"tomorrow at {hour:02}:00", "en", dt.datetime, now)
    wanted = dt.datetime.combine(now.date() + dt.timedelta(1), dt.time(hour))
    skipped = then.replace(tzinfo=None) - wanted
    assert dt.timedelta(0) <= skipped <= dt.timedelta(hours=1)


@given(st.text(alphabet=" abcdefghijklmnopqrstuvwxyz0123456789:./,'-áéíóúñ", max_size=60))
def test_anything_may_be_said(text):
    for language in ("en", "es"):
        for span in find(words(text, language), language, NOW):
            assert span.start < span.end
