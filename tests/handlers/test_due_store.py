import datetime as dt
import importlib.util
import sqlite3
import stat
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.handlers.timekeeping.due_store import DueStore
from tests.handlers.conftest import NOW

ROOT = Path(__file__).parents[2]
D = dt.timedelta


@pytest.fixture
def store(tmp_path):
    made = DueStore(tmp_path / "data" / "assistant.db")
    yield made
    made.close()


def add(store, minutes, name="", now=NOW):
    return store.start("timer", D(minutes=minutes), now, name, "en")


def test_a_timer_is_kept_with_the_moment_it_is_due(store):
    made = add(store, 10, "pasta")
    again = DueStore(store.path)
    assert again.all() == [made]
    assert (made.due, made.text, made.length) == (NOW + D(minutes=10), "pasta", D(minutes=10))
    assert again.next_due() == made.due
    again.close()


def test_timers_come_in_the_order_in_which_they_are_due(store):
    late, soon, paused = add(store, 9), add(store, 3), add(store, 1)
    store.pause(paused.id, NOW)
    assert [t.id for t in store.all()] == [soon.id, late.id, paused.id]
    assert store.next_due() == soon.due


def test_each_timer_is_due_once_and_rings_until_dismissed(store):
    timer = add(store, 10)
    assert store.due(timer.due - D(seconds=1)) == []
    [rang] = store.due(timer.due)
    assert (rang.id, rang.state, rang.late, rang.left(timer.due)) == (
        timer.id,
        "ringing",
        False,
        D(0),
    )
    assert store.due(timer.due + D(hours=1)) == []
    assert store.ringing() == [rang]
    assert store.next_due() is None
    assert store.over(timer.id, NOW)
    assert not store.over(timer.id, NOW)
    assert store.all() == []


def test_what_came_due_while_nobody_looked_was_missed(store):
    timer = add(store, 10)
    [rang] = store.due(timer.due + D(minutes=5))
    assert rang.late
    assert store.ringing()[0].late


def test_a_paused_timer_waits(store):
    timer = add(store, 10)
    store.pause(timer.id, NOW + D(minutes=4))
    assert store.due(NOW + D(hours=5)) == []
    [paused] = store.all()
    assert paused.left(NOW + D(hours=5)) == D(minutes=6)
    store.resume(timer.id, NOW + D(hours=5))
    assert store.next_due() == NOW + D(hours=5, minutes=6)


def test_time_is_added_and_taken(store):
    timer = add(store, 10)
    assert store.extend(timer.id, D(minutes=5), NOW).left(NOW) == D(minutes=15)
    assert store.extend(timer.id, -D(minutes=14), NOW).left(NOW) == D(minutes=1)
    assert store.extend(timer.id, -D(minutes=1), NOW) is None
    store.pause(timer.id, NOW)
    assert store.extend(timer.id, D(minutes=1), NOW).left(NOW) == D(minutes=2)
    assert store.extend(999, D(minutes=1), NOW) is None


def test_a_ringing_timer_that_gets_time_runs_again(store):
    timer = add(store, 10)
    later = timer.due + D(minutes=1)
    store.due(later)
    again = store.extend(timer.id, D(minutes=5), later)
    assert (again.state, again.due) == ("running", later + D(minutes=5))
    assert store.extend(timer.id, -D(minutes=5), later) is None


def test_on_change_is_called_after_each_change_and_by_no_reading(store):
    calls = []
    store.on_change = lambda: calls.append(store.next_due())  # the lock must be free
    timer = add(store, 10)
    store.all(), store.due(NOW), store.ringing()
    assert calls == [timer.due]
    store.over(timer.id, NOW)
    store.over(timer.id, NOW)
    assert calls == [timer.due, None]


def test_numbers_are_never_used_twice(store):
    first = add(store, 1)
    store.over(first.id, NOW)
    assert add(store, 1).id > first.id


