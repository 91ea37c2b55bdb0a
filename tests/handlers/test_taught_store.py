"""What was taught, on disk: what cannot be read is not lost when the next phrase is taught."""

import datetime as dt
import os
import stat

import pytest

from assistant.handlers.own.taught_store import TaughtStore

TURN = ["turn it up"]


@pytest.fixture
def store(tmp_path):
    """One whose file somebody has edited by hand, and not to its end."""
    made = TaughtStore(tmp_path / "taught.toml", tmp_path / "routines", "en")
    made.keep("movie time", "en", TURN)
    with made.path.open("a") as file:
        file.write("\n[[routine\n")
    return made


def phrases(store):
    return [lesson.phrase for lesson in store.lessons()]


def test_what_cannot_be_read_is_kept_when_a_phrase_is_taught(store, tmp_path):
    damaged = store.path.read_bytes()
    assert phrases(store) == []
    assert "it is kept as taught.toml.damaged" in store.problems[0]
    store.keep("film time", "en", TURN)
    assert phrases(store) == ["film time"] and store.problems == []
    aside = tmp_path / "taught.toml.damaged"
    assert aside.read_bytes() == damaged
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    aside.write_bytes(damaged.partition(b"\n[[routine\n")[0])
    aside.replace(store.path)  # mended
    assert phrases(store) == ["movie time"]


def test_each_is_kept(store, tmp_path):
    for number in range(3):
        store.path.write_text(f"{number} [")
        store.keep("film time", "en", TURN)
    kept = sorted(tmp_path.glob("taught.toml.damaged*"))
    assert [path.read_text() for path in kept] == ["0 [", "1 [", "2 ["]


def test_to_forget_one_phrase_or_none_touches_nothing(store):
    damaged = store.path.read_bytes()
    assert store.forget("film time", "en") is None
    assert store.shred(lambda at: at < dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) == 0
    assert store.path.read_bytes() == damaged


def test_to_forget_all_forgets_that_too(store, tmp_path):
    store.keep("film time", "en", TURN)
    store.path.write_text("movie time [")
    assert store.forget_all() == []
    assert phrases(store) == []
    assert [path.name for path in tmp_path.iterdir()] == ["taught.toml"]
    store.keep("film time", "en", TURN)
    assert [lesson.phrase for lesson in store.forget_all()] == ["film time"]


def test_by_time_it_counts_as_of_when_it_was_written(store, tmp_path):
    store.keep("film time", "en", TURN)
    os.utime(tmp_path / "taught.toml.damaged", (1, 1))
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert store.shred(lambda at: at < long_ago) == 1
    assert not (tmp_path / "taught.toml.damaged").exists() and phrases(store) == ["film time"]
    store.path.write_text("movie time [")
    assert store.shred(lambda at: at >= long_ago) == 1
    assert not store.path.exists()
