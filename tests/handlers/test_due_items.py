"""How what comes due goes on: daylight saving, other zones, clocks that are set, snoozing."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from assistant.handlers.timekeeping import due_items
from assistant.handlers.timekeeping.due_items import (
    NO_TICKS,
    after_length,
    at_wall,
    followed,
    over,
    skipped,
)
from assistant.localtime import Ticks
from assistant.recurrence import Recurrence

D = dt.timedelta
MADRID, NEW_YORK = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    [ZoneInfo(n) for n in ("UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe",
                           "America/Santiago", "Asia/Kolkata", "Pacific/Chatham")]
)  # fmt: skip
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2034, 1, 1))
RULES = st.sampled_from(
    ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
     "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;"
     "BYMONTHDAY=29"]
)  # fmt: skip


def recurring(rule, wall, zone):
    return at_wall("alarm", wall, zone, "", "en", rule)


@settings(max_examples=200, deadline=None)
@given(RULES, MOMENTS, st.times(), ZONES)
def test_what_recurs_keeps_its_wall_time_and_never_stands_still(rule, start, time, zone):
    time = time.replace(second=0, microsecond=0)
    now = start.replace(tzinfo=dt.UTC).astimezone(zone)
    wall = due_items.first_wall(Recurrence(rule, time), now)
    item = recurring(rule, wall, zone)
    assert item.due > now
    for _ in range(6):
        assert item.wall.time() == time
        shown = item.due.astimezone(zone).replace(tzinfo=None)
        # the clocks show that time, or skip it: then it is as much later
        assert shown == item.wall or D(0) < shown - item.wall <= D(hours=1)
        following = over(item, item.due.astimezone(zone))
        assert following.due > item.due
        assert following.wall.date() > item.wall.date()
        item = following


@settings(max_examples=100, deadline=None)
@given(MOMENTS, st.integers(1, 86_400), st.integers(-100_000, 100_000), st.integers(0, 86_400))
def test_a_length_is_kept_whatever_is_done_to_the_clock(start, seconds, set_by, passed):
    now = start.replace(tzinfo=dt.UTC)
    item = after_length("timer", D(seconds=seconds), now, Ticks("boot", 100.0), "", "en")
    later = now + D(seconds=passed + set_by)
    moved = followed(item, later, Ticks("boot", 100.0 + passed))
    assert abs((moved.due - later) - D(seconds=seconds - passed)) <= D(seconds=1)


def test_after_the_machine_was_off_only_the_wall_clock_counts():
    now = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    item = after_length("timer", D(minutes=10), now, Ticks("one", 1000.0), "", "en")
    assert followed(item, now + D(minutes=5), Ticks("two", 3.0)) == item
    unknown = after_length("timer", D(minutes=10), now, NO_TICKS, "", "en")
    assert followed(unknown, now + D(days=1), Ticks("two", 3.0)) == unknown


def test_an_alarm_goes_with_the_zone_and_a_timer_does_not():
    now = dt.datetime(2026, 1, 15, 20, tzinfo=MADRID)
    alarm = at_wall("alarm", dt.datetime(2026, 1, 16, 7), MADRID, "", "en")
    there = followed(alarm, now.astimezone(NEW_YORK), Ticks("boot", 5.0))
    assert there.due == dt.datetime(2026, 1, 16, 7, tzinfo=NEW_YORK)
    timer = after_length("timer", D(hours=11), now, Ticks("boot", 5.0), "", "en")
    assert followed(timer, now.astimezone(NEW_YORK), Ticks("boot", 5.0)) == timer


@pytest.mark.parametrize(
    ("day", "hours"),
    [(dt.date(2026, 3, 28), 23), (dt.date(2026, 10, 24), 25), (dt.date(2026, 6, 1), 24)],
)
def test_an_alarm_at_seven_is_at_seven_after_the_clocks_change(day, hours):
    seven = dt.datetime.combine(day, dt.time(7))
    item = recurring("FREQ=DAILY", seven, MADRID)
    assert over(item, item.due.astimezone(MADRID)).due - item.due == D(hours=hours)


def test_a_time_that_is_skipped_is_later_that_day_only():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 3, 28, 2, 30), MADRID)
    times = []
    for _ in range(3):
        times.append(item.due.astimezone(MADRID).time())
        item = over(item, item.due.astimezone(MADRID))
    assert times == [dt.time(2, 30), dt.time(3, 30), dt.time(2, 30)]


def test_a_time_that_comes_twice_rings_once():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 10, 25, 2, 30), MADRID)
    assert item.due == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)  # the first of the two
    assert over(item, item.due.astimezone(MADRID)).due - item.due == D(hours=25)


def test_a_clock_set_back_repeats_nothing():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 6, 1, 7), MADRID)
    following = over(item, dt.datetime(2026, 6, 1, 7, 1, tzinfo=MADRID))
    back = dt.datetime(2026, 6, 1, 6, 0, tzinfo=MADRID)
    assert followed(following, back, Ticks("boot", 1.0)) == following
    assert over(item, back).wall == dt.datetime(2026, 6, 2, 7)


def test_days_missed_while_the_machine_was_off_ring_once():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 6, 1, 7), MADRID)
    back = dt.datetime(2026, 6, 5, 12, tzinfo=MADRID)
    rung = due_items.rung(item, back)
    assert rung.late
    assert over(rung, back).wall == dt.datetime(2026, 6, 6, 7)


def test_a_snooze_does_not_move_the_days_after_it():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 6, 1, 7), MADRID)
    now = item.due.astimezone(MADRID)
    again = due_items.snoozed(due_items.rung(item, now), D(minutes=10), now, Ticks("b", 0.0))
    assert (again.state, again.due) == ("running", item.due + D(minutes=10))
    after = over(again, again.due.astimezone(MADRID))
    assert (after.wall, after.snoozed, after.ticks) == (
        dt.datetime(2026, 6, 2, 7),
        False,
        NO_TICKS,
    )


def test_the_next_time_or_a_later_day_is_skipped():
    item = recurring("FREQ=DAILY", dt.datetime(2026, 6, 1, 7), MADRID)
    now = dt.datetime(2026, 5, 31, 20, tzinfo=MADRID)
    assert skipped(item, None, now).wall == dt.datetime(2026, 6, 2, 7)
    without = skipped(item, dt.date(2026, 6, 3), now)
    assert without.wall == item.wall
    days = []
    for _ in range(3):
        days.append(without.wall.day)
        without = over(without, without.due.astimezone(MADRID))
    assert days == [1, 2, 4]
    assert skipped(at_wall("alarm", item.wall, MADRID, "", "en"), None, now) is None


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=7"])
def test_what_recurs_by_the_hour_gets_past_an_hour_that_comes_twice(rule):
    now = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC).astimezone(MADRID)
    item = recurring(rule, dt.datetime(2026, 10, 25, 2, 30), MADRID)
    assert item.due == now.astimezone(dt.UTC)
    for _ in range(100):
        following = over(item, now)
        assert following.due > now.astimezone(dt.UTC)
        assert following.due >= item.due
        item, now = following, now.astimezone(dt.UTC) + D(minutes=1)
        now = now.astimezone(MADRID)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=7"])
def test_it_begins_after_an_hour_that_comes_twice(rule):
    for minutes in range(0, 120, 10):
        now = dt.datetime(2026, 10, 25, 0, minutes % 60, tzinfo=dt.UTC) + D(hours=minutes // 60)
        wall = due_items.first_wall(Recurrence(rule), now.astimezone(MADRID))
        assert recurring(rule, wall, MADRID).due > now
