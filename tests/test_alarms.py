"""When timers ring: the pure rule, and the real store with its clock."""

import datetime as dt
import itertools
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant import localtime
from assistant.alarms import AGAIN_AFTER, SOON, DueAlarms, Ringer
from assistant.errors import StorageError
from assistant.handlers.timekeeping import due_items
from assistant.handlers.timekeeping.due_family import DueFamily
from assistant.handlers.timekeeping.due_items import DueItem
from assistant.handlers.timekeeping.due_store import DueStore

NOON = dt.datetime(2030, 5, 6, 12, tzinfo=dt.UTC)


# -- the rule -------------------------------------------------------------------------------------


def ringing(id=1, *, missed=False):
    rang = NOON + dt.timedelta(hours=missed)
    return DueItem("timer", f"timer {id}", "en", NOON, id=id, state="ringing", rang=rang)


def rounds(ringer, timers, until, every=1.0):
    """(seconds, id) of each ring, and of each that is given up, when looked at all the time."""
    rang, gave_up, now = [], [], 1000.0
    timers = list(timers)
    while now - 1000.0 < until:
        announce, give_up = ringer.ring(timers, now)
        rang += [(now - 1000.0, t.id) for t in announce]
        gave_up += [(now - 1000.0, t.id) for t in give_up]
        timers = [t for t in timers if t not in give_up]
        now += every
    return rang, gave_up


def test_it_rings_as_often_as_set_and_then_gives_up():
    rang, gave_up = rounds(Ringer({"timer": 3}), [ringing()], 100)
    assert rang == [(0, 1), (AGAIN_AFTER, 1), (2 * AGAIN_AFTER, 1)]
    assert gave_up == [(3 * AGAIN_AFTER, 1)]


@pytest.mark.parametrize("every", [0.1, 1.0, 7.0, 30.0])
def test_how_often_is_looked_does_not_matter(every):
    rang, gave_up = rounds(Ringer({"timer": 3}), [ringing()], 300, every)
    assert len(rang) == 3 and len(gave_up) == 1
    times = [at for at, _ in rang]
    assert all(b - a > AGAIN_AFTER - 0.001 for a, b in itertools.pairwise(times))


def test_a_missed_timer_is_told_once():
    rang, gave_up = rounds(Ringer({"timer": 6}), [ringing(missed=True)], 60)
    assert rang == [(0, 1)]
    assert gave_up == [(AGAIN_AFTER, 1)]


def test_several_ring_each_in_their_own_time():
    ringer = Ringer({"timer": 2})
    assert ringer.ring([ringing(1)], 0) == ([ringing(1)], [])
    assert ringer.ring([ringing(1), ringing(2)], 5) == ([ringing(2)], [])
    assert ringer.ring([ringing(1), ringing(2)], AGAIN_AFTER) == ([ringing(1)], [])
    assert ringer.ring([ringing(1), ringing(2)], AGAIN_AFTER + 5) == ([ringing(2)], [])
    announce, give_up = ringer.ring([ringing(1), ringing(2)], 2 * AGAIN_AFTER + 5)
    assert (announce, give_up) == ([], [ringing(1), ringing(2)])


def test_one_that_was_stopped_and_rings_again_later_begins_anew():
    ringer = Ringer({"timer": 1})
    assert ringer.ring([ringing()], 0)[0] == [ringing()]
    assert ringer.ring([], 1) == ([], [])  # "add five minutes": it runs again
    assert ringer.ring([ringing()], 2) == ([ringing()], [])


def test_silence_where_nothing_rings():
    assert Ringer({"timer": 6}).ring([], 5.0) == ([], [])


# -- with a real store ----------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    store = DueStore(tmp_path / "timers.db")
    yield store
    store.close()


@pytest.fixture
def alarms(store):
    return DueAlarms(store, 2, 4)