def test_many_threads_may_use_it(store):
    def work():
        for _ in range(10):
            store.over(add(store, 1).id, NOW)
            add(store, 1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.all()) == 40


def test_the_file_is_its_owners_only(store):
    add(store, 1)
    for path in store.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_a_damaged_file_is_told(store):
    store.path.parent.mkdir()
    store.path.write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(StorageError, match=r"assistant\.db cannot be used"):
        store.all()


def test_a_full_disk_is_told_and_nothing_is_half_done(store, tmp_path):
    add(store, 1)
    limited = sqlite3.connect(store.path)
    pages = limited.execute("PRAGMA page_count").fetchone()[0]
    limited.close()
    store._database._connection.execute(
        f"PRAGMA max_page_count = {pages}"
    )  # SQLite's own disk-full error
    with pytest.raises(StorageError, match="full"):
        for n in range(1000):
            add(store, 1, name=f"{n}" * 100)
    kept = len(store.all())
    again = DueStore(store.path)
    assert len(again.all()) == kept
    again.close()


def test_timers_of_an_earlier_version_are_taken_over(store):
    store.path.parent.mkdir()
    old = sqlite3.connect(store.path)
    old.execute(
        "CREATE TABLE timer (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, language TEXT,"
        " seconds REAL, state TEXT, due REAL, remaining REAL DEFAULT 0, rang REAL DEFAULT 0)"
    )
    old.execute(
        "INSERT INTO timer (name, language, seconds, state, due) VALUES ('pasta', 'es', 600,"
        " 'running', ?)",
        ((NOW + D(minutes=9)).timestamp(),),
    )
    old.commit()
    old.close()
    [timer] = store.all("timer")
    assert (timer.text, timer.language, timer.length) == ("pasta", "es", D(minutes=10))
    assert timer.due == NOW + D(minutes=9)
    store.close()
    assert store.all("timer") == [timer]


def test_what_was_missed_is_forgotten_after_a_day(store):
    timer = add(store, 1)
    store.due(timer.due)
    store.unheard(timer.id, timer.due)
    store.follow(timer.due + D(hours=23))
    assert [item.text for item in store.missed()] == [timer.text]
    store.follow(timer.due + D(hours=25))
    assert store.missed() == []


def measure():
    """scripts/_kill9.py."""
    spec = importlib.util.spec_from_file_location("kill9", ROOT / "scripts" / "_kill9.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill9"] = module  # its dataclasses look for it
    spec.loader.exec_module(module)
    return module


def test_kill_9_loses_and_doubles_nothing(tmp_path):
    """Ten kills; scripts/_kill9.py does two hundred."""
    kills, reports, lost, doubled = measure().run(tmp_path, kills=10, seed=1)
    assert (kills, lost, doubled) == (10, 0, 0)
    assert reports > 20


@pytest.mark.parametrize(
    ("sound", "broken"),
    [
        ("store.remove([item])", "None"),  # said to be gone, and still there
        ('store.start(kind, length, now, tag(n), "en")', "item_of(length, tag(n))"),  # never stored
    ],
)
def test_the_measure_sees_what_goes_wrong(tmp_path, sound, broken):
    kill9 = measure()
    helper = (
        "from assistant.handlers.timekeeping.due_items import after_length, NO_TICKS\n"
        "item_of = lambda length, text: after_length('timer', length, now, NO_TICKS, text, 'en')\n"
    )
    assert sound in kill9.CHILD
    kill9.CHILD = helper + kill9.CHILD.replace(sound, broken)
    _, _, lost, doubled = kill9.run(tmp_path, kills=4, seed=2)
    assert lost + doubled > 0


def test_a_table_that_lost_a_column_is_told(store):
    store.start("timer", dt.timedelta(minutes=5), NOW, "tea", "en")
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("ALTER TABLE due DROP COLUMN rang")
    with pytest.raises(StorageError):
        store.all()
