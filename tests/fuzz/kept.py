"""What the program itself has written, damaged since: by a power cut, a bad disk, or somebody."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec

from assistant.config import load
from assistant.handlers.calculation.rates import Rates
from assistant.handlers.lists.notebook import Note, Notebook
from assistant.handlers.memory.keys import KeyFile, Keys
from assistant.handlers.memory.store import Memory, MemoryStore
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.power import kept as energy
from assistant.settings import Trace
from assistant.think import table
from assistant.think.documents.index import update
from assistant.think.documents.library import Library
from assistant.think.documents.store import Store
from assistant.think.kept_prefix import KeptPrefixes
from assistant.turn_log import TraceLog
from assistant.types import TurnTrace
from assistant.understand import kept_layout
from assistant.understand.grammar import compile_grammar
from tests.fuzz.mutating import altered, as_json, cut, damaged, deep_text, odd
from tests.fuzz.trying import Kind

NOW = dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC)


def _hurt(raw: bytes, chance: random.Random) -> bytes:
    return cut(raw, chance) if chance.random() < 0.2 else damaged(raw, chance, [raw])


# -- databases ------------------------------------------------------------------------------------


def _vacuumed(path: Path) -> bytes:
    """The whole of a database in one file."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()


def _cells(path: Path, chance: random.Random) -> None:
    """A value of a row becomes another: whole to the database, and yet not what we wrote."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for table_ in sorted(name for name, sql in rows if sql and "VIRTUAL" not in sql):
        if table_.startswith("sqlite_"):
            continue
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table_}")')]
        for column in chance.sample(columns, min(len(columns), chance.randrange(3))):
            value = odd(chance, deep=False)
            if isinstance(value, str):
                value = value.encode("utf-8", "replace").decode()
            if isinstance(value, int) and abs(value) >= 2**63:
                value = str(value)[:30]
            if not isinstance(value, int | float | str | None):
                value = b"\x80\xff blob"
            try:
                connection.execute(f'UPDATE "{table_}" SET "{column}" = ?', (value,))
            except sqlite3.Error:
                continue
    connection.commit()
    connection.close()


class _Database:
    """A database as it was, to be hurt again for each case."""

    def __init__(self, folder: Path, fill: Any) -> None:
        self.file = folder / "kept.db"
        self.folder = folder
        fill(self.file)
        self.whole = _vacuumed(self.file)

    def hurt(self, chance: random.Random) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(f"{self.file.name}{suffix}").unlink(missing_ok=True)
        if chance.random() < 0.4:
            self.file.write_bytes(self.whole)
            _cells(self.file, chance)
        else:
            self.file.write_bytes(_hurt(self.whole, chance))
            if chance.random() < 0.1:
                self.file.with_name(f"{self.file.name}-wal").write_bytes(chance.randbytes(4096))


def _fill_due(path: Path) -> None:
    store = DueStore(path)
    for kind in ("timer", "alarm", "reminder", "command"):
        store.start(kind, dt.timedelta(minutes=5), NOW, f"the {kind}", "en")
    store.close()


def _use_due(seed: int, db: _Database) -> None:
    db.hurt(random.Random(seed))
    store = DueStore(db.file)
    try:
        store.all()
        store.missed()
        store.next_due()
        store.due(NOW + dt.timedelta(hours=1))
        store.start("timer", dt.timedelta(minutes=5), NOW, "new", "en")
    finally:
        store.close()


def _fill_notes(path: Path) -> None:
    book = Notebook(path)
    book.add("shopping", ["eggs", "milk"])
    book.write(Note("the code is 7", NOW, "en"))
    book.close()


def _use_notes(seed: int, db: _Database) -> None:
    db.hurt(random.Random(seed))
    book = Notebook(db.file)
    try:
        book.lists()
        book.names()
        book.notes()
        book.find("code")
        book.add("shopping", ["bread"])
        book.write(Note("another", NOW, "en"))
    finally:
        book.close()


class _NoKeyring:
    def get(self) -> bytes | None:
        raise LookupError("none")

    def put(self, key: bytes) -> None:
        raise LookupError("none")


def _memories(path: Path) -> MemoryStore:
    return MemoryStore(path, Keys(_NoKeyring(), KeyFile(path.with_name("key"))))


def _fill_memories(path: Path) -> None:
    store = _memories(path)
    store.keep(Memory("the key is under the mat", NOW, "en"))
    store.close()


def _use_memories(seed: int, db: _Database) -> None:
    chance = random.Random(seed)
    key = db.file.with_name("key")
    whole = key.read_bytes()
    db.hurt(chance)
    if chance.random() < 0.2:
        key.write_bytes(_hurt(whole, chance))
    store = _memories(db.file)
    try:
        store.all()
        store.keep(Memory("another", NOW, "en"))
    finally:
        store.close()
        key.write_bytes(whole)


def _fill_documents(path: Path) -> None:
    place = path.parent / "documents"
    place.mkdir(exist_ok=True)
    (place / "car.md").write_text("# Car\n\n## Tires\n\nThe front tires need 32 psi.\n")
    store = Store(path)
    store.add_place(place)
    update(store)
    store.close()


def _use_documents(seed: int, db: _Database) -> None:
    db.hurt(random.Random(seed))
    store = Store(db.file)
    try:
        store.places()
        store.files()
        Library(store).answer("how much pressure do the front tires need", "en")
        update(store)
        Library(store).answer("how much pressure do the front tires need", "en")
    finally:
        store.close()


# -- other files ----------------------------------------------------------------------------------

TRACE = TurnTrace("1", "2026-05-03T12:00:00.000+00:00", "text", "answered", "en", (),
                  {"kind": "function"}, 0.1, 0.2, 100.0, 0, "", "", "", {})  # fmt: skip


def _trace(chance: random.Random, folder: Path) -> bytes:
    value = json.loads(msgspec.json.encode(TRACE))
    lines = [as_json(altered(value, chance, 0.1), chance) for _ in range(chance.randint(1, 4))]
    raw = b"\n".join(lines) + b"\n"
    return _hurt(raw, chance) if chance.random() < 0.6 else raw


def _read_trace(raw: bytes, folder: Path) -> None:
    file = folder / "trace.jsonl"
    file.write_bytes(raw)
    log = TraceLog(Trace(**_TRACE_SETTINGS), file)
    log.read(20)
    log.write(TRACE)
    log.forget(lambda at: at.year < 2026)
    if not any(turn == TRACE for turn in log.read(5)):
        raise AssertionError("the turn that was written is not read")


_TRACE_SETTINGS: dict[str, Any] = {}


def _trace_folder(folder: Path) -> Path:
    _TRACE_SETTINGS.update(msgspec.structs.asdict(load().config.trace))
    return folder


JSONS = {
    "energy": ({"days": {"2026-05-03": {"turns": 3, "seconds": 5.0}}, "idle": {"rapl": 3.1}},
               energy.read),
    "table": ([{"id": "x", "version": "1", "first_token_seconds": 0.1, "answer_seconds": 1.0,
                "tokens_per_second": 9.0, "load_seconds": 1.0, "ram_mb": 200.0, "joules": None,
                "quality": {"en": [1, 2]}, "measured": "2026-05-03"}],
              table.read),
    "rates": ({"USD/EUR": {"rate": 0.92, "date": "2026-05-03"}},
              lambda file: Rates(file).find("EUR", "USD")),
}  # fmt: skip


def _json_file(chance: random.Random, _: Any) -> tuple[str, bytes]:
    name = chance.choice(sorted(JSONS))
    raw = as_json(altered(JSONS[name][0], chance, 0.2), chance)
    if chance.random() < 0.05:
        raw = deep_text(chance)
    return name, _hurt(raw, chance) if chance.random() < 0.4 else raw


def _read_json(case: tuple[str, bytes], folder: Path) -> None:
    name, raw = case
    file = folder / f"{name}.json"
    file.write_bytes(raw)
    JSONS[name][1](file)


class _Layouts:
    """The kept layout of a small grammar."""

    def __init__(self, folder: Path) -> None:
        self._home = folder
        self.grammar = compile_grammar([_Lamp()], "en")
        with self.at_home():
            self.right = self.made()
            [self.file] = kept_layout._files("en")
        self.whole = self.file.read_bytes()

    @contextlib.contextmanager
    def at_home(self) -> Iterator[None]:
        before = os.environ.get("ASSISTANT_HOME")
        os.environ["ASSISTANT_HOME"] = str(self._home)
        try:
            yield
        finally:
            os.environ.pop("ASSISTANT_HOME")
            os.environ.update({"ASSISTANT_HOME": before} if before else {})

    def made(self) -> str:
        layout, words = kept_layout.laid_out(self.grammar, frozenset())
        return repr((layout.parts, layout.labels, layout.rows.tolist(), words.codes))


def _Lamp() -> Any:
    from tests.understand.test_sentences import Told

    slots = {"name": Annotated[str, {"lamp": None, "desk lamp": None}], "level": int, "rest": str}
    return Told("lamp", {"en": ["turn on [the] {name}", "dim to {level}", "say {rest}"]}, slots)


def _lay_out(raw: bytes, kept: _Layouts) -> str | None:
    with kept.at_home():
        kept.file.write_bytes(raw)
        return None if kept.made() == kept.right else "another layout than that of the sentences"


def _prefix(chance: random.Random, folder: Path) -> bytes:
    kept = KeptPrefixes("model", folder / "prefixes")
    kept.write([1, 2, 3], bytes(range(256)) * 8)
    [file] = [f for f in (folder / "prefixes").iterdir() if not f.name.startswith(".")]
    raw = file.read_bytes()
    hurt = _hurt(raw, chance)
    return raw[:-1] if hurt == raw else hurt


def _read_prefix(raw: bytes, folder: Path) -> str | None:
    kept = KeptPrefixes("model", folder / "prefixes")
    [file] = [f for f in (folder / "prefixes").iterdir() if not f.name.startswith(".")]
    file.write_bytes(raw)
    file.chmod(0o600)
    return "a damaged state was taken" if kept.read([1, 2, 3]) is not None else None


def _seed(chance: random.Random, _: Any) -> int:
    return chance.randrange(2**40)


def _database(fill: Any) -> Any:
    return lambda folder: _Database(folder, fill)


KINDS = [
    Kind("trace", 4_000, _trace_folder, _trace, _read_trace),
    Kind("json that is kept", 6_000, lambda folder: folder, _json_file, _read_json),
    Kind("timers and alarms", 1_500, _database(_fill_due), _seed, _use_due),
    Kind("lists and notes", 1_500, _database(_fill_notes), _seed, _use_notes),
    Kind("memories", 1_500, _database(_fill_memories), _seed, _use_memories),
    Kind("index of documents", 1_200, _database(_fill_documents), _seed, _use_documents),
    Kind("kept prompt", 3_000, lambda folder: folder, _prefix, _read_prefix),
    Kind("kept layout", 1_200, _Layouts, lambda chance, kept: _hurt(kept.whole, chance), _lay_out),
]
