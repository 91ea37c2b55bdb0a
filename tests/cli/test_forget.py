"""What is kept is erased when it is told to be, and not before."""

import datetime as dt
import sqlite3
from datetime import timedelta

import click
import pytest

from assistant import paths
from assistant.cli.forget import duration
from assistant.config import load
from assistant.daemon.instance import Instance
from assistant.handlers.built_in import memories
from assistant.handlers.lists.notebook import Note, Notebook
from assistant.handlers.memory.store import Memory
from assistant.handlers.registry import taught_store
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.trace import TraceLog
from tests.bus import no_buses  # noqa: F401 - a fixture
from tests.test_trace import turn


@pytest.fixture
def kept():
    log = TraceLog(load().config.trace)
    log.write(turn())
    for path in (
        paths.cache_dir() / "speech" / "one.wav",
        paths.data_dir() / "assistant.db",
        paths.data_dir() / "assistant.db-wal",
        paths.data_dir() / "memory.db",
        paths.data_dir() / "memory.key",
        paths.data_dir() / "energy.json",
        paths.data_dir() / "models" / "voice.onnx",
        paths.config_dir() / "config.toml",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return log


def test_by_time(cli, kept):
    assert cli("forget", "--older-than", "1h").out == "0 turns are erased.\n"
    assert cli("forget", "--last", "2m").out == "1 turns are erased.\n"
    assert kept.read(9) == []


def test_all_of_the_past(cli, kept):
    assert cli("forget", "--all", "--yes").out == "1 turns are erased, and the caches.\n"
    assert kept.read(9) == []
    assert not (paths.cache_dir() / "speech").exists()
    assert (paths.data_dir() / "assistant.db").exists()


@pytest.mark.parametrize("bad", ["no toml [", "[stt]\nbeam = 'many'"])
def test_settings_that_are_wrong_keep_nothing_from_being_erased(cli, kept, bad):
    (paths.config_dir() / "config.toml").write_text(bad)
    assert cli("trace").code == cli("why").code == 0
    done = cli("forget", "--everything", "--yes")
    assert done.code == 0 and "1 turns are erased" in done.out
    assert "the defaults are used" in done.err and "config.toml" in done.err
    assert not (paths.data_dir() / "memory.db").exists()
    assert cli("ask", "what time is it").code == 2


def test_everything(cli, kept):
    done = cli("forget", "--everything", "--yes")
    assert done.out == "1 turns are erased, and the caches, and all else.\n"
    assert [path.name for path in paths.data_dir().iterdir()] == ["models"]
    assert (paths.config_dir() / "config.toml").exists()


def test_not_under_one_that_runs(cli, kept):
    with Instance():
        told = cli("forget", "--everything", "--yes").sentence(1)
    assert "running already" in told
    assert (paths.data_dir() / "assistant.db").exists() and len(kept.read(9)) == 1


def test_it_asks_and_no_is_no(cli, kept):
    cli("forget", "--everything", stdin="n\n")
    assert (paths.data_dir() / "assistant.db").exists() and len(kept.read(9)) == 1


NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=40)


@pytest.fixture
def told(no_buses):  # noqa: F811 - the key is in a file then
    """A note, a memory, a reminder and a phrase of now, others of long ago, and a list with one
    entry of each."""
    file = paths.data_dir() / "assistant.db"
    book, store = Notebook(file), memories(file)
    for text, at in (("the heron is late", NOW), ("a walrus came", LONG_AGO)):
        book.write(Note(text, at, "en"))
        store.keep(Memory(text, at, "en"))
    book.add("shopping", ["pomegranate", "kohlrabi"])
    due, phrases = DueStore(file), taught_store(load().config)
    for text in ("feed the heron", "call the walrus"):
        due.start("reminder", dt.timedelta(days=99), NOW, text, "en")
        phrases.keep(text, "en", ["turn it up"])
    due.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE entry SET added = NULL WHERE text = 'kohlrabi'")
        connection.execute("UPDATE due SET made = NULL WHERE text = 'call the walrus'")
    connection.close()
    text = phrases.path.read_text().replace(f"taught = {NOW:%Y-%m-%d}", "taught = 2020-01-01", 2)
    heron, walrus = text.split("[[routine]]")[1:]
    now = f"taught = {NOW:%Y-%m-%d}"
    heron = heron.replace("taught = 2020-01-01", now)
    phrases.path.write_text(f"[[routine]]{heron}[[routine]]{walrus}")
    for folder in ("grammar", "examples"):  # of the tests themselves, shared by all
        (paths.cache_dir() / folder).unlink()
        (paths.cache_dir() / folder).mkdir()
        (paths.cache_dir() / folder / "en-1.bin").write_text("call the walrus")
    book.close()
    store.close()
    return file


def left(file):
    book, store, due = Notebook(file), memories(file), DueStore(file)
    try:
        texts = [note.text for note in book.notes()], [m.text for m in store.all()]
        entries = [e.text for each in book.lists() for e in each.entries]
        phrases = [each.phrase for each in taught_store(load().config).lessons()]
        return *texts, entries, [item.text for item in due.all()], phrases
    finally:
        book.close()
        store.close()
        due.close()


