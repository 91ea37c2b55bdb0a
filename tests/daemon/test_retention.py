"""What is older than the user wants it kept goes by itself."""

import datetime as dt
from dataclasses import replace

import pytest

from assistant import handlers, paths
from assistant.config import load
from assistant.daemon.retention import LOOK_EVERY, Retention, erase
from assistant.handlers.lists.notebook import Note
from assistant.handlers.memory.store import Memory
from assistant.trace import TraceLog
from tests.bus import no_buses  # noqa: F401 - a fixture
from tests.test_trace import turn

NOW = dt.datetime(2026, 5, 10, 12, tzinfo=dt.UTC)
AGES = (1, 40, 400)  # days


@pytest.fixture
def functions(no_buses):  # noqa: F811
    """With a note and a memory of each age, and a list with an entry of each."""
    made = handlers.load(load().config)
    families = {family.name: family for family in made.families}
    book, memory = families["notes"].book, families["memory"].store
    for days in AGES:
        at = NOW - dt.timedelta(days=days)
        book.write(Note(f"note {days}", at, "en"))
        memory.keep(Memory(f"memory {days}", at, "en"))
        book.add("shopping", [f"entry {days}"])
        with book._database.changing() as connection:
            row = at.isoformat(), f"entry {days}"
            connection.execute("UPDATE entry SET added = ? WHERE text = ?", row)
    yield made
    for family in made.families:
        family.close()


def left(functions):
    families = {family.name: family for family in functions.families}
    notes = {int(note.text.split()[1]) for note in families["notes"].book.notes()}
    told = {int(memory.text.split()[1]) for memory in families["memory"].store.all()}
    [shopping] = families["lists"].book.lists()
    return notes, told, {int(entry.text.split()[1]) for entry in shopping.entries}


def test_nothing_goes_unless_it_is_told_to(functions):
    assert erase(functions.families, load().config, NOW) == {}
    assert left(functions) == (set(AGES),) * 3


def test_each_kind_has_days_of_its_own(functions):
    config = load(["keep.notes_days=30", "keep.memory_days=365", "keep.lists_days=1"]).config
    told = erase(functions.families, config, NOW)
    assert told == {"lists": 2, "notes": 2, "memory": 1}
    assert left(functions) == ({1}, {1, 40}, {1})
    assert erase(functions.families, config, NOW) == {"lists": 0, "notes": 0, "memory": 0}


def test_turns_go_though_nobody_speaks_any_more():
    config = load(["trace.days=30"]).config
    forever = load(["trace.days=0"]).config
    TraceLog(forever.trace).write(replace(turn(), started="2020-01-01T12:00:00.000+00:00"))
    erase([], config, NOW)
    assert TraceLog(forever.trace).read(9) == []


def test_what_cannot_be_erased_keeps_nothing_else(functions, caplog):
    """Its key is gone, say."""
    config = load(["keep.notes_days=30", "keep.memory_days=30"]).config
    families = {family.name: family for family in functions.families}
    families["memory"].store.close()
    families["memory"].store._known = families["memory"].store._cipher = None
    (paths.data_dir() / "memory.key").unlink()
    assert erase(functions.families, config, NOW)["notes"] == 2
    assert "keep.memory_days" in caplog.text and "memory 1" not in caplog.text


class Engines:
    """The little of them that is asked; `start` keeps what it is given."""

    def __init__(self):
        self.functions = self.stages = self.actor = self
        self.families = []
        self.begun = []

    def start(self, call):
        self.begun.append(call)


def test_once_a_day_and_not_at_the_start():
    clock = [NOW]
    retention, engines, config = Retention(lambda: clock[0]), Engines(), load().config
    for second in range(int(3 * LOOK_EVERY)):
        retention.look(float(second), engines, config)
        assert len(engines.begun) == (second >= LOOK_EVERY)
    clock[0] += dt.timedelta(days=1)
    retention.look(1e4, None, None)  # it goes on to other settings just now
    retention.look(2e4, engines, config)
    retention.look(3e4, engines, config)
    assert len(engines.begun) == 2
    retention.look(4e4, engines, load(["keep.notes_days=1"]).config)
    assert len(engines.begun) == 3, "at once, when the settings have changed"
    engines.begun[-1](None)
