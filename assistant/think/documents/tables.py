"""The tables of the index."""

from __future__ import annotations

import sqlite3

VERSION = 1  # of the tables, and of the stems in them: those of another one are made anew
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-8000",  # 8 MB
    "secure_delete=ON",  # what is removed is overwritten
)
TABLES = """
CREATE TABLE places (path TEXT PRIMARY KEY);
CREATE TABLE files (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, place TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
    digest BLOB NOT NULL, problem TEXT NOT NULL
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    heading TEXT NOT NULL, page INTEGER, text TEXT NOT NULL
);
CREATE INDEX passages_file ON passages(file);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL
);
CREATE VIRTUAL TABLE stems USING fts5(
    heading, body, tokenize="unicode61 remove_diacritics 0", detail=column
);
CREATE VIRTUAL TABLE terms USING fts5vocab(stems, row);
CREATE TABLE facts (name TEXT PRIMARY KEY, value);
"""


def prepare(made: sqlite3.Connection) -> None:
    """Make the tables, and anew those of another version, but for the places."""
    made.execute("BEGIN IMMEDIATE")
    try:
        version = made.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            kept = made.execute("SELECT path FROM places").fetchall() if version else []
            names = made.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN"
                " ('terms', 'stems', 'vectors', 'passages', 'files', 'places', 'facts')"
            ).fetchall()
            for (name,) in names:
                made.execute(f"DROP TABLE {name}")
            for statement in TABLES.split(";"):
                made.execute(statement)
            made.executemany("INSERT INTO places VALUES (?)", kept)
            made.execute(f"PRAGMA user_version = {VERSION}")
        made.execute("COMMIT")
    except BaseException:
        made.execute("ROLLBACK")
        raise


def forget(db: sqlite3.Connection, number: int) -> None:
    """Take a document out, by its number; with the transaction of whoever calls."""
    db.execute(
        "DELETE FROM stems WHERE rowid IN (SELECT id FROM passages WHERE file = ?)", (number,)
    )
    db.execute("DELETE FROM files WHERE id = ?", (number,))
    db.execute("INSERT OR REPLACE INTO facts VALUES ('removed', 1)")  # see `Store.scrub`
