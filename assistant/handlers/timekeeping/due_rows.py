"""The table of what comes due: its columns, and an item as its row."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

from assistant.handlers.timekeeping.due_items import DueItem
from assistant.localtime import Ticks

_SCHEMA = """
CREATE TABLE IF NOT EXISTS due (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice
    kind TEXT NOT NULL CHECK (kind IN ('timer', 'alarm', 'reminder', 'command')),
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'ringing', 'missed')),
    due REAL NOT NULL,                     -- seconds since 1970
    length REAL NOT NULL,                  -- seconds, as it was set; 0 for a wall time
    wall TEXT,                             -- local, ISO 8601 without a zone
    rule TEXT NOT NULL,
    skips TEXT NOT NULL,                   -- days, ISO 8601, a space between
    boot TEXT NOT NULL,                    -- the start of the machine that `ticks` counts from
    ticks REAL NOT NULL,                   -- seconds
    snoozed INTEGER NOT NULL,
    paused_with REAL NOT NULL,             -- seconds
    rang REAL,                             -- when it was first seen to be due
    made REAL                              -- when it was stored first
)
"""
# from the file of an earlier version, which knew timers only
_TAKE_OVER = """
INSERT INTO due SELECT NULL, 'timer', name, language, state, due, seconds, NULL, '', '', '', 0, 0,
    remaining, iif(state = 'ringing', rang, NULL), NULL FROM timer ORDER BY id
"""
_WRITE = f"INSERT OR REPLACE INTO due VALUES ({', '.join('?' * 16)})"


def prepare(connection: sqlite3.Connection) -> None:
    connection.execute(_SCHEMA)
    if not any(row[1] == "made" for row in connection.execute("PRAGMA table_info(due)")):
        connection.execute("ALTER TABLE due ADD COLUMN made REAL")  # of an earlier version
    old = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'timer'"
    if connection.execute(old).fetchone():
        connection.execute(_TAKE_OVER)
        connection.execute("DROP TABLE timer")


def write(connection: sqlite3.Connection, item: DueItem) -> DueItem:
    row = (
        item.id or None,
        item.kind,
        item.text,
        item.language,
        item.state,
        item.due.timestamp(),
        item.length.total_seconds(),
        item.wall.isoformat() if item.wall else None,
        item.rule,
        " ".join(day.isoformat() for day in item.skips),
        item.ticks.boot,
        item.ticks.seconds,
        item.snoozed,
        item.paused_with.total_seconds(),
        item.rang.timestamp() if item.rang else None,
        (item.made or dt.datetime.now(dt.UTC)).timestamp(),
    )
    stored = connection.execute(_WRITE, row)
    return item if item.id else replace(item, id=stored.lastrowid or 0)


def item_of(row: sqlite3.Row) -> DueItem:
    return DueItem(
        id=row["id"],
        kind=row["kind"],
        text=row["text"],
        language=row["language"],
        state=row["state"],
        due=dt.datetime.fromtimestamp(row["due"], dt.UTC),
        length=dt.timedelta(seconds=row["length"]),
        wall=dt.datetime.fromisoformat(row["wall"]) if row["wall"] else None,
        rule=row["rule"],
        skips=tuple(dt.date.fromisoformat(day) for day in row["skips"].split()),
        ticks=Ticks(row["boot"], row["ticks"]),
        snoozed=bool(row["snoozed"]),
        paused_with=dt.timedelta(seconds=row["paused_with"]),
        rang=dt.datetime.fromtimestamp(row["rang"], dt.UTC) if row["rang"] is not None else None,
        made=dt.datetime.fromtimestamp(row["made"], dt.UTC) if row["made"] is not None else None,
    )
