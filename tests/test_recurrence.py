import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from assistant.recurrence import Recurrence, on_the_wall

NEW_YORK = ZoneInfo("America/New_York")
MOMENTS = st.datetimes(
    dt.datetime(2024, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(NEW_YORK)
)
RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=2",
        "FREQ=MINUTELY;INTERVAL=15",
    ]
)


def there(*wall):
    return dt.datetime(*wall, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("rule", "time", "after", "expected"),
    [
        ("FREQ=DAILY", dt.time(7), there(2025, 11, 22, 7), there(2025, 11, 23, 7)),
        ("FREQ=DAILY", dt.time(7), there(2025, 11, 22, 6, 59, 59), there(2025, 11, 22, 7)),
        ("FREQ=WEEKLY;BYDAY=MO,FR", dt.time(8), there(2025, 11, 22, 9), there(2025, 11, 24, 8)),
        # the clocks go forward at two: half past two is half past three that day, and that day only
        ("FREQ=DAILY", dt.time(2, 30), there(2025, 3, 8, 12), there(2025, 3, 9, 3, 30)),
        ("FREQ=DAILY", dt.time(2, 30), there(2025, 3, 9, 12), there(2025, 3, 10, 2, 30)),
        # they go back at two: half past one comes twice, and the first of them is meant, once
        ("FREQ=DAILY", dt.time(1, 30), there(2025, 11, 1, 12), there(2025, 11, 2, 1, 30)),
        (
            "FREQ=DAILY",
            dt.time(1, 30),
            there(2025, 11, 2, 1, 30),
            there(2025, 11, 3, 1, 30),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", dt.time(9), there(2025, 1, 31, 10), there(2025, 3, 31, 9)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", dt.time(9), there(2025, 1, 31, 10), there(2025, 2, 28, 9)),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            dt.time(9),
            there(2025, 1, 1),
            there(2028, 2, 29, 9),
        ),
        # hours are elapsed time: three of them pass between eleven and three that night
        ("FREQ=HOURLY;INTERVAL=3", None, there(2025, 3, 8, 23), there(2025, 3, 9, 3)),
    ],
)
def test_the_next_time(rule, time, after, expected):
    assert Recurrence(rule, time).after(after).timestamp() == expected.timestamp()


def test_every_other_week_counts_from_its_start():
    start = there(2025, 11, 24, 12)  # a Monday
    rule = Recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", dt.time(13))
    assert rule.after(start, start) == there(2025, 11, 24, 13)
    assert rule.after(there(2025, 11, 25, 0), start) == there(2025, 12, 8, 13)


@given(rule=RULES, moment=MOMENTS, minutes=st.integers(0, 1439))
def test_each_time_comes_after_the_one_before_and_none_is_left_out(rule, moment, minutes):
    recurrence = Recurrence(rule, dt.time(minutes // 60, minutes % 60))
    first = recurrence.after(moment, moment)
    second = recurrence.after(first, moment)
    assert moment.timestamp() < first.timestamp() < second.timestamp()
    between = dt.datetime.fromtimestamp((first.timestamp() + second.timestamp()) / 2, NEW_YORK)
    assert recurrence.after(between, moment) == second


@given(moment=MOMENTS, minutes=st.integers(0, 1439))
def test_a_daily_time_is_never_more_than_an_hour_off_the_wall_clock(moment, minutes):
    time = dt.time(minutes // 60, minutes % 60)
    then = Recurrence("FREQ=DAILY", time).after(moment)
    off = then.replace(tzinfo=None) - dt.datetime.combine(then.date(), time)
    assert off in (dt.timedelta(0), dt.timedelta(hours=1))
    assert then == on_the_wall(then.replace(tzinfo=None), NEW_YORK) or then.fold


def test_a_rule_that_never_comes_has_no_next_time():
    assert Recurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31").after(there(2025, 1, 1)) is None