@pytest.fixture
def waiting(alarms):
    """Calls `wait` in a thread, as the loop does; a future of (announcements, when)."""
    stop = threading.Event()

    def wait():
        return alarms.wait(stop), time.monotonic()

    with ThreadPoolExecutor(1) as thread:
        yield lambda: thread.submit(wait)
        stop.set()
        alarms.wake()


class Once:
    """A stop that is set once something is true, or after a long time."""

    def __init__(self, true):
        self._true, self._until = true, time.monotonic() + 30

    def is_set(self):
        return bool(self._true()) or time.monotonic() > self._until


def add(store, seconds, name="", language="en"):
    return store.start("timer", dt.timedelta(seconds=seconds), localtime.now(), name, language)


def test_it_wakes_at_the_due_time(store, waiting, monkeypatch):
    monkeypatch.setattr("assistant.alarms.LOOK_EVERY", 60.0)  # it does not look again by chance
    due = time.monotonic() + 0.4
    timer = add(store, 0.4, "pasta")
    [announcement], at = waiting().result(30)
    assert at > due - 0.05  # of two clocks
    assert (announcement.key, announcement.chime) == (f"timer:{timer.id}", "alarm")
    assert "pasta" in announcement.reply.text.lower()


def test_a_timer_of_this_process_is_seen_at_once(store, waiting, monkeypatch):
    monkeypatch.setattr("assistant.alarms.LOOK_EVERY", 60.0)
    future = waiting()
    time.sleep(0.1)
    due = time.monotonic() + 0.2
    add(store, 0.2)
    _, at = future.result(30)
    assert at > due - 0.05  # of two clocks