def test_what_was_told_by_time(cli, told):
    done = cli("forget", "--older-than", "30d", "--of", "all", "--yes")
    assert done.out.splitlines() == [
        "0 turns are erased.",
        "1 notes are erased.",
        "1 entries of lists are erased.",
        "1 memories are erased.",
        "1 timers and reminders are erased.",
        "1 phrases are erased.",
    ]
    heron = ["the heron is late"]
    assert left(told) == (heron, heron, ["pomegranate"], *[["feed the heron"]] * 2)
    assert cli("forget", "--last", "1h", "--of", "notes", "--yes").out == "1 notes are erased.\n"
    assert left(told) == ([], heron, ["pomegranate"], *[["feed the heron"]] * 2)
    more = ("--of", "timers", "--of", "phrases", "--of", "lists", "--of", "memory")
    cli("forget", "--last", "1h", *more, "--yes")
    assert left(told) == ([], [], [], [], [])


def test_the_files_do_not_hold_it_any_more(cli, told):
    """Not even in what was made of it, such as the layout of the sentences."""

    def files():
        folders = (paths.data_dir(), paths.cache_dir())
        return [f for folder in folders for f in folder.rglob("*") if f.is_file()]

    holding = {f.name for f in files() if b"walrus" in f.read_bytes()}
    assert {"taught.toml", "en-1.bin"} < holding
    cli("forget", "--older-than", "30d", "--of", "all", "--yes")
    for file in files():
        assert b"walrus" not in file.read_bytes() and b"kohlrabi" not in file.read_bytes(), file


def test_what_was_told_is_asked_about(cli, told):
    before = left(told)
    cli("forget", "--last", "60d", "--of", "all", stdin="n\n")
    assert left(told) == before
    assert cli("forget", "--all", "--of", "notes").code == 2


def test_one_that_runs_knows_it_no_more(cli, told):
    """Its memory is in its own process, too."""
    store = memories(told)
    assert len(store.all()) == 2
    with Instance():
        done = cli("forget", "--last", "1h", "--of", "memory", "--yes")
    assert done.out == "1 memories are erased.\n"
    assert [memory.text for memory in store.all()] == ["a walrus came"]
    store.close()


def test_a_memory_whose_key_is_gone_is_erased_whole_or_not_at_all(cli, told):
    (paths.data_dir() / "memory.key").unlink()
    by_time = ("forget", "--last", "1h", "--of", "memory")
    asked = cli(*by_time, stdin="y\nn\n")
    assert "its key is gone. Erase all of it?" in asked.out and asked.code
    with sqlite3.connect(paths.data_dir() / "memory.db") as rows:
        assert rows.execute("SELECT count(*) FROM memory").fetchone() == (2,)
    rows.close()
    assert cli(*by_time, "--yes").out == "2 memories are erased.\n"
    store = memories(told)
    assert store.all() == []
    store.close()


def test_timers_of_an_earlier_version_count_as_of_long_ago(tmp_path):
    file = tmp_path / "assistant.db"
    DueStore(file).close()
    store = DueStore(file)
    store.start("timer", dt.timedelta(days=9), NOW, "eggs", "en")
    store.close()
    with sqlite3.connect(file) as old:
        old.execute("ALTER TABLE due DROP COLUMN made")
    old.close()
    store = DueStore(file)
    assert [item.text for item in store.all()] == ["eggs"]
    store.start("timer", dt.timedelta(days=9), NOW, "tea", "en")
    assert store.shred(lambda at: at < LONG_AGO) == 1
    assert [item.text for item in store.all()] == ["tea"]
    store.close()


def test_lists_of_an_earlier_version_are_taken_over(tmp_path):
    with sqlite3.connect(tmp_path / "old.db") as old:
        old.execute("CREATE TABLE list (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)")
        old.execute(
            "CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT, list INTEGER NOT NULL,"
            " text TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)"
        )
        old.execute("INSERT INTO list VALUES (1, 'shopping')")
        old.execute("INSERT INTO entry VALUES (1, 1, 'milk', 0)")
    old.close()
    book = Notebook(tmp_path / "old.db")
    book.add("shopping", ["bread"])
    assert [entry.text for entry in book.lists()[0].entries] == ["milk", "bread"]
    book.close()


@pytest.mark.parametrize("given", [(), ("--all", "--last", "2h"), ("--last", "two hours")])
def test_it_must_be_said_what(cli, kept, given):
    assert cli("forget", *given).code == 2
    assert len(kept.read(9)) == 1


def test_durations():
    assert duration("90m") == timedelta(minutes=90)
    assert duration(" 3W ") == timedelta(weeks=3)
    for wrong in ("", "h", "-1h", "1y", "9999999d"):
        with pytest.raises(click.BadParameter):
            duration(wrong)