def test_a_timer_of_another_process_is_seen_soon(store, waiting):
    store.all()
    future = waiting()
    program = (
        "import datetime as dt, sys\n"
        "from pathlib import Path\n"
        "from assistant import localtime\n"
        "from assistant.handlers.timekeeping.due_store import DueStore\n"
        "store = DueStore(Path(sys.argv[1]))\n"
        "store.start('timer', dt.timedelta(0), localtime.now(), 'eggs', 'es')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(store.path)], check=True)
    [announcement], _ = future.result(60)  # it looks by itself: nobody tells it
    assert announcement.reply.language == "es"


def test_several_are_due_together(store, waiting):
    for name in ("tea", "eggs"):
        add(store, 0, name)
    announcements, _ = waiting().result(60)
    assert {a.key for a in announcements} == {"timer:1", "timer:2"}


def test_stop_ends_the_wait(alarms, monkeypatch):
    monkeypatch.setattr("assistant.alarms.LOOK_EVERY", 60.0)
    stop = threading.Event()
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(alarms.wait, stop)
        time.sleep(0.1)
        stop.set()
        alarms.wake()
        assert future.result(30) == []


def test_it_rings_again_until_dismissed_and_is_given_up(store, monkeypatch):
    monkeypatch.setattr("assistant.alarms.AGAIN_AFTER", 0.05)
    monkeypatch.setattr("assistant.alarms.LOOK_EVERY", 0.02)
    alarms = DueAlarms(store, 2, 4)
    add(store, 0)
    assert len(alarms.wait(threading.Event())) == 1
    assert len(alarms.wait(threading.Event())) == 1
    assert alarms.wait(Once(lambda: store.all() == [])) == []
    assert store.all() == []


def test_stop_silences_it(store, alarms, monkeypatch):
    monkeypatch.setattr("assistant.alarms.AGAIN_AFTER", 0.05)
    add(store, 0)
    alarms.wait(threading.Event())
    DueFamily(store).silence()
    time.sleep(0.06)
    stop = threading.Event()
    stop.set()
    assert store.ringing() == []
    assert alarms.wait(stop) == []


def test_one_that_was_due_while_the_program_was_off_is_told(store, alarms):
    item = due_items.after_length(
        "timer",
        dt.timedelta(minutes=1),
        localtime.now() - dt.timedelta(hours=1),
        due_items.NO_TICKS,
        "pasta",
        "en",
    )
    store.add(item)
    [announcement] = alarms.wait(threading.Event())
    [timer] = store.ringing()
    assert timer.late
    assert "pasta" in announcement.reply.text.lower()


def test_a_broken_store_is_told_to_the_loop(tmp_path):
    path = tmp_path / "timers.db"
    path.write_bytes(b"this is no database" * 100)
    store = DueStore(path)
    with pytest.raises(StorageError, match=r"The timers and alarms in .* cannot be used"):
        DueAlarms(store, 2, 4).wait(threading.Event())
    store.close()


def test_it_comes_back_when_the_disk_does(store, alarms):
    store.all()
    other = sqlite3.connect(store.path)
    other.execute("ALTER TABLE due RENAME TO away")
    other.commit()
    with pytest.raises(StorageError):
        alarms.wait(threading.Event())
    other.execute("ALTER TABLE away RENAME TO due")
    other.commit()
    other.close()
    add(store, 0)
    assert len(alarms.wait(threading.Event())) == 1


def test_what_is_due_rings_though_nothing_can_be_written(store, alarms):
    """The disk is full: it cannot be marked as ringing, and rings all the same, once each time."""
    add(store, 0)
    other = sqlite3.connect(store.path)
    other.execute(
        "CREATE TRIGGER full BEFORE INSERT ON due "
        "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
    )
    other.commit()
    assert len(alarms.wait(threading.Event())) == 1
    with pytest.raises(StorageError, match="full"):  # told, and it does not ring again at once
        alarms.wait(threading.Event())
    other.execute("DROP TRIGGER full")
    other.commit()
    other.close()
    assert [item.kind for item in store.all()] == ["timer"]


def test_one_that_could_not_be_heard_comes_again_soon():
    ringer = Ringer({"timer": 2})
    assert ringer.ring([ringing()], 1000.0)[0]
    ringer.again(1, 1000.1)
    assert not ringer.ring([ringing()], 1000.1 + SOON - 0.1)[0]
    assert ringer.ring([ringing()], 1000.1 + SOON)[0]
    ringer.again(2, 1002.0)  # over meanwhile: nobody minds


# -- alarms, reminders, commands ------------------------------------------------------------------


def waits(alarms, store, item):
    store.add(item)
    [announcement] = alarms.wait(threading.Event())
    return announcement


def test_a_command_is_given_out_once_and_is_over_when_it_is_done(store, alarms):
    item = due_items.at_wall("command", local_wall(), localtime.zone(), "mute the sound", "en")
    announcement = waits(alarms, store, item)
    assert (announcement.command, announcement.chime) == ("mute the sound", "none")
    alarms.done(announcement)
    assert store.all() == []


def test_a_recurring_command_waits_for_its_next_time(store, alarms):
    wall = local_wall()
    item = due_items.at_wall("command", wall, localtime.zone(), "mute", "en", "FREQ=DAILY")
    alarms.done(waits(alarms, store, item))
    [again] = store.all()
    assert (again.state, again.wall) == ("running", wall + dt.timedelta(days=1))


def test_a_command_that_was_interrupted_is_told_and_not_repeated(store, alarms):
    item = due_items.at_wall("command", local_wall(), localtime.zone(), "mute the sound", "en")
    assert waits(alarms, store, item).command
    [told] = DueAlarms(store, 2, 4).wait(threading.Event())  # the next start of the program
    assert (told.command, told.reply.text) == (
        "",
        "I may not have finished what you asked for: mute the sound.",
    )
    assert store.all() == []


def test_a_command_that_was_cut_off_is_told_once_whoever_did_so_has_spoken(store, monkeypatch):
    clock = At(1000.0)
    monkeypatch.setattr("assistant.alarms.time.monotonic", clock)
    alarms = DueAlarms(store, 2, 4)
    item = due_items.at_wall("command", local_wall(), localtime.zone(), "mute the sound", "en")
    announcement = waits(alarms, store, item)
    clock.now += 2 * AGAIN_AFTER  # it takes long, and is not given up
    assert alarms._announce() == [] and store.ringing()
    alarms.unfinished(announcement)
    clock.now += AGAIN_AFTER - 1
    assert alarms._announce() == []
    clock.now += 1
    [told] = alarms._announce()
    assert told.reply.text == "I may not have finished what you asked for: mute the sound."
    assert store.all() == [] and alarms._announce() == []


def test_a_command_whose_end_could_not_be_written_is_over_when_it_can(store, monkeypatch):
    clock = At(1000.0)
    monkeypatch.setattr("assistant.alarms.time.monotonic", clock)
    alarms = DueAlarms(store, 2, 4)
    item = due_items.at_wall("command", local_wall(), localtime.zone(), "mute the sound", "en")
    announcement = waits(alarms, store, item)
    with monkeypatch.context() as full:
        full.setattr(store, "over", failing)
        with pytest.raises(StorageError):
            alarms.done(announcement)
        clock.now += AGAIN_AFTER
        assert alarms._announce() == []
    assert store.ringing()
    assert alarms._announce() == [] and store.all() == []


class At:
    """A clock that stands."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


def failing(*_):
    raise StorageError("the disk is full")


def test_what_nobody_answers_is_kept_as_missed_and_recurs(store, monkeypatch):
    monkeypatch.setattr("assistant.alarms.AGAIN_AFTER", 0.05)
    monkeypatch.setattr("assistant.alarms.LOOK_EVERY", 0.02)
    alarms = DueAlarms(store, 2, 3)
    wall = local_wall()
    store.add(due_items.at_wall("alarm", wall, localtime.zone(), "", "en", "FREQ=DAILY"))
    stop = Once(store.missed)
    rings = 0
    while announcements := alarms.wait(stop):
        rings += len(announcements)
    assert rings == 3
    assert [item.wall for item in store.all()] == [wall + dt.timedelta(days=1)]
    assert [item.wall for item in store.missed()] == [wall]


def test_a_clock_that_is_set_moves_no_timer(store):
    set_by = dt.timedelta(0)
    alarms = DueAlarms(store, 2, 4, now=lambda: localtime.now() + set_by)
    store.start("timer", dt.timedelta(minutes=10), localtime.now(), "pasta", "en")
    alarms._announce()
    set_by = dt.timedelta(hours=3)
    assert alarms._announce() == []
    [timer] = store.all()
    left = timer.left(localtime.now() + set_by)
    assert abs(left - dt.timedelta(minutes=10)) < dt.timedelta(seconds=2)


def test_an_alarm_follows_the_zone_of_the_machine(store, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Madrid")
    wall = (localtime.now() + dt.timedelta(days=2)).replace(tzinfo=None, hour=7, minute=0)
    store.add(due_items.at_wall("alarm", wall, localtime.zone(), "", "en"))
    before = store.next_due()
    monkeypatch.setenv("TZ", "America/New_York")
    DueAlarms(store, 2, 4)._announce()
    assert store.next_due() - before in (dt.timedelta(hours=5), dt.timedelta(hours=6))
    assert store.next_due().astimezone(localtime.zone()).hour == 7


def local_wall():
    return localtime.now().replace(tzinfo=None, fold=0) - dt.timedelta(seconds=1)


def test_who_says_stop_ends_what_rang_and_not_what_comes_due_at_that_moment(store, alarms):
    now = localtime.now()
    store.start("timer", dt.timedelta(0), now, "tea", "en")
    store.due(now)
    store.start("timer", dt.timedelta(0), now, "pasta", "en")
    wake = store.on_change

    def stop():
        """Between the look at what is due and the look at what rings."""
        store.on_change = wake
        store.over_ringing(now)

    store.on_change = stop
    assert [one.reply.text for one in alarms._announce()] == ["Your pasta timer is done."]
    assert store.all() == []
